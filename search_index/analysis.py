"""From French text to terms, by the same steps for what documents say and for what visitors ask.

The steps, in order:

1. cut into tokens: words (with the apostrophe inside "prud’hommes"), numbers ("24h", "3e"), telephone numbers and
   acronyms with dots as one token each, hyphenated words in their parts, except after a prefix that many people write
   without hyphen ("co-voiturage" is "covoiturage")
2. drop elisions: l’, d’, qu’, jusqu’…, with any of the apostrophes keyboards know
3. fold: small letters, no accents, no ligatures ("œuvre" -> "oeuvre"), always before the stem, so that words typed
   without accents end up the same
4. acronyms: one known to the caller stays as it is, however it is written; a word in capitals nobody knows may be one
   ("XYZS") or may be shouting ("ECOLES"), so it stands for itself and for its stem
5. stop words go, unless written in capitals ("SES")
6. stem: `stems.stem`

A term in capitals and in small letters is the same: "caf" finds CAF. It is short words staying whole that keeps café
and rame away from CAF and RAM.
"""

import re
import unicodedata
from collections.abc import Iterable
from hashlib import blake2b
from typing import NamedTuple

from search_index.stems import stem

VERSION = 2
"""Grows with every change that makes terms differ: an index built with another one is built anew."""

MOST_LETTERS = 64
"""Letters of a token that count; no French word comes near."""
MOST_CHARACTERS = 400
"""Characters of a question that are read; the rest is ignored, so that nobody can keep an engine busy."""
_MOST_REMEMBERED = 60_000
"""Chunks whose words are remembered; beyond, memory starts afresh."""

_APOSTROPHES = "'’ʼ‘`´"
_HYPHENS = r"\-\u2010\u2011"
_TELEPHONE = re.compile(r"(?<!\d)0\d(?:[ .\u00a0\u202f-]?\d\d){4}(?!\d)")
_CHUNK = re.compile(rf"[^\W_]+(?:[{_APOSTROPHES}.{_HYPHENS}][^\W_]+)*")
_TOKEN = re.compile(
    rf"""
    (?P<elision>(?:[cdjlmnst]|(?:jus|lors|puis|quoi|quel)?qu)[{_APOSTROPHES}](?=\w))
    | (?P<acronym>[^\W\d_](?:\.[^\W\d_])+(?!\w))
    | (?P<joined>(?:anti|co|extra|mal|para|p[eé]ri|pr[eé]|psycho|socio|t[eé]l[eé])[{_HYPHENS}][^\W_]+)
    | (?P<word>[^\W_]+(?:[{_APOSTROPHES}][^\W_]+)*)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SIGNS = re.compile(rf"[{_APOSTROPHES}{_HYPHENS}.\s]")
_ORDINAL_END = re.compile(r"(?<=\d)(?:i?[eè]mes?|ers?|[eè]?res?)$")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})

STOP_WORDS = frozenset(
    """
    a afin ai ainsi alors as au aussi aux avec avez avoir avons c ce ceci cela ces cest cet cette chez comme comment d
    dans de des donc dont du elle elles en entre est et etes etre eux fait faire faut il ils j jai je l la le les leur
    leurs lui m ma mais me meme mes moi mon n ne nos notre nous on ont ou par pas peut peux plus pour qu quand que quel
    quelle quelles quels qui quoi s sa se ses si soit sommes son sont suis sur t ta te tes toi ton tout toute toutes
    tous tres tu un une v va vers voici voila vos votre vous y
    """.split()  # noqa: SIM905  # a block of words is read and sorted, a list of sixty strings is not
)
"""Folded words that say nothing alone. "sans" and "sous" do (sans rendez-vous, sous-préfecture), "car" is a bus."""


class Word(NamedTuple):
    """A word of a text."""

    written: str
    """As it stands in the text, without elision."""
    folded: str
    terms: tuple[str, ...]
    """What it is found by: one term, or two for capitals that may be an acronym or not."""
    is_weak: bool = False
    """Whether it is a stop word but for its capitals."""


def fold(text: str) -> str:
    """Write a text in small letters without accents and ligatures."""
    # Lowering comes twice: some capitals only appear once their compatibility form is written out.
    plain = unicodedata.normalize("NFKD", text.lower()).lower().translate(_LIGATURES)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


class Analysis:
    """The steps, with the acronyms a caller knows."""

    def __init__(self, acronyms: Iterable[str] = ()) -> None:
        self.acronyms = frozenset(fold(_SIGNS.sub("", acronym)) for acronym in acronyms)
        self._remembered: dict[str, tuple[Word, ...]] = {}

    @property
    def fingerprint(self) -> str:
        """Tell analyses apart: terms of two with the same fingerprint agree."""
        told = "\n".join([str(VERSION), *sorted(self.acronyms)])
        return blake2b(told.encode(), digest_size=8).hexdigest()

    def words(self, text: str) -> list[Word]:
        """Give the words of a text that are worth finding it by."""
        words: list[Word] = []
        for chunk in _CHUNK.findall(_tidy(text)):
            # Nearly every chunk was met before: a text costs one look-up for each of its words.
            of_chunk = self._remembered.get(chunk)
            words += self._read(chunk) if of_chunk is None else of_chunk
        return words

    def asked(self, text: str) -> list[Word]:
        """Give the words of a question: like `words`, but capitals do not save a stop word where others speak.

        Somebody who shouts "LA MAIRIE" asks for the mairie; somebody who asks for "SES" alone means the acronym.
        """
        words = self.words(text[:MOST_CHARACTERS])
        strong = [word for word in words if not word.is_weak]
        return strong or words

    def last(self, text: str) -> Word | None:
        """Give the word a text ends with, stop words included: somebody may still be typing it."""
        tokens = [found[0] for found in _TOKEN.finditer(_tidy(text[-MOST_CHARACTERS:]))]
        if not tokens or not text[-1].isalnum():
            return None
        return self._word(tokens[-1]) or Word(tokens[-1], fold(_SIGNS.sub("", tokens[-1])), ())

    def _read(self, chunk: str) -> tuple[Word, ...]:
        tokens = (found[0] for found in _TOKEN.finditer(chunk) if found.lastgroup != "elision")
        words = tuple(word for token in tokens if (word := self._word(token)) is not None)
        if len(chunk) <= MOST_LETTERS:
            if len(self._remembered) >= _MOST_REMEMBERED:
                self._remembered = {}
            self._remembered[chunk] = words
        return words

    def _word(self, token: str) -> Word | None:
        written = _SIGNS.sub("", token) if "." in token else token
        written = written[:MOST_LETTERS]
        folded = fold(_SIGNS.sub("", written))
        is_capital = len(written) > 1 and written.isupper()
        is_weak = folded in STOP_WORDS
        if not folded or (is_weak and not is_capital):
            return None
        return Word(written, folded, self._terms(folded, is_capital=is_capital), is_weak)

    def _terms(self, folded: str, *, is_capital: bool) -> tuple[str, ...]:
        if folded in self.acronyms:
            return (folded,)
        if folded[0].isdecimal():
            return (_ORDINAL_END.sub("e", folded),)
        cut = stem(folded)
        return (folded, cut) if is_capital and cut != folded else (cut,)


def _tidy(text: str) -> str:
    """Write accents with their letters, and telephone numbers without signs."""
    return _TELEPHONE.sub(lambda found: _SIGNS.sub("", found[0]), unicodedata.normalize("NFC", text))
