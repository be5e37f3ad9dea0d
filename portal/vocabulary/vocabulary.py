"""The vocabulary other rooms ask: concepts by code, slug, words or somebody else's code; situations likewise.

A hidden concept leaves the lists and recognition of a territory, never the look-ups: old URLs and imported
records still resolve.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Protocol, TypeVar

from portal.vocabulary.claims import MatchKind, best_claims, is_known_only_alone, key_of
from portal.vocabulary.entries import (
    Concept,
    Family,
    FormerName,
    Journey,
    Nomenclature,
    Situation,
    Taxonomies,
    Vintages,
)


class _Coded(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def slug(self) -> str: ...


_Entry = TypeVar("_Entry", bound=_Coded)


@dataclass(frozen=True)
class Sense:
    """One thing that words may mean, and why."""

    concept: Concept
    kind: MatchKind
    words: str
    """The words of the thesaurus that were met, as they are written there."""
    former: FormerName | None = None
    is_known_only_alone: bool = False
    """True for words that say nothing inside a longer sentence, such as CC, 15 or SEL."""


@dataclass(frozen=True)
class Vocabulary:
    """Families, concepts and situations, with every way to find them; lists are in the order of the files."""

    families: tuple[Family, ...] = ()
    concepts: tuple[Concept, ...] = ()
    situations: tuple[Situation, ...] = ()
    journey: Journey = field(default_factory=Journey)
    taxonomies: Taxonomies = field(default_factory=Taxonomies)
    known_only_alone: frozenset[str] = frozenset()
    """Acronyms that are everyday words too."""
    bpe_vintages: Vintages | None = None
    bpe_2024_vintages: Vintages | None = None
    hidden: frozenset[str] = frozenset()
    """Codes of families and concepts this territory does not show."""

    @cached_property
    def shown_families(self) -> tuple[Family, ...]:
        """The families a visitor may browse: neither hidden nor empty."""
        used = {concept.family for concept in self.shown_concepts}
        return tuple(family for family in self.families if family.code in used)

    @cached_property
    def shown_concepts(self) -> tuple[Concept, ...]:
        """The concepts a visitor may browse: neither hidden nor deprecated."""
        return tuple(concept for concept in self.concepts if not (self.is_hidden(concept) or concept.is_deprecated))

    def is_hidden(self, concept: Concept) -> bool:
        """Tell whether this territory leaves a concept out of its lists."""
        return concept.code in self.hidden or concept.family in self.hidden

    def concept(self, code: str) -> Concept | None:
        """Find a concept by its code, hidden or not."""
        return self._concepts_by_code.get(code.upper())

    def concept_by_slug(self, slug: str) -> Concept | None:
        """Find a concept by its slug, hidden or not."""
        return self._concepts_by_slug.get(slug)

    def family(self, code: str) -> Family | None:
        """Find a family by its code, hidden or not."""
        return self._families_by_code.get(code.upper())

    def family_by_slug(self, slug: str) -> Family | None:
        """Find a family by its slug, hidden or not."""
        return self._families_by_slug.get(slug)

    def theme(self, words: str) -> Family | Concept | None:
        """Find what `theme=` in a URL means: the slug of a family or the code of a concept."""
        return self.family_by_slug(words) or self.concept(words)

    def concepts_of(self, family: Family) -> tuple[Concept, ...]:
        """Return the concepts of a family that a visitor may browse."""
        return tuple(concept for concept in self.shown_concepts if concept.family == family.code)

    def current(self, concept: Concept) -> Concept:
        """Return the concept new services must use: itself, or the one that replaced it."""
        heir = self.concept(concept.deprecation.replaced_by) if concept.deprecation else None
        return heir or concept

    def recognise(self, words: str) -> tuple[Sense, ...]:
        """Return every sense of words that are exactly a label, synonym, acronym or former name."""
        return self.senses.get(key_of(words), ())

    def recognise_family(self, words: str) -> Family | None:
        """Find the family whose label or slug these words are exactly."""
        return self._families_by_words.get(key_of(words))

    def recognise_situations(self, words: str) -> tuple[Situation, ...]:
        """Return the situations whose sentence, title or keyword these words are exactly."""
        return self._situations_by_words.get(key_of(words), ())

    def situation(self, code: str) -> Situation | None:
        """Find a situation by its code."""
        return self._situations_by_code.get(code.upper())

    def situation_by_slug(self, slug: str) -> Situation | None:
        """Find a situation by its slug."""
        return self._situations_by_slug.get(slug)

    def situations_with(self, concept: Concept) -> tuple[Situation, ...]:
        """Return the situations one of whose steps leads to a concept."""
        return tuple(situation for situation in self.situations if concept.code in situation.concepts)

    def concepts_for(self, nomenclature: Nomenclature, code: str) -> tuple[Concept, ...]:
        """Return what somebody else's code may mean here, the first sense first."""
        return self._by_foreign_code.get((nomenclature, code), ())

    def concepts_for_bpe(self, code: str, *, vintage: int) -> tuple[Concept, ...]:
        """Return what an INSEE equipment code means in the base of one year; nothing for a year never mapped.

        A number changes meaning from one vintage to another: an older mapping holds for a newer base only in
        the domains the thesaurus says were kept.
        """
        if self.bpe_vintages is not None and self.bpe_vintages.holds(vintage):
            return self.concepts_for(Nomenclature.BPE, code)
        newer = self.bpe_2024_vintages
        if newer is None or not newer.holds(vintage):
            return ()
        kept = self.concepts_for(Nomenclature.BPE, code) if code[:1] in newer.kept_domains else ()
        return self.concepts_for(Nomenclature.BPE_2024, code) or kept

    @cached_property
    def senses(self) -> Mapping[str, tuple[Sense, ...]]:
        """Every key of recognition (see `claims.key_of`) with its senses, the plainest reason first."""
        found: dict[str, list[Sense]] = {}
        for concept in self.shown_concepts:
            for key, claim in best_claims(concept).items():
                alone = is_known_only_alone(key, self._keys_known_only_alone)
                found.setdefault(key, []).append(Sense(concept, claim.kind, claim.words, claim.former, alone))
        return {key: tuple(sorted(senses, key=lambda sense: sense.kind)) for key, senses in found.items()}

    @cached_property
    def _keys_known_only_alone(self) -> frozenset[str]:
        return frozenset(key_of(words) for words in self.known_only_alone)

    @cached_property
    def _concepts_by_code(self) -> Mapping[str, Concept]:
        return _by_code(self.concepts)

    @cached_property
    def _concepts_by_slug(self) -> Mapping[str, Concept]:
        return _by_slug(self.concepts)

    @cached_property
    def _families_by_code(self) -> Mapping[str, Family]:
        return _by_code(self.families)

    @cached_property
    def _families_by_slug(self) -> Mapping[str, Family]:
        return _by_slug(self.families)

    @cached_property
    def _families_by_words(self) -> Mapping[str, Family]:
        names = ((name, family) for family in self.shown_families for name in _family_names(family))
        return {key_of(name): family for name, family in names}

    @cached_property
    def _situations_by_code(self) -> Mapping[str, Situation]:
        return _by_code(self.situations)

    @cached_property
    def _situations_by_slug(self) -> Mapping[str, Situation]:
        return _by_slug(self.situations)

    @cached_property
    def _situations_by_words(self) -> Mapping[str, tuple[Situation, ...]]:
        found: dict[str, tuple[Situation, ...]] = {}
        for situation in self.situations:
            names = (situation.sentence, situation.title.fr, situation.title.en, *situation.keywords)
            for key in dict.fromkeys(key_of(name) for name in names):
                found[key] = (*found.get(key, ()), situation)
        return found

    @cached_property
    def _by_foreign_code(self) -> Mapping[tuple[Nomenclature, str], tuple[Concept, ...]]:
        found: dict[tuple[Nomenclature, str], tuple[Concept, ...]] = {}
        for concept in self.concepts:
            for nomenclature in Nomenclature:
                for code in getattr(concept.mappings, nomenclature):
                    key = (nomenclature, code)
                    found[key] = (*found.get(key, ()), concept)
        return MappingProxyType(found)


def _family_names(family: Family) -> tuple[str, ...]:
    return (family.label.fr, family.label.en, family.slug)


def _by_code(entries: Iterable[_Entry]) -> Mapping[str, _Entry]:
    return MappingProxyType({entry.code: entry for entry in entries})


def _by_slug(entries: Iterable[_Entry]) -> Mapping[str, _Entry]:
    return MappingProxyType({entry.slug: entry for entry in entries})
