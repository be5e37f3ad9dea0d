"""From a frozen value to a page: strict templates, versioned static files."""

import hashlib
from functools import cache

from flask import Flask, render_template
from jinja2 import StrictUndefined

from portal.web.shipped import shipped_folder

_A_YEAR = 31_536_000


def prepare_templates(app: Flask) -> None:
    """Make templates strict: an undefined name fails, and blocks leave no blank lines."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(static_url=static_url)
    app.jinja_env.globals.update(sprite_url=static_url("pictos.svg"))
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = _A_YEAR


def render(template: str, **values: object) -> str:
    """Render a template with named frozen values."""
    return render_template(template, **values)


@cache
def static_url(name: str) -> str:
    """Lead to a static file; the address changes with its content, so that browsers may keep it a year."""
    return f"/static/{name}?v={_fingerprint(name)}"


def _fingerprint(name: str) -> str:
    return hashlib.sha256((shipped_folder("static") / name).read_bytes()).hexdigest()[:10]
