"""Places to share a car: what their list says and nothing more; closed ones leave, the others keep their own day."""

from collections import Counter
from datetime import date, timedelta

import pytest

from importers.pipeline.lists import open_lists
from importers.pipeline.passages import Passage
from importers.reading import Unreadable, piece_of_bytes
from importers.sources import SOURCES
from portal.directory.rules.choices import AccessFeature, Answer, Precision
from portal.hours.slots import DayRule
from portal.intake.record import AccessRecord, ServiceRecord, Verdict
from portal.intake.report import Fate
from tests.importers.sources.builders import Desk, read, real_file
from tests.tools.claims import none_of

REAL_LIST = "mobilite/bnlc.departements-10-23-51-58-73-77-89.csv"
EXAMPLE = "mobilite/schema-lieux-covoiturage-exemple.csv"
HEADER = (
    "id_lieu,id_local,nom_lieu,ad_lieu,com_lieu,insee,type,date_maj,ouvert,source,Xlong,Ylat,nbre_pl,nbre_pmr,duree,"
    "horaires,proprio,lumiere,comm"
)
PRODUCER_HEADER = HEADER.removeprefix("id_lieu,")
ROW = {
    "id_lieu": "10323-C-901",
    "id_local": "C-901",
    "nom_lieu": "Parking du Lavoir",
    "ad_lieu": "1 Rue du Lavoir",
    "com_lieu": "ROMILLY SUR SEINE",
    "insee": "10323",
    "type": "Parking",
    "date_maj": "2025-03-14",
    "ouvert": "true",
    "Xlong": "3.727",
    "Ylat": "48.516",
}
ANOTHER = {
    "id_lieu": "10268-C-902",
    "id_local": "C-902",
    "nom_lieu": "Stade",
    "insee": "10268",
    "com_lieu": "NOGENT",
} | {
    "Xlong": "3.5",
    "Ylat": "48.493",
}


def a_list(*rows: dict[str, str], header: str = HEADER) -> bytes:
    """Write a list whose rows differ from an ordinary one only in what is given."""
    names = header.split(",")
    lines = [",".join(f'"{(ROW | row).get(name, "")}"' for name in names) for row in rows]
    return "\n".join([header, *lines, ""]).encode()


def passage(**cells: str) -> Passage:
    (found,) = read("mobilite", a_list(cells))
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


def parking(**cells: str) -> Answer | None:
    place = access(**cells).place
    assert place is not None
    return (place.access or {}).get(AccessFeature.PARKING)


def test_sound_row_says_nothing_wrong() -> None:
    found = passage()
    assert (found.verdict, found.problems, found.key) == (Verdict.ACCEPTED, (), "10323-C-901")
    assert record().concepts == ("MO04",)


@pytest.mark.parametrize(
    ("name", "kind", "title"),
    [
        ("Stade", "Parking", "Covoiturage : Stade"),
        ("Aire de covoiturage du Lavoir", "Aire de covoiturage", "Aire de covoiturage du Lavoir"),
        ("Direction Troyes", "Auto-stop", "Autostop : Direction Troyes"),
        ("Arrêt d’auto-stop de la mairie", "auto-stop", "Arrêt d’auto-stop de la mairie"),
    ],
)
def test_title_says_what_the_place_is_for(name: str, kind: str, title: str) -> None:
    assert record(nom_lieu=name, type=kind).title == title


def test_place_keeps_the_name_of_its_list() -> None:
    place = access(nom_lieu="Stade").place
    assert place is not None
    assert (place.name, place.address, place.precision) == ("Stade", "1 rue du Lavoir", Precision.ADDRESS)


def test_kind_becomes_the_summary() -> None:
    assert record(type="Auto-stop").summary == "Arrêt d’autostop organisé."
    assert record(type="Parking relais").summary == "Parking relais où se retrouver pour covoiturer."


def test_kind_nobody_knows_is_said() -> None:
    assert record(type="Héliport").summary is None
    assert codes(type="Héliport") == {"type-inconnu"}


def test_equipment_is_told_in_sentences() -> None:
    told = record(nbre_pl="20", nbre_pmr="1", duree="120", lumiere="true", comm="Borne de recharge " * 10).description
    assert told == (
        "20 places réservées au covoiturage. 1 place adaptée aux personnes handicapées. Stationnement limité à 120 "
        f"minutes. Éclairé la nuit.\n\n{('Borne de recharge ' * 10).strip()}"
    )


def test_short_comment_stands_in_the_summary_where_a_list_shows_it() -> None:
    told = record(type="Parking", nbre_pl="20", comm="Départ vers Troyes à 6 h 50.")
    assert told.summary == "Parking où se retrouver pour covoiturer. Départ vers Troyes à 6 h 50."
    assert told.description == "20 places réservées au covoiturage."


def test_empty_or_zero_counts_tell_nothing() -> None:
    assert record().description is None
    assert record(nbre_pl="0", nbre_pmr="0", duree="0").description is None


def test_place_without_light_says_so() -> None:
    assert record(lumiere="false").description == "Pas d’éclairage la nuit."


@pytest.mark.parametrize("written", ["beaucoup", "-3", "1e3", "12,5"])
def test_count_that_is_none_is_said(written: str) -> None:
    assert record(nbre_pl=written).description is None
    assert codes(nbre_pl=written) == {"nombre-illisible"}


@pytest.mark.parametrize(
    ("spaces", "adapted", "answer"),
    [
        ("20", "2", Answer.YES),
        ("", "2", Answer.YES),
        ("20", "0", Answer.NO),
        ("0", "0", None),
        ("", "0", None),
        ("20", "", None),
    ],
)
def test_adapted_spaces_answer_only_where_counted(spaces: str, adapted: str, answer: Answer | None) -> None:
    assert parking(nbre_pl=spaces, nbre_pmr=adapted) is answer


def test_always_open_is_read() -> None:
    found = access(horaires="24/7")
    assert found.opening is not None
    assert [slot.rule.days for slot in found.opening.slots] == [DayRule().days]
    assert (found.opening.is_complete, found.opening_words) == (True, None)


def test_empty_hours_say_nothing() -> None:
    assert access().opening is None


def test_unread_hours_keep_their_words() -> None:
    found = access(horaires="quand on veut")
    assert found.opening is not None
    assert (found.opening.is_complete, found.opening_words) == (False, "quand on veut")
    assert "horaires" in {problem.field for problem in passage(horaires="quand on veut").problems}


@pytest.mark.parametrize(
    ("cells", "name"),
    [
        ({"proprio": "Mairie du Lavoir", "source": "221000052"}, "Mairie du Lavoir"),
        ({"source": "221000052"}, "Conseil départemental (Aube)"),
        ({"source": "227300019"}, "Aménageur non précisé"),
        ({"source": "200069110", "insee": "73004", "Xlong": "6.08", "Ylat": "45.62"}, "CA du Grand Chambéry"),
        ({"source": "200069110"}, "Aménageur non précisé"),
        ({"source": "218902005", "insee": "89200", "Xlong": "3.609", "Ylat": "47.929"}, "Mairie (Hauterive)"),
        ({"source": "218902005", "insee": "10323"}, "Aménageur non précisé"),
        ({}, "Aménageur non précisé"),
    ],
)
def test_community_answers_on_its_own_ground_only(cells: dict[str, str], name: str) -> None:
    assert record(**{"com_lieu": "", "ad_lieu": ""} | cells).structure.name == name


def test_damaged_number_of_the_provider_is_said() -> None:
    assert codes(source="2,21E+08") == {"nombre-abime"}


def test_list_without_national_key_makes_it() -> None:
    (found,) = read("mobilite", a_list({}, header=PRODUCER_HEADER))
    assert found.key == "10323-C-901"
    assert found.record is not None
    assert found.record.official_ids == {"bnlc": "10323-C-901"}


@pytest.mark.parametrize("cells", [{"id_lieu": "", "id_local": ""}, {"id_lieu": "", "insee": "323"}, {"nom_lieu": ""}])
def test_row_without_name_or_key_is_refused(cells: dict[str, str]) -> None:
    found = passage(**cells)
    assert (found.verdict, found.record) == (Verdict.REFUSED, None)
    assert found.problems


def test_commune_nobody_knows_is_quarantined() -> None:
    found = passage(insee="10999", com_lieu="Trifouillis", ad_lieu="")
    assert (found.verdict, found.record, found.key) == (Verdict.QUARANTINED, None, "10323-C-901")


def test_far_point_is_shown_at_the_commune() -> None:
    place = access(Xlong="6.08", Ylat="45.62").place
    assert place is not None
    assert place.precision is Precision.COMMUNE
    assert codes(Xlong="6.08", Ylat="45.62") == {"point-hors-de-sa-commune"}


@pytest.mark.parametrize("written", ["false", "FAUX", "0", "non"])
def test_closed_place_is_passed_over(written: str) -> None:
    found = passage(ouvert=written, comm="Ouverture en 2027")
    assert (found.verdict, found.record, found.key) == (Verdict.SKIPPED, None, "")
    assert [(problem.field, problem.value) for problem in found.problems] == [("ouvert", "Ouverture en 2027")]


def test_unread_answer_on_opening_closes_nothing() -> None:
    assert (passage(ouvert="bientôt").verdict, codes(ouvert="bientôt")) == (Verdict.ACCEPTED, {"oui-non-illisible"})


def test_record_bears_the_day_of_its_update() -> None:
    assert record().said_on == date(2025, 3, 14)
    assert record(date_maj="").said_on is None


def test_another_file_is_not_a_list() -> None:
    found = open_lists(SOURCES["mobilite"], (piece_of_bytes(b"nom_lieu,type,b\n1,2,3\n", "x.csv"),))
    assert isinstance(found, Unreadable)
    assert "ouvert" in found.problem.text


def test_place_that_closes_leaves_like_a_missing_one(desk: Desk) -> None:
    desk.imports("mobilite", a_list({}, ANOTHER))
    counts = []
    for days in (1, 8):
        desk.clock.advance(timedelta(days=days))
        counts.append(desk.imports("mobilite", a_list({"ouvert": "false"}, ANOTHER)))
    assert [report.hidden for report in counts] == [0, 1]
    assert [(report.counts[Fate.SKIPPED], report.counts[Fate.UNCHANGED]) for report in counts] == [(1, 1), (1, 1)]


def test_columns_and_rows_may_change_places(desk: Desk) -> None:
    desk.imports("mobilite", a_list({}, ANOTHER))
    before = desk.content()
    turned = ",".join(reversed(HEADER.split(",")))
    report = desk.imports("mobilite", a_list(ANOTHER, {}, header=turned))
    assert report.counts[Fate.UNCHANGED] == report.read == 2
    assert desk.content() == before


def test_corrected_row_changes_its_service_only(desk: Desk) -> None:
    desk.imports("mobilite", a_list({}, ANOTHER))
    report = desk.imports("mobilite", a_list({"nbre_pl": "12", "date_maj": "2026-01-05"}, ANOTHER))
    assert (report.counts[Fate.UPDATED], report.counts[Fate.UNCHANGED]) == (1, 1)


def test_no_row_of_the_real_list_is_lost() -> None:
    found = read("mobilite", real_file(REAL_LIST))
    assert Counter(each.verdict for each in found) == {Verdict.ACCEPTED: 125, Verdict.SKIPPED: 1}
    assert Counter(each.key for each in found if each.key).most_common(1)[0][1] == 1
    assert none_of(each.problems for each in found if each.verdict is Verdict.ACCEPTED)


def test_example_of_the_schema_comes_in() -> None:
    (found,) = read("mobilite", real_file(EXAMPLE))
    assert (found.verdict, found.key) == (Verdict.ACCEPTED, "76217-C-001")
    assert {problem.field for problem in found.problems} == {"horaires"}


def test_real_list_comes_in_once(desk: Desk) -> None:
    file = real_file(REAL_LIST)
    first, before = desk.imports("mobilite", file), desk.content()
    second = desk.imports("mobilite", file)
    assert (first.counts[Fate.CREATED], first.counts[Fate.SKIPPED], first.read) == (125, 1, 126)
    assert (second.counts[Fate.UNCHANGED], second.counts[Fate.SKIPPED], second.read) == (125, 1, 126)
    assert desk.content() == before


def test_licence_of_the_source_is_the_open_database_one() -> None:
    assert SOURCES["mobilite"][0].declared_feed.source.licence == "ODbL 1.0"
    assert SOURCES["mobilite"][0].declared_feed.name == "bnlc"
