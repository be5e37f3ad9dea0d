"""Spreadsheets of anybody: what is recognised, what must be confirmed, what is remembered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.sources.column_maps import ColumnMap, list_name, map_of, quoted, read_map, written_map
from importers.sources.own import NotOneOfOurs, feeds_of
from importers.sources.tableur import UNSURE, WITHOUT_COLUMN
from importers.sources.wishes import NAMELESS, Wish, stem_of
from portal.core.toml import read_toml
from portal.intake.record import Verdict
from portal.intake.report import Fate
from tests.importers.sources.builders import Desk
from tests.importers.sources.own_lists import (
    NAMED,
    ROW,
    a_row,
    a_sheet,
    imports_own,
    opened_own,
    passage_of,
    read_own,
    refusal,
)

MESSY = (
    "Services de la mairie;;;\n"
    "Intitulé;Jours et heures;Qui appeler;Ville;CP;Rubrique;Lieu\n"
    "Cantine;lundi 11h30-13h30;03 53 01 00 01;Nogent sur Seine;10400;cantine;Salle du Four\n"
    "Bibliothèque;mercredi 14h-18h;03 53 01 00 02;ROMILLY-SUR-SEINE;10100;bibliothèque;\n"
).encode()
MAP = ColumnMap(
    name="mairie",
    columns={
        "title": "Intitulé",
        "hours": "Jours et heures",
        "phone": "Qui appeler",
        "commune": "Ville",
        "concepts": "Rubrique",
    },
    constants={"structure": "Mairie de Nogent-sur-Seine"},
    owner="Mairie de Nogent-sur-Seine",
    priority=70,
)


def test_template_is_recognised_by_its_names() -> None:
    opened = opened_own(a_sheet(a_row()))
    assert (opened.source.feed, opened.header.unmapped) == ("essai", ())


def test_everyday_names_of_columns_are_recognised() -> None:
    aliases = {
        "Nom du service": "Intitulé",
        "Thème": "Rubrique",
        "Structure": "Organisme",
        "Code postal": "CP",
        "Commune": "Ville",
        "Téléphone": "Tél",
        "Horaires": "Jours et heures",
    }
    row = {aliases.get(name, name): cell for name, cell in ROW.items()}
    assert opened_own(a_sheet(row)).header.unmapped == ()


def test_list_without_name_is_asked_for_one() -> None:
    problem = refusal(a_sheet(a_row()), name="Services de Nogent 2026-11-02 (2).csv")
    assert problem.code == NAMELESS
    assert "--list services-de-nogent" in problem.text


def test_guess_is_never_read_without_a_person() -> None:
    problem = refusal(MESSY, wish=NAMED)
    assert problem.code == UNSURE
    assert "il manque « Structure »" in problem.text
    assert "« Qui appeler » est-elle « Téléphone » ?" in problem.text
    assert "maillage map liste.csv > carte.toml" in problem.text


def test_known_name_whose_cells_speak_against_it_is_asked_about() -> None:
    rows = [a_row(Nom_du_service=f"Atelier {n}") | {"Site": f"salle {n}"} for n in range(6)]
    assert "« Site » est-elle « Site internet » ?" in refusal(a_sheet(*rows), wish=NAMED).text


@pytest.mark.parametrize(
    ("name", "cells", "question"),
    [
        ("Remarques", ("sonner",), "« Remarques » est-elle « Précision sur l’accueil » ?"),
        ("Quoi", ("cantine", "bibliothèque"), "« Quoi » est-elle « Thème » ?"),
        ("Coordonnées", ("03 53 01 00 01", "un@exemple.example"), "« Coordonnées » est-elle « Téléphone » ?"),
        ("Tél. de l’accueil", ("",), "« Tél. de l’accueil » est-elle « Téléphone » ?"),
    ],
)
def test_column_is_guessed_by_its_name_or_its_cells(name: str, cells: tuple[str, ...], question: str) -> None:
    rows = [{"Nom": f"Service {n}", name: cell} for n, cell in enumerate(cells)]
    assert question in refusal(a_sheet(*rows), wish=NAMED).text


def test_command_to_copy_holds_any_file_name() -> None:
    assert "maillage map 'Mes services.csv' > carte.toml" in refusal(MESSY, wish=NAMED, name="Mes services.csv").text


def test_guess_is_shown_to_who_looks() -> None:
    opened = opened_own(MESSY, wish=Wish(only_looks=True))
    assert opened.header.remarks["phone"].startswith("à confirmer : 2 cases sur 2")
    assert opened.header.remarks["title"].startswith("sûr")


def test_map_of_a_person_is_followed(desk: Desk) -> None:
    report = imports_own(desk, MESSY, wish=Wish(map=MAP, name="mairie"))
    assert (report.feed, report.counts[Fate.CREATED]) == ("mairie", 2)
    opened = opened_own(MESSY, wish=Wish(map=MAP, name="mairie"))
    assert (opened.source.owner, opened.source.declared_feed.weight) == ("Mairie de Nogent-sur-Seine", 70)


def test_constant_fills_only_empty_cells() -> None:
    constants = ColumnMap(name="essai", columns=_map_of(ROW), constants={"structure": "Mairie"})
    rows = a_sheet(a_row(), a_row(Identifiant="2", Structure=""))
    names = [found.record.structure.name for found in read_own(rows, wish=Wish(map=constants)) if found.record]  # type: ignore[union-attr]  # these rows are whole
    assert names == ["Association du Lavoir", "Mairie"]


def test_next_version_of_a_mapped_list_needs_nothing() -> None:
    opened = opened_own(MESSY, wish=Wish(kept=(MAP,)), name="autre nom.csv")
    assert opened.source.feed == "mairie"


def test_next_version_of_a_template_is_known_by_its_file() -> None:
    kept = (ColumnMap(name="nogent", files=("services",)), ColumnMap(name="romilly", files=("liste",)))
    assert opened_own(a_sheet(a_row()), wish=Wish(kept=kept), name="Services 2027.csv").source.feed == "nogent"


def test_file_name_of_two_lists_says_nothing() -> None:
    kept = tuple(ColumnMap(name=name, files=("services",)) for name in ("nogent", "romilly"))
    problem = refusal(a_sheet(a_row()), wish=Wish(kept=kept), name="services.csv")
    assert problem.code == NAMELESS
    assert "nogent, romilly" in problem.text


def test_column_that_a_map_waits_for_is_named() -> None:
    problem = refusal(MESSY.replace(b"Rubrique", b"Machin"), wish=Wish(map=MAP))
    assert (problem.code, "« Rubrique »" in problem.text) == (WITHOUT_COLUMN, True)


def test_lists_lose_nothing_to_one_another(desk: Desk) -> None:
    imports_own(desk, a_sheet(a_row()), wish=Wish(name="nogent"))
    report = imports_own(desk, a_sheet(a_row(Identifiant="2", Nom_du_service="Cantine")), wish=Wish(name="romilly"))
    assert (report.counts[Fate.CREATED], report.hidden, report.guard) == (1, 0, None)


def test_example_of_the_template_is_passed_over() -> None:
    found = passage_of(a_row(Nom_du_service="EXEMPLE – Ludothèque de l’Exemple"))
    assert found.verdict is Verdict.SKIPPED


def test_rest_of_the_example_is_not_believed() -> None:
    found = passage_of(a_row(Téléphone="01 99 00 00 00"))
    assert (found.verdict, found.problems[0].field) == (Verdict.QUARANTINED, "Téléphone")


def test_row_to_ignore_is_no_row() -> None:
    assert len(read_own(a_sheet(a_row(Ignorer="oui"), a_row(Ignorer="", Identifiant="2")))) == 1


def test_map_is_for_our_spreadsheets_only() -> None:
    with pytest.raises(NotOneOfOurs, match="--map"):
        feeds_of("msap", Wish(map=MAP))
    with pytest.raises(NotOneOfOurs, match="--list"):
        feeds_of("msap", NAMED)


@given(st.dictionaries(st.sampled_from(sorted(MAP.columns)), st.text(min_size=1).filter(str.strip), max_size=5))
def test_written_map_reads_back(columns: dict[str, str]) -> None:
    tidied = {word: column.strip() for word, column in columns.items()}
    constants = {"structure": 'Mairie "du" Lac\\'}
    map_ = ColumnMap(name="mairie", columns=tidied, constants=constants, files=("a", "b"), priority=70)
    table, _ = read_toml(written_map(map_, place="listes.mairie").encode(errors="surrogatepass"), file="listes.toml")
    if table is not None:
        assert map_of(table["listes"]["mairie"], file="listes.toml") == (map_, ())


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("couleur = 1", "« couleur » n’est pas un mot"),
        ('[colonnes]\nmachin = "x"', "« machin », sous [colonnes], n’est pas un mot connu"),
        ("[colonnes]\nnom = []", "attend un texte"),
        ('date = "hier"', "date"),
        ('priorite = "haute"', "« priorite » attend un nombre entier"),
        ("priorite = 400", "« priorite » attend un nombre entier"),
        ("colonnes = 3", "[colonnes] doit être une table"),
        ("[colonnes", "n’est pas du TOML valide"),
    ],
)
def test_map_that_is_wrong_says_where(written: str, words: str) -> None:
    found, problems = read_map(written.encode(), file="carte.toml")
    assert found is None
    assert words in problems[0].text


def test_words_of_a_map_may_be_any_name_of_a_column() -> None:
    written = '[colonnes]\n"Tél" = "Contact"\nnom_du_service = "Quoi"'.encode()
    found, _ = read_map(written, file="carte.toml", name="Ma liste")
    assert found == ColumnMap(name="ma-liste", columns={"phone": "Contact", "title": "Quoi"})


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("Services Nogent 2026-11-02.xlsx", "services-nogent"),
        ("services-nogent (2).xlsx", "services-nogent"),
        ("services-nogent v3 final.ods", "services-nogent"),
        ("2026.csv", ""),
    ],
)
def test_version_of_a_file_is_not_its_name(name: str, stem: str) -> None:
    assert stem_of(name) == stem


def test_quotes_and_names_are_tame() -> None:
    assert quoted('a"b\\c\n') == '"a\\"b\\\\c\\u000a"'
    assert list_name("Mairie de Romilly-sur-Seine !") == "mairie-de-romilly-sur-seine"


def _map_of(row: dict[str, str]) -> dict[str, str]:
    words = ("key", "title", "concepts", "structure", "address", "postal_code", "commune", "phone", "hours")
    return dict(zip(words, row, strict=True))
