"""The form that reports a mistake, and the receipt one is given."""

from http import HTTPStatus

from flask import Blueprint, Flask, Response, current_app, make_response, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response as Redirect

from portal.core.errors import NotFound
from portal.intake.operations.reporting import receive_report
from portal.intake.queries.reports import receipt_numbered, reported_service
from portal.pages.reports.cards import ReportPage, purpose_of, receipt_page, report_page
from portal.pages.reports.forms import Fault, Sent, fault_of_haste, faults_of, read_sent, report_of
from portal.web.addresses import to
from portal.web.doors import Doorkeeper, check_origin, visitor_address
from portal.web.keeping import NOTHING
from portal.web.languages import current_language
from portal.web.rendering import render
from portal.web.stamps import receipt_of
from portal.web.visit import clock, installation, reading

reports = Blueprint("reports", __name__)
_DOORKEEPER = "maillage reports"
_BOOK = "portes.json"
_MOST_FROM_ONE = 6
_MOST_FROM_ALL = 120


class NoSuchReceipt(NotFound):
    """No report bears this number."""

    def __init__(self) -> None:
        super().__init__(gettext("Aucun signalement ne porte ce numéro : vérifiez-le, lettre par lettre."))


@reports.get("/signaler/<public_id>")
def form(public_id: str) -> Response:
    """Ask what is wrong on a sheet."""
    service = reported_service(reading(), public_id)
    return _shown(report_page(service, now=clock().now(), language=current_language()))


@reports.post("/signaler/<public_id>")
def receive(public_id: str) -> Response | Redirect:
    """Take a report into the queue, or say what to mend."""
    check_origin()
    now, sent = clock().now(), read_sent(request.form, request.form.getlist("inexact"))
    faults = faults_of(sent, purpose=purpose_of(public_id), now=now)
    if faults:
        return _to_mend(public_id, sent, faults, HTTPStatus.UNPROCESSABLE_ENTITY)
    if not _doorkeeper().welcomes(visitor_address(), now):
        return _to_mend(public_id, sent, (fault_of_haste(),), HTTPStatus.TOO_MANY_REQUESTS)
    receipt = receipt_of(sent.stamp, *sorted(sent.wrong), sent.words)
    with installation().database.writing() as session:
        service = reported_service(session, public_id)
        receive_report(session, service=service, report=report_of(sent), receipt=receipt, at=now)
    return redirect(to(f"/signaler/recu/{receipt}"), HTTPStatus.SEE_OTHER)


@reports.get("/signaler/recu/<number>")
def receipt(number: str) -> Response:
    """Give the receipt of a report, and later what became of it."""
    found = receipt_numbered(reading(), number)
    if found is None:
        raise NoSuchReceipt
    page = receipt_page(found, language=current_language())
    return _kept_by_nobody(make_response(render("reports/receipt.html", page=page)))


def tend_doors(app: Flask) -> None:
    """Let a worker forget in time who sent forms to the one before it."""
    _keeper_of(app).tend()


def _doorkeeper() -> Doorkeeper:
    return _keeper_of(current_app)


def _keeper_of(app: Flask) -> Doorkeeper:
    if _DOORKEEPER not in app.extensions:
        with app.app_context():
            book = installation().data_dir / _BOOK
        app.extensions[_DOORKEEPER] = Doorkeeper(book, most_from_one=_MOST_FROM_ONE, most_from_all=_MOST_FROM_ALL)
    keeper: Doorkeeper = app.extensions[_DOORKEEPER]
    return keeper


def _to_mend(public_id: str, sent: Sent, faults: tuple[Fault, ...], status: HTTPStatus) -> Response:
    service = reported_service(reading(), public_id)
    page = report_page(service, now=clock().now(), language=current_language(), sent=sent, faults=faults)
    return _shown(page, status)


def _shown(page: ReportPage, status: HTTPStatus = HTTPStatus.OK) -> Response:
    return _kept_by_nobody(make_response(render("reports/form.html", page=page), status))


def _kept_by_nobody(response: Response) -> Response:
    response.headers["Cache-Control"] = NOTHING
    return response
