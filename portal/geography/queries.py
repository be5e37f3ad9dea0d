"""Questions to the tables of geography; each says what it returns and loads all of it."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.core.errors import NotFound
from portal.core.languages import Label
from portal.geography.models import Commune, ReferenceEdition, TerritoryCommune


def commune_by_code(session: Session, code: str) -> Commune:
    """Give a commune by its INSEE code; one that is gone comes with its successor's code."""
    commune = session.get(Commune, code)
    if commune is None:
        raise NotFound(
            Label(
                "Nous n’avons pas trouvé cette commune. Essayez avec son nom ou son code postal.",
                "We could not find this town or village. Try its name or its postcode.",
            )
        )
    return commune


def communes_of_territory(session: Session, slug: str) -> list[Commune]:
    """List the communes of a territory, by name."""
    chosen = (
        select(Commune)
        .join(TerritoryCommune, TerritoryCommune.commune_code == Commune.code)
        .where(TerritoryCommune.territory_slug == slug)
        .order_by(Commune.name, Commune.code)
    )
    return list(session.scalars(chosen))


def count_communes(session: Session) -> int:
    """Count the communes of today."""
    counted = session.scalar(select(func.count()).select_from(Commune).where(Commune.successor_code.is_(None)))
    return counted or 0


COMMUNES = "communes"
"""Name of the edition that the tables of communes hold."""


def edition_of_communes(session: Session) -> str:
    """Tell which edition of the communes the tables hold; empty before there is one."""
    return session.scalar(select(ReferenceEdition.digest).where(ReferenceEdition.name == COMMUNES)) or ""
