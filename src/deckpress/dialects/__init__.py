"""Dialects: the ways in which people write questions in Markdown."""
