"""Structures that several lists name: linked by their SIRET, else put to a person, never made one in silence."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select

from portal.core.changes import Act, Actor
from portal.core.clock import FixedClock
from portal.core.database import Database
from portal.core.models import ActorKind
from portal.directory.models.structures import Structure
from portal.directory.rules.choices import AccessPointKind, CompetenceKind, LegalNature
from portal.directory.rules.competence import CompetenceArea
from portal.intake.documents import question_lines
from portal.intake.models.decisions import ReviewItem
from portal.intake.operations.reviewing import accept, refuse, take_back
from portal.intake.operations.undoing import undo_run
from portal.intake.queries.reviews import review_items, run_numbered
from portal.intake.record import ServiceRecord, StructureRecord
from portal.intake.rules.bodies import Body, compare_bodies, name_key, same_bodies
from tests.intake.builders import NOGENT, ROMILLY, Sender, a_place, a_record, an_access, directory_hash, phone
from tests.intake.conftest import MakeSender

TOWN_HALL = "Mairie de Romilly-sur-Seine"
SIRET = "98205098100017"


@dataclass
class Queue:
    """The questions about structures, and who answers them."""

    database: Database
    clock: FixedClock

    def titles(self) -> list[list[str]]:
        with self.database.reading() as session:
            return [item.content["titles"] for item in review_items(session)]

    def answer(self, how: Callable[..., None]) -> None:
        act = Act(by=Actor(kind=ActorKind.PERSON, name="secretariat"), at=self.clock.now(), reason="vu sur place")
        with self.database.writing() as session:
            asked = session.scalars(select(ReviewItem).order_by(ReviewItem.id)).all()
            for item in reversed(asked) if how is take_back else asked:
                how(session, item=item, act=act)

    def living(self) -> list[str]:
        with self.database.reading() as session:
            query = select(Structure.name).where(Structure.merged_into_id.is_(None)).order_by(Structure.id)
            return list(session.scalars(query))


@pytest.fixture
def queue(directory: Database, clock: FixedClock) -> Queue:
    return Queue(directory, clock)


def of_the(body: str = TOWN_HALL, *, key: str = "1", siret: str = "", **values: Any) -> ServiceRecord:  # noqa: ANN401 - the fields of a record
    structure = StructureRecord(name=body, official_ids={"siret": siret} if siret else {})
    return a_record(
        key, structure=structure, **{"title": f"Service {body} {key}", "concepts": (f"PE0{key}",), **values}
    )


def told_by_two(sender: Sender, another: MakeSender, second: str = TOWN_HALL) -> None:
    sender.send(of_the(siret=SIRET))
    another("tableur").send(of_the(second, key="2"))


def test_a_body_is_linked_by_its_siret_alone(sender: Sender, another: MakeSender, queue: Queue) -> None:
    sender.send(of_the(siret=SIRET))
    another("tableur").send(of_the("Ville de Romilly", key="2", siret=SIRET))
    assert (queue.living(), queue.titles()) == ([TOWN_HALL], [])


@pytest.mark.parametrize("second", [TOWN_HALL, "Mairie de Romilly sur Seine", "Commune de Romilly-sur-Seine"])
def test_a_body_told_by_two_lists_is_put_to_a_person(
    sender: Sender, another: MakeSender, queue: Queue, second: str
) -> None:
    told_by_two(sender, another, second)
    assert queue.titles() == [[TOWN_HALL, second]]
    assert len(queue.living()) == 2


def test_the_question_says_what_is_alike(sender: Sender, another: MakeSender, queue: Queue) -> None:
    told_by_two(sender, another)
    with queue.database.reading() as session:
        [item] = review_items(session)
    lines = question_lines(item)
    assert "Deux structures n’en font-elles qu’une ? (ressemblance 70/100)" in lines[0]
    assert lines[2:] == ["       - même nom", "       - même commune (Romilly-sur-Seine)"]


def test_accepting_unites_them_for_later_lists_too(sender: Sender, another: MakeSender, queue: Queue) -> None:
    told_by_two(sender, another)
    queue.answer(accept)
    another("tableur").send(of_the(key="2"), of_the(key="3"), days=1)
    sender.send(of_the(siret=SIRET), of_the(siret=SIRET, key="4"), days=1)
    assert (queue.living(), queue.titles()) == ([TOWN_HALL], [])


def test_an_answer_about_bodies_is_taken_back(
    sender: Sender, another: MakeSender, queue: Queue, directory: Database
) -> None:
    told_by_two(sender, another)
    before = directory_hash(directory)
    queue.answer(accept)
    assert directory_hash(directory) != before
    queue.answer(take_back)
    assert (directory_hash(directory), len(queue.titles())) == (before, 1)


def test_a_refusal_is_remembered(sender: Sender, another: MakeSender, queue: Queue) -> None:
    told_by_two(sender, another)
    queue.answer(refuse)
    another("tableur").send(of_the(key="2", summary="Plus"), days=1)
    another("laep").send(of_the("Centre social", key="3"), days=1)
    assert (queue.titles(), len(queue.living())) == ([], 3)


def test_three_lists_ask_twice_and_end_as_one(sender: Sender, another: MakeSender, queue: Queue) -> None:
    told_by_two(sender, another)
    another("laep").send(of_the("Commune de Romilly-sur-Seine", key="3"))
    assert len(queue.titles()) == 2
    queue.answer(accept)
    assert queue.living() == [TOWN_HALL]


def test_a_body_asked_about_again_is_united_all_the_same(sender: Sender, another: MakeSender, queue: Queue) -> None:
    another("laep").send(of_the(key="3"))
    another("tableur").send(of_the(key="2"))
    sender.send(of_the(siret=SIRET))
    assert len(queue.titles()) == 2
    queue.answer(accept)
    assert len(queue.living()) == 1
    queue.answer(take_back)
    assert len(queue.living()) == 3


def test_who_only_comes_home_is_where_they_answer_for(sender: Sender, another: MakeSender, queue: Queue) -> None:
    sender.send(of_the("Pharmacie du Quai", siret=SIRET))
    home = an_access(kind=AccessPointKind.HOME, place=None)
    area = CompetenceArea(CompetenceKind.COMMUNE, ROMILLY)
    another("tableur").send(of_the("Pharmacie du Quai", key="2", access=(home,), competence=(area,)))
    assert len(queue.titles()) == 1


def test_namesakes_of_two_communes_are_left_apart(sender: Sender, another: MakeSender, queue: Queue) -> None:
    sender.send(of_the("Centre social"))
    elsewhere = an_access(place=a_place(commune_code=NOGENT, address="2 rue Neuve"))
    another("laep").send(of_the("Centre social", key="2", access=(elsewhere,)))
    assert queue.titles() == []


def test_undoing_an_import_takes_its_questions_with_it(sender: Sender, another: MakeSender, queue: Queue) -> None:
    told_by_two(sender, another)
    act = Act(by=Actor(kind=ActorKind.PERSON, name="secretariat"), at=queue.clock.now(), reason="essai")
    with queue.database.writing() as session:
        assert undo_run(session, run=run_numbered(session, 2), act=act).left == ()
    assert (queue.titles(), queue.living()) == ([], [TOWN_HALL])


def a_body(number: int, name: str = "", **values: Any) -> Body:  # noqa: ANN401 - the fields of a body
    slug = (name or "Centre social").lower().replace(" ", "-")
    return Body(number=number, name=name, slug=slug, **{"communes": {"10323": "Romilly-sur-Seine"}, **values})


@pytest.mark.parametrize(
    ("one", "other", "asked"),
    [
        ({}, {}, True),
        ({"siret": "1"}, {"siret": "2"}, False),
        ({"siret": "1", "name": "a"}, {"siret": "1", "name": "b"}, True),
        ({"nature": LegalNature.PUBLIC}, {"nature": LegalNature.ASSOCIATION}, False),
        ({"communes": {}}, {}, False),
        ({"communes": {"10268": "Nogent"}}, {}, False),
        ({"name": "mdph de l aube", "communes": {"10387": "Troyes"}}, {"name": "mdph de l aube"}, True),
        ({"name": "cc du nogentais"}, {"name": "communaute de communes du nogentais"}, True),
    ],
)
def test_who_may_be_one_body(one: dict[str, Any], other: dict[str, Any], *, asked: bool) -> None:
    pair = [a_body(1, **one), a_body(2, **other)]
    assert compare_bodies(*pair).is_probable is asked
    assert [(each.keep.number, each.drop.number) for each in same_bodies(pair)] == ([(1, 2)] if asked else [])


def test_the_same_contact_outweighs_unknown_communes() -> None:
    line = phone()
    contacts = {(line.type, "0353010001"): line.value}
    pair = [a_body(number, communes={}, contacts=contacts) for number in (1, 2)]
    assert compare_bodies(*pair).reasons == ("même nom", "même téléphone (03 53 01 00 01)")
    assert len(same_bodies(pair)) == 1


def test_the_one_with_a_siret_stays() -> None:
    [same] = same_bodies([a_body(1), a_body(2, siret=SIRET)])
    assert (same.keep.number, same.drop.number) == (2, 1)


def test_short_forms_are_written_in_full() -> None:
    names = ("cc-du-nogentais", "ville-de-nogent", "ecole-ste-anne", "commune-libre", "stade-municipal")
    assert [name_key(name) for name in names] == [
        "communaute-de-communes-du-nogentais",
        "mairie-de-nogent",
        "ecole-sainte-anne",
        "commune-libre",
        "stade-municipal",
    ]


def test_a_siret_learnt_later_puts_the_two_to_a_person(sender: Sender, another: MakeSender, queue: Queue) -> None:
    sender.send(of_the("Centre social"))
    another("tableur").send(of_the("Maison pour tous", key="2", siret=SIRET))
    assert queue.titles() == []
    sender.send(of_the("Centre social", siret=SIRET), days=1)
    assert [{*titles} for titles in queue.titles()] == [{"Centre social", "Maison pour tous"}]
    queue.answer(accept)
    assert len(queue.living()) == 1
