"""The change log: what it keeps, what it notices, what it forgets on purpose."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Session

from portal.core.audit import Alteration, Part, erase_parts, parts_of_subject, verify_chain
from portal.core.changes import (
    SYSTEM,
    Act,
    Actor,
    Link,
    Subject,
    chained_digest,
    changed,
    part_digest,
    read_parts,
    record_change,
)
from portal.core.database import Database
from portal.core.models import ActorKind, Change, ChangeValues

NOON = datetime(2026, 11, 21, 11, tzinfo=UTC)
CLAIRE = Actor(kind=ActorKind.PERSON, name="Secrétariat")
POST = Subject(kind="service", key="poste")
BANK = Subject(kind="service", key="banque")


def record(session: Session, subject: Subject = POST, by: Actor = CLAIRE, **fields: tuple[object, object]) -> int:
    given = fields or {"phone": (None, "03 53 01 02 03")}
    return record_change(session, subject=subject, verb="change", fields=given, act=Act(by=by, at=NOON, reason="appel"))


@pytest.fixture
def log(session: Session) -> Session:
    """Five rows: three about the post office, then two about the bank."""
    for subject in (POST, POST, POST, BANK, BANK):
        record(session, subject)
    session.flush()
    return session


def open_the_log(session: Session) -> None:
    """Do what someone who holds the file can do: take the triggers away."""
    if session.get_bind().dialect.name == "sqlite":
        for act in ("update", "delete"):
            session.execute(text(f"DROP TRIGGER change_refuses_{act}"))
    else:
        session.execute(text("DROP TRIGGER change_is_append_only ON change"))


def test_a_change_says_who_what_and_why(session: Session) -> None:
    number = record(session, title=("Poste", "La Poste"))
    session.flush()
    change, values = session.get_one(Change, number), session.get_one(ChangeValues, number)
    assert (change.number, change.subject_key, change.at, change.actor_kind) == (1, "poste", NOON, ActorKind.PERSON)
    assert read_parts(values) == {"actor": "Secrétariat", "reason": "appel", "field.title": ["Poste", "La Poste"]}


def test_the_chain_itself_holds_no_value(log: Session) -> None:
    rows = log.execute(text("SELECT * FROM change")).all()
    assert len(rows) == 5
    assert "Secrétariat" not in str(rows)
    assert "03 53" not in str(rows)


def test_equal_values_have_different_digests(log: Session) -> None:
    assert log.scalar(select(func.count(Change.values_digest.distinct()))) == 5


@pytest.mark.parametrize(
    "value",
    [
        "é",
        1.5,
        -0.0,
        True,
        date(2026, 11, 21),
        NOON,
        Decimal("1.10"),
        {10: "a", 9: "b"},
        {-1: "a", True: "b"},
        {"b", "a"},
        ("x", [1]),
    ],
)
def test_any_value_reads_back_as_it_was_digested(session: Session, value: object) -> None:
    record(session, any=(None, value))
    session.flush()
    session.expire_all()
    assert verify_chain(session) is None


@pytest.mark.parametrize("n_rows", [0, 1, 5])
def test_an_unaltered_log_verifies(session: Session, n_rows: int) -> None:
    for _ in range(n_rows):
        record(session)
    session.flush()
    assert verify_chain(session) is None


def test_a_chain_goes_on_in_the_next_unit(database: Database) -> None:
    for _ in range(3):
        with database.writing() as session:
            record(session)
            record(session)
    with database.reading() as session:
        assert verify_chain(session) is None
        assert session.scalar(select(func.max(Change.number))) == 6


def test_a_rolled_back_savepoint_leaves_no_gap(session: Session) -> None:
    record(session)
    savepoint = session.begin_nested()
    record(session)
    savepoint.rollback()
    assert record(session) == 2
    session.flush()
    assert verify_chain(session) is None


ALTERATIONS = [
    ("UPDATE change SET verb = 'create' WHERE number = 3", 3, "modifiée"),
    ("UPDATE change SET subject_key = 'autre' WHERE number = 1", 1, "modifiée"),
    ("UPDATE change SET at = '2025-01-01 00:00:00.000000' WHERE number = 2", 2, "modifiée"),
    ("UPDATE change SET actor_kind = 'source' WHERE number = 5", 5, "modifiée"),
    ("UPDATE change SET actor_kind = 'nobody' WHERE number = 5", 5, "modifiée"),
    ("UPDATE change SET digest = 'x' WHERE number = 4", 4, "modifiée"),
    ("UPDATE change_values SET parts = replace(parts, '02 03', '02 04') WHERE number = 2", 2, "valeurs"),
    ("UPDATE change_values SET parts = replace(parts, 'appel', 'courrier') WHERE number = 4", 4, "valeurs"),
    ("UPDATE change_values SET parts = 'rien' WHERE number = 4", 4, "valeurs"),
    ("UPDATE change_values SET parts = '[]' WHERE number = 4", 4, "valeurs"),
    ("DELETE FROM change_values WHERE number = 3", 3, "disparu"),
    ("DELETE FROM change_values WHERE number = 3; DELETE FROM change WHERE number = 3", 3, "disparu"),
    ("DELETE FROM change_values WHERE number = 1; DELETE FROM change WHERE number = 1", 1, "disparu"),
    ("DELETE FROM change_values WHERE number = 5; DELETE FROM change WHERE number = 5", 5, "coupée"),
    ("DELETE FROM change_values; DELETE FROM change", 1, "coupée"),
    ("DELETE FROM change_head", 6, "coupée"),
    ("UPDATE change_head SET length = 4", 6, "coupée"),
    ("UPDATE change_head SET digest = 'x'", 6, "coupée"),
]


@pytest.mark.parametrize(("sql", "number", "said"), ALTERATIONS)
def test_the_first_altered_row_is_named(log: Session, sql: str, number: int, said: str) -> None:
    open_the_log(log)
    for statement in sql.split(";"):
        log.execute(text(statement))
    log.expire_all()
    alteration = verify_chain(log)
    assert alteration is not None
    assert (alteration.number, said in alteration.sentence) == (number, True)


def test_rows_that_change_places_are_noticed(log: Session) -> None:
    open_the_log(log)
    columns = ("subject_key", "values_digest", "digest")
    (two, five) = (log.get_one(Change, 2), log.get_one(Change, 5))
    for column in columns:
        first, second = getattr(two, column), getattr(five, column)
        setattr(two, column, second)
        setattr(five, column, first)
    log.flush()
    assert verify_chain(log) == Alteration(2, "La ligne 2 du journal a été modifiée ou déplacée.")


@pytest.mark.parametrize("stored", ["", "hier", "2026-13-45"])
def test_an_altered_date_is_found_not_stumbled_over(log: Session, stored: str) -> None:
    if log.get_bind().dialect.name == "sqlite":
        open_the_log(log)
        log.execute(text("UPDATE change SET at = :at WHERE number = 3"), {"at": stored})
        alteration = verify_chain(log)
        assert alteration is not None
        assert alteration.number == 3


def test_erased_values_are_gone_and_the_chain_holds(log: Session) -> None:
    acts = [row.number for row in log.scalars(select(ChangeValues)) if "Secrétariat" in row.parts]
    erase_parts(log, [Part(number, "actor") for number in acts], Act(by=SYSTEM, at=NOON))
    log.flush()
    assert "Secrétariat" not in str(log.execute(text("SELECT parts FROM change_values")).all())
    assert verify_chain(log) is None


def test_an_erased_field_leaves_its_neighbours(session: Session) -> None:
    record(session, phone=("03 53 01 00 00", "03 53 01 02 03"), title=("Poste", "La Poste"))
    erase_parts(session, parts_of_subject(session, POST, ["phone", "mail"]), Act(by=SYSTEM, at=NOON))
    session.flush()
    assert read_parts(session.get_one(ChangeValues, 1)).keys() == {"actor", "reason", "field.title"}
    assert verify_chain(session) is None


def test_an_erased_part_keeps_no_salt(log: Session) -> None:
    before = json.loads(log.get_one(ChangeValues, 1).parts)
    erase_parts(log, [Part(1, "actor")], Act(by=SYSTEM, at=NOON))
    log.flush()
    assert before["actor"][0] not in log.get_one(ChangeValues, 1).parts


def test_erasing_twice_is_harmless(log: Session) -> None:
    for _ in range(2):
        erase_parts(log, [Part(1, "actor"), Part(2, "actor")], Act(by=SYSTEM, at=NOON))
    log.flush()
    assert verify_chain(log) is None


def test_an_erasure_the_log_does_not_tell_is_noticed(log: Session) -> None:
    values = log.get_one(ChangeValues, 3)
    held = json.loads(values.parts)
    values.parts = json.dumps(held | {"actor": part_digest("actor", held["actor"])})
    log.flush()
    alteration = verify_chain(log)
    assert alteration is not None
    assert (alteration.number, "sans que le journal le dise" in alteration.sentence) == (3, True)


def test_a_row_sealed_again_breaks_the_next_one(log: Session) -> None:
    open_the_log(log)
    one, two = log.get_one(Change, 1), log.get_one(Change, 2)
    link = Link(2, two.at, two.subject_kind, two.subject_key, "create", two.actor_kind, two.values_digest)
    two.verb, two.digest = "create", chained_digest(one.digest, link)
    log.flush()
    alteration = verify_chain(log)
    assert alteration is not None
    assert alteration.number == 3


def test_only_fields_that_differ_are_kept() -> None:
    before = {"title": "Poste", "phone": "1", "old": 1}
    after = {"title": "La Poste", "phone": "1", "new": 2}
    assert changed(before, after) == {"title": ("Poste", "La Poste"), "old": (1, None), "new": (None, 2)}


def test_a_closed_unit_of_work_records_nothing(database: Database) -> None:
    with database.writing() as session:
        session.rollback()
        with pytest.raises(InvalidRequestError):
            record(session)
