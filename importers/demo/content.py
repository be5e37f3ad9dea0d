"""What the demonstration lists are written from: the entries of `content/`, by section, for a reference day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files

from importers.demo.days import fill_days
from portal.vocabulary.faults import Fault
from portal.vocabulary.marks import Table, grow

_FOLDER = "content"
_LIST_NAME = "liste"
_OF_A_LIST = ("entrees", "services")
_LABELS = "categories"
_TIMETABLE = "histoire.yaml"


@dataclass(frozen=True)
class Content:
    """Entries by section: `sante.etablissements` is what `sante.yaml` holds so; a spreadsheet has its own name."""

    sections: Mapping[str, tuple[Table, ...]] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    """What a register writes beside its codes."""
    faults: tuple[Fault, ...] = ()

    def of(self, section: str) -> tuple[Table, ...]:
        """Give the entries of a section, in the order of the files."""
        return self.sections.get(section, ())


@cache
def shipped_content_texts() -> Mapping[str, str]:
    """Return the text of every content file by its name."""
    folder = files("importers.demo").joinpath(_FOLDER)
    found = {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir() if file.name.endswith(".yaml")}
    return dict(sorted(found.items()))


def read_timetable(*, reference_day: date) -> Content:
    """Read when lists came in, and nothing of what they held."""
    return read_content({_TIMETABLE: shipped_content_texts()[_TIMETABLE]}, reference_day=reference_day)


def read_content(texts: Mapping[str, str], *, reference_day: date) -> Content:
    """Read content files; "{J+10}" in a sentence becomes the day it means."""
    sections: dict[str, tuple[Table, ...]] = {}
    labels: dict[str, str] = {}
    faults: list[Fault] = []
    for name, text in texts.items():
        tree, found = grow(fill_days(text, reference_day=reference_day), file=name)
        faults += found
        codes = tree.table(_LABELS)
        labels |= {code: codes.text(code) for code in codes.members}
        for section, entries in _sections(tree, name.removesuffix(".yaml")):
            sections[section] = (*sections.get(section, ()), *entries)
    return Content(sections, labels, tuple(faults))


def _sections(tree: Table, file: str) -> Iterable[tuple[str, tuple[Table, ...]]]:
    listed = tree.text(_LIST_NAME)
    if listed:
        yield listed, tuple(entry for name in _OF_A_LIST for entry in tree.tables(name))
        return
    # A network is told by all its sections together.
    yield file, (tree,)
    for name in tree.members:
        if name != _LABELS:
            yield f"{file}.{name}", tree.tables(name)
