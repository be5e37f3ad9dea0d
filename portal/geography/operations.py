"""Bring the reference data and the territory into the database; a second time changes nothing."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from portal.geography.communes import Communes, edition
from portal.geography.lookup import communes as all_communes
from portal.geography.models import (
    Commune,
    CommuneAlias,
    Epci,
    Pole,
    ReferenceEdition,
    Territory,
    TerritoryCommune,
    Zone,
    ZoneCommune,
    Zoning,
)
from portal.geography.queries import COMMUNES
from portal.geography.territory import Territory as TerritoryPlan

_COMMUNES = Commune.__table__
Row = dict[str, Any]


def load_reference(session: Session) -> bool:
    """Bring communes, aliases and EPCI to the edition of this package; tell whether anything changed.

    A commune that is gone keeps its row and names its successor: places and old pages still point to it.
    """
    digest = _digest()
    stored = session.get(ReferenceEdition, COMMUNES)
    if stored is not None and stored.digest == digest:
        return False
    communes = all_communes().communes
    _load_epcis(session, communes)
    _load_communes(session, communes)
    session.execute(delete(CommuneAlias))
    session.execute(insert(CommuneAlias), list(_alias_rows(communes)))
    session.merge(ReferenceEdition(name=COMMUNES, digest=digest))
    session.flush()
    return True


def install_territory(session: Session, territory: TerritoryPlan) -> bool:
    """Store a territory with its zonings and poles; tell whether anything changed."""
    stored = session.get(Territory, territory.slug)
    if stored is not None and stored.digest == territory.digest:
        return False
    for table in (Pole, ZoneCommune, Zone, Zoning, TerritoryCommune):
        session.execute(delete(table).where(table.territory_slug == territory.slug))
    session.merge(Territory(slug=territory.slug, name=territory.name, digest=territory.digest))
    session.flush()
    for model, rows in _territory_rows(territory):
        if rows:
            session.execute(insert(model), rows)
    return True


def _digest() -> str:
    return hashlib.sha256(json.dumps(edition(), sort_keys=True).encode()).hexdigest()


def _load_epcis(session: Session, communes: Communes) -> None:
    wanted: list[Row] = [{"code": code, "name": name} for code, name in communes.epcis.items()]
    stored = {epci.code: {"code": epci.code, "name": epci.name} for epci in session.scalars(select(Epci))}
    _upsert(session, Epci, wanted=wanted, stored=stored)


def _load_communes(session: Session, communes: Communes) -> None:
    wanted = list(_commune_rows(communes))
    stored: dict[str, Row] = {row["code"]: dict(row) for row in session.execute(select(_COMMUNES)).mappings()}
    _upsert(session, Commune, wanted=wanted, stored=stored)
    gone = [
        {"code": code, "successor_code": communes.todays_code(code)}
        for code in sorted(stored.keys() - set(communes.codes))
    ]
    if gone:
        session.execute(update(Commune), gone)


def _upsert(session: Session, table: type[Commune | Epci], *, wanted: list[Row], stored: dict[str, Row]) -> None:
    """Insert what is new and update what differs; whole rows at a time."""
    new = [row for row in wanted if row["code"] not in stored]
    changed = [row for row in wanted if row["code"] in stored and stored[row["code"]] != row]
    if new:
        session.execute(insert(table), new)
    if changed:
        session.execute(update(table), changed)


def _commune_rows(communes: Communes) -> Iterator[Row]:
    for commune in communes:
        yield {
            "code": commune.code,
            "name": commune.name,
            "slug": commune.slug,
            "department": commune.department,
            "department_name": commune.department_name,
            "epci_code": commune.epci or None,
            "population": commune.population,
            "postal_codes": " ".join(commune.postal_codes),
            "lat": commune.point.lat,
            "lon": commune.point.lon,
            "radius": commune.radius,
            "successor_code": None,
        }


def _alias_rows(communes: Communes) -> Iterator[Row]:
    for number, alias in enumerate(communes.aliases(), start=1):
        yield {
            "id": number,
            "commune_code": alias.commune,
            "kind": alias.kind,
            "name": alias.name,
            "code": alias.code,
            "lat": alias.point.lat if alias.point else None,
            "lon": alias.point.lon if alias.point else None,
        }


def _territory_rows(territory: TerritoryPlan) -> list[tuple[type, list[Row]]]:
    """Give the rows of each table, in the order their keys need."""
    slug = territory.slug
    zones = [(zoning, zone) for zoning in territory.zonings for zone in zoning.zones]
    return [
        (TerritoryCommune, [{"territory_slug": slug, "commune_code": code} for code in sorted(territory.communes)]),
        (Zoning, [{"territory_slug": slug, "slug": each.slug, "name": each.name} for each in territory.zonings]),
        (
            Zone,
            [
                {"territory_slug": slug, "zoning_slug": zoning.slug, "slug": zone.slug, "name": zone.name}
                for zoning, zone in zones
            ],
        ),
        (
            ZoneCommune,
            [
                {"territory_slug": slug, "zoning_slug": zoning.slug, "zone_slug": zone.slug, "commune_code": code}
                for zoning, zone in zones
                for code in sorted(zone.communes)
            ],
        ),
        (
            Pole,
            [{"territory_slug": slug, "commune_code": each.commune, "level": each.level} for each in territory.poles],
        ),
    ]
