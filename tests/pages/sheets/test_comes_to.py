"""A service that comes to people's homes says at the top of its sheet to whose."""

import pytest

from portal.directory.models.services import Service
from portal.directory.operations.access_points import create_access_point
from portal.directory.operations.lifecycle import publish_service
from portal.directory.rules.choices import AccessPointKind, CompetenceKind
from portal.directory.rules.competence import CompetenceArea
from tests.directory.builders import Builder
from tests.pages.conftest import Visit
from tests.pages.sheets.conftest import address_of
from tests.search.towns import NOGENT, ROMILLY, Town

HERE = (CompetenceArea(CompetenceKind.COMMUNE, ROMILLY), CompetenceArea(CompetenceKind.COMMUNE, NOGENT))


@pytest.mark.parametrize(("concept", "times"), [("SE01", 1), ("PE03", 0)])
def test_top_of_the_sheet_says_to_whose_homes_it_comes(visit: Visit, town: Town, concept: str, times: int) -> None:
    made: list[str] = []

    def act(build: Builder) -> Service:
        service = build.a_draft(title="Un coup de main", concepts=(concept,), competence=HERE)
        create_access_point(build.session, service=service, kind=AccessPointKind.HOME, act=build.act)
        publish_service(build.session, service=service, act=build.act)
        build.session.flush()
        made.append(address_of(service))
        return service

    town.knows(act)
    head = visit(made[0]).root.findall(".//header/p")
    told = [text for each in head if (text := "".join(each.itertext())).startswith("Vient à domicile")]
    assert told == times * [
        "Vient à domicile\u00a0: les habitants de ces communes\u00a0: Nogent-sur-Seine (10), Romilly-sur-Seine (10)"
    ]
