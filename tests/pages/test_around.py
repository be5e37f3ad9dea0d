"""The pages that surround the directory: help, contact, legal pages, open data, the search on other sites."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.app import Opened, create_app
from portal.core.clock import FixedClock
from portal.core.command import Room
from portal.core.database import Database
from portal.geography.territories import demonstration_territory
from portal.geography.territory import Accessibility, Conformity, Territory
from portal.pages.legal.tables import EVERY_TABLE
from tests.pages.conftest import Visit
from tests.tools.claims import every

PAGES = (
    "/aide",
    "/contact",
    "/plan-du-site",
    "/accessibilite",
    "/mentions-legales",
    "/donnees-personnelles",
    "/donnees",
    "/integrer",
)


PortalOf = Callable[..., FlaskClient]


@pytest.fixture
def portal_of(database: Database, clock: FixedClock, tmp_path: Path) -> PortalOf:
    """Open the portal of a territory, on the sites that may frame it."""

    def opened(territory: Territory | None, *sites: str, tiles_url: str = "") -> FlaskClient:
        room = Room(data_dir=tmp_path, database=database, clock=clock)
        chosen = Opened("k" * 64, ("localhost",), framed_by=sites, tiles_url=tiles_url)
        return create_app(room, territory, chosen).test_client()

    return opened


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["", "/en"])
def test_page_stands_in_both_languages_with_one_address(visit: Visit, language: str, path: str) -> None:
    page = visit(language + path)
    canonical = [each.get("href") for each in page.root.findall(".//link") if each.get("rel") == "canonical"]
    assert canonical == [f"http://localhost{language}{path}"]
    assert page.root.get("lang") == (language[1:] or "fr")


def test_no_two_pages_bear_one_title(visit: Visit) -> None:
    titles = [visit(language + path).title for path in PAGES for language in ("", "/en")]
    # The two languages share the words that are written alike.
    assert len({*titles}) >= len(PAGES) * 2 - 1


@pytest.mark.parametrize("path", PAGES)
def test_page_stands_without_a_territory(portal_of: PortalOf, path: str) -> None:
    assert portal_of(None).get(path).status_code == 200


def test_contact_gives_the_person_of_the_territory(visit: Visit) -> None:
    links = visit("/contact").links()
    assert links["03 53 01 00 10"] == "tel:0353010010"
    assert links["accueil@seine-en-plaine.example"] == "mailto:accueil@seine-en-plaine.example"


def test_portal_declares_itself_non_compliant_until_an_audit(visit: Visit) -> None:
    page = visit("/accessibilite")
    assert "n’est pas en conformité" in page.text
    assert "énumérées ci-dessous" not in page.text
    assert page.links()["http://localhost"] == "http://localhost"
    assert "Accessibilité : non conforme" in page.links()
    assert page.links()["écrire un message au Défenseur des droits"].startswith("https://")


def test_audit_of_the_territory_file_is_declared(portal_of: PortalOf) -> None:
    audit = Accessibility(
        conformity=Conformity.PARTIAL,
        audited_on=date(2026, 5, 12),
        auditor="Cabinet d’essai",
        rate=82,
        barriers=("La carte de la page des passages.",),
        exemptions=("Les affiches anciennes.",),
        out_of_scope=("Les vidéos d’avant 2020.",),
        environment=("NVDA et Firefox", "VoiceOver et Safari"),
        pages=("accueil", "recherche"),
    )
    said = portal_of(replace(demonstration_territory(), accessibility=audit)).get("/accessibilite").text
    said = " ".join(said.split())
    assert "82 % des critères" in said
    assert "12 mai 2026" in said
    assert "La carte de la page des passages." in said
    assert said.index("Les affiches anciennes.") < said.index("non soumis") < said.index("Les vidéos d’avant 2020.")
    assert "Environnement de test : NVDA et Firefox ; VoiceOver et Safari." in said
    assert "Pages vérifiées : accueil, recherche." in said
    assert "Accessibilité : partiellement conforme" in said


def test_legal_notice_names_publisher_and_host(visit: Visit) -> None:
    text = visit("/mentions-legales").text
    assert "Maillage, éditeur de démonstration" in text
    assert "Hébergeur de démonstration" in text


def test_telephones_and_officer_of_the_territory_file_are_shown(portal_of: PortalOf) -> None:
    home = demonstration_territory()
    told = replace(home.publisher, phone="03 53 01 00 11", host_phone="03 53 01 00 12", dpo="dpo@pays.example")
    portal = portal_of(replace(home, publisher=told))
    notices, privacy = portal.get("/mentions-legales").text, portal.get("/donnees-personnelles").text
    assert "03 53 01 00 11" in notices
    assert "03 53 01 00 12" in notices
    assert "dpo@pays.example" in privacy
    assert "Délégué à la protection" not in portal_of(home).get("/donnees-personnelles").text


@pytest.mark.parametrize("table", EVERY_TABLE, ids=lambda table: table.__tablename__)
def test_every_table_says_what_it_keeps_of_people(table: type) -> None:
    assert getattr(table, "REGISTER", None) is not None, "say it beside the table: see portal/core/register.py"


def test_register_is_written_from_the_tables(visit: Visit) -> None:
    text = visit("/donnees-personnelles").text
    assert text.count("Contacts des services") == 1
    assert "Contacts of services" in visit("/en/donnees-personnelles").text


def test_third_party_is_named_when_maps_have_one(portal_of: PortalOf) -> None:
    alone = portal_of(None).get("/donnees-personnelles").text
    with_tiles = portal_of(None, tiles_url="https://fond.example/{z}/{x}/{y}.png").get("/donnees-personnelles").text
    assert "viennent du portail seul" in alone
    assert "viennent du portail seul" not in with_tiles
    assert "fond.example" in with_tiles


def test_map_of_the_site_lists_the_communes_and_the_themes(visit: Visit) -> None:
    links = visit("/plan-du-site").links()
    assert links["Romilly-sur-Seine"] == "/communes/10323-romilly-sur-seine"
    assert "/themes/sante" in links.values()


def test_help_explains_the_acronyms(visit: Visit) -> None:
    page = visit("/aide")
    assert "protection maternelle et infantile" in page.text
    assert page.links()["PMI"].startswith("/recherche?theme=")
    assert page.links()["nounou à Romilly-sur-Seine"].startswith("/recherche?quoi=nounou")


def test_code_to_copy_holds_the_choice_and_nothing_else(visit: Visit) -> None:
    page = visit("/integrer?ou=Romilly&theme=sante&quoi=<script>")
    copied = page.root.findall(".//textarea")[0].text
    assert copied == (
        '<a href="http://localhost/recherche?ou=Romilly&amp;theme=sante">Les services près de chez vous</a>'
    )


def test_commune_nobody_knows_is_not_copied(visit: Visit) -> None:
    page = visit("/integrer?ou=Xyzzyville&theme=sante")
    assert "Nous n’avons pas trouvé cette commune." in page.text
    assert "Xyzzyville" not in (page.root.findall(".//textarea")[0].text or "")


def test_producers_of_the_communes_are_named(visit: Visit) -> None:
    text = visit("/donnees").text
    assert every(name in text for name in ("INSEE", "IGN (Admin Express)", "La Poste", "/api/v1/services/<id>"))


def test_what_is_typed_cannot_leave_the_code_to_copy(visit: Visit) -> None:
    page = visit('/integrer?ou="><script>alert(1)</script>')
    assert (page.root.findall(".//textarea")[0].text or "").count("<") == 2


def test_frame_is_offered_only_where_a_site_may_show_it(portal_of: PortalOf) -> None:
    assert "iframe" not in portal_of(demonstration_territory()).get("/integrer").text
    assert "iframe" in portal_of(demonstration_territory(), "https://www.mairie.example").get("/integrer").text


def test_window_opens_in_the_frame_of_the_sites_named(portal_of: PortalOf) -> None:
    named = portal_of(demonstration_territory(), "https://www.mairie.example")
    window, home = named.get("/integrer/recherche?ou=Romilly"), named.get("/")
    assert window.headers["Content-Security-Policy"].endswith("frame-ancestors https://www.mairie.example")
    assert "X-Frame-Options" not in window.headers
    assert home.headers["Content-Security-Policy"].endswith("frame-ancestors 'none'")
    assert home.headers["X-Frame-Options"] == "DENY"


def test_window_is_a_whole_page_of_its_own(visit: Visit, app: Flask) -> None:
    page = visit("/integrer/recherche?ou=Romilly&theme=sante")
    assert page.root.findall(".//base")[0].get("target") == "_blank"
    assert page.root.findall(".//footer") == []
    assert app.test_client().get("/integrer/recherche?ou=%00&theme=rien").status_code == 200
