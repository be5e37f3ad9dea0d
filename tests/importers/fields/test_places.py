"""The commune of a row: found by its code, its name and its postal code, and what is said when they disagree."""

import pytest

from importers.fields.places import SaidCommune, names_commune, read_commune
from portal.geography.lookup import communes

LOOKUP = communes()

FOUND = {
    "code": (SaidCommune(code="10268"), "10268"),
    "code, name, postal code": (SaidCommune(code="10349", name="ST LYE", postal_code="10180"), "10349"),
    "name in capitals, postal code": (SaidCommune(name="ROMILLY SUR SEINE", postal_code="10100"), "10323"),
    "name, département": (SaidCommune(name="Troyes", department="10"), "10387"),
    "name alone, unique": (SaidCommune(name="Maizières-la-Grande-Paroisse"), "10220"),
    "postal code of one commune": (SaidCommune(postal_code="10100"), None),
    "office of a firm": (SaidCommune(name="BOURG EN BRESSE", postal_code="01012", is_cedex=True), "01053"),
    "Corsica": (SaidCommune(code="2a004", name="Ajaccio"), "2A004"),
    "overseas": (SaidCommune(name="ST DENIS", postal_code="97400"), "97411"),
    "homonyms told by postal code": (SaidCommune(name="Sainte-Colombe", postal_code="69560"), "69189"),
}
NOT_FOUND = {
    "homonyms": (SaidCommune(name="Sainte-Colombe"), "commune-ambigue"),
    "postal code of many": (SaidCommune(postal_code="10400"), "commune-ambigue"),
    "misspelled": (SaidCommune(name="Nogent sur Sene", postal_code="10400"), "commune-inconnue"),
    "nowhere": (SaidCommune(name="Trifouillis-les-Oies", postal_code="10400"), "commune-inconnue"),
    "nothing": (SaidCommune(), "commune-manquante"),
    "code against name and postal code": (
        SaidCommune(code="10268", name="Troyes", postal_code="10000"),
        "commune-contredite",
    ),
}
SAID = {
    "old code": (SaidCommune(code="75112", name="Paris", postal_code="75012"), "75056", ["code-insee-ancien"]),
    "Saint-Martin since 2007": (SaidCommune(code="97127"), "97801", ["code-insee-ancien"]),
    "other name": (SaidCommune(code="10268", name="Troyes"), "10268", ["nom-de-commune-different"]),
    "other postal code": (SaidCommune(code="10268", postal_code="10000"), "10268", ["code-postal-different"]),
    "unknown code": (SaidCommune(code="10999", name="Troyes", postal_code="10000"), "10387", ["code-insee-inconnu"]),
    "zeros lost": (
        SaidCommune(code="1451", name="VIRIAT", department="01", numeric=frozenset({"code"})),
        "01451",
        ["code-insee-zero-perdu"],
    ),
    "zero proven": (SaidCommune(code="01451", postal_code="1440"), "01451", ["zero-remis"]),
    "name and other postal code": (
        SaidCommune(name="Nogent-sur-Seine", postal_code="10100"),
        "10268",
        ["code-postal-different"],
    ),
}


@pytest.mark.parametrize(("cells", "code"), FOUND.values(), ids=FOUND.keys())
def test_commune_is_found(cells: SaidCommune, code: str | None) -> None:
    commune, problems = read_commune(LOOKUP, cells)
    assert (commune and commune.code) == code
    assert (problems == ()) == (code is not None)


@pytest.mark.parametrize(("cells", "code"), NOT_FOUND.values(), ids=NOT_FOUND.keys())
def test_commune_in_doubt_is_not_chosen(cells: SaidCommune, code: str) -> None:
    commune, problems = read_commune(LOOKUP, cells)
    assert (commune, [problem.code for problem in problems]) == (None, [code])


@pytest.mark.parametrize(("cells", "code", "said"), SAID.values(), ids=SAID.keys())
def test_disagreement_is_said(cells: SaidCommune, code: str, said: list[str]) -> None:
    commune, problems = read_commune(LOOKUP, cells)
    assert (commune and commune.code, [problem.code for problem in problems]) == (code, said)


def test_misspelled_commune_is_suggested() -> None:
    _, problems = read_commune(LOOKUP, SaidCommune(name="Nogent sur Sene", postal_code="10400"))
    assert "est-ce Nogent-sur-Seine (10) ?" in problems[0].text


@pytest.mark.parametrize(
    ("name", "expected"),
    [("NOGENT SUR SEINE", True), ("Nogent/Seine", True), ("Nogent-sur-Marne", False), ("NOGENT SUR SEINE 2", True)],
)
def test_names_of_a_commune_are_known_in_every_spelling(name: str, *, expected: bool) -> None:
    nogent = LOOKUP.communes.get("10268")
    assert nogent is not None
    assert names_commune(LOOKUP, name, nogent) is expected


def test_communes_that_count_are_proposed_first() -> None:
    everywhere = read_commune(LOOKUP, SaidCommune(name="Nogeant"))[1][0].text
    at_home = read_commune(LOOKUP, SaidCommune(name="Nogeant", home=frozenset({"10268"})))[1][0].text
    assert "est-ce Nogent-sur-Marne (94)" in everywhere
    assert "est-ce Nogent-sur-Seine (10)" in at_home
