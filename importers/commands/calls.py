"""Calls at the addresses of lists: what is due is fetched, and what changed is imported as any list is."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from importers.commands.addresses import Address, is_url
from importers.commands.imports import AlreadyImporting, import_opened, lock_of
from importers.commands.lists import caps_of, code_of, scope_of
from importers.commands.own_lists import wish_of
from importers.commands.visits import NEVER, Visit, read_visits, write_visits
from importers.opening import VISITS_FILE, Installation
from importers.pipeline.lists import open_lists
from importers.pipeline.outcomes import Outcome, gravest
from importers.pipeline.words import figures
from importers.reading import (
    Caps,
    Fetched,
    Marks,
    NotModified,
    OpenWeb,
    Piece,
    Unreadable,
    Web,
    pieces_of,
    pieces_within,
)
from importers.sources.own import feeds_of
from portal.core.command import ExitCode
from portal.core.errors import MaillageError
from portal.core.logs import place_of
from portal.intake.queries.traces import instant_of_run
from portal.intake.rules.declarations import RunOptions

_log = logging.getLogger(__name__)
_AGAIN = "Nouvel essai au prochain passage."


@dataclass(frozen=True, kw_only=True)
class Called:
    """What became of one address: its sentence, its exit code, and what is remembered."""

    words: str
    code: ExitCode
    visit: Visit


@dataclass(frozen=True, kw_only=True)
class _Brought:
    """The files of an address, and the version of each."""

    pieces: tuple[Piece, ...]
    marks: Mapping[str, Marks]


def refresh_all(
    here: Installation,
    addresses: Iterable[Address],
    *,
    is_asked: bool = False,
    is_dry: bool = False,
    web_in: Callable[[Path, Caps], Web] = OpenWeb,
) -> Iterator[tuple[Address, Called]]:
    """Call at each address that is due; what is remembered is written after each."""
    file = here.data_dir / VISITS_FILE
    for address in addresses:
        visit = read_visits(file).get(address.key, NEVER)
        if not is_asked and not visit.is_due(address.days, here.clock.today()):
            words = f"à jour, prochaine visite le {visit.due_on(address.days):%d/%m/%Y}."
            yield address, Called(words=words, code=ExitCode.DONE, visit=visit)
            continue
        called = _called(here, address, visit, is_dry=is_dry, web_in=web_in)
        if not is_dry:
            write_visits(file, read_visits(file) | {address.key: called.visit})
        yield address, called


def _called(
    here: Installation, address: Address, visit: Visit, *, is_dry: bool, web_in: Callable[[Path, Caps], Web]
) -> Called:
    """Call at an address under the lock of its source; whatever goes wrong there is said and remembered."""
    try:
        with lock_of(here, address.source) as is_alone, TemporaryDirectory(prefix="recu-", dir=here.data_dir) as folder:
            if not is_alone:
                return _failed(here, visit, AlreadyImporting().sentence, ExitCode.REFUSED)
            return _visited(here, address, visit, is_dry=is_dry, web=web_in(Path(folder), caps_of(here)))
    except MaillageError as error:
        return _failed(here, visit, error.sentence, ExitCode(error.exit_code))
    except Exception as error:  # noqa: BLE001 - the fault of one source must not keep the others from their turn
        _log.error("refresh of %(source)s failed: %(place)s", {"source": address.source, "place": place_of(error)})
        return _failed(here, visit, "une faute de notre part a tout arrêté, rien n’est écrit à moitié.", ExitCode.FAULT)


def _visited(here: Installation, address: Address, visit: Visit, *, is_dry: bool, web: Web) -> Called:
    brought = _bring(address, visit.marks if _is_standing(here, visit) else {}, web, here)
    if isinstance(brought, NotModified):
        found = replace(visit, came_in_on=here.clock.today(), failed_on=None, failure="")
        return Called(words="rien de nouveau chez le producteur.", code=ExitCode.DONE, visit=found)
    if isinstance(brought, Unreadable):
        return _failed(here, visit, brought.problem.text, ExitCode.UNREADABLE)
    wish = wish_of(here, address.source, map_file=None, name=address.list_name)
    lists = open_lists(feeds_of(address.source, wish), brought.pieces)
    if isinstance(lists, Unreadable):
        return _failed(here, visit, lists.problem.text, code_of(lists))
    outcomes = import_opened(here, lists, wish, RunOptions(dry_run=is_dry, scope=scope_of(here)))
    return _told(here, visit, outcomes, brought.marks)


def _told(here: Installation, visit: Visit, outcomes: list[Outcome], marks: Mapping[str, Marks]) -> Called:
    """Say how the import ended: a list that was refused is asked for again, as if it had never been seen."""
    refused = next((outcome for outcome in outcomes if not outcome.came_in), None)
    if refused is not None:
        reasons = refused.report.all_reasons()
        return _failed(here, visit, reasons[0].problem.text if reasons else "refusée.", refused.code)
    run = outcomes[-1].report.run
    with here.database.reading() as session:
        at = instant_of_run(session, run)
    found = Visit(came_in_on=here.clock.today(), run=run, run_at=at, marks=marks)
    words = figures(outcome.report for outcome in outcomes)
    return Called(words=f"{words[:1].lower()}{words[1:]}", code=gravest([each.code for each in outcomes]), visit=found)


def _failed(here: Installation, visit: Visit, sentence: str, code: ExitCode) -> Called:
    words = f"échec. {sentence[:1].upper()}{sentence[1:]} {_AGAIN}"
    return Called(words=words, code=code, visit=visit.failing(sentence, here.clock.today()))


def _is_standing(here: Installation, visit: Visit) -> bool:
    """Tell whether what came in last still stands in this database, which may have been restored since."""
    with here.database.reading() as session:
        return visit.run is not None and instant_of_run(session, visit.run) == visit.run_at


def _bring(
    address: Address, known: Mapping[str, Marks], web: Web, here: Installation
) -> _Brought | NotModified | Unreadable:
    """Bring all the files of an address; of several, one that did not change is needed beside one that did."""
    answers = {url: web.fetch(url, known=known.get(url)) for url in address.where if is_url(url)}
    if len(answers) == len(address.where) and all(isinstance(each, NotModified) for each in answers.values()):
        return NotModified()
    pieces: list[Piece] = []
    marks: dict[str, Marks] = {}
    for where in address.where:
        answer = answers.get(where)
        if isinstance(answer, NotModified):
            answer = web.fetch(where)
        if isinstance(answer, Fetched):
            marks[where] = answer.marks
        found = _pieces(here.data_dir / where if answer is None else answer, caps_of(here))
        if isinstance(found, Unreadable):
            return found
        pieces += found
    return _Brought(pieces=tuple(pieces), marks=marks)


def _pieces(answer: Path | Fetched | NotModified | Unreadable, caps: Caps) -> tuple[Piece, ...] | Unreadable:
    if isinstance(answer, Path):
        return pieces_of(answer, caps)
    if isinstance(answer, Fetched):
        return pieces_within(answer.piece)
    return answer if isinstance(answer, Unreadable) else ()
