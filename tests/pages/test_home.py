"""The home page names the territory and counts what its directory holds."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from portal.app import Opened, create_app
from portal.core.clock import FixedClock
from portal.core.command import Room
from portal.core.database import Database
from portal.directory.operations.lifecycle import publish_service
from portal.directory.operations.occurrences import refresh_occurrences
from portal.geography.territories import demonstration_territory
from portal.web.visit import Frame
from search_index.engine import IndexDamaged
from search_index.results import Results
from tests.directory.builders import NOON, Builder
from tests.pages.conftest import Visit
from tests.search.towns import NOGENT, Town, a_place_in, serving


def test_home_names_the_territory(visit: Visit) -> None:
    assert "PETR Seine en Plaine Champenoise" in visit("/").text


def test_home_says_once_that_services_are_fictional(visit: Visit) -> None:
    assert visit("/").text.count("fictifs") == 1


def test_home_speaks_english_and_leads_back(visit: Visit) -> None:
    page = visit("/en/")
    assert page.root.get("lang") == "en"
    assert page.links()["Français"] == "/"


def test_home_leads_to_the_same_page_in_english(visit: Visit) -> None:
    assert visit("/").links()["English"] == "/en/"


def test_home_leads_whoever_cannot_choose_to_a_person(visit: Visit) -> None:
    page = visit("/")
    assert visit(page.links()["Je ne sais pas Parler à quelqu’un"]).h1 == "Nous contacter"


def test_home_shows_where_to_begin(visit: Visit, town: Town) -> None:
    town.knows(serving("Crèche du Lavoir", concepts=("PE02",)), serving("Mairie", concepts=("AD01",)))
    page = visit("/")
    assert {field.get("name") for field in page.root.findall(".//form[@id='recherche']/div/input")} == {"quoi", "ou"}
    assert visit(page.links()["Petite enfance et parentalité 1 service"]).h1 == "Petite enfance et parentalité"
    assert visit(page.links()["nounou à Romilly-sur-Seine"]).h1.endswith("près de Romilly-sur-Seine (10)")


def test_home_tells_what_passes_near_the_commune_chosen(visit: Visit, town: Town) -> None:
    def bus(build: Builder) -> None:
        service, tour = build.a_draft(title="Bus numérique", concepts=("NU01",)), build.a_tour()
        stop = build.a_stop(tour, place=a_place_in(build, NOGENT), opens="Tu 09:00-12:00")
        build.an_access_point(service, at=stop)
        publish_service(build.session, service=service, act=build.act)
        refresh_occurrences(build.session, now=NOON)

    town.change(bus)
    assert "mardi 24 novembre 9 h–12 h Bus numérique" in visit("/").text
    near = visit("/?ou=Nogent")
    assert "Ces jours-ci près de Nogent-sur-Seine (10)" in near.text
    assert "Bus numérique" in visit(near.links()["Toutes les tournées et permanences"]).text
    assert "Bus numérique" not in visit("/?ou=Troyes").text
    assert "Nous n’avons pas trouvé cette commune" in visit("/?ou=Zzzzz").text


def a_van(build: Builder, title: str, concept: str, opens: str) -> None:
    service, tour = build.a_draft(title=title, concepts=(concept,)), build.a_tour()
    build.an_access_point(service, at=build.a_stop(tour, place=a_place_in(build, NOGENT), opens=opens))
    publish_service(build.session, service=service, act=build.act)
    refresh_occurrences(build.session, now=NOON)


def test_home_tells_nothing_that_is_over(visit: Visit, town: Town) -> None:
    town.change(lambda build: a_van(build, "Camion du pain", "MO01", "Tu,Sa 08:00-09:00"))
    told = visit("/").text
    assert "mardi 24 novembre 8 h–9 h Camion du pain" in told
    assert "samedi 21 novembre" not in told


def test_home_shows_each_kind_before_the_same_one_again(visit: Visit, town: Town) -> None:
    def many(build: Builder) -> None:
        for number in range(9):
            a_van(build, f"Camion du pain {number}", "MO01", "Mo 08:00-09:00")
        a_van(build, "Bus numérique", "NU01", "We 09:00-12:00")

    town.change(many)
    told = visit("/").text
    assert "Bus numérique" in told
    assert told.count("Camion du pain") == 7


def test_home_of_a_commune_leads_around_it(visit: Visit, town: Town) -> None:
    town.knows(serving("Crèche du Lavoir", concepts=("PE02",)))
    links = visit("/?ou=Romilly").links()
    assert links["Petite enfance et parentalité"] == "/recherche?ou=Romilly&theme=petite-enfance"
    assert links["Romilly-sur-Seine : mairie et bureaux compétents"] == "/communes/10323-romilly-sur-seine"
    assert visit("/?ou=Zzzzz").links()["Petite enfance et parentalité 1 service"] == "/themes/petite-enfance"


def test_home_announces_what_the_territory_has_to_say(visit: Visit) -> None:
    assert demonstration_territory().notices[0] in visit("/").text


def test_home_announces_in_english_what_somebody_wrote_in_english(visit: Visit) -> None:
    announced = demonstration_territory().notices_en[0]
    assert announced in visit("/en/").text
    assert announced not in visit("/").text


def test_notice_nobody_wrote_in_english_is_marked_as_french() -> None:
    around = Frame("Portail", is_demonstration=False, n_communes=1, notices=("Un", "Deux"), notices_en=("One",))
    assert around.notices_in("en") == (("One", "en"), ("Deux", "fr"))
    assert around.notices_in("fr") == (("Un", "fr"), ("Deux", "fr"))


def test_examples_of_the_english_home_are_english_and_are_understood(visit: Visit, town: Town) -> None:
    town.knows(serving("Crèche du Lavoir", concepts=("PE02",)))
    links = visit("/en/").links()
    assert "babysitter in Romilly-sur-Seine" in links
    assert visit(links["doctor open now"]).h1.endswith("open now")


def test_home_counts_no_services_while_the_index_is_lost(
    visit: Visit, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.knows(serving("Crèche du Lavoir", concepts=("PE02",)))
    monkeypatch.setattr(town.search.indexing.engine, "search", lost)
    assert "Petite enfance et parentalité" in visit("/").links()


def lost(_query: object) -> Results:
    raise IndexDamaged


def test_page_not_found_says_what_to_do(visit: Visit) -> None:
    page = visit("/nulle-part", status=404)
    assert "Revenir à l’accueil" in page.links()


def test_page_not_found_speaks_the_language_of_its_address(visit: Visit) -> None:
    assert visit("/en/nowhere", status=404).root.get("lang") == "en"


def test_home_changes_nothing(browser: FlaskClient) -> None:
    assert browser.post("/").status_code == 405


@pytest.mark.parametrize("path", ["/", "/en/", "/nulle-part", "/healthz", "/static/maillage.css"])
def test_every_answer_carries_the_safety_headers(browser: FlaskClient, path: str) -> None:
    with browser.get(path) as response:
        assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_stranger_host_is_refused(browser: FlaskClient) -> None:
    assert browser.get("/", base_url="http://elsewhere.example").status_code == 400


def test_supervisor_learns_that_all_is_ready(browser: FlaskClient) -> None:
    assert (browser.get("/healthz").status_code, browser.get("/readyz").status_code) == (200, 200)


def test_database_that_is_gone_is_no_fault_of_the_visitor(visit: Visit, database: Database) -> None:
    if database.file is None:
        pytest.skip("only a file can be spoilt here")
    database.close()
    database.file.write_bytes(b"not a database " * 1000)
    page = visit("/", status=503)
    assert "réessayez dans quelques minutes" in page.text
    assert "maillage restore" not in page.text


@pytest.mark.parametrize("path", ["/%00", "/%ff%fe", "/%zz", "/%2F..%2Fconfig.py", "/static/%2e%2e/config.py"])
def test_address_that_means_nothing_is_not_found(visit: Visit, path: str) -> None:
    assert visit(path, status=404).h1 == "Page introuvable"


def test_redirection_stays_behind_https(database: Database, clock: FixedClock, tmp_path: Path) -> None:
    room = Room(data_dir=tmp_path, database=database, clock=clock)
    opened = Opened(secret_key="k" * 64, hosts=("services.example",), over_https=True)
    browser = create_app(room, None, opened).test_client()
    assert browser.get("/en", base_url="http://services.example").location == "https://services.example/en/"


def test_home_asks_little_when_nothing_changed_and_tells_what_did(visit: Visit, town: Town) -> None:
    town.knows(serving("Crèche du Lavoir", concepts=("PE02",)))
    assert "service publié1" in visit("/").text
    assert visit("/").n_queries <= 1
    town.change(serving("Mairie", concepts=("AD01",)))
    assert "services publiés2" in visit("/").text


def test_what_the_directory_holds_is_counted_once_for_all_communes(visit: Visit, town: Town) -> None:
    town.knows(serving("Crèche du Lavoir", concepts=("PE02",)))
    assert visit("/").n_queries == 4
    page = visit("/?ou=Nogent")
    assert "service publié1" in page.text
    assert page.n_queries == 2


def test_home_of_a_commune_and_of_a_language_are_kept_apart(visit: Visit) -> None:
    texts = [visit(path).text for path in ("/", "/?ou=Nogent", "/en/", "/simple")]
    assert len(set(texts)) == len(texts)
    assert [visit(path).text for path in ("/", "/?ou=Nogent", "/en/", "/simple")] == texts
