"""The texts of a sheet as a page shows them: in its language where they were translated, in paragraphs and lists."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from portal.core.languages import FRENCH
from portal.pages.sheets.beside import Translated

_DASHES = ("– ", "- ", "• ")


@dataclass(frozen=True)
class Line:
    """A short text; `language` is empty when it is that of the page."""

    text: str
    language: str = ""

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True)
class Block:
    """A paragraph of lines, or a list."""

    lines: tuple[str, ...]
    is_list: bool = False


@dataclass(frozen=True)
class Prose:
    """A long text; `language` is empty when it is that of the page."""

    blocks: tuple[Block, ...] = ()
    language: str = ""

    def __bool__(self) -> bool:
        return bool(self.blocks)


@dataclass(frozen=True)
class Speaker:
    """Say the texts of one sheet in the language of a page, or in French where nobody translated them."""

    language: str = FRENCH
    translations: Mapping[str, Translated] = field(default_factory=dict)

    def line(self, name: str, french: str) -> Line:
        """Say a short text."""
        return Line(*self._said(name, french))

    def prose(self, name: str, french: str) -> Prose:
        """Say a long text."""
        text, language = self._said(name, french)
        return Prose(tuple(_blocks(text)), language)

    def items(self, name: str, french: str) -> Prose:
        """Say a list that is written one thing a line."""
        text, language = self._said(name, french)
        lines = tuple(line for each in text.split("\n") if (line := _without_dash(each.strip())))
        return Prose((Block(lines, is_list=len(lines) > 1),) if lines else (), language)

    @property
    def has_machine_words(self) -> bool:
        """Tell whether a machine translated some of it."""
        return any(each.is_by_machine for each in self.translations.values())

    def _said(self, name: str, french: str) -> tuple[str, str]:
        found = self.translations.get(name)
        if found is not None and found.text and self.language != FRENCH:
            return found.text, ""
        return french, FRENCH if french and self.language != FRENCH else ""


def _blocks(text: str) -> Iterator[Block]:
    for paragraph in text.split("\n\n"):
        lines = [line.strip() for line in paragraph.split("\n") if line.strip()]
        for is_list, some in groupby(lines, key=lambda line: line.startswith(_DASHES)):
            found = tuple(some)
            yield Block(tuple(map(_without_dash, found)) if is_list else found, is_list=is_list)


def _without_dash(line: str) -> str:
    return line[2:].strip() if line.startswith(_DASHES) else line
