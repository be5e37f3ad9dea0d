"""Where pages are: their addresses written by hand, in the language of the page being made.

The map of addresses is a promise to visitors (old links answer), so templates may write it down; `url_for` would build
the same words at thirty times the cost, some eighty times a page.
"""

from typing import Protocol

from flask import Flask, current_app, request

from portal.web.languages import here
from portal.web.simple import SIMPLE

_BASE = "maillage base"


def write_addresses(app: Flask, *, base_url: str) -> None:
    """Let templates write addresses; `base_url` is empty for a portal that only this machine sees."""
    app.extensions[_BASE] = base_url
    app.jinja_env.globals.update(to=to, link_to=link_to, absolute=absolute)


class Addressed(Protocol):
    """What has a page of its own."""

    @property
    def public_id(self) -> str:
        """Give the part of the address that never changes."""

    @property
    def slug(self) -> str:
        """Give the part of the address that people read."""


def to(path: str) -> str:
    """Lead to a page, given by its French address, in the language of the current one."""
    return here() + path


def link_to(shelf: str, link: Addressed) -> str:
    """Lead to the sheet of a thing: `shelf` is services, lieux, structures or tournees."""
    return f"{here()}/{shelf}/{link.slug}-{link.public_id}"


def absolute(path: str) -> str:
    """Write a path as the whole address that can be printed, mailed or read by a machine: that of the full version."""
    base: str = current_app.extensions.get(_BASE, "")
    return (base or request.host_url.rstrip("/")) + path.removeprefix(SIMPLE)
