"""An entry of a spreadsheet as rows under our own words for its columns: one row, or one for each place it stops at."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from importers.demo.placing import commune_of, point_of, postal_code_of
from importers.demo.writers.edition import Edition
from portal.geography.lookup import communes
from portal.vocabulary.audiences import Audience
from portal.vocabulary.loading import load_vocabulary
from portal.vocabulary.marks import Table
from portal.vocabulary.vocabulary import Vocabulary

Row = Mapping[str, str]
_AS_WRITTEN = {
    "key": "cle",
    "title": "titre",
    "summary": "resume",
    "description": "description",
    "structure": "structure",
    "mail": "courriel",
    "site": "site",
    "cost_note": "note_cout",
    "documents": "pieces",
    "eligibility": "conditions",
    "online_url": "en_ligne",
    "phone": "telephone",
    "appointment": "rendez_vous",
    "note": "note",
}
"""Our word for a column -> the word of our content."""
_OF_PLACE = {"place_name": "lieu", "address": "adresse", "hours": "horaires", "wheelchair": "fauteuil"}
_NATURES = {"prive": "privé"}
_COSTS = {"selon": "selon la situation"}
_MODES = {"sur-place": "sur place", "telephone": "téléphone", "visio": "visio", "domicile": "à domicile"}
_WIDE = {"territoire": "tout le territoire", "tous": "tout le monde"}


def rows_of(entries: Iterable[Table], edition: Edition) -> Iterator[Row]:
    """Write every entry."""
    for entry in entries:
        stops = entry.tables("itinerant")
        shared = _shared(entry, edition)
        for place in stops or (entry,):
            yield shared | place_cells(place) | ({"roving": "oui"} if stops else {})


def _shared(entry: Table, edition: Edition) -> dict[str, str]:
    """Write what an entry says wherever it takes place."""
    first, *others = [leaf.text for leaf in entry.leaves("concepts")] or [""]
    youngest, oldest = ([leaf.text for leaf in entry.leaves("ages")] + ["", ""])[:2]
    words = {word: entry.text(name) for word, name in _AS_WRITTEN.items()}
    return words | {
        "concepts": entry.text("themes") or _label(first),
        "more_concepts": ";".join(map(_label, others)),
        "legal_nature": _NATURES.get(entry.text("nature"), entry.text("nature")),
        "audiences": " ; ".join(_audience(leaf.text) for leaf in entry.leaves("publics")),
        "youngest": youngest,
        "oldest": oldest,
        "cost": _COSTS.get(entry.text("cout"), entry.text("cout")),
        "modes": " ; ".join(_MODES.get(leaf.text, leaf.text) for leaf in entry.leaves("modes")),
        "competence": " ; ".join(_area(leaf.text) for leaf in entry.leaves("competence")),
        "said_on": day_of(entry, edition),
    }


def day_of(entry: Table, edition: Edition) -> str:
    """Write the day an entry was last looked at."""
    updated = edition.updated(entry)
    return updated.strftime("%d/%m/%Y") if updated else entry.text("revu")


def place_cells(place: Table) -> dict[str, str]:
    """Write where something takes place, and when."""
    code, address = place.text("commune"), place.text("adresse")
    commune, point = commune_of(code), point_of(code, address)
    return {word: place.text(name) for word, name in _OF_PLACE.items()} | {
        "commune": place.text("ville") or (commune.name if commune else ""),
        "commune_code": code,
        "postal_code": place.text("code_postal") or postal_code_of(code),
        "lat": str(point.lat) if point else "",
        "lon": str(point.lon) if point else "",
    }


@cache
def _vocabulary() -> Vocabulary:
    return load_vocabulary()


def _label(code: str) -> str:
    concept = _vocabulary().concept(code)
    return concept.label.fr if concept else code


def _audience(code: str) -> str:
    return Audience(code).label.fr if code in set(Audience) else code


def _area(area: str) -> str:
    """Write an area as people call it."""
    kind, _, code = area.partition(":")
    if kind == "epci":
        return communes().communes.epcis[code]
    commune = commune_of(code)
    return f"{commune.name} ({commune.department})" if commune else _WIDE.get(area, area)
