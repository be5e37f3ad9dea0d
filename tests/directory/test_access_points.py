"""Where a service is reached: access points, stops and places that move, change, go, and tell their services."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.events import queued
from portal.directory.events import ServiceChanged
from portal.directory.models.access_points import AccessPoint
from portal.directory.models.identities import Identity
from portal.directory.operations.access_points import (
    change_access_point,
    create_access_point,
    delete_access_point,
    move_access_point,
)
from portal.directory.operations.places import delete_place, link_places, unlink_place
from portal.directory.operations.services import delete_service
from portal.directory.operations.structures import delete_structure
from portal.directory.operations.tours import change_stop, delete_stop, delete_tour, move_stop
from portal.directory.queries.leaves import contacts_of
from portal.directory.rules import refusals
from portal.directory.rules.choices import (
    AccessPointKind,
    ContactType,
)
from portal.directory.rules.contact_lines import ContactLine
from tests.directory.builders import Builder
from tests.directory.conftest import Told

PHONE = ContactLine(ContactType.PHONE, "03 53 01 00 01")


@pytest.mark.parametrize("kind", list(AccessPointKind))
def test_an_access_point_is_where_its_kind_wants(build: Builder, kind: AccessPointKind) -> None:
    needs_none = kind not in {AccessPointKind.PLACE, AccessPointKind.TOUR_STOP}
    at = build.a_place() if needs_none else None
    with pytest.raises(refusals.PlaceMissing):
        create_access_point(build.session, service=build.a_draft(), kind=kind, act=build.act, at=at)


def test_an_access_point_moves_and_tells_its_service(build: Builder, told: Told) -> None:
    service = build.a_draft()
    desk = build.an_access_point(service)
    other = build.a_place(name="Médiathèque")
    old = desk.place
    assert old is not None
    assert move_access_point(build.session, access_point=desk, to=other, act=build.act)
    assert not move_access_point(build.session, access_point=desk, to=other, act=build.act)
    assert told(desk) == ("move", {"at": [old.public_id, other.public_id]})
    assert queued(build.session)[-1] == ServiceChanged(service.public_id)


def test_an_access_point_changes_what_is_given(build: Builder, told: Told) -> None:
    desk = build.an_access_point(build.a_draft(), note="Sonnez.", contacts=[PHONE])
    change_access_point(build.session, access_point=desk, act=build.act, note="Frappez.", contacts=[])
    assert told(desk)[1]["note"] == ["Sonnez.", "Frappez."]
    assert contacts_of(build.session, desk.id) == ()


def test_a_moved_stop_takes_its_access_points_along(build: Builder, session: Session) -> None:
    stop = build.a_stop(build.a_tour(), opens="Mo[1] 14:00-16:00")
    desk = build.an_access_point(build.a_draft(), at=stop)
    square = build.a_place(name="Place de l’Église")
    told_before = len(queued(session))
    move_stop(session, stop=stop, to=square, act=build.act)
    session.flush()
    assert queued(session)[told_before] == ServiceChanged(desk.service.public_id)
    assert session.get_one(AccessPoint, desk.id).place_id == square.id
    with pytest.raises(refusals.StillInUse):
        delete_stop(session, stop=stop, act=build.act)


def test_a_stop_changes_its_note(build: Builder, session: Session, told: Told) -> None:
    stop = build.a_stop(build.a_tour(), note="Devant la mairie.")
    assert change_stop(session, stop=stop, act=build.act, note=" Devant  l’école. ", expected_version=1)
    assert told(stop) == ("change", {"note": ["Devant la mairie.", "Devant l’école."]})
    assert not change_stop(session, stop=stop, act=build.act, note="Devant l’école.")
    with pytest.raises(refusals.ChangedMeanwhile):
        change_stop(session, stop=stop, act=build.act, note="", expected_version=1)


def test_a_tour_goes_after_its_last_stop(build: Builder, session: Session) -> None:
    tour = build.a_tour()
    stop = build.a_stop(tour)
    with pytest.raises(refusals.StillInUse):
        delete_tour(session, tour=tour, act=build.act)
    delete_stop(session, stop=stop, act=build.act)
    delete_tour(session, tour=tour, act=build.act)
    assert session.get_one(Identity, tour.id).gone_on == date(2026, 11, 21)


def test_stops_stand_in_the_order_they_came(build: Builder) -> None:
    tour = build.a_tour()
    assert [build.a_stop(tour).position for _ in range(3)] == [0, 1, 2]


def test_what_others_lean_on_is_not_deleted(build: Builder, session: Session) -> None:
    place = build.a_place()
    service = build.a_service(at=place)
    with pytest.raises(refusals.StillInUse):
        delete_place(session, place=place, act=build.act)
    with pytest.raises(refusals.StillInUse):
        delete_service(session, service=service, act=build.act)
    with pytest.raises(refusals.StillInUse):
        delete_structure(session, structure=service.structure, act=build.act)


def test_everything_can_be_deleted_from_the_leaves(build: Builder, session: Session) -> None:
    place, structure = build.a_place(contacts=[PHONE]), build.a_structure()
    service = build.a_service(structure=structure, at=place, opens="Mo-Fr 09:00-12:00", languages=["fr"])
    desk = session.scalars(select(AccessPoint)).one()
    delete_access_point(session, access_point=desk, act=build.act)
    delete_service(session, service=service, act=build.act)
    delete_place(session, place=place, act=build.act)
    delete_structure(session, structure=structure, act=build.act)
    assert [each.gone_on for each in session.scalars(select(Identity))] == [date(2026, 11, 21)] * 4


def test_linked_places_are_unlinked_as_they_were(build: Builder, told: Told) -> None:
    post, france_services = build.a_place(name="Poste"), build.a_place(name="France services")
    link_places(build.session, place=post, to=france_services, act=build.act)
    assert told(post) == ("link", {"linked_to": [None, france_services.public_id]})
    unlink_place(build.session, place=post, act=build.act)
    assert (post.linked_to_id, build.session.get_one(Identity, post.id).moved_to_id) == (None, None)


def test_links_between_places_make_no_chain(build: Builder) -> None:
    one, two, three = (build.a_place() for _ in range(3))
    link_places(build.session, place=one, to=two, act=build.act)
    for place, to, refusal in (
        (two, two, refusals.CannotMergeWithItself),
        (two, three, refusals.AlreadyMerged),
        (three, one, refusals.AlreadyMerged),
        (one, three, refusals.AlreadyMerged),
    ):
        with pytest.raises(refusal):
            link_places(build.session, place=place, to=to, act=build.act)
    with pytest.raises(refusals.NotMerged):
        unlink_place(build.session, place=three, act=build.act)
