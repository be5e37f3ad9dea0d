"""French telephone numbers: normalised to E.164 or a short number, shown as people write them.

The library `phonenumbers` was weighed and left: 48 MB unpacked for every country's plan, where the directory needs
France's, whose rules hold in the tables below; it also reads "3251" or "39.19" as what they are not. Foreign numbers
are kept with their international prefix and flagged, not checked.

A number cell of nine figures beginning with 1 to 9 gets its zero back, with a remark: that zero is the trunk prefix,
the nine figures are the whole national number. In a text cell the same nine figures are refused: there a figure
may as well have been forgotten.
"""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from importers.fields.cells import Problems, Read, fault, said, without_repeats
from portal.core.problems import Problem
from portal.core.text import fold
from portal.directory.rules.choices import ContactType
from portal.directory.rules.contact_lines import ContactLine
from portal.intake.rules.contact_values import MAYBE_PERSONAL

METROPOLE = "33"
_OVERSEAS = {
    "590": re.compile(r"590\d{6}|69[01]\d{6}"),
    "594": re.compile(r"594\d{6}|694\d{6}"),
    "596": re.compile(r"596\d{6}|69[67]\d{6}"),
    "262": re.compile(r"26[239]\d{6}|69[23]\d{6}|639\d{6}"),
}
"""Country code of the overseas départements -> their national numbers, without the zero."""
_SMALL_TERRITORIES = {
    "508": re.compile(r"\d{6}"),
    "681": re.compile(r"\d{6}"),
    "687": re.compile(r"\d{6}"),
    "689": re.compile(r"\d{8}"),
}
_MAINLAND = re.compile(r"[1-5689]\d{8}|7[3-9]\d{7}")
_SHORT = re.compile(
    r"1[578]|11[2459]|19[1267]|116000|116006|116111|116117|116116|118\d{3}|10\d{2}|3[0-9]\d{2}|36\d{2}|196"
)
_FOREIGN = re.compile(r"[1-9]\d{7,14}")
_MOBILE = re.compile(r"(?:33(?:6|7[3-9])|59069|59469|59669|26269|262639)\d*")

_FIGURES = re.compile(
    r"(?<![\w+])(?:\(?(?:\+|00)\s?\d{1,3}\)?[\s.]*(?:\(0\)[\s.]*)?)?\(?\d(?:[\s.\-–_/()]{0,3}\d){1,19}(?!\w)"
)
_TRUNK = re.compile(r"\(\s*0\s*\)")
_INTERNATIONAL = re.compile(r"\+|00(?=[1-9])")
_LOOKS_FRENCH = re.compile(r"33[1-9]\d{8}")
_NOISE = re.compile(
    r"\b(?:t[eé]l([eé]phone)?s?|tph|fixe|num[eé]ro|portable|port|mobile)\b\.?\s*:?|n°|[()\[\]]", re.IGNORECASE
)
_EXTENSION = re.compile(r"\bposte\s*:?\s*\d{1,5}\b", re.IGNORECASE)
_PRICE = re.compile(r"\(?\s*\d+(?:[.,]\d+)?\s*(?:€|euros?\b|cts?\b|centimes?\b)[^)]*\)?", re.IGNORECASE)
_BESIDE_SHORT = re.compile(
    r"(?:\W|\d|samu|pompiers?|police|gendarmerie|urgences?|gratuit|appel|service|non surtaxe|prix|un|d|local)*"
)
"""Words that may stand beside a short number: beside any other, "15" is a house, an hour or an age."""
_LONGEST_LABEL = 80
_NATIONAL, _WITH_ZERO = 9, 10
_N_SHORTEST = 8
"""Figures under which words with a number are no telephone number gone wrong, but an hour or a desk."""


class PhoneKind(StrEnum):
    """What kind of number one calls."""

    FIXED = "fixed"
    MOBILE = "mobile"
    SPECIAL = "special"
    SHORT = "short"
    FOREIGN = "foreign"


@dataclass(frozen=True)
class Phone:
    """One number, and the words that stood beside it."""

    number: str
    """E.164 ("+33325390123"), or a short number as it is dialled ("3919")."""
    label: str = ""

    @property
    def kind(self) -> PhoneKind:
        """Tell what kind of number it is."""
        digits = self.number.removeprefix("+")
        if digits == self.number:
            return PhoneKind.SHORT
        if _MOBILE.fullmatch(digits):
            return PhoneKind.MOBILE
        if digits.startswith("338"):
            return PhoneKind.SPECIAL
        return PhoneKind.FIXED if _national(self.number) else PhoneKind.FOREIGN

    @property
    def shown(self) -> str:
        """Write the number as people do: "03 25 39 01 23", "0262 90 50 50", "0 800 123 456", "3919", "116 117"."""
        national = _national(self.number)
        if self.kind is PhoneKind.SHORT:
            return _grouped(self.number, 3, 3) if len(self.number) > _NATIONAL // 2 else self.number
        if not national:
            return _small_territory(self.number) or self.number
        if self.kind is PhoneKind.SPECIAL:
            return _grouped("0" + national, 1, 3, 3, 3)
        overseas = not self.number.startswith(f"+{METROPOLE}")
        return _grouped("0" + national, *((4, 2, 2, 2) if overseas else (2, 2, 2, 2, 2)))

    def line(self, type_: ContactType = ContactType.PHONE) -> ContactLine:
        """Make a contact of it."""
        return ContactLine(type_, self.shown, label=self.label)


def read_phones(text: str, *, is_number: bool = False) -> Read[tuple[Phone, ...]]:
    """Read every number of a cell; those that are none are said one by one."""
    words = said(text)
    if not words:
        return None, ()
    if is_number and (restored := _restored(words)):
        sentence = "Le zéro du début manquait et a été remis : mettez cette colonne au format texte."
        return (restored,), (fault("zero-remis", sentence, words), *_caution(restored))
    price = _PRICE.search(words)
    phones: list[Phone] = []
    problems: list[Problem] = []
    for part in _parts(_PRICE.sub(" ", words).strip()):
        found, faults = _of_part(part)
        phones += found
        problems += faults
    if price and len(phones) == 1:
        phones = [replace(phones[0], label=said(f"{phones[0].label} {price[0].strip(' ()')}")[:_LONGEST_LABEL])]
    return without_repeats(phones) or None, tuple(problems)


def _restored(words: str) -> Phone | None:
    digits = re.sub(r"\.0$|\s", "", words)
    number = _french("0" + digits) if digits.isascii() and digits.isdigit() and len(digits) == _NATIONAL else None
    return Phone(number) if number else None


def _parts(words: str) -> list[str]:
    """Cut where signs separate numbers: a sign inside one number leaves pieces too short to be one."""
    if _number(words):
        return [words]
    parts = re.split(r"[;|,\n]|\s(?:ou|et)\s", words)
    return [piece for part in parts for piece in _cut_at_slashes(part) if said(piece)]


def _cut_at_slashes(part: str) -> list[str]:
    pieces = re.split(r"\s*/\s*|\s+[-–]\s+", part)
    are_numbers = all(len(re.sub(r"\D", "", piece)) in {0, 2, 3, 4, 6, *range(8, 16)} for piece in pieces)
    n_long = sum(len(re.sub(r"\D", "", piece)) >= _N_SHORTEST for piece in pieces)
    are_short = all(_SHORT.fullmatch(piece.strip()) for piece in pieces)
    return pieces if (are_numbers and n_long) or are_short else [part]


def _of_part(part: str) -> tuple[list[Phone], list[Problem]]:
    bare = _EXTENSION.sub(" ", part)
    candidates = [piece for found in _FIGURES.finditer(bare) for piece in _halves(found[0])]
    label = _label_of(part, candidates)
    phones = [
        Phone(number, label) for each in candidates if (number := _number(each)) and _stands(number, candidates, label)
    ]
    if not phones:
        return [], [_refusal(part)]
    refused = [_refusal(each) for each in candidates if not _number(each)]
    return phones, [*(problem for phone in phones for problem in _caution(phone)), *refused]


def _stands(number: str, candidates: list[str], label: str) -> bool:
    """Tell whether a number may be meant: a short one must stand alone, or with words that go with it."""
    return number.startswith("+") or (len(candidates) == 1 and _BESIDE_SHORT.fullmatch(fold(label)) is not None)


def _halves(figures: str) -> list[str]:
    """Part two whole numbers that nothing separates."""
    digits = re.sub(r"\D", "", figures)
    if not _number(figures) and len(digits) == 2 * _WITH_ZERO:
        return [digits[:_WITH_ZERO], digits[_WITH_ZERO:]]
    return [figures]


@lru_cache(maxsize=1000)
def _number(written: str) -> str | None:
    """Normalise one number; None when it is none."""
    compact = re.sub(r"[\s.\-–_/()]", "", _TRUNK.sub("", written.strip()))
    if not re.fullmatch(r"\+?\d{2,17}", compact, re.ASCII):
        return None
    if compact.startswith("+") or (_INTERNATIONAL.match(compact) and len(compact) > _WITH_ZERO):
        return _international(_INTERNATIONAL.sub("", compact, count=1))
    if _LOOKS_FRENCH.fullmatch(compact):
        return _french("0" + compact[2:])
    return compact if _SHORT.fullmatch(compact) else _french(compact)


def _french(digits: str) -> str | None:
    """Read ten figures as they are dialled within France."""
    if len(digits) != _WITH_ZERO or digits[0] != "0":
        return None
    national = digits[1:]
    if national.startswith("508"):
        return f"+508{national[3:]}"
    for code, plan in _OVERSEAS.items():
        if plan.fullmatch(national):
            return f"+{code}{national}"
    return f"+{METROPOLE}{national}" if _MAINLAND.fullmatch(national) else None


def _international(digits: str) -> str | None:
    for code, plan in (*_OVERSEAS.items(), *_SMALL_TERRITORIES.items()):
        if digits.startswith(code):
            rest = digits[len(code) :]
            rest = rest[1:] if rest.startswith("0") and len(rest) == _WITH_ZERO else rest
            return f"+{code}{rest}" if plan.fullmatch(rest) else None
    if digits.startswith(METROPOLE):
        rest = digits[len(METROPOLE) :]
        # Overseas numbers are often written behind +33: the national number says where they belong.
        return _french(rest if rest.startswith("0") else "0" + rest)
    return f"+{digits}" if _FOREIGN.fullmatch(digits) else None


def _national(number: str) -> str:
    """Give the nine figures behind the zero; empty for short, foreign and small territories' numbers."""
    for code in (METROPOLE, *_OVERSEAS):
        rest = number.removeprefix(f"+{code}")
        if rest != number and len(rest) == _NATIONAL:
            return rest
    return ""


def _small_territory(number: str) -> str:
    for code in _SMALL_TERRITORIES:
        if number.startswith(f"+{code}"):
            return f"+{code} " + " ".join(re.findall("..", number[4:]))
    return ""


def _grouped(digits: str, *sizes: int) -> str:
    groups, start = [], 0
    for size in sizes:
        groups.append(digits[start : start + size])
        start += size
    return " ".join(groups)


def _label_of(part: str, candidates: list[str]) -> str:
    for figures in candidates:
        part = part.replace(figures, " ")
    words = said(_NOISE.sub(" ", part).strip(" :;,.-–/()[]\u00a0\u202f"))
    return words[:_LONGEST_LABEL].strip(" :;,.-–/()\u00a0\u202f")


def _caution(phone: Phone) -> Problems:
    if phone.kind is PhoneKind.MOBILE:
        return (fault("mobile-peut-etre-personnel", MAYBE_PERSONAL, phone.shown),)
    if phone.kind is PhoneKind.FOREIGN and not _small_territory(phone.number):
        return (fault("telephone-etranger", "Ce numéro est étranger : vérifiez-le avant de le publier.", phone.number),)
    return ()


_SENTENCES = {
    "telephone-trop-court": "Il manque des chiffres à ce numéro de téléphone : écrivez-le en entier, par exemple "
    "03 25 00 00 00.",
    "telephone-trop-long": "Ce numéro de téléphone a trop de chiffres : écrivez-en dix, par exemple 03 25 00 00 00.",
    "telephone-impossible": "Ce numéro de téléphone n’existe pas dans le plan français : vérifiez ses chiffres.",
    "telephone-sans-zero": "Le zéro du début de ce numéro a sans doute été perdu : écrivez-le, par exemple "
    "03 25 00 00 00.",
    "nombre-abime": "Le tableur a changé ce numéro en nombre arrondi : ressaisissez-le dans une colonne de texte.",
    "telephone-illisible": "Ce n’est pas un numéro de téléphone : indiquez-en un, par exemple 03 25 00 00 00.",
}


def _refusal(written: str) -> Problem:
    code = _why_refused(written)
    return fault(code, _SENTENCES[code], written)


def _why_refused(written: str) -> str:
    digits = re.sub(r"\D", "", _TRUNK.sub("", written))
    if re.search(r"\d[eE]\+?\d", fold(written)):
        return "nombre-abime"
    if not digits or (len(digits) < _N_SHORTEST and re.search(r"[^\W\d_]", written)):
        return "telephone-illisible"
    national = digits.removeprefix("0033") if digits.startswith("0033") else digits
    if len(national) == _NATIONAL and national[0] != "0":
        return "telephone-sans-zero"
    if len(national) == _WITH_ZERO:
        return "telephone-impossible"
    return "telephone-trop-court" if len(national) < _WITH_ZERO else "telephone-trop-long"
