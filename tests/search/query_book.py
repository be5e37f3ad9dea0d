"""The query book: what residents ask, and how far what the search answers is what they need."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from portal.core.command import Room
from portal.core.text import fold
from portal.search.answers import Answer, HitCard
from portal.search.finder import find
from portal.search.opening import Search
from portal.search.requests import SearchRequest

BOOK = Path(__file__).with_name("livre_des_questions.yaml")
NEW_BOOK = Path(__file__).with_name("livre_neuf.yaml")
BLIND_BOOK = Path(__file__).with_name("livre_aveugle.yaml")
FIRST = 3
KEPT = 5
"""One question in so many is not looked at while the search is tuned, unless a book says otherwise."""
_KEYS = frozenset({"quoi", "ou", "attendu", "dans", "jamais"})
Ask = Callable[[SearchRequest], Answer]


@dataclass(frozen=True, kw_only=True)
class Question:
    """What somebody asks, what serves them, and what must not be shown to them."""

    group: str
    words: str
    where: str = ""
    expected: tuple[str, ...] = ()
    """What serves them; nothing where the directory has nothing, and should say so."""
    town: str = ""
    """Where the right answer must be, when that matters."""
    never: tuple[str, ...] = ()
    kept: int = KEPT

    @property
    def is_kept(self) -> bool:
        """Tell whether nobody looks at it while the search is tuned: drawn from its words."""
        drawn = hashlib.sha256(f"{self.words}|{self.where}".encode()).digest()
        return int.from_bytes(drawn[:4]) % self.kept == 0

    @property
    def asked(self) -> str:
        """Say it as it was typed."""
        return f"{self.words} [{self.where}]" if self.where else self.words


@dataclass(frozen=True)
class Floors:
    """The shares of right answers under which the book fails."""

    tuned: float
    kept: float


@dataclass(frozen=True)
class QueryBook:
    """The questions in their order, and the shares that are held."""

    questions: tuple[Question, ...]
    floors: Floors


@dataclass(frozen=True)
class Verdict:
    """What a question was answered."""

    question: Question
    first: tuple[str, ...]
    """Titles of the first answers."""
    is_right: bool
    forbidden: tuple[str, ...] = ()
    """Titles of the answers that should never have been shown."""


def read_book(path: Path = BOOK) -> QueryBook:
    """Read the book as the file tells it."""
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    floors = told["planchers"]
    kept = told.get("gardees", KEPT)
    questions = (_question(group, line, kept) for group, lines in told["groupes"].items() for line in lines)
    return QueryBook(tuple(questions), Floors(tuned=floors["ouvertes"], kept=floors["gardees"]))


def asking(search: Search, room: Room) -> Ask:
    """Ask as visitors of an installation do."""

    def ask(request: SearchRequest) -> Answer:
        with room.database.reading() as session:
            return find(search, session, request, now=room.clock.now())

    return ask


def judge(question: Question, ask: Ask) -> Verdict:
    """Ask a question and compare what comes with what is expected."""
    request = SearchRequest(words=question.words, where=question.where)
    answer = ask(request)
    # On an empty page, what has to do with it is all that is shown near and then.
    first = (answer.hits or answer.also)[:FIRST]
    return Verdict(
        question,
        first=tuple(hit.card.title for hit in first),
        is_right=any(_serves(question, hit) for hit in first) if question.expected else not answer.hits,
        forbidden=tuple(_forbidden(question, answer, ask)) if question.never else (),
    )


def share(verdicts: Iterable[Verdict]) -> float:
    """Give the share of questions that were answered right."""
    rights = [verdict.is_right for verdict in verdicts]
    return sum(rights) / len(rights)


def _question(group: str, line: Mapping[str, Any], kept: int) -> Question:
    if strange := line.keys() - _KEYS:
        message = f"« {line.get('quoi')} » : {', '.join(sorted(strange))} n’est pas une rubrique du livre"
        raise ValueError(message)
    return Question(
        group=group,
        words=line["quoi"],
        where=line.get("ou", ""),
        expected=tuple(line["attendu"]),
        town=line.get("dans", ""),
        never=tuple(line.get("jamais", ())),
        kept=kept,
    )


def _forbidden(question: Question, answer: Answer, ask: Ask) -> Iterator[str]:
    """Look at every page: what must never appear is not on the last one either."""
    for page in range(1, max(1, answer.n_pages) + 1):
        shown = answer if page == 1 else ask(answer.request.but(page=page))
        for hit in (*shown.hits, *shown.also):
            if any(_is_named(each, hit) for each in question.never):
                yield hit.card.title


def _serves(question: Question, hit: HitCard) -> bool:
    return any(_is_named(each, hit) for each in question.expected) and _is_in(question.town, hit)


def _is_named(expected: str, hit: HitCard) -> bool:
    return expected in hit.card.concepts or fold(expected) == fold(hit.card.title)


def _is_in(town: str, hit: HitCard) -> bool:
    door = hit.access_point
    location = door.location if door is not None else None
    return not town or (location is not None and fold(location.commune.name) == fold(town))
