"""The annuaire de l'administration: town halls and offices, in the shape of its API or of its bulk files."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from importers.demo.numbering import identifier_of, siret_of
from importers.demo.placing import commune_of, communes_named, point_of, postal_code_of
from importers.demo.writers.edition import Edition
from portal.geography.grammar import of_commune
from portal.hours.french import read_french
from portal.hours.slots import Slot, Weekday
from portal.vocabulary.marks import Table

_DAYS = ("Lundi", "Mardi", "Mercredi", "Jeudi", "Vendredi", "Samedi", "Dimanche")
_RANGE = re.compile(r"(?P<hours>[^()]*)(?:\((?P<remark>[^()]*)\))?\s*")
_FIRST_TIME = re.compile(r"\s+\d{1,2}\s?h")
_ACCESS = {"oui": "ACC", "non": "NAC"}
_TOWN_HALL = "mairie"
Record = dict[str, Any]


def write_bulk(entries: Sequence[Table], edition: Edition) -> bytes:
    """Write the file that holds every office."""
    return _text({"service": [_record(entry, edition) for entry in entries]})


def write_answer(entries: Sequence[Table], edition: Edition) -> bytes:
    """Write what the API answers, whose lists are texts once more."""
    records = [_as_texts(_record(entry, edition)) for entry in entries]
    return _text({"total_count": len(records), "results": records})


def _text(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _as_texts(record: Record) -> Record:
    lists = {name: json.dumps(value, ensure_ascii=False) for name, value in record.items() if isinstance(value, list)}
    return record | lists | {"adresse_courriel": ";".join(record["adresse_courriel"])}


def _record(entry: Table, edition: Edition) -> Record:
    kind, code = entry.text("type") or _TOWN_HALL, entry.text("commune")
    name = entry.text("nom") or f"Mairie de {_name_of(code)}"
    updated = edition.updated(entry)
    return {
        "id": identifier_of(f"dila {kind} {code} {name}"),
        "nom": name,
        "pivot": [{"type_service_local": kind, "code_insee_commune": _competence(entry)}],
        "code_insee_commune": code,
        "siret": entry.text("siret") or siret_of(f"{code} {name}"),
        "adresse": [_address(entry)],
        "telephone": _listed(entry, "telephone", "description"),
        "adresse_courriel": [leaf.text for leaf in entry.leaves("courriel")],
        "site_internet": _listed(entry, "site", "libelle"),
        "formulaire_contact": [leaf.text for leaf in entry.leaves("formulaire")],
        "plage_ouverture": list(_ranges(entry.text("horaires"))),
        "commentaire_plage_ouverture": entry.text("commentaire"),
        "mission": entry.text("mission") or entry.text("description") or _usual_mission(entry),
        "date_modification": f"{updated:%d/%m/%Y} 09:15:00" if updated else "",
        "version_type": "Publiable",
        "statut_de_diffusion": "false" if entry.text("diffuse") == "non" else "true",
        "categorie": "SL",
    }


def _usual_mission(entry: Table) -> str:
    if entry.text("type"):
        return ""
    whose = of_commune(_name_of(entry.text("commune")))
    return f"État civil, élections, école, urbanisme\u00a0: la mairie des habitants {whose}."


def _name_of(code: str) -> str:
    commune = commune_of(code)
    return commune.name if commune else ""


def _competence(entry: Table) -> list[str]:
    """Say whom an office answers for; a town hall for its own commune."""
    if not entry.text("type"):
        return [entry.text("commune")]
    areas = [leaf.text for leaf in entry.leaves("communes")]
    areas += [f"epci:{leaf.text}" for leaf in entry.leaves("epci")]
    return list(communes_named([*areas, *(["territoire"] if entry.text("tout") else [])]))


def _listed(entry: Table, word: str, beside: str) -> list[dict[str, str]]:
    return [{"valeur": leaf.text, beside: ""} for leaf in entry.leaves(word)]


def _address(entry: Table) -> dict[str, str]:
    code = entry.text("commune")
    point = point_of(code, entry.text("adresse"))
    return {
        "type_adresse": "Adresse",
        "complement1": entry.text("complement") or entry.text("lieu"),
        "complement2": "",
        "numero_voie": entry.text("adresse"),
        "service_distribution": "",
        "code_postal": postal_code_of(code),
        "nom_commune": _name_of(code),
        "pays": "France",
        "continent": "Europe",
        "longitude": str(point.lon) if point else "",
        "latitude": str(point.lat) if point else "",
        "accessibilite": _ACCESS.get(entry.text("fauteuil"), ""),
        "note_accessibilite": entry.text("note_acces"),
    }


def _ranges(hours: str) -> Iterator[dict[str, str]]:
    """Write each part of the hours, "samedi 9h-12h (semaines paires)", as ranges of days with their remark."""
    for part in hours.split(" ; "):
        found = _RANGE.match(part)
        if found is None or not part.strip():
            continue
        opening, _ = read_french(found["hours"])
        for slot in opening.slots:
            remark = found["remark"] or _rule_said(found["hours"], slot)
            yield from _days_of(slot, remark)


def _rule_said(hours: str, slot: Slot) -> str:
    """Say beside a range what its days alone cannot: "1er et 3e jeudi du mois"."""
    return _FIRST_TIME.split(hours)[0].strip() if slot.rule.nth else ""


def _days_of(slot: Slot, remark: str) -> Iterator[dict[str, str]]:
    for first, last in _stretches(sorted(slot.rule.days)):
        (one, *others) = slot.times
        second = others[0] if others else None
        yield {
            "nom_jour_debut": _DAYS[first],
            "nom_jour_fin": _DAYS[last],
            "valeur_heure_debut_1": _time(one.start),
            "valeur_heure_fin_1": _time(one.end),
            "valeur_heure_debut_2": _time(second.start) if second else "",
            "valeur_heure_fin_2": _time(second.end) if second else "",
            "commentaire": remark,
        }


def _stretches(days: Sequence[Weekday]) -> Iterator[tuple[Weekday, Weekday]]:
    """Join days that follow one another."""
    first = last = days[0]
    for day in days[1:]:
        if day != last + 1:
            yield first, last
            first = day
        last = day
    yield first, last


def _time(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}:00"
