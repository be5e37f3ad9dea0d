"""Contract: whatever anybody types or sends is answered; none of it is ever a syntax."""

import pytest

from search_index.documents import Spot
from search_index.queries import Alternative, Clause, Near, Query
from search_index.times import Span
from tests.search_index.builders import Index, a_document, ask, words

WORDS = {
    "one endless word": "a" * 100_000,
    "endless words": "garde " * 20_000,
    "endless different words": " ".join(f"mot{number}" for number in range(15_000)),
    "stars": "*" * 50_000,
    "operators": 'mairie AND (école OR "garde d\'enfants") NOT pain~2 title:x [A TO Z] {a TO} ?* ^4 + - && || ! \\',
    "nesting": "(" * 10_000 + "mairie" + ")" * 10_000,
    "control characters": "mai\x00rie \x01\x02\x1b[31m \x7f",
    "surrogates": "mairie \ud800 \udfff",
    "right to left": "\u202emairie\u202c دار البلدية עירייה",
    "emoji": "🏥👩‍👩‍👧 mairie 🇫🇷",
    "combining marks": "e" + "\u0301" * 10_000,
    "wide digits": "１２３ ٣٤٥ ²³",
    "ligatures": "ﬁchier œuvre ĳ",
    "apostrophes": "l'" * 10_000,
    "dots": "a." * 20_000,
    "telephone": "03 25 " * 10_000,
    "hyphens": "co-" * 20_000,
    "nothing": "",
    "spaces": " \u00a0\u2003\t\n" * 1_000,
}


@pytest.fixture
def town(index: Index) -> Index:
    """Hold a few documents."""
    index.holds(a_document("Mairie", km=1), a_document("Garde d’enfants"), a_document("mot1 mot2"))
    return index


@pytest.mark.parametrize("text", WORDS.values(), ids=WORDS)
def test_any_text_is_searched_completed_corrected_and_known_or_not(town: Index, text: str) -> None:
    one_clause = words(Alternative(words=(text,), is_prefix=True))
    assert town.answer(ask(clauses=(one_clause,))).total in {0, 1, 3}
    assert town.answer(ask(clauses=tuple(words(word) for word in text.split()))).total <= 3
    assert len(town.engine.completions(text)) <= 10
    assert len(town.engine.corrections(text)) <= 3
    assert town.engine.knows(text) in {True, False}


@pytest.mark.parametrize("text", WORDS.values(), ids=WORDS)
def test_any_text_may_stand_in_a_document(index: Index, text: str) -> None:
    index.holds(a_document("Mairie", text=text), a_document("École"))
    assert index.titles("mairie") == ["Mairie"]


def test_endless_clauses_and_alternatives_are_cut(town: Index) -> None:
    many = Clause(tuple(Alternative(words=(f"mot{number}",)) for number in range(5_000)))
    assert town.titles(ask(clauses=(many,) * 500)) == ["mot1 mot2"]


@pytest.mark.parametrize(
    "query",
    [
        Query(offset=10**9, limit=10**9),
        Query(limit=0),
        Query(near=Near(Spot(90.0, 180.0), 0.0)),
        Query(near=Near(Spot(-90.0, -180.0), 1e12)),
        Query(during=Span(5, 1), now=-(10**9), today=10**6),
        Query(filters={"x": frozenset({"y"})}, facets=("x", "", "x")),
        Query(clauses=(Clause(()),)),
        Query(clauses=(Clause((Alternative(),)),)),
        Query(clauses=(Clause((Alternative(tag=("", "")),)),)),
    ],
)
def test_odd_questions_are_answered(town: Index, query: Query) -> None:
    results = town.engine.search(query)
    assert len(results.hits) <= results.total <= 3
