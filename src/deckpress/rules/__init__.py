"""Rules: each looks at decks and reports one sort of problem."""
