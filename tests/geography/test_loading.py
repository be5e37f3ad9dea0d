"""The reference data and the territory come into the database once, and a new edition loses nothing."""

import dataclasses

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from portal.core.database import Base
from portal.core.errors import NotFound
from portal.geography.communes import Communes
from portal.geography.models import (
    Commune,
    CommuneAlias,
    Epci,
    Pole,
    ReferenceEdition,
    TerritoryCommune,
    ZoneCommune,
)
from portal.geography.operations import install_territory, load_reference
from portal.geography.queries import commune_by_code, communes_of_territory, count_communes
from portal.geography.territory import Territory


def _count(session: Session, table: type[Base]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.fixture
def at_home(session: Session, territory: Territory, france: Communes) -> Session:
    """Give a database that holds the communes of the territory alone; loading all of France takes a second."""
    for code in territory.communes:
        commune = france.get(code)
        assert commune is not None
        fields = {"name": commune.name, "slug": commune.slug, "population": commune.population, "postal_codes": ""}
        where = {"department": "10", "department_name": "Aube", "lat": 48.5, "lon": 3.7, "radius": 5000}
        session.add(Commune(code=code, **fields, **where))
    session.flush()
    return session


def test_loading_twice_changes_nothing(session: Session) -> None:
    assert load_reference(session)
    assert not load_reference(session)
    assert (count_communes(session), _count(session, Epci)) == (34_969, 1255)
    assert _count(session, CommuneAlias) > 7000


def test_new_edition_updates_and_names_the_successor(session: Session) -> None:
    load_reference(session)
    session.execute(delete(ReferenceEdition))
    session.execute(update(Commune).where(Commune.code == "10323").values(name="Ancien nom"))
    romilly = commune_by_code(session, "10323")
    gone = {"code": "10322", "name": "Romaines", "slug": "10322-romaines", "successor_code": None}
    columns = {c.name: getattr(romilly, c.name) for c in Commune.__table__.columns}
    session.add(Commune(**{**columns, **gone}))
    session.flush()
    session.expunge_all()
    assert load_reference(session)
    assert commune_by_code(session, "10323").name == "Romilly-sur-Seine"
    assert commune_by_code(session, "10322").successor_code == "10314"
    assert count_communes(session) == 34_969


def test_territory_is_stored_with_zones_and_poles(at_home: Session, territory: Territory) -> None:
    session = at_home
    assert install_territory(session, territory)
    assert not install_territory(session, territory)
    counts = [_count(session, table) for table in (TerritoryCommune, ZoneCommune, Pole)]
    assert counts == [79, 79, len(territory.poles)]
    assert communes_of_territory(session, territory.slug)[0].name == "Avant-lès-Marcilly"


def test_changed_territory_replaces_the_stored_one(at_home: Session, territory: Territory) -> None:
    session = at_home
    install_territory(session, territory)
    smaller = dataclasses.replace(territory, communes=frozenset({"10323"}), zonings=(), poles=(), digest="new")
    assert install_territory(session, smaller)
    assert [_count(session, table) for table in (TerritoryCommune, ZoneCommune, Pole)] == [1, 0, 0]


def test_unknown_commune_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound, match="Essayez avec son nom"):
        commune_by_code(session, "00000")
