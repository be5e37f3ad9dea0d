"""Texts made from a known week, in many ways of writing, are read back minute by minute or left in doubt."""

import random
from dataclasses import dataclass, field

import pytest

from portal.hours.french import read_french
from portal.hours.slots import DAY, Opening

LONG = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
SHORT = ("lun", "mar", "mer", "jeu", "ven", "sam", "dim")
MORNINGS = ((480, 690), (510, 720), (540, 750))
AFTERNOONS = ((810, 960), (840, 1020), (810, 1080))
STEP = 15

Minutes = set[tuple[int, int]]
Spans = tuple[tuple[int, int], ...]


@dataclass
class Writer:
    """Writes weeks in one of many ways."""

    random: random.Random
    clock: int = 0
    groups: dict[Spans, set[int]] = field(default_factory=dict)

    def week(self) -> None:
        """Choose which days open when."""
        self.clock = self.random.randrange(4)
        for day in range(7):
            if self.random.random() < 0.7:
                self.groups.setdefault(self._spans(), set()).add(day)

    def _spans(self) -> Spans:
        if self.groups and self.random.random() < 0.5:
            return self.random.choice(sorted(self.groups))
        morning, afternoon = self.random.choice(MORNINGS), self.random.choice(AFTERNOONS)
        return self.random.choice([(morning,), (afternoon,), (morning, afternoon)])

    def text(self) -> str:
        """Write the week, days first or times first."""
        separator = self.random.choice([", ", " ; ", "\n", ". ", " ", " | ", " • "])
        colon = self.random.choice([" ", " : ", ": "])
        if self.random.random() < 0.8:
            lines = [self._days(days) + colon + self._times(spans) for spans, days in self.groups.items()]
        else:
            lines = [f"{self._times(spans)} le {self._days(days)}" for spans, days in self.groups.items()]
        return separator.join(lines)

    def _days(self, days: set[int]) -> str:
        first, last = min(days), max(days)
        if last - first == len(days) - 1 > 1 and self.random.random() < 0.7:
            return self.random.choice([f"du {LONG[first]} au {LONG[last]}", f"{SHORT[first]}-{SHORT[last]}"])
        names = [LONG[day] + self.random.choice(["", "s"]) for day in sorted(days)]
        return " et ".join(filter(None, [", ".join(names[:-1]), names[-1]]))

    def _times(self, spans: Spans) -> str:
        link, joint = self.random.choice(
            [("-", " et "), (" - ", " / "), (" à ", " et de "), ("–", ", "), ("-", " "), ("-", "/")]
        )
        lead = "de " if link == " à " else ""
        return lead + joint.join(self._clock(start) + link + self._clock(end) for start, end in spans)

    def _clock(self, minute: int) -> str:
        hours, minutes = divmod(minute, 60)
        spaced = f"{hours} h {minutes:02}" if minutes else f"{hours} h"
        short = f"{hours}h{minutes:02}" if minutes else f"{hours}h"
        return (short, spaced, f"{hours:02}:{minutes:02}", f"{hours}H{minutes:02}")[self.clock]

    def truth(self) -> Minutes:
        """Spell out when the week is open."""
        return {
            (day, minute)
            for spans, days in self.groups.items()
            for day in days
            for start, end in spans
            for minute in range(start, end, STEP)
        }


def open_minutes(opening: Opening) -> Minutes:
    """Spell out when the reading is open."""
    return {
        (int(day), minute)
        for slot in opening.slots
        for day in slot.rule.days
        for span in slot.times
        for minute in range(span.start, span.end, STEP)
    }


def a_writer(seed: int) -> Writer:
    """Make a writer whose week has at least one opening."""
    writer = Writer(random.Random(seed))
    while not writer.groups:
        writer.week()
    return writer


@pytest.mark.parametrize("start", range(0, 600, 100))
def test_plain_weeks_are_read_whole_and_right(start: int) -> None:
    for seed in range(start, start + 100):
        writer = a_writer(seed)
        text = writer.text()
        opening, problems = read_french(text)
        assert (open_minutes(opening), problems) == (writer.truth(), []), text


@pytest.mark.parametrize(("half", "first", "last"), [("", 0, DAY), (" matin", 0, 780), (" après-midi", 780, DAY)])
def test_closed_day_or_half_day_is_taken_out(half: str, first: int, last: int) -> None:
    for seed in range(100):
        writer = a_writer(1000 + seed)
        day = writer.random.choice(sorted({day for day, _ in writer.truth()}))
        text = f"{writer.text()}{writer.random.choice(['. Fermé le ', chr(10) + 'Fermé le '])}{LONG[day]}{half}"
        left = {
            (open_day, minute) for open_day, minute in writer.truth() if open_day != day or not first <= minute < last
        }
        opening, _ = read_french(text)
        assert open_minutes(opening) == left, text


@pytest.mark.parametrize("word", ["Orelle", "sur Zoom", "aussi", "parfois", "(bébés)"])
def test_unknown_word_opens_nothing_in_its_sentence(word: str) -> None:
    for seed in range(40):
        writer = a_writer(2000 + seed)
        opening, problems = read_french(f"{writer.text()} {word}".replace("\n", ", ").replace(". ", ", "))
        assert open_minutes(opening) <= writer.truth()
        assert problems
        assert not opening.is_complete
