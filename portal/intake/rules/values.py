"""Values as JSON and back, by their types alone: what traces, corrections and undone runs keep of a field.

What a value leaves at its default is not written, so that a field added later changes no fingerprint.
"""

import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import lru_cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from portal.core.canonical import canonical
from portal.directory.rules.contact_lines import ContactLine
from portal.hours.slots import Opening

Json = Any
"""What JSON can say: `None`, words, numbers, lists and dictionaries; it has no narrower type."""
_PLAIN = frozenset({str, int, float, bool, type(None)})
_KEPT = (Opening, ContactLine)
"""Values that many records share: written once."""


def write(value: object) -> Json:
    """Write a value as JSON."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, _KEPT):
        return _write_once(value)
    if isinstance(value, tuple | list | frozenset | Mapping):
        return _write_many(value)
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else _write_fields(value)


def _write_many(value: "tuple[Any, ...] | list[Any] | frozenset[Any] | Mapping[Any, Any]") -> Json:
    if isinstance(value, Mapping):
        return {str(write(key)): write(held) for key, held in value.items()}
    written = [write(item) for item in value]
    return sorted(written, key=canonical) if isinstance(value, frozenset) else written


@lru_cache(maxsize=4096)
def _write_once(value: object) -> Json:
    return _write_fields(value)


def _write_fields(value: object) -> Json:
    kind: Any = type(value)
    held = ((name, default, getattr(value, name)) for name, default in _fields_of(kind))
    return {name: write(said) for name, default, said in held if default is MISSING or default != said}


@lru_cache(maxsize=256)
def _fields_of(kind: type[Any]) -> tuple[tuple[str, Any], ...]:
    """List the fields of a type with their defaults."""
    if not is_dataclass(kind):
        message = f"no JSON for {kind.__name__}"
        raise TypeError(message)
    return tuple((field.name, field.default) for field in fields(kind))


def read(kind: Any, written: Json) -> Any:  # noqa: ANN401 - a type in, one of its values out
    """Read a value of a type back from JSON; what does not fit is a mistake of ours."""
    origin = get_origin(kind)
    if origin in {Union, types.UnionType}:
        [inner] = [each for each in get_args(kind) if each is not types.NoneType]
        return None if written is None else read(inner, written)
    if origin is tuple:
        return _read_tuple(get_args(kind), written)
    if origin is frozenset:
        return frozenset(read(get_args(kind)[0], item) for item in written)
    if origin is not None and issubclass(origin, Mapping):
        of_key, of_value = get_args(kind)
        return {read(of_key, key): read(of_value, held) for key, held in written.items()}
    return _read_single(kind, written)


def _read_tuple(kinds: tuple[Any, ...], written: Json) -> tuple[Any, ...]:
    if len(kinds) > 1 and kinds[1] is Ellipsis:
        return tuple(read(kinds[0], item) for item in written)
    return tuple(read(kind, item) for kind, item in zip(kinds, written, strict=True))


def _read_single(kind: type[Any], written: Json) -> Any:  # noqa: ANN401 - as above
    if is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{name: read(hints[name], held) for name, held in written.items()})
    if issubclass(kind, Enum):
        return kind(written)
    if issubclass(kind, date):
        return date.fromisoformat(written)
    return kind(written) if kind is float else written


@lru_cache(maxsize=256)
def _hints(kind: type[Any]) -> dict[str, Any]:
    return get_type_hints(kind)
