"""Services and structures of our own, written as data·inclusion v1 writes them."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from importers.pipeline.declaration import OpenedList
from importers.pipeline.lists import open_lists, passages
from importers.pipeline.passages import Passage
from importers.reading import Piece, Unreadable, piece_of_bytes
from importers.sources import SOURCES
from tests.importers.sources.builders import reference

Row = dict[str, Any]
STRUCTURE: Row = {
    "source": "essai",
    "id": "essai--s1",
    "nom": "Association du Lavoir",
    "date_maj": "2026-10-01",
    "siret": None,
    "description": "Une association d’essai.",
    "telephone": "+33353010001",
    "courriel": "accueil@lavoir.example",
    "site_web": "https://lavoir.example/",
    "adresse": "1 rue du Lavoir",
    "complement_adresse": None,
    "code_postal": "10100",
    "commune": "Romilly-sur-Seine",
    "code_insee": "10323",
    "latitude": 48.516,
    "longitude": 3.727,
    "horaires_accueil": "Mo-Fr 09:00-12:00",
    "accessibilite_lieu": None,
    "lien_source": None,
    "reseaux_porteurs": None,
}
SERVICE: Row = {
    "source": "essai",
    "structure_id": "essai--s1",
    "id": "essai--1",
    "nom": "Atelier de conversation",
    "description": "Parler français une fois par semaine.",
    "date_maj": "2026-10-02",
    "type": "atelier",
    "thematiques": ["lecture-ecriture-calcul--maitriser-le-francais"],
    "publics": ["personnes-exilees", "femmes"],
    "publics_precisions": None,
    "conditions_acces": None,
    "frais": "gratuit",
    "frais_precisions": None,
    "adresse": "2 rue du Pont",
    "complement_adresse": None,
    "code_postal": "10100",
    "commune": "Romilly-sur-Seine",
    "code_insee": "10323",
    "latitude": 48.516,
    "longitude": 3.727,
    "telephone": "+33353010002",
    "courriel": "atelier@lavoir.example",
    "contact_nom_prenom": "Personne d’Essai",
    "modes_accueil": ["en-presentiel"],
    "modes_mobilisation": ["telephoner"],
    "mobilisable_par": ["usagers", "professionnels"],
    "mobilisation_precisions": None,
    "lien_mobilisation": None,
    "lien_source": None,
    "zone_eligibilite": ["10323"],
    "horaires_accueil": "Tu 14:00-16:00",
    "nombre_semaines": None,
    "volume_horaire_hebdomadaire": None,
}


def a_structure(**members: object) -> Row:
    """Write a structure that differs from an ordinary one only in what is given."""
    return STRUCTURE | members


def a_service(**members: object) -> Row:
    """Write a service that differs from an ordinary one only in what is given."""
    return SERVICE | members


def as_json(rows: Sequence[Row]) -> bytes:
    """Write a list as JSON."""
    return json.dumps(list(rows), ensure_ascii=False).encode()


def as_page(rows: Sequence[Row]) -> bytes:
    """Write a list as a page of the API."""
    page = {"items": list(rows), "total": len(rows), "page": 1, "size": 50, "pages": 1}
    return json.dumps(page, ensure_ascii=False).encode()


def as_lines(rows: Sequence[Row]) -> bytes:
    """Write a list as one object a line."""
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()


def as_csv(rows: Sequence[Row]) -> bytes:
    """Write a list as a table: lists inside cells as JSON."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(rows[0])
    writer.writerows([_cell(member) for member in row.values()] for row in rows)
    return text.getvalue().encode()


def _cell(member: object) -> object:
    return json.dumps(member, ensure_ascii=False) if isinstance(member, list) else member


def pieces_named(files: Mapping[str, bytes]) -> tuple[Piece, ...]:
    """Lay files side by side, as in a folder."""
    return tuple(piece_of_bytes(content, name) for name, content in files.items())


def opened_beside(files: Mapping[str, bytes]) -> tuple[OpenedList, ...]:
    """Open the lists among some files."""
    found = open_lists(SOURCES["inclusion"], pieces_named(files))
    assert not isinstance(found, Unreadable), found.problem
    return found


def read_beside(files: Mapping[str, bytes], scope: frozenset[str] | None = None) -> dict[str, list[Passage]]:
    """Take every line of the lists among some files through the stages, by feed."""
    known = replace(reference(), scope=scope)
    return {
        opened.source.feed: [each for each in passages(opened, known) if isinstance(each, Passage)]
        for opened in opened_beside(files)
    }


def read_service(service: Row, structure: Row = STRUCTURE, *, scope: frozenset[str] | None = None) -> Passage:
    """Read one service beside its structure."""
    files = {"services.json": as_json([service]), "structures.json": as_json([structure])}
    (passage,) = read_beside(files, scope)["services"]
    return passage


def read_structure(structure: Row) -> Passage:
    """Read one structure that has no service."""
    (passage,) = read_beside({"structures.json": as_json([structure])})["structures"]
    return passage
