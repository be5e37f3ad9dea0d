"""The whole list a search finds, read by other people's programs: a table, points, news."""

import csv
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http import HTTPStatus
from importlib.resources import files
from io import StringIO
from pathlib import Path
from typing import Any

import feedparser
import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from jsonschema import Draft202012Validator
from sqlalchemy import event

from portal.app import Opened, create_app
from portal.core.command import Room
from portal.directory.models.services import Service
from portal.directory.operations.services import change_service
from portal.directory.rules.choices import AddressShown, ContactAudience, ContactType, Precision
from portal.directory.rules.contact_lines import ContactLine
from portal.geography.territories import demonstration_territory
from portal.search.exports.listing import alone, whole_list
from portal.search.exports.table import BYTE_ORDER_MARK, COLUMNS, harmless
from portal.search.requests import SearchRequest
from search_index.engine import IndexDamaged
from search_index.queries import Query
from search_index.results import Results
from tests.directory.builders import Builder
from tests.search.towns import NOGENT, Town, a_place_in, serving
from tests.tools.claims import every

SCHEMA = files("portal.search").joinpath("reference", "recherche-tableau.schema.json")
POINT = {
    "type": "object",
    "required": ["type", "features"],
    "properties": {
        "type": {"const": "FeatureCollection"},
        "features": {
            "items": {
                "required": ["type", "geometry", "properties"],
                "properties": {
                    "type": {"const": "Feature"},
                    "geometry": {
                        "required": ["type", "coordinates"],
                        "properties": {
                            "type": {"const": "Point"},
                            "coordinates": {"type": "array", "minItems": 2, "maxItems": 2, "items": {"type": "number"}},
                        },
                    },
                },
            }
        },
    },
}
"""What RFC 7946 asks of a collection of points."""


@pytest.fixture
def client(town: Town, tmp_path: Path) -> FlaskClient:
    town.knows(
        serving("Crèche du Lavoir", opens="Mo-Fr 07:30-18:30", concepts=("PE02",), summary="Pour les tout-petits"),
        serving("=1+1 Crèche; des Quais", NOGENT, concepts=("PE02",)),
        serving("Crèche du bourg", concepts=("PE02",), contacts=_contacts()),
        _withheld,
        _somewhere_in_romilly,
    )
    room = Room(data_dir=tmp_path, database=town.database, clock=town.clock)
    opened = Opened(secret_key="k" * 64, hosts=("localhost",), base_url="https://services.example")
    return create_app(room, demonstration_territory(), opened).test_client()


def _contacts() -> tuple[ContactLine, ...]:
    return (
        ContactLine(ContactType.PHONE, "+33 3 53 01 00 00"),
        ContactLine(ContactType.PHONE, "03 53 01 99 99", audience=ContactAudience.PROFESSIONAL),
    )


def _withheld(build: Builder) -> Service:
    place = a_place_in(build, NOGENT, address_shown=AddressShown.COMMUNE, name="Lieu secret")
    return build.a_service(title="Crèche discrète", at=place, concepts=("PE02",))


def _somewhere_in_romilly(build: Builder) -> Service:
    place = a_place_in(build, NOGENT, precision=Precision.COMMUNE, name="Quelque part")
    return build.a_service(title="Crèche sans adresse", at=place, concepts=("PE02",))


@contextmanager
def counted(town: Town) -> Iterator[list[str]]:
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("PRAGMA", "BEGIN", "SET LOCAL")):
            asked.append(statement)

    event.listen(town.database.engine, "before_cursor_execute", note)
    yield asked
    event.remove(town.database.engine, "before_cursor_execute", note)


def rows(client: FlaskClient, query: str) -> dict[str, dict[str, str]]:
    text = client.get(f"/recherche.csv?{query}").text
    assert text.startswith(BYTE_ORDER_MARK)
    read = csv.DictReader(StringIO(text.removeprefix(BYTE_ORDER_MARK), newline=""), delimiter=";")
    return {row["titre"]: row for row in read}


def test_table_holds_every_service_found(client: FlaskClient) -> None:
    found = rows(client, "quoi=crèche&ou=romilly")
    assert len(found) == 5
    first = found["Crèche du Lavoir"]
    assert tuple(first) == COLUMNS
    assert (first["commune"], first["distance_m"], first["types"]) == (
        "Romilly-sur-Seine",
        "0",
        "Crèche, halte-garderie, micro-crèche",
    )
    assert first["horaires"].replace("\u00a0", " ") == "lun.–ven. 7 h 30–18 h 30"
    assert first["adresse_web"].startswith("https://services.example/services/creche-du-lavoir-")


def test_table_is_as_published(client: FlaskClient) -> None:
    fields = json.loads(SCHEMA.read_text(encoding="utf-8"))["fields"]
    assert [field["name"] for field in fields] == list(COLUMNS)
    for row in rows(client, "ou=romilly").values():
        assert [fault for field in fields if (fault := _fault(field, row[field["name"]]))] == []


def _fault(field: dict[str, Any], value: str) -> str:
    """Say what a value has that its field may not."""
    limits = field.get("constraints", {})
    if not value:
        return f"{field['name']} is empty" if limits.get("required") else ""
    patterns = {"number": r"-?\d+(\.\d+)?", "integer": r"\d+", "date": r"\d{4}-\d\d-\d\d"}
    fits = re.fullmatch(patterns.get(field["type"], ".*"), value) and value in limits.get("enum", [value])
    return "" if fits else f"{field['name']}: {value}"


def test_table_holds_no_formula_and_no_professional_number(client: FlaskClient) -> None:
    found = rows(client, "quoi=crèche")
    assert "'=1+1 Crèche; des Quais" in found
    assert found["Crèche du bourg"]["telephone"] == "'+33 3 53 01 00 00"


def test_withheld_address_stays_out_of_every_form(client: FlaskClient) -> None:
    hidden = rows(client, "quoi=crèche")["Crèche discrète"]
    assert (hidden["lieu"], hidden["adresse"], hidden["latitude"], hidden["commune"]) == (
        "",
        "",
        "",
        "Nogent-sur-Seine",
    )
    for shape in ("csv", "geojson", "atom", "ics"):
        assert "Lieu secret" not in client.get(f"/recherche.{shape}?quoi=crèche").text


@given(st.text(max_size=20))
def test_no_cell_can_be_a_formula(text: str) -> None:
    assert harmless(text)[:1] not in {"=", "+", "-", "@", "\t", "\r"}


def points(client: FlaskClient, query: str) -> Any:  # noqa: ANN401 - JSON values have no narrower type
    answer = client.get(f"/recherche.geojson?{query}")
    assert answer.content_type.startswith("application/geo+json")
    body = json.loads(answer.text)
    assert [error.message for error in Draft202012Validator(POINT).iter_errors(body)] == []
    return body


def test_points_are_those_known_exactly(client: FlaskClient) -> None:
    body = points(client, "quoi=crèche")
    titles = {each["properties"]["titre"] for each in body["features"]}
    assert titles == {"Crèche du Lavoir", "=1+1 Crèche; des Quais", "Crèche du bourg"}
    assert (body["total"], body["sans_point"]) == (5, 2)
    assert body["features"][0]["geometry"]["coordinates"] == [3.7215, 48.5187]
    assert body["features"][0]["properties"]["url"].startswith("https://services.example/services/")


def test_centre_of_a_commune_is_never_given_as_the_point_of_a_service(client: FlaskClient) -> None:
    found = rows(client, "quoi=crèche")["Crèche sans adresse"]
    assert (found["lieu"], found["latitude"], found["longitude"]) == ("Quelque part", "", "")
    told = client.get("/recherche.json?quoi=crèche").get_json()["resultats"]
    place = next(each["lieu"] for each in told if each["titre"] == "Crèche sans adresse")
    assert (place["nom"], place["lat"], place["lon"]) == ("Quelque part", None, None)


@pytest.mark.parametrize("shape", ["csv", "geojson", "atom", "ics"])
def test_one_list_is_written_at_a_time_and_pages_wait_for_none(client: FlaskClient, shape: str) -> None:
    with alone():
        refused = client.get(f"/recherche.{shape}?quoi=crèche")
        assert client.get("/recherche?quoi=crèche").status_code == HTTPStatus.OK
    assert (refused.status_code, refused.mimetype) == (HTTPStatus.SERVICE_UNAVAILABLE, "application/problem+json")
    assert refused.headers["Retry-After"] == "60"
    assert client.get(f"/recherche.{shape}?quoi=crèche").status_code == HTTPStatus.OK


def test_news_are_read_by_a_reader_of_feeds(client: FlaskClient) -> None:
    answer = client.get("/recherche.atom?quoi=crèche&ou=romilly")
    feed = feedparser.parse(answer.data)
    assert (feed.bozo, feed.version, answer.content_type) == (False, "atom10", "application/atom+xml; charset=utf-8")
    assert feed.feed.id == "https://services.example/recherche.atom?ou=romilly&quoi=cr%C3%A8che"
    assert "crèche" in feed.feed.title
    assert len({entry.id for entry in feed.entries}) == len(feed.entries) == 5
    assert every(entry.updated_parsed and entry.link and entry.summary for entry in feed.entries)


def test_what_changed_last_comes_first_in_the_news(client: FlaskClient, town: Town) -> None:
    def change(build: Builder) -> None:
        service = build.session.query(Service).filter_by(title="Crèche du bourg").one()
        change_service(build.session, service=service, act=build.later(days=2), summary="Deux places libres")

    town.change(change)
    feed = feedparser.parse(client.get("/recherche.atom?quoi=crèche").data)
    assert feed.entries[0].title == "Crèche du bourg"
    assert feed.feed.updated == feed.entries[0].updated == "2026-11-23T11:00:00Z"


def test_dates_are_read_by_a_diary(client: FlaskClient) -> None:
    answer = client.get("/recherche.ics?quoi=crèche&ou=romilly")
    events = Calendar.from_ical(answer.text).walk("VEVENT")
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert len({event["UID"] for event in events}) == len(events) == 5 * 4
    assert (events[0]["SUMMARY"], events[0].decoded("DTSTART")) == (
        "Crèche du Lavoir",
        datetime(2026, 11, 23, 6, 30, tzinfo=UTC),
    )


def test_empty_list_is_a_list_all_the_same(client: FlaskClient) -> None:
    query = "quoi=zzzzzz"
    assert rows(client, query) == {}
    assert points(client, query)["features"] == []
    feed = feedparser.parse(client.get(f"/recherche.atom?{query}").data)
    assert (feed.bozo, feed.entries, bool(feed.feed.updated)) == (False, [], True)


@pytest.mark.parametrize("shape", ["csv", "geojson", "atom", "ics"])
def test_value_nobody_can_use_is_refused(client: FlaskClient, shape: str) -> None:
    assert client.get(f"/recherche.{shape}?quand=hier").status_code == 400


@pytest.mark.parametrize("shape", ["csv", "geojson", "atom", "ics"])
def test_every_site_may_read_the_list_with_few_questions(client: FlaskClient, town: Town, shape: str) -> None:
    with counted(town) as asked:
        answer = client.get(f"/recherche.{shape}?quoi=crèche")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert len(asked) <= 3


def test_list_is_refused_rather_than_cut_while_the_index_is_lost(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    def damaged(query: Query) -> Results:
        raise IndexDamaged(str(query))

    client.application.extensions["maillage search"].indexing.engine.search = damaged
    assert client.get("/recherche.csv?quoi=crèche").status_code == 503
    assert [record.levelname for record in caplog.records if "cannot answer" in record.msg] == ["WARNING"]


def test_list_stops_at_the_cap_and_counts_the_rest(client: FlaskClient, town: Town) -> None:
    assert client.get("/recherche.csv").status_code == HTTPStatus.OK
    asked = SearchRequest(words="crèche", page=3)
    with town.database.reading() as session:
        found = whole_list(town.search, session, asked, now=town.clock.now(), most=2)
    assert (len(found.items), found.total, found.request.page) == (2, 5, 1)


@pytest.mark.parametrize("shape", ["csv", "ics", "geojson", "atom"])
def test_the_list_of_an_unknown_place_is_refused_in_a_sentence(client: FlaskClient, shape: str) -> None:
    response = client.get(f"/recherche.{shape}?ou=zzzzzz")
    assert (response.status_code, "code postal" in response.json["detail"]) == (HTTPStatus.BAD_REQUEST, True)  # type: ignore[index] # a problem is an object
