"""What a person may mean by the words for a place: a code, a name, a name and its département or postal code. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from portal.geography.names import plain_key

_LONGEST_TEXT = 400
_LONGEST_KEY = 100
_MOST_WORDS = 14
_CODE = re.compile(r"\d[\dab]\d{3}")
_LONGEST_DEPARTMENT = 6
"""Words: "terres australes et antarctiques francaises", "saint pierre et miquelon"."""


@dataclass(frozen=True)
class Question:
    """One reading of the words."""

    name: str = ""
    """Key of the name, small letters without accents."""
    code: str = ""
    """Postal or INSEE code, or the digits it begins with."""
    departments: frozenset[str] | None = None
    """Départements to look in; None is everywhere."""

    @property
    def has_digits(self) -> bool:
        """Tell whether the name holds a number: "saint aubin 10" is no slip of the pen for Saint-Aubin."""
        return any(letter.isdigit() for letter in self.name)


def readings(text: str, *, departments: Mapping[str, str]) -> list[Question]:
    """Give the readings of a text, the plainest first; a text no place can match has none.

    `departments` gives the code of a key: a number as people write it, or a name.
    """
    words = plain_key(text[:_LONGEST_TEXT]).split()
    if not words or len(words) > _MOST_WORDS or sum(map(len, words)) > _LONGEST_KEY:
        return []
    if len(words) == 1 and words[0][0].isdigit():
        return [Question(code=words[0].upper())]
    return [*_with_code(words), Question(name=" ".join(words)), *_with_department(words, departments)]


def department_keys(departments: Mapping[str, str]) -> dict[str, str]:
    """Give the code of each département by its number ("1", "01", "2a") and by the key of its name."""
    keys = {plain_key(name): code for code, name in departments.items()}
    for code in departments:
        keys[code.lower()] = code
        keys[code.lstrip("0").lower()] = code
    # People still write Corsica as 20.
    return keys | {"20": "2A 2B"}


def _with_code(words: list[str]) -> list[Question]:
    """Read "10400 nogent" and "nogent sur seine 10400"."""
    for place in (0, len(words) - 1):
        if _CODE.fullmatch(words[place]):
            rest = words[:place] + words[place + 1 :]
            return [Question(name=" ".join(rest), code=words[place].upper())]
    return []


def _with_department(words: list[str], departments: Mapping[str, str]) -> list[Question]:
    """Read "st aubin 10", "st aubin aube" and "st aubin seine et marne"."""
    longest = min(_LONGEST_DEPARTMENT, len(words) - 1)
    found = []
    for length in range(1, longest + 1):
        codes = departments.get(" ".join(words[-length:]))
        if codes:
            found.append(Question(name=" ".join(words[:-length]), departments=frozenset(codes.split())))
    return found
