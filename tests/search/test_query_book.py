"""What residents ask is answered: the query book, on the demonstration, with the real importers and the real index."""

import re
from collections.abc import Iterable
from dataclasses import replace

import pytest
from sqlalchemy import select

from importers.opening import installed_territory
from portal.directory.models.services import Service
from portal.directory.rules.choices import Status
from portal.search.opening import open_search
from portal.vocabulary.loading import load_vocabulary
from tests.search.query_book import QueryBook, Verdict, asking, judge, read_book, share
from tests.tools.settled_demonstration import Settled

CODE = re.compile(r"[A-Z]{2}\d\d")
FEWEST_QUESTIONS = 250


@pytest.fixture(scope="module")
def query_book() -> QueryBook:
    return read_book()


@pytest.fixture(scope="module")
def verdicts(query_book: QueryBook, settled: Settled, tmp_path_factory: pytest.TempPathFactory) -> list[Verdict]:
    """Ask every question once."""
    room = replace(settled.here, data_dir=tmp_path_factory.mktemp("query_book"), search_engine="whoosh")
    search = open_search(room, installed_territory(settled.here))
    search.indexing.rebuild()
    return [judge(question, asking(search, room)) for question in query_book.questions]


def test_the_book_asks_enough_and_keeps_about_a_fifth(query_book: QueryBook) -> None:
    asked = [question.asked for question in query_book.questions]
    assert len(asked) == len(set(asked)) >= FEWEST_QUESTIONS
    assert 0.15 < sum(question.is_kept for question in query_book.questions) / len(asked) < 0.3


def test_every_answer_expected_is_a_service_of_the_directory_or_a_kind(query_book: QueryBook, settled: Settled) -> None:
    with settled.session() as session:
        titles = set(session.scalars(select(Service.title).where(Service.status == Status.PUBLISHED)))
    named = {each for question in query_book.questions for each in (*question.expected, *question.never)}
    codes = {each for each in named if CODE.fullmatch(each)}
    assert named - codes <= titles
    assert all(load_vocabulary().concept(code) for code in codes)


@pytest.mark.parametrize("kept", [False, True], ids=["open", "kept"])
def test_the_right_answer_is_among_the_first_three(
    query_book: QueryBook, verdicts: list[Verdict], *, kept: bool
) -> None:
    floor = query_book.floors.kept if kept else query_book.floors.tuned
    asked = [verdict for verdict in verdicts if verdict.question.is_kept is kept]
    assert share(asked) >= floor, _told(verdict for verdict in asked if not verdict.is_right)


def test_what_is_forbidden_stands_on_no_page(verdicts: list[Verdict]) -> None:
    assert not _told(verdict for verdict in verdicts if verdict.forbidden)


def _told(verdicts: Iterable[Verdict]) -> list[str]:
    return [f"{each.question.asked} : {' | '.join(each.forbidden or each.first)}" for each in verdicts]
