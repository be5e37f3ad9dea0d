"""What moves an answer up beside what was asked: nothing here is required, and nothing is left out for it. Pure."""

from collections.abc import Iterable, Iterator

from portal.hours.slots import Mode
from portal.search.documents import AT_HOME, REMOTE, STOP, TRAVELLING, called
from portal.search.understanding.journeys import ALL_JOURNEYS
from portal.search.understanding.needs import Need
from portal.search.understanding.question import Understood
from search_index.queries import Alternative, Beside, Clause

PERMANENCE = "AD05"
_BROAD = frozenset(
    """
    AD11 AD12 CO02 CO03 CO04 CO05 CO07 CO08 CO09 CS02 CS04 CS05 CS07 CS08 ED04 EM06 HA02 SA08 SA10 SA22 SE12 VI04
    """.split()  # noqa: SIM905  # a block of codes is read and sorted, a list of strings is not
)
"""Kinds that gather several trades or activities: the words of a question tell which one is meant."""
_OF_ITS_TRADE = 1.5
"""A laundry and a hairdresser are of one kind: whose text says "coiffeur" is what was asked for."""
_HINTED = 0.8
_AS_IT_STANDS = 0.4
"""Who asks for "café des aidants" may know that there is one: a name that holds the words lifts, beside the kind."""
_AS_ITS_KIND = 0.1
"""Who asks for a "médecin" asks for any of them: the word in the name says hardly more, and the nearest is first."""
_CALLED = 4.0
"""Who types a whole name, small words and all ("le pain de tous"), wants what is called so."""
_GOES_THERE = 40.0
"""Who says where they go wants what goes there, be it a train where they said bus: before all that does not say so."""
_COMES, _BY_A_STOP, _CALLED_UP, _ON_CALL = 3.0, 2.8, 2.7, 2.6
"""Who has no car wants what comes, what lies by a stop, what needs no journey, or what a bus on call serves: nearly
alike, so that near a place the nearest of them is first."""
A_WALK = 1000.0
"""Metres one walks from a stop."""
_PASSES = 1.5
"""Who says "permanence" or "passage" wants the day on which somebody comes, before the office that is always there."""
_PASSING = frozenset(
    """
    permanence permanences passage passages passe passent tournee tournees itinerant itinerante itinerants
    """.split()  # noqa: SIM905  # as above
)
_WHEELS = frozenset(
    """
    ambulant ambulante ambulants roulant roulante mobile mobiles camion bus
    """.split()  # noqa: SIM905  # as above
)
"""Words of wheels: "bus" alone is a way to travel, "bus dentaire" is a dentist who comes."""
_DAILY = ("AD01", "AD03", "AD06", "SA11", "CS01", "CO01", "CO02", "CO03", "SA01", "SA02", "SA15", "AD09", "SO01")
"""Where people are received for daily needs: what somebody looks for who says no more than a place and a time."""
_LEISURE = ("CS03", "CO05", "CS04", "CS06", "CS05", "CS08", "VI02", "CO03")
_GOING_OUT = frozenset({"faire", "sortir", "sortie", "sorties", "animation", "animations", "amuser"})
"""Words of who asks "que faire samedi soir": the same place and time, and another day than that of errands."""
_RECEIVES = 0.15
_AUDIENCE = 0.3
"""For whom it is says less than what it is: a cleaner for the elderly is a cleaner first."""


def lifts_of(understood: Understood) -> Iterator[Clause]:
    """Lift what bears the words themselves, what is called so, what goes there, what passes, and what comes to you."""
    places = {place for need in understood.needs for place in need.places} | {*understood.rest}
    if understood.needs:
        weight = _AS_IT_STANDS if len(places) > 1 else _AS_ITS_KIND
        yield _lifting(Alternative(words=said_in(understood, places), weight=weight))
    if len(understood.tokens) > 1:
        yield _lifting(Alternative(tag=("called", called(understood.text)), weight=_CALLED))
    yield from _trades(understood)
    if there := going_there(understood):
        yield _lifting(there)
    yield from _passing(understood)
    if understood.wishes_for("reach"):
        yield _lifting(*reaching(understood))


def _trades(understood: Understood) -> Iterator[Clause]:
    """Lift, within the kinds that were meant, those whose text has the words of a trade."""
    for need in understood.needs:
        said = [said_in(understood, need.places)] if is_broad(need) else []
        ways = [*said, *((hint,) for hint in need.hints)]
        kinds = "concept", frozenset(meaning.code for meaning in need.meanings)
        weight = _OF_ITS_TRADE if is_broad(need) else _HINTED
        if ways:
            yield _lifting(*(Alternative(words=words, weight=weight, within=kinds) for words in ways))


def going_there(understood: Understood) -> Alternative | None:
    """Look for what names the place where somebody goes; None when nobody said."""
    if understood.there is None:
        return None
    # What stands there already leads there no more.
    arrived = "commune", frozenset({understood.there.commune.code})
    words = said_in(understood, understood.destination)
    return Alternative(words=words, weight=_GOES_THERE, within=("concept", ALL_JOURNEYS), outside=arrived)


def reaching(understood: Understood) -> tuple[Alternative, ...]:
    """Tell what is within reach of somebody without a car, in any of several ways."""
    # A round that stops in another village helps nobody here; where nobody said where, any may do.
    here = ("commune", frozenset({understood.home})) if understood.home else None
    ways = (
        (Beside("reach", frozenset({AT_HOME})), _COMES),
        (Beside("mode", frozenset({Mode.HOME.value})), _COMES),
        (Beside("stop", frozenset({STOP}), A_WALK), _BY_A_STOP),
        (Beside("reach", frozenset({REMOTE})), _CALLED_UP),
        (Beside("commune", understood.served), _ON_CALL),
    )
    comes = Alternative(beside=Beside("reach", frozenset({TRAVELLING})), weight=_COMES, within=here)
    return (comes, *(Alternative(beside=beside, weight=weight) for beside, weight in ways))


def receiving(understood: Understood) -> Clause:
    """Lift where people are received for daily needs: a car park open day and night is no answer to "open now"."""
    kinds = _LEISURE if any(token.key in _GOING_OUT for token in understood.tokens) else _DAILY
    return _lifting(*(Alternative(tag=("main", code), weight=_RECEIVES) for code in kinds))


def audiences_of(understood: Understood, *, is_alone: bool) -> Iterator[Clause]:
    """Lift what is for those who were named; where nothing else was said, ask for it."""
    for wish in understood.wishes:
        if wish.name == "audience":
            said = said_in(understood, wish.places)
            weight = 1.0 if is_alone else _AUDIENCE
            ways = (
                Alternative(words=said, weight=weight),
                Alternative(tag=("audience", wish.value), weight=weight),
            )
            yield Clause(ways, is_required=is_alone)


def said_in(understood: Understood, places: Iterable[int]) -> tuple[str, ...]:
    """Give words as they were typed."""
    return tuple(understood.tokens[place].written for place in sorted(places))


def is_broad(need: Need) -> bool:
    """Tell whether the kind that was named gathers several trades."""
    return any(meaning.code in _BROAD for meaning in need.meanings[:1])


def _passing(understood: Understood) -> Iterator[Clause]:
    """Lift, of the kind that is named first, what comes on some days."""
    kinds = [frozenset({each.meanings[0].code}) for each in understood.needs if each.meanings]
    kinds = [each for each in kinds if each != {PERMANENCE}]
    if not asks_for_passing(understood):
        return
    for each in kinds:
        words = ("permanence",), ("rendez-vous",), ("tournée",)
        yield _lifting(*(Alternative(words=said, weight=_PASSES, within=("concept", each)) for said in words))
    tags = (("reach", TRAVELLING), ("concept", PERMANENCE))
    yield _lifting(*(Alternative(tag=tag, weight=_PASSES / 3) for tag in tags))


def asks_for_passing(understood: Understood) -> bool:
    """Tell whether a word says that something passes, beside a word for what it is."""
    keys = {token.key for token in understood.tokens}
    if keys & _PASSING:
        return True
    wheels = {place for place, token in enumerate(understood.tokens) if token.key in _WHEELS}
    return bool(wheels) and (len(understood.needs) > 1 or any(need.places - wheels for need in understood.needs))


def _lifting(*ways: Alternative) -> Clause:
    return Clause(ways, is_required=False)
