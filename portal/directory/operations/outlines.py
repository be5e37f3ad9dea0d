"""Outlines: what a new thing of the directory says, checked and cleaned, before it has a number.

Making one thing, as a person does, and making many at once, as an import does, begin with the same outline: there is
one rule book.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from portal.directory.operations.contacts import tidied
from portal.directory.operations.recording import slug_of
from portal.directory.rules.contact_lines import ContactLine
from portal.hours.slots import Opening


@dataclass(frozen=True, kw_only=True)
class Outline:
    """A new thing as its row, its lines and the change log will have it."""

    columns: Mapping[str, Any]
    said: Mapping[str, Any]
    """What the change log tells of it; other things by their public id."""
    contacts: tuple[ContactLine, ...] = ()
    codes: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    """Sets of codes of a service, each in order."""
    opening: Opening = field(default_factory=Opening)


def outline_named(columns: Mapping[str, Any], contacts: Iterable[ContactLine] = ()) -> Outline:
    """Outline a thing with a name, from columns that were checked and cleaned, and the ways to reach it."""
    lines = tidied(contacts)
    return Outline(
        columns={**columns, "slug": slug_of(columns["name"])}, contacts=lines, said={**columns, "contacts": lines}
    )
