"""Dates, yes and no, and the words of closed lists: national vocabularies as ours."""

from datetime import date

import pytest

from importers.fields.accessibility import read_acceslibre, read_dila_access, read_features, read_gtfs_access
from importers.fields.audiences import read_ages, read_audiences
from importers.fields.costs import read_cost, read_free_access
from importers.fields.dates import read_date
from importers.fields.languages import read_languages
from importers.fields.modes import read_appointment, read_modes
from importers.fields.themes import (
    read_bpe_codes,
    read_concepts,
    read_digital_services,
    read_finess_category,
    read_foreign_codes,
)
from importers.fields.yes_no import read_answer
from portal.directory.rules.choices import AccessFeature, Answer, Cost
from portal.hours.slots import Appointment, Mode
from portal.vocabulary.audiences import Audience
from portal.vocabulary.entries import Nomenclature
from portal.vocabulary.loading import load_vocabulary

NOVEMBER_21 = date(2026, 11, 21)


@pytest.mark.parametrize(
    "cell",
    [
        "21/11/2026",
        "21-11-2026",
        "21.11.2026",
        "2026-11-21",
        "2026/11/21",
        "20261121",
        "2026-11-21T09:30:00Z",
        "21/11/2026 13:28:03",
        "2026-11-21T10:40:49+00:00",
        "21 novembre 2026",
        "le 21 nov. 2026",
        "samedi 21 novembre 2026",
    ],
)
def test_date_is_read_as_it_is_written(cell: str) -> None:
    assert read_date(cell) == (NOVEMBER_21, ())


@pytest.mark.parametrize("cell", ["46347", "46347.0", "46347,5"])
def test_day_number_of_a_spreadsheet_is_a_date(cell: str) -> None:
    assert read_date(cell, is_number=True) == (NOVEMBER_21, ())


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("21/11/26", "annee-sur-deux-chiffres"),
        ("31/02/2026", "date-impossible"),
        ("11/21/2026", "date-impossible"),
        ("21/11/0026", "date-invraisemblable"),
        ("novembre 2026", "date-incomplete"),
        ("2026", "date-incomplete"),
        ("46347", "date-illisible"),
        ("bientôt", "date-illisible"),
    ],
)
def test_date_in_doubt_is_refused(cell: str, code: str) -> None:
    value, problems = read_date(cell)
    assert (value, [problem.code for problem in problems]) == (None, [code])


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["oui", "Oui.", "X", "vrai", "TRUE", "True", "1", "✓", "o"], Answer.YES),
        (["non", "NON", "faux", "False", "0", "n"], Answer.NO),
        (["ne sait pas", "?", "NSP", "à vérifier"], Answer.UNKNOWN),
        (["", "-", "NA", "non renseigné"], None),
    ],
)
def test_answer_is_yes_no_unknown_or_nothing(cells: list[str], expected: Answer | None) -> None:
    assert {read_answer(cell) for cell in cells} == {(expected, ())}


@pytest.mark.parametrize(
    ("cell", "expected", "code"),
    [
        ("Oui, sur demande", Answer.YES, "oui-avec-precision"),
        ("Oui mais sauf le samedi", None, "oui-non-illisible"),
        ("Non, sauf rez-de-chaussée", None, "oui-non-illisible"),
        ("peut-être", None, "oui-non-illisible"),
    ],
)
def test_answer_with_words_is_said(cell: str, expected: Answer | None, code: str) -> None:
    value, problems = read_answer(cell)
    assert (value, [problem.code for problem in problems]) == (expected, [code])


def test_access_features_keep_unknown_apart_from_no() -> None:
    cells = {AccessFeature.TOILETS: "", AccessFeature.LIFT: "non", AccessFeature.PARKING: "ne sait pas"}
    assert read_features(cells) == ({AccessFeature.LIFT: Answer.NO, AccessFeature.PARKING: Answer.UNKNOWN}, ())


def test_access_codes_of_national_files_are_read() -> None:
    wheelchair = AccessFeature.WHEELCHAIR
    assert [read_dila_access("ACC")[0], read_dila_access("NAC")[0]] == [
        {wheelchair: Answer.YES},
        {wheelchair: Answer.NO},
    ]
    assert [read_gtfs_access("0")[0], read_gtfs_access("2")[0]] == [
        {wheelchair: Answer.UNKNOWN},
        {wheelchair: Answer.NO},
    ]
    assert [problem.code for problem in read_dila_access("DEM")[1]] == ["accessibilite-imprecise"]


def test_acceslibre_columns_become_features() -> None:
    cells = {
        "entree_plain_pied": "True",
        "sanitaires_adaptes": "",
        "accueil_equipements_malentendants": '["lsf", "bim"]',
    }
    features, problems = read_acceslibre(cells)
    assert set(features) == {AccessFeature.STEP_FREE, AccessFeature.SIGN_LANGUAGE, AccessFeature.HEARING_LOOP}
    assert problems == ()


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("gratuit", Cost.FREE),
        ("Gratuit", Cost.FREE),
        ("payant", Cost.PAID),
        ("gratuit|payant", Cost.DEPENDS),
        ("Gratuit sous condition|Payant", Cost.DEPENDS),
        ("adhesion", Cost.DEPENDS),
        ("selon quotient familial", Cost.DEPENDS),
        ("0", Cost.FREE),
        ("", None),
    ],
)
def test_cost_is_read(cell: str, expected: Cost | None) -> None:
    assert read_cost(cell) == (expected, ())


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2 € l’heure", Cost.PAID),
        ("gratuit, atelier à 2 €", Cost.DEPENDS),
        ("tarif réduit sur quotient", Cost.DEPENDS),
        ("ce n’est pas gratuit", None),
        ("demander", None),
    ],
)
def test_cost_in_a_sentence_is_said(cell: str, expected: Cost | None) -> None:
    value, problems = read_cost(cell)
    assert (value, len(problems)) == (expected, 1)


def test_free_access_column_answers_yes_or_no() -> None:
    assert [read_free_access(cell)[0] for cell in ("oui", "non", "")] == [Cost.FREE, Cost.PAID, None]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Jeunes|Femmes", (Audience.YOUNG_PEOPLE, Audience.WOMEN)),
        ("Familles et/ou enfants", (Audience.FAMILIES,)),
        ("demandeurs-emploi;Demandeurs d’emploi", (Audience.JOB_SEEKERS,)),
        ("Résidents en QPV ou FRR", (Audience.PRIORITY_AREAS,)),
        ('["tous-publics"]', (Audience.EVERYONE,)),
        ("Surdité|Illettrisme", (Audience.DISABLED_PEOPLE,)),
        ("", None),
    ],
)
def test_audience_is_read_in_every_vocabulary(cell: str, expected: tuple[Audience, ...] | None) -> None:
    assert read_audiences(cell) == (expected, ())


def test_unknown_audience_is_said_beside_the_known() -> None:
    value, problems = read_audiences("Seniors|Martiens")
    assert value == (Audience.SENIORS,)
    assert [(problem.code, problem.value) for problem in problems] == [("public-inconnu", "Martiens")]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("0-6 ans", (0, 6)),
        ("de 3 à 11 ans", (3, 11)),
        ("2 mois à 4 ans", (0, 4)),
        ("60 ans et plus", (60, None)),
        ("à partir de 16 ans", (16, None)),
        ("moins de 6 ans", (None, 5)),
        ("jusqu’à 6 ans", (None, 6)),
    ],
)
def test_ages_are_read(cell: str, expected: tuple[int | None, int | None]) -> None:
    assert read_ages(cell) == (expected, ())


@pytest.mark.parametrize(("cell", "code"), [("11-3 ans", "ages-impossibles"), ("les petits", "ages-illisibles")])
def test_ages_in_doubt_are_refused(cell: str, code: str) -> None:
    value, problems = read_ages(cell)
    assert (value, [problem.code for problem in problems]) == (None, [code])


def test_remote_mode_needs_a_number_to_be_a_call() -> None:
    value, problems = read_modes("en-presentiel|a-distance")
    assert (value, [problem.code for problem in problems]) == ((Mode.ON_SITE,), ["mode-imprecis"])
    assert read_modes("En présentiel|À distance", has_phone=True) == ((Mode.ON_SITE, Mode.PHONE), ())


def test_modes_and_appointments_are_read_in_french() -> None:
    assert read_modes("Visio, à domicile")[0] == (Mode.VIDEO, Mode.HOME)
    assert read_appointment("Sur rendez-vous") == (Appointment.REQUIRED, ())
    assert [problem.code for problem in read_appointment("quelquefois")[1]] == ["rendez-vous-inconnu"]


def test_languages_are_read_as_codes() -> None:
    assert read_languages("Français, anglais; LSF") == (("fr", "en", "fsl"), ())
    assert read_languages("Langues étrangères (anglais)") == (("en",), ())
    assert [problem.code for problem in read_languages("klingon")[1]] == ["langue-inconnue"]


VOCABULARY = load_vocabulary()


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("Crèche", ("PE02",)), ("RAM|LAEP", ("PE01", "PE06")), ("AD03", ("AD03",)), ("msap, France services", ("AD03",))],
)
def test_theme_is_found_by_code_name_or_former_name(cell: str, expected: tuple[str, ...]) -> None:
    assert read_concepts(cell, VOCABULARY) == (expected, ())


def test_unknown_theme_suggests_the_nearest() -> None:
    value, problems = read_concepts("relais petit enfance", VOCABULARY)
    assert (value, [problem.code for problem in problems]) == (None, ["theme-inconnu"])
    assert "« Relais petite enfance »" in problems[0].text


def test_word_of_two_senses_is_not_chosen() -> None:
    value, problems = read_concepts("CHU", VOCABULARY)
    assert (value, [problem.code for problem in problems]) == (None, ["theme-ambigu"])


def test_foreign_codes_lead_to_concepts() -> None:
    topics = Nomenclature.DATA_INCLUSION_TOPICS
    value, problems = read_foreign_codes("famille--garde-denfants", VOCABULARY, nomenclature=topics)
    assert (value, [problem.code for problem in problems]) == (("PE01",), ["theme-a-verifier"])
    assert read_foreign_codes("zzz--x", VOCABULARY, nomenclature=topics)[0] is None
    assert read_bpe_codes("d504", VOCABULARY, vintage=2023)[0] == ("PE01",)


def test_finess_category_is_mapped_or_out_of_scope() -> None:
    assert read_finess_category("620", VOCABULARY) == (("SA11",), ())
    assert [read_finess_category(code, VOCABULARY)[1][0].code for code in ("462", "999")] == [
        "categorie-hors-champ"
    ] * 2


def test_digital_services_are_mapped() -> None:
    cell = "Maîtrise des outils numériques du quotidien|Aide aux démarches administratives|Autre"
    value, problems = read_digital_services(cell)
    assert value == ("NU01", "NU03")
    assert [problem.value for problem in problems] == ["Autre"]
