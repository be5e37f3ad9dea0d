"""Pieces of pages that say the same on every page of a language and version, such as the menu: drawn once.

A template names the piece and gives the macro that draws it. Nothing of the visitor, of the page or of the moment may
stand in one; its name says whatever else it depends on.
"""

from typing import TYPE_CHECKING

from flask import Flask
from markupsafe import Markup

from portal.web.languages import here

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable


def keep_pieces(app: Flask) -> None:
    """Let templates keep what they drew: `drawn_once("menu", _menu)`; each application has its own."""
    kept: dict[tuple[Hashable, str], Markup] = {}

    def drawn_once(name: "Hashable", draw: "Callable[..., Markup]", *values: object) -> Markup:
        key = name, here()
        piece = kept.get(key)
        if piece is None:
            piece = kept[key] = draw(*values)
        return piece

    app.jinja_env.globals.update(drawn_once=drawn_once)
