"""What people decide: corrections that win, and the queue of questions."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.changes import Act, Actor
from portal.core.clock import FixedClock
from portal.core.database import Database
from portal.core.models import ActorKind
from portal.core.problems import Problem
from portal.directory.models.services import Service
from portal.directory.operations.services import change_service
from portal.directory.rules.choices import AccessPointKind
from portal.intake.models.decisions import Correction, ReviewItem, ReviewKind, ReviewState
from portal.intake.operations.correcting import (
    FieldUnknown,
    NothingToCorrect,
    SeveralDoors,
    record_correction,
    target_of,
)
from portal.intake.operations.releasing import StillFaulty
from portal.intake.operations.reviewing import (
    AnsweredAlready,
    CorrectedAgain,
    NotAnswered,
    TouchedSince,
    accept,
    refuse,
    take_back,
)
from portal.intake.queries.reviews import review_items
from portal.intake.record import ServiceRecord, Submission, Verdict
from tests.intake.builders import BOTH, Sender, a_place, a_record, an_access, directory_hash, phone, services
from tests.intake.conftest import MakeSender

Answer = Callable[..., None]
BY_PHONE = an_access("tel", kind=AccessPointKind.PHONE, place=None)


@dataclass
class Desk:
    """A person at the portal: corrects, answers, takes back."""

    database: Database
    clock: FixedClock

    @property
    def act(self) -> Act:
        return Act(by=Actor(kind=ActorKind.PERSON, name="secretariat"), at=self.clock.now(), reason="vu sur place")

    def correct(self, title: str, field: str, value: Any) -> None:  # noqa: ANN401 - a JSON value
        with self.database.writing() as session:
            service = session.scalars(select(Service).where(Service.title == title)).one()
            target = target_of(session, service=service, name=field)
            record_correction(session, target=target, value=value, act=self.act)

    def answer(self, how: Answer) -> None:
        with self.database.writing() as session:
            how(session, item=self.only(session), act=self.act)

    @staticmethod
    def only(session: Session) -> ReviewItem:
        return session.scalars(select(ReviewItem)).one()

    def waiting(self) -> list[tuple[ReviewKind, dict[str, Any]]]:
        with self.database.reading() as session:
            return [(item.kind, item.content) for item in review_items(session)]


@pytest.fixture
def desk(directory: Database, clock: FixedClock) -> Desk:
    return Desk(directory, clock)


def test_a_correction_survives_three_files(sender: Sender, desk: Desk, directory: Database) -> None:
    record = a_record("1", title="RAM", summary="Faux")
    sender.send(record)
    desk.correct("RAM", "summary", "Juste")
    before = directory_hash(directory)
    for _ in range(3):
        assert sender.figures(record, days=30) == {"unchanged": 1}
    assert sender.figures(a_record("1", title="RAM", summary="Faux", eligibility="Tous"), days=30) == {"updated": 1}
    assert (services(directory)["RAM"].summary, desk.waiting()) == ("Juste", [])
    assert directory_hash(directory) != before


def test_a_younger_and_different_word_asks(sender: Sender, desk: Desk, directory: Database) -> None:
    sender.send(a_record("1", title="RAM", summary="Faux"))
    desk.correct("RAM", "summary", "Juste")
    newer = a_record("1", title="RAM", summary="Neuf")
    report = sender.send(newer, days=1)
    assert (report.figures()["unchanged"], report.asked, services(directory)["RAM"].summary) == (1, 1, "Juste")
    [(kind, content)] = desk.waiting()
    assert (kind, content["mine"], content["theirs"]) == (ReviewKind.CORRECTION, "Juste", "Neuf")
    assert sender.figures(newer, days=1) == {"unchanged": 1}
    assert len(desk.waiting()) == 1


def contradicted(sender: Sender, desk: Desk) -> None:
    sender.send(a_record("1", title="RAM", summary="Faux"))
    desk.correct("RAM", "summary", "Juste")
    sender.send(a_record("1", title="RAM", summary="Neuf"), days=1)


def test_a_source_that_is_believed_speaks_again(sender: Sender, desk: Desk, directory: Database) -> None:
    contradicted(sender, desk)
    desk.answer(accept)
    assert services(directory)["RAM"].summary == "Neuf"
    sender.send(a_record("1", title="RAM", summary="Encore"), days=1)
    assert services(directory)["RAM"].summary == "Encore"


def test_a_person_who_is_believed_is_not_asked_again(sender: Sender, desk: Desk, directory: Database) -> None:
    contradicted(sender, desk)
    desk.answer(refuse)
    sender.send(a_record("1", title="RAM", summary="Faux"), days=1)
    assert desk.waiting()[0][1]["theirs"] == "Faux"
    sender.send(a_record("1", title="RAM", summary="Neuf"), days=1)
    assert (len(desk.waiting()), services(directory)["RAM"].summary) == (1, "Juste")


@pytest.mark.parametrize("answer", [accept, refuse])
def test_an_answer_about_a_word_is_taken_back(sender: Sender, desk: Desk, directory: Database, answer: Answer) -> None:
    contradicted(sender, desk)
    before = directory_hash(directory)
    desk.answer(answer)
    desk.answer(take_back)
    assert (directory_hash(directory), len(desk.waiting())) == (before, 1)
    desk.answer(accept)
    assert services(directory)["RAM"].summary == "Neuf"


def test_an_answer_is_not_taken_back_over_newer_words(sender: Sender, desk: Desk, directory: Database) -> None:
    contradicted(sender, desk)
    desk.answer(accept)
    with directory.writing() as session:
        change_service(session, service=session.scalars(select(Service)).one(), act=desk.act, summary="Après")
    with pytest.raises(TouchedSince):
        desk.answer(take_back)


def test_a_question_about_a_former_correction_is_void(sender: Sender, desk: Desk) -> None:
    contradicted(sender, desk)
    desk.correct("RAM", "summary", "Encore plus juste")
    with pytest.raises(CorrectedAgain):
        desk.answer(accept)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("structure.name", "Syndicat"),
        ("place.address", "2 rue Neuve"),
        ("place.access_lift", "yes"),
        ("access.opening", {"slots": [{"times": [{"start": 540, "end": 720}]}]}),
        ("ages", [3, 12]),
        ("contacts", [{"type": "phone", "value": "03 53 01 00 09"}]),
    ],
)
def test_any_field_is_corrected(sender: Sender, desk: Desk, directory: Database, field: str, value: object) -> None:
    sender.send(a_record("1", title="RAM"))
    before = directory_hash(directory)
    desk.correct("RAM", field, value)
    with directory.reading() as session:
        correction = session.scalars(select(Correction)).one()
    assert (correction.value, correction.author, correction.reason) == (value, "secretariat", "vu sur place")
    assert directory_hash(directory) != before
    with pytest.raises(NothingToCorrect):
        desk.correct("RAM", field, value)


def test_a_later_correction_replaces_the_first(sender: Sender, desk: Desk, directory: Database) -> None:
    sender.send(a_record("1", title="RAM"))
    desk.correct("RAM", "summary", "Un")
    desk.correct("RAM", "summary", "Deux")
    with directory.reading() as session:
        standing = session.scalars(select(Correction.value).where(Correction.withdrawn_at.is_(None))).all()
    assert (standing, services(directory)["RAM"].summary) == (["Deux"], "Deux")


@pytest.mark.parametrize("field", ["couleur", "structure.title", "place.kind", "lieu.address", "access.zzzzz.note"])
def test_a_field_that_does_not_exist_is_refused(sender: Sender, desk: Desk, field: str) -> None:
    sender.send(a_record("1", title="RAM"))
    with pytest.raises(FieldUnknown, match="n’existe pas"):
        desk.correct("RAM", field, "x")


def test_one_of_several_doors_must_be_named(sender: Sender, desk: Desk, directory: Database) -> None:
    sender.send(a_record("1", title="RAM", access=(an_access(), BY_PHONE)))
    with pytest.raises(SeveralDoors, match=r"access\.") as caught:
        desk.correct("RAM", "access.note", "x")
    desk.correct("RAM", f"{caught.value.sentence.rsplit(' ', 1)[1].rstrip('.')}.note", "Sonnez")
    desk.correct("RAM", "place.address", "3 rue Basse")
    with directory.reading() as session:
        assert len(session.scalars(select(Correction)).all()) == 2


def twins(sender: Sender, another: MakeSender) -> None:
    record = a_record("1", title="Relais petite enfance", structure=BOTH, contacts=(phone(),))
    sender.send(record)
    report = another("dila").send(a_record("x", title="RAM", structure=BOTH, contacts=(phone(),)))
    assert (report.figures()["created"], report.asked) == (1, 1)


def test_a_probable_duplicate_waits_with_its_reasons(sender: Sender, another: MakeSender, desk: Desk) -> None:
    twins(sender, another)
    with desk.database.reading() as session:
        item = desk.only(session)
    assert (item.kind, item.state) == (ReviewKind.DUPLICATE, ReviewState.OPEN)
    assert item.reasons[:2] == ["même adresse", "même téléphone (03 53 01 00 01)"]
    assert (item.score or 0) >= 65


def test_an_accepted_duplicate_is_merged_and_undone(
    sender: Sender, another: MakeSender, desk: Desk, directory: Database
) -> None:
    twins(sender, another)
    before = directory_hash(directory)
    desk.answer(accept)
    merged = services(directory)
    assert merged["RAM"].merged_into_id == merged["Relais petite enfance"].id
    desk.answer(take_back)
    assert (directory_hash(directory), len(desk.waiting())) == (before, 1)


def test_a_refused_duplicate_is_not_asked_again(
    sender: Sender, another: MakeSender, desk: Desk, directory: Database
) -> None:
    twins(sender, another)
    desk.answer(refuse)
    another("dila").send(a_record("x", title="RAM", structure=BOTH, summary="Plus", contacts=(phone(),)), days=1)
    assert desk.waiting() == []
    with pytest.raises(AnsweredAlready):
        desk.answer(accept)
    desk.answer(take_back)
    with pytest.raises(NotAnswered):
        desk.answer(take_back)
    assert len(services(directory)) == 2


def set_aside(sender: Sender, record: ServiceRecord, *, days: int = 0) -> dict[str, int]:
    doubt = Problem("point-loin", "Le point est à 12 km de la commune.", "48,2", "point")
    submission = Submission(
        line=2, key=record.key, raw="brut", record=record, verdict=Verdict.QUARANTINED, problems=(doubt,)
    )
    return sender.figures(submission, days=days)


def test_a_record_in_quarantine_is_released(sender: Sender, desk: Desk, directory: Database) -> None:
    record = a_record("1", title="RAM", access=(an_access(opens="Mo 09:00-12:00"),))
    assert set_aside(sender, record) == {"quarantined": 1}
    assert (services(directory), len(desk.waiting())) == ({}, 1)
    desk.answer(accept)
    assert [*services(directory)] == ["RAM"]
    assert set_aside(sender, record, days=1) == {"unchanged": 1}
    desk.answer(take_back)
    assert services(directory) == {}


def test_a_released_change_is_applied_to_its_rows(sender: Sender, desk: Desk, directory: Database) -> None:
    sender.send(a_record("1", title="RAM"))
    set_aside(sender, a_record("1", title="Relais"), days=1)
    assert [*services(directory)] == ["RAM"]
    desk.answer(accept)
    assert [*services(directory)] == ["Relais"]


def test_the_same_quarantine_is_asked_once(sender: Sender, desk: Desk) -> None:
    for day in range(3):
        set_aside(sender, a_record("1"), days=day)
    assert len(desk.waiting()) == 1
    set_aside(sender, a_record("1", access=(an_access(place=a_place(address="Ailleurs")),)))
    assert len(desk.waiting()) == 2


def test_the_second_of_one_key_may_be_released(sender: Sender, desk: Desk, directory: Database) -> None:
    sender.send(a_record("1", title="Premier"), a_record("1", title="Second"))
    [(kind, content)] = desk.waiting()
    assert (kind, content["said"]["title"]) == (ReviewKind.QUARANTINE, "Second")
    desk.answer(accept)
    assert [*services(directory)] == ["Second"]


def test_a_fault_keeps_a_record_in_quarantine(sender: Sender, desk: Desk, directory: Database) -> None:
    set_aside(sender, a_record("1", title="RAM"))
    with directory.writing() as session:
        item = desk.only(session)
        item.content = item.content | {"said": item.content["said"] | {"title": " "}}
    with pytest.raises(StillFaulty, match="nom du service"):
        desk.answer(accept)
    assert len(desk.waiting()) == 1
