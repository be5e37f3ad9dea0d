"""A place in the pieces of a segment, moved forward by the readers of days and of times."""

from portal.hours.osm.tokens import Kind, Token

_END = Token(Kind.END, "", -1, -1)


class UnreadableWords(Exception):  # noqa: N818 - it never leaves the reader, which turns it into a problem
    """The words at this place are not of the notation we read."""


class Cursor:
    """The next piece, and the way to go past it."""

    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self._tokens = tokens
        self.position = 0

    @property
    def next(self) -> Token:
        """Give the piece at this place, or the end."""
        return self.ahead(0)

    def ahead(self, steps: int) -> Token:
        """Give the piece some steps further, or the end."""
        place = self.position + steps
        return self._tokens[place] if place < len(self._tokens) else _END

    @property
    def at_end(self) -> bool:
        """Tell whether nothing is left."""
        return self.next.kind is Kind.END

    def take(self) -> Token:
        """Give the piece at this place and go past it."""
        token = self.next
        self.position += 1
        return token

    def take_mark(self, mark: str) -> bool:
        """Go past a mark if it stands here, and tell whether it did."""
        found = self.next.kind is Kind.MARK and self.next.text == mark
        self.position += found
        return found

    def take_word(self, *words: str) -> str:
        """Go past one of these words if it stands here, and give it; else nothing."""
        found = self.next.kind is Kind.WORD and self.next.text in words
        return self.take().text if found else ""

    def take_number(self) -> int:
        """Give the number that must stand here."""
        if self.next.kind is not Kind.NUMBER:
            raise UnreadableWords
        digits = self.take().text
        if len(digits) > 4:  # noqa: PLR2004 - no year, week or day has more than four figures
            raise UnreadableWords
        return int(digits)
