"""From a frozen value to a page: strict templates, versioned static files."""

import hashlib
from functools import cache

from flask import Flask, current_app, template_rendered
from jinja2 import StrictUndefined

from portal.web.languages import here
from portal.web.settling import Templates
from portal.web.shipped import shipped_folder

_A_YEAR = 31_536_000


def prepare_templates(app: Flask) -> None:
    """Make templates strict: an undefined name fails, and blocks leave no blank lines."""
    app.jinja_environment = Templates
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(static_url=static_url)
    app.jinja_env.globals.update(sprite_url=static_url("pictos.svg"))
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = _A_YEAR


def render(template: str, **values: object) -> str:
    """Render a template with named frozen values, in the language and version of the page being made."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - as Flask’s own guide does
    templates = app.jinja_env
    found = (templates.settled_for(here()) if isinstance(templates, Templates) else templates).get_template(template)
    page = found.render(values)
    template_rendered.send(app, template=found, context=values)
    return page


@cache
def static_url(name: str) -> str:
    """Lead to a static file; the address changes with its content, so that browsers may keep it a year."""
    return f"/static/{name}?v={_fingerprint(name)}"


def _fingerprint(name: str) -> str:
    return hashlib.sha256((shipped_folder("static") / name).read_bytes()).hexdigest()[:10]
