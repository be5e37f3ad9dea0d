"""A visitor reports a mistake in a real browser, without script, and learns what to mend."""

import re
from datetime import timedelta

from playwright.sync_api import expect

from tests.journeys.conftest import Visitor


def test_mistake_is_reported_without_any_script(plain_visitor: Visitor) -> None:
    page = plain_visitor.open(plain_visitor.portal.pages["service"])
    with plain_visitor.led_on():
        page.get_by_role("link", name="Signaler une erreur").click()
    plain_visitor.portal.clock.advance(timedelta(seconds=20))
    page.get_by_label("Les horaires ou les jours de passage").check()
    page.get_by_label("Que faut-il savoir ?").fill("Fermé le mercredi depuis septembre.")
    page.get_by_role("button", name="Envoyer le signalement").click()
    expect(page).to_have_url(re.compile("/signaler/recu/."))
    expect(page.get_by_role("heading", level=1)).to_have_text("Signalement reçu, merci")
    expect(page.locator("main")).to_contain_text(page.url.rpartition("/")[2])
    assert (plain_visitor.complaints, plain_visitor.strangers) == ([], [])


def test_form_that_says_nothing_leads_to_what_is_missing(visitor: Visitor) -> None:
    page = visitor.open(visitor.portal.pages["signaler"])
    visitor.portal.clock.advance(timedelta(seconds=20))
    with visitor.led_on():
        page.get_by_role("button", name="Envoyer le signalement").click()
    page.get_by_role("link", name="Cochez ce qui est inexact").click()
    expect(page.locator("#inexact")).to_be_focused()
    assert visitor.barriers() == []
