"""Show which questions of the query book are answered wrong, group by group.

    python -m bench.querybook              on the demonstration, made for the occasion
    python -m bench.querybook FOLDER       kept in a folder, and made there the first time: quicker from then on
    python -m bench.querybook --gardees    also the questions that nobody looks at while tuning
    python -m bench.querybook --neuf       the new questions in place of the first ones
    python -m bench.querybook --aveugle    the third book, written without looking at any answer

The right answer is among the first three, and what is forbidden stands on no page. The shares of the kept questions
are always told; which of them failed, only when asked for.
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from importers.opening import installed_territory
from portal.core.database import open_database
from portal.core.schema import migrate
from portal.search.opening import open_search
from tests.search.query_book import BLIND_BOOK, BOOK, NEW_BOOK, Ask, Verdict, asking, judge, read_book, share
from tests.tools.settled_demonstration import opened, prepare, settle


def demonstration(folder: Path) -> Ask:
    """Open the search of the demonstration at the moment of the book; make it where it is not there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "maillage.sqlite"
    is_new = not file.exists()
    database = open_database(f"sqlite:///{file}")
    if is_new:
        migrate(database)
        settle(prepare(database, folder))
    here = replace(opened(database, folder), search_engine="memoire")
    search = open_search(here, installed_territory(here))
    search.indexing.rebuild()
    return asking(search, here)


def table(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """Write the shares of each group, the open questions beside the kept ones."""
    yield f"{'':28}{'ouvertes':>18}{'gardées':>18}"
    groups = dict.fromkeys(verdict.question.group for verdict in verdicts)
    for group in groups:
        yield _row(group, [verdict for verdict in verdicts if verdict.question.group == group])
    yield _row("ensemble", verdicts)
    yield f"réponses interdites : {sum(bool(verdict.forbidden) for verdict in verdicts)}"


def misses(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """Tell each question that failed, with what came first."""
    for verdict in verdicts:
        question = verdict.question
        if not verdict.is_right:
            wanted = f"{', '.join(question.expected)}{f' à {question.town}' if question.town else ''}"
            yield f"[{question.group}] {question.asked} : attendu {wanted} ; reçu {' | '.join(verdict.first) or 'rien'}"
        if verdict.forbidden:
            counted = Counter(verdict.forbidden)
            yield f"[{question.group}] {question.asked} : INTERDIT {', '.join(counted)}"


def _chosen(arguments: Sequence[str]) -> Path:
    if "--aveugle" in arguments:
        return BLIND_BOOK
    return NEW_BOOK if "--neuf" in arguments else BOOK


def _row(name: str, verdicts: Sequence[Verdict]) -> str:
    halves = [[each for each in verdicts if each.question.is_kept is kept] for kept in (False, True)]
    return f"{name:28}" + "".join(f"{_share(half):>18}" for half in halves)


def _share(verdicts: Sequence[Verdict]) -> str:
    n_right = sum(verdict.is_right for verdict in verdicts)
    return f"{n_right}/{len(verdicts)} {share(verdicts):7.1%}" if verdicts else "-"


def main() -> None:
    """Ask every question and print the tables."""
    arguments = sys.argv[1:]
    with tempfile.TemporaryDirectory() as passing:
        folder = next((each for each in arguments if not each.startswith("--")), passing)
        ask = demonstration(Path(folder))
        book = read_book(_chosen(arguments))
        verdicts = [judge(question, ask) for question in book.questions]
    print(*table(verdicts), "", sep="\n")
    print(*misses([each for each in verdicts if "--gardees" in arguments or not each.question.is_kept]), sep="\n")


if __name__ == "__main__":
    main()
