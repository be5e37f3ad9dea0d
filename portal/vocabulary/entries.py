"""The entries of the vocabulary: families, concepts, situations and steps. Frozen values, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from portal.core.languages import Label
from portal.vocabulary.audiences import Audience


def _no_labels() -> Mapping[str, str]:
    return MappingProxyType({})


class Level(StrEnum):
    """At which level of pole a service is expected; each territory settles it."""

    PROXIMITY = "proximite"
    INTERMEDIATE = "intermediaire"
    SUPERIOR = "superieur"


class StepMode(StrEnum):
    """How a step of a situation is taken."""

    IN_PERSON = "lieu"
    PHONE = "telephone"
    ONLINE = "en_ligne"
    LETTER = "courrier"


@dataclass(frozen=True)
class FormerName:
    """A name people still type; `last_day` is the last of its official use, when known."""

    name: str
    acronyms: tuple[str, ...] = ()
    last_day: date | None = None
    last_day_is_exact: bool = False
    """False when only the year is known: `last_day` is then its 31 December."""
    note: str = ""


@dataclass(frozen=True)
class Deprecation:
    """When a code stopped being used, and which one took its place."""

    last_day: date
    replaced_by: str = ""
    note: str = ""


@dataclass(frozen=True)
class Mappings:
    """The same thing in other people's nomenclatures."""

    bpe: tuple[str, ...] = ()
    """Codes of the vintages the thesaurus declares as `bpe`."""
    bpe_2024: tuple[str, ...] = ()
    """Codes of the vintages after INSEE renumbered part of the domain D."""
    finess: tuple[str, ...] = ()
    data_inclusion_topics: tuple[str, ...] = ()
    data_inclusion_networks: tuple[str, ...] = ()
    dila: tuple[str, ...] = ()
    osm: tuple[str, ...] = ()
    openeligibility: tuple[str, ...] = ()


class Nomenclature(StrEnum):
    """Somebody else's list of codes; the value is the field of `Mappings` that holds ours."""

    BPE = "bpe"
    BPE_2024 = "bpe_2024"
    FINESS = "finess"
    DATA_INCLUSION_TOPICS = "data_inclusion_topics"
    DATA_INCLUSION_NETWORKS = "data_inclusion_networks"
    DILA = "dila"
    OSM = "osm"
    OPENELIGIBILITY = "openeligibility"


@dataclass(frozen=True)
class Family:
    """A theme: the first level of the thesaurus."""

    code: str
    slug: str
    label: Label
    definition: Label
    maurienne_families: tuple[str, ...] = ()
    petr_domains: tuple[str, ...] = ()


@dataclass(frozen=True)
class Concept:
    """A kind of service: the second level of the thesaurus."""

    code: str
    family: str
    slug: str
    label: Label
    definition: str
    level: Level
    synonyms: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    former_names: tuple[FormerName, ...] = ()
    mappings: Mappings = Mappings()
    is_often_itinerant: bool = False
    insee_range_draft: Level | None = None
    """From memory, never checked: replaced by the file of ranges of the BPE vintage at hand."""
    cross_themes: tuple[str, ...] = ()
    petr_axes: tuple[int, ...] = ()
    nevers_words: tuple[str, ...] = ()
    deprecation: Deprecation | None = None

    @property
    def is_deprecated(self) -> bool:
        """Tell whether new services must use another code."""
        return self.deprecation is not None


@dataclass(frozen=True)
class Step:
    """One thing to do in a situation, and the kinds of service that answer it."""

    what: str
    concepts: tuple[str, ...]
    when: str = ""
    documents: tuple[str, ...] = ()
    tip: str = ""
    mode: StepMode | None = None


@dataclass(frozen=True)
class Situation:
    """A moment of life, said in the first person, and its steps in a useful order."""

    code: str
    slug: str
    sentence: str
    title: Label
    audiences: tuple[Audience, ...]
    steps: tuple[Step, ...]
    keywords: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    cross_themes: tuple[str, ...] = ()
    echoes: str = ""

    @property
    def concepts(self) -> frozenset[str]:
        """Return the codes of every concept its steps lead to."""
        return frozenset(code for step in self.steps for code in step.concepts)


@dataclass(frozen=True)
class Persona:
    """A typical person whose journey is measured; None is what the file does not say."""

    code: str
    name: str
    situations: tuple[str, ...]
    has_car: bool | None = None
    has_internet: bool | None = None
    is_remote: bool | None = None
    free_time: str = ""


@dataclass(frozen=True)
class Journey:
    """The witness journey: typical people, and what is measured of their steps."""

    name: str = ""
    idea: str = ""
    personas: tuple[Persona, ...] = ()
    measures: tuple[str, ...] = ()


@dataclass(frozen=True)
class Taxonomies:
    """Names of the classifications of the founding documents, which entries refer to by code."""

    maurienne_families: Mapping[str, str] = field(default_factory=_no_labels)
    petr_domains: Mapping[str, str] = field(default_factory=_no_labels)
    petr_axes: Mapping[str, str] = field(default_factory=_no_labels)
    cross_themes: Mapping[str, Label] = field(default_factory=lambda: MappingProxyType({}))
    nevers_words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Vintages:
    """Which years of INSEE's equipment base a set of codes speaks of."""

    first: int
    last: int
    kept_domains: frozenset[str] = frozenset()
    """Domains whose codes did not change since the vintages before."""

    def holds(self, year: int) -> bool:
        """Tell whether a vintage belongs here."""
        return self.first <= year <= self.last
