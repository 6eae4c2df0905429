"""Exceptions as one plain line and an exit code: 2 for usage and configuration, 3 for the rest."""

from deckpress.files import Refused

USAGE, ENVIRONMENT = 2, 3


def describe(error: Exception) -> tuple[int, str]:
    """The exit code that an exception deserves, and what to tell the user."""
    # Imported here, because this is needed only when something failed.
    from deckpress.configuration import BadConfiguration
    from deckpress.exporters import UnknownExporter
    from deckpress.options import BadOption
    from deckpress.project import NoSource
    from deckpress.scaffold import AlreadyThere
    from deckpress.templates import MissingTemplate

    match error:
        case (
            BadConfiguration()
            | BadOption()
            | UnknownExporter()
            | NoSource()
            | AlreadyThere()
            | MissingTemplate()
        ):
            return USAGE, str(error)
        case FileNotFoundError():
            return USAGE, f"{error.filename}: no such file or folder"
        case OSError():
            place = error.filename2 or error.filename
            said = error.strerror or str(error)
            return ENVIRONMENT, f"{place}: {said}" if place else said
        case Refused():
            return ENVIRONMENT, f"cannot write: {error}"
        case MemoryError() | RecursionError():
            return ENVIRONMENT, "this is too large or nested too deeply for this machine"
        case _:
            return ENVIRONMENT, (
                f"internal error: {type(error).__name__}: {error} "
                "(please report it; DECKPRESS_DEBUG=1 shows where)"
            )
