"""A territory renames, hides and adds; codes stay what they were."""

from typing import Any

import pytest

from portal.vocabulary.loading import load_vocabulary, read_vocabulary, shipped_text
from portal.vocabulary.territory import for_territory

VOCABULARY = load_vocabulary()


def a_concept(**changes: str) -> dict[str, Any]:
    return {
        "code": "CO90",
        "famille": "CO",
        "slug": "cidrerie",
        "fr": "Pressoir communal",
        "en": "Community press",
        "definition": "Presser ses pommes.",
        "niveau_attendu": "proximite",
        "synonymes": ["pressoir", "jus de pomme"],
        "souvent_itinerant": True,
    } | changes


def test_a_renamed_concept_keeps_code_slug_and_old_words() -> None:
    vocabulary, problems = for_territory(VOCABULARY, {"rename": {"AD03": "Maison des démarches"}})
    concept = vocabulary.concept("AD03")
    assert concept is not None
    assert (problems, concept.label.fr, concept.label.en) == (
        (),
        "Maison des démarches",
        "France services one-stop shop",
    )
    assert concept.slug == "france-services"
    assert [sense.concept.code for sense in vocabulary.recognise("France services")] == ["AD03"]


def test_a_family_is_renamed_in_both_languages() -> None:
    vocabulary, problems = for_territory(VOCABULARY, {"rename": {"MO": {"fr": "Bouger", "en": "Moving"}}})
    family = vocabulary.family("MO")
    assert (problems, str(family.label if family else "")) == ((), "Bouger")


def test_a_hidden_concept_leaves_lists_but_still_resolves() -> None:
    vocabulary, problems = for_territory(VOCABULARY, {"hide": ["CS07"]})
    assert (problems, vocabulary.recognise("ski")) == ((), ())
    assert "CS07" not in {concept.code for concept in vocabulary.shown_concepts}
    assert vocabulary.theme("CS07") == VOCABULARY.concept("CS07")


def test_a_hidden_family_hides_its_concepts() -> None:
    vocabulary, _ = for_territory(VOCABULARY, {"hide": ["VI"]})
    assert "VI" not in {family.code for family in vocabulary.shown_families}
    assert "VI" not in {concept.family for concept in vocabulary.shown_concepts}
    assert vocabulary.family_by_slug("vie-locale") is not None


def test_an_added_concept_is_browsed_and_recognised() -> None:
    vocabulary, problems = for_territory(VOCABULARY, {"add": [a_concept()]})
    assert problems == ()
    assert [sense.concept.code for sense in vocabulary.recognise("jus de pomme")] == ["CO90"]
    commerce = vocabulary.family("CO")
    assert commerce is not None
    assert "CO90" in {concept.code for concept in vocabulary.concepts_of(commerce)}


@pytest.mark.parametrize(
    ("overrides", "code"),
    [
        ({"rename": {"XX01": "Rien"}}, "concept-inconnu"),
        ({"rename": {"AD03": ""}}, "forme-inattendue"),
        ({"rename": {"AD03": {"de": "Amt"}}}, "forme-inattendue"),
        ({"rename": {"AD03": {}}}, "forme-inattendue"),
        ({"rename": {"AD03": 3}}, "forme-inattendue"),
        ({"rename": ["AD03"]}, "forme-inattendue"),
        ({"hide": ["XX01"]}, "concept-inconnu"),
        ({"hide": "AD03"}, "forme-inattendue"),
        ({"add": {"code": "CO90"}}, "forme-inattendue"),
        ({"add": ["CO90"]}, "forme-inattendue"),
        ({"add": [a_concept(code="CO12")]}, "code-reserve"),
        ({"add": [a_concept(code="MO90")]}, "code-reserve"),
        ({"add": [a_concept(famille="ZZ", code="ZZ90")]}, "famille-inconnue"),
        ({"add": [a_concept(slug="mairie")]}, "slug-en-double"),
        ({"add": [a_concept(), a_concept(slug="autre")]}, "code-en-double"),
        ({"add": [a_concept(couleur="vert")]}, "rubrique-inconnue"),
        ({"renomme": {}}, "rubrique-inconnue"),
    ],
)
def test_what_cannot_be_applied_is_said(overrides: dict[str, Any], code: str) -> None:
    vocabulary, problems = for_territory(VOCABULARY, overrides)
    assert [problem.code for problem in problems] == [code]
    assert vocabulary.concept("AD03") == VOCABULARY.concept("AD03")


def test_the_rank_of_a_faulty_addition_is_said() -> None:
    _, problems = for_territory(VOCABULARY, {"add": [a_concept(), "CO91"]})
    assert [problem.text for problem in problems] == ["« add 2 » doit être une suite de rubriques."]


def test_a_refused_addition_changes_nothing() -> None:
    vocabulary, _ = for_territory(VOCABULARY, {"add": [a_concept(code="CO12")]})
    assert vocabulary.concepts == VOCABULARY.concepts


def test_a_deprecated_concept_names_the_one_to_use() -> None:
    thesaurus = shipped_text("thesaurus.yaml").replace(
        "slug: mam\n", "slug: mam\n  deprecie: {depuis: '2026-01-31', remplace_par: PE03}\n"
    )
    vocabulary = read_vocabulary(thesaurus, shipped_text("situations.yaml")).vocabulary
    old, new = vocabulary.concept("PE04"), vocabulary.concept("PE03")
    assert old is not None
    assert vocabulary.current(old) is new
    assert old not in vocabulary.shown_concepts
