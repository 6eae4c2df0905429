"""Renderings of content: HTML and plain text."""
