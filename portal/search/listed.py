"""A service as every list of services shows it: frozen words, ready to be read; nothing is left to compute."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from flask_babel import lazy_gettext

from portal.core.text import fold
from portal.directory.cards.values import AccessPointCard, CommuneLine, Link, Location, ServiceCard
from portal.directory.rules.choices import AccessPointKind, ContactType
from portal.directory.rules.contact_lines import ContactLine
from portal.directory.rules.sensitive import is_sensitive
from portal.geography.distances import distance_words
from portal.geography.grammar import printed
from portal.geography.lookup import communes
from portal.hours.layers import StateCode
from portal.hours.schedule import State
from portal.hours.slots import Mode
from portal.hours.words.languages import phrases_in
from portal.hours.words.moments import moment_seen_from
from portal.hours.words.state import state_sentence
from portal.search.answers import WayThere
from portal.search.coming import coming_words
from portal.search.elsewhere import elsewhere_words
from portal.search.terms import terms_of
from portal.vocabulary.glossary import acronyms_in
from portal.vocabulary.vocabulary import Vocabulary
from portal.web.languages import current_language, here
from portal.web.sentences import gettext
from portal.web.simple import is_simple


@dataclass(frozen=True)
class ListedState:
    """Whether it is open, in a word for the eye and a sentence for everybody."""

    code: str
    sentence: str


@dataclass(frozen=True)
class Phone:
    """A telephone number as it is read and as it is dialled."""

    shown: str
    dialled: str


@dataclass(frozen=True)
class Pin:
    """Where it stands on the map."""

    lat: float
    lon: float
    is_approximate: bool = False
    """Whether only its commune is known: it is then drawn at the centre."""


@dataclass(frozen=True)
class ListedService:
    """One line of a list."""

    link: Link
    access_point: str
    """Public id of the one it is listed by, where the service has several."""
    kind: str
    """What it is in plain words; empty when its title says so already."""
    structure: Link | None
    """None when it bears the name of the service."""
    place: str
    """The commune with its département; or how one reaches it when there is no place."""
    commune: str
    distance: str
    """How far it is and, for who has no car, what brings there."""
    elsewhere: str
    """Where else it receives; empty when nowhere."""
    state: ListedState | None
    phone: Phone | None
    call: str
    """What the link of the telephone number is, for who hears it alone."""
    summary: str
    freshness: str
    is_overdue: bool
    terms: str
    """What it costs, for whom it is, and how else it is reached, as far as that is known."""
    competence: str
    """What is to be said of the visitor's commune; empty when it makes no difference."""
    is_competent: bool | None
    pin: Pin | None
    is_near_enough: bool
    """Whether it is known well enough for a distance of less than a kilometre to mean something."""
    is_discreet: bool
    """Whether it is sought by people who must not be found: a browser then keeps nothing of it."""
    acronyms: frozenset[str]
    """Those its summary explains, unless the page has done so already."""
    drawn: dict[Hashable, str] = field(default_factory=dict, compare=False, repr=False)
    """How templates drew it, for the next page of the same language and version."""


_Key = tuple[str, str, bool | None, bool, str, tuple[str, ...]]
_kept: dict[_Key, tuple[ServiceCard, ListedService]] = {}
"""What was shown of a card; good for as long as the very same card is shown."""
_CHILDMINDER = "PE03"
_TRANSPORT_ON_DEMAND = "MO03"
MOST_KEPT = 10_000
_A_WALK = 1500
"""Metres under which a distance from the centre of a commune tells nothing of what stands somewhere in it."""


def listed(
    card: ServiceCard,
    access_point: AccessPointCard | None,
    *,
    vocabulary: Vocabulary,
    now: datetime,
    distance: float | None = None,
    others: tuple[AccessPointCard, ...] = (),
) -> ListedService:
    """Show a service in a list, by the way to reach it that is nearest or next; `others` are its other places."""
    found = "" if access_point is None else access_point.public_id
    key = (
        card.public_id,
        found,
        card.is_competent,
        card.serves_visitor,
        here(),
        tuple(each.public_id for each in others),
    )
    kept_card, shown = _kept.get(key, (None, None))
    if shown is None or kept_card is not card:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        shown = replace(_shown(card, access_point, vocabulary, now), elsewhere=elsewhere_words(access_point, others))
        _kept[key] = card, shown
    return shown if distance is None else _at(shown, _distance(shown, distance))


def with_way(shown: ListedService, way: WayThere | None) -> ListedService:
    """Say beside the distance what brings there who has no car."""
    return shown if way is None else _at(shown, " · ".join(filter(None, (shown.distance, _way(way)))))


def _at(shown: ListedService, distance: str) -> ListedService:
    """Give the same at a distance; a list has twenty, and `replace` would hand over each of their fields anew."""
    told = object.__new__(ListedService)
    told.__dict__.update(shown.__dict__, distance=distance)
    return told


def _distance(shown: ListedService, metres: float) -> str:
    """Say how far it is; of what may stand anywhere in its commune, nothing that its centre cannot know."""
    if shown.is_near_enough:
        return distance_words(metres, current_language())
    return gettext("environ %(km)s km", km=round(metres / 1000)) if metres >= _A_WALK else ""


def _way(way: WayThere) -> str:
    """Say what brings there who has no car."""
    if way.is_on_call:
        return gettext("desservi par « %(name)s », sur réservation", name=way.name)
    if way.metres is None:
        return gettext("arrêt « %(stop)s »", stop=way.name)
    metres = max(50, round(way.metres / 50) * 50)
    return gettext("arrêt « %(stop)s » à environ %(metres)s m", stop=way.name, metres=metres)


def _shown(
    card: ServiceCard, access_point: AccessPointCard | None, vocabulary: Vocabulary, now: datetime
) -> ListedService:
    where = None if access_point is None else access_point.location
    phone = phone_of(((access_point.contacts if access_point else ()) or ()) + card.contacts)
    return ListedService(
        link=Link(card.public_id, card.slug, card.title),
        access_point=access_point.public_id if access_point is not None and len(card.access_points) > 1 else "",
        kind=_kind(card, vocabulary),
        structure=None if fold(card.structure.name) == fold(card.title) else card.structure,
        place=_place(access_point, card),
        commune="" if where is None else printed(where.commune.name),
        distance="",
        elsewhere="",
        state=None if access_point is None else _state(access_point, card, now, has_phone=phone is not None),
        phone=phone,
        call="" if phone is None else gettext("Appeler %(name)s au", name=card.title),
        summary=_telling(card, vocabulary),
        freshness=card.freshness.sentence.said(current_language()),
        is_overdue=card.freshness.is_overdue,
        terms=terms_of(card, access_point),
        competence=_competence(card),
        is_competent=card.is_competent,
        pin=None if where is None else _pin(where),
        is_near_enough=where is None or where.own_point is not None,
        is_discreet=is_sensitive(card.concepts),
        # A simple page has no summaries.
        acronyms=frozenset() if is_simple() else _acronyms(card.summary),
    )


def _acronyms(summary: str) -> frozenset[str]:
    return frozenset(summary[each.start : each.end] for each in acronyms_in(summary))


def are_discreet(items: Sequence[ListedService]) -> bool:
    """Tell whether a list holds nothing but discreet services: whoever reads it must be able to leave at once."""
    return bool(items) and all(item.is_discreet for item in items)


def _pin(where: Location) -> Pin | None:
    """Put a place on the map; an address that nobody located stands at the centre of its commune, and says so."""
    if where.link is None:
        return None
    if where.own_point is not None:
        return Pin(where.own_point.lat, where.own_point.lon)
    commune = communes().communes.get(where.commune.code)
    centre = where.point or (None if commune is None else commune.point)
    return None if centre is None else Pin(centre.lat, centre.lon, is_approximate=True)


def phone_of(contacts: tuple[ContactLine, ...]) -> Phone | None:
    """Give the first telephone number that everybody may call."""
    number = next((line.value for line in contacts if line.type is ContactType.PHONE and line.is_public), None)
    return None if number is None else Phone(number, dialled(number))


def dialled(number: str) -> str:
    """Write a number as a telephone takes it: digits, and the plus of a country."""
    return "".join(sign for sign in number if sign.isdigit() or sign == "+")


def commune_words(commune: CommuneLine) -> str:
    """Name a commune with its département, because names repeat."""
    return f"{printed(commune.name)} ({commune.department})"


def _kind(card: ServiceCard, vocabulary: Vocabulary) -> str:
    concept = vocabulary.concept(card.concepts[0]) if card.concepts else None
    words = "" if concept is None else concept.label.said(current_language())
    return "" if fold(words) == fold(card.title) else words


def _telling(card: ServiceCard, vocabulary: Vocabulary) -> str:
    """Give the summary, unless it only says again what the title or the kind have said, as registers do."""
    said = f"{fold(card.title)} {fold(_kind(card, vocabulary))}"
    return "" if fold(card.summary.rstrip(". ")) in said else card.summary


def _place(access_point: AccessPointCard | None, card: ServiceCard) -> str:
    if access_point is None:
        return ""
    if access_point.location is not None:
        return commune_words(access_point.location.commune)
    ways: dict[AccessPointKind, str] = {
        AccessPointKind.PHONE: gettext("Par téléphone"),
        AccessPointKind.VIDEO: gettext("En visio"),
        AccessPointKind.HOME: home_words(card.concepts),
    }
    return ways.get(access_point.kind, str(gettext("Adresse non communiquée")))


def home_words(concepts: tuple[str, ...]) -> str:
    """Say whose home "at home" is: a childminder receives in her own."""
    return str(gettext("Chez l’assistante maternelle") if _is_her_home(concepts) else gettext("À domicile"))


def state_of(state: State, concepts: tuple[str, ...]) -> State:
    """Speak of no visits where nobody visits: a childminder is open as a place is."""
    if not _is_her_home(concepts):
        return state
    here, then = (Mode.ON_SITE if mode is Mode.HOME else mode for mode in (state.mode, state.next_mode))
    return replace(state, mode=here, next_mode=then)


def _is_her_home(concepts: tuple[str, ...]) -> bool:
    return concepts[:1] == (_CHILDMINDER,)


def _state(access_point: AccessPointCard, card: ServiceCard, now: datetime, *, has_phone: bool) -> ListedState:
    state = state_of(access_point.opening.state, card.concepts)
    words = coming_words(access_point, state, now, concepts=card.concepts, has_phone=has_phone)
    return ListedState(state.code.value, words)


def state_words(state: State, here: datetime, language: str, *, passes_by: bool) -> str:
    """Say the state of a desk; what passes by is not closed meanwhile, but comes again."""
    if not passes_by or state.code is not StateCode.CLOSED or state.next is None:
        return state_sentence(state, here, language)
    when = moment_seen_from(state.next.astimezone(here.tzinfo), here, phrases_in(language))
    return str(gettext("Passe %(when)s", when=when))


def _competence(card: ServiceCard) -> str:
    if card.is_competent is None:
        comes = Mode.HOME in card.modes or _TRANSPORT_ON_DEMAND in card.concepts[:1]
        return gettext("Vient dans votre commune") if card.serves_visitor and comes else ""
    # Only the one that is said is looked up: a list asks twenty times.
    mine, others = lazy_gettext("Compétent pour votre commune"), lazy_gettext("Ne s’occupe pas de votre commune")
    return str(mine if card.is_competent else others)
