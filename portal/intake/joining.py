"""A record that certainly describes a service another source brought: which of its rows it stands for."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.text import fold
from portal.directory.models.access_points import AccessPoint
from portal.directory.models.services import Service
from portal.geography.points import Point
from portal.intake.queries.candidates import portraits_of
from portal.intake.queries.standing import standing
from portal.intake.queries.traces import Claims, Words, claims_on, known_of, standing_words
from portal.intake.record import AccessRecord, ServiceRecord
from portal.intake.rules.addresses import Spot, is_same_place, metres_between
from portal.intake.rules.matching import Portrait
from portal.intake.rules.statements import KIND, TOUR
from portal.intake.rules.steps import Known, KnownRow
from portal.intake.rules.values import Json, read

_NEAR = 150


@dataclass(frozen=True, kw_only=True)
class Door:
    """A way of access that is there: its kind, its row and that of its place."""

    kind: str
    row: KnownRow
    place: KnownRow | None


@dataclass(frozen=True, kw_only=True)
class Joinable:
    """A service that is there, with all a second source may speak of."""

    service: KnownRow
    structure: KnownRow
    doors: tuple[Door, ...]
    portrait: Portrait
    words: Words
    claims: Claims

    def known_for(self, record: ServiceRecord) -> Known:
        """Tell what is known of a record once it stands for this service."""
        rows: dict[str, KnownRow] = {"service": self.service}
        if fold(record.structure.name) == fold(str(self.structure.values["name"])):
            rows["structure"] = self.structure
        statement: dict[str, Json] = {}
        left = list(self.doors)
        for access in record.access:
            door = next((each for each in left if _leads_there(each, access, record, self.doors)), None)
            if door is None:
                continue
            left.remove(door)
            rows[f"access.{access.key}"] = door.row
            if door.place is not None:
                rows[f"access.{access.key}.place"] = door.place
            statement[f"access.{access.key}.{KIND}"] = access.kind.value
            if access.tour is not None:
                statement[f"access.{access.key}.{TOUR}"] = access.tour
        return known_of(0, said=statement, rows=rows, words=self.words, claims=self.claims)


def joinable_services(session: Session, numbers: Collection[int], *, feed: int | None) -> dict[int, Joinable]:
    """Load services that records of a feed are to join; a merged one stands for the one that absorbed it."""
    if not numbers:
        return {}
    services = {each.id: each for each in session.scalars(select(Service).where(Service.id.in_(numbers)))}
    living = {number: _living(session, service) for number, service in services.items()}
    kept = {each.id for each in living.values()}
    doors = session.execute(
        select(AccessPoint.service_id, AccessPoint.id, AccessPoint.place_id, AccessPoint.kind)
        .where(AccessPoint.service_id.in_(kept))
        .order_by(AccessPoint.id)
    ).all()
    needed = kept | {each.structure_id for each in living.values()}
    rows = standing(session, needed | {door.id for door in doors} | {door.place_id for door in doors if door.place_id})
    words, claims = standing_words(session, rows.keys()), claims_on(session, rows.keys(), but=feed)
    portraits = portraits_of(session, kept)
    return {
        number: Joinable(
            service=rows[service.id],
            structure=rows[service.structure_id],
            doors=tuple(
                Door(kind=door.kind.value, row=rows[door.id], place=rows.get(door.place_id or 0))
                for door in doors
                if door.service_id == service.id
            ),
            portrait=portraits[service.id],
            words=words,
            claims=claims,
        )
        for number, service in living.items()
    }


def _living(session: Session, service: Service) -> Service:
    while service.merged_into_id is not None:
        service = session.get_one(Service, service.merged_into_id)
    return service


def _leads_there(door: Door, access: AccessRecord, record: ServiceRecord, doors: Collection[Door]) -> bool:
    """Tell whether a way of access is the one a record speaks of: same kind, and the same place or the only one."""
    if door.kind != access.kind.value:
        return False
    if door.place is None or access.place is None:
        return door.place is None and access.place is None
    here = Spot(commune_code=access.place.commune_code, address=access.place.address or "", point=access.place.point)
    there = _spot(door.place.values)
    if here.commune_code != there.commune_code:
        return False
    away = metres_between(here.point, there.point)
    return is_same_place(here, there) or (away is not None and away <= _NEAR) or len(doors) == len(record.access) == 1


def _spot(values: Mapping[str, Json]) -> Spot:
    point = read(Point | None, values["point"])
    return Spot(commune_code=values["commune_code"], address=values["address"], point=point)
