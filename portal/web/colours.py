"""The colours of the territory, as one small style sheet: no page holds a style of its own."""

from flask import Flask, Response

from portal.web.visit import Colours

_FOREVER = "public, max-age=31536000, immutable"


def paint(app: Flask, colours: Colours) -> None:
    """Serve the brand's two colours; their address changes with them, so that browsers may keep it."""
    body = f":root {{ --primary: {colours.primary}; --second: {colours.accent}; }}\n"
    mark = f"{colours.primary}{colours.accent}".replace("#", "")

    @app.get("/marque.css")
    def brand() -> Response:
        return Response(body, headers={"Cache-Control": _FOREVER}, content_type="text/css; charset=utf-8")

    app.jinja_env.globals.update(brand_url=f"/marque.css?v={mark}")
