"""From a checked tree to frozen entries. What is not well-formed is left out: its fault has been said already."""

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType

from portal.core.languages import Label
from portal.vocabulary.audiences import Audience
from portal.vocabulary.entries import (
    Concept,
    Deprecation,
    Family,
    FormerName,
    Journey,
    Level,
    Mappings,
    Persona,
    Situation,
    Step,
    StepMode,
    Taxonomies,
    Vintages,
)
from portal.vocabulary.marks import Leaf, Table

_YES_OR_NO = {"true": True, "false": False}


def read_last_day(words: str) -> tuple[date | None, bool]:
    """Read "2019-12-31", "2019-12" or "2019" as a last day, and tell whether that day was said."""
    parts = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", words)
    if parts is None:
        return None, False
    year, month, day = parts.groups()
    try:
        if day is not None:
            return date(int(year), int(month), int(day)), True
        first = date(int(year), int(month or 12), 1)
    except ValueError:
        return None, False
    return first.replace(day=monthrange(first.year, first.month)[1]), False


def read_family(table: Table) -> Family:
    """Read one family."""
    return Family(
        code=table.text("code"),
        slug=table.text("slug"),
        label=_label(table),
        definition=Label(table.text("definition"), table.text("definition_en")),
        maurienne_families=_texts(table, "maurienne_familles"),
        petr_domains=_texts(table, "petr_domaines"),
    )


def read_concept(table: Table) -> Concept:
    """Read one concept."""
    range_draft = table.text("gamme_insee_brouillon")
    return Concept(
        code=table.text("code"),
        family=table.text("famille"),
        slug=table.text("slug"),
        label=_label(table),
        definition=table.text("definition"),
        level=Level(table.text("niveau_attendu")),
        synonyms=_texts(table, "synonymes"),
        acronyms=_texts(table, "sigles"),
        former_names=tuple(_former_name(former) for former in table.tables("anciens_noms")),
        mappings=_mappings(table.table("correspondances")),
        is_often_itinerant=bool(_yes_or_no(table, "souvent_itinerant")),
        insee_range_draft=Level(range_draft) if range_draft else None,
        cross_themes=_texts(table, "themes_transversaux"),
        petr_axes=tuple(int(axis) for axis in _texts(table, "petr_axes")),
        nevers_words=_texts(table, "nevers"),
        deprecation=_deprecation(table.get("deprecie")),
    )


def read_situation(table: Table) -> Situation:
    """Read one situation with its steps."""
    return Situation(
        code=table.text("code"),
        slug=table.text("slug"),
        sentence=table.text("phrase"),
        title=Label(fr=table.text("titre_fr"), en=table.text("titre_en")),
        audiences=tuple(Audience(code) for code in _texts(table, "publics_data_inclusion")),
        steps=tuple(_step(step) for step in table.tables("etapes")),
        keywords=_texts(table, "mots_cles"),
        questions=_texts(table, "questions_daccueil"),
        cautions=_texts(table, "points_de_vigilance"),
        cross_themes=_texts(table, "themes_transversaux"),
        echoes=table.text("echos_des_documents"),
    )


def read_journey(table: Table) -> Journey:
    """Read the witness journey."""
    return Journey(
        name=table.text("nom"),
        idea=table.text("idee"),
        personas=tuple(_persona(persona) for persona in table.tables("personnes_types")),
        measures=_texts(table, "mesures"),
    )


def read_taxonomies(table: Table) -> Taxonomies:
    """Read the classifications of the founding documents."""
    themes = table.table("themes_transversaux")
    return Taxonomies(
        maurienne_families=_labels(table.table("maurienne_familles")),
        petr_domains=_labels(table.table("petr_domaines")),
        petr_axes=_labels(table.table("petr_axes")),
        cross_themes=MappingProxyType({code: _label(themes.table(code)) for code in themes.members}),
        nevers_words=_texts(table, "nevers_mots"),
    )


def read_vintages(table: Table) -> Vintages | None:
    """Read which years a set of equipment codes covers, None when the file does not say."""
    years = sorted(int(year) for year in _texts(table, "millesimes"))
    return Vintages(years[0], years[-1], frozenset(_texts(table, "domaines_repris"))) if years else None


def _persona(table: Table) -> Persona:
    limits = table.table("contraintes")
    return Persona(
        code=table.text("code"),
        name=table.text("nom"),
        situations=_texts(table, "situations"),
        has_car=_yes_or_no(limits, "voiture"),
        has_internet=_yes_or_no(limits, "internet"),
        is_remote=_yes_or_no(limits, "distance"),
        free_time=limits.text("plage_libre"),
    )


def _step(table: Table) -> Step:
    mode = table.text("mode")
    return Step(
        what=table.text("quoi"),
        concepts=_texts(table, "services"),
        when=table.text("quand"),
        documents=_texts(table, "pieces"),
        tip=table.text("astuce"),
        mode=StepMode(mode) if mode else None,
    )


def _former_name(table: Table) -> FormerName:
    last_day, is_exact = read_last_day(table.text("jusqu_a"))
    return FormerName(
        name=table.text("nom"),
        acronyms=_texts(table, "sigle"),
        last_day=last_day,
        last_day_is_exact=is_exact,
        note=table.text("note"),
    )


def _deprecation(tree: object) -> Deprecation | None:
    if not isinstance(tree, Table):
        return None
    last_day, _ = read_last_day(tree.text("depuis"))
    if last_day is None:
        return None
    return Deprecation(last_day=last_day, replaced_by=tree.text("remplace_par"), note=tree.text("note"))


def _mappings(table: Table) -> Mappings:
    return Mappings(
        bpe=_texts(table, "bpe"),
        bpe_2024=_texts(table, "bpe_2024"),
        finess=_texts(table, "finess"),
        data_inclusion_topics=_texts(table, "data_inclusion"),
        data_inclusion_networks=_texts(table, "data_inclusion_reseaux"),
        dila=_texts(table, "dila_pivot"),
        osm=_texts(table, "osm"),
        openeligibility=_texts(table, "openeligibility"),
    )


def _label(table: Table) -> Label:
    return Label(fr=table.text("fr"), en=table.text("en"))


def _texts(table: Table, name: str) -> tuple[str, ...]:
    return tuple(leaf.text for leaf in table.leaves(name))


def _yes_or_no(table: Table, name: str) -> bool | None:
    return _YES_OR_NO.get(table.text(name))


def _labels(table: Table) -> Mapping[str, str]:
    return MappingProxyType(dict(_named_leaves(table)))


def _named_leaves(table: Table) -> Iterator[tuple[str, str]]:
    for name, member in table.members.items():
        if isinstance(member, Leaf):
            yield name, member.text
