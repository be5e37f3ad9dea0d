"""Which concept claims which words: the ground of recognition, and of the checks on shared words."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from portal.core.text import fold
from portal.vocabulary.entries import Concept, FormerName

_NOT_A_WORD = re.compile(r"[\W_]+")

SHORT = 2
"""A word of two letters or figures (CC, AM, 15) says nothing inside a sentence: it is known only alone."""


class MatchKind(IntEnum):
    """Why words were recognised, from the plainest reason to the most roundabout."""

    LABEL = 1
    FORMER_NAME = 2
    FORMER_ACRONYM = 3
    ACRONYM = 4
    SYNONYM = 5

    @property
    def is_acronym(self) -> bool:
        """Tell whether the words are searched letter by letter, without stems."""
        return self in {MatchKind.ACRONYM, MatchKind.FORMER_ACRONYM}


@dataclass(frozen=True)
class Claim:
    """Words a concept answers to."""

    words: str
    kind: MatchKind
    former: FormerName | None = None


def key_of(words: str) -> str:
    """Reduce words to what counts for recognition: no case, accent, hyphen or apostrophe."""
    return _NOT_A_WORD.sub(" ", fold(words)).strip()


def claims_of(concept: Concept) -> Iterator[Claim]:
    """Yield every way a concept is named, once per way."""
    yield Claim(concept.label.fr, MatchKind.LABEL)
    yield Claim(concept.label.en, MatchKind.LABEL)
    for former in concept.former_names:
        yield Claim(former.name, MatchKind.FORMER_NAME, former)
        for acronym in former.acronyms:
            yield Claim(acronym, MatchKind.FORMER_ACRONYM, former)
    for acronym in concept.acronyms:
        yield Claim(acronym, MatchKind.ACRONYM)
    for synonym in concept.synonyms:
        yield Claim(synonym, MatchKind.SYNONYM)


def best_claims(concept: Concept) -> dict[str, Claim]:
    """Return, for each key a concept answers to, the most telling reason."""
    best: dict[str, Claim] = {}
    for claim in claims_of(concept):
        key = key_of(claim.words)
        if key and (key not in best or claim.kind < best[key].kind):
            best[key] = claim
    return best


def is_known_only_alone(key: str, alone: Iterable[str]) -> bool:
    """Tell whether a key means something only when it is the whole of what was typed."""
    return len(key) <= SHORT or key in alone
