"""Sheets: paper stocks, imposition, typesetting and painting of printed cards."""
