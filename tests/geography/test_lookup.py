"""A person finds a commune by anything they know it by, and the likeliest one comes first."""

import pytest

from portal.geography.lookup import Found, Lookup, Match
from portal.geography.territory import Territory
from tests.tools.claims import every


def _names(found: tuple[Found, ...]) -> list[str]:
    return [f"{each.commune.name} ({each.commune.department})" for each in found]


FIRST = [
    ("st jean de maurienne", "Saint-Jean-de-Maurienne (73)", Match.VARIANT),
    ("saint jean de maurienne", "Saint-Jean-de-Maurienne (73)", Match.EXACT),
    ("SAINT-JEAN-DE-MAURIENNE", "Saint-Jean-de-Maurienne (73)", Match.EXACT),
    ("Maizières-la-Grande-Paroisse", "Maizières-la-Grande-Paroisse (10)", Match.EXACT),
    ("maizieres la grande paroisse", "Maizières-la-Grande-Paroisse (10)", Match.EXACT),
    ("maiziere grande paroisse", "Maizières-la-Grande-Paroisse (10)", Match.TYPO),
    ("romily sur seine", "Romilly-sur-Seine (10)", Match.TYPO),
    ("romillysurseine", "Romilly-sur-Seine (10)", Match.TYPO),
    ("rmoilly sur seine", "Romilly-sur-Seine (10)", Match.TYPO),
    ("romilly s/ seine", "Romilly-sur-Seine (10)", Match.VARIANT),
    ("havre", "Le Havre (76)", Match.VARIANT),
    ("l’abergement de varey", "L'Abergement-de-Varey (01)", Match.EXACT),
    ("œuf en ternois", "Œuf-en-Ternois (62)", Match.EXACT),
    ("10323", "Romilly-sur-Seine (10)", Match.CODE),
    ("2a004", "Ajaccio (2A)", Match.CODE),
    ("st aubin 10", "Saint-Aubin (10)", Match.VARIANT),
    ("st aubin aube", "Saint-Aubin (10)", Match.VARIANT),
    ("saint-aubin (10)", "Saint-Aubin (10)", Match.EXACT),
    ("sainte colombe seine et marne", "Sainte-Colombe (77)", Match.EXACT),
    ("bourg 1", "Bourg-en-Bresse (01)", Match.PREFIX),
    ("bar sur aube", "Bar-sur-Aube (10)", Match.EXACT),
    ("10400 nogent", "Nogent-sur-Seine (10)", Match.PREFIX),
    ("Nogent-sur-Seine 10400", "Nogent-sur-Seine (10)", Match.EXACT),
    ("y", "Y (80)", Match.EXACT),
]


@pytest.mark.parametrize(("words", "first", "match"), FIRST)
def test_the_commune_meant_comes_first(lookup: Lookup, words: str, first: str, match: Match) -> None:
    best = lookup.find(words)[0]
    assert (_names((best,)), best.match) == ([first], match)


def test_postal_code_offers_all_its_communes(lookup: Lookup) -> None:
    found = tuple(each for each in lookup.find("10400") if each.match is Match.POSTAL_CODE)
    assert len(found) == 23
    assert _names(found[:2]) == ["Nogent-sur-Seine (10)", "Traînel (10)"]


def test_postal_code_comes_before_the_same_insee_code(lookup: Lookup) -> None:
    last = lookup.find("10400")[-1]
    assert (last.match, last.commune.code) == (Match.CODE, "10400")


@pytest.mark.parametrize("words", ["Sainte-Colombe", "ste colombe"])
def test_homonyms_are_all_listed_and_told_apart(lookup: Lookup, words: str) -> None:
    found = lookup.find(words, limit=3)
    assert len(found) == 12
    assert len({each.commune.department for each in found}) == 12


def test_installed_territory_comes_first_within_its_class(lookup: Lookup, territory: Territory) -> None:
    away = _names(lookup.find("saint-aubin"))
    home = _names(lookup.find("saint-aubin", home=territory.communes))
    assert away[0] != home[0] == "Saint-Aubin (10)"
    assert sorted(away) == sorted(home)


def test_exact_name_elsewhere_beats_a_prefix_at_home(lookup: Lookup, territory: Territory) -> None:
    found = _names(lookup.find("romilly", home=territory.communes))
    assert found[:2] == ["Romilly (41)", "Romilly-sur-Seine (10)"]


def test_short_name_of_a_town_forgives_a_slip(lookup: Lookup, territory: Territory) -> None:
    assert _names(lookup.find("nogant", home=territory.communes))[0] == "Nogent-sur-Seine (10)"


def test_same_class_is_ordered_by_population(lookup: Lookup) -> None:
    people = [each.commune.population for each in lookup.find("10400") if each.match is Match.POSTAL_CODE]
    assert people == sorted(people, reverse=True)


OTHER_WAYS = [
    ("val d'orvin", "10054", ""),
    ("paris 15", "75056", "75115"),
    ("75115", "75056", "75115"),
    ("marseille 8e arrondissement", "13055", "13208"),
]


@pytest.mark.parametrize(("words", "code", "old"), OTHER_WAYS)
def test_other_names_and_codes_say_their_way(lookup: Lookup, words: str, code: str, old: str) -> None:
    best = lookup.find(words)[0]
    assert best.alias is not None
    assert (best.commune.code, best.alias.code) == (code, old)


def test_locality_of_the_post_leads_to_its_commune(lookup: Lookup) -> None:
    best = lookup.find("les carroz d'araches")[0]
    assert best.alias is not None
    assert (best.commune.name, best.alias.name) == ("Arâches-la-Frasse", "Les Carroz d'Araches")


@pytest.mark.parametrize("words", ["", " ", "*", "%", "\x00\x07", "zzzzqqqq", "99999", "a" * 100_000, "é" * 100_000])
def test_nothing_found_is_an_empty_list(lookup: Lookup, words: str) -> None:
    assert lookup.find(words) == ()


def test_surrounding_noise_changes_nothing(lookup: Lookup) -> None:
    noisy = "\x00  *Romilly--sur…Seine!\u200b\n"
    assert _names(lookup.find(noisy)[:1]) == ["Romilly-sur-Seine (10)"]


@pytest.mark.parametrize(("words", "n_found"), [("s", 0), ("sa", 10), ("saint", 10), ("10", 10)])
def test_prefix_needs_two_letters_and_keeps_the_limit(lookup: Lookup, words: str, n_found: int) -> None:
    assert len(lookup.find(words)) == n_found


def test_words_that_fit_no_name_leave_the_postal_code(lookup: Lookup) -> None:
    found = lookup.find("rue des lilas 10510")
    assert {each.match for each in found} == {Match.SAME_POSTAL_CODE}
    assert "Maizières-la-Grande-Paroisse (10)" in _names(found)


def test_unfinished_small_word_keeps_its_meaning(lookup: Lookup) -> None:
    found = [each for each in lookup.find("saint jean de") if each.match is Match.PREFIX]
    assert found
    assert every(each.commune.name.startswith("Saint-Jean-de-") for each in found)
