"""What is taken away from a sheet is read by other people's programs: checked with some of them."""

import json
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from typing import Any

import pytest
import vobject
from flask.testing import FlaskClient
from icalendar import Calendar
from jsonschema import Draft202012Validator
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal.core.changes import SYSTEM, Act
from portal.core.clock import FixedClock
from portal.core.database import Database
from portal.directory.models.places import Place
from portal.directory.models.services import Service
from portal.directory.operations.lifecycle import close_service, publish_service
from portal.directory.operations.places import change_place
from portal.directory.operations.services import delete_service
from portal.directory.rules.choices import AccessFeature, Answer, ContactAudience, ContactType, Cost
from portal.directory.rules.contact_lines import ContactLine
from portal.geography.points import Point
from tests.directory.builders import Builder, hours
from tests.pages.conftest import Visit
from tests.pages.sheets.conftest import Make, address_of

SCHEMA = json.loads(files("portal.pages.sheets").joinpath("reference", "fiche.schema.json").read_text(encoding="utf-8"))
LONG = "Maison des services\u202f; accueil, aide et démarches de la Communauté de communes des Portes de Romilly"


def a_desk(build: Builder) -> Service:
    point = Point(48.5187, 3.7215)
    place = build.a_place(name=LONG, point=point, access={AccessFeature.LIFT: Answer.YES})
    contacts = [
        ContactLine(ContactType.PHONE, "03 53 01 00 00"),
        ContactLine(ContactType.MAIL, "bonjour@poste.example"),
        ContactLine(ContactType.PHONE, "03 53 01 99 99", audience=ContactAudience.PROFESSIONAL),
    ]
    title = "Aide aux papiers </script><b>, à Romilly"
    return build.a_service(title=title, at=place, opens="Mo 09:00-12:00; PH off", contacts=contacts, cost=Cost.FREE)


def a_refuge(build: Builder) -> Service:
    return build.a_service(title="Écoute", concepts=("SO11",), opens="Mo 09:00-12:00")


def described(visit: Visit, path: str) -> Any:  # noqa: ANN401 - JSON has no narrower type
    [script] = [each for each in visit(path).root.findall(".//script") if each.get("type") == "application/ld+json"]
    return json.loads(script.text or "")


def test_sheet_in_json_keeps_to_its_schema(make: Make, browser: FlaskClient) -> None:
    answer = browser.get(make(a_desk) + ".json")
    Draft202012Validator(SCHEMA).validate(answer.json)
    assert answer.json is not None
    assert answer.json["accueils"][0]["horaires_osm"] == "Mo 09:00-12:00; PH off"
    assert "99 99" not in answer.text


def test_calendar_holds_the_openings_of_thirteen_weeks(make: Make, browser: FlaskClient) -> None:
    events = Calendar.from_ical(browser.get(make(a_desk) + ".ics").text).walk("VEVENT")
    assert len(events) == 13
    assert events[0].decoded("DTSTART") == datetime(2026, 11, 23, 8, tzinfo=UTC)
    assert str(events[0]["LOCATION"]).startswith(LONG)


def test_calendar_keeps_the_names_of_its_events(make: Make, browser: FlaskClient) -> None:
    path = make(a_desk) + ".ics"
    first, again = (
        [str(event["UID"]) for event in Calendar.from_ical(browser.get(path).text).walk("VEVENT")] for _ in range(2)
    )
    assert first == again
    assert len({*first}) == len(first)


def test_address_book_takes_the_card_of_a_service(make: Make, browser: FlaskClient) -> None:
    answer = browser.get(make(a_desk) + ".vcf")
    card = vobject.readOne(answer.text)
    assert card.fn.value == "Aide aux papiers </script><b>, à Romilly"
    assert [line.value for line in card.contents["tel"]] == ["03 53 01 00 00"]
    assert card.email.value == "bonjour@poste.example"
    assert (card.adr.value.street, card.adr.value.code) == ("1 rue du Lavoir", "10100")
    assert card.geo.value == "geo:48.5187,3.7215"


def test_card_is_written_as_the_norm_asks(make: Make, browser: FlaskClient) -> None:
    answer = browser.get(make(a_desk) + ".vcf")
    assert max(len(line.encode()) for line in answer.text.split("\r\n")) <= 75
    assert "\n" not in answer.text.replace("\r\n", "")
    assert answer.headers["Content-Type"] == "text/vcard; charset=utf-8"


def test_place_has_a_card_that_says_what_is_there(make: Make, browser: FlaskClient) -> None:
    def house(build: Builder) -> Place:
        place = build.a_place(name="Maison; commune")
        build.a_service(title="La Poste", at=place)
        return place

    card = vobject.readOne(browser.get(make(house) + ".vcf").text)
    assert (card.fn.value, card.note.value) == ("Maison; commune", "La Poste")


@pytest.mark.parametrize("shape", ["json", "ics", "vcf"])
def test_refuge_tells_its_address_in_no_shape(make: Make, browser: FlaskClient, shape: str) -> None:
    answer = browser.get(f"{make(a_refuge)}.{shape}")
    assert answer.status_code == 200
    assert "Lavoir" not in answer.text
    assert "Maison commune" not in answer.text


@pytest.mark.parametrize("shape", ["json", "ics", "vcf"])
def test_shapes_of_another_name_lead_to_the_right_one(make: Make, browser: FlaskClient, shape: str) -> None:
    path = make(a_desk)
    assert browser.get(f"{path.replace('aide', 'soutien')}.{shape}").location == f"{path}.{shape}"


def test_calendar_that_says_the_same_is_not_sent_again(
    make: Make, browser: FlaskClient, clock: FixedClock, database: Database
) -> None:
    path = make(a_desk) + ".ics"
    mark = browser.get(path).headers["ETag"]
    clock.advance(timedelta(minutes=5))
    assert browser.get(path, headers={"If-None-Match": mark}).status_code == 304
    with database.writing() as session:
        place = session.scalars(select(Place)).one()
        act = Act(by=SYSTEM, at=clock.now())
        change_place(session, place=place, act=act, name="Maison neuve")
    assert browser.get(path, headers={"If-None-Match": mark}).status_code == 200


def test_address_of_a_sheet_is_whole_for_programs(make: Make, browser: FlaskClient) -> None:
    path = make(a_desk)
    assert told(browser.get(path + ".json"))["url"] == f"http://localhost{path}"


def told(answer: TestResponse, status: int = 200) -> dict[str, Any]:
    assert (answer.status_code, answer.json is None) == (status, False)
    return dict(answer.json or {})


@pytest.mark.parametrize("shape", ["json", "ics", "vcf"])
def test_closed_service_tells_programs_who_answers_today(make: Make, browser: FlaskClient, shape: str) -> None:
    heirs: list[str] = []

    def closed(build: Builder) -> Service:
        service, heir = a_desk(build), build.a_service(title="Guichet")
        close_service(build.session, service=service, act=build.act, successor=heir)
        heirs.append(address_of(heir))
        return service

    answer = browser.get(f"{make(closed)}.{shape}")
    problem = told(answer, 410)
    assert answer.mimetype == "application/problem+json"
    assert (problem["status"], problem["detail"]) == (410, "Ce service a fermé le 21 novembre 2026.")
    assert problem["successeur"] == f"http://localhost{heirs[0]}"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_sheet_taken_away_is_a_problem_for_programs(make: Make, browser: FlaskClient) -> None:
    def deleted(build: Builder) -> Service:
        service = build.a_draft(title="Perception")
        delete_service(build.session, service=service, act=build.act)
        return service

    problem = told(browser.get(make(deleted) + ".json"), 410)
    assert problem["detail"] == "Elle a été retirée du portail le 21 novembre 2026."


def test_search_engines_are_told_what_it_is_and_when(make: Make, visit: Visit) -> None:
    told = described(visit, make(a_desk))
    channel = told["availableChannel"][0]
    assert (told["@type"], told["offers"]["price"]) == ("Service", "0")
    assert channel["servicePhone"]["telephone"] == "03 53 01 00 00"
    assert channel["serviceLocation"]["address"]["postalCode"] == "10100"
    opened = channel["serviceLocation"]["openingHoursSpecification"][0]
    assert (opened["dayOfWeek"], opened["opens"]) == (["https://schema.org/Monday"], "09:00")


def test_hours_of_a_telephone_are_told_with_it(make: Make, visit: Visit) -> None:
    def line(build: Builder) -> Service:
        service = build.a_draft(contacts=[ContactLine(ContactType.PHONE, "03 53 01 00 00")])
        build.by_phone(service, opening=hours("Mo 09:00-12:00"))
        publish_service(build.session, service=service, act=build.act)
        return service

    [channel] = described(visit, make(line))["availableChannel"]
    assert channel["servicePhone"]["hoursAvailable"][0]["opens"] == "09:00"
    assert "serviceLocation" not in channel


def test_title_cannot_end_what_search_engines_read(make: Make, visit: Visit) -> None:
    assert described(visit, make(a_desk))["name"] == "Aide aux papiers </script><b>, à Romilly"


def test_search_engines_learn_no_withheld_address(make: Make, visit: Visit) -> None:
    assert "Lavoir" not in json.dumps(described(visit, make(a_refuge)))


def test_search_engines_are_told_of_places_and_structures(make: Make, visit: Visit) -> None:
    def house(build: Builder) -> Place:
        place = build.a_place(name="Maison commune")
        build.a_service(at=place)
        return place

    assert described(visit, make(house))["name"] == "Maison commune"
    assert described(visit, make(lambda build: build.a_structure(name="CCAS")))["@type"] == "Organization"
