"""Made-up listings and questions for `bench.search`: the same ones for the same number, whoever asks for them.

Descriptions have sixty words, a third of them empty ones, the others frequent as in any language (Zipf). Listings lie
where people live, over the communes that ship with the package. Hours are weekly and begin on half hours; there are
more different ones with more listings. One listing is one service, so that engines without groups can keep up.
"""

import math
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate

from portal.geography.communes import Commune
from portal.geography.lookup import communes
from search_index.documents import Document, Part, Spot
from search_index.times import Changes, Span, State, Timetables

WORDS_OF_A_DESCRIPTION = 60
EMPTY_WORDS = "de la le les des du et à pour en un une dans avec sur aux par".split()  # noqa: SIM905 - read as a text
N_WORDS = 30_000
N_CONCEPTS = 300
THEMES = tuple(f"F{number:02}" for number in range(12))
AUDIENCES = ("tous", "enfants", "jeunes", "familles", "seniors", "handicap", "emploi", "aidants")
MODES = ("on_site", "phone", "video", "home")
COSTS = ("free", "paid", "depends", "unknown")
FACETS = ("theme", "audience", "mode", "cost")
HALF_HOUR = 30
DAY = 24 * 60
WINDOW = Span(0, 14 * DAY - 1)
MORNINGS, AFTERNOONS = (16, 17, 18, 19), (27, 28, 29, 30)
"""Half hours of the day at which doors open."""
SPOT_SPREAD = 3_000.0
"""Metres around the middle of its commune at which most listings lie."""
RADIUS = 20_000.0
TODAY = 740_000
MINUTES = (1 * DAY + 10 * 60 + 5, 5 * DAY + 9 * 60 + 40, 2 * DAY + 14 * 60 + 20, 8 * DAY + 17 * 60 + 10)
"""Instants that are asked about: most people ask about now."""
_SYLLABLES = """
    ba bi bo ca cé co da de di fa fe ga gé gi la lé li lo ma mé mi mo na ni no pa pe pi po ra ré ri ro sa sé si so ta té
    ti to va vé vi vo chan mon tour vau roi lieu char
"""
_ENDS = ("", "", "", "tion", "ment", "age", "ette", "eur", "ique", "ier", "ance", "oir", "al", "s", "es")

Interval = tuple[int, int]
"""Minutes of the week from which and before which doors are open."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A service, as every engine gets it."""

    number: int
    texts: Mapping[Part, str]
    tags: Mapping[str, tuple[str, ...]]
    spot: Spot
    schedule: int


@dataclass(frozen=True)
class Ask:
    """One question, in words that every engine understands."""

    kind: str
    words: tuple[str, ...] = ()
    is_prefix: bool = False
    is_any: bool = False
    """Whether one of the words is enough."""
    spot: tuple[float, float] | None = None
    radius: float | None = None
    filters: Mapping[str, str] = field(default_factory=dict)
    minute: int | None = None
    """Doors are open then."""
    facets: tuple[str, ...] = ()
    is_nearest_first: bool = False


@dataclass(frozen=True)
class Scene:
    """How many listings, and where."""

    count: int
    departments: frozenset[str] = frozenset()
    """None: all of France."""


def n_schedules(count: int) -> int:
    """Tell how many different hours so many listings keep."""
    return max(1, round(math.pow(count, 0.92)))


def week_of(schedule: int) -> tuple[Interval, ...]:
    """Give the hours of a schedule."""
    draw = random.Random(schedule)
    return tuple(interval for day in range(7) for interval in _day(draw, day))


def _day(draw: random.Random, day: int) -> Iterator[Interval]:
    if draw.random() < (0.88 if day < 5 else 0.3 if day == 5 else 0.04):
        for opens in (draw.choice(MORNINGS), draw.choice(AFTERNOONS))[: draw.choice((1, 2, 2))]:
            begin = day * DAY + opens * HALF_HOUR
            yield begin, begin + draw.choice((4, 5, 6, 7)) * HALF_HOUR


def timetables(count: int) -> Timetables:
    """Tell when the doors of each schedule are open, over two weeks."""
    return Timetables(WINDOW, {f"h{schedule}": _changes(schedule) for schedule in range(n_schedules(count))})


def _changes(schedule: int) -> Changes:
    week = week_of(schedule)
    opened = [(start + shift, end + shift) for shift in (0, 7 * DAY) for start, end in week]
    return (_change(0, State.CLOSED), *(change for span in opened for change in map(_change, span, _TURNS)))


_TURNS = (State.OPEN, State.CLOSED)


@cache
def _change(minute: int, state: State) -> tuple[int, State]:
    """Make a change once: many schedules share it."""
    return minute, state


def listings(scene: Scene) -> Iterator[Listing]:
    """Make the listings of a scene."""
    draw = random.Random(2026)
    language = _Language()
    towns = _Towns(scene.departments)
    spread = n_schedules(scene.count)
    for number in range(1, scene.count + 1):
        concept = language.concept(draw)
        name = language.concepts[concept]
        town = towns.drawn(draw)
        texts = {
            Part.TITLE: f"{name} {language.drawn(draw, 1)}",
            Part.CONCEPT: name,
            Part.STRUCTURE: language.drawn(draw, 3),
            Part.PLACE: town.name,
            Part.TEXT: language.description(draw),
        }
        tags = {
            "theme": (THEMES[concept % len(THEMES)],),
            "audience": tuple(sorted(set(draw.choices(AUDIENCES, (8, 4, 3, 3, 3, 2, 2, 1), k=draw.choice((1, 1, 2)))))),
            "mode": tuple(sorted(set(draw.choices(MODES, (9, 3, 1, 1), k=draw.choice((1, 2)))))),
            "cost": (draw.choices(COSTS, (5, 2, 2, 3))[0],),
        }
        yield Listing(number, texts, tags, spot_near(town, draw), draw.randrange(spread))


def document_of(listing: Listing) -> Document:
    """Write a listing as our index takes it."""
    return Document(
        key=listing.number,
        group=listing.number,
        texts=listing.texts,
        tags=listing.tags,
        spot=listing.spot,
        schedule=f"h{listing.schedule}",
        fresh_on=TODAY - listing.number % 900,
        name=listing.texts[Part.TITLE],
    )


def spot_near(town: Commune, draw: random.Random) -> Spot:
    """Draw a point where people of a commune live."""
    north, east = draw.gauss(0, SPOT_SPREAD), draw.gauss(0, SPOT_SPREAD)
    lat, lon = town.point.lat, town.point.lon
    return Spot(lat + north / 111_195, lon + east / (111_195 * math.cos(math.radians(lat))))


class _Language:
    """Words, the frequent ones first, and the names of concepts."""

    def __init__(self) -> None:
        draw = random.Random(30)
        self.words = _words(draw)
        self._weights = list(accumulate(1 / (rank + 2.7) ** 1.07 for rank in range(N_WORDS)))
        self.concepts = [
            " ".join(draw.choices(self.words[50:3000], k=draw.choice((1, 2, 2, 3)))) for _ in range(N_CONCEPTS)
        ]
        self._concept_weights = list(accumulate(1 / (rank + 5) for rank in range(N_CONCEPTS)))

    def concept(self, draw: random.Random) -> int:
        return draw.choices(range(N_CONCEPTS), cum_weights=self._concept_weights)[0]

    def drawn(self, draw: random.Random, n_words: int) -> str:
        return " ".join(draw.choices(self.words, cum_weights=self._weights, k=n_words))

    def description(self, draw: random.Random) -> str:
        n_empty = WORDS_OF_A_DESCRIPTION // 3
        words = draw.choices(self.words, cum_weights=self._weights, k=WORDS_OF_A_DESCRIPTION - n_empty)
        words += draw.choices(EMPTY_WORDS, k=n_empty)
        draw.shuffle(words)
        return " ".join(words)


def _words(draw: random.Random) -> Sequence[str]:
    words: dict[str, None] = {}
    syllables = _SYLLABLES.split()
    while len(words) < N_WORDS:
        words["".join(draw.choices(syllables, k=draw.choice((2, 2, 3)))) + draw.choice(_ENDS)] = None
    return sorted(words, key=lambda word: (len(word) // 3, draw.random()))


class _Towns:
    """Communes, drawn by their people."""

    def __init__(self, departments: frozenset[str]) -> None:
        everywhere = not departments
        inhabited = (commune for commune in communes().communes if commune.population)
        self._communes = [commune for commune in inhabited if everywhere or commune.department in departments]
        self._weights = list(accumulate(commune.population for commune in self._communes))

    def drawn(self, draw: random.Random) -> Commune:
        return draw.choices(self._communes, cum_weights=self._weights)[0]


@dataclass(frozen=True)
class _Sample:
    """What questions are made from: some of the listings, so that each has an answer."""

    some: Sequence[Listing]
    towns: _Towns
    draw: random.Random

    def listing(self) -> Listing:
        return self.draw.choice(self.some)

    def words(self, count: int) -> tuple[str, ...]:
        listing = self.listing()
        title = listing.texts[Part.TITLE].split()
        said = [word for word in listing.texts[Part.TEXT].split() if word not in EMPTY_WORDS]
        first = self.draw.choice(title)
        return (first, *(self.draw.choice([*title, *said[:8]]) for _ in range(count - 1)))

    def place(self) -> tuple[float, float]:
        spot = spot_near(self.towns.drawn(self.draw), self.draw)
        return spot.lat, spot.lon

    def minute(self) -> int:
        return self.draw.choices(MINUTES, (7, 1, 1, 1))[0]

    def start(self) -> str:
        word = self.words(1)[0]
        return word[: self.draw.choice((3, 4, 4, 5))]

    def slipped(self) -> str:
        word = max(self.words(3), key=len)
        place = self.draw.randrange(1, len(word) - 1)
        before, letter, after = word[:place], word[place], word[place + 1 :]
        return self.draw.choice((before + after, before + letter * 2 + after, before + after[:1] + letter + after[1:]))


def asks(scene: Scene, n_each: int) -> dict[str, list[Ask]]:
    """Make so many questions of each kind for the listings of a scene."""
    some = [listing for listing in listings(scene) if listing.number % max(1, scene.count // 2000) == 0]
    frequent = _Language().words[:40]
    sample = _Sample(some, _Towns(scene.departments), random.Random(11))
    draw = sample.draw

    def page() -> Ask:
        listing = sample.listing()
        word = draw.choice(listing.texts[Part.TITLE].split())
        return Ask("page", (word,), spot=(listing.spot.lat, listing.spot.lon), radius=RADIUS,
                   filters={"cost": listing.tags["cost"][0]}, minute=sample.minute(), facets=FACETS[:3])  # fmt: skip

    def worst() -> Ask:
        words = tuple(draw.sample(frequent, 12))
        return Ask("worst", words, is_any=True, spot=sample.place(), facets=FACETS)

    makers: Mapping[str, Callable[[], Ask]] = {
        "text": lambda: Ask("text", sample.words(draw.choice((1, 2)))),
        "text + near": lambda: Ask("text + near", sample.words(1), spot=sample.place(), radius=RADIUS),
        "near": lambda: Ask("near", spot=sample.place(), radius=RADIUS, is_nearest_first=True),
        "theme + open": lambda: Ask("theme + open", filters={"theme": draw.choice(THEMES)}, minute=sample.minute()),
        "prefix": lambda: Ask("prefix", (sample.start(),), is_prefix=True),
        "suggestion": lambda: Ask("suggestion", (sample.start(),)),
        "facets": lambda: Ask("facets", sample.words(1), facets=FACETS),
        "typo": lambda: Ask("typo", (sample.slipped(),)),
        "page": page,
        "worst": worst,
    }
    return {kind: [make() for _ in range(n_each)] for kind, make in makers.items()}
