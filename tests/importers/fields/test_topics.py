"""Topics and networks of data·inclusion: what is named or carried counts before what a topic may mean."""

import csv

import pytest

from importers.fields.topics import _BROADEST, _KINDS, _MAIN, read_networks, read_topics
from portal.vocabulary.loading import load_vocabulary
from tests.importers.sources.builders import real_file
from tests.tools.claims import every

VOCABULARY = load_vocabulary()
CHILDCARE = "famille--garde-denfants"
ONLINE = "numerique--acceder-a-des-services-en-ligne"
SEEDS = "inclusion/data-inclusion/seeds"


def values_of(name: str) -> set[str]:
    with real_file(f"{SEEDS}/{name}").open(encoding="utf-8", newline="") as file:
        return {row["value"] for row in csv.DictReader(file)}


def topics(text: str, *, networks: str = "", names: str = "") -> tuple[str, ...] | None:
    return read_topics(text, VOCABULARY, networks=networks, names=names)[0]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("Multi-accueil Les Lutins", "PE02"),
        ("Crèches du Val", "PE02"),
        ("Relais petite enfance", "PE01"),
        ("MAM des Tilleuls", "PE04"),
        ("Un coup de main", "PE05"),
    ],
)
def test_names_choose_among_the_senses_of_a_topic(names: str, expected: str) -> None:
    assert topics(CHILDCARE, names=names) == (expected,)


def test_network_chooses_where_names_are_silent() -> None:
    assert topics("sante--acces-aux-soins", networks='["cpam"]') == ("SO05",)
    assert topics("sante--acces-aux-soins", networks='["cpam"]', names="Centre de santé du Val") == ("SA03",)


def test_service_of_nobody_known_never_bears_the_name_of_an_operator() -> None:
    codes, problems = read_topics(ONLINE, VOCABULARY, names="Atelier du mardi")
    assert codes == ("NU03",)
    assert [(each.code, each.value) for each in problems] == [("theme-a-verifier", ONLINE)]


def test_conflicts_and_violence_withhold_the_address() -> None:
    assert topics("famille--surmonter-conflits-separation-violence") == ("SO10", "SO11")


def test_several_topics_are_several_concepts_each_once() -> None:
    assert topics(
        '["se-former--trouver-sa-formation", "se-former--monter-son-dossier-de-formation", "sante--addictions"]'
    ) == (
        "EM06",
        "SA18",
    )


def test_topic_without_concept_is_said_and_left_out() -> None:
    codes, problems = read_topics("souvrir-a-linternational--x|sante--addictions", VOCABULARY)
    assert (codes, [each.code for each in problems]) == (("SA18",), ["thematique-hors-champ"])


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("mission-locale", ("EM02",)),
        ("ML", ("EM02",)),
        ("CCAS", ("SO01",)),
        ("caf", ("SO03",)),
        ("RS_FJT", ("LO04",)),
        ('["aidants-connect", "conseillers-numeriques"]', ("NU03", "NU01")),
        ("unea", None),
        ("", None),
    ],
)
def test_network_says_what_a_structure_is_for(written: str, expected: tuple[str, ...] | None) -> None:
    assert read_networks(written, VOCABULARY)[0] == expected


def test_network_of_several_trades_is_said() -> None:
    assert [each.code for each in read_networks("communes", VOCABULARY)[1]] == ["theme-a-verifier"]
    assert read_networks("communes", VOCABULARY, names="Mairie de Romilly") == (("AD01",), ())


def test_topics_and_networks_of_ours_are_those_of_the_schema() -> None:
    assert _BROADEST.keys() <= values_of("v1/thematiques_v1.csv")
    assert {*_MAIN, *_KINDS.values()} <= values_of("v1/reseaux_porteurs_v1.csv")


def test_every_code_of_ours_stands_in_the_thesaurus() -> None:
    assert every(VOCABULARY.concept(code) for code in (*_MAIN.values(), *sum(_BROADEST.values(), ())))


def test_nearly_every_topic_of_the_schema_has_a_concept() -> None:
    without = {topic for topic in values_of("v1/thematiques_v1.csv") if topics(topic) is None}
    assert without == {
        "difficultes-administratives-ou-juridiques--beneficier-dune-mesure-daccompagnement-adapte",
        "souvrir-a-linternational--connaitre-les-opportunites-demploi-a-letranger",
        "souvrir-a-linternational--sinformer-sur-les-aides-pour-travailler-a-letranger",
        "souvrir-a-linternational--sorganiser-suite-a-son-retour-en-france",
    }
