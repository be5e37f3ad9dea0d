"""Descriptions for search engines (JSON-LD), written so that no text in them can end the element they stand in."""

import json
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

_HARMLESS = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})
Described = Mapping[str, Any]


def in_script(described: Described) -> Markup:
    """Write a description for a `script` element; what is empty is left out."""
    written = json.dumps(_said(described), ensure_ascii=False, separators=(",", ":"))
    return Markup(written.translate(_HARMLESS))  # noqa: S704 - no sign that a browser would read is left


def _said(value: Any) -> Any:  # noqa: ANN401 - any value of JSON
    if isinstance(value, Mapping):
        return {name: each for name, found in value.items() if (each := _said(found)) not in (None, "", [], {})}
    if isinstance(value, list | tuple):
        return [_said(each) for each in value]
    return value
