"""Reads hours as people write them in French: tokens, parts, statements, meaning; what is doubtful stays in doubt."""

from portal.hours.french.reading import read_comment, read_day, read_french

__all__ = ["read_comment", "read_day", "read_french"]
