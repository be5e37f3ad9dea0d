"""Text files as they should not be: what becomes of each, line by line."""

import codecs

import pytest

from importers.reading import Caps, Layout
from tests.importers.reading.builders import outcome_of, problems_of

HEADER = "nom;commune;code\n"
GOOD = "Mairie;Nogent;10268\n"
LOOSE = Layout(short_rows=True)
SMALL = Caps(rows=3, columns=4, cell_characters=50, file_bytes=1000, line_bytes=400)

BAD_FILES: dict[str, tuple[bytes | str, str]] = {
    "empty": (b"", "fichier-vide"),
    "blanks only": (b" \r\n\n  \n", "fichier-vide"),
    "mark only": (codecs.BOM_UTF8, "fichier-vide"),
    "empty cells only": (b";;;\n;;;\n", "fichier-vide"),
    "header only": (HEADER, "0"),
    "login page": ("<!DOCTYPE html><html><title>Connexion</title></html>", "page-web"),
    "login page after blanks": ("\n\n  <HTML lang='fr'><body>", "page-web"),
    "login page in UTF-16": ("<html><body>".encode("utf-16"), "page-web"),
    "page with an XML declaration": ('<?xml version="1.0"?><html xmlns="x">', "page-web"),
    "XML": ('<?xml version="1.0"?><structureet/>', "pas-un-tableau-xml"),
    "XML with an entity": ('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "pas-un-tableau-xml"),
    "PNG named csv": (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "pas-un-tableau-image"),
    "photo": (b"\xff\xd8\xff\xe0" + b"\0" * 50, "pas-un-tableau-image"),
    "PDF": (b"%PDF-1.7\n1 0 obj", "pas-un-tableau-pdf"),
    "gzip": (b"\x1f\x8b\x08\0\0\0\0\0", "pas-un-tableau-gzip"),
    "rar": (b"Rar!\x1a\x07\x01\0", "pas-un-tableau-archive"),
    "database": (b"SQLite format 3\0" + b"\0" * 80, "pas-un-tableau-base"),
    "program": (b"MZ\x90\0\x03\0\0\0", "pas-un-tableau-programme"),
    "parquet": (b"PAR1\x15\x04\x15", "pas-un-tableau-parquet"),
    "random bytes": (bytes(range(32)) * 20, "pas-un-tableau-binaire"),
    "UTF-16 without mark": ((HEADER + GOOD).encode("utf-16-le"), "utf16-sans-marque"),
    "UTF-16 cut in a letter": ((HEADER + GOOD).encode("utf-16") + b"\x3d", "octets-illisibles"),
    "UTF-16 with half a pair": (HEADER.encode("utf-16") + b"\0\xd8a\0\n\0", "octets-illisibles"),
    "old Mac": ("nom;tel\nPréfecture;1\nÉcole élémentaire;2\n".encode("mac_roman"), "encodage-mac"),
    "NUL in a line": (HEADER + GOOD + "Mai\0rie;x;y\n" + GOOD, "2 3:octets-nuls"),
    "NUL in a line of UTF-16": ((HEADER + "a\0;b;c\n" + GOOD).encode("utf-16"), "1 2:octets-nuls"),
    "one line of cp1252": (
        "nom;ville\nécole;Été\nà;b\n".encode() + "mairie;Méry\n".encode("cp1252") + b"c;d\n",
        "4 4?encodage-melange",
    ),
    "one line of UTF-8": (
        "nom;ville\nécole;Été\nà;b\n".encode("cp1252") + "mairie;Méry\n".encode(),
        "3 4?encodage-melange",
    ),
    "UTF-8 mark, then cp1252": (codecs.BOM_UTF8 + "nom;v\né;à\n".encode("cp1252"), "1 2?encodage-melange"),
    "byte of no encoding": (b"nom;ville\n\xe9cole;x\nA\x81B;x\n", "1 3:octets-illisibles"),
    "mixed with a byte of no encoding": ("nom;v\né;à\n".encode() + b"\x81;x\n", "1 3:octets-illisibles"),
    "letters lost before us": ("nom;ville\n\ufffdcole;x\nb;c\n", "1 2:lettres-perdues"),
    "encoded twice": ("nom;ville\nMÃ©ry;x\nCÃ”TE;x\n", "2 2?double-encodage"),
    "too few cells": (HEADER + GOOD + "Mairie;Nogent\n" + GOOD, "2 3:nombre-de-cellules"),
    "too many cells": (HEADER + "Mairie;Nogent;10268;x\n" + GOOD, "1 2:nombre-de-cellules"),
    "too many but empty cells": (HEADER + "Mairie;Nogent;10268;;;\n", "1"),
    "decimal comma in a comma file": ("nom,lat,lon\na,48.1,3.2\nb,48,1,3,2\n", "1 3:nombre-de-cellules"),
    "cut in the middle of a row": (HEADER + GOOD + "Mair", "1 3:nombre-de-cellules"),
    "cut in the middle of a quoted cell": (HEADER + GOOD + 'x;y;"Mair', "1 3:guillemet-ouvert"),
    "blank lines at the end": (HEADER + GOOD + "\n\n;;\n \n", "1"),
    "quote not closed": (HEADER + '"Mairie;Nogent;10268\n' + GOOD * 3, "3 2:guillemet-ouvert"),
    "quote not closed, all quoted": ('"a";"b"\n"1";"2\n"3";"4"\n"5";"6"\n', "2 2:guillemet-ouvert"),
    "quote not closed, then a quoted cell": (
        'nom;commune;code\n1;"Mairie;2\n3;4;5\n6;"7";8\n',
        "2 2:guillemet-ouvert",
    ),
    "quote not closed, closed by chance": (
        'a;b;c;d\n1;"Mairie;3;4\n5;6";7;8\n9;9;9;9\n',
        "1 2:guillemet-ouvert 3:guillemet-ouvert",
    ),
    "quote not closed, to the end": (HEADER + 'x;"y;z\n' + GOOD * 300, "300 2:guillemet-ouvert"),
    "quote not closed in a one-column file": ("nom\n" + '"Mairie\n' + "École\n" * 300, "300 2:guillemet-ouvert"),
    "quote not doubled": (HEADER + '"Le "Phare"";b;c\n' + GOOD, "1 2:guillemet-mal-place"),
    "text after a quoted cell": (HEADER + '"Le" Phare;b;c\n' + GOOD, "1 2:guillemet-mal-place"),
    "backslash before a quote": (HEADER + r'"Le \"Phare\"";b;c' + "\n" + GOOD, "1 2:guillemet-mal-place"),
    "header with an open quote": ('"nom;commune;code\n' + GOOD * 3, "en-tete-illisible"),
    "header with a NUL": ("no\0m;commune;code\n" + GOOD * 3, "en-tete-illisible"),
    "header twice": (HEADER + GOOD + HEADER + GOOD, "2 3:en-tete-repete"),
    "JSON cut short": ('[{"a": 1}, {"a": ', "json-illisible"),
    "JSON cut after its list": ('{"results": [{"a": 1}], "total"', "json-illisible"),
    "JSON with words after": ('[{"a": 1}] suite', "json-illisible"),
    "JSON without list": ('{"erreur": "clé inconnue"}', "json-sans-liste"),
    "JSON with NaN": ('[{"a": NaN}, {"a": 1}]', "1 1:json-nombre"),
    "JSON with infinity": ('[{"a": {"b": [-Infinity]}}, {"a": 1e999}]', "0 1:json-nombre 2:json-nombre"),
    "JSON with endless digits": ('[{"a": ' + "9" * 5000 + "}]", "0 1:json-nombre"),
    "JSON with a key twice": (
        '[{"a": 1, "a": 2}, {"a": {"b": 1, "b": 1}}]',
        "0 1:json-cle-en-double 2:json-cle-en-double",
    ),
    "JSON of numbers": ("[1, 2]", "0 1:json-pas-un-objet 2:json-pas-un-objet"),
    "JSON too deep": ('[{"a": ' + "[" * 100_000 + "]" * 100_000 + "}]", "json-trop-profond"),
    "JSON a little too deep": ('[{"a": ' + "[" * 40 + "]" * 40 + "}]", "0 1:json-trop-profond"),
    "JSON with half a letter": (r'[{"a": "\ud83d"}]', "0 1:json-lettre-coupee"),
    "JSON in cp1252": ('[{"a": "é"}]'.encode("cp1252"), "json-encodage"),
    "JSON with a NUL": ('[{"a": "' + "x" * 50 + '\0"}]', "octets-nuls"),
    "JSON lines, one broken": ('{"a": 1}\n{"a": \n{"a": 3}\n', "2 2:json-illisible"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "expected"), BAD_FILES.values(), ids=BAD_FILES.keys())
def test_bad_text_says_what_is_wrong(content: bytes | str, expected: str) -> None:
    assert outcome_of(content.encode() if isinstance(content, str) else content) == expected


TOO_LARGE = {
    "bytes": ("a;b\n" * 300, "fichier-trop-gros"),
    "rows": ("a;b\n" + "1;2\n" * 4, "trop-de-lignes"),
    "refused rows count too": ("a;b\n" + "1\n" * 4, "trop-de-lignes"),
    "blank lines without end": ("a;b\n" + "\n" * 24, "trop-de-lignes"),
    "columns": ("a;b;c;d;e\n", "trop-de-colonnes"),
    "line": ("a;b\n" + "x" * 500, "ligne-trop-longue"),
    "cell": ("a;b\n1;" + "x" * 51 + "\n1;" + "x" * 50, "1 2:cellule-trop-longue"),
    "JSON rows": ("[" + ",".join(['{"a":1}'] * 4) + "]", "trop-de-lignes"),
    "JSON columns": ('[{"a":1,"b":1,"c":1,"d":1,"e":1}]', "trop-de-colonnes"),
    "JSON cell": ('[{"a":"' + "x" * 51 + '"}]', "0 1:cellule-trop-longue"),
}


@pytest.mark.parametrize(("content", "expected"), TOO_LARGE.values(), ids=TOO_LARGE.keys())
def test_file_beyond_a_cap_is_refused(content: str, expected: str) -> None:
    assert outcome_of(content.encode(), caps=SMALL) == expected


def test_short_rows_pass_where_declared() -> None:
    assert outcome_of(b"a;b;c\n1;2\n1;2;3;4\n", layout=LOOSE) == "1 3:nombre-de-cellules"


def test_every_fault_says_what_to_do() -> None:
    contents = [content.encode() if isinstance(content, str) else content for content, _ in BAD_FILES.values()]
    sentences = {problem.text for content in contents for problem in problems_of(content)}
    assert len(sentences) > 30
    assert [text for text in sentences if " : " not in text or not text.endswith(".") or text[0].islower()] == []
