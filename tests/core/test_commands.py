"""The core's commands, as a person or cron meets them."""

import json
from collections.abc import Callable

import pytest
from click.testing import Result
from sqlalchemy import text
from sqlalchemy.orm import Session

from portal.core.changes import SYSTEM, Act, Subject, record_change
from portal.core.clock import Clock
from portal.core.command import Room
from portal.core.content_hash import Content
from portal.core.database import Database
from portal.core.job_runner import leadership
from portal.core.jobs import Job, JobKinds, Payload, enqueue

Maillage = Callable[..., Result]


def do_nothing(_database: Database, _clock: Clock, _payload: Payload) -> None:
    pass


KINDS = JobKinds(jobs=(Job("rest", do_nothing),))


def ask(room: Room, kind: str = "rest") -> None:
    with room.database.writing() as session:
        enqueue(session, kind, {}, due=room.clock.now())


def test_due_jobs_are_done_and_counted(maillage: Maillage, room: Room) -> None:
    ask(room)
    result = maillage("jobs", "run", jobs=KINDS)
    assert (result.exit_code, result.output) == (0, "Tâches faites : 1 ; à reprendre : 0 ; échouées : 0.\n")


def test_failed_jobs_make_the_command_fail(maillage: Maillage, room: Room) -> None:
    ask(room, kind="unknown")
    result = maillage("jobs", "run", jobs=KINDS)
    assert (result.exit_code, "maillage jobs list" in result.stderr) == (1, True)


def test_jobs_are_left_to_the_leader(maillage: Maillage, room: Room) -> None:
    ask(room)
    with leadership(room.database, room.data_dir):
        assert "Un autre programme" in maillage("jobs", "run", jobs=KINDS).output
    assert "en attente" in maillage("jobs", "list").output


def test_jobs_are_listed_in_french(maillage: Maillage, room: Room) -> None:
    ask(room)
    assert maillage("jobs", "list").output == "1 rest : en attente, 21/11/2026 09:00, essais : 0\n"


def test_jobs_are_listed_for_programs(maillage: Maillage, room: Room) -> None:
    ask(room)
    (job,) = json.loads(maillage("jobs", "list", "--json").output)
    assert job == {
        "id": 1, "kind": "rest", "state": "waiting", "due": "2026-11-21T08:00:00+00:00", "attempts": 0, "failure": ""
    }  # fmt: skip


def test_done_jobs_are_listed_when_asked_for(maillage: Maillage, room: Room) -> None:
    ask(room)
    maillage("jobs", "run", jobs=KINDS)
    assert maillage("jobs", "list").output == "Aucune tâche.\n"
    assert "faite" in maillage("jobs", "list", "--all").output


def test_a_failed_job_is_retried_by_hand(maillage: Maillage, room: Room) -> None:
    ask(room, kind="unknown")
    maillage("jobs", "run", jobs=KINDS)
    assert "échouée" in maillage("jobs", "list").output
    assert maillage("jobs", "retry", "1").exit_code == 0
    assert "en attente" in maillage("jobs", "list").output


def test_retrying_an_unknown_job_says_where_to_look(maillage: Maillage) -> None:
    result = maillage("jobs", "retry", "7")
    assert (result.exit_code, "maillage jobs list" in result.stderr) == (2, True)


def test_a_sound_log_is_said_sound(maillage: Maillage, room: Room) -> None:
    record(room)
    result = maillage("audit", "verify")
    assert (result.exit_code, result.output) == (0, "Le journal est tel qu’il a été écrit.\n")


def test_an_altered_log_is_refused_by_its_row(maillage: Maillage, room: Room) -> None:
    record(room)
    with room.database.writing() as session:
        session.execute(text("UPDATE change_values SET parts = '{}' WHERE number = 2"))
    result = maillage("audit", "verify")
    assert (result.exit_code, result.stderr) == (4, "Les valeurs de la ligne 2 du journal ont été modifiées.\n")


def record(room: Room) -> None:
    with room.database.writing() as session:
        for _ in range(3):
            act = Act(by=SYSTEM, at=room.clock.now())
            record_change(session, subject=Subject("service", "1"), verb="change", fields={"title": (1, 2)}, act=act)


def verbs(session: Session) -> list[dict[str, object]]:
    return [{"verb": verb} for verb in session.scalars(text("SELECT verb FROM change"))]


def test_the_content_hash_is_printed_alone(maillage: Maillage, room: Room) -> None:
    contents = (Content("verbs", verbs),)
    before = maillage("content-hash", contents=contents).output
    record(room)
    after = maillage("content-hash", contents=contents).output
    assert before != after
    assert [len(each.strip()) for each in (before, after)] == [64, 64]


@pytest.mark.parametrize("command", ["audit verify", "jobs run", "jobs list", "jobs retry 1", "content-hash"])
def test_commands_say_when_nothing_is_there_yet(maillage: Maillage, empty_room: Room, command: str) -> None:
    result = maillage(*command.split(), database=empty_room.database)
    assert (result.exit_code, "maillage init" in result.stderr) == (4, True)
    assert not empty_room.data_dir.exists()
