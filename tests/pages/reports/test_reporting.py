"""A visitor reports a mistake without an account, and forms that were not filled in here are refused."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal.core.clock import FixedClock
from portal.core.database import Database
from portal.intake.models.reports import ErrorReport
from portal.web.stamps import new_stamp
from tests.directory.builders import Builder
from tests.pages.conftest import Visit

Send = Callable[..., TestResponse]
TRAP = "adresse_de_retour"


@pytest.fixture
def service(database: Database) -> str:
    with database.writing() as session:
        return Builder(session).a_service(title="La Poste").public_id


@pytest.fixture
def send(app: Flask, browser: FlaskClient, clock: FixedClock, service: str) -> Send:
    """Send the form of the service, as it was shown a minute ago."""

    def sending(
        *,
        headers: dict[str, str] | None = None,
        prefix: str = "",
        shown: timedelta = timedelta(minutes=1),
        **values: str | list[str],
    ) -> TestResponse:
        with app.test_request_context():
            stamp = new_stamp(f"signaler {service}", clock.now() - shown)
        sent = {"timbre": stamp, "precisions": "", "inexact": ["hours"], TRAP: ""} | values
        return browser.post(f"{prefix}/signaler/{service}", data=sent, headers=headers)

    return sending


def reports(database: Database) -> list[tuple[list[str], str]]:
    with database.reading() as session:
        return [(row.wrong, row.words) for row in session.scalars(select(ErrorReport))]


def test_form_asks_nothing_personal_and_is_kept_by_nobody(visit: Visit, service: str) -> None:
    page = visit(f"/signaler/{service}")
    names = {each.get("name") for kind in ("input", "textarea") for each in page.root.findall(f".//{kind}")}
    assert names == {"inexact", "precisions", "timbre", TRAP}
    assert page.response.headers["Cache-Control"] == "no-store"
    assert "N’écrivez ni votre nom" in page.text


def test_report_joins_the_queue_and_gives_a_receipt(send: Send, visit: Visit, database: Database) -> None:
    answer = send(inexact=["hours", "closed"], precisions="Fermé le mercredi.")
    assert answer.status_code == 303
    assert reports(database) == [(["closed", "hours"], "Fermé le mercredi.")]
    page = visit(answer.location)
    assert answer.location.rpartition("/")[2] in page.text
    assert "L’équipe du portail va le vérifier." in page.text


def test_receipt_says_what_was_reported_and_when(send: Send, visit: Visit) -> None:
    page = visit(send(inexact=["hours", "closed"]).location)
    assert "Envoyé le 21 novembre 2026 :" in page.text
    assert "Ce service n’existe plus ou a déménagé" in page.text
    assert "Les horaires ou les jours de passage" in page.text
    assert "Le téléphone, le courriel" not in page.text


def test_who_sends_form_after_form_keeps_what_was_written(send: Send) -> None:
    answers = [send(precisions=f"Fermé le {day} du mois") for day in range(1, 8)]
    assert [answer.status_code for answer in answers] == [303] * 6 + [429]
    assert "réessayez dans une heure" in answers[-1].text
    assert "Fermé le 7 du mois</textarea>" in answers[-1].text


def test_form_sent_twice_is_one_report(browser: FlaskClient, app: Flask, service: str, database: Database) -> None:
    clock: FixedClock = app.extensions["maillage"].clock
    with app.test_request_context():
        stamp = new_stamp(f"signaler {service}", clock.now() - timedelta(minutes=1))
    answers = [browser.post(f"/signaler/{service}", data={"timbre": stamp, "inexact": "hours"}) for _ in range(2)]
    assert answers[0].location == answers[1].location
    assert len(reports(database)) == 1


def test_words_alone_are_enough(send: Send, database: Database) -> None:
    assert send(inexact=[], precisions="Le portail est côté cour.").status_code == 303
    assert reports(database) == [([], "Le portail est côté cour.")]


def test_box_nobody_drew_is_left_aside(send: Send, database: Database) -> None:
    send(inexact=["hours", "<script>"])
    assert reports(database) == [(["hours"], "")]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"inexact": []}, "Cochez ce qui est inexact"),
        ({"precisions": "x" * 801}, "Raccourcissez votre message de 1 caractères."),
        ({TRAP: "http://spam.example"}, "sans remplir le champ caché"),
        ({"shown": timedelta(seconds=1)}, "Cet envoi est arrivé très vite"),
        ({"shown": timedelta(hours=13)}, "ouvert depuis longtemps"),
        ({"timbre": "1795248000.abc.0123456789abcdef0123456789abcdef"}, "ouvert depuis longtemps"),
        ({"timbre": ""}, "ouvert depuis longtemps"),
        ({"timbre": "é.é.é"}, "ouvert depuis longtemps"),
    ],
    ids=["empty", "long", "trap", "young", "old", "forged", "none", "odd"],
)
def test_form_says_what_to_mend(
    send: Send, database: Database, values: dict[str, str | list[str] | timedelta], sentence: str
) -> None:
    answer = send(**values)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert reports(database) == []


def test_form_to_mend_keeps_what_was_written(send: Send) -> None:
    answer = send(inexact=["closed"], precisions="Parti à <b>Nogent</b>", shown=timedelta(0))
    assert "Parti à &lt;b&gt;Nogent&lt;/b&gt;</textarea>" in answer.text
    assert 'value="closed" checked' in answer.text


def test_stamp_of_another_sheet_is_refused(app: Flask, send: Send, clock: FixedClock) -> None:
    with app.test_request_context():
        stamp = new_stamp("signaler 33333", clock.now() - timedelta(minutes=1))
    assert send(timbre=stamp).status_code == 422


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
    ],
)
def test_form_sent_by_another_site_is_refused(send: Send, database: Database, headers: dict[str, str]) -> None:
    assert send(headers=headers).status_code == 403
    assert reports(database) == []


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "same-origin", "Origin": "null"}, {"Origin": "http://localhost"}, {}]
)
def test_form_sent_from_here_is_taken(send: Send, headers: dict[str, str]) -> None:
    assert send(headers=headers).status_code == 303


def test_who_sends_form_after_form_must_wait(send: Send, clock: FixedClock) -> None:
    answers = [send(precisions=f"Essai {n}").status_code for n in range(7)]
    assert answers == [303] * 6 + [429]
    clock.advance(timedelta(hours=1))
    assert send(precisions="Encore").status_code == 303


def test_receipt_of_nothing_is_not_found(visit: Visit) -> None:
    visit("/signaler/recu/33333333", status=404)


@pytest.mark.parametrize("path", ["/signaler/33333", "/signaler/rien"])
def test_sheet_of_nothing_cannot_be_reported(visit: Visit, path: str) -> None:
    visit(path, status=404)


def test_form_speaks_english_to_the_end(visit: Visit, send: Send, service: str) -> None:
    assert visit(f"/en/signaler/{service}").h1 == "Report a mistake"
    answer = send(prefix="/en")
    assert answer.location.startswith("/en/signaler/recu/")
    assert visit(answer.location).h1 == "Report received, thank you"


def test_quick_report_with_something_to_mend_is_told_only_that(send: Send) -> None:
    told = send(shown=timedelta(seconds=1), inexact=[]).text
    assert "Cochez ce qui est inexact" in told
    assert "arrivé très vite" not in told


def test_keyboard_stands_where_the_faults_are_told(send: Send) -> None:
    assert 'role="alert" tabindex="-1" autofocus' in send(inexact=[]).text
