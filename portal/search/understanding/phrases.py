"""What people say for a need, read from `reference/*.yaml`: sentences that are no name of a service."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from portal.core.problems import Problem
from portal.search.understanding.tokens import sentence_stems

SHIPPED = ("besoins.yaml", "metiers.yaml")
"""What ships in the folder `reference`: sentences of need, and trades that one kind of service gathers."""


@dataclass(frozen=True)
class Phrase:
    """A way to say a need: it is met when all its stems stand in the question, in any order."""

    words: str
    stems: frozenset[str]
    concepts: tuple[str, ...]
    hints: tuple[str, ...] = ()
    """Words by which one tells, within these kinds, who does that: "tableau électrique" for an electrician."""
    afterwards: tuple[str, ...] = ()
    """Kinds that help too, but never before these, be they next door: first who listens, then the police."""
    beside: tuple[str, ...] = ()
    """Kinds that do not do it themselves: listed apart, unless their own text says that they do."""
    titles: tuple[str, ...] = ()
    """Words of which the title of what is meant has one: a "déchèterie" among all that is done with waste."""
    at_odd_hours: tuple[str, ...] = ()
    """Kinds that answer early, late, at night or on Sundays."""


@cache
def shipped_phrases() -> tuple[Phrase, ...]:
    """Read the sentences that ship with the portal."""
    folder = files("portal.search").joinpath("reference")
    texts = (folder.joinpath(name).read_text(encoding="utf-8") for name in SHIPPED)
    return tuple(phrase for text in texts for phrase in read_phrases(text)[0])


def read_phrases(text: str) -> tuple[tuple[Phrase, ...], tuple[Problem, ...]]:
    """Read sentences; an entry without words or concepts is left out and said."""
    try:
        tree: Any = yaml.safe_load(text)
    except yaml.YAMLError:
        return (), (Problem(code="yaml-illisible", text="Ce fichier n’est pas du YAML valide : corrigez-le."),)
    entries = tree.get("besoins", []) if isinstance(tree, Mapping) else []
    phrases: list[Phrase] = []
    problems: list[Problem] = []
    for number, entry in enumerate(entries, start=1):
        ways, concepts = _texts(entry, "dit"), _texts(entry, "concepts")
        if not ways or not concepts:
            words = f"Le besoin n° {number} doit avoir « dit » et « concepts » : complétez-le."
            problems.append(Problem(code="besoin-incomplet", text=words, field="besoins"))
        others = [_texts(entry, name) for name in ("mots", "ensuite", "à part", "titre", "hors heures")]
        phrases += (Phrase(way, sentence_stems(way), concepts, *others) for way in ways if concepts)
    return tuple(phrases), tuple(problems)


def _texts(entry: object, name: str) -> tuple[str, ...]:
    values = entry.get(name) if isinstance(entry, Mapping) else None
    return tuple(str(value) for value in values) if isinstance(values, list) else ()
