"""The JSON flow of FINESS: establishments inside bodies, told as the older flow told them."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from importers.pipeline.lists import open_lists, passages
from importers.pipeline.passages import Passage
from importers.reading import Unreadable, piece_of_bytes
from importers.sources import SOURCES
from portal.directory.rules.choices import ContactType, Precision
from portal.intake.record import PlaceRecord, ServiceRecord, Verdict
from portal.intake.report import Fate
from tests.importers.sources.builders import Desk, opened, real_file, reference
from tests.importers.sources.finess_rows import a_flow, an_establishment

Members = dict[str, Any]
WHERE: Members = {
    "usageAdresse": "03",
    "numeroVoie": "4",
    "typeVoie": "R   ",
    "libelleVoie": "DU LAVOIR",
    "complementVoie": "B",
    "complementPointGeographique": None,
    "lieuDit": None,
    "cogCommune": "10323",
    "ligneAcheminement": "ROMILLY SUR SEINE",
    "codePostal": "10100",
    "coordonneesGeographique": None,
}
GENERAL: Members = {
    "egeId": "1",
    "numFinessEge": "100000017",
    "nomEgeCourt": "PHARMACIE DU LAVOIR",
    "nomEgeLong": "PHARMACIE DU LAVOIR",
    "dateFermeture": None,
    "siret": None,
}
EGE: Members = {
    "informationsGeneralesEGE": GENERAL,
    "etatObjet": "A",
    "categorieentiteGeographiqueExercice": "620",
    "dateDerniereMaj": "2025-03-01T10:00:00+01:00",
    "adresse": [WHERE],
    "contact": [{"typeContact": {"roleContact": "01"}, "telecom": {"telephone": "0353010001", "courriel": None}}],
    "evenement": [],
    "roleEge": [],
}
NAME = "finess-structures-journalier-20260929.json"


def an_ege(*, general: Members | None = None, where: Members | None = None, **members: object) -> Members:
    """Write an establishment that differs from an ordinary one only in what is given."""
    return EGE | {"informationsGeneralesEGE": GENERAL | (general or {}), "adresse": [WHERE | (where or {})]} | members


def a_json(*eges: Members, n_bodies: int = 1) -> bytes:
    """Write a flow whose establishments belong to one body, or to one each."""
    bodies = [{"informationsGeneralesPMEJ": {}, "ege": list(eges)[n::n_bodies]} for n in range(n_bodies)]
    flow = {"generatedAt": "2026-09-29T04:00:00Z", "gco": [], "gcc": [{"gccId": "1"}], "pmej": bodies}
    return json.dumps(flow, ensure_ascii=False).encode()


def read(content: bytes) -> list[Passage]:
    found = passages(opened("sante", content, name=NAME), reference())
    return [each for each in found if isinstance(each, Passage)]


def record(**changes: Any) -> ServiceRecord:  # noqa: ANN401 - members of an establishment
    (passage,) = read(a_json(an_ege(**changes)))
    assert passage.record is not None, passage.problems
    return passage.record


def place(**changes: Any) -> PlaceRecord:  # noqa: ANN401 - members of an establishment
    where = record(**changes).access[0].place
    assert where is not None
    return where


def pair(x: str, y: str, *, lon: str = "", lat: str = "", key: str = "") -> Members:
    """Write the coordinates of an address."""
    members = {"coordonneeX": x, "coordonneeY": y, "directionLongitude": lon, "directionLatitude": lat}
    return {"coordonneesGeographique": members | {"cleInInteropBAN": key or None, "scoreBAN": None}}


def test_establishment_is_told_as_in_the_older_flow() -> None:
    older = read_older(an_establishment(libcategetab=""))
    assert replace(record(), line=0) == replace(older, line=0)


def read_older(row: str) -> ServiceRecord:
    found = passages(opened("sante", a_flow(row)), reference())
    return next(each.record for each in found if isinstance(each, Passage) and each.record)


def test_spelling_of_the_published_schema_is_read() -> None:
    code = {"code": "620", "system": "https://mos.example/tre-r397"}
    written = an_ege(
        etatObjet={"code": "A", "system": "https://mos.example/tre-r386"},
        categorieEntiteGeographiqueExercice=code,
        dateDerniereMaj={"dateEvenement": "2025-03-01"},
        siret="43493312300029",
    )
    (passage,) = read(a_json({name: member for name, member in written.items() if "entite" not in name}))
    assert passage.record is not None
    assert (passage.record.concepts, passage.record.said_on) == (record().concepts, date(2025, 3, 1))
    assert passage.record.structure.official_ids == {"siret": "43493312300029"}


def test_address_where_people_go_is_chosen() -> None:
    desk = WHERE | {"usageAdresse": "06", "numeroVoie": "99"}
    assert (place().address, place(adresse=[desk, WHERE]).address) == ("4 bis rue du Lavoir", "4 bis rue du Lavoir")


@pytest.mark.parametrize(
    "members",
    [
        pair("3.7237", "48.5185"),
        pair("753500.0", "6824500.0", lon="3.7237", lat="48.5185"),
        pair("753500.0", "6824500.0"),
        pair("3.7237", "48.5185", lon="753500.0", lat="6824500.0"),
    ],
)
def test_point_is_read_from_the_pair_that_is_in_degrees(members: Members) -> None:
    point = place(where=members).point
    assert point is not None
    assert (point.lat, point.lon) == pytest.approx((48.5185, 3.7237), abs=0.001)


def test_metres_overseas_are_those_of_their_island() -> None:
    where = {"cogCommune": "97411", "codePostal": "97400", "ligneAcheminement": "ST DENIS", **pair("338000", "7690000")}
    point = place(where=where).point
    assert (place(where=where).commune_code, str(point.cut() if point else "")) == ("97411", "-20.883,55.442")


@pytest.mark.parametrize(
    ("key", "precision"),
    [
        ("10323_0420_00004", Precision.ADDRESS),
        ("10323_0420", Precision.STREET),
        ("10323", Precision.COMMUNE),
        ("", Precision.UNKNOWN),
    ],
)
def test_key_of_the_address_base_says_how_exact_the_point_is(key: str, precision: Precision) -> None:
    assert place(where=pair("3.7237", "48.5185", key=key)).precision is precision


def test_establishment_without_point_leaves_the_other_flow_its_own() -> None:
    assert (place().point, place().precision) == (None, None)


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"etatObjet": "I"}, "etablissement-ferme"),
        ({"etatObjet": None, "general": {"dateFermeture": "2020-01-01"}}, "etablissement-ferme"),
        ({"categorieentiteGeographiqueExercice": "462"}, "categorie-hors-champ"),
    ],
)
def test_closed_and_private_ones_are_passed_without_key(members: Members, code: str) -> None:
    (passage,) = read(a_json(an_ege(**members)))
    assert (passage.verdict, passage.key, passage.problems[0].code) == (Verdict.SKIPPED, "", code)


def test_mail_and_telephone_are_contacts() -> None:
    reach = [{"telecom": {"telephone": "0353010001", "courriel": "pharmacie@exemple.example"}}]
    assert [line.type for line in record(contact=reach).contacts or ()] == [ContactType.PHONE, ContactType.MAIL]


def test_establishments_are_counted_through_the_bodies() -> None:
    eges = [an_ege(general={"numFinessEge": f"10000000{n}"}) for n in range(5)]
    assert [each.row.line for each in read(a_json(*eges, n_bodies=3))] == [1, 2, 3, 4, 5]


def test_newer_flow_carries_the_older_one_on(desk: Desk) -> None:
    desk.imports("sante", a_flow(an_establishment()), name="stock-20260512.csv")
    later = desk.imports("sante", a_json(an_ege(where=pair("3.7237", "48.5185"))), name=NAME)
    before = desk.content()
    again = desk.imports("sante", a_json(an_ege(where=pair("3.7237", "48.5185"))), name=NAME)
    assert (later.feed, later.counts[Fate.CREATED], later.counts[Fate.UPDATED]) == ("etablissements", 0, 1)
    assert (again.counts[Fate.UNCHANGED], desk.content()) == (1, before)


@pytest.mark.parametrize("content", [b'{"pmej": []}', b'{"gcc": [{"a": 1}]}', b'{"pmej": [{"ege": [{"a": 1}]}]}', b"{"])
def test_other_json_is_no_flow(content: bytes) -> None:
    assert isinstance(open_lists(SOURCES["sante"], (piece_of_bytes(content, "flux.json"),)), Unreadable)


def test_members_are_those_of_the_schema() -> None:
    schema = json.loads(real_file("sante/finess/schema-structures-v1.json").read_text(encoding="utf-8"))
    address = schema["definitions"]["adresse"]["items"]["properties"]
    assert address.keys() >= WHERE.keys()
    assert address["coordonneesGeographique"]["properties"].keys() >= pair("", "")["coordonneesGeographique"].keys()
