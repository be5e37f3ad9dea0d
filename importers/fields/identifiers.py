"""Official numbers: checked by their own key, refused when a spreadsheet has damaged them, never completed.

A SIRET shown as "2,601E+13" lost its last figures and a postal code of four figures its first: both are refused. The
one exception is a postal code whose commune is known and has it with a zero: the commune proves it.
"""

import re
from typing import TYPE_CHECKING

from importers.fields.cells import Problems, Read, fault, said
from portal.core.problems import Problem
from portal.geography.communes import Commune

if TYPE_CHECKING:
    from collections.abc import Callable

_SIREN_LENGTH, _SIRET_LENGTH = 9, 14
_LA_POSTE = "356000000"
_EXPONENT = re.compile(r"-?\d+(?:[.,]\d+)?\s*[eE]\s*\+?\s*\d+")
_WHOLE_AS_DECIMAL = re.compile(r"(\d+)[.,]0+")
_BLANKS = re.compile(r"[\s.\-_/'’]+")
_FINESS = re.compile(r"\d[\dAB]\d{7}")
_RNA = re.compile(r"W\d[\dA-Z]\d{7}")
_INSEE = re.compile(r"(?:[013-9]\d|2[1-9AB])\d{3}")
_POSTAL = re.compile(r"\d{5}")
_OVERSEAS = dict.fromkeys(["9A", "9B", "9C", "9D", "9E", "9F"], "97") | {"9J": "98"}
"""FINESS' own letters: Guadeloupe to Mayotte, and Wallis-et-Futuna; its three other letters were never met."""


def read_siret(text: str, *, is_number: bool = False) -> Read[str]:
    """Read the number of an establishment: fourteen figures and a key; La Poste has a key of its own."""
    code, problems = _bare(text)
    if code is None:
        return None, problems
    if not _are_figures(code, _SIRET_LENGTH):
        return None, (_length("siret", "SIRET", code, _SIRET_LENGTH, is_number=is_number),)
    posted = code.startswith(_LA_POSTE) and sum(map(int, code)) % 5 == 0
    return (code, ()) if _luhn(code) or posted else (None, (_key("siret", "SIRET", code),))


def read_siren(text: str, *, is_number: bool = False) -> Read[str]:
    """Read the number of a legal body: nine figures and a key."""
    code, problems = _bare(text)
    if code is None:
        return None, problems
    if not _are_figures(code, _SIREN_LENGTH):
        return None, (_length("siren", "SIREN", code, _SIREN_LENGTH, is_number=is_number),)
    return (code, ()) if _luhn(code) else (None, (_key("siren", "SIREN", code),))


def read_finess(text: str, *, is_number: bool = False) -> Read[str]:
    """Read the number of a health establishment: nine signs; the last is a key, except in Corsica."""
    code, problems = _bare(text)
    if code is None:
        return None, problems
    if not _FINESS.fullmatch(code):
        return None, (_length("finess", "FINESS", code, _SIREN_LENGTH, is_number=is_number),)
    return (code, ()) if not code.isdigit() or _luhn(code) else (None, (_key("finess", "FINESS", code),))


def read_rna(text: str) -> Read[str]:
    """Read the number of an association: W and nine signs."""
    code, problems = _bare(text)
    if code is None or _RNA.fullmatch(code):
        return code, problems
    sentence = "Ce numéro d’association n’a pas la forme W et neuf chiffres, comme W101000000 : corrigez-le."
    return None, (fault("rna-invalide", sentence, text),)


def read_commune_code(text: str, *, is_number: bool = False) -> Read[str]:
    """Read an INSEE code of a commune by its shape; whether it exists is for `places`."""
    code, problems = _bare(text)
    if code is None or _INSEE.fullmatch(code):
        return code, problems
    return None, (_lost_or_wrong("code-insee", "code INSEE", code, is_number=is_number),)


def read_postal_code(text: str, *, is_number: bool = False, commune: Commune | None = None) -> Read[str]:
    """Read a postal code; `commune`, where it is known by other means, may prove a lost zero."""
    code, problems = _bare(text)
    if code is None or _POSTAL.fullmatch(code):
        return code, problems
    if commune is not None and f"0{code}" in commune.postal_codes:
        sentence = "Le zéro du début manquait et la commune le confirme : mettez cette colonne au format texte."
        return f"0{code}", (fault("zero-remis", sentence, code),)
    return None, (_lost_or_wrong("code-postal", "code postal", code, is_number=is_number),)


def finess_commune_code(department: str, commune: str) -> Read[str]:
    """Join the two columns of FINESS into an INSEE code: its own overseas letters stand for 97 or 98."""
    key, rest = said(department).upper(), said(commune)
    if not key and not rest:
        return None, ()
    code = _OVERSEAS.get(key, key[:2]) + rest
    if len(rest) == 3 and _INSEE.fullmatch(code):  # noqa: PLR2004 - figures of a commune inside its département
        return code, ()
    sentence = "Le département et la commune ne forment pas un code INSEE : des zéros ont sans doute été perdus."
    return None, (fault("code-insee-zero-perdu", sentence, f"{department} {commune}"),)


def reader_of(register: str) -> "Callable[..., Read[str]] | None":
    """Give the reader of a national register by its name; None for one without a key to check."""
    return {"siret": read_siret, "siren": read_siren, "finess": read_finess, "rna": read_rna}.get(register)


def _bare(text: str) -> Read[str]:
    words = said(text)
    if not words:
        return None, ()
    if _EXPONENT.fullmatch(words):
        return None, _damaged(words)
    whole = _WHOLE_AS_DECIMAL.fullmatch(words)
    return _BLANKS.sub("", whole[1] if whole else words).upper(), ()


def _damaged(words: str) -> Problems:
    sentence = "Le tableur a arrondi ce numéro : ressaisissez-le en entier dans une colonne au format texte."
    return (fault("nombre-abime", sentence, words),)


def _are_figures(code: str, length: int) -> bool:
    return len(code) == length and code.isascii() and code.isdigit()


def _luhn(code: str) -> bool:
    """Check the key by which every second figure from the right counts double."""
    doubled = [int(figure) * (1 + rank % 2) for rank, figure in enumerate(reversed(code))]
    return sum(figure - 9 if figure > 9 else figure for figure in doubled) % 10 == 0  # noqa: PLR2004 - Luhn's rule


def _length(code: str, register: str, value: str, length: int, *, is_number: bool) -> Problem:
    if value.isdigit() and len(value) < length and (is_number or len(value) == length - 1):
        return _zero_lost(code, f"numéro {register}", value)
    sentence = f"Un numéro {register} compte {length} chiffres : vérifiez celui-ci."
    return fault(f"{code}-invalide", sentence, value)


def _key(code: str, register: str, value: str) -> Problem:
    sentence = f"La clé de ce numéro {register} est fausse : un chiffre a sans doute été mal recopié, vérifiez-le."
    return fault(f"{code}-cle-fausse", sentence, value)


def _lost_or_wrong(code: str, noun: str, value: str, *, is_number: bool) -> Problem:
    if value.isdigit() and (is_number or len(value) == 4):  # noqa: PLR2004 - one figure short of five
        return _zero_lost(code, noun, value)
    return fault(f"{code}-invalide", f"Un {noun} compte cinq chiffres, comme 10400 : corrigez celui-ci.", value)


def _zero_lost(code: str, noun: str, value: str) -> Problem:
    sentence = f"Ce {noun} a perdu un zéro au début : ressaisissez-le dans une colonne au format texte."
    return fault(f"{code}-zero-perdu", sentence, value)
