"""A project: which sources make which outputs; reading, checking, exporting and writing them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from deckpress import exporters, files, ledger, media, options, readers, rules
from deckpress.configuration import Configuration
from deckpress.diagnostic import Diagnostic, in_order
from deckpress.exporters import Export, Setting
from deckpress.model import Deck
from deckpress.source import Source, Span
from deckpress.templates import Templates

Progress = Callable[[str], None]
"""Told the name of each step before it begins, for a progress bar."""


class NoSource(LookupError):
    """There is nothing to read where sources were expected; the message says where."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One output to be: its name, the files it is made of, and the folder they may not leave.

    `folder` is the one whose files these are, None for a single file.
    """

    name: str
    files: tuple[Path, ...]
    root: Path
    folder: Path | None = None

    def deck(self, path: Path) -> str:
        """The name of a file's deck, where the file gives none: folders hold decks."""
        if self.folder is None:
            return path.stem
        inside = path.relative_to(self.folder).parent.parts
        return "::".join((self.name, *inside, path.stem))


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What a build is to do: the formats, the folder to write into, and the time it is.

    `now` is in seconds since 1970.
    """

    formats: tuple[str, ...]
    out: Path
    now: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Single:
    """What an export of one file is to do; `values` go before the configuration's options.

    `output` is None when the bytes are wanted instead of a file, which then is called `name`.
    """

    format: str
    name: str
    output: Path | None
    values: Mapping[str, object]
    now: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """A file that was written, how many notes were read for it, and how many cards are in it."""

    path: Path
    notes: int
    cards: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """What came of a build: the files written, or the bytes asked for, and every problem met."""

    outputs: tuple[Output, ...]
    diagnostics: tuple[Diagnostic, ...]
    data: bytes = b""


# --- what is to be made ---------------------------------------------------------------


def find_targets(paths: Sequence[Path], configuration: Configuration) -> tuple[Target, ...]:
    """The outputs to make from named files and folders, or, without any, the project's own.

    Raises NoSource when a place holds nothing that can be read, OSError when it is missing.
    """
    if paths:
        found = [_target(path, _root_of(path, configuration)) for path in paths]
    else:
        found = list(_project_targets(configuration))
    twice = {t.name for t in found if sum(o.name == t.name for o in found) > 1}
    if twice:
        names = ", ".join(sorted(twice))
        raise NoSource(f"two sources would make the same output: {names}")
    return tuple(found)


def _root_of(path: Path, configuration: Configuration) -> Path:
    """The project, when the path lies in it; else the source's own folder."""
    if path.resolve().is_relative_to(configuration.root.resolve()):
        return configuration.root
    return path if files.is_folder(path) else path.parent


def _target(path: Path, root: Path) -> Target:
    if not files.exists(path):
        raise FileNotFoundError(2, "no such file or folder", str(path))
    if not files.is_folder(path):
        return Target(name=path.stem, files=(path,), root=root)
    found = files.list_files(path, readers.SUFFIXES)
    if not found:
        suffixes = " ".join(sorted(readers.SUFFIXES))
        raise NoSource(f"{path} holds no source; looked for files ending in {suffixes}")
    name = path.resolve().name or "decks"
    return Target(name=name, files=found, root=root, folder=path)


def _project_targets(configuration: Configuration) -> Iterator[Target]:
    folder = configuration.source
    if not files.exists(folder):
        raise NoSource(f"{folder} is missing; name a source, or make this folder")
    if not files.is_folder(folder):
        yield _target(folder, configuration.root)
        return
    places = [
        path
        for path in files.list_folder(folder)
        if files.is_folder(path) or path.suffix.lower() in readers.SUFFIXES
    ]
    if not places:
        raise NoSource(f"{folder} holds no source")
    for path in places:
        yield _target(path, configuration.root)


# --- reading --------------------------------------------------------------------------


def read(target: Target, now: int, progress: Progress) -> tuple[Deck, ...]:
    """The decks of a target, one a file, notes with keys and media, problems inside."""
    decks = []
    for path in target.files:
        progress(_shown(path))
        decks.append(_read_file(path, target))
    return ledger.assign(_excuse_empty(decks), now)


def _read_file(path: Path, target: Target) -> Deck:
    name = target.deck(path)
    try:
        data = files.read(path)
    except (files.Refused, OSError) as error:
        if isinstance(error, OSError) and target.folder is None:
            raise
        reason = error.strerror if isinstance(error, OSError) else error
        message = f"this file cannot be read: {reason}"
        span = Span(path=_shown(path), first=1, last=1)
        problem = Diagnostic(code="E106", message=message, span=span, help="give a text file")
        return Deck(name=name, path=path.name, diagnostics=(problem,))
    source = Source(
        path=_shown(path),
        name=_place_inside(target.root, path),
        data=data,
        folder=path.parent,
        root=target.root,
    )
    return media.collect(readers.read(source, deck=name), source)


def _shown(path: Path) -> str:
    """A path as people see it: relative to where they are, when it is below."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


def _place_inside(root: Path, path: Path) -> str:
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return path.name


def _excuse_empty(decks: Sequence[Deck]) -> list[Deck]:
    """A file without questions is no error in a folder where others have some."""
    if not any(deck.notes for deck in decks):
        return list(decks)
    return [
        replace(deck, diagnostics=tuple(_excused(d) for d in deck.diagnostics)) for deck in decks
    ]


def _excused(diagnostic: Diagnostic) -> Diagnostic:
    if diagnostic.code != "E103":
        return diagnostic
    return replace(diagnostic, code="W115", help="leave it out of the folder, if it has none")


def check(decks: Sequence[Deck]) -> tuple[Diagnostic, ...]:
    """All problems of some decks: those met on reading, and what the rules say."""
    read_ = (diagnostic for deck in decks for diagnostic in deck.diagnostics)
    return in_order((*read_, *rules.check(decks)))


# --- exporting ------------------------------------------------------------------------


def export(
    decks: Sequence[Deck], format_: str, values: Mapping[str, object], setting: Setting
) -> Export:
    """Run one exporter; raises UnknownExporter or BadOption for what it was told."""
    exporter = exporters.find(format_)
    chosen = options.make(exporter.options, values, format_)
    return exporter.export(decks, chosen, setting)


def build(
    targets: Iterable[Target], configuration: Configuration, job: Job, progress: Progress
) -> Build:
    """Read every target and write it in every format.

    Names and options are checked before anything is read, so a wrong one costs no time. A
    target without any note makes no file: its problems say why.
    """
    for format_ in dict.fromkeys((*job.formats, *configuration.options)):
        options.make(exporters.find(format_).options, _values(configuration, format_), format_)
    outputs: list[Output] = []
    problems: list[Diagnostic] = []
    for target in targets:
        decks = read(target, job.now, progress)
        problems += check(decks)
        if not any(deck.notes for deck in decks):
            continue
        setting = Setting(templates=templates(configuration), now=job.now, name=target.name)
        for format_ in job.formats:
            progress(f"{target.name}.{format_}")
            made = export(decks, format_, _values(configuration, format_), setting)
            problems += made.diagnostics
            outputs += write(made, decks, job.out / target.name)
    return Build(outputs=tuple(outputs), diagnostics=in_order(problems))


def export_file(
    targets: Iterable[Target], configuration: Configuration, single: Single, progress: Progress
) -> Build:
    """Write all targets together into one file in one format."""
    exporter = exporters.find(single.format)
    values = {**_dashed(_values(configuration, single.format)), **_dashed(single.values)}
    options.make(exporter.options, values, single.format)
    row = tuple(targets)
    if single.output and single.output.resolve() in {p.resolve() for t in row for p in t.files}:
        raise NoSource(f"{single.output} is the source itself; nothing was written")
    decks = tuple(deck for target in row for deck in read(target, single.now, progress))
    problems = check(decks)
    if not any(deck.notes for deck in decks):
        return Build(outputs=(), diagnostics=problems)
    progress(single.name)
    setting = Setting(templates=templates(configuration), now=single.now, name=single.name)
    made = export(decks, single.format, values, setting)
    diagnostics = in_order((*problems, *made.diagnostics))
    if single.output is None:
        data = b"".join(artifact.data for artifact in made.artifacts if made.cards)
        return Build(outputs=(), diagnostics=diagnostics, data=data)
    outputs = tuple(write(made, decks, single.output, exporter.suffix))
    return Build(outputs=outputs, diagnostics=diagnostics)


def _dashed(values: Mapping[str, object]) -> dict[str, object]:
    return {name.replace("_", "-"): value for name, value in values.items()}


def _values(configuration: Configuration, format_: str) -> Mapping[str, object]:
    return configuration.options.get(format_, {})


def templates(configuration: Configuration) -> Templates:
    """Where a project's looks are found: its own templates first."""
    folder = configuration.templates
    return Templates((folder,)) if files.is_folder(folder) else Templates()


def write(made: Export, decks: Sequence[Deck], place: Path, suffix: str = "") -> Iterator[Output]:
    """Write what an exporter made; `place` may end in `suffix`, which then is not doubled.

    A single artifact goes exactly to `place` when a suffix is given: the user named a file.
    """
    notes = sum(len(deck.notes) for deck in decks)
    if not made.cards:
        # Nothing could be asked; what is wrong has been told, and an empty file would hide it.
        return
    for artifact in made.artifacts:
        path = place
        if not suffix or len(made.artifacts) > 1:
            path = place.with_name(place.name.removesuffix(suffix) + artifact.suffix)
        files.write(path, artifact.data)
        yield Output(path=path, notes=notes, cards=made.cards)
