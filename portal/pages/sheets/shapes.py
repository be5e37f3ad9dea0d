"""The JSON of a sheet, as `reference/fiche.schema.json` says it: published, so nothing may leave it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from portal.directory.cards.values import AccessPointCard, ServiceSheet
from portal.directory.rules.competence import CompetenceArea
from portal.hours.osm.writer import write_osm
from portal.hours.words import short
from portal.pages.sheets.beside import SourceLine
from portal.pages.sheets.reaching import Telling
from portal.search.shapes import Telling as ApiTelling
from portal.search.shapes import place_shape, service_shape, state_shape
from portal.web.addresses import absolute

Shape = Mapping[str, Any]


def sheet_shape(
    sheet: ServiceSheet, points: Sequence[AccessPointCard], sources: Iterable[SourceLine], telling: Telling
) -> Shape:
    """Write all that the page of a service says, after what the API says of it."""
    card = sheet.card
    first = points[0] if points else None
    return {
        **service_shape(
            card, first, telling=ApiTelling(vocabulary=telling.vocabulary, now=telling.now, address=absolute)
        ),
        "description": sheet.description,
        "publics": [each.value for each in card.audiences],
        "age_min": sheet.age_min,
        "age_max": sheet.age_max,
        "cout": card.cost.value,
        "cout_precisions": card.cost_note,
        "documents": sheet.documents,
        "conditions": sheet.eligibility,
        "langues": list(card.languages),
        "nature_juridique": sheet.legal_nature.value,
        "competence": [_area(each) for each in sheet.competence],
        "demarche_en_ligne": card.online_url or None,
        "accueils": [_reach(point, telling.now) for point in points],
        "sources": [
            {"titre": each.title, "producteur": each.owner, "licence": each.licence, "url": each.url or None}
            for each in sources
        ],
        "fraicheur": card.freshness.sentence.fr,
        "modifie_le": sheet.changed_at.isoformat(),
    }


def _area(area: CompetenceArea) -> Shape:
    return {"type": area.kind.value, "code": area.code or None}


def _reach(point: AccessPointCard, now: datetime) -> Shape:
    where = point.location
    return {
        "id": point.public_id,
        "type": point.kind.value,
        "lieu": place_shape(where),
        "tournee": None if point.tour is None else point.tour.name,
        "etat": state_shape(point, now),
        "horaires": short(point.opening.opening) if point.opening.opening.slots else None,
        "horaires_osm": write_osm(point.opening.opening).text,
        "remarque": point.note,
        "contacts": [{"type": line.type.value, "valeur": line.value} for line in point.contacts if line.is_public],
        "accessibilite": None
        if where is None or where.access is None
        else {feature.value: answer.value for feature, answer in where.access.items()},
    }
