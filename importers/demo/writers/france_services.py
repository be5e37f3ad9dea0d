"""The list of France services, in two of the headers it has had."""

import hashlib
import re
from collections.abc import Sequence
from datetime import date

from importers.demo.placing import commune_of, point_of, postal_code_of
from importers.demo.writers.delimited import Dialect, delimited
from importers.demo.writers.edition import Edition
from portal.core.text import fold
from portal.hours.france_services import DAY_NAMES
from portal.vocabulary.marks import Table

_DAYS = DAY_NAMES[:6]
_HEADER_2024 = (
    "id_fs", "insee_dep", "lib_fs", "adresse", "complement_adresse", "insee_com", "code_postal", "lib_com", "latitude",
    "longitude", "mail", "telephone", *(f"h_{day}" for day in _DAYS), "prise_rdv", "commentaire", "type_fs",
    "format_fs", "groupe_fs", "labellisation_fs", "operateurs",
)  # fmt: skip
_HEADER_2020 = (
    "", "MATRICULE", "DEPARTEMENT", "lib_france_services", "ADRESSE", "COMPLEMENT.D.ADRESSE", "CODE_POSTAL", "lib_com",
    "CONTACT.MAIL", "TELEPHONE", "TYPE.STRUCTURE.PORTEUSE", "STRUCTURE.PORTEUSE", *(f"h_{day}" for day in _DAYS),
    "ITINERANCE", "LABELISATION", "REMARQUES.CDC", "CORRECTION", "ADRESSE0", "insee_com", "latitude", "longitude",
    "result_label", "result_score", "result_type",
)  # fmt: skip
_TIME = re.compile(r"0?(\d{1,2}):(\d{2})")
_CLOSED_HALF = "00:00 - 00:00"
_FIRST_LABELS = "2020-01-01"
_FIRST_NUMBER, _N_NUMBERS = 90_000, 10_000


def write_2024(entries: Sequence[Table], _: Edition) -> bytes:
    """Write the list as it is today: strict hours, everything quoted."""
    return delimited(_HEADER_2024, [_row_2024(entry) for entry in entries], Dialect(is_quoted=True))


def write_2020(entries: Sequence[Table], _: Edition) -> bytes:
    """Write the list as it was: row numbers of a statistics program, hours as people write them, shouted towns."""
    rows = [{**_row_2020(entry), "": str(rank)} for rank, entry in enumerate(entries, start=37)]
    return delimited(_HEADER_2020, rows, Dialect(is_quoted=True))


def _row_2024(entry: Table) -> dict[str, str]:
    return _place(entry) | {
        "id_fs": _number(entry),
        "insee_dep": entry.text("commune")[:2],
        "lib_fs": entry.text("nom"),
        "adresse": entry.text("adresse"),
        "complement_adresse": entry.text("complement"),
        "lib_com": _town(entry),
        "code_postal": postal_code_of(entry.text("commune")),
        "mail": entry.text("courriel"),
        "telephone": " ".join(leaf.text for leaf in entry.leaves("telephone")),
        **{f"h_{day}": entry.text(day) for day in _DAYS},
        "prise_rdv": entry.text("rdv"),
        "commentaire": entry.text("commentaire"),
        "type_fs": entry.text("type"),
        "format_fs": entry.text("format"),
        "labellisation_fs": f"Espace labellisé {_label_day(entry):%d/%m/%Y}",
        "operateurs": ", ".join(leaf.text for leaf in entry.leaves("operateurs")),
    }


def _row_2020(entry: Table) -> dict[str, str]:
    town = fold(_town(entry)).replace("saint", "st").replace("-", " ").upper()
    return _place(entry) | {
        "MATRICULE": _number(entry),
        "DEPARTEMENT": entry.text("commune")[:2],
        "lib_france_services": entry.text("nom").removeprefix("France services ").removeprefix("de "),
        "ADRESSE": entry.text("adresse"),
        "CODE_POSTAL": postal_code_of(entry.text("commune")),
        "lib_com": town,
        "CONTACT.MAIL": entry.text("courriel"),
        "TELEPHONE": next((leaf.text for leaf in entry.leaves("telephone")), ""),
        "TYPE.STRUCTURE.PORTEUSE": entry.text("type_porteur"),
        "STRUCTURE.PORTEUSE": entry.text("porteur"),
        **{f"h_{day}": _as_people_write(entry.text(day)) or "-" for day in _DAYS},
        "ITINERANCE": "Oui" if fold(entry.text("format")) == "itinerant" else "",
        "LABELISATION": f"Espace labélisé {_label_day(entry):%m/%Y}",
        "REMARQUES.CDC": "",
        "CORRECTION": "NA",
        "ADRESSE0": f"{entry.text('adresse')} {town}",
        "result_label": f"{entry.text('adresse')} {postal_code_of(entry.text('commune'))} {_town(entry)}",
        "result_score": "0.87",
        "result_type": "housenumber" if entry.text("adresse")[:1].isdigit() else "street",
    }


def _place(entry: Table) -> dict[str, str]:
    code = entry.text("commune")
    point = point_of(code, entry.text("adresse"))
    return {
        "insee_com": code,
        "latitude": str(point.lat) if point else "",
        "longitude": str(point.lon) if point else "",
    }


def _town(entry: Table) -> str:
    commune = commune_of(entry.text("commune"))
    return commune.name if commune else ""


def _number(entry: Table) -> str:
    """Make the number of a place: of five figures, where real ones have four."""
    digest = hashlib.sha256(f"{entry.text('commune')} {entry.text('nom')}".encode()).digest()
    return str(_FIRST_NUMBER + int.from_bytes(digest[:4], "big") % _N_NUMBERS)


def _label_day(entry: Table) -> date:
    return date.fromisoformat(entry.text("labellisation") or _FIRST_LABELS)


def _as_people_write(cell: str) -> str:
    """Write "08:30 - 12:00 / 00:00 - 00:00" as it was then: a closed half-day was left out."""
    halves = [half for half in cell.split(" / ") if half and half != _CLOSED_HALF]
    return _TIME.sub(lambda time: f"{time[1]}h{time[2] if time[2] != '00' else ''}", " / ".join(halves))
