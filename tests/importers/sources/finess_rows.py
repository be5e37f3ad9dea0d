"""Rows of a small FINESS of our own, written as the national flow writes them."""

from dataclasses import asdict

from sqlalchemy import insert

from portal.core.database import Database
from portal.geography.models import Commune
from tests.importers.sources.builders import commune_rows, reference

FIRST_LINE = "finess;etalab;111;2026-05-12"
NAMES = (
    "nofinesset", "nofinessej", "rs", "rslongue", "complrs", "compldistrib", "numvoie", "typvoie", "voie",
    "compvoie", "lieuditbp", "commune", "departement", "libdepartement", "ligneacheminement", "telephone",
    "telecopie", "categetab", "libcategetab", "categagretab", "libcategagretab", "siret", "codeape", "codemft",
    "libmft", "codesph", "libsph", "dateouv", "dateautor", "datemaj", "numuai",
)  # fmt: skip
TITLE = ";".join(["finess", *NAMES[:-1], ""])
ORDINARY = {
    "nofinesset": "100000017",
    "rs": "PHARMACIE DU LAVOIR",
    "numvoie": "4",
    "typvoie": "R",
    "voie": "DU LAVOIR",
    "compvoie": "B",
    "commune": "323",
    "departement": "10",
    "libdepartement": "AUBE",
    "ligneacheminement": "10100 ROMILLY SUR SEINE",
    "telephone": "0353010001",
    "categetab": "620",
    "libcategetab": "Pharmacie d’essai",
    "datemaj": "2025-03-01",
}
LAMBERT_93 = "1,ATLASANTE,96,BAN,EPSG:2154 RGF93 / Lambert-93 (Métropole)"


def an_establishment(**cells: str) -> str:
    """Write an establishment that differs from an ordinary one only in what is given."""
    return ";".join(["structureet", *((ORDINARY | cells).get(name, "") for name in NAMES)])


def a_point(number: str, x: str, y: str, *, system: str = LAMBERT_93, day: str = "2026-05-04") -> str:
    """Write the point of an establishment."""
    return f"geolocalisation;{number};{x};{y};{system};{day}"


def a_flow(*rows: str) -> bytes:
    """Write a flow with its first line."""
    return "\n".join([FIRST_LINE, *rows, ""]).encode()


def know_communes(database: Database, *departments: str) -> None:
    """Teach a directory the communes of more départements."""
    columns = commune_rows()[0].keys()
    rows = []
    for each in reference().lookup.communes:
        if each.department in departments:
            row = asdict(each) | {"lat": each.point.lat, "lon": each.point.lon, "slug": f"{each.code}-{each.slug}"}
            row["postal_codes"] = " ".join(each.postal_codes)
            rows.append({name: row[name] for name in columns})
    with database.writing() as session:
        session.execute(insert(Commune), rows)
