"""Whatever bytes come: nothing is raised, and every line is a row or a refusal."""

import random

from hypothesis import given
from hypothesis import strategies as st

from importers.reading import (
    Layout,
    RawRow,
    Refusal,
    Table,
    Unreadable,
    open_table,
    piece_of_bytes,
    pieces_within,
    survey,
)
from importers.reading.archives import MAGIC
from tests.importers.reading.builders import a_table, ods, ods_row, sheet_of, xlsx, zip_of

BEGINNINGS = st.sampled_from(
    [b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"{", b"[", b'[{"a":', MAGIC, b"<", b'"', b"a;b\n"]
)
WHOLE = {
    "xlsx": xlsx(sheet_of(["nom", "tel"], ["a", "1"])),
    "ods": ods(ods_row("nom", "tel") + ods_row("a", "1")),
    "zip": zip_of({"a.csv": b"nom;tel\na;1\n"}),
    "json": b'{"results": [{"a": 1, "b": [2.5, null]}, {"a": "\xc3\xa9"}]}',
    "csv": 'nom;tel\n"é\nb";1\nc;"d"\n'.encode(),
}


def read_through(content: bytes, layout: Layout) -> None:
    """Read everything there is in some bytes."""
    pieces = pieces_within(piece_of_bytes(content, "x"))
    for piece in () if isinstance(pieces, Unreadable) else pieces:
        table = open_table(piece, layout)
        if isinstance(table, Table):
            assert survey(table) is not None


@given(BEGINNINGS, st.binary(max_size=200))
def test_any_bytes_give_a_value(beginning: bytes, rest: bytes) -> None:
    read_through(beginning + rest, Layout())


@given(
    st.text(st.sampled_from('ab;,|\t"\n\r #é\0{}[]:1.'), max_size=80), st.sampled_from(["utf-8", "cp1252", "utf-16"])
)
def test_any_table_signs_give_a_value(text: str, encoding: str) -> None:
    read_through(text.encode(encoding), Layout(short_rows=True))


@given(
    st.sampled_from(sorted(WHOLE)),
    st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=4),
    st.integers(0, 10_000),
)
def test_damaged_files_give_a_value(form: str, changes: list[tuple[int, int]], cut: int) -> None:
    content = bytearray(WHOLE[form])
    for position, value in changes:
        content[position % len(content)] = value
    read_through(bytes(content[: cut if cut % 3 == 0 else len(content)]), Layout())


STRANGE = ["1;2", "1;2;3;4", '"x;y;z', 'x;"y;z', 'x;"y', 'z";t', '"', 'w;"";', 'x;"y"z;t', "x;y;" + "z" * 40 + "\0"]
LINES = st.lists(st.sampled_from(["a;b;c", "é;à;ü", '"x";"y";"z"', *STRANGE]), max_size=25)


@given(LINES, st.sampled_from(["\n", "\r\n", "\r"]))
def test_every_line_is_in_one_row_or_refusal(lines: list[str], line_end: str) -> None:
    """Rows in = rows read + lines refused: nothing is swallowed, nothing comes twice."""
    table = a_table(line_end.join(["nom;tel;ville", *lines]).encode())
    covered: list[int] = []
    for outcome in table.rows():
        assert not isinstance(outcome, Unreadable)
        cells = outcome.cells.values() if isinstance(outcome, RawRow) else ()
        n_lines = 1 + max((cell.count("\n") for cell in cells), default=0)
        covered.extend(range(outcome.line, outcome.line + n_lines))
    assert sorted(covered) == list(range(2, len(lines) + 2))


def test_good_rows_survive_their_neighbours() -> None:
    """Sow unclosed quotes at random in good rows: each good row is still read, at its own line."""
    chosen = random.Random(7)
    for _ in range(50):
        lines = [chosen.choice(["bon;{};03 25", 'cassé;"{};03']).format(number) for number in range(40)]
        table = a_table(("nom;rang;tel\n" + "\n".join(lines)).encode())
        found = {row.line: isinstance(row, RawRow) for row in table.rows() if not isinstance(row, Unreadable)}
        assert found == {number + 2: line.startswith("bon") for number, line in enumerate(lines)}


def test_refusals_are_no_rows() -> None:
    (outcome,) = a_table(b"a;b\n1\n").rows()
    assert isinstance(outcome, Refusal)
