"""A service in a list says what, who, where and how, in words ready to read."""

from portal.directory.rules.choices import ContactType
from portal.directory.rules.contact_lines import ContactLine
from portal.search.contacts import shown_contacts
from portal.search.listed import ListedService, dialled, listed, phone_of
from portal.vocabulary.loading import load_vocabulary
from tests.search.towns import Town, serving


def _first(town: Town, words: str) -> ListedService:
    hit = town.ask(words).hits[0]
    now = town.clock.now()
    return listed(hit.card, hit.access_point, vocabulary=load_vocabulary(), now=now, distance=hit.distance)


def test_a_line_says_what_where_and_until_when(town: Town) -> None:
    town.knows(serving("Les Lutins", opens="Mo-Sa 07:30-18:30", concepts=("PE02",)))
    line = _first(town, "lutins")
    assert line.state is not None
    assert (line.place, line.state.code) == ("Romilly-sur-Seine (10)", "open")
    assert line.kind.startswith("Crèche")


def test_a_number_is_dialled_without_its_spaces() -> None:
    assert (dialled("03 53 01 00 10"), dialled("+33 3 53 01 00 10")) == ("0353010010", "+33353010010")


def test_the_first_telephone_is_the_one_to_call() -> None:
    lines = (ContactLine(ContactType.MAIL, "a@b.example"), ContactLine(ContactType.PHONE, "03 53 01 00 10"))
    found = phone_of(lines)
    assert found is not None
    assert found.shown == "03 53 01 00 10"


def test_a_site_that_is_no_page_gets_no_link() -> None:
    shown = shown_contacts([ContactLine(ContactType.SITE, "javascript:alert(1)")])
    assert [each.href for each in shown] == [""]


def test_a_site_is_read_without_its_protocol() -> None:
    shown = shown_contacts([ContactLine(ContactType.SITE, "https://mairie.example/")])
    assert [(each.value, each.href) for each in shown] == [("mairie.example", "https://mairie.example/")]
