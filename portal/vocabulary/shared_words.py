"""Words and acronyms claimed by several concepts: each must be declared, so that none is shared by accident."""

from collections.abc import Iterator
from dataclasses import dataclass

from portal.vocabulary.checks import Page
from portal.vocabulary.claims import key_of
from portal.vocabulary.faults import Fault
from portal.vocabulary.marks import Leaf, Table

ACRONYMS = "sigles_ambigus"
WORDS = "mots_partages"


@dataclass(frozen=True)
class _Claim:
    concept: str
    leaf: Leaf
    is_acronym: bool


def check_shared_words(page: Page) -> Iterator[Fault]:
    """Yield the words shared without being declared, and the declarations that no longer hold."""
    concepts = page.tree.tables("concepts")
    claims = _claims_by_key(concepts)
    known = {concept.text("code") for concept in concepts}
    declared: set[str] = set()
    for section in (ACRONYMS, WORDS):
        table = page.tree.table("meta").table(section)
        for words in table.members:
            declared.add(key_of(words))
            yield from _check_declaration(page, table, words, claims.get(key_of(words), ()), known)
    for key, group in claims.items():
        if key not in declared and len({claim.concept for claim in group}) > 1:
            yield _undeclared(page, group)
    yield from _check_known_alone(page, claims)


def _claims_by_key(concepts: tuple[Table, ...]) -> dict[str, tuple[_Claim, ...]]:
    claims: dict[str, tuple[_Claim, ...]] = {}
    for concept in concepts:
        for leaf, is_acronym in _named(concept):
            key = key_of(leaf.text)
            if key:
                claims[key] = (*claims.get(key, ()), _Claim(concept.text("code"), leaf, is_acronym))
    return claims


def _named(concept: Table) -> Iterator[tuple[Leaf, bool]]:
    for name, is_acronym in (("fr", False), ("synonymes", False), ("sigles", True)):
        for leaf in concept.leaves(name):
            yield leaf, is_acronym
    for former in concept.tables("anciens_noms"):
        for leaf in former.leaves("nom"):
            yield leaf, False
        for leaf in former.leaves("sigle"):
            yield leaf, True


def _check_declaration(
    page: Page, table: Table, words: str, group: tuple[_Claim, ...], known: set[str]
) -> Iterator[Fault]:
    claiming = {claim.concept for claim in group}
    line = table.key_lines[words]
    listed = {leaf.text for leaf in table.leaves(words)}
    for leaf in table.leaves(words):
        if leaf.text not in known:
            sentence = f"« {words} » est déclaré pour « {leaf.text} », qui n’existe pas."
            yield page.error("concept-inconnu", sentence, line=leaf.line, value=leaf.text)
        elif leaf.text not in claiming:
            sentence = f"« {words} » est déclaré pour « {leaf.text} », qui ne le porte pas : ajoutez-le ou retirez-le."
            yield page.error("sens-sans-concept", sentence, line=leaf.line, value=words)
    for missing in sorted(claiming - listed):
        sentence = f"« {words} » est aussi porté par « {missing} » : ajoutez ce sens."
        yield page.error("sens-non-declare", sentence, line=line, value=words)


def _undeclared(page: Page, group: tuple[_Claim, ...]) -> Fault:
    leaf = group[-1].leaf
    codes = ", ".join(dict.fromkeys(claim.concept for claim in group))
    if any(claim.is_acronym for claim in group):
        words = f"Le sigle « {leaf.text} » a plusieurs sens ({codes}) : déclarez-le dans « {ACRONYMS} »."
        return page.error("sigle-ambigu-non-declare", words, line=leaf.line, value=leaf.text)
    words = f"« {leaf.text} » est revendiqué par plusieurs concepts ({codes}) : déclarez-le dans « {WORDS} »."
    return page.warning("mot-partage-non-declare", words, line=leaf.line, value=leaf.text)


def _check_known_alone(page: Page, claims: dict[str, tuple[_Claim, ...]]) -> Iterator[Fault]:
    for leaf in page.tree.table("meta").leaves("sigles_seuls"):
        if not any(claim.is_acronym or claim.leaf.text == leaf.text for claim in claims.get(key_of(leaf.text), ())):
            words = f"« {leaf.text} » est déclaré sigle seul, mais aucun concept ne le porte."
            yield page.warning("declaration-sans-objet", words, line=leaf.line, value=leaf.text)
