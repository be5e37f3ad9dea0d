"""Know where one stands among the parts of a text: what was last, what comes next, which statement is being made."""

from collections.abc import Sequence
from itertools import takewhile

from portal.hours.french.grouping import HOURS
from portal.hours.french.headings import Headings
from portal.hours.french.parts import Part, PartKind
from portal.hours.french.statement import Statement

SEPARATORS = frozenset({PartKind.COMMA, PartKind.COLON, PartKind.BREAK})


class Progress:
    """Begins and ends statements as the signs between the parts say."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._parts = parts
        self._place = 0
        self.done: list[Statement] = []
        self._current = Statement()
        self._separated = False
        self._is_comma = False
        """Tells a comma from "et", which joins two things of one kind."""
        self._joined = False
        self._last: PartKind | None = None
        self._times_first: bool | None = None
        self._opens_range = False
        """Tells that "du lundi" stands there without its "au"."""
        self._last_is_joined = False
        """Tells that "et" stood before the last day of the list just read."""
        self._removing = False
        self._headings = Headings()

    def _separate(self, part: Part) -> None:
        """Take a sign between things said: a comma, a colon, the end of a line."""
        if part.kind is PartKind.COMMA:
            self._separated, self._is_comma = True, part.word == ","
            self._joined = part.word not in {",", ")", "]", "-"}
        elif part.kind is PartKind.COLON:
            self._colon()
        elif self._goes_on(part):
            self._separated, self._is_comma = True, True
        else:
            self._break(part)

    def _note(self, part: Part) -> None:
        current = self._current
        current.start = part.start if current.start < 0 else current.start
        current.end = part.end
        current.notices += part.notices
        if part.problem:
            current.problems.append(part.problem)
        if self._times_first is None and part.kind in {PartKind.DAYS, PartKind.TIMES}:
            self._times_first = part.kind is PartKind.TIMES
        if part.word != HOURS:
            self._last, self._separated, self._joined = part.kind, False, False

    def _next(self) -> PartKind | None:
        """Look at what follows at once, over a colon but not over a comma."""
        for part in self._parts[self._place + 1 : self._place + 3]:
            if part.kind is not PartKind.COLON:
                return part.kind
        return None

    def _flush(self, *, inherits: bool = False) -> None:
        """End the statement and begin another, under the same heading if there is one."""
        if not self._current.is_empty():
            self._headings.leave(self._current)
            self.done.append(self._current)
        self._begin(self._current.sentence, inherits=inherits)

    def _begin(self, sentence: int, *, inherits: bool = False) -> None:
        self._current = self._headings.below(sentence, inherits=inherits)
        self._removing = False

    def _colon(self) -> None:
        current = self._current
        if self._headings.take_manner(current):
            self._begin(current.sentence)
            return
        self._headings.take_label(current)
        self._headings.take_conditions(current)

    def _break(self, part: Part) -> None:
        is_line = part.word == "\n" and self._headings.take_line(self._current, is_first=not self.done)
        if not is_line:
            self._flush()
            self._headings.end_sentence(part.word)
        self._begin(self._current.sentence + 1)
        self._times_first, self._separated, self._last, self._joined = None, False, None, False

    def _goes_on(self, part: Part) -> bool:
        """Tell a line that only brings the times, or more times, of the days above it."""
        following = self._parts[self._place + 1 : self._place + 4]
        follows = [one.kind for one in takewhile(lambda one: one.kind is not PartKind.BREAK, following)]
        brings_times = follows[:1] == [PartKind.TIMES] and not set(follows[1:]) & {PartKind.DAYS, PartKind.WHEN}
        if part.word == "\n" and follows[:1] == [PartKind.APPOINTMENT] and self._last in {PartKind.DAYS, PartKind.HALF}:
            # "Mardi", and on the next line "sur rendez-vous".
            return not (self._current.times or self._current.closes())
        is_ready = self._last in {PartKind.DAYS, PartKind.TIMES} and not self._times_first
        is_opening = not self._current.is_closed and not self._current.is_exception
        return part.word in {"\n", ";"} and brings_times and is_ready and is_opening and not self._removing

    def _is_whole(self) -> bool:
        """Tell whether the statement could end here."""
        current = self._current
        manner = current.appointment is not None or current.mode is not None
        return bool(current.times or (current.choices and manner) or current.is_closed or current.is_exception)

    def _is_pending(self) -> bool:
        """Tell whether days wait for their times."""
        current = self._current
        return bool(current.choices) and not (current.times or current.is_closed or current.is_exception)
