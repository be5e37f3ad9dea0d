"""Several values in one cell: joined by `|`, `;`, a comma or a new line, or written as a JSON list."""

import json
import re

from importers.fields.cells import LONGEST_CELL, Problems, fault, said, without_repeats
from portal.core.problems import Problem

_LONGEST_LIST = 10 * LONGEST_CELL
_SEPARATORS = ("\n", "|", ";", ",")
_OPENS_JSON = re.compile(r"\s*[\[{\"]")
_DEEPEST = 6


def split_list(text: str, *, keep_commas: bool = False) -> tuple[tuple[str, ...], Problems]:
    """Read the values of a cell, each once, tidied; those that say nothing are left out.

    The strongest sign present cuts and the weaker ones then belong to the values: "Jeunes, étudiants|Seniors" holds
    two. `keep_commas` is for sentences, whose commas never separate.
    """
    if not text.strip():
        return (), ()
    values, problems = _json_values(text) if _OPENS_JSON.match(text) else (None, ())
    if values is None:
        values = _cut(text[:_LONGEST_LIST], _SEPARATORS[:-1] if keep_commas else _SEPARATORS)
    return without_repeats([word for word in map(said, values) if word]), problems


def _cut(text: str, separators: tuple[str, ...]) -> list[str]:
    for separator in separators:
        if separator in text.strip():
            return text.split(separator)
    return [text]


def _json_values(text: str) -> tuple[list[str] | None, Problems]:
    if len(text) > _LONGEST_LIST:
        return [], (_unread(text),)
    try:
        parsed = json.loads(text)
    except (ValueError, RecursionError):
        # A bracket opens many a sentence: only what also closes like a list was meant as one.
        looks_so = text.lstrip()[0] in "[{" and text.rstrip()[-1] in "]}" and '"' in text
        return ([], (_unread(text),)) if looks_so else (None, ())
    return _leaves(parsed, _DEEPEST), ()


def _leaves(value: object, depth: int) -> list[str]:
    """List the texts and numbers of a JSON value; an object gives its values, deeper than any real cell gives none."""
    if depth == 0 or value is None or isinstance(value, bool):
        return []
    if isinstance(value, dict):
        return _leaves(list(value.values()), depth)
    if isinstance(value, list):
        return [leaf for each in value for leaf in _leaves(each, depth - 1)]
    return [str(value)]


def _unread(text: str) -> Problem:
    return fault(
        "liste-illisible",
        "Cette liste est mal fermée ou trop longue : écrivez les valeurs séparées par des barres « | ».",
        text,
    )
