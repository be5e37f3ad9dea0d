"""The audience is counted without any visitor in it, and small figures stay hidden."""

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from portal.app import Opened, create_app
from portal.core.clock import FixedClock
from portal.core.command import Room
from portal.core.database import Database, open_database
from portal.core.job_runner import run_due
from portal.core.jobs import JobKinds
from portal.geography.territories import demonstration_territory
from portal.search.serving import current_search
from portal.statistics.cli import audience as audience_command
from portal.statistics.counting import Audience, add_counts, write_or_wait, write_what_was_seen
from portal.statistics.jobs import JOBS, RECURRING_JOBS
from portal.statistics.models import AudienceCount
from portal.statistics.rules import Seen, is_a_program
from tests.search.towns import Town, serving, settle_town

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"
DAY = date(2026, 11, 21)


@pytest.fixture
def app(database: Database, clock: FixedClock, tmp_path: Path) -> Flask:
    room = Room(data_dir=tmp_path, database=database, clock=clock)
    return create_app(room, demonstration_territory(), Opened("k" * 64, ("localhost",)))


@pytest.fixture
def town(app: Flask, database: Database, clock: FixedClock) -> Town:
    with app.app_context():
        return settle_town(database, clock, current_search())


@pytest.fixture
def visitor(app: Flask) -> FlaskClient:
    browser = app.test_client()
    browser.environ_base["HTTP_USER_AGENT"] = FIREFOX
    return browser


def _counted(app: Flask) -> dict[Seen, int]:
    audience: Audience = app.extensions["maillage audience"]
    return {seen: times for (_, seen), times in audience.take().items()}


def test_page_is_counted_by_its_kind_in_any_language(app: Flask, visitor: FlaskClient) -> None:
    for path in ("/aide", "/en/aide", "/simple/aide", "/"):
        visitor.get(path)
    assert _counted(app) == {Seen("aide"): 3, Seen("accueil"): 1}


def test_search_is_counted_by_what_it_was_about(app: Flask, town: Town, visitor: FlaskClient) -> None:
    town.knows(serving("Crèche Les Lutins", concepts=("PE01",)))
    visitor.get("/recherche?quoi=crèche&ou=Romilly-sur-Seine")
    visitor.get("/recherche?quoi=piscine&ou=Romilly-sur-Seine")
    themes = {(seen.commune, seen.found_nothing): times for seen, times in _counted(app).items()}
    assert themes == {("10323", False): 1, ("10323", True): 1}


def test_sheet_is_counted_by_its_theme_and_its_commune(app: Flask, town: Town, visitor: FlaskClient) -> None:
    town.knows(serving("Crèche Les Lutins", concepts=("PE01",)))
    _open_first_sheet(visitor, "crèche")
    assert Seen("services", "petite-enfance", "10323") in _counted(app)


def test_commune_is_not_counted_beside_an_intimate_sheet(app: Flask, town: Town, visitor: FlaskClient) -> None:
    town.knows(serving("Cabinet de psychologie", concepts=("SA03",)))
    _open_first_sheet(visitor, "psychologie")
    assert [seen for seen in _counted(app) if seen.kind == "services"] == [Seen("services", "sante")]


def test_place_is_counted_by_its_commune_and_what_all_its_services_share(
    app: Flask, town: Town, visitor: FlaskClient
) -> None:
    town.knows(serving("Crèche Les Lutins", concepts=("PE01",)))
    sheet = _open_first_sheet(visitor, "crèche")
    visitor.get(re.findall(r'href="(/lieux/[^".]+)"', sheet)[0])
    assert Seen("lieux", "petite-enfance", "10323") in _counted(app)


def _open_first_sheet(visitor: FlaskClient, words: str) -> str:
    answers = visitor.get(f"/recherche.json?quoi={words}").get_json()
    return visitor.get(urlsplit(answers["resultats"][0]["url"]).path).text


@pytest.mark.parametrize("words", ["violences conjugales", "psychologue", "alcool addiction", "aide alimentaire"])
def test_commune_is_not_counted_beside_an_intimate_need(
    app: Flask, town: Town, visitor: FlaskClient, words: str
) -> None:
    town.knows(serving("Mairie de Romilly"))
    visitor.get(f"/recherche?quoi={words}&ou=Romilly-sur-Seine")
    assert [(seen.kind, seen.commune) for seen in _counted(app)] == [("recherche", "")]


def test_counts_are_erased_after_twenty_five_months(database: Database, clock: FixedClock) -> None:
    ages = (1, 700, 800)
    with database.writing() as session:
        for age in ages:
            add_counts(session, {(clock.today() - timedelta(days=age), Seen("aide")): 1})
    run_due(database, clock, JobKinds(jobs=JOBS, recurring=RECURRING_JOBS))
    with database.reading() as session:
        days = session.scalars(select(AudienceCount.day)).all()
    assert {(clock.today() - day).days for day in days} == {1, 700}


def test_position_of_a_visitor_is_not_counted(app: Flask, town: Town, visitor: FlaskClient) -> None:
    town.knows(serving("Mairie de Romilly"))
    visitor.get("/recherche?ou=48.519,3.722")
    assert [seen.commune for seen in _counted(app)] == [""]


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/aide", {"User-Agent": "Mozilla/5.0 (compatible; ExampleBot/2.1)"}),
        ("/aide", {"User-Agent": ""}),
        ("/aide", {"Sec-Purpose": "prefetch;prerender"}),
        ("/nulle-part", {}),
        ("/recherche.json?quoi=mairie", {}),
        ("/robots.txt", {}),
    ],
)
def test_some_answers_are_not_visits(app: Flask, visitor: FlaskClient, path: str, headers: dict[str, str]) -> None:
    visitor.get(path, headers=headers)
    assert _counted(app) == {}


def test_staff_who_bear_a_cookie_are_no_visitors(app: Flask, visitor: FlaskClient) -> None:
    visitor.set_cookie("__Host-session", "1")
    visitor.get("/aide")
    assert _counted(app) == {}


@pytest.mark.parametrize("agent", ["curl/8.5", "python-requests/2.32", "Googlebot/2.1", "UptimeRobot/2.0; x", ""])
def test_programs_say_what_they_are(agent: str) -> None:
    assert is_a_program(agent)
    assert not is_a_program(FIREFOX)


def test_counts_add_up_in_the_database(database: Database) -> None:
    audience = Audience()
    for _ in range(2):
        audience.note(DAY, Seen("recherche", "sante"))
        write_what_was_seen(audience, database)
    with database.reading() as session:
        rows = session.scalars(select(AudienceCount)).all()
        assert [(row.day, row.kind, row.theme, row.times) for row in rows] == [(DAY, "recherche", "sante", 2)]


def test_counts_wait_while_the_database_cannot_be_written(tmp_path: Path) -> None:
    audience, empty = Audience(), open_database(f"sqlite:///{tmp_path / 'empty.sqlite'}")
    audience.note(DAY, Seen("aide"))
    with pytest.raises(OperationalError):
        write_what_was_seen(audience, empty)
    empty.close()
    assert audience.take() == {(DAY, Seen("aide")): 1}


def test_counts_kept_for_later_are_no_fault_and_lost_ones_are(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    audience, empty = Audience(most_kept=1), open_database(f"sqlite:///{tmp_path / 'empty.sqlite'}")
    audience.note(DAY, Seen("aide"))
    write_or_wait(audience, empty)
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    for kind in ("aide", "contact", "contact"):
        audience.note(DAY, Seen(kind))
    write_or_wait(audience, empty)
    empty.close()
    assert caplog.messages[-1] == "2 pages seen were not counted"
    assert audience.take() == {(DAY, Seen("aide")): 2}


Read = Callable[..., str]


@pytest.fixture
def read(database: Database, clock: FixedClock, tmp_path: Path) -> Read:
    """Run the command after some days of visits."""
    audience = Audience()
    for seen, times in ((Seen("recherche", "sante", "10323"), 7), (Seen("services"), 6), (Seen("aide"), 4)):
        for _ in range(times):
            audience.note(DAY, seen)
    audience.note(DAY - timedelta(days=40), Seen("services"))
    for _ in range(5):
        audience.note(DAY, Seen("recherche", found_nothing=True))
    write_what_was_seen(audience, database)

    def run(*arguments: str) -> str:
        room = Room(data_dir=tmp_path, database=database, clock=clock)
        outcome = CliRunner().invoke(audience_command, arguments, obj=room)
        assert outcome.exit_code == 0, outcome.output
        return outcome.output

    return run


def test_command_shows_what_was_seen_and_hides_small_figures(read: Read) -> None:
    lines = read().splitlines()
    assert lines[0].startswith("Pages vues depuis le 22/10/2026")
    assert "  recherche : 12" in lines
    assert "  services : 6" in lines
    assert "  aide : moins de 5" in lines
    assert "  Romilly-sur-Seine (10) : 7" in lines


def test_command_counts_from_the_day_asked(read: Read) -> None:
    told = json.loads(read("--since", "2026-10-01", "--json"))
    assert told["pages"] == {"recherche": 12, "services": 7, "aide": None}
    assert told["sans_resultat"] == {"recherche": 5}
