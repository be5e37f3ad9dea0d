"""What an address leads to whose service was closed, renamed, merged, deleted, or never was."""

import pytest
from flask.testing import FlaskClient

from portal.directory.models.services import Service
from portal.directory.operations.lifecycle import close_service
from portal.directory.operations.merging import merge_services
from portal.directory.operations.services import change_service, delete_service
from tests.directory.builders import Builder
from tests.pages.conftest import Visit
from tests.pages.sheets.conftest import Make, address_of


def test_closed_service_says_so_and_leads_on(make: Make, visit: Visit) -> None:
    def closed(build: Builder) -> Service:
        service = build.a_service(title="Perception")
        close_service(build.session, service=service, successor=build.a_service(title="Impôts"), act=build.act)
        return service

    page = visit(make(closed))
    assert "Ce service a fermé le 21 novembre 2026." in page.text
    assert page.links()["Impôts"].startswith("/services/impots-")


def test_renamed_service_is_found_under_its_old_name(make: Make, browser: FlaskClient) -> None:
    old = make(lambda build: build.a_service(title="Perception"))

    def rename(build: Builder) -> Service:
        service = build.session.query(Service).one()
        change_service(build.session, service=service, act=build.act, title="Trésorerie")
        return service

    new = make(rename)
    assert (browser.get(old).location, new.startswith("/services/tresorerie-")) == (new, True)


def test_merged_service_leads_to_the_one_that_stayed(make: Make, browser: FlaskClient) -> None:
    kept: list[str] = []

    def merged(build: Builder) -> Service:
        keep, drop = build.a_service(title="La Poste"), build.a_service(title="Poste")
        merge_services(build.session, keep=keep, drop=drop, act=build.act)
        kept.append(address_of(keep))
        return drop

    answer = browser.get(make(merged))
    assert (answer.status_code, answer.location) == (301, kept[0])


def test_deleted_service_is_gone_for_good(make: Make, visit: Visit) -> None:
    def deleted(build: Builder) -> Service:
        service = build.a_draft(title="Perception")
        delete_service(build.session, service=service, act=build.act)
        return service

    page = visit(make(deleted), status=410)
    assert "retirée du portail le 21 novembre 2026" in page.text


@pytest.mark.parametrize("path", ["/services/", "/services/rien", "/services/la-poste-33333", "/s/zzz", "/s/33333"])
def test_address_of_nothing_is_not_found(visit: Visit, path: str) -> None:
    visit(path, status=404)
