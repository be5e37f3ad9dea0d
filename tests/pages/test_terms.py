"""On what terms one comes, as a card says it in one line."""

import pytest

from portal.directory.operations.access_points import create_access_point
from portal.directory.rules.choices import AccessPointKind, Cost
from portal.vocabulary.audiences import Audience
from tests.directory.builders import Builder
from tests.pages.conftest import Visit
from tests.search.towns import Town, serving


def test_card_says_the_cost_for_whom_and_how_else_one_is_received(visit: Visit, town: Town) -> None:
    def act(build: Builder) -> None:
        whom = (Audience.FAMILIES, Audience.SENIORS)
        service = build.a_service(title="Aide aux papiers", cost=Cost.DEPENDS, audiences=whom)
        create_access_point(build.session, service=service, kind=AccessPointKind.VIDEO, act=build.act)

    town.knows(act, serving("Aide à tous", cost=Cost.PAID, audiences=(Audience.EVERYONE,)), serving("Aide inconnue"))
    cards = visit("/recherche?quoi=aide").root.findall(".//article")
    said = {"".join(each.findall("h2")[0].itertext())[1:]: " ".join("".join(each.itertext()).split()) for each in cards}
    assert "Prix selon la situation · Pour : Familles, séniors · aussi en visio" in said["Aide aux papiers"]
    assert "Payant" in said["Aide à tous"]
    assert not {"Payant", "Gratuit", "Pour", "Prix"} & {*said["Aide inconnue"].split()}


@pytest.mark.parametrize(
    ("cost", "note", "said"),
    [
        (Cost.PAID, "4 € la séance.", "4 € la séance"),
        (Cost.DEPENDS, "De 6 à 18 euros selon les revenus", "De 6 à 18 euros selon les revenus"),
        (Cost.FREE, "Parking 3 € par voiture", "Gratuit · Parking 3 € par voiture"),
        (Cost.PAID, "Tarif au contrat", "Payant"),
        (Cost.PAID, "4 € " + "et davantage " * 6, "Payant"),
    ],
)
def test_card_says_the_price_where_few_words_tell_it(
    visit: Visit, town: Town, cost: Cost, note: str, said: str
) -> None:
    town.knows(serving("Cinéma", cost=cost, cost_note=note))
    terms = visit("/recherche?quoi=cinéma").root.findall(".//article//span[@class='quiet']")
    assert [term.text for term in terms] == [said]
