"""Places to share a car: the national list (BNLC) and the files that communities make by the same schema.

A place that its list calls closed is passed over without its key: once it was listed, it goes like one that left the
list. Adapted parking spaces are told as such, and say nothing of the way to them.
"""

import re
from dataclasses import replace

from importers.fields.cells import cleaned, fault, said
from importers.fields.dates import read_date
from importers.fields.identifiers import read_commune_code, read_siren
from importers.fields.names import read_name
from importers.fields.texts import read_text
from importers.fields.yes_no import read_answer
from importers.pipeline.declaration import OpenedList, Reference, Source
from importers.pipeline.lines import Line, Problems
from importers.pipeline.lists import open_tables
from importers.reading import Piece, Unreadable, headed_by
from importers.sources.gtfs.tables import beside_feeds
from importers.sources.mobility import MOBILITY
from importers.sources.needs import OF_A_LIST_OF_PLACES
from importers.sources.parts import PlaceSaid, always, cell, place
from portal.core.problems import Problem
from portal.core.text import fold, slug
from portal.directory.rules.choices import AccessFeature, Answer
from portal.geography.communes import Commune
from portal.hours.osm import read_osm
from portal.hours.slots import Opening
from portal.intake.record import AccessRecord, StructureRecord

_CAR_SHARING = "MO04"
_HITCHHIKING = "auto-stop"
_KINDS = {
    "aire-de-covoiturage": "Aire de covoiturage.",
    "parking": "Parking où se retrouver pour covoiturer.",
    "parking-relais": "Parking relais où se retrouver pour covoiturer.",
    "supermarche": "Parking de supermarché où se retrouver pour covoiturer.",
    "sortie-d-autoroute": "Point de rencontre pour covoiturer, à une sortie d’autoroute.",
    "delaisse-routier": "Bord de route aménagé où se retrouver pour covoiturer.",
    _HITCHHIKING: "Arrêt d’autostop organisé.",
}
_SHORT = 130
_NOBODY = "Aménageur non précisé"
_COUNT = re.compile(r"(\d{1,5})(?:[.,]0+)?", re.ASCII)
_COLUMNS = {
    "key": ("id_lieu",),
    "local_key": ("id_local",),
    "title": ("nom_lieu",),
    "address": ("ad_lieu",),
    "commune": ("com_lieu",),
    "commune_code": ("insee",),
    "kind": ("type",),
    "updated": ("date_maj",),
    "open": ("ouvert",),
    "provider": ("source",),
    "lon": ("Xlong", "long", "longitude"),
    "lat": ("Ylat", "lat", "latitude"),
    "spaces": ("nbre_pl",),
    "adapted": ("nbre_pmr",),
    "longest_stay": ("duree",),
    "hours": ("horaires",),
    "owner": ("proprio",),
    "light": ("lumiere",),
    "comment": ("comm",),
}


def _key(line: Line, _reference: Reference) -> tuple[str, Problems]:
    """Give the national identifier, or make it of its two parts as the national list does."""
    if _is_closed(line):
        return "", ()
    key, local = said(line.text("key")), said(line.text("local_key"))
    if key or not local:
        return key, ()
    code, problems = read_commune_code(line.text("commune_code"), is_number="commune_code" in line.numeric)
    return f"{code}-{local}" if code else "", line.named("commune_code", problems)


def _outside(line: Line, _reference: Reference) -> Problem | None:
    """Pass over what is not yet, or no more, in use."""
    if not _is_closed(line):
        return None
    sentence = "La liste dit ce lieu fermé ou pas encore ouvert : il est passé."
    (problem,) = line.named("open", (fault("lieu-ferme", sentence, line.text("comment") or line.text("open")),))
    return problem


def _is_closed(line: Line) -> bool:
    return read_answer(line.text("open"))[0] is Answer.NO


def _title(line: Line, _reference: Reference) -> tuple[str | None, Problems]:
    """Say what the place is for: most are named after a road or a shop."""
    name, problems = line.read("title", read_name)
    if name is None:
        return None, problems
    use = "Autostop" if _is_for_hitchhiking(line) else "Covoiturage"
    is_told = use.lower() in fold(name).replace("-", "")
    return (name if is_told else f"{use} : {name}"), problems


def _is_for_hitchhiking(line: Line) -> bool:
    return slug(said(line.text("kind"))) == _HITCHHIKING


def _summary(line: Line, _reference: Reference) -> tuple[str | None, Problems]:
    kind = said(line.text("kind"))
    summary = _KINDS.get(slug(kind))
    if summary or not kind:
        return " ".join(filter(None, (summary, _short_comment(line)))) or None, ()
    sentence = (
        "Ce type de lieu n’est pas dans le schéma : choisissez « Parking », « Auto-stop » ou un autre de la liste."
    )
    return None, line.named("kind", (fault("type-inconnu", sentence, kind),))


def _short_comment(line: Line) -> str:
    """Give the comment where a list has room for it: "Départ groupé vers Troyes à 6 h 50" is what one wants to know."""
    comment, _ = line.read("comment", read_text)
    return comment if comment and len(comment) <= _SHORT and "\n" not in comment else ""


def _description(line: Line, _reference: Reference) -> tuple[str | None, Problems]:
    """Tell what is on the spot; a count of zero at a stop without parking tells nothing."""
    spaces, of_spaces = line.read("spaces", _read_count)
    adapted, of_adapted = line.read("adapted", _read_count)
    minutes, of_minutes = line.read("longest_stay", _read_count)
    light, of_light = line.read("light", read_answer)
    comment, of_comment = line.read("comment", read_text)
    sentences = (
        _number_of(spaces, "place réservée au covoiturage", "places réservées au covoiturage"),
        _number_of(adapted, "place adaptée aux personnes handicapées", "places adaptées aux personnes handicapées"),
        f"Stationnement limité à {minutes} minutes." if minutes else "",
        {Answer.YES: "Éclairé la nuit.", Answer.NO: "Pas d’éclairage la nuit."}.get(light or Answer.UNKNOWN, ""),
    )
    told = " ".join(filter(None, sentences))
    text = "\n\n".join(filter(None, (told, "" if _short_comment(line) else comment)))
    return text or None, (*of_spaces, *of_adapted, *of_minutes, *of_light, *of_comment)


def _number_of(count: int | None, one: str, several: str) -> str:
    if not count:
        return ""
    return f"{count} {one if count == 1 else several}."


def _read_count(text: str) -> tuple[int | None, Problems]:
    """Read a whole number that is not negative."""
    words = said(text)
    found = _COUNT.fullmatch(words)
    if found or not words:
        return (int(found[1]) if found else None), ()
    sentence = "Cette case attend un nombre entier, comme 20 : corrigez-la ou videz-la."
    return None, (fault("nombre-illisible", sentence, text),)


def _structure(line: Line, reference: Reference) -> tuple[StructureRecord, Problems]:
    """Name who laid the place out: the owner, else the community that lists it when it lies on its own ground."""
    owner, problems = line.read("owner", read_name)
    siren, of_siren = line.read("provider", lambda text: read_siren(text, is_number="provider" in line.numeric))
    code, _ = read_commune_code(line.text("commune_code"))
    commune = reference.lookup.communes.get(reference.lookup.communes.todays_code(code or "") or "")
    at_home = _community(siren, commune) if siren and commune else None
    return StructureRecord(name=owner or at_home or _NOBODY), (*problems, *of_siren)


def _community(siren: str, commune: Commune) -> str | None:
    """Name the EPCI, the commune or the département of a place where the number is theirs.

    The number of a commune is 21, its département and its own figures; that of a département begins with 22.
    """
    if siren == commune.epci:
        return commune.epci_name or None
    if siren[:8] == f"21{commune.department}0{commune.code[2:]}":
        return f"Mairie ({commune.name})"
    return f"Conseil départemental ({commune.department_name})" if siren.startswith(f"22{commune.department}") else None


def _access(line: Line, reference: Reference) -> tuple[tuple[AccessRecord, ...] | None, Problems]:
    name, _ = line.read("title", read_name)
    where, problems = place(line, reference, PlaceSaid(name=name))
    if where is None:
        return None, problems
    opening, of_hours = _opening(line)
    _, of_open = line.read("open", read_answer)
    words = None if opening is None or opening.is_complete else cleaned(line.text("hours"))
    access = AccessRecord(place=replace(where, access=_features(line)), opening=opening, opening_words=words)
    return (access,), (*problems, *of_hours, *of_open)


def _features(line: Line) -> dict[AccessFeature, Answer] | None:
    """Tell of adapted spaces: none of them is a no only where there are spaces at all."""
    spaces, _ = _read_count(line.text("spaces"))
    adapted, _ = _read_count(line.text("adapted"))
    if adapted:
        return {AccessFeature.PARKING: Answer.YES}
    return {AccessFeature.PARKING: Answer.NO} if spaces and adapted == 0 else None


def _opening(line: Line) -> tuple[Opening | None, Problems]:
    """Read the hours in OpenStreetMap's notation; an empty cell says nothing."""
    return line.read("hours", read_osm) if said(line.text("hours")) else (None, ())


def _official_ids(line: Line, reference: Reference) -> tuple[dict[str, str], Problems]:
    key, _ = _key(line, reference)
    return {"bnlc": key}, ()


def _open(source: Source, pieces: tuple[Piece, ...]) -> tuple[OpenedList, ...] | Unreadable:
    """Look for the list among the files that are no timetable: those may be huge, and are never one."""
    return open_tables(source, beside_feeds(pieces) or pieces[:1])


SOURCE = Source(
    declaration=MOBILITY,
    feed="bnlc",
    open=_open,
    columns=_COLUMNS,
    signature=frozenset({"title", "kind", "open"}),
    key=_key,
    parts={
        "title": _title,
        "structure": _structure,
        "concepts": always((_CAR_SHARING,)),
        "summary": _summary,
        "description": _description,
        "access": _access,
        "official_ids": _official_ids,
        "said_on": cell("updated", read_date),
    },
    needs=OF_A_LIST_OF_PLACES,
    outside=_outside,
    layout=headed_by(_COLUMNS),
)
