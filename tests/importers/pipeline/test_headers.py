"""Columns are known by what their header says, not by how it is written."""

import pytest

from importers.pipeline.headers import map_header
from importers.reading import RawRow

NAMES = {"mail": ("mail", "contact_mail"), "phone": ("telephone",)}


@pytest.mark.parametrize("written", ["CONTACT.MAIL", "contact_mail", "Contact mail", " contact-Mail "])
def test_one_name_has_many_spellings(written: str) -> None:
    assert map_header([written], NAMES).columns == {"mail": written}


def test_first_known_name_wins() -> None:
    found = map_header(["contact_mail", "mail"], NAMES)
    assert (found.columns["mail"], found.unmapped) == ("mail", ("contact_mail",))


def test_accents_and_order_do_not_matter() -> None:
    found = map_header(["Nom", "Téléphone", "mail"], NAMES)
    assert (found.columns, found.unmapped) == ({"phone": "Téléphone", "mail": "mail"}, ("Nom",))


def test_line_speaks_our_words() -> None:
    row = RawRow(7, {"Téléphone": "0353010001", "Nom": "x"}, numeric=frozenset({"Téléphone", "Nom"}))
    line = map_header(["Nom", "Téléphone"], NAMES).line(row)
    assert (line.number, dict(line.cells), line.numeric) == (7, {"phone": "0353010001"}, frozenset({"phone"}))
    assert line.text("mail") == ""
