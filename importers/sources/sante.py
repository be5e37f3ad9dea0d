"""FINESS, the national register of health and social establishments: a flow without header, of several kinds of rows.

Its first line names the flow, `structureet` rows are the establishments and `geolocalisation` rows their points, which
`sante_points` joins to them. Only the categories that the thesaurus holds come in; 462 may be somebody's home and
never does. An establishment without point says nothing of where it stands but its commune: another flow may know.
"""

from dataclasses import replace
from functools import lru_cache

from importers.fields.addresses import join_street
from importers.fields.cells import fault, said
from importers.fields.dates import read_date
from importers.fields.identifiers import finess_commune_code, read_finess, read_siret
from importers.fields.names import read_name
from importers.fields.points import read_precision, read_projected_point
from importers.fields.texts import read_text
from importers.fields.themes import read_finess_category
from importers.pipeline.declaration import Need, Reference, Source
from importers.pipeline.lines import Line, Problems
from importers.reading import Layout
from importers.sources.needs import NO_PLACE
from importers.sources.parts import PlaceSaid, cell, contacts, once_a_line, place
from portal.core.problems import Problem
from portal.core.text import fold
from portal.directory.rules.choices import LegalNature, Precision
from portal.intake.record import AccessRecord, PlaceRecord, StructureRecord, Verdict
from portal.intake.rules.declarations import SourceDeclaration

ESTABLISHMENT, POINT, TITLE = "structureet", "geolocalisation", "finess"
NUMBER = "nofinesset"
OF_POINTS = ("coordxet", "coordyet", "sourcecoordet", "datemajcoord")
_NAMES = (
    "sorte", NUMBER, "nofinessej", "rs", "rslongue", "complrs", "compldistrib", "numvoie", "typvoie", "voie",
    "compvoie", "lieuditbp", "commune", "departement", "libdepartement", "ligneacheminement", "telephone", "telecopie",
    "categetab", "libcategetab", "categagretab", "libcategagretab", "siret", "codeape", "codemft", "libmft", "codesph",
    "libsph", "dateouv", "dateautor", "datemaj", "numuai",
)  # fmt: skip
"""Columns of an establishment; the last one came later, and its cell may be left out."""
_LONG_POINT = ("sorte", NUMBER, *OF_POINTS[:2], "rang", "origine", "note", "producteur", "base", "version")
_LAYOUT = Layout(
    columns=_NAMES,
    kinds={
        TITLE: (("sorte", "flux", "version", "date"), _NAMES, _NAMES[:-1]),
        ESTABLISHMENT: (_NAMES, _NAMES[:-1]),
        POINT: (("sorte", NUMBER, *OF_POINTS), (*_LONG_POINT, *OF_POINTS[2:])),
    },
    short_rows=True,
    delimiter=";",
)
_COLUMNS = {
    "kind": ("sorte",),
    "key": (NUMBER,),
    "name": ("rs",),
    "title": ("rslongue",),
    "addressee": ("complrs",),
    "distribution": ("compldistrib",),
    "house": ("numvoie",),
    "suffix": ("compvoie",),
    "street_kind": ("typvoie",),
    "street": ("voie",),
    "box": ("lieuditbp",),
    "commune_code": ("commune",),
    "department": ("departement",),
    "address": ("ligneacheminement",),
    "phone": ("telephone",),
    "concepts": ("categetab",),
    "summary": ("libcategetab",),
    "siret": ("siret",),
    "hospital_service": ("codesph",),
    "said_on": ("datemaj",),
    "mail": ("courriel",),
    "state": ("etat",),
    "closed_on": ("datefermeture",),
    "lat": ("latitude",),
    "lon": ("longitude",),
    "precision": ("precision",),
}
POINT_COLUMNS = dict(zip(("x", "y", "system"), OF_POINTS, strict=False))
_ACTIVE = "a"
"""State of what is open (TRE R386); without a state, an establishment is open until it has a day of closure."""
_PUBLIC_HOSPITAL = "1"
_OVERSEAS = "9"
_OF_OTHER_KINDS = {
    TITLE: "Cette ligne annonce le fichier, elle ne décrit aucun établissement.",
    POINT: "Cette ligne donne le point d’un établissement : elle n’en est pas un elle-même.",
}
_FATES = {
    "point-joint": "Ce point a été donné à son établissement, dans le même fichier.",
    "point-sans-etablissement": "Ce point est celui d’un établissement que le fichier ne donne pas : il est passé.",
    "point-depasse": "Le fichier donne un point plus récent, ou le premier des deux, pour cet établissement.",
}
"""What becomes of the rows of points, once they were held against the establishments."""


@once_a_line
def _outside(line: Line, reference: Reference) -> Problem | None:
    """Pass over what is no establishment, and the categories that the thesaurus does not hold."""
    sentence = _OF_OTHER_KINDS.get(said(line.text("kind")))
    if sentence is not None:
        code = line.text("fate") or "ligne-sans-etablissement"
        return next(iter(line.named("kind", (fault(code, _FATES.get(code, sentence), line.text("key")),))))
    if _is_closed(line):
        sentence = "Cet établissement est fermé : il est passé."
        return next(iter(line.named("state", (fault("etablissement-ferme", sentence, line.text("closed_on")),))))
    concepts, problems = _concepts(line, reference)
    return None if concepts else next(iter(problems), None)


def _is_closed(line: Line) -> bool:
    state = fold(said(line.text("state")))
    return state != _ACTIVE if state else bool(said(line.text("closed_on")))


# A row is asked for its number when it is handed in, and twice when it is read.
_number = lru_cache(maxsize=2_048)(read_finess)


def _key(line: Line, reference: Reference) -> tuple[str | None, Problems]:
    """Read the number; what is passed over bears none, so that it counts as gone where it stood before."""
    return ("", ()) if _outside(line, reference) else line.read("key", _number)


@once_a_line
def _concepts(line: Line, reference: Reference) -> tuple[tuple[str, ...] | None, Problems]:
    return line.read("concepts", lambda text: read_finess_category(text, reference.vocabulary))


@once_a_line
def _title(line: Line, _reference: Reference) -> tuple[str | None, Problems]:
    """Read the name: of the short and the long one, the longer is cut less."""
    word = max(("title", "name"), key=lambda each: len(said(line.text(each))))
    return line.read(word, read_name)


def _structure(line: Line, reference: Reference) -> tuple[StructureRecord | None, Problems]:
    """Make the body: by its SIRET, else by its name and town, for there is a "Pharmacie du Centre" in every other."""
    name, _ = _title(line, reference)
    if name is None:
        return None, ()
    siret, problems = line.read("siret", read_siret)
    # The town is asked only where it has to tell two names apart.
    where, _ = (None, ()) if siret else _place(line, reference)
    commune = reference.lookup.communes.get(where.commune_code) if where else None
    return StructureRecord(
        name=name if siret or commune is None else f"{name} ({commune.name})"[:250],
        official_ids={"siret": siret} if siret else {},
        legal_nature=LegalNature.PUBLIC if said(line.text("hospital_service")) == _PUBLIC_HOSPITAL else None,
    ), problems


def _access(line: Line, reference: Reference) -> tuple[tuple[AccessRecord, ...] | None, Problems]:
    where, problems = _place(line, reference)
    return (None if where is None else (AccessRecord(place=where),)), problems


@once_a_line
def _place(line: Line, reference: Reference) -> tuple[PlaceRecord | None, Problems]:
    """Read where it stands; without a point of its own, the one that another flow gave is left alone."""
    code, of_code = finess_commune_code(line.text("department"), line.text("commune_code"))
    point, of_point = read_projected_point(line.text("x"), line.text("y"), line.text("system"))
    overseas = code is not None and line.text("department").startswith(_OVERSEAS) and code[0] == _OVERSEAS
    is_placed = point is not None or bool(said(line.text("lat")))
    precision, _ = line.read("precision", read_precision)
    written = {
        "commune_code": code or "",
        "department": (code or "")[:3] if overseas else line.text("department"),
        "lat": line.text("lat") if point is None else str(point.lat),
        "lon": line.text("lon") if point is None else str(point.lon),
    }
    name, _ = _title(line, reference)
    more = PlaceSaid(name=name, address=_address(line, name or ""), precision=precision or Precision.UNKNOWN)
    where, problems = place(replace(line, cells={**line.cells, **written}), reference, more)
    problems = (*line.named("commune_code", of_code), *line.named("x", of_point), *problems)
    if where is None or is_placed:
        return where, problems
    return replace(where, point=None, precision=None), problems


def _address(line: Line, name: str) -> tuple[str, str]:
    """Write the street with the line of the town below, and the other lines as its complement."""
    street = join_street(
        number=line.text("house"),
        suffix=line.text("suffix"),
        kind=line.text("street_kind"),
        name=line.text("street"),
    )
    addressee, _ = line.read("addressee", read_name)
    others = ("" if addressee == name else said(line.text("addressee")), *map(line.text, ("distribution", "box")))
    return f"{street}\n{line.text('address')}", ", ".join(filter(None, map(said, others)))


def _official_ids(line: Line, _reference: Reference) -> tuple[dict[str, str], Problems]:
    number, _ = _number(line.text("key"))
    return ({"finess": number} if number else {}), ()


SOURCE = Source(
    declaration=SourceDeclaration(
        name="sante",
        title="FINESS",
        owner="Agence du numérique en santé",
        licence="Licence Ouverte 2.0",
        url="https://www.data.gouv.fr/fr/datasets/finess-extraction-du-fichier-des-etablissements/",
        frequency_days=60,
        priority=40,
    ),
    feed="etablissements",
    columns=_COLUMNS,
    signature=frozenset({"kind", "key"}),
    key=_key,
    parts={
        "title": _title,
        "structure": _structure,
        "concepts": _concepts,
        "access": _access,
        "summary": cell("summary", read_text),
        "contacts": contacts,
        "official_ids": _official_ids,
        "said_on": cell("said_on", read_date),
    },
    needs={
        "key": Need(verdict=Verdict.REFUSED, sentence="Cette ligne n’a pas de numéro FINESS : indiquez le sien."),
        "title": Need(verdict=Verdict.REFUSED, sentence="Cette ligne n’a pas de nom : indiquez la raison sociale."),
        "concepts": Need(verdict=Verdict.REFUSED, sentence="Cette ligne n’a pas de catégorie : indiquez-la."),
        "access": NO_PLACE,
    },
    outside=_outside,
    layout=_LAYOUT,
    is_lasting=True,
)
