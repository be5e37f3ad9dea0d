"""The files that ship with the portal are sound, and a fault put into them is named at its line."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.vocabulary.audiences import Audience
from portal.vocabulary.entries import Concept
from portal.vocabulary.faults import Fault
from portal.vocabulary.loading import (
    SITUATIONS_FILE,
    THESAURUS_FILE,
    load_vocabulary,
    read_situations,
    read_thesaurus,
    read_vocabulary,
    shipped_reading,
    shipped_text,
)
from tests.tools.examples import examples

SEEDS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "inclusion" / "data-inclusion" / "seeds" / "v1"


def values_of(name: str) -> set[str]:
    if not SEEDS.exists():
        pytest.skip("The data·inclusion reference lists are not beside this checkout.")
    with (SEEDS / name).open(encoding="utf-8") as file:
        return {row["value"] for row in csv.DictReader(file)}


def read_with(old: str, new: str) -> tuple[str, tuple[Fault, ...]]:
    """Read the shipped files after changing one passage that stands once in them."""
    thesaurus, situations = shipped_text(THESAURUS_FILE), shipped_text(SITUATIONS_FILE)
    assert thesaurus.count(old) + situations.count(old) == 1, old
    changed, other = (thesaurus, situations) if old in thesaurus else (situations, thesaurus)
    mended = changed.replace(old, new)
    first, second = (mended, other) if old in thesaurus else (other, mended)
    return mended, read_vocabulary(first, second).faults


def line_of(passage: str, text: str) -> int:
    """Return the line of the only place a passage stands at."""
    assert text.count(passage) == 1, passage
    return text.partition(passage)[0].count("\n") + 1


def test_shipped_files_have_no_fault() -> None:
    assert [fault.sentence for fault in shipped_reading().faults] == []


def test_every_entry_of_the_files_is_read() -> None:
    vocabulary = load_vocabulary()
    assert (len(vocabulary.families), len(vocabulary.concepts), len(vocabulary.situations)) == (17, 160, 21)


def test_steps_personas_and_taxonomies_are_read() -> None:
    vocabulary = load_vocabulary()
    assert sum(len(situation.steps) for situation in vocabulary.situations) == 124
    assert [persona.code for persona in vocabulary.journey.personas] == ["P1", "P2", "P3", "P4", "P5"]
    assert len(vocabulary.taxonomies.petr_axes) == 28


def test_every_key_of_a_concept_is_kept() -> None:
    concepts = {concept.code: concept for concept in load_vocabulary().concepts}
    relay = concepts["PE01"]
    assert (relay.slug, relay.label.fr, relay.label.en) == (
        "relais-petite-enfance",
        "Relais petite enfance",
        "Early childhood relay",
    )
    assert relay.acronyms == ("RPE",)
    assert [former.acronyms for former in relay.former_names] == [("RAM",), ("RIAM",)]
    assert relay.mappings.bpe == ("D504",)
    assert relay.is_often_itinerant
    assert not concepts["AD01"].is_often_itinerant


def count(concepts: tuple[Concept, ...], name: str) -> int:
    return sum(len(getattr(concept.mappings, name)) for concept in concepts)


def test_all_mappings_of_the_file_are_kept() -> None:
    concepts = load_vocabulary().concepts
    names = ("bpe", "bpe_2024", "finess", "dila", "osm")
    assert {name: count(concepts, name) for name in names} == {
        "bpe": 171,
        "bpe_2024": 3,
        "finess": 92,
        "dila": 62,
        "osm": 136,
    }


MUTATIONS = [
    # what is changed, into what, the fault expected, and the words of the line it must name
    ("slug: relais-petite-enfance", "slug: mdph", "slug-en-double", "slug: mdph\n  fr: Relais"),
    ("- code: PE06", "- code: PE05", "code-en-double", "- code: PE05\n  famille: PE\n  slug: laep"),
    ("- code: HA06", "- code: HA6", "forme-de-valeur", "- code: HA6"),
    ("en: Early childhood relay", "eng: Early childhood relay", "rubrique-inconnue", "eng: Early"),
    ("en: Early childhood relay", "eng: Early childhood relay", "rubrique-manquante", "- code: PE01"),
    ("bpe: [D504]", "bpe: [504]", "forme-de-valeur", "bpe: [504]"),
    ("sigles: [RPE]", "sigles: RPE", "forme-inattendue", "sigles: RPE"),
    ("fr: Relais petite enfance", "fr: ''", "valeur-vide", "fr: ''"),
    ("sigle: RIAM", "sigle: RIAM\n    jusqua: '2021'", "rubrique-inconnue", "jusqua"),
    ("jusqu_a: '2022-02-28'", "jusqu_a: '2022-02-30'", "date-impossible", "2022-02-30"),
    ("CHU: [SO12, SA14]", "CHU: [SO12, SA15]", "sens-sans-concept", "CHU: [SO12, SA15]"),
    ("CHU: [SO12, SA14]", "CHU: [SO12, SA15]", "sens-non-declare", "CHU: [SO12, SA15]"),
    ("    RQTH: [EM04, HA01]\n", "", "sigle-ambigu-non-declare", "sigles: [MDPH, AAH"),
    ("    tabac: [SA18, CO09]\n", "", "mot-partage-non-declare", "synonymes: [vêtements"),
    ("sigles_seuls: [CAT,", "sigles_seuls: [XYZ,", "declaration-sans-objet", "sigles_seuls: [XYZ"),
    ("synonymes: [6e]", "synonymes: [6e, college]", "mot-repete", "synonymes: [6e, college]"),
    (
        "petr_axes: [1, 2]\n  themes_transversaux: [T1]\n  niveau",
        "petr_axes: [99]\n  niveau",
        "reference-inconnue",
        "[99]",
    ),
    ("famille: UR\n  slug: risques", "famille: UZ\n  slug: risques", "famille-inconnue", "famille: UZ"),
    ("famille: UR\n  slug: risques", "famille: VI\n  slug: risques", "code-hors-famille", "- code: UR06"),
    ("millesimes: [2024, 2025]", "millesimes: [2023, 2025]", "millesimes-melanges", "[2023, 2025]"),
    ("slug: mam\n", "slug: mam\n  slug: mam2\n", "rubrique-en-double", "slug: mam2"),
    ("slug: mam\n", "slug: &a mam\n  definition: *a\n", "renvoi-yaml", "&a mam"),
    ("slug: mam\n", "slug: mam: mam\n", "yaml-illisible", "slug: mam: mam"),
    ("services: [AD12, NU04]", "services: [AD12, NU99]", "concept-inconnu", "NU99"),
    ("services: [AD12, NU04]", "services: [AD12, AD12]", "concept-repete", "[AD12, AD12]"),
    ("services: [UR01, UR05]", "services: []", "liste-trop-courte", "services: []"),
    ("slug: emmenager", "slug: logement", "slug-en-double", "slug: logement\n  phrase: Je cherche"),
    ("situations: [S14, S17, S01]", "situations: [S14, S77]", "reference-inconnue", "S77"),
    ("publics_data_inclusion: [jeunes, etudiants]", "publics_data_inclusion: [ados]", "valeur-inconnue", "[ados]"),
    ("situations: [S14, S17, S01]", "situations: []", "liste-trop-courte", "situations: []"),
    ("sigle: RIAM", "sigle: [RIAM, R/I]", "forme-de-valeur", "[RIAM, R/I]"),
    ("    D6: mobilité", "    X6: mobilité", "forme-de-valeur", "X6: mobilité"),
    ("    D6: mobilité, numérique", "    D6: [mobilité]", "forme-inattendue", "D6: [mobilité]"),
    ("CHU: [SO12, SA14]", "CHU: [SO12]", "liste-trop-courte", "CHU: [SO12]"),
    ("millesimes: [2021, 2023]", "millesimes: [2021]", "liste-trop-courte", "millesimes: [2021]"),
    ("millesimes: [2021, 2023]", "millesimes: [2021, 2022, 2023]", "liste-trop-longue", "[2021, 2022, 2023]"),
    ("slug: mam\n", "slug: mam\n  ? [a]\n  : b\n", "rubrique-illisible", "? [a]"),
    ("mode: courrier", "mode: pigeon", "valeur-inconnue", "mode: pigeon"),
]


@pytest.mark.parametrize(("old", "new", "code", "passage"), MUTATIONS)
def test_a_fault_is_named_at_its_line(old: str, new: str, code: str, passage: str) -> None:
    changed, faults = read_with(old, new)
    lines = {fault.line for fault in faults if fault.problem.code == code}
    assert line_of(passage, changed) in lines


def test_a_deprecated_concept_is_warned_about_where_used() -> None:
    changed, faults = read_with("slug: mam\n", "slug: mam\n  deprecie: {depuis: '2026', remplace_par: PE03}\n")
    assert {(fault.problem.code, fault.is_error) for fault in faults} == {("concept-deprecie", False)}
    assert "deprecie" in changed


@pytest.mark.parametrize(
    ("heir", "code"), [("PE99", "concept-inconnu"), ("PE04", "remplacant-deprecie")], ids=["unknown", "itself"]
)
def test_a_deprecated_concept_needs_a_living_heir(heir: str, code: str) -> None:
    _, faults = read_with("slug: mam\n", f"slug: mam\n  deprecie: {{depuis: '2026', remplace_par: {heir}}}\n")
    assert code in {fault.problem.code for fault in faults if fault.is_error}


def test_warnings_and_errors_are_told_apart() -> None:
    thesaurus = shipped_text(THESAURUS_FILE).replace("    tabac: [SA18, CO09]\n", "").replace("fr: Lycée", "fr: ''")
    reading = read_vocabulary(thesaurus, shipped_text(SITUATIONS_FILE))
    assert [fault.problem.code for fault in reading.warnings] == ["mot-partage-non-declare"]
    assert [fault.problem.code for fault in reading.errors] == ["valeur-vide"]


def test_a_file_that_is_no_table_is_refused_at_its_first_line() -> None:
    (fault,) = read_thesaurus("- une\n- liste\n").faults
    assert (fault.problem.code, fault.line) == ("racine-inattendue", 1)


@pytest.mark.parametrize("text", ["[" * 200_000, "- " * 200_000, "{a: " * 50_000, "a: " + "[" * 41 + "]" * 41])
def test_a_file_too_deep_is_refused(text: str) -> None:
    (fault,) = read_thesaurus(text).faults
    assert "emboîte trop" in fault.problem.text


def test_an_entry_at_fault_is_left_out_alone() -> None:
    thesaurus = shipped_text(THESAURUS_FILE).replace("slug: laep", "slug: 'LAEP !'")
    vocabulary = read_vocabulary(thesaurus, shipped_text(SITUATIONS_FILE)).vocabulary
    assert vocabulary.concept("PE06") is None
    assert len(vocabulary.concepts) == 159


def test_a_faulty_concept_does_not_accuse_the_situations() -> None:
    _, faults = read_with("slug: laep", "slug: 'LAEP !'")
    assert {fault.file for fault in faults} == {THESAURUS_FILE}


def test_an_unknown_key_is_answered_with_the_nearest() -> None:
    _, faults = read_with("en: Early childhood relay", "definitions: Relais")
    assert any("« definition »" in fault.problem.text for fault in faults)


def test_topics_and_networks_exist_in_data_inclusion() -> None:
    mappings = [concept.mappings for concept in load_vocabulary().concepts]
    topics = {topic for mapping in mappings for topic in mapping.data_inclusion_topics}
    networks = {network for mapping in mappings for network in mapping.data_inclusion_networks}
    assert topics <= values_of("thematiques_v1.csv")
    assert networks <= values_of("reseaux_porteurs_v1.csv")


def test_audiences_are_those_of_data_inclusion() -> None:
    assert {audience.value for audience in Audience} == values_of("publics_v1.csv")


def test_every_audience_has_its_own_label() -> None:
    assert len({audience.label for audience in Audience}) == len(Audience)


KNOWN = read_thesaurus(shipped_text(THESAURUS_FILE))
LINES = shipped_text(SITUATIONS_FILE).splitlines(keepends=True)


@examples(25)
@given(
    st.integers(0, len(LINES) - 1), st.sampled_from(["", "  - [\n", "x: y\n", "? [a]\n: b\n", "  services: 3\n", "\t"])
)
def test_no_broken_line_stops_the_reading(number: int, line: str) -> None:
    broken = "".join([*LINES[:number], line, *LINES[number + 1 :]])
    reading = read_situations(broken, known=KNOWN)
    assert all(fault.line > 0 for fault in reading.faults)


@given(st.text())
def test_no_text_stops_the_reading(text: str) -> None:
    assert read_thesaurus(text).errors
