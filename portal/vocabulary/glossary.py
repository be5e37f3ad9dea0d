"""What acronyms stand for, and where they stand in a text: case-exact, never inside a word.

Those that are read as a word are also known with one capital: Caf, Ehpad.

Left out are those of two letters, those with several meanings (CSS, MDA) and those that are also everyday words.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from portal.core.languages import Label
from portal.vocabulary.loading import shipped_text

_ACRONYM = re.compile(r"(?<![\w’'-])[A-Z][A-Za-z0-9]{2,6}(?:-C)?(?![\w-])")


@dataclass(frozen=True)
class Sighting:
    """An acronym in a text, and what it stands for."""

    start: int
    end: int
    meaning: Label


@cache
def glossary() -> Mapping[str, Label]:
    """Give what every acronym we explain stands for."""
    rows = csv.DictReader(shipped_text("sigles.csv").splitlines(), delimiter=";")
    return MappingProxyType({row["sigle"]: Label(row["francais"], row["anglais"]) for row in rows})


def acronyms_in(text: str) -> Iterator[Sighting]:
    """Find the acronyms of a text; one written all in capitals hides them among its words."""
    if text.isupper() and " " in text:
        return
    for found in _ACRONYM.finditer(text):
        meaning = glossary().get(found[0])
        if meaning is not None:
            yield Sighting(found.start(), found.end(), meaning)
