"""A list is found among files, and each of its rows is accounted for; a file that breaks off gives nothing."""

from collections import Counter
from datetime import date

import pytest

from importers.pipeline.declaration import Need, Reference, Source
from importers.pipeline.lists import BrokenOff, OpenedList, date_in_name, open_list, submissions
from importers.reading import Piece, Unreadable, piece_of_bytes
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


def found(*pieces: tuple[str, bytes]) -> OpenedList | Unreadable:
    return open_list(SOURCE, [piece_of_bytes(content, name) for name, content in pieces])


def opened(content: bytes) -> OpenedList:
    only = found(("liste.csv", content))
    assert isinstance(only, OpenedList)
    return only


def rows_of(content: bytes) -> list[Submission]:
    return list(submissions(SOURCE, opened(content), Reference(communes(), load_vocabulary())))


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
    chosen = found(("lisezmoi.csv", b"a,b\n1,2\n"), ("liste.csv", HEAD + b"1;Un;;\n"))
    assert isinstance(chosen, OpenedList)
    assert (chosen.table.reading.name, chosen.header.unmapped) == ("liste.csv", ("Reste",))


@pytest.mark.parametrize(
    ("pieces", "code"),
    [
        ((("a.csv", b"a,b,c\n1,2,3\n"),), "colonnes-manquantes"),
        ((("a.csv", HEAD + b"1;Un;;\n"), ("b.csv", HEAD + b"2;Deux;;\n")), "plusieurs-listes"),
        ((("a.csv", b""),), "fichier-vide"),
    ],
)
def test_unfit_files_are_refused_with_a_sentence(pieces: tuple[tuple[str, bytes], ...], code: str) -> None:
    refusal = found(*pieces)
    assert isinstance(refusal, Unreadable)
    assert refusal.problem.code == code
    assert refusal.problem.text.endswith(".")


def test_file_that_breaks_off_takes_its_rows_back() -> None:
    complete = opened(HEAD + b"1;Un;;\n")
    broken = Unreadable(Problem("coupe", "Ce fichier est coupé."))
    halves = OpenedList(type(complete.table)(complete.table.reading, lambda: iter([broken])), complete.header, None)
    with pytest.raises(BrokenOff, match="coupé"):
        Counter(submissions(SOURCE, halves, Reference(communes(), load_vocabulary())))


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
    piece: Piece = piece_of_bytes(HEAD + b"1;Un;;\n", "liste-20240801.csv")
    chosen = open_list(SOURCE, [piece])
    assert isinstance(chosen, OpenedList)
    assert chosen.said_on == date(2024, 8, 1)
