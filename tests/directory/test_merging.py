"""Two things made one, and two again, exactly."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.core.content_hash import content_hash
from portal.core.errors import MaillageError
from portal.directory.content import CONTENTS
from portal.directory.models.access_points import AccessPoint
from portal.directory.models.merges import Merge
from portal.directory.models.occurrences import Occurrence
from portal.directory.models.services import Service
from portal.directory.operations.lifecycle import close_service
from portal.directory.operations.merging import (
    merge_services,
    merge_structures,
    unmerge_service,
    unmerge_structure,
)
from portal.directory.operations.service_codes import codes_of
from portal.directory.operations.services import change_service
from portal.directory.queries.listings import services_by_ids
from portal.directory.rules.refusals import AlreadyMerged, CannotMergeWithItself, KeptUnpublished, NotMerged
from portal.vocabulary.audiences import Audience
from tests.directory.builders import Builder, titles
from tests.directory.conftest import Told
from tests.tools.examples import examples


def hash_of(session: Session) -> str:
    session.flush()
    return content_hash(session, CONTENTS)


def test_a_kept_service_takes_over_the_ways_to_reach_the_other(build: Builder, session: Session) -> None:
    keep = build.a_service(title="Relais", concepts=["PE01"], audiences=[Audience.FAMILIES])
    drop = build.a_service(title="RAM", concepts=["PE08", "PE01"], opens="Mo 09:00-12:00")
    merge_services(session, keep=keep, drop=drop, act=build.act)
    session.flush()
    [listing] = services_by_ids(session, [keep.id, drop.id])
    assert (listing.service.title, listing.concepts, len(listing.access_points)) == ("Relais", ("PE01", "PE08"), 2)
    assert listing.access_points[1].opening_words == "Mo 09:00-12:00"


def test_a_merge_says_what_it_moved(build: Builder, session: Session, told: Told) -> None:
    keep, drop = build.a_service(concepts=["PE01"]), build.a_service(concepts=["PE08"])
    merge_services(session, keep=keep, drop=drop, act=build.act)
    verb, fields = told(keep)
    assert (verb, fields["absorbed"]) == ("merge", [None, drop.public_id])
    assert fields["concepts"] == [["PE01"], ["PE01", "PE08"]]
    assert told(drop) == ("merge", {"merged_into": [None, keep.public_id]})
    desk = session.scalars(select(AccessPoint).order_by(AccessPoint.id.desc())).first()
    assert desk is not None
    assert told(desk) == ("move", {"service": [drop.public_id, keep.public_id]})


def test_an_undone_merge_leaves_everything_as_it_was(build: Builder, session: Session) -> None:
    keep = build.a_service(title="Relais", concepts=["PE01"], languages=["fr"])
    drop = build.a_service(title="RAM", concepts=["PE08", "PE01"], languages=["en"], opens="Mo 09:00-12:00")
    before, occurrences = hash_of(session), session.scalars(select(Occurrence.starts_at)).all()
    merge_services(session, keep=keep, drop=drop, act=build.act)
    assert hash_of(session) != before
    unmerge_service(session, service=drop, act=build.later(days=1))
    assert hash_of(session) == before
    assert session.scalars(select(Occurrence.starts_at)).all() == occurrences
    assert session.scalars(select(Merge)).all() == []


def test_a_code_two_duplicates_share_leaves_with_the_last(build: Builder, session: Session) -> None:
    keep, one, two = (build.a_service(concepts=[code]) for code in ("PE01", "PE08", "PE08"))
    for drop in (one, two):
        merge_services(session, keep=keep, drop=drop, act=build.act)
    unmerge_service(session, service=one, act=build.act)
    assert codes_of(session, keep, "concepts") == ("PE01", "PE08")
    unmerge_service(session, service=two, act=build.act)
    assert codes_of(session, keep, "concepts") == ("PE01",)


CONCEPTS = st.lists(st.sampled_from(["PE01", "PE02", "PE08"]), min_size=1, unique=True)
STEPS = st.lists(st.tuples(st.booleans(), st.integers(0, 3), st.integers(0, 3)), max_size=10)


@given(concepts=st.lists(CONCEPTS, min_size=4, max_size=4), steps=STEPS)
@examples(25)
def test_any_merges_undone_leave_no_trace(
    build: Builder, concepts: list[list[str]], steps: list[tuple[bool, int, int]]
) -> None:
    session = build.session
    services = [build.a_service(concepts=codes) for codes in concepts]
    before = hash_of(session)
    for is_merge, keep, drop in steps:
        with suppress(MaillageError):
            if is_merge:
                merge_services(session, keep=services[keep], drop=services[drop], act=build.act)
            else:
                unmerge_service(session, service=services[drop], act=build.act)
        for each in services:
            absorbed = [other for other in services if other.merged_into_id == each.id]
            borne = {code for other in absorbed for code in codes_of(session, other, "concepts")}
            assert borne <= set(codes_of(session, each, "concepts"))
    while any(each.merged_into_id for each in services):
        for each in services:
            with suppress(AlreadyMerged, NotMerged):
                unmerge_service(session, service=each, act=build.act)
    assert hash_of(session) == before


def test_what_came_after_a_merge_survives_its_undoing(build: Builder, session: Session) -> None:
    keep, drop = build.a_service(concepts=["PE01"]), build.a_service(concepts=["PE08"])
    merge_services(session, keep=keep, drop=drop, act=build.act)
    build.an_access_point(keep)
    change_service(session, service=keep, act=build.act, concepts=["PE08", "PE02", "PE01"])
    unmerge_service(session, service=drop, act=build.act)
    session.flush()
    kept, dropped = services_by_ids(session, [keep.id, drop.id])
    assert (len(kept.access_points), len(dropped.access_points)) == (2, 1)
    assert kept.concepts == ("PE02", "PE01")


def test_merges_are_undone_from_the_last_one(build: Builder, session: Session) -> None:
    one, two, three = build.a_service(), build.a_service(), build.a_service()
    before = hash_of(session)
    merge_services(session, keep=two, drop=one, act=build.act)
    merge_services(session, keep=three, drop=two, act=build.act)
    with pytest.raises(AlreadyMerged, match="défaites d’abord"):
        unmerge_service(session, service=one, act=build.act)
    unmerge_service(session, service=two, act=build.act)
    unmerge_service(session, service=one, act=build.act)
    assert hash_of(session) == before


def test_only_two_things_that_stand_alone_merge(build: Builder, session: Session) -> None:
    one, two, three = build.a_service(), build.a_service(), build.a_service()
    with pytest.raises(CannotMergeWithItself):
        merge_services(session, keep=one, drop=one, act=build.act)
    with pytest.raises(NotMerged):
        unmerge_service(session, service=one, act=build.act)
    merge_services(session, keep=two, drop=one, act=build.act)
    for keep, drop in ((three, one), (one, three)):
        with pytest.raises(AlreadyMerged):
            merge_services(session, keep=keep, drop=drop, act=build.act)


def test_a_public_sheet_does_not_vanish_into_a_draft(build: Builder, session: Session) -> None:
    draft, published = build.a_draft(), build.a_service()
    with pytest.raises(KeptUnpublished, match="gardez l’autre"):
        merge_services(session, keep=draft, drop=published, act=build.act)
    merge_services(session, keep=published, drop=draft, act=build.act)
    assert draft.merged_into_id == published.id


def test_merged_structures_offer_together_then_apart(build: Builder, session: Session) -> None:
    keep, drop = build.a_structure(name="Agglo"), build.a_structure(name="Syndicat")
    build.a_service(structure=keep, title="Eau")
    build.a_service(structure=drop, title="Déchets")
    build.a_tour(structure=drop)
    before = hash_of(session)
    merge_structures(session, keep=keep, drop=drop, act=build.act)
    session.flush()
    offered = select(Service).where(Service.structure_id == keep.id).order_by(Service.id)
    assert titles(session.scalars(offered)) == ["Eau", "Déchets"]
    unmerge_structure(session, structure=drop, act=build.act)
    assert hash_of(session) == before


def test_the_desk_of_a_closed_service_opens_with_the_kept_one(build: Builder, session: Session) -> None:
    keep, drop = build.a_service(), build.a_service(opens="Mo 09:00-12:00")
    close_service(session, service=drop, act=build.act)
    openings = select(func.count()).select_from(Occurrence)
    merge_services(session, keep=keep, drop=drop, act=build.act)
    assert session.scalar(openings) == 13
    unmerge_service(session, service=drop, act=build.act)
    assert session.scalar(openings) == 0
