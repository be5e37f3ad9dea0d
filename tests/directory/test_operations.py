"""What can be done to structures, places, services and tours, and what is refused."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.changes import read_parts
from portal.core.errors import MaillageError
from portal.core.events import queued
from portal.core.models import Change, ChangeValues
from portal.directory.events import PlaceChanged, ServiceChanged
from portal.directory.models.identities import FormerSlug, Identity
from portal.directory.operations.lifecycle import (
    close_service,
    note_import,
    publish_service,
    reopen_service,
    verify_service,
    withdraw_service,
)
from portal.directory.operations.places import change_place
from portal.directory.operations.services import change_service, create_service
from portal.directory.operations.structures import change_structure, create_structure, delete_structure
from portal.directory.operations.tours import change_tour
from portal.directory.queries.leaves import contacts_of
from portal.directory.rules import refusals
from portal.directory.rules.choices import (
    AccessFeature,
    Answer,
    CompetenceKind,
    ContactAudience,
    ContactType,
    Cost,
    Status,
)
from portal.directory.rules.competence import CompetenceArea
from portal.directory.rules.contact_lines import ContactLine
from portal.geography.points import Point
from portal.vocabulary.audiences import Audience
from tests.directory.builders import Builder
from tests.directory.conftest import Told

PHONE = ContactLine(ContactType.PHONE, "03 53 01 00 01")
DIRECT = ContactLine(ContactType.PHONE, "03 53 01 00 02", audience=ContactAudience.PROFESSIONAL)


def test_creation_records_every_field_that_speaks(build: Builder, told: Told) -> None:
    structure = build.a_structure()
    service = build.a_draft(
        structure=structure, title="  La   Poste ", audiences=[Audience.SENIORS], cost=Cost.FREE, contacts=[PHONE]
    )
    assert told(service) == (
        "create",
        {
            "title": [None, "La Poste"],
            "concepts": [None, ["AD06"]],
            "audiences": [None, ["seniors"]],
            "cost": [None, "free"],
            "contacts": [None, [{"type": "phone", "value": "03 53 01 00 01", "audience": "public"}]],
            "structure": [None, structure.public_id],
        },
    )
    assert service.status is Status.DRAFT


def test_a_change_records_only_what_differs(build: Builder, told: Told) -> None:
    service = build.a_draft(title="La Poste", summary="Courrier.", age_min=3)
    assert change_service(build.session, service=service, act=build.act, title="La Poste", summary="Colis.", age_max=9)
    assert told(service) == ("change", {"summary": ["Courrier.", "Colis."], "age_max": [None, 9]})
    assert service.version == 2


def test_a_change_that_changes_nothing_leaves_no_trace(build: Builder, session: Session) -> None:
    service = build.a_draft(concepts=["AD06", "AD03"], contacts=[PHONE])
    before = session.scalars(select(Change.number)).all()
    act = build.later(days=1)
    assert not change_service(
        session, service=service, act=act, title=" La Poste", concepts=["AD06", "AD03", "AD06"], contacts=[PHONE, PHONE]
    )
    assert session.scalars(select(Change.number)).all() == before
    assert (service.version, service.changed_at) == (1, service.created_at)


def test_who_changed_and_why_is_kept(build: Builder, session: Session) -> None:
    build.a_draft()
    values = session.scalars(select(ChangeValues).order_by(ChangeValues.number.desc()).limit(1)).one()
    parts = read_parts(values)
    assert (parts["actor"], parts["reason"]) == ("secretariat", "essai")


def test_codes_are_replaced_as_a_whole(build: Builder, told: Told) -> None:
    areas = [CompetenceArea(CompetenceKind.TERRITORY)]
    service = build.a_draft(concepts=["AD06", "AD03"], languages=["fr", "en"])
    change_service(
        build.session, service=service, act=build.act, concepts=["AD03", "AD06"], languages=["fr"], competence=areas
    )
    assert told(service)[1] == {
        "concepts": [["AD06", "AD03"], ["AD03", "AD06"]],
        "languages": [["en", "fr"], ["fr"]],
        "competence": [[], [{"kind": "territory"}]],
    }


def test_two_people_at_once_are_noticed(build: Builder) -> None:
    service = build.a_draft()
    change_service(build.session, service=service, act=build.act, expected_version=1, summary="Un")
    with pytest.raises(refusals.ChangedMeanwhile):
        change_service(build.session, service=service, act=build.act, expected_version=1, summary="Deux")
    assert service.summary == "Un"


def test_a_change_is_checked_against_what_stays(build: Builder) -> None:
    service = build.a_draft(age_min=12)
    with pytest.raises(refusals.AgesReversed):
        change_service(build.session, service=service, act=build.act, age_max=6)
    assert (service.age_max, service.version) == (None, 1)


def test_texts_keep_their_lines_but_no_holes(build: Builder) -> None:
    written = "\n\n  Premier  étage. \n\n\n\nSonnez.\nAttendez.\n"
    assert build.a_draft(description=written).description == "Premier étage.\n\nSonnez.\nAttendez."


REFUSED_SERVICES: list[tuple[dict[str, Any], type[MaillageError]]] = [
    ({"title": " "}, refusals.NameMissing),
    ({"title": "x" * 251}, refusals.NameTooLong),
    ({"summary": "x" * 201}, refusals.SummaryTooLong),
    ({"age_min": 12, "age_max": 6}, refusals.AgesReversed),
    ({"age_min": -1}, refusals.AgesReversed),
    ({"age_max": 131}, refusals.AgesReversed),
    ({"review_months": 5}, refusals.RhythmUnknown),
    ({"concepts": ["petite enfance"]}, refusals.ConceptUnreadable),
    ({"contacts": [ContactLine(ContactType.MAIL, " ")]}, refusals.ContactEmpty),
    ({"contacts": [ContactLine(ContactType.PHONE, "0", label="x" * 251)]}, refusals.TextTooLong),
    ({"online_url": "https://" + "x" * 2000}, refusals.TextTooLong),
]


@pytest.mark.parametrize(("values", "refusal"), REFUSED_SERVICES)
def test_a_service_that_breaks_a_rule_is_refused(
    build: Builder, values: dict[str, Any], refusal: type[MaillageError]
) -> None:
    structure = build.a_structure()
    with pytest.raises(refusal):
        create_service(build.session, structure=structure, act=build.act, **{"title": "La Poste", **values})


@pytest.mark.parametrize(
    "write",
    [
        lambda build: build.a_place(address="x" * 251),
        lambda build: build.a_place(postal_code="101000"),
        lambda build: build.a_structure(siret="x" * 15),
        lambda build: build.an_access_point(build.a_draft(), url="x" * 2001),
        lambda build: verify_service(build.session, service=build.a_draft(), by="x" * 251, act=build.act),
    ],
)
def test_a_text_longer_than_its_field_is_refused(build: Builder, write: Callable[[Builder], object]) -> None:
    with pytest.raises(refusals.TextTooLong, match="Raccourcissez «"):
        write(build)


def test_a_name_is_asked_for(build: Builder) -> None:
    with pytest.raises(refusals.NameMissing, match="Indiquez un nom"):
        create_structure(build.session, act=build.act)


def test_a_place_says_its_commune(build: Builder) -> None:
    with pytest.raises(refusals.CommuneMissing):
        build.a_place(commune_code="")


def test_a_renamed_thing_keeps_its_former_slugs(build: Builder, session: Session) -> None:
    service = build.a_draft(title="Relais assistantes maternelles")
    for title in ("Relais petite enfance", "Relais petite enfance !", "Rpe"):
        change_service(session, service=service, act=build.act, title=title)
    former = session.scalars(select(FormerSlug.slug).order_by(FormerSlug.slug)).all()
    assert former == ["relais-assistantes-maternelles", "relais-petite-enfance"]
    assert service.slug == "rpe"


def test_a_slug_is_cut_on_a_word(build: Builder) -> None:
    assert build.a_draft(title="mot " * 40).slug == "-".join(["mot"] * 20)
    assert build.a_draft(title="!!!").slug == "fiche"


def test_numbers_are_never_given_twice(build: Builder, session: Session) -> None:
    first = build.a_structure()
    delete_structure(session, structure=first, act=build.act)
    second = build.a_structure()
    assert second.public_id != first.public_id
    assert session.get_one(Identity, first.id).gone_on == date(2026, 11, 21)


def test_a_place_remembers_its_point_and_access(build: Builder, told: Told) -> None:
    place = build.a_place(point=Point(48.5, 3.7), access={AccessFeature.WHEELCHAIR: Answer.YES})
    change_place(build.session, place=place, act=build.act, point=None, access={AccessFeature.LIFT: Answer.NO})
    assert told(place)[1] == {"lat": [48.5, None], "lon": [3.7, None], "access_lift": ["unknown", "no"]}
    assert place.access[AccessFeature.WHEELCHAIR] is Answer.YES


def test_a_changed_place_tells_of_its_services(build: Builder, session: Session) -> None:
    place = build.a_place()
    service = build.a_service(at=place)
    told_before = len(queued(session))
    change_place(session, place=place, act=build.act, address="2 rue du Lavoir")
    assert set(queued(session)[told_before:]) == {PlaceChanged(place.public_id), ServiceChanged(service.public_id)}


def test_contacts_keep_their_order_and_audience(build: Builder) -> None:
    service = build.a_draft(contacts=[DIRECT, PHONE])
    build.session.flush()
    assert contacts_of(build.session, service.id) == (DIRECT, PHONE)
    change_service(build.session, service=service, act=build.act, contacts=[PHONE])
    assert contacts_of(build.session, service.id) == (PHONE,)


def test_a_service_passes_from_structure_to_structure(build: Builder, told: Told) -> None:
    service = build.a_draft()
    heir = build.a_structure(name="Agglomération")
    before = service.structure.public_id
    change_service(build.session, service=service, act=build.act, structure=heir)
    assert told(service)[1] == {"structure": [before, heir.public_id]}
    assert not change_service(build.session, service=service, act=build.act, structure=heir)


def test_a_structure_and_a_tour_change_their_name(build: Builder, told: Told) -> None:
    tour = build.a_tour()
    change_tour(build.session, tour=tour, act=build.act, name="Bus France services")
    change_structure(build.session, structure=tour.structure, act=build.act, name="Agglo", contacts=[PHONE])
    assert (tour.slug, tour.structure.slug) == ("bus-france-services", "agglo")
    assert set(told(tour.structure)[1]) == {"name", "contacts"}


def test_verification_stands_apart_from_changes(build: Builder, told: Told) -> None:
    service = build.a_draft()
    verify_service(build.session, service=service, by="le service", act=build.later(days=3))
    assert (service.verified_on, service.verified_by) == (date(2026, 11, 24), "le service")
    assert told(service)[0] == "verify"


def test_nobody_verifies_in_the_future(build: Builder) -> None:
    service = build.a_draft()
    with pytest.raises(refusals.VerifiedInTheFuture):
        verify_service(build.session, service=service, by="le service", act=build.act, on=date(2026, 11, 22))


def test_an_import_note_is_no_change(build: Builder) -> None:
    service = build.a_draft()
    note_import(service=service, on=date(2026, 11, 20), source="ANCT")
    assert (service.imported_from, service.version) == ("ANCT", 1)


def test_a_service_lives_and_dies_and_lives_again(build: Builder, told: Told, session: Session) -> None:
    service, successor = build.a_service(), build.a_service(title="France services")
    close_service(session, service=service, act=build.act, successor=successor)
    assert told(service) == (
        "close",
        {
            "status": ["published", "closed"],
            "closed_on": [None, "2026-11-21"],
            "successor": [None, successor.public_id],
        },
    )
    reopen_service(session, service=service, act=build.act)
    assert (service.status, service.closed_on, service.successor_id) == (Status.PUBLISHED, None, None)


def test_transitions_outside_the_table_are_refused(build: Builder, session: Session) -> None:
    service = build.a_service()
    with pytest.raises(refusals.TransitionRefused, match="Un service publié ne peut pas être publié"):
        publish_service(session, service=service, act=build.act)
    with pytest.raises(refusals.TransitionRefused):
        reopen_service(session, service=service, act=build.act)
    close_service(session, service=service, act=build.act)
    with pytest.raises(refusals.TransitionRefused, match="fermé ne peut pas être en brouillon"):
        withdraw_service(session, service=service, act=build.act)
    assert service.closed_on is not None


def test_successors_never_lead_back(build: Builder, session: Session) -> None:
    first, second = build.a_service(), build.a_service()
    close_service(session, service=first, act=build.act, successor=second)
    for heir in (first, second):
        with pytest.raises(refusals.NotItsOwnSuccessor):
            close_service(session, service=second, act=build.act, successor=first if heir is first else second)
    assert second.status is Status.PUBLISHED
