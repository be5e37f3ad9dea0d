"""A visitor reports a mistake in a real browser, without script, and learns what to mend."""

from datetime import timedelta

from tests.journeys.conftest import Visitor


def test_mistake_is_reported_without_any_script(plain_visitor: Visitor) -> None:
    page = plain_visitor.open(plain_visitor.portal.pages["service"])
    page.get_by_role("link", name="Signaler une erreur").click()
    plain_visitor.portal.clock.advance(timedelta(seconds=20))
    page.get_by_label("Les horaires ou les jours de passage").check()
    page.get_by_label("Que faut-il savoir ?").fill("Fermé le mercredi depuis septembre.")
    page.get_by_role("button", name="Envoyer le signalement").click()
    page.wait_for_url("**/signaler/recu/*")
    assert page.get_by_role("heading", level=1).inner_text() == "Signalement reçu, merci"
    assert page.url.rpartition("/")[2] in page.inner_text("main")
    assert (plain_visitor.complaints, plain_visitor.strangers) == ([], [])


def test_form_that_says_nothing_leads_to_what_is_missing(visitor: Visitor) -> None:
    page = visitor.open(visitor.portal.pages["signaler"])
    visitor.portal.clock.advance(timedelta(seconds=20))
    page.get_by_role("button", name="Envoyer le signalement").click()
    page.get_by_role("link", name="Cochez ce qui est inexact").click()
    assert page.evaluate("document.activeElement.id") == "inexact"
    assert visitor.barriers() == []
