"""What programs are told of the API is what it does: the description, the tables and the examples of the page."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from portal.pages.published.parameters import passages_parameters, search_parameters
from portal.search.requests import PARAMETERS, read_request
from portal.vocabulary.loading import load_vocabulary
from portal.web.problems import is_for_programs
from tests.pages.conftest import Visit
from tests.search.towns import Town, serving
from tests.tools.claims import every

FORMATS = (Path(__file__).resolve().parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^(/\S+) +(\d{3}) (\S+)$", FORMATS, re.MULTILINE)
VOCABULARY = load_vocabulary()
METHODS = ("get",)


@pytest.fixture
def described(browser: FlaskClient) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(browser.get("/api/v1/openapi.json").text)
    return told


@pytest.fixture
def creche(town: Town) -> None:
    town.knows(serving("Crèche du Lavoir", opens="Mo-Fr 07:30-18:30", concepts=("PE02",), summary="Tout-petits"))


def _validator(described: dict[str, Any], schema: dict[str, Any]) -> Draft202012Validator:
    return Draft202012Validator({**schema, "components": described["components"]})


def test_description_says_all_that_openapi_asks(described: dict[str, Any]) -> None:
    assert described["openapi"].startswith("3.1.")
    assert {"title", "version"} <= {*described["info"]}
    for path, ways in described["paths"].items():
        for way in (ways[method] for method in METHODS):
            named = {each["name"] for each in way["parameters"] if each["in"] == "path"}
            assert named == {*re.findall(r"{(\w+)}", path)}
            assert [each for each in way["parameters"] if each["in"] == "path" and not each["required"]] == []
            assert len({(each["name"], each["in"]) for each in way["parameters"]}) == len(way["parameters"])
            assert every(answer["description"] for answer in way["responses"].values())


def test_every_schema_is_one_and_every_reference_leads_to_one(described: dict[str, Any]) -> None:
    known = described["components"]["schemas"]
    for schema in known.values():
        Draft202012Validator.check_schema(schema)
    referred = {*re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(described))}
    assert referred <= {*known}
    assert "#/$defs" not in json.dumps(described)
    assert every(re.fullmatch(r"[a-zA-Z0-9._-]+", name) for name in known)


def test_every_address_for_programs_is_described(app: Flask, described: dict[str, Any]) -> None:
    rules = [rule.rule for rule in app.url_map.iter_rules()]
    each = {rule.replace("<any(ics, json, vcf):shape>", shape) for rule in rules for shape in SHAPES}
    opened = {re.sub(r"<(\w+)>", r"{\1}", rule) for rule in each if is_for_programs(rule) and rule[:4] != "/en/"}
    assert {*described["paths"]} == opened - {"/api/<path:_rest>"}


SHAPES = ("ics", "json", "vcf")


@pytest.mark.usefixtures("creche")
def test_answers_have_the_shape_they_are_said_to_have(browser: FlaskClient, described: dict[str, Any]) -> None:
    found = json.loads(browser.get("/api/v1/recherche?quoi=crèche").text)["resultats"][0]
    asked = {
        "/api/v1/recherche": ["?quoi=crèche&rayon=500", "?rayon=loin"],
        "/recherche.json": ["?quoi=patinoire"],
        "/recherche.geojson": ["?quoi=crèche", "?ou=zzyzx"],
        "/api/v1/communes": ["?q=rom"],
        "/api/v1/suggestions": ["?q=cre", "?langue=de"],
        "/api/v1/services/{public_id}": [found["id"], "zzzzz"],
        "/services/{name}.json": [found["url"].rpartition("/")[2], "zzzzz"],
        "/carte/communes.geojson": [""],
    }
    for path, ends in asked.items():
        for end in ends:
            address = path + end if not end or end.startswith("?") else re.sub(r"{\w+}", end, path)
            response = browser.get(address)
            contents = described["paths"][path]["get"]["responses"][str(response.status_code)]["content"]
            validator = _validator(described, contents[response.mimetype]["schema"])
            assert [fault.message for fault in validator.iter_errors(json.loads(response.text))] == []


@pytest.mark.usefixtures("creche")
def test_answers_have_the_statuses_they_are_said_to_have(browser: FlaskClient, described: dict[str, Any]) -> None:
    found = json.loads(browser.get("/api/v1/recherche?quoi=crèche").text)["resultats"][0]
    name = found["url"].rpartition("/")[2]
    for path, told in described["paths"].items():
        address = path.replace("{public_id}", found["id"]).replace("{name}", name)
        if path.startswith("/lieux/"):
            continue
        mark = browser.get(address).headers["ETag"]
        again = browser.get(address, headers={"If-None-Match": mark})
        assert str(again.status_code) == "304", path
        assert "304" in told["get"]["responses"]
    former = browser.get(f"/services/ancien-nom-{found['id']}.json")
    assert former.status_code == 301
    assert "301" in described["paths"]["/services/{name}.json"]["get"]["responses"]


@pytest.mark.parametrize("parameter", search_parameters(VOCABULARY), ids=lambda each: each.name)
def test_every_parameter_is_read_as_its_example_says(parameter: Any) -> None:  # noqa: ANN401 - one of a table
    reading = read_request({parameter.name: [parameter.example]}, VOCABULARY)
    assert (reading.problems, reading.adjusted) == ((), ())
    assert reading.request.parameters[parameter.name] == parameter.example


def test_every_example_is_one_of_what_may_be_given(described: dict[str, Any]) -> None:
    given = [each for path in described["paths"].values() for each in path["get"]["parameters"] if "example" in each]
    assert {type(each["example"]) for each in given} == {str, int, list}
    for each in given:
        Draft202012Validator(each["schema"]).validate(each["example"])


def test_every_parameter_that_is_read_is_described() -> None:
    assert {each.name for each in search_parameters(VOCABULARY)} == PARAMETERS
    assert {each.name for each in passages_parameters(VOCABULARY)} == {"ou", "rayon", "theme"}


@pytest.mark.usefixtures("creche")
@pytest.mark.parametrize(("address", "status", "kind"), EXAMPLES)
def test_examples_of_the_page_answer_what_it_says(browser: FlaskClient, address: str, status: str, kind: str) -> None:
    response = browser.get(quote(address, safe="/?&=+,.-:"))
    assert (str(response.status_code), response.mimetype) == (status, kind)


@pytest.mark.parametrize(
    ("path", "sentence"),
    [("/recherche.json", "We did not find this page."), ("/services/zzzzz.json", "This page does not exist.")],
)
def test_what_does_not_exist_is_refused_in_the_language_of_its_address(
    browser: FlaskClient, path: str, sentence: str
) -> None:
    refused = browser.get(f"/en{path}")
    assert (refused.status_code, refused.mimetype) == (404, "application/problem+json")
    assert json.loads(refused.text)["detail"].startswith(sentence)


def test_page_on_formats_has_its_examples() -> None:
    assert len(EXAMPLES) >= 16


def test_page_of_open_data_leads_to_the_description(visit: Visit) -> None:
    assert "/api/v1/openapi.json" in visit("/donnees").links().values()
