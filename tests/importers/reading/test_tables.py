"""Text tables as they are in the wild: delimiters, headers, quoted cells, line ends, encodings."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.reading import Caps, Layout
from tests.importers.reading.builders import a_table, cells_of, outcome_of, rows_of, surveyed

DELIMITERS = {";": "point-virgule", ",": "virgule", "\t": "tabulation", "|": "barre verticale"}


@pytest.mark.parametrize(("sign", "words"), DELIMITERS.items())
def test_delimiter_is_found_by_counting(sign: str, words: str) -> None:
    content = f"nom{sign}commune{sign}tel\nMairie{sign}Nogent{sign}03\n".encode()
    assert a_table(content).reading.delimiter == words


UNSURE = {
    "sentences full of commas": ("nom;texte\na;x, y, z\nb;un, deux, trois\nc;m, n, o\n", ";"),
    "decimal commas": ("nom;lat;lon\na;48,1;3,2\nb;48,2;3,4\n", ";"),
    "semicolons in quoted hours": ('nom,heures\na,"Mo 9-12; Tu 9-12"\nb,"We 9-12; Th 9-12"\n', ","),
    "lists joined by bars": ("nom,themes,tel\na,x|y|z,1\nb,x|y,2\n", ","),
    "announced by Excel": ("sep=|\na,b|c,d\n1,2|3,4\n", "|"),
    "a title above": ("Services, lieux, horaires\nnom;tel;ville\na;1;x\nb;2;y\n", ";"),
    "header only": ("nom;adresse, complément;ville\n", ";"),
    "some rows broken": ("a;b;c\n1;2;3\n1,5;2\n1;2;3\n", ";"),
}


@pytest.mark.parametrize(("text", "sign"), UNSURE.values(), ids=UNSURE.keys())
def test_unsure_delimiter_is_the_right_one(text: str, sign: str) -> None:
    assert a_table(text.encode()).reading.delimiter == DELIMITERS[sign]


def test_expected_names_decide_the_delimiter() -> None:
    content = b"nom;x,ville;y,tel;z\na;1,b;2,c;3\n"
    assert a_table(content, layout=Layout(expected=frozenset({"Ville;y"}))).reading.delimiter == "virgule"


def test_one_column_is_a_table_too() -> None:
    content = b"nom\nMairie\nPoste\n"
    assert (a_table(content).reading.delimiter, cells_of(content)) == ("aucun", [["Mairie"], ["Poste"]])


def test_as_many_rows_and_columns_as_the_caps_are_read() -> None:
    assert outcome_of(b"a;b;c\n" + b"1;2;3\n" * 3, caps=Caps(rows=3, columns=3)) == "3"


@pytest.mark.parametrize(("n_lines", "outcome"), [(5, "2"), (6, "1 2:guillemet-ouvert")])
def test_cell_over_too_many_lines_is_an_open_quote(n_lines: int, outcome: str) -> None:
    """With one column, the lines of the refused cell are rows again, but for the one that closes it."""
    content = 'nom;v\na;"' + "\n".join(["x"] * n_lines) + '"\nb;c\n'
    refused = "".join(f" {line}:nombre-de-cellules" for line in range(3, n_lines + 1)) if n_lines > 5 else ""
    last = f" {n_lines + 1}:nombre-de-cellules" if n_lines > 5 else ""
    assert outcome_of(content.encode(), caps=Caps(lines_in_a_record=5)) == outcome + refused + last


def test_open_quote_is_not_followed_beyond_a_cell() -> None:
    content = 'nom;v\na;"' + "x" * 30 + "\n" + "y" * 30 + "\n" + 'z"\nb;c\n'
    expected = "1 2:guillemet-ouvert 3:nombre-de-cellules 4:nombre-de-cellules"
    assert outcome_of(content.encode(), caps=Caps(cell_characters=50)) == expected


HEADERS = {
    "hash": ("#Identifiant;nom\n", ("Identifiant", "nom"), []),
    "blank name of R": ('"","nom"\n', ("colonne 1", "nom"), ["colonne-sans-nom"]),
    "twice": ("tel;nom;tel;tel\n", ("tel", "nom", "tel (2)", "tel (3)"), ["colonne-en-double"] * 2),
    "spaces": (" nom ;tel  \n", ("nom", "tel"), []),
    "line end inside": ('"nom\ndu lieu";tel\n', ("nom du lieu", "tel"), []),
    "mark": ("\ufeffnom;tel\n", ("nom", "tel"), []),
    "mark and quotes": ('\ufeff"nom";"tel"\n', ("nom", "tel"), []),
    "empty at the end": ("nom;tel;;;\n", ("nom", "tel"), []),
    "a title above": ("Liste des lieux;;\n;;\nnom;tel;ville\n", ("nom", "tel", "ville"), []),
}


@pytest.mark.parametrize(("text", "columns", "codes"), HEADERS.values(), ids=HEADERS.keys())
def test_header_becomes_distinct_names(text: str, columns: tuple[str, ...], codes: list[str]) -> None:
    reading = a_table(text.encode()).reading
    assert (reading.columns, [problem.code for problem in reading.problems]) == (columns, codes)


def test_header_below_titles_is_found_by_its_names() -> None:
    content = "Communauté;liste;2024;1\nMise à jour;mai;x;y\nNom;Adresse;Tél;Ville\na;b;c;d\n".encode()
    reading = a_table(content, layout=Layout(expected=frozenset({"nom", "tel", "ville"}))).reading
    assert (reading.header_line, reading.columns) == (3, ("Nom", "Adresse", "Tél", "Ville"))


def test_rows_keep_the_line_of_the_file() -> None:
    content = b'nom;texte\n\na;"un\ndeux\ntrois"\r\n;\nb;x\rc;y\n'
    assert [row.line for row in rows_of(content)] == [3, 7, 8]


def test_quoted_cells_keep_line_ends_and_quotes() -> None:
    content = b'nom;texte\na;"un\r\ndeux; ""trois"""\n"b;c";d"e\n'
    assert cells_of(content) == [["a", 'un\ndeux; "trois"'], ["b;c", 'd"e']]


def test_long_text_in_the_first_column_is_no_open_quote() -> None:
    content = b'texte;nom;tel;ville\n"un\ndeux";a;b;c\nx;y;z;t\n'
    assert cells_of(content) == [["un\ndeux", "a", "b", "c"], ["x", "y", "z", "t"]]


def test_paragraphs_with_commas_stay_one_cell() -> None:
    content = b'nom,texte\na,"Bonjour,\nmerci, bien\nici, et ailleurs"\nb,x\n'
    assert cells_of(content) == [["a", "Bonjour,\nmerci, bien\nici, et ailleurs"], ["b", "x"]]


def test_column_of_ignore_marks_sets_rows_aside() -> None:
    content = b"__ignore__;nom\nVRAI;aide\n1;exemple\n;Mairie\nFAUX;Poste\n"
    assert [row.cells["nom"] for row in rows_of(content)] == ["Mairie", "Poste"]


def test_help_row_is_no_row() -> None:
    assert cells_of(b"nom;tel\n__ignore__;dix chiffres\na;1\n") == [["a", "1"]]


def test_file_without_header_takes_declared_columns() -> None:
    rows = rows_of(b"a;1\nb;2\n", layout=Layout(columns=("nom", "tel")))
    assert [(row.line, dict(row.cells)) for row in rows] == [
        (1, {"nom": "a", "tel": "1"}),
        (2, {"nom": "b", "tel": "2"}),
    ]


KINDS = Layout(kinds={
    "finess": (("sorte", "jeu", "date"),),
    "structureet": (("sorte", "numero", "nom", "ville"), ("sorte", "numero")),
})  # fmt: skip


def test_kind_of_row_chooses_the_columns() -> None:
    content = b"finess;etalab;2026-05-12\nstructureet;01;CH;10268;;\nstructureet;02\n"
    assert [list(row.cells) for row in rows_of(content, layout=KINDS)] == [
        ["sorte", "jeu", "date"],
        ["sorte", "numero", "nom", "ville"],
        ["sorte", "numero"],
    ]


def test_unknown_kind_and_shape_are_refused() -> None:
    content = b"finess;etalab;2026\nautre;1;2\nstructureet;1;2\n"
    assert outcome_of(content, layout=KINDS) == "1 2:sorte-de-ligne-inconnue 3:nombre-de-cellules"


def test_declared_encoding_is_obeyed() -> None:
    content = "nom;tel\nPréfecture;1\n".encode("mac_roman")
    assert cells_of(content, layout=Layout(encoding="mac_roman")) == [["Préfecture", "1"]]


def test_survey_counts_what_the_stream_holds() -> None:
    reading = surveyed("nom;v\nMÃ©ry;x\nb;y\nc\n".encode())
    refused = [(refusal.line, refusal.problem.code) for refusal in reading.refusals]
    assert (reading.n_rows, reading.n_doubtful, reading.n_refused, refused) == (2, 1, 1, [(4, "nombre-de-cellules")])


def test_rows_may_be_asked_for_twice() -> None:
    table = a_table(b"nom;v\na;x\nb;y\n")
    assert list(table.rows()) == list(table.rows())


PLAIN = st.text(
    st.characters(codec="cp1252", exclude_categories=("Cc", "Cs"), exclude_characters="ÃÂâ€\u00a0"), max_size=12
)
ENCODINGS = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8 (avec marque)", "utf-16": "UTF-16", "cp1252": "Windows-1252"}


@given(
    body=st.lists(st.tuples(PLAIN.filter(str.strip), PLAIN, PLAIN), min_size=1, max_size=8),
    sign=st.sampled_from(list(DELIMITERS)),
    encoding=st.sampled_from(list(ENCODINGS)),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_written_table_reads_back_equal(
    body: list[tuple[str, str, str]], sign: str, encoding: str, line_end: str
) -> None:
    written = io.StringIO()
    csv.writer(written, delimiter=sign, lineterminator=line_end).writerows([("nom", "commune", "note"), *body])
    layout = Layout(expected=frozenset({"nom", "commune", "note"}), encoding=encoding)
    kept = [list(row) for row in body if row != ("nom", "commune", "note") and row[0] != "__ignore__"]
    assert cells_of(written.getvalue().encode(encoding), layout=layout) == kept


@pytest.mark.parametrize(("encoding", "words"), ENCODINGS.items())
def test_encoding_is_found_and_said(encoding: str, words: str) -> None:
    content = "nom;ville\nÉcole œuvre €;Méry-sur-Seine\n".encode(encoding)
    assert a_table(content).reading.encoding == words
    assert cells_of(content) == [["École œuvre €", "Méry-sur-Seine"]]


@pytest.mark.parametrize("name", ["klingon", "base64", "unicode_escape", "utf-7"])
def test_declared_encoding_must_be_one_of_lists(name: str) -> None:
    assert outcome_of(b"nom;v\na;b\n", layout=Layout(encoding=name)) == "encodage-inconnu"


@pytest.mark.parametrize("sign", [";;", '"', "\n", " "])
def test_declared_delimiter_must_be_one_sign(sign: str) -> None:
    assert outcome_of(b"nom;v\na;b\n", layout=Layout(delimiter=sign)) == "separateur-inconnu"
