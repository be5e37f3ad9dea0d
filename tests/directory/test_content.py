"""The content hash says what the directory says, and nothing of how it came there."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.audit import verify_chain
from portal.core.changes import read_parts
from portal.core.content_hash import content_hash
from portal.core.models import ChangeValues
from portal.core.person_names import PersonName
from portal.directory.content import CONTENTS
from portal.directory.models.access_points import AccessPoint
from portal.directory.models.services import Service
from portal.directory.operations.erasing import erase_person
from portal.directory.operations.lifecycle import note_import
from portal.directory.operations.openings import set_opening
from portal.directory.operations.services import change_service
from portal.directory.queries.leaves import contacts_of
from portal.directory.rules.choices import ContactType
from portal.directory.rules.contact_lines import ContactLine
from tests.conftest import MakeDatabase
from tests.directory.builders import Builder, hours
from tests.tools.claims import none_of

PERSON = ContactLine(ContactType.PHONE, "03 53 01 00 09", person="Camille Exemple")


def hash_of(session: Session) -> str:
    session.flush()
    return content_hash(session, CONTENTS)


def a_town(build: Builder, titles: list[str]) -> None:
    structure, place = build.a_structure(name="Mairie"), build.a_place()
    for title in titles:
        build.a_service(structure=structure, at=place, title=title, opens="Mo-Fr 09:00-12:00; Jul-Aug Sa off")


def test_the_order_of_creation_does_not_count(new_sqlite: MakeDatabase) -> None:
    hashes = set()
    for titles in (["État civil", "Urbanisme"], ["Urbanisme", "État civil"]):
        with new_sqlite().writing() as session:
            build = Builder(session)
            build.a_commune()
            a_town(build, titles)
            hashes.add(hash_of(session))
    assert len(hashes) == 1


def test_import_dates_do_not_count(build: Builder, session: Session) -> None:
    service = build.a_service()
    note_import(service=service, on=date(2026, 11, 20), source="ANCT")
    before = hash_of(session)
    note_import(service=service, on=date(2026, 11, 27), source="ANCT")
    assert hash_of(session) == before


def test_a_change_and_its_undoing_leave_no_mark(build: Builder, session: Session) -> None:
    service = build.a_service(summary="Courrier.")
    before = hash_of(session)
    change_service(session, service=service, act=build.act, summary="Colis.")
    assert hash_of(session) != before
    change_service(session, service=service, act=build.act, summary="Courrier.")
    assert hash_of(session) == before


def _retitle(build: Builder, service: Service) -> None:
    change_service(build.session, service=service, act=build.act, title="Autre")


def _move_desk(build: Builder, service: Service) -> None:
    desk = build.session.scalars(select(AccessPoint).where(AccessPoint.service_id == service.id)).one()
    desk.place = build.a_place(name="Maison commune", address="2 rue du Lavoir")


def _open_later(build: Builder, service: Service) -> None:
    desk = build.session.scalars(select(AccessPoint).where(AccessPoint.service_id == service.id)).one()
    set_opening(build.session, owner=desk, opening=hours("Mo 09:01-12:00"), words="Mo 09:00-12:00", act=build.act)


def _call(build: Builder, service: Service) -> None:
    change_service(build.session, service=service, act=build.act, contacts=[PERSON])


def _refile(build: Builder, service: Service) -> None:
    change_service(build.session, service=service, act=build.act, concepts=["AD03", "AD06"])


@pytest.mark.parametrize("alter", [_retitle, _move_desk, _open_later, _call, _refile])
def test_whatever_a_sheet_says_counts(
    build: Builder, session: Session, alter: Callable[[Builder, Service], None]
) -> None:
    service = build.a_service(opens="Mo 09:00-12:00", concepts=["AD06", "AD03"])
    build.a_place(name="Maison commune", address="2 rue du Lavoir")
    before = hash_of(session)
    alter(build, service)
    assert hash_of(session) != before


def test_it_counts_who_offers_which_of_two_alike(build: Builder, session: Session) -> None:
    one, other = build.a_structure(name="Une"), build.a_structure(name="Autre")
    here, there = build.a_place(name="Ici"), build.a_place(name="Là")
    first = build.a_service(structure=one, at=here)
    second = build.a_service(structure=other, at=there)
    before = hash_of(session)
    for desk in session.scalars(select(AccessPoint)):
        desk.service = second if desk.service_id == first.id else first
    assert hash_of(session) != before


def test_an_erased_person_is_nowhere_and_the_log_verifies(build: Builder, session: Session) -> None:
    service = build.a_service(contacts=[PERSON])
    other = build.a_service(contacts=[ContactLine(ContactType.PHONE, "03 53 01 00 10", person="Dominique Exemple")])
    change_service(session, service=service, act=build.act, contacts=[])
    change_service(session, service=service, act=build.act, contacts=[PERSON])
    assert erase_person(session, name=PersonName.of(" Camille  Exemple"), act=build.act) == 4
    session.flush()
    logged = [str(read_parts(row)) for row in session.scalars(select(ChangeValues))]
    assert none_of("Camille" in each or "00 09" in each for each in logged)
    assert any("Dominique" in each for each in logged)
    assert [line.person for line in contacts_of(session, other.id)] == ["Dominique Exemple"]
    assert contacts_of(session, service.id) == (replace(PERSON, person=""),)
    assert verify_chain(session) is None


def test_erasing_nobody_leaves_no_trace(build: Builder, session: Session) -> None:
    build.a_service(contacts=[PERSON])
    session.flush()
    before = session.scalars(select(ChangeValues.number)).all()
    assert erase_person(session, name=PersonName.of("Personne"), act=build.act) == 0
    assert session.scalars(select(ChangeValues.number)).all() == before
