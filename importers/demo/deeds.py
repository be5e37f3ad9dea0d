"""What people did after the lists came in: rounds completed, questions answered, corrections, closures."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from importers.demo.content import Content
from importers.demo.days import read_day
from importers.demo.rounds import complete_round
from portal.core.changes import Act, Actor
from portal.core.models import ActorKind
from portal.directory.models.services import Service
from portal.directory.operations.lifecycle import close_service
from portal.directory.rules.choices import Status
from portal.intake.models.decisions import STRUCTURE, ReviewKind
from portal.intake.operations.correcting import NothingToCorrect, record_correction, target_of
from portal.intake.operations.reviewing import accept, refuse
from portal.intake.queries.reviews import review_items
from portal.intake.rules.typed import read_typed
from portal.vocabulary.marks import Table

_TEAM = Actor(kind=ActorKind.PERSON, name="Équipe du territoire (démonstration)")
_ROUNDS, _ANSWERS = "histoire.tournees", "histoire.reponses"
_STRUCTURES = "histoire.structures"
_CORRECTIONS, _CLOSURES = "histoire.corrections", "histoire.fermetures"
_HOUR = time(11)


@dataclass(frozen=True, kw_only=True)
class Office:
    """When and where the team of the demonstration works."""

    reference_day: date
    zone: tzinfo

    def act(self, entry: Table) -> Act:
        """Give the act an entry tells of."""
        day = read_day(entry.text("le"), reference_day=self.reference_day) or self.reference_day
        return Act(by=_TEAM, at=datetime.combine(day, _HOUR, tzinfo=self.zone), reason=entry.text("motif"))


def do_deeds(session: Session, content: Content, office: Office) -> None:
    """Do what the content tells; what was done before an `init` was cut short is left."""
    for entry in _in_order(content.of(_ROUNDS), office):
        _complete(session, entry, content, office.act(entry))
    for entry in _in_order(content.of(_ANSWERS), office):
        _answer(session, entry, office.act(entry))
    for entry in content.of(_STRUCTURES):
        _unite_structures(session, office.act(entry))
    for entry in _in_order(content.of(_CORRECTIONS), office):
        _correct(session, entry, office.act(entry))
    for entry in _in_order(content.of(_CLOSURES), office):
        _close(session, entry, office.act(entry))


def _in_order(entries: Iterable[Table], office: Office) -> list[Table]:
    return sorted(entries, key=lambda entry: office.act(entry).at)


def _complete(session: Session, entry: Table, content: Content, act: Act) -> None:
    service = _service_titled(session, entry.text("service"))
    listed = (each for each in content.of(entry.text("section")) if each.text("nom") == entry.text("service"))
    if service is not None:
        stops = (stop for each in listed for stop in each.tables("etapes"))
        complete_round(session, service=service, stops=stops, act=act)


def _answer(session: Session, entry: Table, act: Act) -> None:
    """Answer the question whether a service is there twice."""
    asked = (item for item in review_items(session) if item.kind is ReviewKind.DUPLICATE)
    for item in asked:
        if entry.text("service") in item.content["titles"]:
            answer = accept if entry.text("reponse") == "oui" else refuse
            answer(session, item=item, act=act)


def _unite_structures(session: Session, act: Act) -> None:
    """Answer yes wherever two structures look like one, the likeliest first."""
    asked = (item for item in review_items(session) if item.content.get("what") == STRUCTURE)
    for item in sorted(asked, key=lambda item: (-(item.score or 0), item.id)):
        accept(session, item=item, act=act)


def _close(session: Session, entry: Table, act: Act) -> None:
    service = _service_titled(session, entry.text("service"))
    if service is not None and service.status is not Status.CLOSED:
        heir = _service_titled(session, entry.text("successeur"))
        close_service(session, service=service, act=act, successor=heir)


def _correct(session: Session, entry: Table, act: Act) -> None:
    service = _service_titled(session, entry.text("service"))
    if service is None:
        return
    target = target_of(session, service=service, name=entry.text("champ"))
    value, _ = read_typed(target.part, target.field, entry.text("valeur"))
    try:
        record_correction(session, target=target, value=value, act=act)
    except NothingToCorrect:
        return


def _service_titled(session: Session, title: str) -> Service | None:
    session.flush()
    query = select(Service).where(Service.title == title).order_by(Service.id).limit(1)
    return session.scalars(query).first() if title else None
