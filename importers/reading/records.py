"""JSON lists of records: an array, an object around one (`{"results": [...]}`), or one object a line.

Records are taken one by one from the text. A member that is itself a list or an object comes as its JSON text, for
the field that knows its shape. A record with a key twice, with NaN or nested too deep is refused alone.
"""

import json
import re
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice
from typing import Any

from importers.reading.caps import MEGABYTE, Caps, StopReadingError, check_columns, check_kept, check_rows
from importers.reading.encodings import UTF16_MARKS, Encoding, declared_codec
from importers.reading.headers import judged_row
from importers.reading.layouts import Layout
from importers.reading.pieces import Piece
from importers.reading.rows import RawRow, Reading, Refusal, RowOutcome, Table, Unreadable
from portal.core.problems import Problem

_DEEPEST = 32
_LONGEST_NUMBER = 100
_LONGEST_RECORD = 4 * MEGABYTE
_WINDOWS = (8 * 1024, 256 * 1024, _LONGEST_RECORD)
_N_SAMPLE = 200
_N_SHOWN = 80
_BLANKS = re.compile(r"[ \t\r\n]*")
_LIST_OF_OBJECTS = re.compile(r"\[\s*[{\]]")
_SURROGATE = re.compile("[\ud800-\udfff]")


class _Repeated(dict[str, Any]):
    """An object that had one key twice."""

    key = ""


class _Written(float):
    """A number with a point, as it was written."""

    text: str


class _NotANumber:
    """NaN or an infinity, or digits without end: JSON knows none of them."""


_Items = Iterator[tuple[int, Any]]
"""Where each record stands, and its value or the problem it has."""


def open_records(piece: Piece, layout: Layout, caps: Caps) -> Table:
    """Open a JSON list; may raise `StopReadingError`."""
    text, encoding = _text(piece, layout.encoding, caps)
    source = _lines(text) if _is_one_object_a_line(text) else _found_list(text, layout.key)

    def rows() -> Iterator[RowOutcome]:
        return _rows(_inner(source(), layout.within) if layout.within else source(), caps)

    sample = [outcome for outcome in islice(rows(), _N_SAMPLE) if isinstance(outcome, RawRow)]
    columns = tuple(dict.fromkeys(name for row in sample for name in row.cells))
    return Table(Reading(piece.name, "JSON", encoding=encoding.words, columns=columns), rows)


def _text(piece: Piece, declared: str, caps: Caps) -> tuple[str, Encoding]:
    """Decode a whole file: JSON is UTF-8 or nothing, and may be a single line."""
    with piece.open() as stream:
        content = stream.read(caps.kept_bytes + 1)
    check_kept(len(content), caps)
    encoding = Encoding(declared_codec(declared) if declared else _marked(content))
    try:
        text = content.decode(encoding.codec)
    except UnicodeError as error:
        raise StopReadingError(
            "json-encodage", "Ce fichier JSON n’est pas en UTF-8 : demandez-le dans cet encodage à son producteur."
        ) from error
    if "\0" in text:
        raise StopReadingError("octets-nuls", "Ce fichier contient des octets nuls, il est abîmé : redemandez-le.")
    return text, encoding


def _marked(content: bytes) -> str:
    if content.startswith(UTF16_MARKS):
        return "utf-16"
    return "utf-8-sig" if content.startswith(BOM_UTF8) else "utf-8"


def _rows(items: _Items, caps: Caps) -> Iterator[RowOutcome]:
    try:
        for n_rows, (line, value) in enumerate(items, start=1):
            check_rows(n_rows, caps)
            yield _row(line, value, caps)
    except StopReadingError as stop:
        yield Unreadable(stop.problem)


def _inner(items: _Items, member: str) -> _Items:
    """Take what each record holds in one of its members; a record that is doubtful itself is refused whole."""
    rank = 0
    for _, value in items:
        held = value.get(member) if isinstance(value, dict) and not isinstance(value, _Repeated) else [value]
        for each in held if isinstance(held, list) else []:
            rank += 1
            yield rank, each


def _row(line: int, value: object, caps: Caps) -> RawRow | Refusal:
    if isinstance(value, Problem):
        return Refusal(line, value)
    if not isinstance(value, dict):
        return Refusal(line, Problem("json-pas-un-objet", "Cet élément de la liste n’est pas une fiche : retirez-le."))
    fault = _fault(value)
    if fault:
        return Refusal(line, fault)
    check_columns(len(value), caps)
    cells = {name: _cell(member) for name, member in value.items()}
    if _SURROGATE.search("\n".join((*cells, *cells.values()))):
        return Refusal(
            line, Problem("json-lettre-coupee", "Un caractère de cette fiche est coupé en deux : corrigez-le.")
        )
    numeric = frozenset(name for name, member in value.items() if type(member) in {int, _Written})
    return judged_row(RawRow(line, cells, numeric), caps)


def _cell(member: object) -> str:
    match member:
        case None:
            return ""
        case str():
            return member
        case bool():
            return "true" if member else "false"
        case _Written():
            return member.text
    return json.dumps(member, ensure_ascii=False)


def _fault(value: object, depth: int = 1, name: str = "") -> Problem | None:
    """Find what makes a record doubtful to its bottom."""
    match value:
        case _NotANumber():
            return Problem(
                "json-nombre", f"« {name} » n’est pas un nombre : corrigez-le ou laissez-le vide.", field=name
            )
        case _Repeated():
            sentence = f"Cette fiche contient deux fois « {value.key[:_N_SHOWN]} » : gardez la bonne valeur."
            return Problem("json-cle-en-double", sentence, field=value.key[:_N_SHOWN])
        case dict() | list() if depth > _DEEPEST:
            return Problem(
                "json-trop-profond", "Cette fiche contient trop de niveaux : ce n’est pas une liste de services."
            )
        case dict():
            faults = (_fault(member, depth + 1, name or key) for key, member in value.items())
        case list():
            faults = (_fault(member, depth + 1, name) for member in value)
        case _:
            return None
    return next((fault for fault in faults if fault), None)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) == len(pairs):
        return members
    repeated = _Repeated(members)
    seen: set[str] = set()
    for name, _ in pairs:
        if name in seen:
            repeated.key = name
            break
        seen.add(name)
    return repeated


def _number(written: str) -> object:
    value = _Written(written)
    value.text = written
    return _NotANumber() if value in {float("inf"), float("-inf")} else value


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object,
    parse_float=_number,
    parse_int=lambda written: int(written) if len(written) <= _LONGEST_NUMBER else _NotANumber(),
    parse_constant=lambda _: _NotANumber(),
    strict=False,
)


def _is_one_object_a_line(text: str) -> bool:
    first, _, rest = text.strip().partition("\n")
    if not (first.startswith("{") and rest.lstrip().startswith("{")):
        return False
    return not isinstance(_decoded_line(first), Problem)


def _lines(text: str) -> Callable[[], _Items]:
    def items() -> _Items:
        for number, line in enumerate(text.split("\n"), start=1):
            if line.strip():
                yield number, _decoded_line(line.strip())

    return items


def _decoded_line(line: str) -> object:
    with suppress(ValueError, RecursionError):
        if len(line) <= _LONGEST_RECORD:
            return _DECODER.decode(line)
    return Problem(
        "json-illisible", "Cette ligne n’est pas une fiche JSON entière : corrigez-la.", value=line[:_N_SHOWN]
    )


def _found_list(text: str, key: str) -> Callable[[], _Items]:
    """Find where the list begins; it is read from there, record by record."""
    at = _after_blanks(text, 0)
    if text[at : at + 1] == "[":
        return lambda: _items(text, at, is_inside=False)
    if text[at : at + 1] != "{":
        raise _broken(text, at)
    begins = _member_that_is_a_list(text, at + 1, key)
    return lambda: _items(text, begins, is_inside=True)


def _member_that_is_a_list(text: str, at: int, key: str) -> int:
    at = _after_blanks(text, at)
    while text[at : at + 1] == '"':
        name, at = _value(text, at)
        at = _after_blanks(text, _after(text, at, ":"))
        if (not key or name == key) and _LIST_OF_OBJECTS.match(text, at):
            return at
        _, at = _value(text, at)
        at = _after_blanks(text, at)
        if text[at : at + 1] != ",":
            break
        at = _after_blanks(text, at + 1)
    if text[at : at + 1] != "}":
        raise _broken(text, at)
    raise StopReadingError(
        "json-sans-liste",
        f"Ce fichier JSON ne contient pas de liste « {key} » : vérifiez que c’est le bon fichier."
        if key
        else "Ce fichier JSON ne contient pas de liste de fiches : vérifiez que c’est le bon fichier.",
    )


def _items(text: str, begins: int, *, is_inside: bool) -> _Items:
    at = _after_blanks(text, begins + 1)
    rank = 0
    while text[at : at + 1] != "]":
        if rank:
            at = _after_blanks(text, _after(text, at, ","))
        rank += 1
        value, at = _value(text, at)
        yield rank, value
        at = _after_blanks(text, at)
    rest = text[at + 1 :]
    # What follows the list must be whole too: a file cut short after its list is a file cut short.
    if isinstance(_decoded_line('{"":0' + rest), Problem) if is_inside else rest.strip():
        raise _broken(text, at)


def _value(text: str, at: int) -> tuple[Any, int]:
    """Decode one value, in growing windows: one endless record would take ten times its length in memory."""
    for size in _WINDOWS:
        window = text[at : at + size]
        try:
            value, end = _DECODER.raw_decode(window)
        except RecursionError as error:
            raise StopReadingError(
                "json-trop-profond", "Ce fichier JSON contient trop de niveaux : ce n’est pas une liste de services."
            ) from error
        except ValueError:
            continue
        # A number that touches the edge may go on behind it.
        if end < len(window) or at + end == len(text):
            return value, at + end
    raise _broken(text, at)


def _after_blanks(text: str, at: int) -> int:
    found = _BLANKS.match(text, at)
    return found.end() if found else at


def _after(text: str, at: int, sign: str) -> int:
    at = _after_blanks(text, at)
    if text[at : at + 1] != sign:
        raise _broken(text, at)
    return at + 1


def _broken(text: str, at: int) -> StopReadingError:
    line = text.count("\n", 0, at) + 1
    return StopReadingError(
        "json-illisible",
        f"Ce fichier JSON ne peut plus être lu à partir de la ligne {line} ; il est peut-être coupé : téléchargez-le "
        "de nouveau.",
    )
