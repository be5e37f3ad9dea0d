"""Dates of cells: French and ISO writings, and a spreadsheet's day numbers; never a guessed century or order."""

import re
from datetime import date, timedelta
from functools import lru_cache

from importers.fields.cells import Problems, Read, fault, said
from portal.core.text import fold

_MONTHS = (
    [
        "janvier",
        "fevrier",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "aout",
        "septembre",
        "octobre",
        "novembre",
        "decembre",
    ],
    ["janv", "fevr", "mars", "avr", "mai", "juin", "juil", "aout", "sept", "oct", "nov", "dec"],
)
_RANKS = {name: rank for names in _MONTHS for rank, name in enumerate(names, start=1)}
_TIME = r"(?:[t\s]+\d{1,2}[:h]\d{2}(?::\d{2})?(?:[.,]\d+)?\s*(?:z|utc|[+-]\d{2}:?\d{2})?)?"
_ISO = re.compile(rf"(\d{{4}})([-/.]?)(\d{{1,2}})\2(\d{{1,2}}){_TIME}", re.ASCII)
_FRENCH = re.compile(rf"(\d{{1,2}})\s?([-/. ])\s?(\d{{1,2}})\s?\2\s?(\d{{4}}|\d{{2}}){_TIME}", re.ASCII)
_WORDS = re.compile(
    r"(?:(?:lun|mar|mercre|jeu|vendre|same)di|dimanche)?\s*(?:le )?(\d{1,2})(?:er)?\s+([a-z]{3,9})\.?\s+(\d{4}|\d{2})",
    re.ASCII,
)
_ONLY_MONTH = re.compile(r"(?:[a-z]{3,9}\.?\s+\d{4}|\d{1,2}[/-]\d{4}|\d{4}([/-]\d{1,2})?)", re.ASCII)
_SERIAL = re.compile(r"\d{1,6}(?:[.,]\d+)?", re.ASCII)

_SPREADSHEET_DAY_ZERO = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 7306, 73051
"""From 1920 to 2100: a smaller number cell is a year or a count."""
_FIRST_YEAR, _LAST_YEAR = 1800, 2199
_FULL_YEAR = 4
_LONGEST_DATE = 200


def read_date(text: str, *, is_number: bool = False) -> Read[date]:
    """Read a day: "21/11/2026", "2026-11-21T09:00", "1er novembre 2026", or a spreadsheet's day number."""
    return _remembered(said(text)[:_LONGEST_DATE], is_number=is_number)


def _read(words: str, *, is_number: bool) -> Read[date]:
    key = fold(words).strip(" .,")
    if not key:
        return None, ()
    if is_number and (serial := _of_serial(key)):
        return serial, ()
    if iso := _ISO.fullmatch(key):
        return _day(iso[1], iso[3], iso[4], words)
    if french := _FRENCH.fullmatch(key):
        return _day(french[4], french[3], french[1], words)
    if (named := _WORDS.fullmatch(key)) and named[2] in _RANKS:
        return _day(named[3], str(_RANKS[named[2]]), named[1], words)
    return None, _unread(key, words)


_remembered = lru_cache(maxsize=10_000)(_read)


def _of_serial(key: str) -> date | None:
    number = int(float(key.replace(",", "."))) if _SERIAL.fullmatch(key) else 0
    return _SPREADSHEET_DAY_ZERO + timedelta(days=number) if _FIRST_SERIAL <= number <= _LAST_SERIAL else None


def _day(year: str, month: str, day: str, words: str) -> Read[date]:
    if len(year) < _FULL_YEAR:
        sentence = "L’année de cette date n’a que deux chiffres : écrivez-la en entier, par exemple 21/11/2026."
        return None, (fault("annee-sur-deux-chiffres", sentence, words),)
    try:
        read = date(int(year), int(month), int(day))
    except ValueError:
        sentence = "Cette date n’existe pas au calendrier : écrivez jour/mois/année, par exemple 21/11/2026."
        return None, (fault("date-impossible", sentence, words),)
    if not _FIRST_YEAR <= read.year <= _LAST_YEAR:
        return None, (fault("date-invraisemblable", "L’année de cette date est invraisemblable : corrigez-la.", words),)
    return read, ()


def _unread(key: str, words: str) -> Problems:
    if _ONLY_MONTH.fullmatch(key):
        sentence = "Cette date n’a pas de jour : écrivez-la en entier, par exemple 21/11/2026."
        return (fault("date-incomplete", sentence, words),)
    sentence = "Cette date n’est pas comprise : écrivez jour/mois/année, par exemple 21/11/2026."
    return (fault("date-illisible", sentence, words),)
