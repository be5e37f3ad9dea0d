"""A list is found among files, and each of its rows is accounted for; a file that breaks off gives nothing."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from importers.pipeline.declaration import Need, OpenedList, Reference, Source
from importers.pipeline.lists import BrokenOff, date_in_name, open_lists, submissions
from importers.reading import Unreadable, piece_of_bytes
from importers.sources.parts import always, cell, identifier
from portal.core.problems import Problem
from portal.geography.lookup import communes
from portal.intake.record import StructureRecord, Submission, Verdict
from portal.intake.rules.declarations import SourceDeclaration
from portal.vocabulary.loading import load_vocabulary

FAR = Problem("ailleurs", "Cette ligne est d’ailleurs.")
SOURCE = Source(
    declaration=SourceDeclaration(name="essai", title="Essai"),
    feed="liste",
    columns={"key": ("numero", "n"), "title": ("nom",), "where": ("ou",)},
    signature=frozenset({"key", "title"}),
    key=identifier("key"),
    parts={
        "title": cell("title", lambda text: (text.strip() or None, ())),
        "structure": always(StructureRecord(name="Essai")),
        "concepts": always(("AD03",)),
    },
    needs={
        "key": Need(verdict=Verdict.REFUSED, sentence="Indiquez le numéro."),
        "title": Need(verdict=Verdict.QUARANTINED, sentence="Indiquez le nom."),
    },
    outside=lambda line, _reference: FAR if line.text("where") == "loin" else None,
)
HEAD = b"Numero;Nom;Ou;Reste\n"


def found(*pieces: tuple[str, bytes]) -> tuple[OpenedList, ...] | Unreadable:
    return open_lists((SOURCE,), tuple(piece_of_bytes(content, name) for name, content in pieces))


def opened(*pieces: tuple[str, bytes]) -> tuple[OpenedList, ...]:
    lists = found(*pieces)
    assert not isinstance(lists, Unreadable)
    return lists


def rows_of(*contents: bytes) -> list[Submission]:
    (only,) = opened(*((f"liste-{rank}.csv", content) for rank, content in enumerate(contents)))
    return list(submissions(only, Reference(communes(), load_vocabulary())))


def test_every_row_has_one_verdict() -> None:
    rows = rows_of(HEAD + b"1;Un;;\n;Deux;;\n3;;;\n4;Quatre;loin;\n5;trop;de;cellules;ici\n")
    assert [row.verdict.value for row in rows] == ["accepted", "refused", "quarantined", "skipped", "refused"]
    assert [row.line for row in rows] == [2, 3, 4, 5, 6]


def test_silent_lack_is_said_with_its_column() -> None:
    (row,) = rows_of(HEAD + b"3;;;\n")
    assert row.problems == (Problem("donnee-manquante", "Indiquez le nom.", field="Nom"),)
    assert (row.record, row.key, row.raw) == (None, "3", '{"Numero": "3"}')


def test_doubtful_row_waits_with_its_record() -> None:
    (row,) = rows_of(HEAD + "3;FÃ©e;;\n".encode())
    assert (row.verdict, row.record is None) == (Verdict.QUARANTINED, False)
    assert [problem.code for problem in row.problems] == ["double-encodage"]


def test_skipped_row_keeps_its_key() -> None:
    (row,) = rows_of(HEAD + b"4;Quatre;loin;\n")
    assert (row.key, row.record, row.problems) == ("4", None, (FAR,))


def test_list_is_found_among_other_files() -> None:
    (chosen,) = opened(("lisezmoi.csv", b"a,b\n1,2\n"), ("liste.csv", HEAD + b"1;Un;;\n"))
    assert (chosen.table.reading.name, chosen.header.unmapped) == ("liste.csv", ("Reste",))


@pytest.mark.parametrize(
    ("pieces", "code"),
    [
        ((("a.csv", b"a,b,c\n1,2,3\n"),), "colonnes-manquantes"),
        ((("a.csv", HEAD + b"1;Un;;\n"), ("b-20260901.csv", HEAD + b"2;Deux;;\n")), "plusieurs-listes"),
        ((("a.csv", b""),), "fichier-vide"),
        ((("a.csv", b"a,b,c\n1,2,3\n"), ("liste.csv", b"\x89PNG\r\n")), "pas-un-tableau-image"),
    ],
)
def test_unfit_files_are_refused_with_a_sentence(pieces: tuple[tuple[str, bytes], ...], code: str) -> None:
    refusal = found(*pieces)
    assert isinstance(refusal, Unreadable)
    assert refusal.problem.code == code
    assert refusal.problem.text.endswith(".")


def test_file_that_breaks_off_takes_its_rows_back() -> None:
    (complete,) = opened(("liste.csv", HEAD + b"1;Un;;\n"))
    broken = Unreadable(Problem("coupe", "Ce fichier est coupé."))
    halves = replace(complete, table=replace(complete.table, rows=lambda: iter([broken])))
    with pytest.raises(BrokenOff, match="coupé"):
        Counter(submissions(halves, Reference(communes(), load_vocabulary())))


def test_generations_come_in_from_the_oldest() -> None:
    lists = opened(("b-20260901.csv", HEAD + b"2;Deux;;\n"), ("c-20240801.csv", HEAD + b"1;Un;;\n"))
    assert [(each.name, each.rest) for each in lists] == [("c-20240801.csv", ()), ("b-20260901.csv", ())]


def test_files_without_day_are_parts_of_one_list() -> None:
    rows = rows_of(HEAD + b"1;Un;;\n2;;;\n", b"Nom;N\nTrois;3\n;4\n")
    assert [(row.line, row.key) for row in rows] == [(2, "1"), (3, "2"), (2, "3"), (3, "4")]
    assert [problem.field for row in rows for problem in row.problems] == ["liste-0.csv : Nom", "liste-1.csv : Nom"]


def test_every_feed_of_a_source_finds_its_own_file() -> None:
    other = replace(SOURCE, feed="autre", columns={"key": ("cle",), "title": ("titre",)}, licence="ODbL 1.0")
    pieces = (piece_of_bytes(b"Cle;Titre\n1;Un\n", "a.csv"), piece_of_bytes(HEAD + b"1;Un;;\n", "b.csv"))
    lists = open_lists((SOURCE, other), pieces)
    assert not isinstance(lists, Unreadable)
    assert [(each.source.feed, each.name) for each in lists] == [("autre", "a.csv"), ("liste", "b.csv")]
    assert other.declared_feed.licence == "ODbL 1.0"


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("liste-fs-20240801.departements-10-23.csv", date(2024, 8, 1)),
        ("dossier-2019-01-01/france_services-2020-01-09.csv", date(2020, 1, 9)),
        ("bnlc.csv", None),
        ("liste-20240231.csv", None),
        ("siret-26010001120240801.csv", None),
    ],
)
def test_file_name_may_give_a_day(name: str, day: date | None) -> None:
    assert date_in_name(name) == day


def test_piece_is_opened_by_its_name() -> None:
    (chosen,) = opened(("liste-20240801.csv", HEAD + b"1;Un;;\n"))
    assert chosen.said_on == date(2024, 8, 1)
