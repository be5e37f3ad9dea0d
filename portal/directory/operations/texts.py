"""How names and texts are cleaned and checked before they are kept."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from portal.core.database import Base
from portal.core.text import tidy
from portal.directory.rules.refusals import NameMissing, NameTooLong, TextTooLong

NAME_LENGTH = 250


def name_of(text: str) -> str:
    """Tidy a name, which must say something and fit."""
    name = tidy(text)
    if not name:
        raise NameMissing
    if len(name) > NAME_LENGTH:
        raise NameTooLong(len(name))
    return name


def fitting(table: type[Base], columns: Mapping[str, Any]) -> dict[str, Any]:
    """Refuse a text longer than its column: SQLite would keep it whole, PostgreSQL would stop with an error."""
    limits = _limits_of(table)
    for name, value in columns.items():
        limit = limits[name]
        if limit is not None and isinstance(value, str) and len(value) > limit:
            raise TextTooLong(value, limit)
    return dict(columns)


@cache
def _limits_of(table: type[Base]) -> Mapping[str, int | None]:
    return {column.name: getattr(column.type, "length", None) for column in table.__table__.columns}


def paragraphs(text: str) -> str:
    """Tidy a text line by line, keeping its lines and no two empty ones in a row."""
    lines = [tidy(line) for line in text.splitlines()]
    kept = [line for number, line in enumerate(lines) if line or (number and lines[number - 1])]
    return "\n".join(kept).strip("\n")


def cleaned(values: Mapping[str, Any], cleaning: Mapping[str, Callable[[Any], Any]]) -> dict[str, Any]:
    """Clean the values that have a way of being cleaned; the others stand as they are."""
    return {name: cleaning[name](value) if name in cleaning else value for name, value in values.items()}
