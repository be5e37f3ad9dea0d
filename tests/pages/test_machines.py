"""What programs are told: the map of the site, what may be read, how to search, how the portal is."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element, fromstring

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.app import Opened, create_app
from portal.core.clock import FixedClock
from portal.core.command import Room
from portal.core.database import Database
from portal.directory.rules.choices import AddressShown
from portal.pages.machines.cards import PageAddress
from portal.pages.machines.documents import site_map
from tests.pages.conftest import Visit
from tests.search.towns import ROMILLY, Town, a_place_in, serving

MAP = {"map": "http://www.sitemaps.org/schemas/sitemap/0.9", "xhtml": "http://www.w3.org/1999/xhtml"}
TOKEN = "t" * 40


def _read(text: str) -> Element:
    return fromstring(text)  # noqa: S314 - our own document


def _paths(root: Element) -> list[str]:
    return [(each.text or "").removeprefix("http://localhost") for each in root.findall(".//map:loc", MAP)]


def _french(paths: Iterable[str], shelf: str) -> list[str]:
    return [path for path in paths if path.startswith(f"/{shelf}/")]


def test_map_lists_what_is_published_and_nothing_else(town: Town, browser: FlaskClient) -> None:
    town.knows(
        serving("Mairie de Romilly"),
        lambda build: build.a_draft(title="Brouillon"),
        lambda build: build.a_service(
            title="Hébergement", at=a_place_in(build, ROMILLY, name="Refuge", address_shown=AddressShown.NONE)
        ),
    )
    paths = _paths(_read(browser.get("/sitemap.xml").text))
    assert [path.rpartition("-")[0] for path in _french(paths, "services")] == [
        "/services/mairie-de-romilly",
        "/services/hebergement",
    ]
    assert len(_french(paths, "lieux")) == 1
    assert {"/", "/aide", "/en/aide", "/themes/sante", "/communes/10323-romilly-sur-seine"} <= {*paths}
    assert len({*paths}) == len(paths)


def test_map_names_the_page_in_the_other_language(browser: FlaskClient) -> None:
    root = _read(browser.get("/sitemap.xml").text)
    entry = next(each for each in root if each.findtext("map:loc", namespaces=MAP) == "http://localhost/en/aide")
    others = {each.get("hreflang"): each.get("href") for each in entry.findall("xhtml:link", MAP)}
    assert others == {"fr": "http://localhost/aide", "en": "http://localhost/en/aide"}


def test_map_too_large_for_one_document_is_parted(app: Flask) -> None:
    pages = [PageAddress(f"/services/s-{number}") for number in range(5)]
    with app.test_request_context():
        index = _read(site_map(pages, most=4) or "")
        parts = [_read(site_map(pages, part=number, most=4) or "") for number in (1, 2, 3)]
        assert site_map(pages, part=4, most=4) is None
    assert _paths(index) == ["/sitemap-1.xml", "/sitemap-2.xml", "/sitemap-3.xml"]
    assert [len(_paths(part)) for part in parts] == [4, 4, 2]


def test_part_of_the_map_that_is_not_there_is_not_found(browser: FlaskClient) -> None:
    assert browser.get("/sitemap-2.xml").status_code == 404


def test_demonstration_stays_out_of_search_engines(browser: FlaskClient) -> None:
    text = browser.get("/robots.txt").text
    assert "Disallow: /\n" in text
    assert text.endswith("Sitemap: http://localhost/sitemap.xml\n")


def test_real_portal_is_open_to_search_engines(portal: FlaskClient) -> None:
    assert "Disallow: /\n" not in portal.get("/robots.txt").text


def test_browser_learns_how_to_search_here(browser: FlaskClient, visit: Visit) -> None:
    root = _read(browser.get("/opensearch.xml").text)
    addresses = {each.get("type"): each.get("template") for each in root if each.tag.endswith("Url")}
    assert addresses["text/html"] == "http://localhost/recherche?quoi={searchTerms}"
    assert len(next(each.text or "" for each in root if each.tag.endswith("ShortName"))) <= 16
    assert "/opensearch.xml" in [each.get("href") for each in visit("/").root.findall(".//link")]


def test_address_bar_completes_what_is_typed(browser: FlaskClient) -> None:
    answer = browser.get("/opensearch/suggestions?q=bibli")
    typed, names = answer.get_json(force=True)
    assert typed == "bibli"
    assert any("ibliothèque" in name for name in names)


@pytest.fixture
def portal(database: Database, clock: FixedClock, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Open a portal of all France whose metrics have a token."""
    room = Room(data_dir=tmp_path_factory.mktemp("portal"), database=database, clock=clock)
    opened = Opened("k" * 64, ("localhost", "services.example"), metrics_token=TOKEN)
    return create_app(room, None, opened).test_client()


def test_who_watches_learns_how_the_portal_is(portal: FlaskClient) -> None:
    portal.get("/aide")
    portal.get("/en/aide")
    portal.get("/nulle-part")
    lines = portal.get("/metrics").text.splitlines()
    assert 'maillage_requests_total{kind="aide",outcome="2xx"} 2' in lines
    assert 'maillage_requests_total{kind="introuvable",outcome="4xx"} 1' in lines
    assert "maillage_index_ready 1" in lines


@pytest.mark.parametrize(
    ("site", "headers"),
    [
        ("http://services.example", {}),
        ("http://localhost", {"X-Forwarded-For": "192.0.2.1"}),
        ("http://services.example", {"Authorization": "Bearer " + "u" * 40}),
    ],
    ids=["public name", "passed on", "wrong token"],
)
def test_metrics_do_not_exist_for_the_public(portal: FlaskClient, site: str, headers: dict[str, str]) -> None:
    assert portal.get("/metrics", base_url=site, headers=headers).status_code == 404


def test_another_machine_reads_the_metrics_with_the_token(portal: FlaskClient) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}", "X-Forwarded-For": "192.0.2.1"}
    assert portal.get("/metrics", base_url="http://services.example", headers=headers).status_code == 200


def test_no_word_of_a_visitor_is_in_the_metrics(portal: FlaskClient) -> None:
    portal.get("/recherche?quoi=secret")
    portal.get("/secret")
    assert "secret" not in portal.get("/metrics").text
