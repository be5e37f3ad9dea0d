"""From what was understood to what the index is asked: pure.

Everything said must be met first. When nothing meets it all, what was recognised stays required and the other words
only lift those that have them; the page says so.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from portal.geography.points import Point
from portal.search.documents import REMOTE, SERVES
from portal.search.lifts import PERMANENCE, asks_for_passing, audiences_of, lifts_of, receiving
from portal.search.requests import SearchRequest
from portal.search.understanding.english import Question
from portal.search.understanding.needs import Need
from portal.search.understanding.places import PlaceFound
from portal.search.understanding.question import Understood
from portal.search.understanding.tokens import Token
from portal.search.when import NOW, DayName, When, span_of
from portal.vocabulary.vocabulary import Vocabulary
from search_index.documents import Spot
from search_index.queries import Alternative, Clause, Near, Query, Sort
from search_index.times import Span

PAGE = 20
FACETS = ("theme", "concept", "audience", "mode", "cost", "access", "language")
_KILOMETRE = 1000.0
_WORDS_OF_A_NEED = 0.25
"""The bus of France services bears "bus" in its name; who asks for a bus wants to travel: the kind counts more."""
_FAMILY_OF_A_NEED = 0.5
_KINDS_OF_A_VAGUE_NEED = 0.4
"""A keyword of a situation ("voiture", "internet") names no kind: the word itself says more."""
_NAME_OF_A_KIND = 0.5
_WHOLE_TERRITORY = frozenset({"territory:"})
"""Who answers for all of it is no more in charge of one commune than of another."""
_WORDS_OF_A_SENTENCE = 6
_OTHER_NEED = 0.7
"""When not all is met, the need that most of the words say stands before the others."""
_WORDS_OF_FORM = frozenset(
    """
    accueil agence antenne appui association atelier bureau cabinet centre conseil consultation demande dossier equipe
    etablissement espace guichet maison organisme permanence point pole rdv rendezvous secteur structure local
    """.split()  # noqa: SIM905  # a block of words is read and sorted, a list of strings is not
)
"""How an office is named says nothing beside what it is for: the PMI of one's town is the "consultation PMI"."""
_FORM = 0.3
_FILED = (("desk", 1.8), ("main", 1.0), ("concept", 0.8))
"""The desk of a body comes before what it also offers, a service filed under a kind before one that does it, too."""
_MOST_DESKS = 1
_MOST_MEANINGS = 10


@dataclass(frozen=True)
class Asked:
    """A request with everything its words added to it."""

    request: SearchRequest
    """As it was made, the filters said in the words among its filters."""
    understood: Understood
    question: Question
    """The words that were understood, and what was typed for them."""
    place: PlaceFound | None
    point: Point | None
    areas: frozenset[str]
    when: When | None
    needs_no_appointment: bool = False


def queries_of(asked: Asked, vocabulary: Vocabulary, now: datetime) -> tuple[Query, ...]:
    """Give the questions to put to the index, the strictest first: the next one only when nothing was found."""
    # Competence tells apart services of a kind; where no kind is asked for, the nearest comes first.
    areas = asked.areas if asked.understood.needs or asked.understood.rest or asked.request.theme else frozenset()
    query = Query(
        near=_near(asked),
        remote={"reach": frozenset({REMOTE})},
        areas=areas - _WHOLE_TERRITORY,
        covered=areas & _WHOLE_TERRITORY | {f"{SERVES}{area}" for area in areas},
        filters=filters_of(asked, vocabulary),
        during=None if asked.when is None else span_of(asked.when, now),
        now=span_of(NOW, now).first,
        today=now.date().toordinal(),
        facets=FACETS,
        sort=asked.request.sort,
        offset=(asked.request.page - 1) * PAGE,
        limit=PAGE,
    )
    daily = _of_daily_need(asked)
    by_words = (replace(query, clauses=(*clauses, *daily)) for clauses in _clauses(asked.understood))
    return (*_by_day(asked, query), *by_words)


def filters_of(asked: Asked, vocabulary: Vocabulary) -> Mapping[str, frozenset[str]]:
    """Give the filters of a request as the index names them."""
    request = asked.request
    family = vocabulary.family_by_slug(request.theme)
    theme = ("theme", family.code) if family else ("concept", request.theme)
    wanted: dict[str, list[str]] = {
        theme[0]: [theme[1]] if request.theme else [],
        "audience": [audience.value for audience in request.audiences],
        "mode": [request.mode.value] if request.mode else [],
        "cost": ["free"] if request.is_free else [],
        "access": ["wheelchair"] if request.is_accessible else [],
        "appointment": ["none"] if asked.needs_no_appointment else [],
    }
    return {name: frozenset(values) for name, values in wanted.items() if values}


def during(query: Query, span: Span | None) -> Query:
    """Ask the same for another time."""
    return replace(query, during=span)


def _by_day(asked: Asked, query: Query) -> Iterator[Query]:
    """Ask for one kind over days that have begun, what opens next first, where no place tells what is near."""
    understood, day = asked.understood, asked.when.day if asked.when is not None else None
    is_running = query.during is not None and query.now is not None and query.during.first <= query.now
    is_over_days = isinstance(day, DayName) and day.is_long and asked.point is None
    is_one_kind = len(understood.needs) == 1 == len(understood.needs[0].meanings) and not understood.rest
    if query.sort is Sort.RELEVANCE and is_running and is_over_days and is_one_kind:
        # Only what is of the kind: by the hour, a bus stop of the market would come before the market.
        wishes = audiences_of(understood, is_alone=False)
        yield replace(query, clauses=(_kinds(understood.needs[0], understood), *wishes), sort=Sort.OPENING)


def _of_daily_need(asked: Asked) -> tuple[Clause, ...]:
    """Ask, where only a time is said, first for those who receive people."""
    says_what = asked.understood.needs or asked.understood.rest or asked.request.theme
    return () if asked.when is None or says_what else (receiving(asked.understood),)


def _near(asked: Asked) -> Near | None:
    if asked.point is None:
        return None
    return Near(Spot(asked.point.lat, asked.point.lon), asked.request.radius * _KILOMETRE)


def _clauses(understood: Understood) -> Iterator[tuple[Clause, ...]]:
    is_sure = any(not _only_lifts(need) for need in understood.needs)
    # Beside "payer mon loyer", the "arrive" of "je n’arrive plus" is no new arrival: a keyword then only lifts.
    needs = [_need(need, understood, is_required=not (is_sure and _only_lifts(need))) for need in understood.needs]
    names = tuple(_name(need) for need in understood.needs if need.acronym and need.n_senses == 1)
    words = [_word(understood.tokens[place], is_sure=is_sure) for place in understood.rest]
    if _is_sentence(understood):
        # Of "je n’arrive plus à payer mon loyer" nobody wants the one text that says "arrive".
        words = [*map(_optional, words)]
    wishes = (*lifts_of(understood), *audiences_of(understood, is_alone=not (needs or words)))
    if needs and not words and all(map(_is_full_name, understood.needs)):
        # Whose text holds "foyer" here and "vie" there is no "foyer de vie", an "atelier clic" is no CLIC.
        yield (*(_kinds(need, understood) for need in understood.needs), *wishes, *names)
    yield (*needs, *words, *wishes, *names)
    if needs and (words or len(needs) > 1):
        wanted = [*_by_weight(needs, understood.needs)]
        yield (_any(wanted), *map(_optional, [*wanted, *words] if len(needs) > 1 else words), *wishes, *names)
    elif len(words) > 1:
        yield (_any(words), *map(_optional, words), *wishes)


def _word(token: Token, *, is_sure: bool) -> Clause:
    """Look for a word as it stands; one of form only lifts beside a need."""
    is_form = is_sure and token.key in _WORDS_OF_FORM
    return Clause((Alternative(words=(token.written,), weight=_FORM if is_form else 1.0),), is_required=not is_form)


def _by_weight(clauses: Sequence[Clause], needs: Sequence[Need]) -> Iterator[Clause]:
    """Let the need that most of the words say weigh most, and the others less."""
    most = max(len(need.places) for need in needs)
    for clause, need in zip(clauses, needs, strict=True):
        share = 1.0 if len(need.places) == most else _OTHER_NEED
        yield replace(
            clause, alternatives=tuple(replace(way, weight=way.weight * share) for way in clause.alternatives)
        )


def _only_lifts(need: Need) -> bool:
    """Tell whether beside a need it only says more of it: "permanence" is how an operator comes, not what for."""
    return need.is_vague or (bool(need.meanings) and need.meanings[0].code == PERMANENCE)


def _need(need: Need, understood: Understood, *, is_required: bool) -> Clause:
    said = tuple(understood.tokens[place].written for place in sorted(need.places))
    in_words = Alternative(words=said, weight=_WORDS_OF_A_NEED if need.meanings and not need.is_vague else 1.0)
    return Clause((in_words, *_kinds(need, understood).alternatives), is_required=is_required)


def _kinds(need: Need, understood: Understood) -> Clause:
    surely = _KINDS_OF_A_VAGUE_NEED if need.is_vague else 1.0
    # Who asks for the day on which somebody comes does not mean the office.
    n_desks = 0 if asks_for_passing(understood) else _MOST_DESKS
    ways = [
        Alternative(tag=(tag, meaning.code), weight=meaning.weight * share * surely)
        for number, meaning in enumerate(need.meanings[:_MOST_MEANINGS])
        for tag, share in _FILED[number >= n_desks :]
    ]
    if need.family:
        ways.append(Alternative(tag=("theme", need.family), weight=_FAMILY_OF_A_NEED))
    return Clause(tuple(ways))


def _is_sentence(understood: Understood) -> bool:
    """Tell whether somebody told what they need in so many words, and was understood."""
    return len(understood.tokens) >= _WORDS_OF_A_SENTENCE and any(not need.is_vague for need in understood.needs)


def _is_full_name(need: Need) -> bool:
    """Tell whether the thesaurus knows what was said by a name of several words, or by an acronym."""
    return bool(need.n_senses and (need.acronym or len(need.places) > 1))


def _name(need: Need) -> Clause:
    """Lift what bears the very name of the kind: "France services" for MSAP."""
    return Clause((Alternative(words=(need.meanings[0].label.fr,), weight=_NAME_OF_A_KIND),), is_required=False)


def _any(clauses: Sequence[Clause]) -> Clause:
    return Clause(tuple(way for clause in clauses for way in clause.alternatives))


def _optional(clause: Clause) -> Clause:
    return replace(clause, is_required=False)
