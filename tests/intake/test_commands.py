"""The commands of the intake, as a person types them."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from portal.core.changes import Act
from portal.core.clock import FixedClock
from portal.core.command import Doors, Room
from portal.core.database import Database
from portal.directory.models.contacts import Contact
from portal.directory.models.services import Service
from portal.directory.operations.services import change_service
from portal.directory.rules.choices import ContactType
from portal.directory.rules.contact_lines import ContactLine
from portal.intake.cli import COMMANDS
from portal.intake.record import StructureRecord
from portal.intake.rules.contact_values import MAYBE_PERSONAL
from portal.intake.rules.fields import Part
from portal.intake.rules.typed import read_typed
from tests.intake.builders import BOTH, Sender, a_record, phone, services
from tests.intake.conftest import MakeSender
from tests.intake.test_undoing import SECRETARY

TypeIn = Callable[..., Result]


@pytest.fixture
def type_in(directory: Database, clock: FixedClock, tmp_path: Path) -> TypeIn:
    """Give a way to run a command on the directory."""
    root = Doors(commands={command.name or "": command for command in COMMANDS})
    room = Room(data_dir=tmp_path, database=directory, clock=clock)
    return lambda *words: CliRunner().invoke(root, [*words], obj=room)


def test_runs_are_listed_with_their_figures(sender: Sender, type_in: TypeIn) -> None:
    assert "Aucun import" in type_in("runs").output
    sender.send(a_record("1"), a_record("1"))
    sender.send(a_record("1"), days=1)
    latest, first = type_in("runs").output.splitlines()
    assert latest.endswith("ram/liste  fait : 1 inchangée")
    assert first.endswith("fait : 1 créée, 1 en double")
    assert "2026-11-21 09:00" in first


def test_a_run_is_undone_by_its_number(sender: Sender, type_in: TypeIn, directory: Database) -> None:
    run = sender.send(a_record("1")).run
    assert type_in("undo", str(run)).output == f"Import {run} défait : 1 fiche retirée.\n"
    assert services(directory) == {}
    again = type_in("undo", str(run))
    assert (again.exit_code, type_in("undo", "99").exit_code) == (4, 2)


def test_undoing_tells_what_left_from_what_is_back(sender: Sender, type_in: TypeIn) -> None:
    sender.send(a_record("1", title="RAM"))
    new = [a_record(str(n), title=f"Fiche {n}") for n in range(2, 4)]
    run = sender.send(a_record("1", title="Relais"), *new, days=1).run
    said = f"Import {run} défait : 2 fiches retirées, 1 fiche remise comme avant.\n"
    assert type_in("undo", str(run)).output == said


def test_records_left_by_an_undo_are_named(
    sender: Sender, type_in: TypeIn, directory: Database, clock: FixedClock
) -> None:
    run = sender.send(a_record("fiche-7")).run
    with directory.writing() as session:
        service = session.scalars(select(Service)).one()
        change_service(session, service=service, act=Act(by=SECRETARY, at=clock.now()), summary="À la main")
    outcome = type_in("undo", str(run))
    assert (outcome.exit_code, "fiche-7" in outcome.stderr) == (3, True)


def test_a_correction_is_typed_and_survives(sender: Sender, type_in: TypeIn, directory: Database) -> None:
    sender.send(a_record("1", title="RAM"))
    public_id = services(directory)["RAM"].public_id
    corrected = type_in("correct", f"/services/ram-{public_id}", "title", "Relais", "--reason", "vu sur place")
    assert corrected.output.splitlines()[1:] == ["  avant : RAM", "  après : Relais"]
    sender.send(a_record("1", title="RAM"), days=9)
    assert [*services(directory)] == ["Relais"]


def test_one_contact_is_corrected_and_the_others_stay(sender: Sender, type_in: TypeIn, directory: Database) -> None:
    mail = ContactLine(ContactType.MAIL, "ram@mairie.example")
    desk = replace(phone(), label="Accueil")
    sender.send(a_record("1", title="RAM", contacts=(desk, mail)))
    public_id = services(directory)["RAM"].public_id
    told = ["--reason", "vu sur place"]
    for field, value in (("contacts.telephone", "03 53 01 00 09"), ("contacts.site", "https://ram.example")):
        assert type_in("correct", public_id, field, value, *told).exit_code == 0
    assert type_in("correct", public_id, "contacts.courriel", "", *told).exit_code == 0
    assert contacts_in(directory) == [("03 53 01 00 09", "Accueil"), ("https://ram.example", "")]
    assert "contacts.telephone" in type_in("correct", public_id, "contacts.pigeon", "x", *told).stderr


def test_a_contact_corrected_on_a_service_keeps_those_of_its_structure(
    sender: Sender, type_in: TypeIn, directory: Database
) -> None:
    mail = ContactLine(ContactType.MAIL, "ram@mairie.example")
    sender.send(a_record("1", title="RAM", structure=StructureRecord(name="CIAS", contacts=(phone(), mail))))
    public_id = services(directory)["RAM"].public_id
    told = type_in("correct", public_id, "contacts.telephone", "03 53 01 00 09", "--reason", "vu sur place").output
    assert told.splitlines()[1:] == [
        f"  avant : téléphone {phone().value} ; courriel ram@mairie.example",
        "  après : téléphone 03 53 01 00 09 ; courriel ram@mairie.example",
    ]


def test_a_corrected_contact_is_told_in_french(sender: Sender, type_in: TypeIn, directory: Database) -> None:
    sender.send(a_record("1", title="RAM", contacts=(phone(),)))
    public_id = services(directory)["RAM"].public_id
    told = type_in("correct", public_id, "contacts.telephone", "03 53 01 00 09", "--reason", "vu sur place").output
    assert ("après : téléphone 03 53 01 00 09" in told, "phone 03" in told.replace("téléphone", "")) == (True, False)


def test_a_mobile_that_somebody_types_is_remarked_as_at_an_import(
    sender: Sender, type_in: TypeIn, directory: Database
) -> None:
    sender.send(a_record("1", title="RAM", contacts=(phone(),)))
    public_id = services(directory)["RAM"].public_id
    reason = ["--reason", "vu sur place"]
    told = type_in("correct", public_id, "contacts.telephone", "06 39 98 00 09", *reason)
    assert told.exit_code == 0
    assert told.output.splitlines()[-1] == f"  à vérifier : 06 39 98 00 09 : {MAYBE_PERSONAL}"
    assert MAYBE_PERSONAL not in type_in("correct", public_id, "contacts.site", "https://ram.example", *reason).output


def test_a_siret_that_somebody_types_asks_about_its_namesake(
    sender: Sender, type_in: TypeIn, directory: Database
) -> None:
    siret, reason = "98205098100017", ["--reason", "vu sur l’annuaire des entreprises"]
    known = StructureRecord(name="Maison pour tous", official_ids={"siret": siret})
    sender.send(
        a_record("1", title="RAM", structure=StructureRecord(name="Centre social")),
        a_record("2", title="LAEP", structure=known, concepts=("PE04",)),
    )
    public_id = services(directory)["RAM"].public_id
    assert "quatorze chiffres" in type_in("correct", public_id, "structure.siret", "982", *reason).stderr
    told = type_in("correct", public_id, "structure.siret", siret, *reason)
    assert (told.exit_code, "maillage review list" in told.output) == (0, True)
    assert "Maison pour tous" in type_in("review", "list").output


def contacts_in(database: Database) -> list[tuple[str, str]]:
    with database.reading() as session:
        rows = session.scalars(select(Contact).order_by(Contact.position))
        return [(row.value, row.label) for row in rows]


@pytest.mark.parametrize(
    ("service", "field", "value", "said"),
    [
        ("zzzzz", "title", "x", "Aucun service"),
        (None, "couleur", "x", "n’existe pas"),
        (None, "cost", "cher", "Choisissez parmi : gratuit, payant"),
        (None, "access.opening", "lundi de 12h à 9h", ""),
        (None, "title", " ", "Indiquez un nom"),
        (None, "contacts.telephone", "pas un numéro", "n’est pas un numéro de téléphone"),
        (None, "contacts.courriel", "la mairie", "nom@domaine.fr"),
        (None, "contacts.site", "javascript:alert(1)", "n’est pas une adresse web"),
        (None, "contacts", "téléphone:12", "n’est pas un numéro de téléphone"),
        (None, "contacts", "pigeon:3", "téléphone, courriel, site"),
    ],
)
def test_a_correction_that_says_nothing_true_is_refused(  # noqa: PLR0913, PLR0917 - two fixtures and the four words of a case
    sender: Sender, type_in: TypeIn, directory: Database, service: str | None, field: str, value: str, said: str
) -> None:
    sender.send(a_record("1", title="RAM"))
    outcome = type_in("correct", service or services(directory)["RAM"].public_id, field, value, "--reason", "essai")
    assert (outcome.exit_code, said in outcome.stderr) == (2, True)


def test_the_queue_is_answered_by_hand(
    sender: Sender, another: MakeSender, type_in: TypeIn, directory: Database
) -> None:
    sender.send(a_record("1", title="Relais petite enfance", structure=BOTH, contacts=(phone(),)))
    another("dila").send(a_record("x", title="RAM", structure=BOTH, contacts=(phone(),)))
    listed = type_in("review", "list").output
    assert "Relais petite enfance ; RAM" in listed
    assert "- même adresse" in listed
    assert "liste dila/liste, ligne 2" in listed
    assert type_in("review", "accept", "1", "--reason", "vu").exit_code == 0
    assert services(directory)["RAM"].merged_into_id is not None
    assert type_in("review", "accept", "1", "--reason", "vu").exit_code == 4
    assert type_in("review", "undo", "1", "--reason", "non").exit_code == 0
    assert type_in("review", "refuse", "1", "--reason", "deux").exit_code == 0
    assert "Rien n’attend" in type_in("review", "list").output
    assert "[refusée]" in type_in("review", "list", "--all").output
    assert type_in("review", "refuse", "7", "--reason", "?").exit_code == 2


@pytest.mark.parametrize(
    ("part", "field", "text", "value"),
    [
        (Part.SERVICE, "title", "Relais", "Relais"),
        (Part.SERVICE, "concepts", "PE01; PE08", ["PE01", "PE08"]),
        (Part.SERVICE, "ages", "3-12", [3, 12]),
        (Part.SERVICE, "ages", "-6", [None, 6]),
        (Part.SERVICE, "cost", "free", "free"),
        (Part.SERVICE, "cost", "Selon la situation", "depends"),
        (Part.SERVICE, "modes", "À domicile; sur place", ["home", "on_site"]),
        (Part.SERVICE, "modes", "on_site;phone", ["on_site", "phone"]),
        (Part.SERVICE, "languages", "fr;en", ["fr", "en"]),
        (Part.SERVICE, "contacts", "phone: 03 53 01 00 09", [{"type": "phone", "value": "03 53 01 00 09"}]),
        (Part.SERVICE, "contacts", "site:https://a.example/x", [{"type": "site", "value": "https://a.example/x"}]),
        (
            Part.SERVICE,
            "competence",
            "commune:10323; everyone",
            [{"kind": "commune", "code": "10323"}, {"kind": "everyone"}],
        ),
        (Part.PLACE, "point", "48.5,3.7", {"lat": 48.5, "lon": 3.7}),
        (Part.PLACE, "point", "", None),
        (Part.PLACE, "address_shown", "commune", "commune"),
        (Part.PLACE, "access_lift", "no", "no"),
    ],
)
def test_a_typed_value_is_read_by_its_field(part: Part, field: str, text: str, value: object) -> None:
    assert read_typed(part, field, text) == (value, ())


@pytest.mark.parametrize(
    ("part", "field", "text"),
    [
        (Part.SERVICE, "concepts", "relais"),
        (Part.SERVICE, "ages", "petits"),
        (Part.SERVICE, "cost", "cher"),
        (Part.SERVICE, "contacts", "03 53 01 00 09"),
        (Part.SERVICE, "contacts", "phone:"),
        (Part.SERVICE, "competence", "commune"),
        (Part.PLACE, "point", "ici"),
        (Part.ACCESS, "opening", "lundi de 25h à 27h"),
    ],
)
def test_a_typed_value_that_does_not_fit_has_a_problem(part: Part, field: str, text: str) -> None:
    assert read_typed(part, field, text)[1] != ()


def test_typed_hours_become_slots() -> None:
    value, problems = read_typed(Part.ACCESS, "opening", "lundi 9h-12h")
    assert (problems, value["slots"][0]["times"]) == ((), [{"start": 540, "end": 720}])
