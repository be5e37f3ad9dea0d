"""Contact points of La Poste: its own offices, agencies kept by communes, relays in shops. The list has no hours."""

import re

from importers.fields.cells import fault, said
from importers.fields.names import read_name
from importers.pipeline.declaration import Need, Reference, Source
from importers.pipeline.lines import Line, Problems
from importers.reading import headed_by
from importers.sources.needs import NO_KEY, NO_PLACE
from importers.sources.parts import PlaceSaid, always, contacts, identifier, known_as, place
from portal.core.problems import Problem
from portal.core.text import fold
from portal.directory.rules.choices import Precision
from portal.geography.communes import Commune
from portal.geography.names import loose_key, plain_key, spelled_out
from portal.intake.record import AccessRecord, PlaceRecord, StructureRecord, Verdict
from portal.intake.rules.declarations import SourceDeclaration

_KINDS = {
    "bureau de poste": "Bureau de poste",
    "agence postale communale": "Agence postale communale",
    "agence postale intercommunale": "Agence postale intercommunale",
    "relais poste commercant": "Relais poste commerçant",
}
_ANY_KIND = "Point de contact La Poste"
_SUFFIX = re.compile(r"\s+(?:A|AP|API|RP|BP)$")
"""La Poste ends the names of its points with their kind."""
_PRECISIONS = {
    "geocode au centre de la commune": Precision.COMMUNE,
    "geocode au milieu de la rue": Precision.STREET,
}
"""What La Poste writes beside what other lists write too."""
_FRANCE = frozenset({"", "france"})
_COLUMNS = {
    "key": ("Identifiant_du_site", "Identifiant_A", "identifiant_a"),
    "title": ("Libellé_du_site", "Libellé_du_site_A"),
    "kind": ("Caractéristique_du_site",),
    "address": ("Adresse",),
    "address_extra": ("Complément_d_adresse", "Complément_d'adresse"),
    "locality": ("Lieu_dit", "Lieu_dit_"),
    "postal_code": ("Code_postal",),
    "commune": ("Localité",),
    "commune_code": ("Code_INSEE",),
    "country": ("Pays",),
    "lat": ("Latitude",),
    "lon": ("Longitude",),
    "precision": ("Précision_du_géocodage", "Précision_géocodage"),
    "phone": ("Numéro_de_téléphone", "Téléphone"),
}


def _title(line: Line, reference: Reference) -> tuple[str | None, Problems]:
    """Name a point by its kind and its town, or by the quarter its label names."""
    label = _SUFFIX.sub("", said(line.text("title")))
    if not label:
        return None, ()
    kind, problems = _kind(line)
    where, _ = _place(line, reference)
    commune = reference.lookup.communes.get(where.commune_code) if where else None
    written = _as_written(label, commune, reference) if commune else None
    if written is not None:
        return f"{kind} – {written}", problems
    name, of_name = read_name(label)
    return (f"{kind} – {name}" if name else None), (*problems, *line.named("title", of_name))


def _as_written(label: str, commune: Commune, reference: Reference) -> str | None:
    """Write a label in capitals as the commune is written, or the old commune or hamlet in it that bears the name."""
    key = _key(label)
    names = (commune.name, *(alias.name for alias in reference.lookup.communes.aliases_of(commune.code)))
    return next((name for name in names if _key(name) == key), None)


def _key(name: str) -> str:
    return loose_key(spelled_out(plain_key(name)))


def _kind(line: Line) -> tuple[str, Problems]:
    written = said(line.text("kind"))
    kind = _KINDS.get(fold(written))
    if kind is None and written:
        sentence = "Cette sorte de point de contact n’est pas connue : il entre comme simple point de contact."
        return _ANY_KIND, line.named("kind", (fault("sorte-inconnue", sentence, written),))
    return kind or _ANY_KIND, ()


def _place(line: Line, reference: Reference) -> tuple[PlaceRecord | None, Problems]:
    complements = (said(line.text("address_extra")), said(line.text("locality")))
    extra = ", ".join(words for words in complements if words)
    precision = _PRECISIONS.get(fold(said(line.text("precision"))))
    return place(line, reference, PlaceSaid(address=(line.text("address"), extra), precision=precision))


def _access(line: Line, reference: Reference) -> tuple[tuple[AccessRecord, ...] | None, Problems]:
    where, problems = _place(line, reference)
    return ((AccessRecord(place=where),) if where else None), problems


def _outside(line: Line, _reference: Reference) -> Problem | None:
    country = said(line.text("country"))
    if fold(country) in _FRANCE:
        return None
    return Problem("hors-de-france", "Ce point de contact n’est pas en France : il est passé.", country)


SOURCE = Source(
    declaration=SourceDeclaration(
        name="laposte",
        title="Points de contact de La Poste",
        owner="La Poste",
        licence="Licence Ouverte 2.0",
        frequency_days=30,
        priority=50,
    ),
    feed="points-de-contact",
    columns=_COLUMNS,
    signature=frozenset({"key", "title", "kind"}),
    key=identifier("key"),
    parts={
        "title": _title,
        "structure": always(StructureRecord(name="La Poste")),
        "concepts": always(("AD06",)),
        "access": _access,
        "contacts": contacts,
        "official_ids": known_as("la-poste"),
    },
    needs={
        "key": NO_KEY,
        "title": Need(verdict=Verdict.REFUSED, sentence="Cette ligne n’a pas de libellé : indiquez le sien."),
        "access": NO_PLACE,
    },
    outside=_outside,
    layout=headed_by(_COLUMNS),
)
