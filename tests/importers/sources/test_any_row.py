"""Whatever stands in the cells of our templates, each row has one outcome and nothing raises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.commands.templates import TEMPLATES
from importers.pipeline.passages import Passage
from importers.reading import Refusal
from tests.importers.sources.own_lists import a_sheet, read_own
from tests.tools.examples import examples

SOURCES = {"general": "tableur", "ram": "ram", "laep": "laep"}
COMMON = st.sampled_from(
    [
        "",
        "oui",
        "non",
        "gratuit",
        "10400",
        "Nogent-sur-Seine",
        "Trifouillis",
        "lundi 9h-12h",
        "téléphone",
        "x" * 300,
        "PE01",
    ]
)
CELL = COMMON | st.text(st.characters(codec="utf-8", exclude_characters="\0\r\n\x85\u2028\u2029"), max_size=30)


@pytest.mark.parametrize("name", TEMPLATES)
@given(st.data())
@examples(25)
def test_each_row_has_one_outcome(name: str, data: st.DataObject) -> None:
    headers = [column.header for column in TEMPLATES[name].columns if column.word != "ignore"]
    keys = st.sampled_from(["a", "b", ""])
    rows = [
        {header: data.draw(CELL) for header in headers} | {"Identifiant": data.draw(keys), headers[1]: "Nom du service"}
        for _ in range(data.draw(st.integers(1, 4)))
    ]
    found = read_own(a_sheet(*rows), source=SOURCES[name])
    assert len(found) == len(rows)
    assert sorted(each.row.line if isinstance(each, Passage) else each.line for each in found) == list(
        range(2, 2 + len(rows))
    )
    assert all(isinstance(each, Passage | Refusal) for each in found)
