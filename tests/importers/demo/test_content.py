"""What the lists are written from: well-formed, plausible, fictional, and never said twice."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from importers.demo.content import Content, read_content, shipped_content_texts
from importers.demo.days import read_day
from importers.demo.placing import commune_of
from portal.hours.french import read_french
from portal.hours.osm import read_osm
from portal.vocabulary.audiences import Audience
from portal.vocabulary.loading import load_vocabulary
from portal.vocabulary.marks import Leaf, Table, Tree, items_of
from tests.tools.claims import every
from tests.tools.golden_demonstration import REFERENCE_DAY

ENTRY = frozenset({
    "cle", "titre", "resume", "description", "concepts", "structure", "nature", "lieu", "adresse", "commune",
    "telephone", "courriel", "site", "horaires", "publics", "ages", "cout", "note_cout", "modes", "pieces",
    "conditions", "competence", "en_ligne", "fauteuil", "verifie", "itinerant",
})  # fmt: skip
STOP = frozenset({"lieu", "adresse", "commune", "horaires", "fauteuil"})
CHOICES = {
    "nature": frozenset({"association", "public", "prive"}),
    "cout": frozenset({"gratuit", "payant", "selon"}),
    "modes": frozenset({"sur-place", "telephone", "visio", "domicile"}),
    "fauteuil": frozenset({"oui", "non"}),
    "publics": frozenset(Audience),
}
PHONE = re.compile(r"03 53 01 \d\d \d\d|01 99 00 \d\d \d\d")
ADDRESS = re.compile(r"[\w.%+-]+@[\w.-]+|https?://[^\s\"»]+")
NEIGHBOURS = frozenset({"10387", "77379", "10006"})


@pytest.fixture(scope="module")
def content() -> Content:
    return read_content(shipped_content_texts(), reference_day=REFERENCE_DAY)


def spreadsheets(content: Content) -> dict[str, tuple[Table, ...]]:
    """Give the spreadsheets by name: their sections have no file before their name."""
    return {
        name: entries
        for name, entries in content.sections.items()
        if "." not in name and all(entry.text("cle") and entry.text("titre") for entry in entries)
    }


def entries(content: Content) -> list[Table]:
    return [entry for listed in spreadsheets(content).values() for entry in listed]


def texts(tree: Tree) -> Iterator[str]:
    if isinstance(tree, Leaf):
        yield tree.text
    members = tree.members.values() if isinstance(tree, Table) else items_of(tree)
    for member in members:
        yield from texts(member)


def test_every_file_is_sound_yaml(content: Content) -> None:
    assert content.faults == ()
    assert len(spreadsheets(content)) == 15


def test_entries_say_only_what_a_spreadsheet_knows(content: Content) -> None:
    for entry in entries(content):
        assert entry.members.keys() <= ENTRY, entry.text("cle")
        assert {"cle", "titre", "resume", "concepts", "structure"} <= entry.members.keys()
        assert ("itinerant" in entry.members) != ("commune" in entry.members), entry.text("cle")
        for stop in entry.tables("itinerant"):
            assert stop.members.keys() <= STOP, entry.text("cle")


def test_entries_choose_among_words_that_exist(content: Content) -> None:
    vocabulary = load_vocabulary()
    for entry in entries(content):
        for name, known in CHOICES.items():
            assert {leaf.text for leaf in entry.leaves(name)} <= known, entry.text("cle")
        assert every(vocabulary.concept(leaf.text) for leaf in entry.leaves("concepts")), entry.text("cle")
        day = entry.text("verifie")
        assert not day or read_day(day, reference_day=REFERENCE_DAY), entry.text("cle")


@pytest.mark.parametrize("name", ["cle", "resume", "description"])
def test_no_two_entries_say_the_same(content: Content, name: str) -> None:
    told = Counter(entry.text(name) for entry in entries(content) if entry.text(name))
    assert [words for words, n in told.items() if n > 1] == []


def test_summaries_fit_a_card(content: Content) -> None:
    assert [entry.text("cle") for entry in entries(content) if len(entry.text("resume")) > 200] == []


def test_places_lie_in_the_territory_or_beside_it(content: Content) -> None:
    for section in content.sections.values():
        for entry in section:
            code = entry.text("commune")
            assert not code or entry.text("dans") or commune_of(code), f"{code} {entry.text('nom')}"


def test_nobody_real_can_be_reached(content: Content) -> None:
    told = [text for section in content.sections.values() for entry in section for text in texts(entry)]
    numbers = [text for text in told if re.fullmatch(r"0\d(?: \d\d){4}", text)]
    assert len(numbers) > 600
    assert [text for text in numbers if not PHONE.fullmatch(text)] == []
    found = [each for text in told for each in ADDRESS.findall(text)]
    assert len(found) > 150
    assert [each for each in found if not re.search(r"\.example(?:/|$)", each)] == []


def test_nearly_all_hours_are_read_whole(content: Content) -> None:
    places = [place for entry in entries(content) for place in (entry, *entry.tables("itinerant"))]
    hours = [place.text("horaires") for place in places if place.text("horaires")]
    unread = [text for text in hours if read_french(text)[1]]
    assert len(hours) > 500
    assert 0.01 <= len(unread) / len(hours) <= 0.06


def test_hours_of_registers_are_in_their_notation(content: Content) -> None:
    for section in ("covoiturage.lieux", "numerique.lieux"):
        for entry in content.of(section):
            hours = entry.text("horaires")
            assert not hours or read_osm(hours)[1] == (), entry.text("nom")


def test_days_in_sentences_follow_the_reference_day() -> None:
    text = {"a.yaml": 'mots:\n- {nom: "Fermé jusqu’au {J+10}"}\n'}
    assert read_content(text, reference_day=REFERENCE_DAY).of("a.mots")[0].text("nom") == (
        "Fermé jusqu’au 1er décembre 2026"
    )
