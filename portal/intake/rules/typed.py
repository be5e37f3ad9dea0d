"""What a person types as the value of a field, read by the type of the field. Parsing never raises."""

import re
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from types import UnionType
from typing import Any, get_args, get_origin

from portal.core.problems import Problem
from portal.core.text import fold, tidy
from portal.directory.rules.choices import Answer, CompetenceKind, Cost, LegalNature
from portal.directory.rules.competence import CompetenceArea
from portal.directory.rules.contact_lines import ContactLine
from portal.geography.points import Point, read_point
from portal.hours.french import read_french
from portal.hours.slots import Mode, Opening
from portal.intake.rules.contact_values import KINDS, fault_of_contact, kind_named
from portal.intake.rules.fields import FIELDS, Part
from portal.intake.rules.values import Json, write

Read = tuple[Json, tuple[Problem, ...]]
_SIRET = re.compile(r"\d{14}", re.ASCII)
_CONCEPT = re.compile(r"[A-Z]{2}\d{2}")
_IN_FRENCH: Mapping[type[StrEnum], Mapping[str, str]] = {
    Cost: {"gratuit": Cost.FREE, "payant": Cost.PAID, "selon la situation": Cost.DEPENDS, "inconnu": Cost.UNKNOWN},
    LegalNature: {
        "public": LegalNature.PUBLIC,
        "prive": LegalNature.PRIVATE,
        "association": LegalNature.ASSOCIATION,
        "inconnu": LegalNature.UNKNOWN,
    },
    Answer: {"oui": Answer.YES, "non": Answer.NO, "inconnu": Answer.UNKNOWN},
    Mode: {"sur place": Mode.ON_SITE, "telephone": Mode.PHONE, "visio": Mode.VIDEO, "a domicile": Mode.HOME},
}
_AGES = re.compile(r"(\d{1,3})?\s*-\s*(\d{1,3})?")


def read_typed(part: Part, field: str, text: str) -> Read:
    """Read a typed value, as JSON, with what is wrong with it."""
    if field == "ages":
        return _ages(text)
    if field == "concepts":
        return _several(text, _concept)
    if field == "siret":
        return _siret(text)
    return _by_type(FIELDS[part][field], text)


def _siret(text: str) -> Read:
    digits = "".join(text.split())
    if digits and not _SIRET.fullmatch(digits):
        return None, (_wrong("siret-illisible", f"« {text} » n’est pas un SIRET : il a quatorze chiffres.", text),)
    return digits, ()


def split_contact(name: str) -> tuple[str, str]:
    """Split the name of one contact, `contacts.telephone`, into its field and its kind; any other has no kind."""
    field, _, kind = name.rpartition(".")
    return (field, kind) if field.rpartition(".")[2] == "contacts" else (name, "")


def read_one_contact(kind: str, text: str, standing: Sequence[Mapping[str, Json]]) -> Read:
    """Put typed values in the place of the contacts of one kind; the others stay as they stand."""
    wanted = kind_named(kind)
    if wanted is None:
        words = f"Un contact se nomme contacts.telephone, contacts.courriel ou contacts.site, pas contacts.{kind}."
        return None, (_wrong("contact-illisible", words, kind),)
    values = [tidy(each) for each in text.split(";") if each.strip()]
    faults = tuple(
        _wrong("contact-illisible", fault, each) for each in values if (fault := fault_of_contact(wanted, each))
    )
    if faults:
        return None, faults
    typed = [write(ContactLine(wanted, each)) for each in values]
    old = [line for line in standing if line["type"] == wanted]
    if len(typed) == len(old):
        # A corrected number is still that of the same desk.
        typed = [{**line, "value": new["value"]} for line, new in zip(old, typed, strict=True)]
    at = next((n for n, line in enumerate(standing) if line["type"] == wanted), len(standing))
    before = [line for line in standing[:at] if line["type"] != wanted]
    return [*before, *typed, *(line for line in standing[at:] if line["type"] != wanted)], ()


def _by_type(kind: Any, text: str) -> Read:  # noqa: ANN401 - a type
    if kind is Opening:
        opening, problems = read_french(text)
        return write(opening), tuple(problems)
    if get_origin(kind) is tuple:
        [item, _] = get_args(kind)
        return _several(text, lambda words: _item(item, words))
    if get_origin(kind) is UnionType:
        return (None, ()) if not text.strip() else _by_type(get_args(kind)[0], text)
    return _item(kind, text)


def _item(kind: Any, text: str) -> Read:  # noqa: ANN401 - a type
    if kind is Point:
        point, problems = read_point(text)
        return write(point), problems
    if kind is ContactLine:
        return _contact(text)
    if kind is CompetenceArea:
        return _area(text)
    return _word(kind, text) if issubclass(kind, StrEnum) else (text, ())


def _several(text: str, read: Callable[[str], Read]) -> Read:
    values: list[Json] = []
    problems: list[Problem] = []
    for words in text.split(";"):
        if words.strip():
            value, wrong = read(tidy(words))
            values.append(value)
            problems += wrong
    return values, tuple(problems)


def _word(kind: type[StrEnum], text: str) -> Read:
    """Read one of a few words, as people say it or as it is kept."""
    said = _IN_FRENCH.get(kind, {})
    allowed = [member.value for member in kind]
    value = said.get(fold(text), text)
    if value in allowed:
        return value, ()
    return None, (_wrong("valeur-inconnue", f"Choisissez parmi : {', '.join(said or allowed)}.", text),)


def _concept(text: str) -> Read:
    if _CONCEPT.fullmatch(text):
        return text, ()
    return None, (_wrong("theme-inconnu", "Un thème s’écrit comme dans le thésaurus, par exemple PE01.", text),)


def _ages(text: str) -> Read:
    ends = _AGES.fullmatch(text.strip())
    if ends is None:
        return None, (_wrong("ages-illisibles", "Des âges s’écrivent 3-12, 3- ou -12.", text),)
    return [None if end is None else int(end) for end in ends.groups()], ()


def _contact(text: str) -> Read:
    word, _, value = text.partition(":")
    kind = kind_named(word)
    if kind is None or not value.strip():
        kinds = ", ".join(KINDS.values())
        words = f"Un contact s’écrit téléphone:03 53 01 00 00 ; les sortes : {kinds}."
        return None, (_wrong("contact-illisible", words, text),)
    fault = fault_of_contact(kind, tidy(value))
    return (None, (_wrong("contact-illisible", fault, text),)) if fault else (write(ContactLine(kind, tidy(value))), ())


def _area(text: str) -> Read:
    kind, _, code = text.partition(":")
    needs_code = kind in {CompetenceKind.COMMUNE, CompetenceKind.EPCI}
    if kind in {each.value for each in CompetenceKind} and bool(code.strip()) is needs_code:
        return write(CompetenceArea(CompetenceKind(kind), code.strip())), ()
    words = "Un territoire s’écrit commune:10323, epci:200000545, territory ou everyone."
    return None, (_wrong("territoire-illisible", words, text),)


def _wrong(code: str, text: str, value: str) -> Problem:
    return Problem(code=code, text=text, value=value[:80])
