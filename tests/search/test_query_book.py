"""What residents ask is answered: the query book, on the demonstration, with the real importers and the real index."""

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from importers.opening import installed_territory
from portal.directory.models.services import Service
from portal.directory.rules.choices import Status
from portal.search.opening import open_search
from portal.vocabulary.loading import load_vocabulary
from tests.search.query_book import BLIND_BOOK, BOOK, NEW_BOOK, Ask, QueryBook, Verdict, asking, judge, read_book, share
from tests.tools.claims import every
from tests.tools.settled_demonstration import Settled

CODE = re.compile(r"[A-Z]{2}\d\d")
FEWEST_QUESTIONS = {BOOK: 250, NEW_BOOK: 120, BLIND_BOOK: 120}
SHARES_KEPT = {BOOK: 1 / 5, NEW_BOOK: 1 / 2, BLIND_BOOK: 1 / 2}


@pytest.fixture(scope="module")
def ask(settled: Settled, tmp_path_factory: pytest.TempPathFactory) -> Ask:
    room = replace(settled.here, data_dir=tmp_path_factory.mktemp("query_book"), search_engine="whoosh")
    search = open_search(room, installed_territory(settled.here))
    search.indexing.rebuild()
    return asking(search, room)


@pytest.fixture(scope="module", params=[BOOK, NEW_BOOK, BLIND_BOOK], ids=["book", "new", "blind"])
def path(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


@pytest.fixture(scope="module")
def query_book(path: Path) -> QueryBook:
    return read_book(path)


@pytest.fixture(scope="module")
def verdicts(query_book: QueryBook, ask: Ask) -> list[Verdict]:
    """Ask every question once."""
    return [judge(question, ask) for question in query_book.questions]


def test_the_book_asks_enough_and_keeps_its_share(query_book: QueryBook, path: Path) -> None:
    asked = [question.asked for question in query_book.questions]
    assert len(asked) == len(set(asked)) >= FEWEST_QUESTIONS[path]
    kept = sum(question.is_kept for question in query_book.questions)
    assert kept / len(asked) == pytest.approx(SHARES_KEPT[path], abs=0.1)


def test_no_question_stands_in_two_books() -> None:
    asked = [question.asked for path in FEWEST_QUESTIONS for question in read_book(path).questions]
    assert len(asked) == len(set(asked))


def test_every_answer_expected_is_a_service_of_the_directory_or_a_kind(query_book: QueryBook, settled: Settled) -> None:
    with settled.session() as session:
        titles = set(session.scalars(select(Service.title).where(Service.status == Status.PUBLISHED)))
    named = {each for question in query_book.questions for each in (*question.expected, *question.never)}
    codes = {each for each in named if CODE.fullmatch(each)}
    assert named - codes <= titles
    assert every(load_vocabulary().concept(code) for code in codes)


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
