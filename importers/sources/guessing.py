"""Guess which column of an unknown spreadsheet is which: by its name, by what its cells hold; how sure, and why.

Sure is only a name that our general template knows, whose cells do not speak against it. Everything else is a
suggestion, which a person confirms before anything is read by it.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from importers.fields.cells import said
from importers.fields.dates import read_date
from importers.fields.identifiers import read_siret
from importers.fields.mails import looks_like_mail
from importers.fields.phones import read_phones
from importers.fields.themes import is_theme
from importers.fields.urls import looks_like_url
from importers.pipeline.declaration import Reference
from importers.pipeline.headers import header_key, map_header
from importers.reading import RawRow, Table
from importers.templates.general import GENERAL
from portal.core.text import cut, fold
from portal.geography.lookup import Lookup
from portal.geography.names import keys, loose_key, loose_keys, plain_key, spelled_out
from portal.hours.french import read_french

N_ROWS_LOOKED_AT = 200
N_SAMPLES = 2
_N_CELLS = 60
_FEWEST = 3
_MOST_CELLS, _ALMOST_NONE = 0.6, 0.2
_LONGEST_SAMPLE = 40
_POSTAL = re.compile(r"(?:0[1-9]|[1-8]\d|9[0-8])\d{3}")
_DEGREES = re.compile(r"-?\d{1,2}[.,]\d{3,}")
_STREET = re.compile(
    r"\d{1,4}\s*(?:bis|ter)?,?\s+[a-z]|(?:rue|place|avenue|route|chemin|impasse|allee|quai|boulevard|ruelle|square)\b"
)
_SPEAKS_OF_TIME = re.compile(r"\d|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|rendez-vous|ouvert|ferme")
_FIRST_LAT, _LAST_LAT = 41, 52
_WORDS_OF_NAMES = (
    "phone",
    "mail",
    "site",
    "hours",
    "address",
    "commune",
    "postal_code",
    "title",
    "structure",
    "concepts",
)
"""Words that a longer name of a column may give away: "Téléphone de l’accueil"."""

_WEAK_NAMES = {
    "commentaire": "note",
    "commentaires": "note",
    "observation": "note",
    "observations": "note",
    "precisions": "note",
    "remarque": "note",
    "remarques": "note",
    "activite": "title",
    "activites": "title",
    "domaine": "concepts",
    "nature": "legal_nature",
    "secteur": "competence",
    "statut": "legal_nature",
    "type": "concepts",
}
"""Names that may mean something else, or hold what is not for everybody: only a person can tell."""

Test = Callable[[str, Reference], bool]


@dataclass(frozen=True, kw_only=True)
class Guess:
    """One column, and what it seems to be."""

    word: str
    column: str
    is_sure: bool
    reason: str
    samples: tuple[str, ...]

    @property
    def remark(self) -> str:
        """Say how sure it is, with cells to judge by."""
        shown = " ; ".join(f"« {sample} »" for sample in self.samples)
        examples = f" ; par exemple {shown}" if shown else ""
        return f"{'sûr' if self.is_sure else 'à confirmer'} : {self.reason}{examples}"


@dataclass(frozen=True)
class Guesses:
    """What was guessed of a table."""

    found: tuple[Guess, ...]
    unmapped: Mapping[str, tuple[str, ...]]
    """Columns nothing is known of -> some of their cells."""

    @property
    def unsure(self) -> tuple[Guess, ...]:
        """List what a person must confirm."""
        return tuple(guess for guess in self.found if not guess.is_sure)

    def has(self, *words: str) -> bool:
        """Tell whether one of some words surely has a column."""
        return any(guess.is_sure and guess.word in words for guess in self.found)


def guess(table: Table, reference: Reference) -> Guesses:
    """Look at the header and at the first rows."""
    rows = [row for row in islice(table.rows(), N_ROWS_LOOKED_AT) if isinstance(row, RawRow)]
    cells = {
        column: [text for row in rows if (text := said(row.cells.get(column, "")))][:_N_CELLS]
        for column in table.reading.columns
    }
    looked = _Looked(cells, reference)
    by_name = map_header(table.reading.columns, GENERAL.names).columns
    found = [looked.of_known_name(word, column) for word, column in by_name.items()]
    free = [column for column in table.reading.columns if column not in by_name.values()]
    for column in free:
        guessed = looked.of_unknown_name(column, taken={each.word for each in found})
        found += [guessed] if guessed else []
    taken = {each.column for each in found}
    unmapped = {column: looked.samples(column) for column in free if column not in taken}
    order = {word: rank for rank, word in enumerate(GENERAL.names)}
    return Guesses(tuple(sorted(found, key=lambda each: order[each.word])), unmapped)


@dataclass(frozen=True)
class _Looked:
    """The cells of each column that say something."""

    cells: Mapping[str, Sequence[str]]
    reference: Reference

    def of_known_name(self, word: str, column: str) -> Guess:
        """Believe a known name, unless hardly a cell agrees."""
        cells, share = self.cells[column], self._share(word, column)
        is_ours = header_key(column) == header_key(GENERAL.column(word).header)
        speaks_against = share is not None and share < _ALMOST_NONE and len(cells) >= _FEWEST and not is_ours
        reason = f"le nom convient, mais {self._count(word, column)}" if speaks_against else "le nom de la colonne"
        return self._guess(word, column, reason, is_sure=not speaks_against)

    def of_unknown_name(self, column: str, *, taken: set[str]) -> Guess | None:
        """Suggest what the cells hold, else what a part of the name says."""
        for word in _TESTS:
            share = self._share(word, column)
            if word not in taken and share is not None and share >= _MOST_CELLS:
                return self._guess(word, column, self._count(word, column), is_sure=False)
        for word in _WORDS_OF_NAMES:
            share = self._share(word, column)
            speaks_against = share is not None and share < _ALMOST_NONE
            if word not in taken and _names(word, column) and not speaks_against:
                return self._guess(word, column, "un mot de son nom", is_sure=False)
        weak = _WEAK_NAMES.get(header_key(column))
        return self._guess(weak, column, "son nom", is_sure=False) if weak and weak not in taken else None

    def samples(self, column: str) -> tuple[str, ...]:
        """Give the first different cells, cut."""
        return tuple(cut(text, _LONGEST_SAMPLE) for text in list(dict.fromkeys(self.cells[column]))[:N_SAMPLES])

    def _guess(self, word: str, column: str, reason: str, *, is_sure: bool) -> Guess:
        return Guess(word=word, column=column, is_sure=is_sure, reason=reason, samples=self.samples(column))

    def _share(self, word: str, column: str) -> float | None:
        """Give the share of cells that pass the test of a word; None without test or cells."""
        cells = self.cells[column]
        return self._passing(word, cells) / len(cells) if word in _TESTS and cells else None

    def _count(self, word: str, column: str) -> str:
        cells = self.cells[column]
        n = self._passing(word, cells)
        return f"{n} case{'s' if n > 1 else ''} sur {len(cells)} y {'ressemblent' if n > 1 else 'ressemble'}"

    def _passing(self, word: str, cells: Iterable[str]) -> int:
        return sum(1 for text in cells if _TESTS[word](text, self.reference))


def _names(word: str, column: str) -> bool:
    tokens = set(header_key(column).split())
    return any(set(header_key(name).split()) <= tokens for name in GENERAL.column(word).names)


def _is_commune(text: str, reference: Reference) -> bool:
    return loose_key(spelled_out(plain_key(text))) in _names_of_communes(reference.lookup)


@lru_cache(maxsize=2)
def _names_of_communes(lookup: Lookup) -> frozenset[str]:
    """Write every name of a commune as a key: looking each cell up with its slips of the pen would take minutes."""
    return frozenset(loose_keys(keys([*lookup.communes.names, *lookup.communes.alias_names])))


@lru_cache(maxsize=2000)
def _is_hours(text: str) -> bool:
    if not _SPEAKS_OF_TIME.search(fold(text)):
        return False
    opening, problems = read_french(text)
    return bool(opening.slots) and not problems


def _is_degrees(text: str, *, of_lat: bool) -> bool:
    if not _DEGREES.fullmatch(text):
        return False
    return (_FIRST_LAT <= float(text.replace(",", ".")) <= _LAST_LAT) is of_lat


_TESTS: Mapping[str, Test] = {
    "mail": lambda text, _: looks_like_mail(text),
    "site": lambda text, _: looks_like_url(text),
    "siret": lambda text, _: read_siret(text)[0] is not None,
    "phone": lambda text, _: looks_like_mail(text) or read_phones(text)[0] is not None,
    "postal_code": lambda text, _: _POSTAL.fullmatch(text.replace(" ", "")) is not None,
    "lat": lambda text, _: _is_degrees(text, of_lat=True),
    "lon": lambda text, _: _is_degrees(text, of_lat=False),
    "said_on": lambda text, _: read_date(text)[0] is not None,
    "hours": lambda text, _: _is_hours(text),
    "address": lambda text, _: _STREET.match(fold(text)) is not None,
    "commune": _is_commune,
    "concepts": lambda text, reference: is_theme(text, reference.vocabulary),
}
"""What a cell of a column must look like, the most telling first; a mail in a column of telephones is moved."""
