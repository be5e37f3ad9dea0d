"""Cells that hold words of a closed list: each word is looked up, and the unknown ones are said one by one."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

from importers.fields.cells import Read, fault, without_repeats
from importers.fields.lists import split_list
from portal.core.text import slug

if TYPE_CHECKING:
    from portal.core.problems import Problem

Choice = TypeVar("Choice")


def read_choices(
    text: str, words: Mapping[str, Choice | None], *, code: str, sentence: str
) -> Read[tuple[Choice, ...]]:
    """Read each word by its slug; None in the table is a word we know and have no use for."""
    found: list[Choice] = []
    listed, problems = split_list(text)
    # A weaker sign inside a value separates too, where the whole is no word of the list.
    values = [word for value in listed for word in ((value,) if slug(value) in words else split_list(value)[0])]
    unknown: list[Problem] = []
    for value in values:
        key = slug(value)
        choice = words.get(key)
        if choice is not None:
            found.append(choice)
        elif key not in words:
            unknown.append(fault(code, sentence, value))
    return without_repeats(found) or None, (*problems, *unknown)
