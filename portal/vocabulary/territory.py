"""What a territory changes in the vocabulary: it may rename, hide or add, never reuse or lose a code."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from portal.core.languages import Label
from portal.core.problems import Problem
from portal.vocabulary.entries import Concept, Family
from portal.vocabulary.marks import Items, Leaf, Table, Tree
from portal.vocabulary.reading import read_concept
from portal.vocabulary.schema import CONCEPT
from portal.vocabulary.shapes import check_shape
from portal.vocabulary.vocabulary import Vocabulary

FIRST_LOCAL_NUMBER = 90
"""PE90 to PE99 belong to territories: a later thesaurus never takes them, so no local code changes meaning."""

_FILE = "territoire"
_TABLES = frozenset({"rename", "hide", "add"})


@dataclass(frozen=True)
class _Changes:
    renames: Mapping[str, Any]
    hidden: tuple[Any, ...]
    added: tuple[Any, ...]


def for_territory(vocabulary: Vocabulary, overrides: Mapping[str, Any]) -> tuple[Vocabulary, tuple[Problem, ...]]:
    """Apply the `[vocabulary]` table of a territory file; what cannot be applied is left out and said."""
    changes, problems = _read_changes(overrides)
    known = {family.code for family in vocabulary.families} | {concept.code for concept in vocabulary.concepts}
    added, faults = _added(vocabulary, changes.added)
    local = {concept.code for concept in added}
    labels, misnamed = _labels(vocabulary, changes.renames)
    hidden, unknown = _hidden(changes.hidden, known | local)
    changed = replace(
        vocabulary,
        families=tuple(_renamed_family(family, labels) for family in vocabulary.families),
        concepts=tuple(_renamed_concept(concept, labels) for concept in (*vocabulary.concepts, *added)),
        hidden=vocabulary.hidden | hidden,
    )
    return changed, (*problems, *faults, *misnamed, *unknown)


def _read_changes(overrides: Mapping[str, Any]) -> tuple[_Changes, tuple[Problem, ...]]:
    problems = [
        _problem("rubrique-inconnue", f"« {name} » n’est pas connu ici : utilisez rename, hide ou add.", name)
        for name in overrides
        if name not in _TABLES
    ]
    renames, hidden, added = overrides.get("rename", {}), overrides.get("hide", []), overrides.get("add", [])
    if not isinstance(renames, Mapping):
        problems.append(_problem("forme-inattendue", "« rename » doit donner un nom à des codes.", "rename"))
        renames = {}
    if not isinstance(hidden, list | tuple):
        problems.append(_problem("forme-inattendue", "« hide » doit être une liste de codes.", "hide"))
        hidden = []
    if not isinstance(added, list | tuple):
        problems.append(_problem("forme-inattendue", "« add » doit être une liste de concepts.", "add"))
        added = []
    return _Changes(renames, tuple(hidden), tuple(added)), tuple(problems)


def _added(vocabulary: Vocabulary, added: Iterable[Any]) -> tuple[tuple[Concept, ...], tuple[Problem, ...]]:
    concepts: list[Concept] = []
    problems: list[Problem] = []
    for number, entry in enumerate(added, start=1):
        tree = _tree(entry)
        table = tree if isinstance(tree, Table) else Table(0)
        faults = (*check_shape(tree, CONCEPT, file=_FILE, name=f"add {number}"),)
        problems.extend(replace(fault.problem, field="add") for fault in faults)
        if not faults:
            concept = read_concept(table)
            refusals = (*_refusals(vocabulary, concept), *_clashes(vocabulary, concepts, concept))
            problems.extend(refusals)
            concepts.extend(() if refusals else (concept,))
    return tuple(concepts), tuple(problems)


def _refusals(vocabulary: Vocabulary, concept: Concept) -> Iterator[Problem]:
    if vocabulary.family(concept.family) is None:
        words = f"La famille « {concept.family} » de « {concept.code} » n’existe pas."
        yield _problem("famille-inconnue", words, "add")
    elif not concept.code.startswith(concept.family) or int(concept.code[2:]) < FIRST_LOCAL_NUMBER:
        words = (
            f"« {concept.code} » ne convient pas : un concept ajouté prend un numéro de "
            f"{concept.family}{FIRST_LOCAL_NUMBER} à {concept.family}99."
        )
        yield _problem("code-reserve", words, "add")


def _clashes(vocabulary: Vocabulary, added: Iterable[Concept], concept: Concept) -> Iterator[Problem]:
    entries: tuple[Family | Concept, ...] = (*vocabulary.families, *vocabulary.concepts, *added)
    for name in ("code", "slug"):
        if getattr(concept, name) in {getattr(entry, name) for entry in entries}:
            words = f"« {getattr(concept, name)} » ({name}) est déjà pris : choisissez-en un autre."
            yield _problem(f"{name}-en-double", words, "add")


def _labels(vocabulary: Vocabulary, renames: Mapping[str, Any]) -> tuple[dict[str, Label], tuple[Problem, ...]]:
    labels: dict[str, Label] = {}
    problems: list[Problem] = []
    for code, name in renames.items():
        entry = vocabulary.family(code) or vocabulary.concept(code)
        if entry is None:
            problems.append(_problem("concept-inconnu", f"« {code} » n’existe pas : rien n’est renommé.", "rename"))
            continue
        label = _label(name, entry.label)
        if label is None:
            words = f"Donnez à « {code} » un nom, ou un nom fr et un nom en."
            problems.append(_problem("forme-inattendue", words, "rename"))
        else:
            labels[entry.code] = label
    return labels, tuple(problems)


def _label(name: object, present: Label) -> Label | None:
    if isinstance(name, str) and name.strip():
        return replace(present, fr=name)
    if isinstance(name, Mapping) and name and set(name) <= {"fr", "en"}:
        words = {language: text for language, text in name.items() if isinstance(text, str) and text.strip()}
        return replace(present, **words) if len(words) == len(name) else None
    return None


def _hidden(codes: Iterable[Any], known: set[str]) -> tuple[frozenset[str], tuple[Problem, ...]]:
    wanted = [str(code).upper() for code in codes]
    problems = tuple(
        _problem("concept-inconnu", f"« {code} » n’existe pas : rien n’est masqué.", "hide")
        for code in wanted
        if code not in known
    )
    return frozenset(wanted) & known, problems


def _renamed_concept(concept: Concept, labels: Mapping[str, Label]) -> Concept:
    label = labels.get(concept.code)
    if label is None:
        return concept
    # The thesaurus' own words are kept as a synonym: people from elsewhere still type them.
    return replace(concept, label=label, synonyms=(*concept.synonyms, concept.label.fr))


def _renamed_family(family: Family, labels: Mapping[str, Label]) -> Family:
    return replace(family, label=labels.get(family.code, family.label))


def _tree(value: object) -> Tree:
    if isinstance(value, Mapping):
        return Table(0, {str(name): _tree(member) for name, member in value.items()}, dict.fromkeys(map(str, value), 0))
    if isinstance(value, list | tuple):
        return Items(0, tuple(_tree(member) for member in value))
    if isinstance(value, bool):
        return Leaf(0, "true" if value else "false")
    return Leaf(0, str(value))


def _problem(code: str, words: str, field: str) -> Problem:
    return Problem(code=code, text=words, field=field)
