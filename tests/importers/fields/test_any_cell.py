"""Whatever a cell holds, no reader raises, and what it gives reads again as itself."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.fields.accessibility import read_dila_access, read_gtfs_access
from importers.fields.addresses import read_address, read_town_line, tidy_line
from importers.fields.audiences import read_ages, read_audiences
from importers.fields.contacts import read_mail_lines, read_phone_lines, read_site_lines
from importers.fields.costs import read_cost
from importers.fields.dates import read_date
from importers.fields.identifiers import (
    read_commune_code,
    read_finess,
    read_postal_code,
    read_rna,
    read_siren,
    read_siret,
)
from importers.fields.languages import read_languages
from importers.fields.lists import split_list
from importers.fields.modes import read_appointment, read_modes
from importers.fields.names import read_name
from importers.fields.places import SaidCommune, read_commune
from importers.fields.points import read_point, read_point_cell, read_precision, read_projected_point
from importers.fields.texts import read_summary, read_text
from importers.fields.themes import read_concepts, read_digital_services
from importers.fields.yes_no import read_answer
from portal.directory.rules.contact_lines import ContactLine
from portal.geography.lookup import communes
from portal.vocabulary.loading import load_vocabulary

CELLS = st.one_of(
    st.text(max_size=80),
    st.text(alphabet=st.characters(codec=None), max_size=40),
    st.text(alphabet="0123456789 .,/-+()eE", max_size=40),
    st.text(alphabet="<>/&;#ampltbrscrip \n!-", max_size=60),
    st.text(alphabet="abC@.:/ wht ps[]()|;,éÉÃ©â€™", max_size=60),
    st.text(alphabet="RUEDLA'’ -10BISÉ.", max_size=50),
)
VOCABULARY = load_vocabulary()
READERS: list[Callable[[str], Any]] = [
    read_address, read_ages, read_answer, read_appointment, read_audiences, read_commune_code, read_cost, read_date,
    read_digital_services, read_dila_access, read_finess, read_gtfs_access, read_languages, read_mail_lines,
    read_modes, read_name, read_phone_lines, read_point_cell, read_postal_code, read_precision, read_rna, read_siren,
    read_siret, read_site_lines, read_summary, read_text, read_town_line, split_list,
    lambda cell: read_concepts(cell, VOCABULARY),
    lambda cell: read_date(cell, is_number=True),
    lambda cell: read_phone_lines(cell, is_number=True),
    lambda cell: read_point(cell, cell),
    lambda cell: read_projected_point(cell, cell, "LAMBERT_93"),
    lambda cell: read_commune(communes(), SaidCommune(name=cell, postal_code=cell[:5])),
]  # fmt: skip


@given(cell=CELLS)
def test_no_cell_makes_a_reader_raise(cell: str) -> None:
    for read in READERS:
        _, problems = read(cell)
        for problem in problems:
            assert problem.text.endswith((".", "?"))
            problem.value.encode("utf-8")


@pytest.mark.parametrize("read", [read_name, read_text, read_summary, read_siret, read_postal_code, read_rna])
@given(cell=CELLS)
def test_value_reads_again_as_itself(read: Callable[[str], tuple[str | None, Any]], cell: str) -> None:
    value, _ = read(cell)
    if value is not None:
        value.encode("utf-8")
        assert read(value)[0] == value


@pytest.mark.parametrize("read", [read_phone_lines, read_mail_lines, read_site_lines])
@given(cell=CELLS)
def test_contact_reads_again_as_itself(
    read: Callable[[str], tuple[tuple[ContactLine, ...] | None, Any]], cell: str
) -> None:
    for line in read(cell)[0] or ():
        assert line.value in {again.value for again in read(line.value)[0] or ()}


@given(cell=CELLS)
def test_tidied_address_line_stays_as_it_is(cell: str) -> None:
    once = tidy_line(cell)
    assert tidy_line(once) == once


@given(cell=CELLS)
def test_no_text_keeps_anything_like_markup(cell: str) -> None:
    value, _ = read_text(cell)
    assert "<script" not in (value or "").lower() or ">" not in (value or "")


@given(cell=CELLS)
def test_no_site_leads_anywhere_but_the_web(cell: str) -> None:
    for line in read_site_lines(cell)[0] or ():
        assert line.value.startswith(("http://", "https://")) or "@" in line.value
