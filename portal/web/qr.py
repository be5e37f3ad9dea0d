"""A QR code as inline SVG: what a poster, a printed sheet or a screen shows to a telephone. It needs no script."""

from functools import lru_cache

import segno
from markupsafe import Markup

QUIET_ZONE = 4
"""Modules left white around the code, as its norm asks."""
_FRAME = Markup(
    '<svg class="qr" xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {width} {height}" '
    'aria-label="{title}"><rect width="100%" height="100%" fill="#fff"/>{modules}</svg>'
)


@lru_cache(maxsize=1024)
def qr_svg(text: str, *, title: str) -> Markup:
    """Draw a text, such as an address, in black on white; `title` is what the drawing says to who does not see it."""
    code = segno.make_qr(text, error="m")
    width, height = code.symbol_size(border=QUIET_ZONE)
    drawn = code.svg_inline(border=QUIET_ZONE)
    path = drawn[drawn.index("<path") : drawn.rindex("</svg>")]
    modules = Markup(path)  # noqa: S704 - the library draws numbers only: nothing of the text stands in the path
    return _FRAME.format(width=width, height=height, title=title, modules=modules)
