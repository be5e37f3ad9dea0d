"""The week of passages: on the screen, on the notice board, in a diary."""

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import feedparser
import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from portal.core.clock import FixedClock
from portal.core.database import Database
from portal.directory.cards.values import Link
from portal.directory.models.access_points import Stop, Tour
from portal.directory.models.services import Service
from portal.directory.operations.lifecycle import publish_service
from portal.directory.operations.openings import set_exceptions
from portal.directory.rules.choices import AddressShown, ContactType
from portal.directory.rules.contact_lines import ContactLine
from portal.hours.slots import DatedException, ExceptionKind
from portal.pages.passages.cards import Passage
from portal.pages.passages.poster import fitting, laid_out, size_for
from portal.pages.passages.rules import FARTHEST, PassagesRequest, poster_week, read_passages
from tests.directory.builders import Builder
from tests.pages.conftest import Page, Visit
from tests.search.towns import NOGENT, ROMILLY, TRAINEL, Change, a_place_in, open_town, serving
from tests.tools.claims import every

SATURDAY, MONDAY = date(2026, 11, 21), date(2026, 11, 16)


@pytest.fixture(autouse=True)
def _directory(database: Database, clock: FixedClock, tmp_path: Path) -> None:
    """Let a bus, a market and a desk pass; it is Saturday 21 November 2026, nine in the morning."""
    open_town(database, clock, tmp_path).knows(
        a_round("Bus numérique", ROMILLY, "Tu 09:00-12:00,14:00-16:00"),
        a_round("Épicerie roulante", TRAINEL, "Sa 10:00-11:00"),
        serving("Permanence Caf", ROMILLY, opens='We 14:00-16:00 "sur rendez-vous"', concepts=("SO03",)),
        serving("Accueil de tous les jours", ROMILLY, opens="Mo-Fr 09:00-12:00", concepts=("SO03",)),
    )


def a_round(title: str, commune: str, opens: str) -> Change:
    def act(build: Builder) -> Service:
        service = build.a_draft(title=title, concepts=("NU01",))
        stop = build.a_stop(build.a_tour(name=title), place=a_place_in(build, commune), opens=opens)
        build.an_access_point(service, at=stop)
        publish_service(build.session, service=service, act=build.act)
        return service

    return act


def passages(page: Page) -> list[str]:
    lists = [each for each in page.root.iter("ul") if each.get("class") == "passages"]
    return [" ".join("".join(item.itertext()).split()) for each in lists for item in each]


def test_week_around_a_commune_tells_rounds_and_rare_desks(visit: Visit) -> None:
    page = visit("/passages?ou=romilly&semaine=2026-W48")
    assert page.h1 == "Passages autour de Romilly-sur-Seine (10)"
    assert [line.replace("\u00a0", " ").partition(" · ")[0] for line in passages(page)] == [
        "9 h–12 h, 14 h–16 h Bus numérique Accompagnement au numérique",
        "14 h–16 h Permanence Caf sur rendez-vous Caisse d’allocations familiales",
    ]


def test_days_are_named(visit: Visit) -> None:
    page = visit("/passages?ou=romilly&semaine=2026-W48")
    assert [each.text for each in page.root.findall(".//h2")] == ["mardi 24 novembre", "mercredi 25 novembre"]


def test_page_opens_on_seven_days_from_today(visit: Visit) -> None:
    page = visit("/passages?ou=romilly")
    assert "Du samedi 21 novembre au vendredi 27 novembre 2026" in page.text
    assert "mardi 24 novembre" in page.text


def publish(database: Database, *acts: Change) -> None:
    with database.writing() as session:
        for act in acts:
            act(Builder(session))


def lines_in(visit: Visit, query: str) -> list[str]:
    """List what passes in Nogent, as far as what it is."""
    page = visit(f"/passages?ou=nogent&rayon=5&{query}")
    return [line.replace("\u00a0", " ").partition(" Acc")[0] for line in passages(page)]


@pytest.mark.parametrize(
    ("opens", "told"),
    [
        ('Tu 09:00-12:00; 2026 Nov 24 off "panne"', ["9 h–12 h Bus annulé : panne"]),
        ("Tu 09:00-12:00; 2026 Nov 24 off", ["9 h–12 h Bus annulé"]),
        (
            'Tu 09:00-12:00,14:00-16:00; 2026 Nov 24 14:00-16:00 off "panne"',
            ["9 h–12 h Bus", "14 h–16 h Bus annulé : panne"],
        ),
        ("Tu 09:00-12:00; 2026 Dec 01 off", ["9 h–12 h Bus"]),
    ],
)
def test_what_a_closure_takes_away_is_told_as_cancelled(
    visit: Visit, database: Database, opens: str, told: list[str]
) -> None:
    publish(database, a_round("Bus", NOGENT, opens))
    assert lines_in(visit, "semaine=2026-W48") == told


def test_reason_is_withheld_where_the_address_is(visit: Visit, database: Database) -> None:
    def act(build: Builder) -> None:
        where = a_place_in(build, NOGENT, address_shown=AddressShown.COMMUNE)
        build.a_service(
            title="Écoute", at=where, opens='We 10:00-11:00; 2026 Nov 25 off "cour fermée"', concepts=("SO03",)
        )

    publish(database, act)
    [line] = lines_in(visit, "semaine=2026-W48")
    assert line.startswith("10 h–11 h Écoute annulé Caisse")
    assert "Maison de Nogent" not in line


def test_reason_of_a_closure_is_french_in_english(visit: Visit, database: Database) -> None:
    publish(database, a_round("Bus", NOGENT, 'Tu 09:00-12:00; 2026 Nov 24 off "panne"'))
    page = visit("/en/passages?ou=nogent&rayon=5&semaine=2026-W48")
    assert [each.text for each in page.root.iter("span") if each.get("lang") == "fr" and each.text == "panne"] == [
        "panne"
    ]


def test_closed_office_of_every_day_is_no_cancelled_passage(visit: Visit, database: Database) -> None:
    publish(database, serving("Bureau", NOGENT, opens="Mo-Fr 09:00-12:00; 2026 Nov 24 off", concepts=("SO03",)))
    assert lines_in(visit, "semaine=2026-W48") == []


def test_number_to_call_stands_where_an_appointment_is_asked(visit: Visit, database: Database) -> None:
    call = (ContactLine(ContactType.PHONE, "03 53 01 00 00"),)
    asked = serving("Conseil", NOGENT, opens='We 10:00-11:00 "sur rendez-vous"', concepts=("SO03",), contacts=call)
    publish(database, asked, serving("Accueil", NOGENT, opens="We 14:00-16:00", concepts=("SO03",), contacts=call))
    links = visit("/passages?ou=nogent&semaine=2026-W48&rayon=5").links()
    assert links["Appeler Conseil au 03 53 01 00 00"] == "tel:0353010000"
    assert "Appeler Accueil au 03 53 01 00 00" not in links


def test_public_holiday_is_named_even_where_nothing_passes(visit: Visit) -> None:
    days = [
        "".join(each.itertext())
        for week in ("W52", "W53")
        for each in visit(f"/passages?ou=romilly&semaine=2026-{week}").root.findall(".//h2")
    ]
    assert "vendredi 25 décembre (Jour de Noël, férié)" in days
    assert "vendredi 1er janvier (jour férié)" in days


def test_what_is_over_today_is_left_out(visit: Visit, clock: FixedClock) -> None:
    assert len(passages(visit("/passages?ou=trainel"))) == 1
    clock.advance(timedelta(hours=2))
    assert passages(visit("/passages?ou=trainel")) == []


def test_without_a_place_only_rounds_of_the_territory_are_told(visit: Visit) -> None:
    page = visit("/passages?semaine=2026-W48")
    assert page.h1 == "Les tournées du territoire"
    assert len(passages(page)) == 2
    assert "Permanence Caf" not in page.text


def test_place_unknown_is_told_with_the_rounds(visit: Visit) -> None:
    page = visit("/passages?ou=zzzzzz&semaine=2026-W48")
    assert "Nous n’avons pas trouvé cette commune" in page.text
    assert "Bus numérique" in page.text


def test_radius_and_theme_narrow_the_week(visit: Visit) -> None:
    wide = visit("/passages?ou=romilly&semaine=2026-W48&rayon=30")
    narrow = visit("/passages?ou=romilly&semaine=2026-W48&rayon=30&theme=social")
    assert (len(passages(wide)), len(passages(narrow))) == (3, 1)
    assert 'content="noindex"' in narrow.response.text


def test_weeks_follow_each_other(visit: Visit) -> None:
    first, second = visit("/passages?ou=romilly"), visit("/passages?ou=romilly&semaine=2026-11-28")
    assert first.links()["Les 7 jours suivants"] == "/passages?ou=romilly&semaine=2026-11-28"
    assert second.links()["Les 7 jours précédents"] == "/passages?ou=romilly"
    assert "Les 7 jours précédents" not in first.links()


def test_place_has_one_address_however_it_is_written(visit: Visit) -> None:
    pages = [visit(f"/passages?ou={words}") for words in ("romilly", "10323", "48.5187,3.7215", "Romilly sur Seine")]
    canonical = {
        each.get("href") for page in pages for each in page.root.iter("link") if each.get("rel") == "canonical"
    }
    assert canonical == {"http://localhost/passages?ou=Romilly-sur-Seine"}


def test_position_is_taken_for_a_place(visit: Visit) -> None:
    page = visit("/passages?ou=48.5187,3.7215&semaine=2026-W48")
    assert page.h1 == "Passages autour de Romilly-sur-Seine (10)"
    assert len(passages(page)) == 2


@pytest.mark.parametrize(
    ("week", "first"),
    [
        ("", SATURDAY),
        ("2026-W48", date(2026, 11, 23)),
        ("2026-11-29", date(2026, 11, 29)),
        ("2020-W01", SATURDAY),
        ("9999-W52", date(2027, 2, 13)),
        ("2026-W99", SATURDAY),
        ("hier", SATURDAY),
    ],
)
def test_any_week_is_brought_back_to_what_is_written_out(week: str, first: date) -> None:
    assert read_passages({"semaine": week}, themes=frozenset(), today=SATURDAY).first == first


def test_address_comes_back_as_it_was() -> None:
    asked = PassagesRequest(SATURDAY, "Bessy", 20, "sante").later(FARTHEST)
    given = asked.parameters(SATURDAY)
    assert read_passages(given, themes=frozenset({"sante"}), today=SATURDAY) == asked


def test_poster_shows_the_week_and_its_address(visit: Visit) -> None:
    page = visit("/passages/affiche?ou=romilly&semaine=2026-W48&rayon=30")
    assert page.h1 == "Passages autour de Romilly-sur-Seine (10)"
    assert ("Épicerie roulante" in page.text, "localhost/passages?ou=10323" in page.text) == (True, True)
    assert page.root.find(".//{http://www.w3.org/2000/svg}svg[@class='qr']") is not None


def test_poster_tells_the_same_days_once(visit: Visit, database: Database) -> None:
    publish(
        database,
        a_round("Pain", NOGENT, "Mo,We 09:00-10:00; Fr 17:00-18:00"),
        a_round("Fromage", NOGENT, "Mo,We,Sa 09:00-10:00"),
    )
    page = visit("/passages/affiche?ou=nogent&rayon=5&semaine=2026-W48")
    assert [each.text for each in page.root.findall(".//h2")] == [
        "lundi 23 novembre et mercredi 25 novembre",
        "vendredi 27 novembre",
        "samedi 28 novembre",
    ]


def test_poster_says_whom_to_call_and_what_is_cancelled(visit: Visit, database: Database) -> None:
    call = (ContactLine(ContactType.PHONE, "03 53 01 00 00"),)
    publish(
        database,
        serving("Conseil", NOGENT, opens='We 10:00-11:00 "sur rendez-vous"', concepts=("SO03",), contacts=call),
        a_round("Bus", NOGENT, 'Tu 09:00-12:00; 2026 Nov 24 off "Panne."'),
    )
    text = visit("/passages/affiche?ou=nogent&rayon=5&semaine=2026-W48").text.replace("\u00a0", " ")
    assert "sur rendez-vous · 03 53 01 00 00" in text
    assert "annulé : Panne" in text
    assert "Panne." not in text


def test_poster_offers_the_weeks_to_come(visit: Visit) -> None:
    page = visit("/passages/affiche?ou=romilly&semaine=2026-11-28")
    [weeks] = [each for each in page.root.iter("select") if each.get("name") == "semaine"]
    assert [each.get("value") for each in weeks] == ["2026-11-21", "", "2026-11-28", "2026-W49", "2026-W50", "2026-W51"]
    assert [each.get("value") for each in weeks if each.get("selected") is not None] == ["2026-11-28"]


def test_poster_made_at_the_end_of_a_week_tells_the_next_one(visit: Visit) -> None:
    assert "Du lundi 23 novembre au dimanche 29 novembre 2026" in visit("/passages/affiche?ou=romilly").text
    assert "Du samedi 21 novembre" in visit("/passages/affiche?ou=romilly&semaine=2026-11-21").text


@pytest.mark.parametrize(("day", "first"), [("2026-11-26", "2026-11-26"), ("2026-11-27", "2026-11-30")])
def test_notice_board_is_made_for_this_week_until_thursday(day: str, first: str) -> None:
    assert poster_week(date.fromisoformat(day)) == date.fromisoformat(first)


def test_poster_gives_the_number_of_all_that_passes(visit: Visit, database: Database) -> None:
    call = (ContactLine(ContactType.PHONE, "03 53 01 00 00"),)
    publish(database, serving("Conseil", NOGENT, opens="We 10:00-11:00", concepts=("SO03",), contacts=call))
    assert "03 53 01 00 00" in visit("/passages/affiche?ou=nogent&rayon=5").text.replace("\u00a0", " ")


def test_poster_says_when_it_was_made(visit: Visit) -> None:
    assert "affiche du 21 novembre 2026" in visit("/passages/affiche?ou=romilly").text.replace("\u00a0", " ")


def test_address_of_a_poster_leads_to_its_commune(visit: Visit) -> None:
    assert visit("/passages?ou=10323").h1 == "Passages autour de Romilly-sur-Seine (10)"


def test_poster_of_a_commune_outside_the_territory_says_so(visit: Visit) -> None:
    assert "hors du territoire de ce portail" in visit("/passages/affiche?ou=Lyon").text
    assert "hors du territoire" not in visit("/passages/affiche?ou=villenauxe&rayon=5").text


def test_poster_asks_for_a_commune_first(visit: Visit) -> None:
    assert visit("/passages/affiche").h1 == "Une affiche pour votre commune"


def test_crowded_poster_keeps_to_the_nearest(visit: Visit, database: Database) -> None:
    with database.writing() as session:
        for number in range(60):
            a_round(f"Tournée {number:02}", NOGENT, "Mo 09:00-10:00")(Builder(session))
    page = visit("/passages/affiche?ou=romilly&semaine=2026-W48&rayon=30")
    assert "Bus numérique" in page.text
    assert re.search("autres passages.* km.*: Tournée ", page.text)
    links = page.links()
    assert links["Tout ne tient pas sur une page : en prendre deux"].startswith("/passages/affiche?feuilles=2&")


@st.composite
def a_week(draw: st.DrawFn) -> tuple[Passage, ...]:
    """Draw passages in order of time, some of them at home."""
    days = sorted(draw(st.lists(st.integers(0, 6), max_size=90)))
    return tuple(
        Passage(
            day=MONDAY + timedelta(days=day),
            times="9 h–12 h",
            link=Link(str(number), "bus", "Bus " * draw(st.integers(1, 25))),
            access_point="",
            kind=draw(st.sampled_from(["", "Bus des services"])),
            place="Lavoir",
            commune="Bessy (10)",
            town="Bessy",
            commune_code=draw(st.sampled_from([ROMILLY, NOGENT])),
            metres=draw(st.none() | st.floats(0, 30_000)),
            distance="",
            tour=None,
            remark="",
        )
        for number, day in enumerate(days)
    )


def test_poster_of_two_sheets_holds_what_one_cannot(visit: Visit, database: Database) -> None:
    with database.writing() as session:
        for number in range(40):
            a_round(f"Tournée {number:02}", NOGENT, "Mo 09:00-10:00")(Builder(session))
    page = visit("/passages/affiche?ou=romilly&semaine=2026-W48&rayon=30&feuilles=2")
    assert "Tournée 39" in page.text
    assert "Deux pages A4" in page.text


@given(a_week())
def test_second_sheet_is_filled_too(week: tuple[Passage, ...]) -> None:
    alone, both = (fitting(week, home=ROMILLY, n_sheets=number) for number in (1, 2))
    assert len(both) > len(alone) or both == week


def test_poster_says_what_it_is_only_when_the_name_does_not(visit: Visit, database: Database) -> None:
    publish(database, serving("Bibliothèque du Menhir", NOGENT, opens="We 10:00-11:00", concepts=("CS01",)))
    text = visit("/passages/affiche?ou=nogent&rayon=5&semaine=2026-W48").text
    assert "Bibliothèque du Menhir" in text
    assert "médiathèque" not in text


def test_week_leads_to_its_poster_before_its_passages(visit: Visit) -> None:
    written = visit("/passages?ou=romilly").response.text
    assert 0 < written.find("/passages/affiche?") < written.find("resultats", written.find("<h1"))


@given(a_week())
def test_poster_holds_no_more_than_a_sheet(week: tuple[Passage, ...]) -> None:
    kept = fitting(week, home=ROMILLY)
    assert size_for(laid_out(kept)) is not None
    assert list(kept) == [each for each in week if each in kept]
    assert bool(kept) == bool(week)


@given(a_week())
def test_full_poster_leaves_out_trade_before_services(week: tuple[Passage, ...]) -> None:
    mixed = tuple(replace(each, is_trade=number % 2 == 0) for number, each in enumerate(week))
    kept = fitting(mixed, home=ROMILLY)
    if any(each.is_trade for each in kept):
        assert all(each in kept for each in mixed if not each.is_trade)


@given(a_week())
def test_commune_comes_first_on_a_full_poster(week: tuple[Passage, ...]) -> None:
    kept = fitting(week, home=ROMILLY)
    if any(each.commune_code != ROMILLY for each in kept):
        assert all(each in kept for each in week if each.commune_code == ROMILLY)


def test_diary_reads_the_coming_weeks(browser: FlaskClient) -> None:
    answer = browser.get("/passages.ics?ou=romilly")
    events = Calendar.from_ical(answer.text).walk("VEVENT")
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert len({event["UID"] for event in events}) == len(events) == 3 * 4
    assert events[0]["SUMMARY"] == "Bus numérique"
    assert str(events[0]["LOCATION"]).endswith("10100 Romilly-sur-Seine")


def test_diary_keeps_what_is_cancelled_and_says_so(browser: FlaskClient, database: Database) -> None:
    publish(database, a_round("Bus", NOGENT, 'Tu 09:00-12:00; 2026 Nov 24 off "panne"'))
    events = Calendar.from_ical(browser.get("/passages.ics?ou=nogent&rayon=5").text).walk("VEVENT")
    assert [(event["STATUS"], "Annulé : panne" in str(event["DESCRIPTION"])) for event in events[:2]] == [
        ("CANCELLED", True),
        ("CONFIRMED", False),
    ]


def test_passages_are_read_by_a_reader_of_news(browser: FlaskClient) -> None:
    answer = browser.get("/passages.atom?ou=romilly")
    feed = feedparser.parse(answer.data)
    assert (feed.bozo, feed.version, answer.content_type) == (False, "atom10", "application/atom+xml; charset=utf-8")
    assert "autour de Romilly-sur-Seine (10)" in feed.feed.title
    assert len({entry.id for entry in feed.entries}) == len(feed.entries) == 2 * 2
    assert every(entry.updated_parsed and entry.link and entry.summary for entry in feed.entries)
    assert feed.entries[-1].title.replace("\u00a0", " ") == "Mardi 24 novembre, 9 h–12 h, 14 h–16 h : Bus numérique"


def test_news_tell_again_what_is_cancelled(browser: FlaskClient, database: Database) -> None:
    publish(database, a_round("Bus", NOGENT, "Tu 09:00-12:00"))
    before = feedparser.parse(browser.get("/passages.atom?ou=nogent&rayon=5").data).entries
    with database.writing() as session:
        [stop] = session.query(Stop).join(Tour, Tour.id == Stop.tour_id).filter(Tour.name == "Bus")
        gone = DatedException(date(2026, 11, 24), date(2026, 11, 24), ExceptionKind.CLOSED, reason="panne")
        set_exceptions(session, owner=stop, exceptions=[gone], act=Builder(session).later(hours=1))
    after = feedparser.parse(browser.get("/passages.atom?ou=nogent&rayon=5").data).entries
    changed = [entry for entry in after if "annulé : panne" in entry.summary.replace("\u00a0", " ")]
    assert ({each.id for each in after}, len(changed)) == ({each.id for each in before}, 1)
    assert changed[0].updated == "2026-11-21T12:00:00Z"


def test_empty_news_are_news_all_the_same(browser: FlaskClient) -> None:
    feed = feedparser.parse(browser.get("/passages.atom?ou=nogent&rayon=5").data)
    assert (feed.bozo, feed.entries, bool(feed.feed.updated)) == (False, [], True)


def test_page_leads_to_its_shapes(visit: Visit) -> None:
    links = [each for each in visit("/passages?ou=romilly").root.iter("link") if each.get("rel") == "alternate"]
    shapes = {each.get("type"): each.get("href") for each in links if each.get("type")}
    assert shapes == {
        "text/calendar": "/passages.ics?ou=romilly",
        "application/atom+xml": "/passages.atom?ou=romilly",
    }


def test_page_leads_diaries_to_subscribe(visit: Visit) -> None:
    assert (
        visit("/passages?ou=romilly").links()["S’abonner à cet agenda"] == "webcal://localhost/passages.ics?ou=romilly"
    )


def test_diary_is_the_same_an_hour_later(browser: FlaskClient, clock: FixedClock) -> None:
    before = browser.get("/passages.ics?ou=romilly").text
    clock.advance(timedelta(hours=1))
    assert browser.get("/passages.ics?ou=romilly").text == before
