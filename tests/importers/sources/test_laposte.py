"""Contact points of La Poste: named by their kind and town, no hours invented, every row in."""

from collections import Counter

import pytest
from sqlalchemy import func, select

from importers.pipeline.passages import Passage
from portal.directory.models.access_points import AccessPoint
from portal.directory.models.places import Place
from portal.directory.models.services import Service
from portal.directory.models.structures import Structure
from portal.directory.rules.choices import Precision
from portal.intake.record import PlaceRecord, Verdict
from portal.intake.report import Fate
from tests.importers.sources.builders import Desk, read, real_file

REAL = "laposte/laposte_poincont2-2020.departements-10-23-58-73.csv"
HEADER = (
    "#Identifiant_du_site;Libellé_du_site;Caractéristique_du_site;Adresse;Complément_d_adresse;Lieu_dit;Code_postal;"
    "Localité;Code_INSEE;Pays;Latitude;Longitude;Précision_du_géocodage;Numéro_de_téléphone"
)
NAMES = HEADER.removeprefix("#").split(";")
ROW = {
    "Identifiant_du_site": "00001A",
    "Libellé_du_site": "VILLACERF AP",
    "Caractéristique_du_site": "Agence postale communale",
    "Adresse": "2 RUE DE L EGLISE",
    "Complément_d_adresse": "MAIRIE",
    "Code_postal": "10600",
    "Localité": "VILLACERF",
    "Code_INSEE": "10409",
    "Pays": "FRANCE",
    "Latitude": "48.4",
    "Longitude": "3.989",
    "Précision_du_géocodage": "Géocodé au numéro",
    "Numéro_de_téléphone": "3631",
}


def a_list(**cells: str) -> bytes:
    return "\n".join([HEADER, ";".join((ROW | cells).get(name, "") for name in NAMES), ""]).encode()


def passage(**cells: str) -> Passage:
    (found,) = read("laposte", a_list(**cells))
    return found


def place(**cells: str) -> PlaceRecord:
    record = passage(**cells).record
    assert record is not None
    assert record.access[0].place is not None
    return record.access[0].place


@pytest.mark.parametrize(
    ("label", "kind", "title"),
    [
        ("VILLACERF AP", "Agence postale communale", "Agence postale communale – Villacerf"),
        ("VILLACERF BP", "Bureau de Poste", "Bureau de poste – Villacerf"),
        ("VILLACERF LE HAUT RP", "Relais poste commerçant", "Relais poste commerçant – Villacerf le Haut"),
        ("VILLACERF", "Kiosque", "Point de contact La Poste – Villacerf"),
    ],
)
def test_point_is_named_by_kind_and_town(label: str, kind: str, title: str) -> None:
    record = passage(Libellé_du_site=label, Caractéristique_du_site=kind).record
    assert record is not None
    assert record.title == title


def test_old_commune_keeps_its_own_name() -> None:
    cells = {"Libellé_du_site": "VILLEMAUR SUR VANNE AP", "Code_INSEE": "10003", "Localité": "AIX VILLEMAUR PALIS"}
    record = passage(**cells, Code_postal="10190", Latitude="", Longitude="").record
    assert record is not None
    assert record.title == "Agence postale communale – Villemaur-sur-Vanne"


def test_list_without_hours_says_none() -> None:
    record = passage().record
    assert record is not None
    assert (record.access[0].opening, record.access[0].opening_words, record.cost) == (None, None, None)


def test_hamlet_stands_behind_the_complement() -> None:
    assert place(Lieu_dit="LE BOURG").address_extra == "Mairie, le Bourg"


@pytest.mark.parametrize(
    ("written", "precision"),
    [
        ("Géocodé au numéro", Precision.ADDRESS),
        ("Géocodé au milieu de la rue", Precision.STREET),
        ("Géocodé au centre de la commune", Precision.COMMUNE),
        ("Géocodé à vue de nez", Precision.UNKNOWN),
    ],
)
def test_point_is_never_more_exact_than_said(written: str, precision: Precision) -> None:
    assert place(Précision_du_géocodage=written).precision is precision


def test_point_abroad_is_passed_over() -> None:
    found = passage(Pays="MONACO")
    assert (found.verdict, [problem.code for problem in found.problems]) == (Verdict.SKIPPED, ["hors-de-france"])


def test_real_list_is_read_without_loss() -> None:
    found = read("laposte", real_file(REAL))
    assert Counter(each.verdict for each in found) == {Verdict.ACCEPTED: 532}
    assert {problem.code for each in found for problem in each.problems} == {
        "code-insee-ancien",
        "nom-de-commune-different",
    }


def test_real_list_comes_in_once_under_one_structure(desk: Desk) -> None:
    file = real_file(REAL)
    first, before = desk.imports("laposte", file), desk.content()
    second = desk.imports("laposte", file)
    with desk.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Structure)) == 1
    assert (first.counts[Fate.CREATED], second.counts[Fate.UNCHANGED]) == (532, 532)
    assert desk.content() == before


def test_nogent_has_one_place_with_two_services(desk: Desk) -> None:
    desk.imports("msap", real_file("france-services/liste-fs-20240801.departements-10-23-58-73.csv"))
    desk.imports("laposte", real_file(REAL))
    with desk.database.reading() as session:
        doors = select(Service.title, func.coalesce(Place.linked_to_id, Place.id)).join_from(AccessPoint, Service)
        nogent = doors.join(Place, AccessPoint.place_id == Place.id).where(Place.commune_code == "10268")
        found = session.execute(nogent.order_by(Service.title)).all()
    assert [title for title, _ in found] == [
        "Bureau de poste – Nogent-sur-Seine",
        "France services La Poste de Nogent-sur-Seine",
    ]
    assert len({place for _, place in found}) == 1
