"""Workbooks: cells as a person reads them, sheets, and the workbooks that lie."""

from hashlib import sha256

import pytest

from importers.reading import Caps, Layout
from importers.reading.cell_text import number_as_text
from tests.importers.reading.builders import (
    a_table,
    cell,
    cells_of,
    encrypted_ole,
    ods,
    ods_cell,
    ods_row,
    outcome_of,
    rows_of,
    sheet_of,
    sheet_row,
    with_flag,
    xlsx,
    zip_of,
)

NUMBERS = {
    "whole": ("5", "", "5", True),
    "float that is whole": ("5.0", "", "5", True),
    "SIRET eaten": ("2.601E+13", "", "26010000000000", True),
    "binary noise": ("0.30000000000000004", "", "0.3", True),
    "coordinate": ("48.4862364169706", "General", "48.4862364169706", True),
    "small": ("1E-05", "", "0.00001", True),
    "immense": ("1E+300", "", "1E+300", True),
    "negative": ("-2.50", "0.00", "-2.5", True),
    "postal code": ("1440", "00000", "01440", True),
    "phone of Excel": ("325391234", '0#" "##" "##" "##" "##', "03 25 39 12 34", True),
    "phone with escapes": ("325391234", r"0#\ ##\ ##\ ##\ ##", "03 25 39 12 34", True),
    "SIRET of Excel": ("21100268100010", '000" "000" "000" "00000', "211 002 681 00010", True),
    "more digits than the mask": ("123456", "00000", "123456", True),
    "percentage": ("0.125", "0.00%", "12.5%", False),
    "price": ("12.5", '#,##0.00\\ "€"', "12.5", True),
    "day": ("46347", "dd/mm/yyyy", "2026-11-21", False),
    "day in French letters": ("46347", r"[$-40C]d\ mmmm\ yyyy;@", "2026-11-21", False),
    "day and time": ("46347.604166667", "dd/mm/yyyy hh:mm", "2026-11-21 14:30", False),
    "day with midnight": ("46347", "dd/mm/yyyy hh:mm", "2026-11-21", False),
    "time": ("0.354166666666667", "h:mm", "08:30", False),
    "time with seconds": ("0.354178240740741", "hh:mm:ss", "08:30:01", False),
    "hours elapsed": ("1.0625", "[h]:mm", "25:30", False),
    "before the false leap day": ("59", "dd/mm/yyyy", "1900-02-28", False),
    "day that no calendar has": ("99999999", "dd/mm/yyyy", "99999999", True),
    "negative day": ("-5", "dd/mm/yyyy", "-5", True),
    "words": ("douze", "", "douze", False),
    "infinity": ("inf", "", "inf", False),
    "zero": ("-0.0", "", "0", True),
}


@pytest.mark.parametrize(("written", "code", "text", "is_number"), NUMBERS.values(), ids=NUMBERS.keys())
def test_number_reads_as_on_screen(written: str, code: str, text: str, *, is_number: bool) -> None:
    assert number_as_text(written, code) == (text, is_number)


def test_xlsx_cells_become_texts() -> None:
    rows = sheet_row(1, ["nom", "code", "ouvert", "heure"]) + (
        f'<row r="2">{cell("A2", "Mairie")}{cell("B2", "10268", t="n")}{cell("C2", "1", t="b")}'
        f"{cell('D2', '0.5', t='n', s='1')}</row>"
    )
    (row,) = rows_of(xlsx(rows, formats=["hh:mm"]))
    assert dict(row.cells) == {"nom": "Mairie", "code": "10268", "ouvert": "true", "heure": "12:00"}
    assert row.numeric == {"code"}


def test_iso_dates_are_shortened() -> None:
    days = ("2026-11-21T00:00:00", "2026-11-21T14:30:00.000", "2026-11-21T14:30:12Z", "2026-11")
    rows = "".join(f"<row>{cell(f'A{rank}', day, t='d')}</row>" for rank, day in enumerate(days, start=2))
    found = [row.cells["jour"] for row in rows_of(xlsx(sheet_row(1, ["jour"]) + rows))]
    assert found == ["2026-11-21", "2026-11-21 14:30", "2026-11-21 14:30:12", "2026-11"]


def test_shared_texts_join_their_runs() -> None:
    texts = "<si><t>nom</t></si><si><r><t>Mai</t></r><r><t>rie_x000D_\n</t></r><rPh><t>non</t></rPh></si>"
    rows = f'<row r="1">{cell("A1", "0", t="s")}</row><row r="2">{cell("A2", "1", t="s")}</row>'
    assert cells_of(xlsx(rows, texts=texts)) == [["Mairie\n"]]


def test_dates_of_old_mac_workbooks_are_right() -> None:
    rows = sheet_row(1, ["jour"]) + f'<row r="2">{cell("A2", "44885", t="n", s="1")}</row>'
    assert cells_of(xlsx(rows, formats=["yyyy"], first_year=1904)) == [["2026-11-21"]]


def test_cells_and_rows_without_place_follow_each_other() -> None:
    rows = "<row><c t='str'><v>nom</v></c><c t='str'><v>tel</v></c></row><row><c/><c t='str'><v>03</v></c></row>"
    assert cells_of(xlsx(rows)) == [["", "03"]]


def test_rows_keep_the_number_of_the_sheet() -> None:
    assert [row.line for row in rows_of(xlsx(sheet_row(2, ["nom", "v"]) + sheet_row(7, ["a", "x"])))] == [7]


def test_notes_beside_the_table_are_kept() -> None:
    (row,) = rows_of(xlsx(sheet_row(1, ["nom"]) + sheet_row(2, ["a", "", "à rappeler"])))
    assert dict(row.cells) == {"nom": "a", "colonne 2": "", "colonne 3": "à rappeler"}


def test_first_visible_sheet_with_content_is_read() -> None:
    content = xlsx(
        {"Caché": sheet_of(["x"], ["1"]), "Vide": "<row r='1'/>", "Lieux": sheet_of(["nom"], ["a"])}, hidden=["Caché"]
    )
    reading = a_table(content).reading
    assert (reading.sheet, reading.sheets) == ("Lieux", ("Vide", "Lieux", "Caché"))


def test_sheet_is_found_by_its_name() -> None:
    content = xlsx({"Notes": sheet_of(["x"], ["1"]), "Relais É": sheet_of(["nom"], ["a"])})
    assert cells_of(content, layout=Layout(sheet="relais e")) == [["a"]]


def test_formula_without_value_is_doubted() -> None:
    rows = sheet_row(1, ["nom", "tel"]) + (
        '<row r="2"><c r="A2"><f>B1</f></c><c r="B2" t="str"><v>x</v></c></row>'
        '<row r="3"><c r="A3" t="e"><v>#REF!</v></c><c r="B3" t="str"><f>A1</f><v>x</v></c></row>'
    )
    assert outcome_of(xlsx(rows)) == "2 2?formule-sans-valeur 3?formule-sans-valeur"


YES, NO = "<text:p>oui</text:p>", "<text:p>non</text:p>"


def ods_paragraphs(*paragraphs: str) -> str:
    """Write one ODS cell of several paragraphs."""
    return f"<table:table-cell>{''.join(f'<text:p>{text}</text:p>' for text in paragraphs)}</table:table-cell>"


DATE = 'office:value-type="date" office:date-value="2026-11-21'
ODS_CELLS = {
    "text": (ods_cell("Mairie"), "Mairie"),
    "spaces and lines": (ods_paragraphs('a<text:s text:c="2"/>b', "c<text:line-break/>d"), "a  b\nc\nd"),
    "number": (ods_cell("10 268,00", 'office:value-type="float" office:value="10268"'), "10268"),
    "zeros of a mask": (ods_cell("01440", 'office:value-type="float" office:value="1440"'), "01440"),
    "phone": (ods_cell("03 25 39 12 34", 'office:value-type="float" office:value="325391234"'), "03 25 39 12 34"),
    "price": (ods_cell("12,50 €", 'office:value-type="currency" office:value="12.5"'), "12.5"),
    "percentage": (ods_cell("12,5 %", 'office:value-type="percentage" office:value="0.125"'), "12.5%"),
    "day": (ods_cell("21/11/26", 'office:value-type="date" office:date-value="2026-11-21"'), "2026-11-21"),
    "moment": (ods_cell("21/11", f'{DATE}T14:30:00"'), "2026-11-21 14:30"),
    "time": (ods_cell("8:30", 'office:value-type="time" office:time-value="PT08H30M00S"'), "08:30"),
    "tick": (ods_cell("VRAI", 'office:value-type="boolean" office:boolean-value="true"'), "true"),
    "indented": (ods_paragraphs("a", "b").replace("<text", "\n  <text"), "a\nb"),
    "note apart": (f"<table:table-cell><office:annotation>{NO}{NO}</office:annotation>{YES}</table:table-cell>", "oui"),
    "drawing apart": (f"<table:table-cell><draw:frame>{NO}</draw:frame>{YES}</table:table-cell>", "oui"),
}  # fmt: skip


@pytest.mark.parametrize(("written", "text"), ODS_CELLS.values(), ids=ODS_CELLS.keys())
def test_ods_cell_reads_as_on_screen(written: str, text: str) -> None:
    assert cells_of(ods(ods_row("nom", "v") + ods_row("x", written))) == [["x", text]]


def test_ods_repeats_are_counted() -> None:
    gap = '<table:table-cell table:number-columns-repeated="2"/>'
    tail = '<table:table-cell table:number-columns-repeated="16000"/>'
    rows = ods_row("a", "b", "c", "d") + ods_row(repeated=5) + ods_row("x", gap, "y", tail, repeated=2)
    found = rows_of(ods(rows + ods_row(tail, repeated=1_000_000)))
    assert [(row.line, list(row.cells.values())) for row in found] == [(7, ["x", "", "", "y"]), (8, ["x", "", "", "y"])]


def test_ods_numbers_are_marked() -> None:
    number = ods_cell("5", 'office:value-type="float" office:value="5"')
    (row,) = rows_of(ods(ods_row("nom", "n") + ods_row("x", number)))
    assert row.numeric == {"n"}


def test_ods_sheet_is_found_by_its_name() -> None:
    content = ods({"Notes": ods_row("x") + ods_row("1"), "Lieux": ods_row("nom") + ods_row("a")})
    assert cells_of(content, layout=Layout(sheet="lieux")) == [["a"]]


LAST_CELL = sheet_row(1, ["nom"]) + '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
DOCTYPE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><workbook>&x;</workbook>'
LAUGHS = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'
ONE_ROW = sheet_of(["nom"], ["a"])
ODS_NUMBER = 'office:value-type="float" office:value="5"'
ENDLESS_TAG = b"<a b='" + b"".join(sha256(bytes(rank)).hexdigest().encode() for rank in range(20_000)) + b"'/>"
FIVE_EVERYWHERE = (
    f'<table:table-cell {ODS_NUMBER} table:number-columns-repeated="16384"><text:p>5</text:p></table:table-cell>'
)
SPACES_WITHOUT_END = '<table:table-cell><text:p>a<text:s text:c="999999999"/>b</text:p></table:table-cell>'
MANIFEST: dict[str, str | bytes] = {"content.xml": b"\x01\x02", "META-INF/manifest.xml": "<manifest:encryption-data/>"}
ODT = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}


def with_sheet(content: str | bytes) -> bytes:
    """Build a workbook whose sheet is this XML."""
    return xlsx(ONE_ROW, extra={"xl/worksheets/sheet1.xml": content})


ERROR = '<c r="A1" t="e"><v>#REF!</v></c>'


def endless_parts(name: str, within: str) -> str:
    """Write more parts than any workbook has; their numbers differ, so that they are not packed away."""
    return f"<a><{within}>" + "".join(f'<{name} x="{rank * 7919}"/>' for rank in range(66_000)) + f"</{within}></a>"


SHEETS_WITHOUT_END = endless_parts("sheet", "sheets")
BAD_WORKBOOKS = {
    "17 billion cells": (xlsx(LAST_CELL), "trop-de-colonnes"),
    "17 billion repeats": (ods(ods_row("x", FIVE_EVERYWHERE, repeated=1_048_576)), "trop-de-colonnes"),
    "a row repeated a million times": (ods(ods_row("nom") + ods_row("x", repeated=1_048_576)), "trop-de-lignes"),
    "spaces without end": (ods(ods_row("nom") + ods_row(SPACES_WITHOUT_END)), "0 2:cellule-trop-longue"),
    "entity in the workbook": (xlsx(ONE_ROW, extra={"xl/workbook.xml": DOCTYPE}), "xml-piege"),
    "entities in the sheet": (with_sheet(LAUGHS), "xml-piege"),
    "entity in ODS": (ods(ods_row("a"), extra={"content.xml": DOCTYPE}), "xml-piege"),
    "tag without end": (with_sheet(ENDLESS_TAG), "classeur-abime"),
    "tags without end": (with_sheet("<a>" * 1000 + "</a>" * 1000), "classeur-abime"),
    "sheets without end": (xlsx(ONE_ROW, extra={"xl/workbook.xml": SHEETS_WITHOUT_END}), "classeur-abime"),
    "styles without end": (xlsx(ONE_ROW, extra={"xl/styles.xml": endless_parts("xf", "cellXfs")}), "classeur-abime"),
    "errors without end": (xlsx(f"<row>{ERROR * 500}</row>"), "trop-de-colonnes"),
    "sheet cut": (with_sheet("<worksheet><sheetData><row>"), "classeur-abime"),
    "sheet that is no XML": (with_sheet(b"\xff\xfe\xfd" * 9), "classeur-abime"),
    "unknown encoding of XML": (with_sheet('<?xml version="1.0" encoding="klingon"?><a/>'), "classeur-abime"),
    "text that does not exist": (xlsx(f'<row r="1">{cell("A1", "7", t="s")}</row>'), "classeur-abime"),
    "no sheet": (xlsx({}), "fichier-vide"),
    "empty sheets": (xlsx({"A": "", "B": "<row r='1'><c r='A1'/></row>"}), "fichier-vide"),
    "empty ODS": (ods(ods_row()), "fichier-vide"),
    "header only": (xlsx(sheet_of(["nom", "tel"])), "0"),
    "cut in two": (xlsx(ONE_ROW)[:900], "zip-abime"),
    "encrypted XLSX": (encrypted_ole("EncryptionInfo", "EncryptedPackage"), "classeur-chiffre"),
    "encrypted ODS": (ods(ods_row("a"), extra=MANIFEST), "classeur-chiffre"),
    "encrypted entries": (with_flag(xlsx(ONE_ROW), 1), "zip-chiffre"),
    "old XLS": (encrypted_ole("Root Entry", "Workbook"), "ancien-excel"),
    "old Word": (encrypted_ole("Root Entry", "WordDocument"), "pas-un-tableau-document"),
    "XLSB": (zip_of({"xl/workbook.bin": b"x"}), "pas-un-tableau-xlsb"),
    "Word": (zip_of({"word/document.xml": b"x"}), "pas-un-tableau-document"),
    "ODT": (zip_of(ODT), "pas-un-tableau-document"),
    "letters lost": (xlsx(sheet_of(["nom"], ["\ufffdcole"])), "0 2:lettres-perdues"),
    "NUL by escape": (xlsx(sheet_of(["nom"], ["a_x0000_b"])), "0 2:lettres-perdues"),
    "cell without end": (xlsx(sheet_of(["nom"], ["x" * 100_001])), "0 2:cellule-trop-longue"),
    "text that swells": (xlsx(sheet_of(["nom"], ["x" * 9_000_000])), "zip-piege"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "expected"), BAD_WORKBOOKS.values(), ids=BAD_WORKBOOKS.keys())
def test_bad_workbook_says_what_is_wrong(content: bytes, expected: str) -> None:
    assert outcome_of(content) == expected


def test_workbook_of_too_many_rows_is_refused() -> None:
    assert outcome_of(xlsx(sheet_of(["nom"], *[["a"]] * 4)), caps=Caps(rows=3)) == "trop-de-lignes"


def test_shared_texts_beyond_the_cap_are_refused() -> None:
    texts = "<si><t>abcdefgh</t></si>" * 20
    rows = f'<row r="1">{cell("A1", "0", t="s")}</row>'
    assert outcome_of(xlsx(rows, texts=texts), caps=Caps(kept_bytes=1000)) == "texte-trop-long"


def test_missing_sheet_names_those_there_are() -> None:
    content = xlsx({"Lieux": ONE_ROW})
    assert outcome_of(content, layout=Layout(sheet="RAM")) == "feuille-absente"
