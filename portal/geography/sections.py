"""Reading a settings file section by section: every fault becomes a French sentence that names its field.

A field that is read is no longer unknown; what remains at the end nobody asked for, most often a slip of the pen.
"""

import difflib
import re
from collections.abc import Mapping
from typing import Any

from portal.core.problems import Problem

UNKNOWN_FIELD = "champ-inconnu"
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Signs nobody types; some turn the words around them."""
_KINDS: dict[type, str] = {str: "un texte", int: "un nombre entier", bool: "true ou false", list: "une liste"}


class Section:
    """A table of the file, with its place in it; faults of all sections gather in one list."""

    def __init__(self, table: Mapping[str, Any], *, place: str = "", problems: list[Problem] | None = None) -> None:
        self._table, self._place = table, place
        self._asked: set[str] = set()
        self.problems: list[Problem] = [] if problems is None else problems

    def name_of(self, key: str) -> str:
        """Name a field with its place, as "contact.email"."""
        return f"{self._place}.{key}" if self._place else key

    def text(self, key: str, default: str | None = None) -> str:
        """Read a text; without default it must be there and not be empty."""
        value = self._value(key, str, default)
        if default is None and isinstance(value, str) and not value.strip():
            self.fault(key, "ne peut pas être vide")
        if value and _INVISIBLE.search(value):
            self.fault(key, "contient un signe invisible : retapez-le")
        return (value or "").strip()

    def flag(self, key: str, *, default: bool) -> bool:
        """Read true or false."""
        return bool(self._value(key, bool, default))

    def number(self, key: str, default: int | None = None, *, lowest: int, highest: int) -> int:
        """Read a whole number between two others."""
        value: int | None = self._value(key, int, default)
        if value is None:
            return lowest
        if not lowest <= value <= highest:
            self.fault(key, f"doit être compris entre {lowest} et {highest}", value)
            return lowest
        return value

    def texts(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Read a list of texts."""
        values: list[Any] = self._value(key, list, list(default)) or []
        wrong = [value for value in values if not isinstance(value, str)]
        for value in wrong:
            self.fault(key, "ne doit contenir que des textes entre guillemets", value)
        return () if wrong else tuple(values)

    def section(self, key: str) -> "Section":
        """Read a table, empty if it is not there."""
        value = self._value(key, dict, {})
        return Section(value or {}, place=self.name_of(key), problems=self.problems)

    def table(self, key: str) -> Mapping[str, Any]:
        """Read a table as it stands, for the room it speaks to; empty if it is not there."""
        value: Mapping[str, Any] | None = self._value(key, dict, {})
        return value or {}

    def sections(self, key: str) -> "list[Section]":
        """Read a list of tables."""
        values = self._value(key, list, []) or []
        tables = [(number, value) for number, value in enumerate(values, start=1) if isinstance(value, dict)]
        if len(tables) < len(values):
            self.fault(key, f"doit être une suite de tables [[{self.name_of(key)}]]")
        return [Section(table, place=f"{self.name_of(key)}[{n}]", problems=self.problems) for n, table in tables]

    def leave(self) -> None:
        """Flag the fields nobody asked for."""
        for key in sorted(self._table.keys() - self._asked):
            likely = difflib.get_close_matches(key, sorted(self._asked), n=1)
            hint = f" : vouliez-vous écrire « {likely[0]} » ?" if likely else " : retirez-le"
            self._add(UNKNOWN_FIELD, key, f"n’est pas un champ connu{hint}", "")

    def fault(self, key: str, sentence: str, value: object = "") -> None:
        """Note what is wrong with a field."""
        self._add("champ-invalide", key, sentence, value)

    def _add(self, code: str, key: str, sentence: str, value: object) -> None:
        said = f" ; le fichier dit « {str(value)[:60]} »" if value != "" else ""
        name = self.name_of(key)
        end = "" if sentence.endswith("?") else "."
        text = f"Le champ « {name} » {sentence}{said}{end}"
        self.problems.append(Problem(code=code, text=text, value=str(value)[:60], field=name))

    def _value(self, key: str, kind: type, default: Any) -> Any:  # noqa: ANN401 - any TOML value
        self._asked.add(key)
        if key not in self._table:
            if default is None:
                self._add("champ-manquant", key, "manque : ajoutez-le", "")
            return default
        value = self._table[key]
        # In Python true is a number; in a settings file it is not.
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.fault(key, f"doit être {_KINDS.get(kind, 'une table')}", value)
            return default
        return value
