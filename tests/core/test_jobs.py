"""Jobs: done once they are due, tried again, shown when they fail, taken over from the dead."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.core.clock import Clock, FixedClock
from portal.core.command import Room
from portal.core.database import Database
from portal.core.errors import Conflict, NotFound
from portal.core.job_runner import RunReport, keep_running, leadership, run_due
from portal.core.jobs import Job, JobCard, JobKinds, Payload, Recurring, enqueue, list_jobs, retry
from portal.core.models import JobRow, JobState
from tests.tools.patience import PATIENCE, comes_true

MINUTE = timedelta(minutes=1)


class Diary:
    """A job that writes down what it was asked, and fails as often as told."""

    def __init__(self) -> None:
        self.seen: list[object] = []
        self.failures = 0

    def write(self, _database: Database, _clock: Clock, payload: Payload) -> None:
        self.seen.append(payload.get("name", ""))
        if self.failures:
            self.failures -= 1
            raise ConnectionError("03 53 01 02 03")


@pytest.fixture
def diary() -> Diary:
    return Diary()


@pytest.fixture
def kinds(diary: Diary) -> JobKinds:
    return JobKinds(jobs=(Job(kind="write", run=diary.write, attempts=3, delay=MINUTE, lease=10 * MINUTE),))


@pytest.fixture
def ask(database: Database, clock: FixedClock) -> Callable[..., int]:
    def ask(name: str = "a", after: timedelta = timedelta(), key: str | None = None, kind: str = "write") -> int:
        with database.writing() as session:
            return enqueue(session, kind, {"name": name}, due=clock.now() + after, unique_key=key)

    return ask


def listed(database: Database) -> list[JobCard]:
    with database.reading() as session:
        return list_jobs(session)


def states(database: Database) -> list[JobState]:
    return [card.state for card in listed(database)]


def test_due_jobs_are_done_in_order(
    database: Database, clock: FixedClock, kinds: JobKinds, ask: Callable[..., int], diary: Diary
) -> None:
    ask("second", after=-MINUTE)
    ask("first", after=-2 * MINUTE)
    ask("later", after=MINUTE)
    assert run_due(database, clock, kinds) == RunReport(done=2)
    assert diary.seen == ["first", "second"]


def test_a_job_is_done_only_once(
    database: Database, clock: FixedClock, kinds: JobKinds, ask: Callable[..., int], diary: Diary
) -> None:
    ask()
    run_due(database, clock, kinds)
    assert run_due(database, clock, kinds) == RunReport()
    assert (diary.seen, states(database)) == (["a"], [JobState.DONE])


def test_a_failed_job_waits_longer_each_time(
    database: Database, clock: FixedClock, kinds: JobKinds, ask: Callable[..., int], diary: Diary
) -> None:
    diary.failures = 2
    ask()
    waits = []
    for _ in range(2):
        assert run_due(database, clock, kinds) == RunReport(to_retry=1)
        waits.append(listed(database)[0].due - clock.now())
        assert run_due(database, clock, kinds) == RunReport()
        clock.advance(waits[-1])
    assert run_due(database, clock, kinds) == RunReport(done=1)
    assert waits == [MINUTE, 2 * MINUTE]


def test_a_job_that_always_fails_is_shown(
    database: Database, clock: FixedClock, kinds: JobKinds, ask: Callable[..., int], diary: Diary
) -> None:
    diary.failures = 9
    ask()
    for _ in range(3):
        last = run_due(database, clock, kinds)
        clock.advance(timedelta(hours=1))
    card = listed(database)[0]
    assert (last, card.state, card.attempts) == (RunReport(failed=1), JobState.FAILED, 3)
    assert card.failure.startswith("ConnectionError in write")
    assert "03 53" not in card.failure


def test_one_failure_does_not_stop_the_others(
    database: Database, clock: FixedClock, kinds: JobKinds, ask: Callable[..., int], diary: Diary
) -> None:
    diary.failures = 1
    ask("a")
    ask("b")
    assert run_due(database, clock, kinds) == RunReport(done=1, to_retry=1)


def test_a_kind_nobody_knows_fails_visibly(
    database: Database, clock: FixedClock, kinds: JobKinds, ask: Callable[..., int]
) -> None:
    ask(kind="unknown")
    assert run_due(database, clock, kinds) == RunReport(failed=1)
    assert "no such kind" in listed(database)[0].failure


def abandon(database: Database, clock: FixedClock, lease: timedelta) -> None:
    """Leave the only job as a killed runner leaves it."""
    with database.writing() as session:
        row = session.scalars(select(JobRow)).one()
        row.state, row.attempts, row.leased_until = JobState.RUNNING, row.attempts + 1, clock.now() + lease


def test_the_job_of_a_killed_runner_is_taken_again(
    database: Database, clock: FixedClock, kinds: JobKinds, ask: Callable[..., int], diary: Diary
) -> None:
    ask()
    abandon(database, clock, lease=10 * MINUTE)
    assert run_due(database, clock, kinds) == RunReport()
    clock.advance(11 * MINUTE)
    assert run_due(database, clock, kinds) == RunReport(done=1)
    assert diary.seen == ["a"]


def test_a_job_that_kills_its_runner_ends_as_failed(
    database: Database, clock: FixedClock, kinds: JobKinds, ask: Callable[..., int], diary: Diary
) -> None:
    ask()
    for _ in range(3):
        abandon(database, clock, lease=-MINUTE)
    assert run_due(database, clock, kinds) == RunReport(failed=1)
    assert (diary.seen, "interrupted" in listed(database)[0].failure) == ([], True)


def test_a_runner_whose_lease_ran_out_tells_nothing(database: Database, clock: FixedClock) -> None:
    def sleep_too_long(database: Database, clock: Clock, _payload: Payload) -> None:
        with database.writing() as session:
            row = session.scalars(select(JobRow)).one()
            row.attempts, row.leased_until = 2, clock.now() + MINUTE

    with database.writing() as session:
        enqueue(session, "sleep", {}, due=clock.now())
    assert run_due(database, clock, JobKinds(jobs=(Job("sleep", sleep_too_long),))) == RunReport()
    assert states(database) == [JobState.RUNNING]


def test_one_waiting_job_stands_for_all_of_its_key(
    database: Database, clock: FixedClock, kinds: JobKinds, ask: Callable[..., int], diary: Diary
) -> None:
    first = ask("old", after=MINUTE, key="k")
    assert ask("new", key="k") == first
    assert ask("other", key="l") != first
    run_due(database, clock, kinds)
    assert diary.seen == ["new", "other"]


def test_a_job_asked_for_while_it_runs_is_done_again(database: Database, clock: FixedClock) -> None:
    def ask_again(database: Database, clock: Clock, payload: Payload) -> None:
        with database.writing() as session:
            enqueue(session, "again", {}, due=clock.now(), unique_key="k")
        if payload:
            raise ConnectionError

    with database.writing() as session:
        enqueue(session, "again", {"fail": True}, due=clock.now(), unique_key="k")
    report = run_due(database, clock, JobKinds(jobs=(Job("again", ask_again),)))
    assert (report, states(database)) == (RunReport(to_retry=1), [JobState.WAITING])


def test_a_job_of_a_failed_unit_is_never_done(database: Database, clock: FixedClock, kinds: JobKinds) -> None:
    with pytest.raises(ZeroDivisionError), database.writing() as session:
        enqueue(session, "write", {"name": 1 / 0}, due=clock.now())
    assert run_due(database, clock, kinds) == RunReport()


@pytest.fixture
def weekly(diary: Diary) -> JobKinds:
    return JobKinds(jobs=(Job("write", diary.write),), recurring=(Recurring("write", timedelta(days=7)),))


def test_a_recurring_job_comes_back_at_its_pace(
    database: Database, clock: FixedClock, weekly: JobKinds, diary: Diary
) -> None:
    for _ in range(15):
        run_due(database, clock, weekly)
        clock.advance(timedelta(days=1))
    assert len(diary.seen) == 3


def test_a_recurring_job_keeps_its_hour(database: Database, clock: FixedClock, weekly: JobKinds) -> None:
    start = clock.now()
    run_due(database, clock, weekly)
    clock.advance(timedelta(days=7, hours=5))
    run_due(database, clock, weekly)
    assert [card.due - start for card in listed(database) if card.state is JobState.WAITING] == [timedelta(days=14)]


def test_after_twenty_weeks_a_recurring_job_is_done_once(
    database: Database, clock: FixedClock, weekly: JobKinds, diary: Diary
) -> None:
    run_due(database, clock, weekly)
    clock.advance(timedelta(weeks=20))
    assert run_due(database, clock, weekly) == RunReport(done=1)
    assert run_due(database, clock, weekly) == RunReport()
    assert len(diary.seen) == 2


def test_a_recurring_job_survives_its_failures(database: Database, clock: FixedClock, diary: Diary) -> None:
    kinds = JobKinds(jobs=(Job("write", diary.write, attempts=1),), recurring=(Recurring("write", timedelta(days=1)),))
    diary.failures = 1
    assert run_due(database, clock, kinds) == RunReport(failed=1)
    clock.advance(timedelta(days=1))
    assert run_due(database, clock, kinds) == RunReport(done=1)


def test_done_jobs_leave_and_failed_ones_stay(
    database: Database, clock: FixedClock, kinds: JobKinds, ask: Callable[..., int]
) -> None:
    ask()
    ask(kind="unknown")
    run_due(database, clock, kinds)
    clock.advance(timedelta(days=31))
    run_due(database, clock, kinds)
    assert states(database) == [JobState.FAILED]


def test_a_failed_job_can_be_given_another_chance(
    database: Database, clock: FixedClock, kinds: JobKinds, ask: Callable[..., int], diary: Diary
) -> None:
    diary.failures = 3
    number = ask()
    for _ in range(3):
        run_due(database, clock, kinds)
        clock.advance(timedelta(hours=1))
    with database.writing() as session:
        retry(session, number, clock.now())
    assert run_due(database, clock, kinds) == RunReport(done=1)


def test_only_a_failed_job_is_given_another_chance(
    database: Database, clock: FixedClock, ask: Callable[..., int]
) -> None:
    number = ask()
    with database.writing() as session:
        with pytest.raises(Conflict):
            retry(session, number, clock.now())
        with pytest.raises(NotFound):
            retry(session, number + 1, clock.now())


@pytest.mark.parametrize(("attempts", "minutes"), [(1, 1), (2, 2), (3, 4), (11, 1024), (12, 1024), (400, 1024)])
def test_delays_double_within_reason(attempts: int, minutes: int) -> None:
    assert Job("k", print, delay=MINUTE).delay_after(attempts) == minutes * MINUTE
    assert Job("k", print, delay=60 * MINUTE).delay_after(400) == timedelta(days=1)


@pytest.mark.parametrize(
    "kinds",
    [{"recurring": (Recurring("k", MINUTE),)}, {"jobs": (Job("k", Diary().write), Job("k", Diary().write))}],
)
def test_kinds_are_declared_once_and_before_they_recur(kinds: dict[str, tuple[Job, ...]]) -> None:
    with pytest.raises(ValueError, match="kinds of jobs"):
        JobKinds(**kinds)  # type: ignore[arg-type] # either field


def test_the_runner_goes_on_until_told_to_stop(
    room: Room, kinds: JobKinds, ask: Callable[..., int], diary: Diary
) -> None:
    stop = threading.Event()
    runner = threading.Thread(
        target=keep_running,
        args=(room.database, room.clock, kinds),
        kwargs={"data_dir": room.data_dir, "stop": stop, "pause": 0.01},
    )
    runner.start()
    for name in ("a", "b"):
        ask(name)
        comes_true(lambda: name in diary.seen)  # noqa: B023 - called at once
    stop.set()
    runner.join(timeout=PATIENCE)
    assert (runner.is_alive(), diary.seen) == (False, ["a", "b"])


def test_only_one_process_leads_at_a_time(room: Room) -> None:
    with leadership(room.database, room.data_dir) as first, leadership(room.database, room.data_dir) as second:
        assert (first, second) == (True, False)
    with leadership(room.database, room.data_dir) as third:
        assert third
