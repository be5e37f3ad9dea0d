"""What every record must satisfy to become rows: checked before anything is written, so that no run stops half-way."""

import re
from collections.abc import Iterator

from portal.core.problems import Problem
from portal.core.text import tidy
from portal.directory.rules.choices import SUMMARY_LENGTH, AccessPointKind
from portal.directory.rules.contact_lines import ContactLine
from portal.intake.record import AccessRecord, PlaceRecord, ServiceRecord

NAME = 250
URL = 2000
SIRET = 14
CODE = 8
OLDEST = 130
_CONCEPT = re.compile(r"[A-Z]{2}\d{2}")
_MOST = 3


def check(record: ServiceRecord) -> tuple[Problem, ...]:
    """List what keeps a record from becoming rows."""
    return tuple(_checks(record))


def _checks(record: ServiceRecord) -> Iterator[Problem]:
    yield from _named("key", record.key, "l’identifiant de la fiche")
    yield from _named("title", record.title, "le nom du service")
    yield from _named("structure.name", record.structure.name, "le nom de la structure")
    yield from _fits("summary", record.summary, SUMMARY_LENGTH)
    yield from _fits("online_url", record.online_url, URL)
    yield from _fits("structure.official_ids.siret", record.structure.official_ids.get("siret"), SIRET)
    for register, value in record.official_ids.items():
        yield from _fits(f"official_ids.{register}", value, NAME)
    for language in record.languages or ():
        yield from _fits("languages", language, CODE)
    for area in record.competence or ():
        yield from _fits("competence", area.code, CODE + 1)
    yield from _concepts(record)
    yield from _ages(record)
    yield from _contacts("contacts", record.contacts)
    yield from _contacts("structure.contacts", record.structure.contacts)
    if len({access.key for access in record.access}) < len(record.access):
        yield Problem("acces-en-double", "Deux points d’accès de la fiche ont la même clé.", field="access")
    for access in record.access:
        yield from _access(access)


def _concepts(record: ServiceRecord) -> Iterator[Problem]:
    if not record.concepts:
        yield Problem("theme-manquant", "Indiquez au moins un thème.", field="concepts")
    for code in record.concepts:
        if not _CONCEPT.fullmatch(code):
            yield Problem("theme-inconnu", "Ce n’est pas un code du thésaurus, par exemple PE01.", code, "concepts")


def _ages(record: ServiceRecord) -> Iterator[Problem]:
    stated = [age for age in (0, *(record.ages or ()), OLDEST) if age is not None]
    if stated != sorted(stated):
        text = "Indiquez un âge minimum et un âge maximum entre 0 et 130 ans, le plus petit d’abord."
        yield Problem("ages-inverses", text, str(record.ages), "ages")


def _access(access: AccessRecord) -> Iterator[Problem]:
    name = f"access.{access.key}"
    needs_place = access.kind in {AccessPointKind.PLACE, AccessPointKind.TOUR_STOP}
    if needs_place != (access.place is not None):
        yield Problem(
            "lieu-manquant", "Un accueil sur place ou un arrêt a besoin d’un lieu, les autres d’aucun.", field=name
        )
    if (access.kind is AccessPointKind.TOUR_STOP) != bool(access.tour and tidy(access.tour)):
        yield Problem("tournee-manquante", "Un arrêt appartient à une tournée, et lui seul.", access.tour or "", name)
    yield from _fits(name, access.key, NAME)
    yield from _fits(f"{name}.tour", access.tour, NAME)
    yield from _fits(f"{name}.url", access.url, URL)
    yield from _contacts(f"{name}.contacts", access.contacts)
    if access.place is not None:
        yield from _place(f"{name}.place", access.place)


def _place(name: str, place: PlaceRecord) -> Iterator[Problem]:
    for field in ("name", "address", "address_extra"):
        yield from _fits(f"{name}.{field}", getattr(place, field), NAME)
    yield from _fits(f"{name}.postal_code", place.postal_code, 5)
    if place.name is not None and not tidy(place.name):
        yield Problem("nom-manquant", "Indiquez le nom du lieu, ou laissez-le à la source.", field=f"{name}.name")
    yield from _contacts(f"{name}.contacts", place.contacts)


def _contacts(name: str, lines: tuple[ContactLine, ...] | None) -> Iterator[Problem]:
    for line in lines or ():
        if not tidy(line.value):
            yield Problem("contact-vide", "Indiquez le numéro ou l’adresse de chaque contact.", field=name)
        yield from _fits(name, line.value, URL)
        yield from _fits(name, line.label, NAME)
        yield from _fits(name, line.person, NAME)


def _named(name: str, text: str, what: str) -> Iterator[Problem]:
    if not tidy(text):
        yield Problem("nom-manquant", f"Indiquez {what}.", field=name)
    yield from _fits(name, text, NAME)


def _fits(name: str, text: str | None, length: int) -> Iterator[Problem]:
    # Tidying makes three letters of one at most, so that short texts need not be tidied to be measured.
    if text is not None and _MOST * len(text) > length and len(tidy(text)) > length:
        yield Problem(
            "texte-trop-long", f"Ce texte a {len(tidy(text))} caractères : {length} au plus.", text[:80], name
        )
