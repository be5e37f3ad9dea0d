"""Two people at work at once: neither overwrites the other, and no number is given twice."""

from contextlib import suppress

import pytest

from portal.core.database import Database
from portal.directory.models.services import Service
from portal.directory.models.structures import Structure
from portal.directory.operations.services import change_service
from portal.directory.operations.structures import delete_structure
from portal.directory.rules.refusals import ChangedMeanwhile
from tests.directory.builders import Builder


class ChangedMyMindError(Exception):
    """Whoever was writing gives up."""


def a_structure_in(database: Database) -> str:
    with database.writing() as session:
        return Builder(session).a_structure().public_id


def save(database: Database, number: int, *, seen: int, summary: str) -> bool:
    with database.writing() as session:
        service, act = session.get_one(Service, number), Builder(session).act
        return change_service(session, service=service, act=act, expected_version=seen, summary=summary)


def test_the_second_to_save_an_old_page_is_told(database: Database) -> None:
    with database.writing() as session:
        number = Builder(session).a_draft().id
    assert save(database, number, seen=1, summary="Un")
    with pytest.raises(ChangedMeanwhile):
        save(database, number, seen=1, summary="Deux")
    with database.reading() as session:
        assert session.get_one(Service, number).summary == "Un"


def test_a_deletion_taken_back_frees_no_number(database: Database) -> None:
    with database.writing() as session:
        first = Builder(session).a_structure()
    with suppress(ChangedMyMindError), database.writing() as session:
        build = Builder(session)
        delete_structure(session, structure=session.get_one(Structure, first.id), act=build.act)
        build.a_structure()
        raise ChangedMyMindError
    assert a_structure_in(database) != first.public_id
    with database.reading() as session:
        assert session.get(Structure, first.id) is not None


def test_a_part_taken_back_leaves_the_numbers_in_step(database: Database) -> None:
    with database.writing() as session:
        build = Builder(session)
        with suppress(ChangedMyMindError), session.begin_nested():
            build.a_structure()
            raise ChangedMyMindError
        kept = [build.a_structure().public_id for _ in range(2)]
    assert len({*kept, a_structure_in(database)}) == 3
