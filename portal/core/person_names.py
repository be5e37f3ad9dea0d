"""A person's name as it may be written anywhere: found and taken out of texts and of JSON values. Pure.

"Camille Exemple" is also "EXEMPLE Camille", "camille.exemple@mairie.fr" and two cells of one line. A name of one word
is only what stands alone: nobody wants every "Pont" to leave the directory.
"""

import re
from dataclasses import dataclass
from itertools import permutations
from typing import Any

from portal.core.text import fold, tidy

_ACCENTED = {
    "a": "aàâäãáå",
    "c": "cç",
    "e": "eéèêë",
    "i": "iîïíì",
    "n": "nñ",
    "o": "oôöõóò",
    "u": "uùûüú",
    "y": "yÿý",
}
_LIGATURES = {"oe": "(?:o[eéèêë]|œ)", "ae": "(?:a[eéèêë]|æ)"}
_BETWEEN = r"[\W_]{1,4}"
_MOST_TURNED = 4
"""Words of a name that are looked for in any order; of a longer one only as it is written."""
_WORD = re.compile(r"[a-z0-9]+")
_LEFT_OUT = "…"


@dataclass(frozen=True)
class PersonName:
    """A name that is looked for."""

    words: tuple[str, ...]
    pattern: re.Pattern[str]

    @classmethod
    def of(cls, name: str) -> "PersonName":
        """Read a name as somebody typed it."""
        words = tuple(_WORD.findall(fold(tidy(name))))
        orders = permutations(words) if 1 < len(words) <= _MOST_TURNED else [words]
        ways = "|".join(_BETWEEN.join(map(_as_written, order)) for order in orders)
        edges = (r"(?<![^\W_])", r"(?![^\W_])") if len(words) > 1 else (r"\A\s*", r"\s*\Z")
        return cls(words, re.compile(f"{edges[0]}(?:{ways}){edges[1]}" if words else r"(?!)", re.IGNORECASE))

    @property
    def sieve(self) -> tuple[str, ...]:
        """Give patterns for LIKE that let through all that may hold the name, and little else."""
        # Letters that may bear an accent are written in several ways, in JSON as an escape.
        plain = ("".join(letter if letter not in _ACCENTED else "%" for letter in word) for word in self.words)
        return tuple(re.sub("%+", "%", f"%{word}%") for word in plain)

    def is_in(self, text: str) -> bool:
        """Tell whether a text names the person."""
        return self.pattern.search(text) is not None

    def is_said_by(self, text: str) -> bool:
        """Tell whether the words of the name stand anywhere in a line, as in two of its cells."""
        found = set(_WORD.findall(fold(text)))
        return len(self.words) > 1 and found.issuperset(self.words)

    def out_of(self, text: str) -> str:
        """Take the name out of a text; what was but the name, or an address made of it, is left empty."""
        if self.pattern.fullmatch(text.strip()):
            return ""
        if "@" in text and " " not in text.strip() and self.is_in(text):
            return ""
        return self.pattern.sub(_LEFT_OUT, text)

    def out_of_value(self, value: Any) -> Any:  # noqa: ANN401 - JSON has no narrower type
        """Take the name out of a JSON value; a contact that is but the name goes as a whole."""
        if isinstance(value, str):
            return self.out_of(value)
        if isinstance(value, list):
            return [self.out_of_value(each) for each in value if not self._is_of_the_person(each)]
        if isinstance(value, dict):
            return {key: self.out_of_value(held) for key, held in value.items()}
        return value

    def _is_of_the_person(self, item: Any) -> bool:  # noqa: ANN401 - as above
        held = item.get("value") if isinstance(item, dict) else None
        return isinstance(held, str) and held != "" and self.out_of(held) == ""


def _as_written(word: str) -> str:
    """Write a word as a pattern: with or without its accents, be they signs of their own, and its ligatures."""
    letters = re.findall("oe|ae|.", word)
    return "".join(_LIGATURES.get(letter) or f"[{_ACCENTED.get(letter, letter)}][\u0300-\u036f]?" for letter in letters)
