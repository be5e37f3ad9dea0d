"""The words of a question, each with its place in it, so that what is understood can be given back as it was typed."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from portal.core.text import fold
from search_index.analysis import STOP_WORDS
from search_index.stems import stem

_APOSTROPHES = "'’ʼ‘`´"
_TOKEN = re.compile(
    rf"""
    (?:[cdjlmnst]|(?:jus|lors|puis|quoi|quel)?qu)[{_APOSTROPHES}](?=\w)
    | [^\W\d_](?:\.[^\W\d_])+\.?(?!\w)
    | (?:anti|co|extra|mal|para|p[eé]ri|pr[eé]|psycho|socio|t[eé]l[eé])-[^\W_]+
    | [^\W_]+(?:[{_APOSTROPHES}][^\W_]+)*
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SIGNS_INSIDE = re.compile(rf"[{_APOSTROPHES}.-]")

FILLERS = STOP_WORDS | frozenset(
    """
    svp stp merci bonjour bonsoir bjr salut please voudrais voudrai veux veut voulons aimerais souhaite souhaiterais
    cherche cherchons chercher recherche rechercher trouver trouve trouvons besoin jai jaimerais jaurais quelquun
    quelqu quelque quelques ya existe existent pouvez pouvoir peuvent puis puisje dois doit devoir connaitre savoir sais
    sait possible possibilite endroit lieu lieux service services adresse numero coordonnees horaire horaires contact
    contacter joindre appeler telephone faut faudrait concernant propos alors aucun aucune vite urgent infos info
    renseignement renseignements information informations proche autour pres proximite ici coin aller vais allez
    elle etait sera serait ont avait avais aurait aurais moins car donc rien chose choses quoi uniquement seulement
    """.split()  # noqa: SIM905  # a block of words is read and sorted, a list of a hundred strings is not
) - {"car"}
"""Folded words that say nothing of a need; "car" is a bus, and a thing one may look for."""
_TURNING = frozenset({"pas", "plus", "rien", "sais", "sait"})


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the question."""

    start: int
    end: int
    written: str
    key: str
    """Small letters without accents, apostrophes and dots."""
    stem: str
    is_small: bool
    """Whether it is an article, a pronoun or the like."""
    is_filler: bool
    """Whether it is small, or one of the words people put around a need: "je cherche", "svp"."""

    @property
    def is_telling(self) -> bool:
        """Tell whether it counts in a sentence: "je ne sais pas lire" is not "lire"."""
        return not self.is_filler or self.key in _TURNING


@lru_cache(maxsize=4096)
def tokens_of(text: str) -> tuple[Token, ...]:
    """Cut a text into words; elided articles ("l’", "d’") are none."""
    return tuple(_token(found) for found in _TOKEN.finditer(text) if found[0][-1] not in _APOSTROPHES)


def name_stems(text: str) -> tuple[str, ...]:
    """Give the stems of a name, small words left out: "bus des services" is not just "bus"."""
    tokens = tokens_of(text)
    return tuple(each.stem for each in tokens if not each.is_small) or tuple(each.stem for each in tokens)


def sentence_stems(text: str) -> frozenset[str]:
    """Give the stems by which a sentence is met again: what says something, and what turns it round."""
    return frozenset(each.stem for each in tokens_of(text) if each.is_telling)


def written(text: str, tokens: Sequence[Token]) -> str:
    """Give the words as they were typed, from the first to the last."""
    return text[tokens[0].start : tokens[-1].end] if tokens else ""


def written_at(text: str, tokens: Sequence[Token], places: Iterable[int]) -> str:
    """Give words as they were typed by their places, with what stands between them: "Saint-Aubin", "mari me frappe"."""
    kept: list[str] = []
    last = None
    for place in sorted(places):
        token = tokens[place]
        # Only small words between two: those of another need, or of a place, are given back elsewhere.
        is_joined = last is not None and all(each.is_small for each in tokens[last + 1 : place])
        kept.append(text[tokens[last].end : token.end] if last is not None and is_joined else f" {token.written}")
        last = place
    return "".join(kept).strip()


def without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Leave parts of a text out."""
    kept, last = [], 0
    for start, end in sorted(spans):
        kept.append(text[last:start])
        last = max(last, end)
    return " ".join(" ".join([*kept, text[last:]]).split())


def _token(found: re.Match[str]) -> Token:
    key = _SIGNS_INSIDE.sub("", fold(found[0]))
    return Token(found.start(), found.end(), found[0], key, stem(key), key in STOP_WORDS, key in FILLERS)
