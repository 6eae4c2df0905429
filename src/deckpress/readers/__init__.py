"""Readers: a source in, a deck out."""
