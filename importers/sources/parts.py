"""Parts of records that most sources make in the same way: contacts, places, identifiers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from importers.fields.addresses import AddressParts, read_address
from importers.fields.cells import fault, said, without_repeats
from importers.fields.contacts import read_mail_lines, read_phone_lines, read_site_lines
from importers.fields.names import LONGEST_NAME
from importers.fields.places import SaidCommune, read_commune
from importers.fields.points import read_point, read_precision, settle
from importers.pipeline.declaration import Part, Reference
from importers.pipeline.lines import Line, Problems
from portal.core.problems import Problem
from portal.directory.rules.choices import AccessPointKind, Precision
from portal.directory.rules.contact_lines import ContactLine
from portal.hours.slots import DayRule, Opening, Unread
from portal.intake.record import AccessRecord, PlaceRecord

Answer = TypeVar("Answer")


def cell(word: str, reader: Callable[[str], tuple[Any, Problems]]) -> Part:
    """Read one cell into one field."""
    return lambda line, _reference: line.read(word, reader)


def once_a_line(part: Callable[[Line, Reference], Answer]) -> Callable[[Line, Reference], Answer]:
    """Read a line once for all who ask: the last answer is kept, for several parts of a record may need it."""
    kept: tuple[Line, Reference, Answer] | None = None

    def asked(line: Line, reference: Reference) -> Answer:
        nonlocal kept
        held = kept
        if held is None or held[0] is not line or held[1] is not reference:
            held = kept = (line, reference, part(line, reference))
        return held[2]

    return asked


def always(value: object) -> Part:
    """Give every record the same value, which the source declares of all its lines."""
    return lambda _line, _reference: (value, ())


def identifier(word: str) -> Part:
    """Take the identifier of the source as it stands, tidied only."""
    return lambda line, _reference: (said(line.text(word)), ())


def known_as(register: str) -> Part:
    """Say that the identifier of the source is also the number of its register."""
    return lambda line, _reference: ({register: said(line.text("key"))}, ())


def contacts(line: Line, _reference: Reference) -> tuple[tuple[ContactLine, ...] | None, Problems]:
    """Read `phone`, `mail` and `site`, in this order."""
    phones, of_phones = read_phone_lines(line.text("phone"), is_number="phone" in line.numeric)
    mails, of_mails = read_mail_lines(line.text("mail"))
    sites, of_sites = read_site_lines(line.text("site"))
    found = without_repeats((*(phones or ()), *(mails or ()), *(sites or ())))
    problems = (*line.named("phone", of_phones), *line.named("mail", of_mails), *line.named("site", of_sites))
    return found or None, problems


@dataclass(frozen=True)
class PlaceSaid:
    """What a line says of a place beyond its columns."""

    name: str | None = None
    official_ids: Mapping[str, str] = field(default_factory=dict)
    address: tuple[str, str] | None = None
    """Address and complement, where they are not the cells of the same words."""
    precision: Precision | None = None
    """What the source says of its points, where it has words of its own for it."""


NOTHING_MORE = PlaceSaid()
_COMMUNE_WORDS = ("commune_code", "commune", "postal_code", "address")
_COLUMN_OF_PROBLEM = {
    "code-postal-different": "postal_code",
    "code-postal-invalide": "postal_code",
    "code-postal-zero-perdu": "postal_code",
    "commune-manquante": "commune",
    "nom-de-commune-different": "commune",
    "zero-remis": "postal_code",
}
TO_COMPLETE = "Tournée à compléter : la liste donne le point d’attache, pas les arrêts ni leurs heures."


def place(line: Line, reference: Reference, more: PlaceSaid = NOTHING_MORE) -> tuple[PlaceRecord | None, Problems]:
    """Read a place: `address`, `address_extra`, `postal_code`, `commune`, `commune_code`, `lat`, `lon`, `precision`.

    None when the commune cannot be resolved: the line is quarantined, for nobody knows where the place is.
    """
    written, extra = more.address or (line.text("address"), line.text("address_extra"))
    parts, of_address = read_address(written, extra=extra)
    parts = parts or AddressParts()
    commune, of_commune = read_commune(
        reference.lookup, _said_commune(line, parts, home=reference.scope or frozenset())
    )
    problems = (*line.named("address", of_address), *_of_commune(line, of_commune))
    if commune is None:
        return None, problems
    point, of_point = read_point(line.text("lat"), line.text("lon"))
    precision, of_precision = _precision(line, more)
    placement, of_placement = settle(point, commune, precision=precision)
    problems = (*problems, *line.named("lat", (*of_point, *(of_placement or ()))), *of_precision)
    if placement is None:
        return None, problems
    return (
        PlaceRecord(
            commune_code=commune.code,
            name=more.name,
            address=parts.street or None,
            address_extra=parts.extra or None,
            postal_code=_postal_code(line, parts, commune.postal_codes, of_commune),
            point=placement.point,
            precision=placement.precision,
            official_ids=more.official_ids,
        ),
        problems,
    )


def tour_to_complete(where: PlaceRecord, *, name: str, words: str) -> AccessRecord:
    """Make the stop where a team on the road is based; its hours wait for somebody who knows the round."""
    base = replace(where, name=f"Point d’attache : {name}"[:LONGEST_NAME])
    return AccessRecord(
        kind=AccessPointKind.TOUR_STOP,
        place=base,
        tour=name,
        opening=Opening(unread=(Unread(words or TO_COMPLETE, DayRule()),)),
        opening_words=words or None,
        note=TO_COMPLETE,
    )


def left_to_complete(words: str) -> Problem:
    """Say that a tour waits for its stops and hours."""
    return fault("tournee-a-completer", TO_COMPLETE, words)


def _of_commune(line: Line, problems: Problems) -> Problems:
    """Name the column that each problem of a commune comes from: a person looks there first."""
    said_by = next((word for word in _COMMUNE_WORDS if said(line.text(word))), "commune")
    return tuple(
        each for problem in problems for each in line.named(_COLUMN_OF_PROBLEM.get(problem.code, said_by), (problem,))
    )


def _precision(line: Line, more: PlaceSaid) -> tuple[Precision, Problems]:
    """Tell how exact the point is; words nobody knows are no promise that it is."""
    if more.precision is not None:
        return more.precision, ()
    precision, problems = line.read("precision", read_precision)
    return precision or (Precision.UNKNOWN if problems else Precision.ADDRESS), problems


def _said_commune(line: Line, parts: AddressParts, *, home: frozenset[str]) -> SaidCommune:
    named = {"commune_code": "code", "postal_code": "postal_code"}
    return SaidCommune(
        code=line.text("commune_code"),
        name=line.text("commune") or parts.town,
        postal_code=line.text("postal_code") or parts.postal_code,
        department=line.text("department"),
        is_cedex=parts.is_cedex or "cedex" in line.text("commune").lower(),
        numeric=frozenset(named[word] for word in line.numeric if word in named),
        home=home,
    )


def _postal_code(
    line: Line, parts: AddressParts, known: tuple[str, ...], of_commune: tuple[Problem, ...]
) -> str | None:
    """Keep the postal code where it is one; a lost zero comes back only when the commune proves it."""
    code = said(line.text("postal_code")).replace(" ", "") or parts.postal_code
    if any(problem.code == "zero-remis" for problem in of_commune):
        code = f"0{code}"
    return code if code in known or (len(code) == 5 and code.isdigit()) else None  # noqa: PLR2004 - figures of a code
