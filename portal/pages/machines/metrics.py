"""How the portal is, for the one who watches over it: Prometheus text, for this machine or whoever has the token."""

import hmac
from collections.abc import Iterator
from urllib.parse import urlsplit

from flask import Flask, Request, current_app

from portal.search.opening import Search
from portal.web.tally import current_tally
from search_index.engine import IndexDamaged

_TOKEN = "maillage metrics token"  # noqa: S105 - the name of a place, not a secret
_OWN_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
_CAME_BY_A_PROXY = ("X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Forwarded", "Via")


def guard_metrics(app: Flask, *, token: str) -> None:
    """Remember the token of the settings; without one only this machine may read."""
    app.extensions[_TOKEN] = token


def may_read_metrics(request: Request) -> bool:
    """Tell whether the request comes from this machine itself, or has the token.

    Behind a proxy every request comes from this machine: one that was passed on, or names the public site, does not
    count as its own.
    """
    token: str = current_app.extensions.get(_TOKEN, "")
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and hmac.compare_digest(given.encode(), token.encode()):
        return True
    is_here = request.remote_addr in {"127.0.0.1", "::1"} and urlsplit(f"//{request.host}").hostname in _OWN_NAMES
    return is_here and not any(name in request.headers for name in _CAME_BY_A_PROXY)


def measures(search: Search) -> str:
    """Write what is known of this process and of the requests of all processes together."""
    return "".join(f"{line}\n" for line in _lines(search))


def _lines(search: Search) -> Iterator[str]:
    health = search.indexing.health
    yield from _measure("maillage_index_ready", "gauge", "Whether the index can be read.", int(_is_ready(search)))
    yield from _measure("maillage_index_documents", "gauge", "Ways to reach a service in the index.", _n_keys(search))
    for name, count in vars(health).items():
        what = name.removeprefix("n_")
        yield from _measure(f"maillage_index_{what}_total", "counter", f"Index {what} in this process.", count)
    yield "# HELP maillage_requests_total Requests answered, by kind of page and outcome."
    yield "# TYPE maillage_requests_total counter"
    for kind, outcome, count in current_tally().counts():
        yield f'maillage_requests_total{{kind="{kind}",outcome="{outcome}"}} {count}'


def _measure(name: str, sort: str, meaning: str, value: int) -> Iterator[str]:
    yield f"# HELP {name} {meaning}"
    yield f"# TYPE {name} {sort}"
    yield f"{name} {value}"


def _is_ready(search: Search) -> bool:
    return search.indexing.is_ready()


def _n_keys(search: Search) -> int:
    try:
        return len(search.indexing.engine.keys)
    except IndexDamaged:
        return 0
