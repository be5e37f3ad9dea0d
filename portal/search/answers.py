"""What a search answers, as frozen values: what pages, the API and the command line show."""

from dataclasses import dataclass
from typing import NamedTuple

from portal.directory.cards.values import AccessPointCard, ServiceCard
from portal.geography.communes import Commune
from portal.geography.territory import TerritoryContact
from portal.search.requests import Adjustment, SearchRequest
from portal.search.understanding.dangers import EmergencyLine
from portal.search.understanding.places import PlaceFound
from portal.search.understanding.question import Part
from portal.search.when import When
from portal.vocabulary.entries import Situation


class WayThere(NamedTuple):
    """What brings somebody to a desk."""

    name: str
    """Of the stop, or of the bus on call."""
    is_on_call: bool = False
    metres: float | None = None
    """From the stop to the desk; None where only the commune of the desk is known."""


class HitCard(NamedTuple):
    """A service found, and the way to reach it that is nearest or next."""

    card: ServiceCard
    access_point: AccessPointCard | None
    """None for a service nobody said how to reach."""
    distance: float | None = None
    """Metres from where the visitor asks; None when nobody knows, or may know."""
    way: WayThere | None = None
    """What brings there who has no car, where that was asked."""
    others: tuple[AccessPointCard, ...] = ()
    """The other places where it receives at the time asked, the nearest or the next first."""


@dataclass(frozen=True)
class FacetValue:
    """One value of a filter, with what choosing it would leave."""

    value: str
    label: str
    count: int
    is_chosen: bool = False


@dataclass(frozen=True)
class Facet:
    """A filter and its values, the most frequent first."""

    name: str
    """As the URL names it."""
    label: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True)
class Correction:
    """A word that stands nowhere, and the one searched in its place."""

    typed: str
    meant: str


@dataclass(frozen=True)
class Understanding:
    """What was made of the question, to be said and undone."""

    text: str = ""
    """The words as they were typed."""
    subject: str = ""
    """Those that say what is looked for, without the place and the time."""
    parts: tuple[Part, ...] = ()
    place: PlaceFound | None = None
    choices: tuple[Commune, ...] = ()
    """The other places the words for the place may mean."""
    when: str = ""
    """The time asked for, in words."""
    other_when: When | None = None
    """The other time that the words may mean: "samedi" said on a Saturday."""
    other_when_words: str = ""
    is_a_week_later: bool = False
    """Whether nothing is open any more on the day meant, which is today: that time is a week later."""
    concepts: tuple[str, ...] = ()
    """Codes of the kinds of service recognised, the surest first."""
    corrections: tuple[Correction, ...] = ()
    emergencies: tuple[EmergencyLine, ...] = ()
    situations: tuple[Situation, ...] = ()
    wants_position: bool = False
    """Whether "near me" was said without a position given."""
    adjusted: tuple[Adjustment, ...] = ()
    """Values of the address that were brought to others."""
    is_place_unknown: bool = False
    """Whether the place given is none we know."""
    set_aside: PlaceFound | None = None
    """The place given, where the words say another one: theirs was taken."""
    is_lost: bool = False
    """Whether something was typed and none of it says what is looked for."""
    n_going: int | None = None
    """How many of what was found say that they go where one wants to go: they come first. None: nobody said where."""
    is_reached: bool = False
    """Whether what was found is what somebody reaches without a car; the rest stands apart."""
    is_relaxed: bool = False
    """Whether nothing had all the words: the services shown have some of them."""

    @property
    def is_way_unknown(self) -> bool:
        """Tell whether none of what was found says that it goes where one wants to go."""
        return self.n_going == 0

    @property
    def place_words(self) -> str:
        """Name the place asked from; empty when nobody said."""
        return self.place.words if self.place is not None else ""


@dataclass(frozen=True)
class Way:
    """Another question that has answers."""

    label: str
    request: SearchRequest
    count: int


@dataclass(frozen=True)
class Help:
    """What to do when nothing was found."""

    ways: tuple[Way, ...] = ()
    """The same question without one of its filters."""
    beyond: tuple[HitCard, ...] = ()
    """The nearest ones outside the radius."""
    remote: tuple[HitCard, ...] = ()
    """Services that need no journey, or that travel."""
    contact: TerritoryContact | None = None


@dataclass(frozen=True)
class Answer:
    """One page of results."""

    request: SearchRequest
    understood: Understanding
    hits: tuple[HitCard, ...] = ()
    also: tuple[HitCard, ...] = ()
    """Services of other kinds that have to do with it; they are not counted."""
    total: int = 0
    page: int = 1
    n_pages: int = 0
    facets: tuple[Facet, ...] = ()
    n_unknown: int = 0
    """Services left out because nobody knows whether they are open at the time asked."""
    n_open_now: int = 0
    outside: str = ""
    """The place asked for, when the territory does not hold it."""
    senses: tuple[Way, ...] = ()
    """The kinds of service that words of several senses may mean."""
    help: Help | None = None
    is_from_database: bool = False
    """Whether the index was lost: fewer words are understood until it is healed."""
