"""Words are recognised as people type them, with every sense they have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.vocabulary.claims import MatchKind, claims_of, key_of
from portal.vocabulary.entries import Nomenclature
from portal.vocabulary.loading import load_vocabulary

VOCABULARY = load_vocabulary()


def codes(words: str) -> list[str]:
    return [sense.concept.code for sense in VOCABULARY.recognise(words)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("nounou", ["PE03"]),
        ("CRECHE", ["PE02"]),
        ("relais  petite-enfance", ["PE01"]),
        ("lieu d'accueil enfants parents", ["PE06"]),
        ("Lieu d’accueil enfants-parents", ["PE06"]),
        ("restos du coeur", ["SO08"]),
        ("Pôle emploi", ["EM01"]),
        ("TGI", ["AD10"]),
        ("acs", ["SO05"]),
        ("town hall", ["AD01"]),
        ("tabac", ["SA18", "CO09"]),
        ("accueil", []),
        ("", []),
        ("!?", []),
    ],
)
def test_words_lead_to_their_concepts(words: str, expected: list[str]) -> None:
    assert codes(words) == expected


@pytest.mark.parametrize("acronym", ["CHU", "CMG", "CSS", "MDA", "PAJE", "RQTH", "UDAF", "VAE"])
def test_an_ambiguous_acronym_keeps_all_senses(acronym: str) -> None:
    assert len(codes(acronym)) == 2


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Ehpad", MatchKind.LABEL),
        ("RPE", MatchKind.ACRONYM),
        ("RAM", MatchKind.FORMER_ACRONYM),
        ("maison de services au public", MatchKind.FORMER_NAME),
        ("docteur", MatchKind.SYNONYM),
    ],
)
def test_the_reason_of_a_match_is_told(words: str, kind: MatchKind) -> None:
    assert [sense.kind for sense in VOCABULARY.recognise(words)] == [kind]


def test_acronyms_are_told_from_words() -> None:
    assert {kind for kind in MatchKind if kind.is_acronym} == {MatchKind.ACRONYM, MatchKind.FORMER_ACRONYM}


def test_a_former_name_comes_with_its_last_day() -> None:
    (sense,) = VOCABULARY.recognise("MSAP")
    assert sense.former is not None
    assert (str(sense.former.last_day), sense.former.last_day_is_exact) == ("2019-12-31", True)


def test_a_former_name_known_by_its_year_says_so() -> None:
    (sense,) = VOCABULARY.recognise("RAM")
    assert sense.former is not None
    assert (str(sense.former.last_day), sense.former.last_day_is_exact) == ("2021-12-31", False)


@pytest.mark.parametrize(
    ("words", "alone"),
    [("CC", True), ("15", True), ("faire", True), ("sel", True), ("CAF", False), ("115", False), ("nounou", False)],
)
def test_short_and_everyday_acronyms_count_only_alone(words: str, *, alone: bool) -> None:
    assert {sense.is_known_only_alone for sense in VOCABULARY.recognise(words)} == {alone}


EVERY_CLAIM = [(concept.code, claim.words) for concept in VOCABULARY.concepts for claim in claims_of(concept)]


@given(st.sampled_from(EVERY_CLAIM), st.sampled_from([str.upper, str.lower, str.title, lambda words: f"  {words} "]))
def test_every_name_finds_its_concept_however_typed(claim: tuple[str, str], typed: object) -> None:
    code, words = claim
    assert callable(typed)
    assert code in codes(typed(words))


def test_every_name_of_every_concept_is_recognised() -> None:
    assert [claim for claim in EVERY_CLAIM if claim[0] not in codes(claim[1])] == []


@given(st.text())
def test_a_key_is_its_own_key(words: str) -> None:
    assert key_of(key_of(words)) == key_of(words)


@pytest.mark.parametrize(
    ("words", "code"), [("Se déplacer", "MO"), ("petite enfance", "PE"), ("Housing", "LO"), ("rien", None)]
)
def test_a_family_is_recognised_by_name_or_slug(words: str, code: str | None) -> None:
    family = VOCABULARY.recognise_family(words)
    assert (family.code if family else None) == code


def test_a_situation_is_recognised_by_its_keyword() -> None:
    assert [situation.code for situation in VOCABULARY.recognise_situations("Déménager")] == ["S01"]
    assert [situation.code for situation in VOCABULARY.recognise_situations("j'emménage")] == ["S01"]


def test_an_entry_is_found_by_code_and_slug() -> None:
    relay = VOCABULARY.concept("pe01")
    assert relay is not None
    assert VOCABULARY.concept_by_slug("relais-petite-enfance") is relay
    assert VOCABULARY.theme("PE01") is relay
    assert VOCABULARY.theme("petite-enfance") is VOCABULARY.family("PE")
    assert VOCABULARY.theme("nowhere") is None


def test_a_situation_is_found_by_code_slug_and_concept() -> None:
    moving = VOCABULARY.situation_by_slug("emmenager")
    assert moving is not None
    assert VOCABULARY.situation("s01") is moving
    welcome = VOCABULARY.concept("VI01")
    assert welcome is not None
    assert VOCABULARY.situations_with(welcome) == (moving,)


@pytest.mark.parametrize(
    ("nomenclature", "code", "expected"),
    [
        (Nomenclature.FINESS, "124", ["SA03"]),
        (Nomenclature.FINESS, "209", ["SE03", "SE04"]),
        (Nomenclature.DILA, "mairie", ["AD01", "AD09", "LO07", "UR03", "UR04", "UR06"]),
        (Nomenclature.DATA_INCLUSION_NETWORKS, "mission-locale", ["EM02"]),
        (Nomenclature.OSM, "amenity=townhall", ["AD01"]),
        (Nomenclature.FINESS, "999", []),
    ],
)
def test_codes_of_others_lead_to_ours(nomenclature: Nomenclature, code: str, expected: list[str]) -> None:
    assert [concept.code for concept in VOCABULARY.concepts_for(nomenclature, code)] == expected


@pytest.mark.parametrize(
    ("code", "vintage", "expected"),
    [
        ("D201", 2021, ["SA01"]),
        ("D201", 2023, ["SA01"]),
        ("D201", 2024, []),
        ("D265", 2024, ["SA01"]),
        ("D265", 2023, []),
        ("A128", 2025, ["AD03"]),
        ("A128", 2019, []),
        ("A128", 2031, []),
    ],
)
def test_an_equipment_code_means_something_in_its_vintage(code: str, vintage: int, expected: list[str]) -> None:
    assert [concept.code for concept in VOCABULARY.concepts_for_bpe(code, vintage=vintage)] == expected
