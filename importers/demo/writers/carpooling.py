"""The national list of places to share a car (BNLC)."""

from collections.abc import Sequence

from importers.demo.placing import commune_of, point_of
from importers.demo.writers.delimited import Dialect, delimited
from importers.demo.writers.edition import Edition
from portal.core.text import fold
from portal.vocabulary.marks import Table

_HEADER = (
    "id_lieu", "id_local", "nom_lieu", "ad_lieu", "com_lieu", "insee", "type", "date_maj", "ouvert", "source", "Xlong",
    "Ylat", "nbre_pl", "nbre_pmr", "duree", "horaires", "proprio", "lumiere", "comm",
)  # fmt: skip
_AUBE = "221000052"
"""The number by which the département signs its rows."""


def write(entries: Sequence[Table], edition: Edition) -> bytes:
    """Write the list; places are numbered within their commune by their place in our content."""
    ranks: dict[str, int] = {}
    rows = []
    for entry in entries:
        code = entry.text("commune")
        ranks[code] = ranks.get(code, 0) + 1
        rows.append(_row(entry, edition, entry.text("numero") or f"C-{ranks[code]:03}"))
    return delimited(_HEADER, rows, Dialect())


def _row(entry: Table, edition: Edition, local: str) -> dict[str, str]:
    code, commune = entry.text("commune"), commune_of(entry.text("commune"))
    point = point_of(code, entry.text("adresse") or entry.text("nom"))
    lon, _, lat = entry.text("point").partition(" ")
    return {
        "id_lieu": f"{code}-{local}",
        "id_local": local,
        "nom_lieu": entry.text("nom"),
        "ad_lieu": entry.text("adresse"),
        "com_lieu": fold(commune.name).replace("-", " ").upper() if commune else "",
        "insee": code,
        "type": entry.text("type"),
        "date_maj": edition.registered(entry).isoformat(),
        "ouvert": entry.text("ouvert") or "true",
        "source": entry.text("source") or _AUBE,
        "Xlong": lon or (str(point.lon) if point else ""),
        "Ylat": lat or (str(point.lat) if point else ""),
        "nbre_pl": entry.text("places"),
        "nbre_pmr": entry.text("pmr"),
        "duree": entry.text("duree"),
        "horaires": entry.text("horaires"),
        "proprio": entry.text("proprio"),
        "lumiere": entry.text("lumiere"),
        "comm": entry.text("comm"),
    }
