"""Reads the two reference files, checks them, and keeps the vocabulary that ships with the portal."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files

from portal.vocabulary.checks import Page, check_situations, check_thesaurus
from portal.vocabulary.faults import Fault, errors_of, in_reading_order, warnings_of
from portal.vocabulary.marks import Table, grow
from portal.vocabulary.reading import (
    read_concept,
    read_family,
    read_journey,
    read_situation,
    read_taxonomies,
    read_vintages,
)
from portal.vocabulary.schema import SITUATIONS, THESAURUS
from portal.vocabulary.shapes import Fields, Many, check_shape
from portal.vocabulary.shared_words import check_shared_words
from portal.vocabulary.vocabulary import Vocabulary

THESAURUS_FILE = "thesaurus.yaml"
SITUATIONS_FILE = "situations.yaml"


@dataclass(frozen=True)
class Reading:
    """What was understood of the reference files, and what is wrong with them."""

    vocabulary: Vocabulary
    faults: tuple[Fault, ...] = ()
    deprecated: Mapping[str, bool] = field(default_factory=dict)
    """Every concept code the thesaurus mentions, even one at fault, and whether it is deprecated."""

    @property
    def errors(self) -> tuple[Fault, ...]:
        """The faults that must be mended."""
        return errors_of(self.faults)

    @property
    def warnings(self) -> tuple[Fault, ...]:
        """The faults that are only worth a look."""
        return warnings_of(self.faults)


@cache
def shipped_text(name: str) -> str:
    """Return the text of a reference file that ships with the portal."""
    return files("portal.vocabulary").joinpath("reference", name).read_text(encoding="utf-8")


@cache
def shipped_reading() -> Reading:
    """Read and check the files that ship with the portal, once per process."""
    return read_vocabulary(shipped_text(THESAURUS_FILE), shipped_text(SITUATIONS_FILE))


def load_vocabulary() -> Vocabulary:
    """Return the vocabulary that ships with the portal."""
    return shipped_reading().vocabulary


def read_vocabulary(
    thesaurus: str,
    situations: str,
    *,
    thesaurus_file: str = THESAURUS_FILE,
    situations_file: str = SITUATIONS_FILE,
) -> Reading:
    """Read a thesaurus and its situations; entries at fault are left out and said."""
    words = read_thesaurus(thesaurus, file=thesaurus_file)
    moments = read_situations(situations, known=words, file=situations_file)
    vocabulary = replace(words.vocabulary, situations=moments.vocabulary.situations, journey=moments.vocabulary.journey)
    return Reading(vocabulary, in_reading_order((*words.faults, *moments.faults)), words.deprecated)


def read_thesaurus(text: str, *, file: str = THESAURUS_FILE) -> Reading:
    """Read and check a thesaurus alone."""
    tree, faults = grow(text, file=file)
    if faults:
        return Reading(Vocabulary(), faults)
    page = Page(file, tree)
    found = (*check_shape(tree, THESAURUS, file=file), *check_thesaurus(page), *check_shared_words(page))
    meta = tree.table("meta")
    nomenclatures = meta.table("nomenclatures")
    vocabulary = Vocabulary(
        families=tuple(read_family(table) for table in well_formed(tree, "familles", THESAURUS)),
        concepts=tuple(read_concept(table) for table in well_formed(tree, "concepts", THESAURUS)),
        taxonomies=read_taxonomies(tree.table("taxonomies_des_documents")),
        known_only_alone=frozenset(leaf.text for leaf in meta.leaves("sigles_seuls")),
        bpe_vintages=read_vintages(nomenclatures.table("bpe")),
        bpe_2024_vintages=read_vintages(nomenclatures.table("bpe_2024")),
    )
    deprecated = {table.text("code"): "deprecie" in table.members for table in tree.tables("concepts")}
    return Reading(vocabulary, in_reading_order(found), deprecated)


def read_situations(text: str, *, known: Reading, file: str = SITUATIONS_FILE) -> Reading:
    """Read and check situations against a thesaurus already read."""
    tree, faults = grow(text, file=file)
    if faults:
        return Reading(Vocabulary(), faults)
    page = Page(file, tree)
    cross_themes = frozenset(known.vocabulary.taxonomies.cross_themes)
    checks = check_situations(page, concepts=known.deprecated, cross_themes=cross_themes)
    found = (*check_shape(tree, SITUATIONS, file=file), *checks)
    vocabulary = Vocabulary(
        situations=tuple(read_situation(table) for table in well_formed(tree, "situations", SITUATIONS)),
        journey=read_journey(tree.table("parcours_temoin")),
    )
    return Reading(vocabulary, in_reading_order(found))


def well_formed(tree: Table, name: str, shape: Fields) -> Iterable[Table]:
    """Yield the tables of a list that have the shape they should."""
    expected = shape.shape_of(name)
    if isinstance(expected, Many):
        for table in tree.tables(name):
            if not any(check_shape(table, expected.of, file="")):
                yield table
