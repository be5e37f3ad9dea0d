"""Every word of the closed lists has a name in both languages, and competence is said in a sentence."""

from collections.abc import Mapping
from enum import StrEnum

import pytest

from portal.core.languages import Label
from portal.core.text import NBSP
from portal.directory.rules.choices import AccessFeature, Answer, CompetenceKind, Cost, LegalNature, Precision
from portal.directory.rules.competence import CompetenceArea
from portal.directory.rules.names import (
    ACCESS_LABELS,
    ANSWER_LABELS,
    COST_LABELS,
    LEGAL_NATURE_LABELS,
    MODE_LABELS,
    PRECISION_LABELS,
    competence_words,
)
from portal.hours.slots import Mode
from tests.tools.claims import every

TOWNS = {"10323": "Romilly-sur-Seine", "10268": "Nogent-sur-Seine", "200000545": "Portes de Romilly-sur-Seine"}
ROMILLY = CompetenceArea(CompetenceKind.COMMUNE, "10323")
NOGENT = CompetenceArea(CompetenceKind.COMMUNE, "10268")
PORTES = CompetenceArea(CompetenceKind.EPCI, "200000545")


def said(*areas: CompetenceArea, language: str = "fr") -> tuple[str, ...]:
    words = competence_words(areas, lambda area: TOWNS.get(area.code, ""), language)
    return tuple(each.replace(NBSP, " ") for each in words)


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (COST_LABELS, Cost),
        (MODE_LABELS, Mode),
        (LEGAL_NATURE_LABELS, LegalNature),
        (ACCESS_LABELS, AccessFeature),
        (ANSWER_LABELS, Answer),
        (PRECISION_LABELS, Precision),
    ],
)
def test_every_choice_is_named_in_both_languages(names: Mapping[str, Label], kind: type[StrEnum]) -> None:
    assert set(names) == set(kind)
    assert every(label.en not in {"", label.fr} for label in names.values())


def test_one_commune_and_several_are_said() -> None:
    assert said(ROMILLY) == ("Les habitants de la commune : Romilly-sur-Seine",)
    assert said(ROMILLY, NOGENT) == ("Les habitants de ces communes : Nogent-sur-Seine, Romilly-sur-Seine",)
    assert said(ROMILLY, language="en") == ("Residents of Romilly-sur-Seine",)


def test_the_widest_area_says_it_all() -> None:
    assert said(ROMILLY, CompetenceArea(CompetenceKind.TERRITORY)) == ("Les habitants de tout le territoire",)
    assert said(CompetenceArea(CompetenceKind.EVERYONE), language="en") == ("Everyone, wherever they live",)


def test_groups_of_communes_come_before_communes() -> None:
    assert said(NOGENT, PORTES) == (
        "Les habitants de l’intercommunalité Portes de Romilly-sur-Seine",
        "Les habitants de la commune : Nogent-sur-Seine",
    )


def test_nothing_is_said_of_what_nobody_stated_or_knows() -> None:
    assert (said(), said(CompetenceArea(CompetenceKind.COMMUNE, "99999"))) == ((), ())
