"""Telephone numbers: what is read, how it is shown, why it is refused."""

import pytest

from importers.fields.contacts import read_phone_lines
from importers.fields.phones import PhoneKind, read_phones
from portal.directory.rules.choices import ContactType

READ = {
    "03 25 39 01 23": [("+33325390123", "03 25 39 01 23")],
    "0325390123": [("+33325390123", "03 25 39 01 23")],
    "03.25.39.01.23": [("+33325390123", "03 25 39 01 23")],
    "03-25-39-01-23": [("+33325390123", "03 25 39 01 23")],
    "03/25/39/01/23": [("+33325390123", "03 25 39 01 23")],
    "+33 (0)3 25 39 01 23": [("+33325390123", "03 25 39 01 23")],
    "(+33)325390123": [("+33325390123", "03 25 39 01 23")],
    "0033325390123": [("+33325390123", "03 25 39 01 23")],
    "33325390123": [("+33325390123", "03 25 39 01 23")],
    "\u00a003\u202f25 39 01 23 ": [("+33325390123", "03 25 39 01 23")],
    "03 25 39 01 23 / 03 25 39 01 24": [("+33325390123", "03 25 39 01 23"), ("+33325390124", "03 25 39 01 24")],
    "03 25 39 01 23-03 25 39 01 24": [("+33325390123", "03 25 39 01 23"), ("+33325390124", "03 25 39 01 24")],
    "03 25 39 01 23 03 25 39 01 24": [("+33325390123", "03 25 39 01 23"), ("+33325390124", "03 25 39 01 24")],
    "0325390123;0325390123": [("+33325390123", "03 25 39 01 23")],
    "18 ou 112": [("18", "18"), ("112", "112")],
    "09 62 63 75 48": [("+33962637548", "09 62 63 75 48")],
    "0800123456": [("+33800123456", "0 800 123 456")],
    "0262 90 50 50": [("+262262905050", "0262 90 50 50")],
    "02 62 90 50 50": [("+262262905050", "0262 90 50 50")],
    "+262 (0)262 90 50 50": [("+262262905050", "0262 90 50 50")],
    "0269 61 00 00": [("+262269610000", "0269 61 00 00")],
    "0590276027": [("+590590276027", "0590 27 60 27")],
    "+33 590 27 60 27": [("+590590276027", "0590 27 60 27")],
    "0594 39 50 50": [("+594594395050", "0594 39 50 50")],
    "0596-74-86-77": [("+596596748677", "0596 74 86 77")],
    "0508 41 12 34": [("+508411234", "+508 41 12 34")],
    "15": [("15", "15")],
    "112/18": [("112", "112"), ("18", "18")],
    "SAMU : 15": [("15", "15")],
    "0 825 08 09 10 (0,15 €/min)": [("+33825080910", "0 825 080 910")],
    "119": [("119", "119")],
    "3919": [("3919", "3919")],
    "39 49": [("3949", "3949")],
    "116 117": [("116117", "116 117")],
}
REFUSED = {
    "03 25 39 01": "telephone-trop-court",
    "03 25 39 01 2": "telephone-trop-court",
    "03 25 39 01 23 4": "telephone-trop-long",
    "00 25 39 01 23": "telephone-impossible",
    "13 25 39 01 23": "telephone-impossible",
    "07 00 12 34 56": "telephone-impossible",
    "325390123": "telephone-sans-zero",
    "2,601E+13": "nombre-abime",
    "à la mairie": "telephone-illisible",
    "de 9h à 12h": "telephone-illisible",
    "15 rue du Lac": "telephone-illisible",
    "18 ans": "telephone-illisible",
}


@pytest.mark.parametrize(("cell", "expected"), READ.items(), ids=READ.keys())
def test_number_is_read_and_shown(cell: str, expected: list[tuple[str, str]]) -> None:
    phones, problems = read_phones(cell)
    assert [(phone.number, phone.shown) for phone in phones or ()] == expected
    assert problems == ()


@pytest.mark.parametrize(("cell", "code"), REFUSED.items(), ids=REFUSED.keys())
def test_number_in_doubt_is_refused_with_its_reason(cell: str, code: str) -> None:
    phones, problems = read_phones(cell)
    assert phones is None
    assert code in {problem.code for problem in problems}


@pytest.mark.parametrize("cell", READ)
def test_shown_number_reads_as_itself(cell: str) -> None:
    for phone in read_phones(cell)[0] or ():
        assert [each.number for each in read_phones(phone.shown)[0] or ()] == [phone.number]


def test_good_number_survives_a_bad_neighbour() -> None:
    phones, problems = read_phones("03 25 39 01 23 / 03 25 39 01")
    assert [phone.number for phone in phones or ()] == ["+33325390123"]
    assert [problem.code for problem in problems] == ["telephone-trop-court"]


def test_number_cell_gets_its_trunk_zero_back() -> None:
    phones, problems = read_phones("325390123", is_number=True)
    assert [phone.shown for phone in phones or ()] == ["03 25 39 01 23"]
    assert [problem.code for problem in problems] == ["zero-remis"]


def test_short_number_cell_is_not_completed() -> None:
    assert read_phones("32539012", is_number=True)[0] is None


@pytest.mark.parametrize(
    "cell", ["06 12 34 56 78", "07 81 23 45 67", "0699205755", "0690 12 34 56", "0692123456", "0639 01 02 03"]
)
def test_mobile_is_flagged_as_perhaps_personal(cell: str) -> None:
    phones, problems = read_phones(cell)
    assert [phone.kind for phone in phones or ()] == [PhoneKind.MOBILE]
    assert [problem.code for problem in problems] == ["mobile-peut-etre-personnel"]


def test_foreign_number_is_kept_and_flagged() -> None:
    phones, problems = read_phones("+41 22 123 45 67")
    assert [phone.number for phone in phones or ()] == ["+41221234567"]
    assert [problem.code for problem in problems] == ["telephone-etranger"]


@pytest.mark.parametrize(
    ("cell", "label"),
    [
        ("Tél : 03 25 39 01 23", ""),
        ("03 25 39 01 23 (secrétariat)", "secrétariat"),
        ("Accueil 03 25 39 01 23", "Accueil"),
        ("03 25 39 01 23 poste 12", "poste 12"),
        ("03 25 39 01 23 (0,15 €/min)", "0,15 €/min"),
    ],
)
def test_words_beside_a_number_label_it(cell: str, label: str) -> None:
    phones, problems = read_phones(cell)
    assert [(phone.number, phone.label) for phone in phones or ()] == [("+33325390123", label)]
    assert problems == ()


@pytest.mark.parametrize("cell", ["", " ", "-", "NA", "néant", "Non renseigné", "#N/A"])
def test_empty_cell_gives_no_number_and_no_problem(cell: str) -> None:
    assert read_phones(cell) == (None, ())


def test_mail_in_the_phone_cell_is_moved() -> None:
    lines, problems = read_phone_lines("contact@mairie.example.fr")
    assert [line.type for line in lines or ()] == [ContactType.MAIL]
    assert [problem.code for problem in problems] == ["courriel-dans-telephone"]
