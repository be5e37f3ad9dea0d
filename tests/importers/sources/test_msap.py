"""France services: every generation of the list, travelling teams that stay to be completed, nothing invented."""

from collections import Counter
from datetime import date

import pytest
from sqlalchemy import func, select

from importers.pipeline.lists import open_lists
from importers.pipeline.passages import Passage
from importers.reading import Unreadable, piece_of_bytes
from importers.sources import SOURCES
from portal.directory.models.services import Service
from portal.directory.rules.choices import AccessPointKind, LegalNature, Precision
from portal.hours.slots import DayRule
from portal.intake.record import AccessRecord, ServiceRecord, Verdict
from portal.intake.report import Fate
from tests.importers.sources.builders import Desk, opened, read, real_file

LIST_OF_2024 = "france-services/liste-fs-20240801.departements-10-23-58-73.csv"
LIST_OF_2020 = "france-services/france_services-2020-01-09.departements-10-23-58-73.csv"
HEADER = (
    "id_fs,lib_fs,adresse,insee_com,code_postal,lib_com,latitude,longitude,mail,telephone,"
    "h_lundi,h_mardi,commentaire,prise_rdv,format_fs"
)
ROW = {
    "id_fs": "901",
    "lib_fs": "France services d’essai",
    "adresse": "1 Rue du Lavoir",
    "insee_com": "10323",
    "code_postal": "10100",
    "lib_com": "Romilly-sur-Seine",
    "latitude": "48.516",
    "longitude": "3.727",
    "telephone": "03 53 01 00 01",
    "h_lundi": "09:00 - 12:00 / 00:00 - 00:00",
    "format_fs": "Fixe",
}


def a_list(*rows: dict[str, str], header: str = HEADER) -> bytes:
    """Write a list whose rows differ from an ordinary one only in what is given."""
    names = header.split(",")
    lines = [",".join(f'"{(ROW | row).get(name, "")}"' for name in names) for row in rows]
    return "\n".join([header, *lines, ""]).encode()


def passage(**cells: str) -> Passage:
    (found,) = read("msap", a_list(cells))
    return found


def record(**cells: str) -> ServiceRecord:
    found = passage(**cells).record
    assert found is not None
    return found


def access(**cells: str) -> AccessRecord:
    (only,) = record(**cells).access
    return only


def codes(**cells: str) -> set[str]:
    return {problem.code for problem in passage(**cells).problems}


def test_fixed_desk_opens_at_its_cells() -> None:
    opening = access().opening
    assert opening is not None
    assert [(slot.times[0].start, slot.times[0].end, set(slot.rule.days)) for slot in opening.slots] == [
        (540, 720, {0})
    ]


@pytest.mark.parametrize("written", ["Bus_équivalent", "Itinérante", "Camion", "Vaisseau spatial"])
def test_travelling_team_never_has_fixed_hours(written: str) -> None:
    stop = access(format_fs=written)
    assert stop.kind is AccessPointKind.TOUR_STOP
    assert stop.opening is not None
    assert stop.opening.slots == ()
    assert [unread.touches for unread in stop.opening.unread] == [DayRule()]


@pytest.mark.parametrize("written", ["Fixe", "Multisites", "Fixe_antenne(s)", ""])
def test_settled_format_stays_a_place(written: str) -> None:
    assert access(format_fs=written).kind is AccessPointKind.PLACE


def test_tour_keeps_the_words_of_its_hours() -> None:
    stop = access(format_fs="Bus", commentaire="Itinérance sur neuf communes")
    assert stop.opening_words == "lundi : 09:00 - 12:00 / 00:00 - 00:00\nItinérance sur neuf communes"
    assert "tournee-a-completer" in codes(format_fs="Bus")


def test_bus_is_filed_as_a_bus_first() -> None:
    assert (record(format_fs="Bus").concepts, record().concepts) == (("AD04", "AD03"), ("AD03",))


def test_comment_amends_the_days_it_names() -> None:
    opening = access(h_mardi="14:00 - 17:00", commentaire="Fermé le mardi après-midi").opening
    assert opening is not None
    assert {day for slot in opening.slots for day in slot.rule.days} == {0}


def test_week_of_empty_cells_says_nothing() -> None:
    assert access(h_lundi="", commentaire="").opening is None


def test_commune_nobody_knows_is_quarantined() -> None:
    found = passage(insee_com="10999", code_postal="", lib_com="Trifouillis")
    assert (found.verdict, found.record, found.key) == (Verdict.QUARANTINED, None, "901")


@pytest.mark.parametrize("word", ["id_fs", "lib_fs"])
def test_row_without_name_or_key_is_refused(word: str) -> None:
    found = passage(**{word: ""})
    assert found.verdict is Verdict.REFUSED
    assert [problem.field for problem in found.problems] == [word]


def test_far_point_is_shown_at_the_commune() -> None:
    place = access(latitude="43.6", longitude="3.88").place
    assert place is not None
    assert place.precision is Precision.COMMUNE
    assert "point-hors-de-sa-commune" in codes(latitude="43.6", longitude="3.88")


def test_carrier_of_the_older_list_is_kept() -> None:
    header = "MATRICULE,lib_france_services,ADRESSE,insee_com,h_lundi,STRUCTURE.PORTEUSE,TYPE.STRUCTURE.PORTEUSE"
    row = {"MATRICULE": "901", "lib_france_services": "Essai", "ADRESSE": "1 rue du Lavoir"}
    carrier = {"STRUCTURE.PORTEUSE": "Mairie d’essai", "TYPE.STRUCTURE.PORTEUSE": "Collectivité"}
    (found,) = read("msap", a_list(row | carrier, header=header))
    assert found.record is not None
    assert found.record.title == "France services Essai"
    assert found.record.structure.description == "Structure porteuse : Mairie d’essai."
    assert found.record.structure.legal_nature is LegalNature.PUBLIC


def test_operators_are_kept_where_said() -> None:
    (found,) = read("msap", a_list({"operateurs": "CAF, MSA"}, header=f"{HEADER},operateurs"))
    assert found.record is not None
    assert found.record.structure.description == "Opérateurs : CAF, MSA"


def test_problem_bears_the_name_of_its_column() -> None:
    found = passage(h_lundi="17:00 - 09:00", telephone="12")
    assert {problem.field for problem in found.problems} == {"h_lundi", "telephone"}


def test_another_file_is_not_a_list() -> None:
    found = open_lists(SOURCES["msap"], (piece_of_bytes(b"a,b,c\n1,2,3\n", "x.csv"),))
    assert isinstance(found, Unreadable)
    assert "id_fs" in found.problem.text


@pytest.mark.parametrize(
    ("name", "n_rows", "day"), [(LIST_OF_2024, 108, date(2024, 8, 1)), (LIST_OF_2020, 13, date(2020, 1, 9))]
)
def test_no_row_of_the_real_lists_is_lost(name: str, n_rows: int, day: date) -> None:
    file = real_file(name)
    assert Counter(each.verdict for each in read("msap", file)) == {Verdict.ACCEPTED: n_rows}
    assert opened("msap", file).said_on == day


def test_real_list_comes_in_once(desk: Desk) -> None:
    file = real_file(LIST_OF_2024)
    first, before = desk.imports("msap", file), desk.content()
    second = desk.imports("msap", file)
    assert (first.counts[Fate.CREATED], first.read) == (108, 108)
    assert (second.counts[Fate.UNCHANGED], second.read) == (108, 108)
    assert desk.content() == before


def test_older_generation_is_the_same_service(desk: Desk) -> None:
    desk.imports("msap", real_file(LIST_OF_2020))
    report = desk.imports("msap", real_file(LIST_OF_2024))
    with desk.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Service)) == 108
    assert (report.counts[Fate.CREATED], report.counts[Fate.UPDATED]) == (95, 13)


def test_late_list_changes_nothing_that_is_younger(desk: Desk) -> None:
    desk.imports("msap", a_list({"lib_fs": "France services d’aujourd’hui"}), name="liste-20240801.csv")
    before = desk.content()
    desk.imports("msap", a_list({"lib_fs": "France services d’hier"}), name="liste-20200109.csv")
    assert desk.content() == before


def test_columns_and_rows_may_change_places(desk: Desk) -> None:
    desk.imports("msap", a_list({}, {"id_fs": "902", "lib_fs": "France services d’ailleurs", "telephone": ""}))
    turned = ",".join(reversed(HEADER.split(",")))
    report = desk.imports(
        "msap", a_list({"id_fs": "902", "lib_fs": "France services d’ailleurs", "telephone": ""}, {}, header=turned)
    )
    assert report.counts[Fate.UNCHANGED] == report.read == 2
