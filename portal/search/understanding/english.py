"""A question in English, put into the French words that are understood: needs, days, times, places, small words.

The directory is written in French. What is not known here stays as it was typed: names of towns, of services, and all
that a visitor already says in French.
"""

import csv
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from portal.search.understanding.tokens import FILLERS, tokens_of
from portal.vocabulary.loading import load_vocabulary

_SMALL = (
    *("a", "an", "the", "my", "our", "some", "any", "for", "to", "of", "on", "at", "is", "are", "am", "be", "and"),
    *("i", "i’m", "i’ve", "we", "me", "who", "where", "when", "which", "what", "how", "can", "could", "do", "does"),
    *("have", "need", "want", "find", "get", "go", "look", "looking", "there", "please", "help", "someone", "somebody"),
    *("with", "that", "would", "like", "must", "see", "take", "make", "going", "getting", "your", "by", "this"),
    *("he", "she", "they", "his", "her", "him", "them", "it", "its", "their", "us", "not", "but", "or", "if", "im"),
    *("about", "use", "come", "comes", "give", "gives", "new", "more", "don’t", "doesn’t", "can’t", "cannot"),
)
_LEADS = frozenset({"", "à", "de"})
"""Small words put in: what stands around them is given back without them."""
_CLOCK = re.compile(r"\b(?:at )?(\d{1,2})(?:[:.](\d\d))? ?(am|pm)\b", re.IGNORECASE)
_TOWARDS = re.compile(
    r"\bto (?=[A-ZÀ-Ý])|(?:(?<=\bbus )|(?<=\btrain )|(?<=\bcoach )|(?<=\btaxi )|(?<=\blift )|(?<=\btransport ))to "
)
"""In "bus to Troyes" it says where one goes; in "how to pay my rent" it says nothing."""
_SURELY = 2
"""English words that no French one stands beside: one alone may be a name, or a word both tongues share."""
_UNTIL = re.compile(r"(\dh\d*) to (\d)")
_NOON = 12


def everyday_english() -> Mapping[str, str]:
    """Give the everyday words that name a need or a thing, with the French ones for them."""
    return {english: french for english, french in _words().items() if french}


@dataclass(frozen=True)
class Question:
    """A question in the words that are understood, and what was typed for them."""

    text: str
    typed: Mapping[str, str] = field(default_factory=dict)
    """French put in -> English taken out."""
    is_english: bool = False
    """Whether it was taken for English on a page in French."""

    def as_typed(self, words: str) -> str:
        """Give words of the question back as the visitor typed them."""
        for french, english in self.typed.items():
            words = re.sub(rf"(?<!\w){re.escape(french)}(?!\w)", english, words)
        return words


def is_in_english(question: str, french: Collection[str], places: Collection[str]) -> bool:
    """Tell whether a question on a French page was asked in English: more of its words say so than the contrary."""
    keys = [token.key for token in tokens_of(question.replace("'", "’")) if token.key not in places]
    known = [key in french or key in FILLERS for key in keys]
    n_french = sum(is_french and key not in _single_words() for key, is_french in zip(keys, known, strict=True))
    n_english = sum(key in _single_words() and not is_french for key, is_french in zip(keys, known, strict=True))
    if all(key in _single_words() for key in keys):
        return n_english > 0 or len(keys) > _SURELY
    return n_english > n_french and n_english >= _SURELY


def said_in_french(question: str) -> Question:
    """Write a question of an English page with the French words for what it says."""
    typed: dict[str, str] = {}

    def put(met: re.Match[str], french: str) -> str:
        if french not in _LEADS:
            typed.setdefault(french, met[0])
        return french

    straight = question.replace("'", "’")
    timed = _UNTIL.sub(r"\1 à \2", _CLOCK.sub(lambda met: put(met, _hour(met)), straight))
    timed = _TOWARDS.sub("vers ", timed)
    text = _pattern().sub(lambda met: put(met, _words()[_key(met[0])]), timed)
    longest_first = sorted(typed, key=len, reverse=True)
    return Question(" ".join(text.split()), {french: typed[french] for french in longest_first})


def _hour(met: re.Match[str]) -> str:
    hour = int(met[1]) % _NOON + (_NOON if met[3].lower() == "pm" else 0)
    lead = "à " if met[0].lower().startswith("at ") else ""
    return f"{lead}{hour}h{met[2] or ''}"


@cache
def _words() -> Mapping[str, str]:
    text = files("portal.search").joinpath("reference", "english.csv").read_text(encoding="utf-8")
    known = {row["english"]: row["french"] for row in csv.DictReader(text.splitlines(), delimiter=";")}
    # A name of the thesaurus is not taken apart: no "shop" is sought in "France services one-stop shop".
    names = {concept.label.en.lower(): concept.label.fr for concept in load_vocabulary().concepts}
    return dict.fromkeys(_SMALL, "") | names | known


@cache
def _single_words() -> frozenset[str]:
    """Give the keys of all words of the English that is known, in one and in many."""
    keys = {token.key for english in _words() for token in tokens_of(english)}
    return frozenset(keys | {f"{key}s" for key in keys})


@cache
def _pattern() -> re.Pattern[str]:
    # The longest first: "post office" before "post", "nursery school" before "nursery".
    ways = sorted(_words(), key=len, reverse=True)
    return re.compile(
        rf"(?<![\w’-])(?:{'|'.join(map(re.escape, ways))})(?:(?<=[a-z])(?:e?s|’s))?(?![\w’-])", re.IGNORECASE
    )


def _key(met: str) -> str:
    """Find the entry of what was met, in one or in many."""
    word = met.lower()
    forms = (word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("’s"))
    return next(each for each in forms if each in _words())
