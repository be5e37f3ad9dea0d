"""What a shape cannot see: references that lead nowhere, codes used twice, words claimed by several concepts."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass

from portal.core.problems import Problem
from portal.vocabulary.claims import key_of
from portal.vocabulary.faults import Fault, Gravity
from portal.vocabulary.marks import Leaf, Table
from portal.vocabulary.reading import read_last_day


@dataclass(frozen=True)
class Page:
    """A reference file being checked: its tree, and the name faults are said under."""

    file: str
    tree: Table

    def error(self, code: str, words: str, *, line: int, value: str = "") -> Fault:
        """Say something that must be mended."""
        return Fault(Problem(code=code, text=words, value=value), file=self.file, line=line)

    def warning(self, code: str, words: str, *, line: int, value: str = "") -> Fault:
        """Say something worth a look."""
        return Fault(Problem(code=code, text=words, value=value), file=self.file, line=line, gravity=Gravity.WARNING)


def check_thesaurus(page: Page) -> Iterator[Fault]:
    """Yield what does not hold together inside the thesaurus."""
    families = page.tree.tables("familles")
    concepts = page.tree.tables("concepts")
    yield from check_unique(page, (*families, *concepts), "code")
    yield from check_unique(page, (*families, *concepts), "slug")
    yield from check_unique(page, (*families, *concepts), "fr")
    yield from _check_families(page, families, concepts)
    yield from _check_classifications(page, (*families, *concepts))
    for concept in concepts:
        yield from _check_repeated_words(page, concept)
        yield from _check_days(page, concept)
    yield from _check_deprecations(page, concepts)
    yield from _check_vintages(page)


def check_situations(
    page: Page, *, concepts: Mapping[str, bool], cross_themes: frozenset[str] = frozenset()
) -> Iterator[Fault]:
    """Yield what does not hold together in the situations; `concepts` says of each known code if it is deprecated."""
    situations = page.tree.tables("situations")
    journey = page.tree.table("parcours_temoin")
    yield from check_unique(page, situations, "code")
    yield from check_unique(page, situations, "slug")
    yield from check_unique(page, journey.tables("personnes_types"), "code")
    known = {situation.text("code") for situation in situations}
    for persona in journey.tables("personnes_types"):
        yield from _check_known(page, persona.leaves("situations"), known, "situation")
    for situation in situations:
        yield from _check_known(page, situation.leaves("themes_transversaux"), cross_themes, "themes_transversaux")
        for step in situation.tables("etapes"):
            yield from _check_step(page, step, concepts)


def check_unique(page: Page, tables: tuple[Table, ...], name: str) -> Iterator[Fault]:
    """Yield the values of a key that several tables share."""
    first_lines: dict[str, int] = {}
    for table in tables:
        value = table.text(name)
        line = table.line_of(name)
        if not value:
            continue
        if value in first_lines:
            words = f"« {value} » ({name}) est déjà pris ligne {first_lines[value]} : il doit être unique."
            yield page.error(f"{name}-en-double", words, line=line, value=value)
        first_lines.setdefault(value, line)


def _check_families(page: Page, families: tuple[Table, ...], concepts: tuple[Table, ...]) -> Iterator[Fault]:
    known = {family.text("code") for family in families}
    for concept in concepts:
        code, family = concept.text("code"), concept.text("famille")
        if family and family not in known:
            words = f"La famille « {family} » de « {code} » n’existe pas."
            yield page.error("famille-inconnue", words, line=concept.line_of("famille"), value=family)
        elif not code.startswith(family):
            words = f"Le code « {code} » doit commencer par celui de sa famille, « {family} »."
            yield page.error("code-hors-famille", words, line=concept.line_of("code"), value=code)
    used = {concept.text("famille") for concept in concepts}
    for family_table in families:
        if family_table.text("code") not in used:
            words = f"La famille « {family_table.text('code')} » n’a aucun concept."
            yield page.warning("famille-vide", words, line=family_table.line)


_CLASSIFICATIONS = {
    "petr_axes": "petr_axes",
    "petr_domaines": "petr_domaines",
    "maurienne_familles": "maurienne_familles",
    "themes_transversaux": "themes_transversaux",
}


def _check_classifications(page: Page, tables: tuple[Table, ...]) -> Iterator[Fault]:
    taxonomies = page.tree.table("taxonomies_des_documents")
    known_words = {leaf.text for leaf in taxonomies.leaves("nevers_mots")}
    for table in tables:
        for name, taxonomy in _CLASSIFICATIONS.items():
            known = set(taxonomies.table(taxonomy).members)
            yield from _check_known(page, table.leaves(name), known, name)
        yield from _check_known(page, table.leaves("nevers"), known_words, "nevers")


def _check_known(page: Page, leaves: tuple[Leaf, ...], known: Container[str], name: str) -> Iterator[Fault]:
    for leaf in leaves:
        if leaf.text not in known:
            words = f"« {leaf.text} » ({name}) n’est défini nulle part."
            yield page.error("reference-inconnue", words, line=leaf.line, value=leaf.text)


def _check_repeated_words(page: Page, concept: Table) -> Iterator[Fault]:
    label = key_of(concept.text("fr"))
    for name in ("synonymes", "sigles"):
        met = {label} if name == "synonymes" else set()
        for leaf in concept.leaves(name):
            if key_of(leaf.text) in met:
                words = f"« {leaf.text} » répète ce que « {concept.text('code')} » dit déjà : retirez-le."
                yield page.warning("mot-repete", words, line=leaf.line, value=leaf.text)
            met.add(key_of(leaf.text))


def _check_days(page: Page, concept: Table) -> Iterator[Fault]:
    dated = [(former, "jusqu_a") for former in concept.tables("anciens_noms")]
    dated.append((concept.table("deprecie"), "depuis"))
    for table, name in dated:
        words = table.text(name)
        if words and read_last_day(words)[0] is None:
            sentence = f"« {words} » n’est pas une date du calendrier (exemple : 2019-12-31)."
            yield page.error("date-impossible", sentence, line=table.line_of(name), value=words)


def _check_deprecations(page: Page, concepts: tuple[Table, ...]) -> Iterator[Fault]:
    deprecated = {concept.text("code"): bool(concept.get("deprecie")) for concept in concepts}
    for concept in concepts:
        table = concept.table("deprecie")
        heir = table.text("remplace_par")
        line = table.line_of("remplace_par")
        if heir and heir not in deprecated:
            words = f"« {concept.text('code')} » est remplacé par « {heir} », qui n’existe pas."
            yield page.error("concept-inconnu", words, line=line, value=heir)
        elif heir and deprecated[heir]:
            words = f"« {concept.text('code')} » est remplacé par « {heir} », lui-même déprécié : visez le dernier."
            yield page.error("remplacant-deprecie", words, line=line, value=heir)


def _check_vintages(page: Page) -> Iterator[Fault]:
    nomenclatures = page.tree.table("meta").table("nomenclatures")
    last: int | None = None
    for name in ("bpe", "bpe_2024"):
        years = [int(leaf.text) for leaf in nomenclatures.table(name).leaves("millesimes") if leaf.text.isdigit()]
        if years and (years != sorted(years) or (last is not None and years[0] <= last)):
            words = f"Les millésimes de « {name} » doivent se suivre sans se recouvrir."
            yield page.error("millesimes-melanges", words, line=nomenclatures.table(name).line_of("millesimes"))
        last = years[-1] if years else last


def _check_step(page: Page, step: Table, concepts: Mapping[str, bool]) -> Iterator[Fault]:
    met: set[str] = set()
    for leaf in step.leaves("services"):
        is_deprecated = concepts.get(leaf.text)
        if is_deprecated is None:
            words = f"L’étape « {step.text('quoi')} » renvoie à « {leaf.text} », qui n’est pas dans le thésaurus."
            yield page.error("concept-inconnu", words, line=leaf.line, value=leaf.text)
        elif is_deprecated:
            words = f"L’étape « {step.text('quoi')} » renvoie à « {leaf.text} », qui est déprécié."
            yield page.warning("concept-deprecie", words, line=leaf.line, value=leaf.text)
        if leaf.text in met:
            words = f"L’étape « {step.text('quoi')} » cite deux fois « {leaf.text} »."
            yield page.warning("concept-repete", words, line=leaf.line, value=leaf.text)
        met.add(leaf.text)
