"""One text for one value, whatever the order of its keys: what digests and content hashes are taken of."""

import json
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from json.encoder import encode_basestring
from typing import Any


def canonical(value: object) -> str:
    """Write a value as JSON in one way only: sorted keys, no spaces, instants in UTC, sets in order."""
    if type(value) is str:
        # Most values are words, and the writer of JSON takes its time to find that out.
        return encode_basestring(value)
    return "null" if value is None else _WRITER.encode(value)


def plain(value: object) -> Any:  # noqa: ANN401 - JSON values have no narrower type
    """Turn a value into what JSON gives back when it reads it again: lists, dictionaries of words, and scalars."""
    if value is None or type(value) in {str, int, float, bool}:
        return value
    return json.loads(canonical(value))


def _write_other(value: object) -> Any:  # noqa: ANN401 - as above
    """Turn what JSON does not know into what it knows; an unknown kind is a mistake of ours."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return _instant(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, AbstractSet):
        return sorted(value, key=canonical)
    message = f"no canonical form for {type(value).__name__}"
    raise TypeError(message)


def _instant(value: datetime) -> str:
    if value.tzinfo is None:
        message = "no canonical form for an instant without zone"
        raise TypeError(message)
    return value.astimezone(UTC).isoformat()


_WRITER = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, default=_write_other
)
