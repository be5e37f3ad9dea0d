"""Contract: on random documents, edits and questions, every engine answers what the plain one does.

Keys, order, totals, facets, states and competence must be the same; scores may differ by a millionth and distances by
a metre, which is the last digit kept of each.
"""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index.analysis import Analysis
from search_index.documents import Document
from search_index.engine import Edit, KeptEngine
from search_index.memory import MemoryEngine
from search_index.queries import Query
from search_index.results import Results
from search_index.times import Timetables
from tests.search_index.builders import ACRONYMS
from tests.search_index.strategies import STARTS, WORDS, documents, queries, timetables
from tests.tools.examples import examples


def _reference(held: list[Document], times: Timetables) -> MemoryEngine:
    engine = MemoryEngine(Analysis(ACRONYMS))
    engine.rebuild(held)
    engine.tell_times(times)
    return engine


def _same(one: Results, other: Results) -> None:
    for hit, expected in zip(one.hits, other.hits, strict=True):
        assert hit.score == pytest.approx(expected.score, abs=2e-6)
        assert hit.distance == (None if expected.distance is None else pytest.approx(expected.distance, abs=1))
    exact = [hit._replace(score=0.0, distance=None) for hit in one.hits]
    assert exact == [hit._replace(score=0.0, distance=None) for hit in other.hits]
    assert (one.total, one.n_unknown, one.n_open) == (other.total, other.n_unknown, other.n_open)
    assert dict(one.facets) == dict(other.facets)


@given(documents(), timetables, st.lists(queries, min_size=1, max_size=6))
def test_a_rebuilt_engine_answers_like_the_plain_one(
    engine: KeptEngine, held: list[Document], times: Timetables, asked: list[Query]
) -> None:
    engine.rebuild(held)
    engine.tell_times(times)
    reference = _reference(held, times)
    for query in asked:
        _same(engine.search(query), reference.search(query))
    assert engine.keys == reference.keys


@examples(40)
@given(
    documents(), st.lists(documents(), min_size=1, max_size=4), timetables, st.lists(queries, min_size=1, max_size=4)
)
def test_an_edited_engine_answers_like_one_rebuilt_from_what_is_left(
    engine: KeptEngine, held: list[Document], edits: list[list[Document]], times: Timetables, asked: list[Query]
) -> None:
    engine.rebuild(held)
    engine.tell_times(times)
    left = {document.key: document for document in held}
    for new in edits:
        groups = frozenset(document.group for document in new) | _holders(left, new)
        left = {key: document for key, document in left.items() if document.group not in groups}
        left |= {document.key: document for document in new}
        engine.apply(Edit(groups, tuple(new)))
        reference = _reference(list(left.values()), times)
        for query in asked:
            _same(engine.search(query), reference.search(query))
        assert engine.keys == reference.keys


def _holders(left: dict[int, Document], new: list[Document]) -> frozenset[int]:
    """Give the groups that hold a key which is about to move to another one: an edit names all it touches."""
    return frozenset(left[document.key].group for document in new if document.key in left)


@given(documents(), st.sampled_from(STARTS + WORDS))
def test_words_are_suggested_and_known_like_by_the_plain_one(
    engine: KeptEngine, held: list[Document], word: str
) -> None:
    engine.rebuild(held)
    reference = _reference(held, Timetables())
    assert engine.completions(word) == reference.completions(word)
    for typed in (word, word[:-1], word + "e", word[1:2] + word[:1] + word[2:]):
        assert engine.corrections(typed) == reference.corrections(typed)
        assert engine.knows(typed) == reference.knows(typed)


@given(documents(), queries)
def test_pages_are_cuts_of_one_list(engine: KeptEngine, held: list[Document], query: Query) -> None:
    engine.rebuild(held)
    whole = engine.search(replace(query, offset=0, limit=100))
    page = engine.search(query)
    assert page.hits == whole.hits[query.offset : query.offset + query.limit]
    assert page.total == whole.total == len({hit.group for hit in whole.hits})
