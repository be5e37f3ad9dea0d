"""Tours and their stops: created, changed, moved to another place, deleted from the leaves."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TypedDict, Unpack

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.core.changes import Act
from portal.directory.models.access_points import Stop, Tour
from portal.directory.models.places import Place
from portal.directory.models.structures import Structure
from portal.directory.operations.deleting import delete_row
from portal.directory.operations.named import add_named, delete_named, set_named
from portal.directory.operations.occurrences import refresh_stop
from portal.directory.operations.openings import add_opening
from portal.directory.operations.outlines import outline_named
from portal.directory.operations.recording import (
    expect_version,
    identify,
    record_alteration,
    record_creation,
    set_fields,
    tell,
)
from portal.directory.operations.texts import cleaned, name_of, paragraphs
from portal.directory.queries.leaves import access_points_of_stop
from portal.directory.rules.contact_lines import ContactLine
from portal.directory.rules.refusals import NameMissing, StillInUse
from portal.hours.slots import Opening


class TourValues(TypedDict, total=False):
    """What may be said of a tour; only what is given is changed."""

    name: str
    description: str
    contacts: Iterable[ContactLine]


class StopValues(TypedDict, total=False):
    """What may be said of a new stop; `change_stop` and `set_opening` change it later."""

    note: str
    opening: Opening
    opening_words: str


def create_tour(session: Session, *, structure: Structure, act: Act, **values: Unpack[TourValues]) -> Tour:
    """Make a tour without stops."""
    if "name" not in values:
        raise NameMissing
    outline = outline_named(_columns(values), values.get("contacts", ()))
    tour = Tour(**outline.columns, structure=structure, structure_id=structure.id)
    return add_named(session, tour, replace(outline, said={**outline.said, "structure": structure}), act)


def change_tour(
    session: Session, *, tour: Tour, act: Act, expected_version: int | None = None, **values: Unpack[TourValues]
) -> bool:
    """Change what is given of a tour; give whether anything differed."""
    expect_version(tour, expected_version)
    fields = set_named(session, tour, _columns(values), values.get("contacts"), act)
    return record_alteration(session, tour, fields, act)


def add_stop(session: Session, *, tour: Tour, place: Place, act: Act, **values: Unpack[StopValues]) -> Stop:
    """Add a stop at the end of a tour; its opening holds for every service the tour brings there."""
    opening, words = values.get("opening", Opening()), values.get("opening_words", "")
    session.flush()
    last = session.scalar(select(func.max(Stop.position)).where(Stop.tour_id == tour.id))
    stop = Stop(
        tour=tour,
        tour_id=tour.id,
        place=place,
        place_id=place.id,
        position=0 if last is None else last + 1,
        note=paragraphs(values.get("note", "")),
        opening_words=words,
    )
    identify(session, stop, act)
    add_opening(session, stop, opening)
    said: dict[str, Any] = {"tour": tour, "place": place, "note": stop.note}
    record_creation(session, stop, {**said, "opening": opening, "opening_words": words}, act)
    return stop


def change_stop(session: Session, *, stop: Stop, act: Act, note: str, expected_version: int | None = None) -> bool:
    """Change the note of a stop; give whether it differed. Moves and openings have verbs of their own."""
    expect_version(stop, expected_version)
    return record_alteration(session, stop, set_fields(stop, {"note": paragraphs(note)}), act)


def move_stop(session: Session, *, stop: Stop, to: Place, act: Act) -> bool:
    """Stop at another place; the access points of the stop go with it."""
    session.flush()
    before = session.get(Place, stop.place_id)
    if before is to:
        return False
    stop.place, stop.place_id = to, to.id
    for access_point in access_points_of_stop(session, stop):
        access_point.place, access_point.place_id = to, to.id
        tell(session, access_point)
    record_alteration(session, stop, {"place": (before, to)}, act, verb="move")
    refresh_stop(session, stop=stop, now=act.at)
    return True


def delete_stop(session: Session, *, stop: Stop, act: Act) -> None:
    """Take a stop off its tour, once no access point is left there."""
    session.flush()
    if access_points_of_stop(session, stop):
        raise StillInUse
    delete_row(session, stop, act)


def delete_tour(session: Session, *, tour: Tour, act: Act) -> None:
    """Delete a tour that stops nowhere any more; its public id is never given again."""
    delete_named(session, tour, (select(Stop.id).where(Stop.tour_id == tour.id),), act)


def _columns(values: TourValues) -> dict[str, Any]:
    columns: dict[str, Any] = {name: value for name, value in values.items() if name != "contacts"}
    return cleaned(columns, {"name": name_of, "description": paragraphs})
