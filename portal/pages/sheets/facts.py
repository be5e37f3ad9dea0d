"""What one must know before going, in a few rows: for whom, at what cost, in which languages, for which communes."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import gettext, ngettext

from portal.directory.cards.values import ServiceSheet
from portal.directory.rules.choices import AccessPointKind, CompetenceKind, Cost, LegalNature
from portal.directory.rules.competence import CompetenceArea
from portal.directory.rules.names import competence_words
from portal.geography.lookup import communes
from portal.hours.slots import Appointment
from portal.pages.sheets.reaching import Telling
from portal.pages.sheets.texts import Line, Speaker
from portal.search.labels import label_of
from portal.vocabulary.audiences import Audience

_MOST_AREAS = 8
_CHILDMINDER = "PE03"
"""Receives in her own home."""


@dataclass(frozen=True)
class Fact:
    """One row: what it is about, and what is to be known."""

    icon: str
    label: str
    lines: tuple[Line, ...]
    more: tuple[str, ...] = ()
    """A long list that unfolds."""


def facts_of(sheet: ServiceSheet, speaker: Speaker, telling: Telling) -> tuple[Fact, ...]:
    """Say what one must know before going; what nobody told has no row, except the cost of what may ask for money."""
    rows = (
        Fact("info", gettext("Pour qui"), tuple(map(Line, _audience(sheet, telling)))),
        Fact("euro", gettext("Coût"), tuple(_cost(sheet, speaker, telling))),
        Fact("calendrier", gettext("Rendez-vous"), tuple(map(Line, _appointments(sheet)))),
        Fact("ecouter", gettext("Langues parlées"), tuple(map(Line, _languages(sheet, telling)))),
        _areas(sheet.competence, telling.language),
    )
    return tuple(row for row in rows if row.lines or row.more)


def _audience(sheet: ServiceSheet, telling: Telling) -> Iterator[str]:
    audiences = [each for each in sheet.card.audiences if each is not Audience.EVERYONE]
    if audiences:
        yield ", ".join(each.label.said(telling.language) for each in audiences)
    elif sheet.card.audiences:
        yield gettext("Tout le monde")
    if ages := _ages(sheet.age_min, sheet.age_max):
        yield ages


def _ages(youngest: int | None, oldest: int | None) -> str:
    if youngest is not None and oldest is not None:
        return str(gettext("De %(youngest)s à %(oldest)s ans", youngest=youngest, oldest=oldest))
    if youngest:
        return str(gettext("À partir de %(age)s ans", age=youngest))
    return "" if oldest is None else str(ngettext("Jusqu’à %(num)s an", "Jusqu’à %(num)s ans", oldest))


def _cost(sheet: ServiceSheet, speaker: Speaker, telling: Telling) -> Iterator[Line]:
    note = speaker.line("cost_note", sheet.card.cost_note)
    if sheet.card.cost is Cost.UNKNOWN and not note:
        # A town hall asks for nothing: "not given" would raise a doubt. The row is named "Coût" already.
        if sheet.legal_nature is not LegalNature.PUBLIC:
            yield Line(gettext("Non précisé"))
    elif sheet.card.cost is not Cost.UNKNOWN:
        yield Line(label_of("cost", sheet.card.cost.value, telling.vocabulary, telling.language))
    if note:
        yield note


def _appointments(sheet: ServiceSheet) -> Iterator[str]:
    """Say what is asked; where nobody spoke of appointments there is nothing to say."""
    asked = {slot.appointment for point in sheet.card.access_points for slot in point.opening.opening.slots}
    if asked == {Appointment.REQUIRED}:
        yield gettext("Sur rendez-vous")
    elif Appointment.REQUIRED in asked:
        yield gettext("Sur rendez-vous à certains horaires")
    elif Appointment.POSSIBLE in asked:
        yield gettext("Rendez-vous possible, pas obligatoire")


def _languages(sheet: ServiceSheet, telling: Telling) -> Iterator[str]:
    names = [label_of("language", each, telling.vocabulary, telling.language) for each in sheet.card.languages]
    if names:
        yield ", ".join(names)


def _areas(areas: tuple[CompetenceArea, ...], language: str) -> Fact:
    label, words = gettext("Pour quelles communes"), competence_words(areas, _name_of, language)
    if len(areas) <= _MOST_AREAS:
        return Fact("drapeau", label, tuple(map(Line, words)))
    count = ngettext("%(num)s commune ou intercommunalité", "%(num)s communes ou intercommunalités", len(areas))
    return Fact("drapeau", label, (Line(count),), more=words)


def comes_to(sheet: ServiceSheet, language: str) -> str:
    """Say to whose homes a service comes, for the top of its sheet; empty where nobody comes, or nobody said where."""
    comes = any(point.kind is AccessPointKind.HOME for point in sheet.card.access_points)
    if not comes or sheet.card.concepts[:1] == (_CHILDMINDER,):
        return ""
    n_areas = len(sheet.competence)
    if n_areas > _MOST_AREAS:
        told = gettext("Vient à domicile dans les %(num)s communes ou intercommunalités citées plus bas", num=n_areas)
        return str(told)
    words = competence_words(sheet.competence, _name_of, language)
    whom = "\u00a0; ".join(each[:1].lower() + each[1:] for each in words)
    return str(gettext("Vient à domicile : %(whom)s", whom=whom)) if whom else ""


def _name_of(area: CompetenceArea) -> str:
    if area.kind is CompetenceKind.EPCI:
        return communes().communes.epcis.get(area.code, "")
    commune = communes().communes.get(area.code)
    return "" if commune is None else f"{commune.name} ({commune.department})"
