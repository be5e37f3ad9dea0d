"""What a reference file may hold, written as a table, and the check of a tree against it.

A shape names, for each key, what is expected in French, so that the fault it raises can be acted upon.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from portal.core.problems import Problem
from portal.vocabulary.faults import Fault
from portal.vocabulary.marks import Items, Leaf, Table, Tree


@dataclass(frozen=True)
class Words:
    """One value; `form` is what it must look like and `example` how a good one looks."""

    form: str = r"(?s).*\S.*"
    example: str = ""
    choices: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Many:
    """A list of values of one shape."""

    of: "Shape"
    least: int = 0
    most: int | None = None


@dataclass(frozen=True)
class OneOrMany:
    """One value, or a list of them."""

    of: Words


@dataclass(frozen=True)
class Keyed:
    """A table whose names are free but of one form."""

    of: "Shape"
    form: str = r"(?s).*\S.*"
    example: str = ""


@dataclass(frozen=True)
class Fields:
    """A table whose names are known."""

    required: Mapping[str, "Shape"]
    optional: Mapping[str, "Shape"]

    def shape_of(self, name: str) -> "Shape | None":
        """Return what is expected under a name, None when the name is unknown."""
        return self.required.get(name, self.optional.get(name))


Shape = Words | Many | OneOrMany | Keyed | Fields


def check_shape(tree: Tree, shape: Shape, *, file: str, name: str = "") -> Iterator[Fault]:
    """Yield what differs between a tree and what is expected of it."""
    match shape, tree:
        case (Words(), Leaf()):
            yield from _check_words(tree, shape, file=file, name=name)
        case (OneOrMany(), Leaf()):
            yield from _check_words(tree, shape.of, file=file, name=name)
        case (OneOrMany(), Items()):
            for member in tree.members:
                yield from check_shape(member, shape.of, file=file, name=name)
        case (Many(), Items()):
            yield from _check_many(tree, shape, file=file, name=name)
        case (Keyed(), Table()):
            yield from _check_keyed(tree, shape, file=file)
        case (Fields(), Table()):
            yield from _check_fields(tree, shape, file=file)
        case _:
            words = f"« {name} » doit être {_expected(shape)}."
            yield _fault("forme-inattendue", words, file=file, line=tree.line, name=name)


def _check_words(leaf: Leaf, shape: Words, *, file: str, name: str) -> Iterator[Fault]:
    if not leaf.text.strip():
        yield _fault("valeur-vide", f"« {name} » est vide : écrivez-le.", file=file, line=leaf.line, name=name)
        return
    if shape.choices and leaf.text not in shape.choices:
        listed = ", ".join(sorted(shape.choices))
        words = f"« {name} » vaut « {leaf.text} » ; les valeurs admises sont : {listed}."
        yield _fault("valeur-inconnue", words, file=file, line=leaf.line, name=name, value=leaf.text)
    elif not re.fullmatch(shape.form, leaf.text):
        words = f"« {name} » vaut « {leaf.text} », qui n’a pas la forme attendue (exemple : {shape.example})."
        yield _fault("forme-de-valeur", words, file=file, line=leaf.line, name=name, value=leaf.text)


def _check_many(items: Items, shape: Many, *, file: str, name: str) -> Iterator[Fault]:
    count = len(items.members)
    if count < shape.least:
        words = f"« {name} » contient {count} élément{'s' if count > 1 else ''} ; il en faut au moins {shape.least}."
        yield _fault("liste-trop-courte", words, file=file, line=items.line, name=name)
    if shape.most is not None and count > shape.most:
        words = f"« {name} » contient {count} éléments ; {shape.most} au plus sont admis."
        yield _fault("liste-trop-longue", words, file=file, line=items.line, name=name)
    for member in items.members:
        yield from check_shape(member, shape.of, file=file, name=name)


def _check_keyed(table: Table, shape: Keyed, *, file: str) -> Iterator[Fault]:
    for key, member in table.members.items():
        if not re.fullmatch(shape.form, key):
            words = f"« {key} » n’a pas la forme attendue (exemple : {shape.example})."
            yield _fault("forme-de-valeur", words, file=file, line=table.key_lines[key], name=key, value=key)
        yield from check_shape(member, shape.of, file=file, name=key)


def _check_fields(table: Table, shape: Fields, *, file: str) -> Iterator[Fault]:
    for key in shape.required:
        if key not in table.members:
            words = f"Il manque « {key} »{_whose(table)}."
            yield _fault("rubrique-manquante", words, file=file, line=table.line, name=key)
    for key, member in table.members.items():
        expected = shape.shape_of(key)
        if expected is None:
            words = f"« {key} » n’est pas une rubrique connue{_whose(table)}.{_suggestion(key, shape)}"
            yield _fault("rubrique-inconnue", words, file=file, line=table.key_lines[key], name=key, value=key)
        else:
            yield from check_shape(member, expected, file=file, name=key)


def _whose(table: Table) -> str:
    owner = table.text("code") or table.text("nom") or table.text("quoi")
    return f" pour « {owner} »" if owner else ""


def _suggestion(key: str, shape: Fields) -> str:
    near = get_close_matches(key, [*shape.required, *shape.optional], n=1)
    return f" Vouliez-vous écrire « {near[0]} » ?" if near else ""


def _expected(shape: Shape) -> str:
    match shape:
        case Words():
            return "un simple texte"
        case OneOrMany():
            return "un texte ou une liste de textes"
        case Many():
            return "une liste"
        case Keyed() | Fields():
            return "une suite de rubriques"


def _fault(code: str, words: str, *, file: str, line: int, name: str, value: str = "") -> Fault:
    return Fault(Problem(code=code, text=words, value=value, field=name), file=file, line=line)
