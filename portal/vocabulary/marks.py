"""YAML read into a tree whose every leaf knows its line; it knows nothing of what the file is about.

Only plain scalars, lists and tables are accepted. Anchors are refused: no reference file needs them, and a
handful of nested ones can stand for a billion values.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import yaml

from portal.core.problems import Problem
from portal.vocabulary.faults import Fault

Loader: type[yaml.SafeLoader | yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MOST_CHARACTERS = 2_000_000
DEEPEST = 40
"""Lists and tables one in another; the reference files have a sixth of that."""
NOTHING = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True)
class Leaf:
    """A word or a figure, as it was written."""

    line: int
    text: str


@dataclass(frozen=True)
class Items:
    """A list."""

    line: int
    members: tuple["Tree", ...] = ()


@dataclass(frozen=True)
class Table:
    """Named values; `key_lines` says where each name stands."""

    line: int
    members: Mapping[str, "Tree"] = field(default_factory=dict)
    key_lines: Mapping[str, int] = field(default_factory=dict)

    def get(self, name: str) -> "Tree | None":
        """Return the value under a name, if it is there."""
        return self.members.get(name)

    def text(self, name: str) -> str:
        """Return the words under a name, empty when there are none."""
        member = self.members.get(name)
        return member.text if isinstance(member, Leaf) else ""

    def leaves(self, name: str) -> tuple[Leaf, ...]:
        """Return the words listed under a name; one word alone counts as a list of one."""
        member = self.members.get(name)
        if isinstance(member, Leaf):
            return (member,)
        return tuple(leaf for leaf in items_of(member) if isinstance(leaf, Leaf))

    def tables(self, name: str) -> tuple["Table", ...]:
        """Return the tables listed under a name."""
        return tuple(table for table in items_of(self.members.get(name)) if isinstance(table, Table))

    def table(self, name: str) -> "Table":
        """Return the table under a name, an empty one when there is none."""
        member = self.members.get(name)
        return member if isinstance(member, Table) else Table(self.line)

    def line_of(self, name: str) -> int:
        """Say at which line a value stands, or this table when the value is missing."""
        member = self.members.get(name)
        return member.line if member is not None else self.line


Tree = Leaf | Items | Table


def items_of(tree: Tree | None) -> tuple[Tree, ...]:
    """Return the members of a list, nothing for anything else."""
    return tree.members if isinstance(tree, Items) else ()


def grow(text: str, *, file: str) -> tuple[Table, tuple[Fault, ...]]:
    """Read a YAML text into a table of tables, lists and words, with what is wrong in it."""
    if len(text) > MOST_CHARACTERS:
        return Table(1), (_fault("fichier-trop-grand", "Le fichier est trop grand pour un vocabulaire.", file, 1),)
    try:
        if _depth(text) > DEEPEST:
            words = "Le fichier emboîte trop de listes ou de rubriques : simplifiez-le."
            return Table(1), (_fault("yaml-illisible", words, file, 1),)
        node = yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        return Table(1), (_syntax_fault(error, file),)
    except (yaml.YAMLError, RecursionError):
        return Table(1), (_fault("yaml-illisible", "Le fichier n’est pas du YAML lisible.", file, 1),)
    faults: list[Fault] = []
    tree = _Gardener(file, faults).tree(node) if node is not None else None
    if isinstance(tree, Table):
        return tree, tuple(faults)
    words = "Le fichier doit commencer par des rubriques, par exemple « concepts: »."
    return Table(1), (*faults, _fault("racine-inattendue", words, file, 1))


def _depth(text: str) -> int:
    """Count how deep lists and tables lie: the library builds them within themselves, and brings the process down."""
    deepest = depth = 0
    for event in yaml.parse(text, Loader=Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            deepest = max(deepest, depth)
            if deepest > DEEPEST:
                break
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return deepest


class _Gardener:
    """Turns YAML nodes into our tree, remembering which nodes it has met."""

    def __init__(self, file: str, faults: list[Fault]) -> None:
        self._file = file
        self._faults = faults
        self._met: set[int] = set()

    def tree(self, node: yaml.Node) -> Tree:
        line = node.start_mark.line + 1
        if id(node) in self._met:
            words = "Les renvois YAML (& et *) ne sont pas admis ici : recopiez la valeur."
            self._faults.append(_fault("renvoi-yaml", words, self._file, line))
            return Leaf(line, "")
        self._met.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._table(node, line)
        if isinstance(node, yaml.SequenceNode):
            return Items(line, tuple(self.tree(member) for member in node.value))
        plain = node.style is None if isinstance(node, yaml.ScalarNode) else False
        return Leaf(line, "" if plain and node.value in NOTHING else str(node.value))

    def _table(self, node: yaml.MappingNode, line: int) -> Table:
        members: dict[str, Tree] = {}
        key_lines: dict[str, int] = {}
        for key, name, value in self._pairs(node):
            here = key.start_mark.line + 1
            if name in members:
                words = f"« {name} » est écrit deux fois (déjà ligne {key_lines[name]}) : gardez-en un."
                self._faults.append(_fault("rubrique-en-double", words, self._file, here, name))
                continue
            members[name] = self.tree(value)
            key_lines[name] = here
        return Table(line, members, key_lines)

    def _pairs(self, node: yaml.MappingNode) -> Iterator[tuple[yaml.Node, str, yaml.Node]]:
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                yield key, str(key.value), value
            else:
                words = "Le nom d’une rubrique doit être un simple mot."
                self._faults.append(_fault("rubrique-illisible", words, self._file, key.start_mark.line + 1))


def _syntax_fault(error: yaml.MarkedYAMLError, file: str) -> Fault:
    mark = error.problem_mark or error.context_mark
    words = "Le fichier n’est pas du YAML lisible ici : vérifiez le décalage, les guillemets et les deux-points."
    return _fault("yaml-illisible", words, file, mark.line + 1 if mark else 1, error.problem or "")


def _fault(code: str, words: str, file: str, line: int, value: str = "") -> Fault:
    return Fault(Problem(code=code, text=words, value=value), file=file, line=line)
