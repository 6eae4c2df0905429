"""Runs the command line as `python -m deckpress`."""

from deckpress.cli import main

main()
