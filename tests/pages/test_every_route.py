"""Every public route is known, and bears its safety headers and its time to be kept."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from werkzeug import Response
from werkzeug.test import TestResponse

from portal.app import Opened, create_app
from portal.core.clock import FixedClock
from portal.core.command import Room
from portal.core.database import Database
from portal.directory.queries.published import published_pages
from portal.geography.territories import demonstration_territory
from portal.search.serving import current_search
from tests.directory.builders import Builder
from tests.pages.routes import MINUTE, NEVER, ROUTES, Answer
from tests.search.towns import ROMILLY, a_place_in, settle_town

MAIRIE = "https://www.mairie.example"
ENGLISH = "/en"
Site = Callable[..., TestResponse]


def test_every_route_is_known_and_every_known_one_is_there(app: Flask) -> None:
    rules = {rule.rule for rule in app.url_map.iter_rules()}
    french = {rule for rule in rules if not rule.startswith("/en/")}
    assert french == {*ROUTES}, "say in tests/pages/routes.py what the new route answers"
    assert {rule.removeprefix(ENGLISH) for rule in rules - french} <= {*ROUTES}


def test_no_route_but_forms_takes_anything(app: Flask) -> None:
    writing = {rule.rule for rule in app.url_map.iter_rules() if (rule.methods or set()) - {"GET", "HEAD", "OPTIONS"}}
    assert {rule.removeprefix(ENGLISH) for rule in writing} <= FORMS


FORMS = {"/signaler/<public_id>"}


def _settle(build: Builder) -> None:
    where = a_place_in(build, ROMILLY)
    service = build.a_service(title="Mairie de Romilly", at=where)
    build.an_access_point(service, at=build.a_stop(build.a_tour(), place=where))


@pytest.fixture
def site(database: Database, clock: FixedClock, tmp_path: Path) -> Site:
    """Open a portal behind HTTPS, with one thing of each kind in its directory."""
    room = Room(data_dir=tmp_path, database=database, clock=clock)
    opened = Opened("k" * 64, ("localhost",), over_https=True, framed_by=(MAIRIE,))
    app = create_app(room, demonstration_territory(), opened)
    with app.app_context():
        town = settle_town(database, clock, current_search())
    town.knows(_settle)
    with database.reading() as session:
        names = {page.kind.value: f"{page.slug}-{page.public_id}" for page in published_pages(session)}
    names["service_id"] = names["service"].rpartition("-")[2]

    def ask(path: str, **headers: str) -> TestResponse:
        return app.test_client().get(path.format(**names), headers=headers)

    return ask


SAFETY = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), microphone=(), payment=(), usb=(), geolocation=(self)",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
}


def test_every_answer_bears_its_headers(site: Site, app: Flask) -> None:
    opened = {each.rule for each in app.url_map.iter_rules()}
    faults = {}
    for rule, answer in ROUTES.items():
        for prefix in ("", ENGLISH):
            if prefix + rule in opened:
                with site(prefix + answer.path, **{"Accept-Encoding": "gzip"}) as response:
                    faults[prefix + rule] = _faults(response, answer)
    assert {rule: said for rule, said in faults.items() if said} == {}
    assert len(faults) > len(ROUTES)


def test_answer_given_again_bears_the_same_headers(site: Site) -> None:
    differing = []
    for rule, answer in ROUTES.items():
        first, again = (_headers(site, answer.path) for _ in range(2))
        differing += [rule] if first != again and answer.kept != NEVER else []
    assert differing == []


def _headers(site: Site, path: str) -> dict[str, str]:
    with site(path, **{"Accept-Encoding": "gzip"}) as response:
        return dict(response.headers)


def _faults(response: Response, answer: Answer) -> list[str]:
    """List what an answer bears that it should not, or the other way round."""
    headers, policy = response.headers, _policy(response)
    wanted = {"Cache-Control": _kept(answer), "Content-Type": answer.kind, **SAFETY}
    wanted["Cross-Origin-Resource-Policy"] = "cross-origin" if answer.is_open else "same-origin"
    wanted["Access-Control-Allow-Origin"] = "*" if answer.is_open else ""
    wanted["X-Frame-Options"] = "" if answer.is_framed else "DENY"
    found = {name: headers.get(name, "") for name in wanted}
    found["Content-Type"] = response.mimetype or ""
    faults = [f"{name}: {found[name]!r}, not {wanted[name]!r}" for name in wanted if found[name] != wanted[name]]
    faults += [] if response.status_code == answer.status else [f"status {response.status_code}"]
    faults += [] if policy["frame-ancestors"] == (MAIRIE if answer.is_framed else "'none'") else ["frame-ancestors"]
    faults += [] if policy["default-src"] == "'none'" else ["default-src"]
    faults += ["unsafe"] if "unsafe" in str(policy) else []
    faults += ["cookie"] if "Set-Cookie" in headers else []
    faults += [] if answer.status != 200 or answer.kept == NEVER or "ETag" in headers else ["no mark"]
    return faults


def _policy(response: Response) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in response.headers["Content-Security-Policy"].split(";"))
    return {name: value for name, _, value in parts}


def _kept(answer: Answer) -> str:
    asks = "?" in answer.path and answer.kept == MINUTE
    return answer.kept.replace("public", "private") if asks else answer.kept


def test_answer_that_has_not_changed_is_not_sent_again(site: Site) -> None:
    for path in ("/recherche", "/en/themes/sante", "/plan-du-site", "/sitemap.xml", "/services/{service}"):
        mark = site(path).headers["ETag"]
        again = site(path, **{"If-None-Match": mark, "Accept-Encoding": "gzip"})
        assert (again.status_code, again.data) == (304, b"")
