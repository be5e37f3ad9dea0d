"""One text for one value, whatever the order of its keys: what digests and content hashes are taken of."""

import json
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any


def canonical(value: object) -> str:
    """Write a value as JSON in one way only: sorted keys, no spaces, instants in UTC, sets in order."""
    return json.dumps(plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def plain(value: object) -> Any:  # noqa: ANN401 - JSON values have no narrower type; one line per kind
    """Turn a value into what JSON knows; an unknown kind is a mistake of ours."""
    if isinstance(value, Enum):
        return plain(value.value)
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, datetime) and value.tzinfo:
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date | time) and not isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return _plain_many(value)


def _plain_many(value: object) -> Any:  # noqa: ANN401 - as above
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(item) for key, item in value.items()}
    if isinstance(value, AbstractSet):
        return sorted((plain(item) for item in value), key=canonical)
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    message = f"no canonical form for {type(value).__name__}"
    raise TypeError(message)
