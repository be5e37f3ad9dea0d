"""JSON lists: what a record's members become, wherever the list stands."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.reading import Layout
from tests.importers.reading.builders import a_table, cells_of, outcome_of, rows_of

SHAPES = {
    "array": '[{"a": 1}, {"a": 2}]',
    "array with a mark": '\ufeff [\n{"a": 1},\n{"a": 2}\n]\n',
    "answer of a service": '{"total": 2, "links": ["x", "[]"], "results": [{"a": 1}, {"a": 2}], "more": {"b": []}}',
    "around one list": '{"service": [{"a": 1}, {"a": 2}]}',
    "one object a line": '{"a": 1}\n\n{"a": 2}\n',
    "one object a line, CRLF": '{"a": 1}\r\n{"a": 2}',
}


@pytest.mark.parametrize("text", SHAPES.values(), ids=SHAPES.keys())
def test_list_is_found_where_it_stands(text: str) -> None:
    assert cells_of(text.encode()) == [["1"], ["2"]]


def test_list_on_one_long_line_is_read() -> None:
    assert len(rows_of(b"[" + b",".join([b'{"a": "%s"}' % (b"x" * 500)] * 10_000) + b"]")) == 10_000


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_list_with_another_mark_is_read(encoding: str) -> None:
    assert cells_of('[{"a": "Méry"}]'.encode(encoding)) == [["Méry"]]


@pytest.mark.parametrize(
    ("length", "outcome"),
    [(8_000, "2"), (8_192, "2"), (90_000, "2"), (300_000, "1 1:cellule-trop-longue"), (5_000_000, "json-illisible")],
)
def test_record_is_read_however_long_within_reason(length: int, outcome: str) -> None:
    assert outcome_of(b'[{"a": "%s"}, {"a": 5}]' % (b"x" * length)) == outcome


@pytest.mark.parametrize("n_blanks", range(8180, 8196))
def test_number_at_the_edge_of_a_window_is_whole(n_blanks: int) -> None:
    content = b'[{"a": %s12345}, 678]' % (b" " * n_blanks)
    assert outcome_of(content) == "1 2:json-pas-un-objet"
    assert next(iter(a_table(content).rows())).cells == {"a": "12345"}  # type: ignore[union-attr]  # it is a row


def test_line_beyond_any_record_is_refused() -> None:
    assert outcome_of(b'{"a": 1}\n{"a": "%s"}' % (b"x" * 5_000_000)) == "1 2:json-illisible"


def test_list_is_chosen_by_its_key() -> None:
    content = b'{"structures": [{"a": 1}], "services": [{"a": 2}]}'
    assert cells_of(content, layout=Layout(key="services")) == [["2"]]


def test_empty_lists_hold_no_row() -> None:
    assert [cells_of(text) for text in (b"[]", b'{"results": []}', b"[\n]")] == [[], [], []]


MEMBERS = {
    "text": ('"Méry"', "Méry", False),
    "nothing": ("null", "", False),
    "yes": ("true", "true", False),
    "whole": ("26010000000000", "26010000000000", True),
    "as written": ("48.10", "48.10", True),
    "exponent as written": ("2.601E+13", "2.601E+13", True),
    "large": ("9" * 40, "9" * 40, True),
    "list": ('["a", "é"]', '["a", "é"]', False),
    "object": ('{"a": [1, 2.5, null]}', '{"a": [1, 2.5, null]}', False),
    "raw line end": ('"a\nb"', "a\nb", False),
}


@pytest.mark.parametrize(("written", "text", "is_number"), MEMBERS.values(), ids=MEMBERS.keys())
def test_member_becomes_text(written: str, text: str, *, is_number: bool) -> None:
    (row,) = rows_of(f'[{{"m": {written}}}]'.encode())
    assert (row.cells["m"], "m" in row.numeric) == (text, is_number)


def test_rows_are_numbered_by_rank_or_line() -> None:
    ranks = [row.line for row in rows_of(b'[{"a":1},\n\n{"a":2}]')]
    lines = [row.line for row in rows_of(b'{"a":1}\n\n{"a":2}\n')]
    assert (ranks, lines) == ([1, 2], [1, 3])


def test_columns_are_those_of_all_records() -> None:
    assert a_table(b'[{"a": 1}, {"b": 2, "a": 3}]').reading.columns == ("a", "b")


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0\ufffdÃÂâ"), max_size=10)
VALUES = st.none() | st.booleans() | st.integers() | TEXTS | st.lists(TEXTS, max_size=3)


@given(st.lists(st.dictionaries(TEXTS, VALUES, max_size=5), max_size=5), st.booleans())
def test_written_list_reads_back_equal(records: list[dict[str, object]], is_inside: bool) -> None:  # noqa: FBT001  # given by hypothesis
    text = json.dumps({"n": 0, "results": records} if is_inside else records)
    expected = [{name: _written(value) for name, value in record.items()} for record in records]
    assert [dict(row.cells) for row in rows_of(text.encode())] == expected


def _written(value: object) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return json.dumps(value, ensure_ascii=False)


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ('{"pmej": [{"ege": [{"a": 1}, {"a": 2}]}, {"ege": []}, {}, {"ege": [{"a": 3}]}]}', "3"),
        ('{"pmej": [{"ege": [{"a": 1}, 5]}]}', "1 2:json-pas-un-objet"),
        ('{"pmej": [{"ege": [{"a": 1}], "ege": []}, {"ege": [{"a": 3}]}]}', "1 1:json-cle-en-double"),
        ('{"pmej": [{"ege": [{"a": 3}]}, 7]}', "1 2:json-pas-un-objet"),
    ],
)
def test_rows_inside_records_are_counted_through_the_file(text: str, outcome: str) -> None:
    assert outcome_of(text.encode(), layout=Layout(key="pmej", within="ege")) == outcome
