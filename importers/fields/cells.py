"""What all fields share: what a cell without an answer looks like, and how a problem quotes a cell."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TypeAlias, TypeVar

from portal.core.problems import Problem
from portal.core.text import fold, tidy

Value = TypeVar("Value")
Problems: TypeAlias = tuple[Problem, ...]
Read: TypeAlias = tuple[Value | None, Problems]

LONGEST_CELL = 4000
"""Characters a cell of names, contacts or codes is read to; longer ones hold something else."""
_LONGEST_QUOTE = 200
_SHORT_CELL = 80
_UNSTORABLE = re.compile("[\ud800-\udfff\u2066-\u2069\ufffe\uffff]")
"""Halves of characters, which no database takes, and marks that turn the direction of a whole line."""
_ONLY_SIGNS = re.compile(r"[\W_]*")
_NOTHING = frozenset(
    [
        "na",
        "n/a",
        "n.a.",
        "n.a",
        "nc",
        "n.c.",
        "n.c",
        "nr",
        "n.r.",
        "nd",
        "n.d.",
        "null",
        "none",
        "nan",
        "nil",
        "undefined",
        "\\n",
        "#n/a",
        "#ref!",
        "#valeur!",
        "#value!",
        "#nom?",
        "#name?",
        "neant",
        "aucun",
        "aucune",
        "inconnu",
        "inconnue",
    ]
) | {
    "a completer",
    "a definir",
    "a preciser",
    "a renseigner",
    "a venir",
    "non applicable",
    "non communique",
    "non communiquee",
    "non concerne",
    "non connu",
    "non defini",
    "non disponible",
    "non precise",
    "non renseigne",
    "non renseignee",
    "pas de reponse",
    "pas renseigne",
    "sans objet",
}


def said(text: str) -> str:
    """Tidy a cell; empty when it holds no answer: blank, only signs, or "néant" and its like."""
    return _said_shortly(text) if len(text) <= _SHORT_CELL else _said(text)


def _said(text: str) -> str:
    words = cleaned(text)
    return "" if says_nothing(words) else words


# The same few cells come back row after row: towns, kinds of street, dates, "NA".
_said_shortly = lru_cache(maxsize=20_000)(_said)


def cleaned(text: str, *, longest: int = LONGEST_CELL) -> str:
    """Tidy a text, and leave out what cannot be stored or shown."""
    return tidy(_UNSTORABLE.sub("", text[:longest]))


def says_nothing(words: str) -> bool:
    """Tell whether words are a way of leaving a cell blank."""
    return fold(words).strip(" ()[]:;,*") in _NOTHING or _ONLY_SIGNS.fullmatch(words) is not None


def fault(code: str, sentence: str, value: str) -> Problem:
    """Make a problem that quotes the cell, shortened."""
    return Problem(code=code, text=sentence, value=cleaned(value)[:_LONGEST_QUOTE])


def without_repeats(values: Iterator[Value] | tuple[Value, ...] | list[Value]) -> tuple[Value, ...]:
    """Keep each value once, in the order of their first coming."""
    return tuple(dict.fromkeys(values))
