"""Territory files: finding one, reading it through a check of every field, resolving its EPCI to communes.

A territory is a TOML file; `reference/territories/` holds the one shipped for the demonstration, which is also the
example to copy. Reading gives the territory and the problems; there is no territory when a problem forbids one.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import available_timezones

from portal.core.problems import Problem
from portal.core.text import slug
from portal.core.toml import UNREADABLE, read_toml
from portal.geography.communes import REFERENCE, Communes
from portal.geography.lookup import communes as all_communes
from portal.geography.sections import UNKNOWN_FIELD, Section
from portal.geography.territory import (
    Accessibility,
    Branding,
    Conformity,
    Neighbours,
    PoleLevel,
    PoleTown,
    Publisher,
    SchoolZone,
    Territory,
    TerritoryContact,
    ZoneArea,
    ZoningPlan,
)

DEMONSTRATION = "petr-seine-en-plaine-champenoise"
LANGUAGES = ("fr", "en")
_FARTHEST_NEIGHBOURS = 200
_USUAL_NEIGHBOURS = 30
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_READABLE = 4.5
"""Contrast with white that small text needs (WCAG 2.2, level AA)."""

Problems = tuple[Problem, ...]
Named = TypeVar("Named", ZoningPlan, ZoneArea)


@cache
def demonstration_territory() -> Territory:
    """Give the territory shipped for the demonstration; its file is the package's own and does not change."""
    territory, problems = read_territory(DEMONSTRATION)
    if territory is None:
        raise ValueError("\n".join(problem.text for problem in problems))
    return territory


def read_territory(where: Path | str) -> tuple[Territory | None, Problems]:
    """Read a territory from a file, or from the package by its name."""
    try:
        written = written_territory(where)
    except OSError:
        return None, (_unreadable(_why_unread(where)),)
    return parse_territory(written, communes=all_communes().communes)


def _why_unread(where: Path | str) -> str:
    path = Path(where)
    if path.is_dir():
        return f"« {where} » est un dossier : donnez le chemin du fichier de territoire qu’il contient."
    if path.exists():
        return f"Ce compte ne peut pas lire le fichier de territoire « {where} » : vérifiez ses droits."
    return f"Le fichier de territoire « {where} » est introuvable : vérifiez son chemin."


def written_territory(where: Path | str) -> bytes:
    """Give a territory file as it stands, to be kept with the data it governs."""
    return _source(where).read_bytes()


def contours_of(name: str) -> bytes | None:
    """Give the contours of a shipped territory as gzipped GeoJSON, for its maps."""
    source = REFERENCE / "territories" / f"{slug(name)}.geojson.gz"
    return source.read_bytes() if source.is_file() else None


def parse_territory(written: bytes, *, communes: Communes) -> tuple[Territory | None, Problems]:
    """Make a territory of what a file says; a problem names the field and the fault."""
    table, problems = read_toml(written, file="Le fichier de territoire")
    if table is None:
        return None, problems
    return _territory(table, communes=communes, digest=hashlib.sha256(written).hexdigest())


def _source(where: Path | str) -> Traversable:
    return REFERENCE / "territories" / f"{slug(where)}.toml" if isinstance(where, str) else where


def contrast_with_white(colour: str) -> float:
    """Compute how well a colour `#rrggbb` stands out on white, from 1 to 21 (WCAG)."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)  # noqa: PLR2004 - the constants of sRGB
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _territory(table: Mapping[str, Any], *, communes: Communes, digest: str) -> tuple[Territory | None, Problems]:
    root = Section(table)
    name = root.text("name")
    epcis, members = _communes(root, communes)
    if not members and not root.problems:
        root.fault("communes", "et « epcis » sont vides : nommez au moins une commune ou une intercommunalité")
    territory = Territory(
        slug=_slug(root, name),
        name=name,
        is_demonstration=root.flag("demonstration", default=False),
        epcis=epcis,
        communes=members,
        neighbours=_neighbours(root.section("neighbours"), communes),
        zonings=_told_apart(root, "zonings", [_zoning(each, communes, members) for each in root.sections("zonings")]),
        poles=_poles(root, communes),
        languages=_languages(root),
        time_zone=_time_zone(root),
        school_zone=_school_zone(root),
        alsace_moselle=root.flag("alsace_moselle", default=False),
        publisher=_publisher(root.section("publisher")),
        contact=_contact(root.section("contact")),
        branding=_branding(root.section("branding")),
        notices=root.texts("notices"),
        notices_en=root.texts("notices_en"),
        digest=digest,
        accessibility=_accessibility(root.section("accessibility")),
        vocabulary=root.table("vocabulary"),
    )
    root.leave()
    # A field nobody knows is worth a word, but the rest of the file still holds.
    fatal = any(problem.code != UNKNOWN_FIELD for problem in root.problems)
    return (None if fatal else territory), tuple(root.problems)


def _communes(section: Section, communes: Communes) -> tuple[tuple[str, ...], frozenset[str]]:
    """Read the fields `epcis` and `communes` as one set of codes of today."""
    epcis = section.texts("epcis")
    members: set[str] = set()
    for epci in epcis:
        found = communes.members_of(epci)
        if not found:
            section.fault("epcis", "nomme une intercommunalité inconnue : donnez son numéro SIREN à 9 chiffres", epci)
        members |= found
    return epcis, frozenset(members) | _codes(section, communes)


def _codes(section: Section, communes: Communes) -> frozenset[str]:
    """Read the field `communes`; an old code means the commune of today."""
    codes = set()
    for code in section.texts("communes"):
        today = communes.todays_code(code)
        if today is None:
            section.fault("communes", "nomme une commune inconnue : donnez son code INSEE à 5 caractères", code)
        else:
            codes.add(today)
    return frozenset(codes)


def _neighbours(section: Section, communes: Communes) -> Neighbours:
    kilometres = section.number("km", _USUAL_NEIGHBOURS, lowest=0, highest=_FARTHEST_NEIGHBOURS)
    neighbours = Neighbours(kilometres=kilometres, communes=_codes(section, communes))
    section.leave()
    return neighbours


def _zoning(section: Section, communes: Communes, territory: frozenset[str]) -> ZoningPlan:
    name = section.text("name")
    zones = _told_apart(section, "zones", [_zone(each, communes, territory) for each in section.sections("zones")])
    zoning = ZoningPlan(slug=_slug(section, name), name=name, zones=zones)
    section.leave()
    return zoning


def _zone(section: Section, communes: Communes, territory: frozenset[str]) -> ZoneArea:
    name = section.text("name")
    _, members = _communes(section, communes)
    for code in sorted(members - territory):
        section.fault("communes", "nomme une commune hors du territoire : retirez-la", code)
    zone = ZoneArea(slug=_slug(section, name), name=name, communes=members)
    section.leave()
    return zone


def _slug(section: Section, name: str) -> str:
    written = section.text("slug", default=name)
    if name and not slug(written):
        section.fault("slug", "doit contenir des lettres ou des chiffres, par exemple pays-d-essai", written)
    return slug(written)


def _told_apart(section: Section, key: str, named: Sequence[Named]) -> tuple[Named, ...]:
    """Refuse two of one slug: their addresses would be one."""
    for each, times in Counter(each.slug for each in named).items():
        if times > 1:
            section.fault(key, "porte deux fois le même nom : renommez-en un, ou changez son « slug »", each)
    return tuple(named)


def _poles(section: Section, communes: Communes) -> tuple[PoleTown, ...]:
    poles = tuple(_pole(each, communes) for each in section.sections("poles"))
    for commune, times in Counter(pole.commune for pole in poles).items():
        if times > 1 and commune:
            section.fault("poles", "nomme deux fois la même commune : gardez un seul niveau", commune)
    return poles


def _pole(section: Section, communes: Communes) -> PoleTown:
    code = communes.todays_code(section.text("commune"))
    if code is None:
        section.fault("commune", "nomme une commune inconnue : donnez son code INSEE à 5 caractères")
    level = section.number("level", lowest=min(PoleLevel), highest=max(PoleLevel))
    section.leave()
    return PoleTown(commune=code or "", level=PoleLevel(level))


def _languages(section: Section) -> tuple[str, ...]:
    languages = section.texts("languages", ("fr",))
    if "fr" not in languages or not set(languages) <= set(LANGUAGES):
        section.fault(
            "languages", f"doit contenir « fr », et au choix {', '.join(LANGUAGES[1:])}", ", ".join(languages)
        )
    return languages


def _time_zone(section: Section) -> str:
    zone = section.text("time_zone", default="Europe/Paris")
    if zone not in available_timezones():
        section.fault("time_zone", "doit être un fuseau horaire, par exemple Europe/Paris", zone)
    return zone


def _school_zone(section: Section) -> SchoolZone:
    zone = section.text("school_zone")
    if zone not in set(SchoolZone):
        section.fault("school_zone", f"doit être l’une des zones {', '.join(SchoolZone)}", zone)
        return SchoolZone.A
    return SchoolZone(zone)


def _publisher(section: Section) -> Publisher:
    publisher = Publisher(
        name=section.text("name"),
        address=section.text("address"),
        director=section.text("director"),
        host=section.text("host"),
        phone=section.text("phone", default=""),
        host_phone=section.text("host_phone", default=""),
        dpo=section.text("dpo", default=""),
    )
    section.leave()
    return publisher


def _contact(section: Section) -> TerritoryContact:
    contact = TerritoryContact(
        name=section.text("name"),
        phone=section.text("phone", default=""),
        email=section.text("email", default=""),
        words=section.text("words", default=""),
    )
    if not contact.phone and not contact.email:
        section.fault("phone", "ou « email » doit être rempli : un visiteur doit pouvoir joindre quelqu’un")
    section.leave()
    return contact


def _accessibility(section: Section) -> Accessibility:
    said = Accessibility(
        conformity=_conformity(section),
        audited_on=_day(section, "audited_on"),
        auditor=section.text("auditor", default=""),
        rate=section.number("rate", 0, lowest=0, highest=100),
        barriers=section.texts("barriers"),
        exemptions=section.texts("exemptions"),
        out_of_scope=section.texts("out_of_scope"),
        environment=section.texts("environment"),
        tools=section.texts("tools"),
        pages=section.texts("pages"),
        declared_on=_day(section, "declared_on"),
        plan=section.text("plan", default=""),
    )
    if said.conformity is not Conformity.NONE and not (said.audited_on and said.auditor):
        section.fault("conformity", "demande un audit : remplissez « audited_on » et « auditor »", said.conformity)
    if said.rate < _LEAST_RATES[said.conformity]:
        section.fault("conformity", "ne va pas avec « rate » : il faut 50 pour l’une, 100 pour l’autre", said.rate)
    if said.plan and not said.plan.startswith("https://"):
        section.fault("plan", "doit être une adresse qui commence par https://", said.plan)
    section.leave()
    return said


_LEAST_RATES = {Conformity.NONE: 0, Conformity.PARTIAL: 50, Conformity.FULL: 100}


def _conformity(section: Section) -> Conformity:
    written = section.text("conformity", default=Conformity.NONE)
    if written not in set(Conformity):
        section.fault("conformity", f"doit être l’un de ces états : {', '.join(Conformity)}", written)
        return Conformity.NONE
    return Conformity(written)


def _day(section: Section, key: str) -> date | None:
    written = section.text(key, default="")
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        section.fault(key, 'doit être une date entre guillemets, par exemple "2026-11-21"', written)
        return None


def _branding(section: Section) -> Branding:
    branding = Branding(primary=_colour(section, "primary", "#1f4e79"), accent=_colour(section, "accent", "#8a3b12"))
    section.leave()
    return branding


def _colour(section: Section, key: str, default: str) -> str:
    colour = section.text(key, default=default)
    if not _COLOUR.fullmatch(colour):
        section.fault(key, "doit être une couleur, par exemple #1f4e79", colour)
    elif contrast_with_white(colour) < _READABLE:
        section.fault(
            key, "est une couleur trop claire pour être lue sur fond blanc : choisissez-la plus sombre", colour
        )
    return colour


def _unreadable(sentence: str) -> Problem:
    return Problem(code=UNREADABLE, text=sentence)
