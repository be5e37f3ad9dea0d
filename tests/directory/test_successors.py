"""Closed services lead to whoever answers for them today, and old addresses with them."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.directory.models.access_points import AccessPoint
from portal.directory.models.services import Service
from portal.directory.operations.access_points import delete_access_point
from portal.directory.operations.lifecycle import close_service, publish_service, reopen_service, withdraw_service
from portal.directory.operations.merging import merge_services
from portal.directory.operations.services import delete_service
from portal.directory.queries.addresses import Gone, Moved, resolve
from portal.directory.queries.successors import successor_of
from portal.directory.rules import refusals
from portal.directory.rules.choices import Kind, Status
from tests.directory.builders import Builder
from tests.directory.conftest import Told


def delete_all_of(build: Builder, service: Service) -> None:
    for point in build.session.scalars(select(AccessPoint).where(AccessPoint.service_id == service.id)).all():
        delete_access_point(build.session, access_point=point, act=build.act)
    delete_service(build.session, service=service, act=build.act)


def test_a_chain_of_closed_services_leads_to_its_end(build: Builder, session: Session) -> None:
    first, second, third = (build.a_service(title=title) for title in ("MSAP", "Relais", "France services"))
    close_service(session, service=second, act=build.act, successor=third)
    close_service(session, service=first, act=build.act, successor=second)
    assert successor_of(session, first) is third
    assert successor_of(session, third) is None


def test_a_merged_successor_leads_to_the_kept_one(build: Builder, session: Session) -> None:
    closed, successor, kept = build.a_service(), build.a_service(), build.a_service()
    close_service(session, service=closed, act=build.act, successor=successor)
    merge_services(session, keep=kept, drop=successor, act=build.act)
    assert successor_of(session, closed) is kept


def test_a_successor_nobody_may_see_is_not_shown(build: Builder, session: Session) -> None:
    closed, successor = build.a_service(), build.a_service()
    close_service(session, service=closed, act=build.act, successor=successor)
    withdraw_service(session, service=successor, act=build.act)
    assert successor_of(session, closed) is None


def test_a_successor_merged_back_into_its_origin_ends(build: Builder, session: Session) -> None:
    closed, successor = build.a_service(), build.a_service()
    close_service(session, service=closed, act=build.act, successor=successor)
    close_service(session, service=successor, act=build.act)
    merge_services(session, keep=closed, drop=successor, act=build.act)
    assert successor_of(session, closed) is None


def test_a_deleted_successor_hands_on_its_own(build: Builder, session: Session, told: Told) -> None:
    closed, middle, last = build.a_service(), build.a_service(), build.a_service()
    close_service(session, service=closed, act=build.act, successor=middle)
    close_service(session, service=middle, act=build.act, successor=last)
    delete_all_of(build, middle)
    assert successor_of(session, closed) is last
    assert told(closed) == ("change", {"successor": [middle.public_id, last.public_id]})


def test_a_deleted_duplicate_leads_to_the_kept_one(build: Builder, session: Session) -> None:
    keep, drop = build.a_service(title="Relais"), build.a_service(title="RAM")
    merge_services(session, keep=keep, drop=drop, act=build.act)
    delete_service(session, service=drop, act=build.act)
    assert resolve(session, Kind.SERVICE, drop.public_id) == Moved(Kind.SERVICE, "relais", keep.public_id)
    delete_all_of(build, keep)
    assert isinstance(resolve(session, Kind.SERVICE, drop.public_id), Gone)


def test_a_closed_service_is_reopened_and_not_published(build: Builder, session: Session) -> None:
    service = build.a_service()
    close_service(session, service=service, act=build.act)
    with pytest.raises(refusals.TransitionRefused):
        publish_service(session, service=service, act=build.act)
    reopen_service(session, service=service, act=build.act)
    session.flush()
    assert (service.status, service.closed_on) == (Status.PUBLISHED, None)
