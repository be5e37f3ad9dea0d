"""What is understood of everyday questions: place, time, need, wishes, danger."""

import json
from datetime import datetime
from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.geography.lookup import communes
from portal.geography.territories import demonstration_territory
from portal.hours.slots import Mode
from portal.search.requests import Undone
from portal.search.understanding.phrases import SHIPPED, read_phrases
from portal.search.understanding.question import Book, Understood, make_book, understand
from portal.vocabulary.audiences import Audience
from portal.vocabulary.loading import load_vocabulary
from tests.tools.examples import examples

NOON = datetime(2026, 11, 21, 12, tzinfo=ZoneInfo("Europe/Paris"))
WHOLE_BOOK = make_book(load_vocabulary(), communes(), demonstration_territory().communes)


def ask(text: str, book: Book, *undone: Undone) -> Understood:
    return understand(text, book, now=NOON, undone=undone)


def codes(understood: Understood) -> list[str]:
    return [need.meanings[0].code for need in understood.needs if need.meanings]


@pytest.mark.parametrize(
    ("text", "place", "need"),
    [
        ("nounou romilly", "Romilly-sur-Seine", "PE03"),
        ("crèche à Romilly", "Romilly-sur-Seine", "PE02"),
        ("médecin 10400", "Nogent-sur-Seine", "SA01"),
        ("mairie de Salon", "Salon", "AD01"),
        ("mairie charmoy", "Charmoy", "AD01"),
        ("caf à Troyes", "Troyes", "SO03"),
        ("lycée troyes", "Troyes", "ED03"),
        ("dentiste saint-aubin", "Saint-Aubin", "SA05"),
        ("la motte tilly bibliothèque", "La Motte-Tilly", "CS01"),
        ("saulsotte mairie", "La Saulsotte", "AD01"),
        ("bus romilly troyes", "Romilly-sur-Seine", "MO01"),
        ("médecin villenauxe", "Villenauxe-la-Grande", "SA01"),
        ("boulangerie Méry", "Méry-sur-Seine", "CO02"),
    ],
)
def test_a_place_inside_the_words_is_found(book: Book, text: str, place: str, need: str) -> None:
    understood = ask(text, book)
    assert understood.place is not None
    assert (understood.place.commune.name, codes(understood)) == (place, [need])


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("La Poste", ["AD06"]),
        ("salon de coiffure", ["CO07"]),
        ("bus", ["MO01"]),
        ("marché", ["CO03"]),
        ("bus pour troyes", ["MO01"]),
        ("aide à domicile", ["SE03"]),
        ("maison de santé", ["SA02"]),
        ("garde d’enfants", ["PE01"]),
        ("sel", ["VI04"]),
        ("orange", []),
    ],
)
def test_a_word_that_is_also_a_commune_does_not_swallow_the_need(book: Book, text: str, need: list[str]) -> None:
    understood = ask(text, book)
    assert understood.place is None
    assert codes(understood) == need


def test_a_postal_code_of_several_communes_offers_them(book: Book) -> None:
    place = ask("médecin 10400", book).place
    assert place is not None
    assert "Traînel" in [commune.name for commune in place.choices]


def test_a_homonym_elsewhere_gives_way_to_the_commune_of_the_territory(book: Book) -> None:
    place = ask("mairie saint aubin", book).place
    assert place is not None
    assert (place.commune.code, place.choices) == ("10334", ())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("mairie méry", "10233"),
        ("école dierrey", "10124"),
        ("bus prunay", "10308"),
        ("messe rilly", "10320"),
        ("médecin louptière", "10208"),
    ],
)
def test_the_first_word_of_a_name_is_enough_within_the_territory(book: Book, text: str, code: str) -> None:
    place = ask(text, book).place
    assert place is not None
    assert place.commune.code == code


def test_a_first_word_that_several_communes_share_offers_the_others(book: Book) -> None:
    place = ask("mairie droupt", book).place
    assert place is not None
    assert {place.commune.name, *(each.name for each in place.choices)} == {
        "Droupt-Saint-Basle",
        "Droupt-Sainte-Marie",
    }


@pytest.mark.parametrize("text", ["grandes surfaces", "visiter une chapelle", "vider la fosse"])
def test_a_first_word_of_everyday_life_is_no_place(book: Book, text: str) -> None:
    assert ask(text, book).place is None


def test_near_me_asks_for_a_position(book: Book) -> None:
    understood = ask("pharmacie près de chez moi", book)
    assert understood.wants_position
    assert (codes(understood), understood.rest) == (["SA11"], ())


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("ouvert samedi matin nogent", "samedi-matin"),
        ("pharmacie ouverte", "maintenant"),
        ("ouvert maintenant", "maintenant"),
        ("restaurant ce soir", "aujourdhui-soir"),
        ("médiathèque demain matin", "demain-matin"),
        ("boulangerie dimanche", "dimanche"),
        ("mairie après 19h", "jour-de-semaine-apres-19h"),
        ("mairie samedi de 10h à 11h30", "samedi-10h-11h30"),
        ("boulangerie le 24 décembre", "2026-12-24"),
        ("boulangerie le 1er janvier", "2027-01-01"),
        ("marché 28/11", "2026-11-28"),
        ("atelier cette semaine", "cette-semaine"),
        ("mairie tôt le matin", "jour-de-semaine-tot-le-matin"),
        ("mairie entre midi et deux", "jour-de-semaine-midi"),
        ("poste mercredi après-midi", "mercredi-apres-midi"),
        ("piscine ce week-end", "week-end"),
        ("piscine après-demain à 10h", "apres-demain-10h"),
        ("mairie aujourd’hui", "aujourdhui"),
        ("marché ce samedi", "samedi"),
        ("marché samedi prochain", "2026-11-28"),
        ("marché samedi qui vient", "2026-11-28"),
        ("mairie lundi prochain", "2026-11-23"),
        ("mairie vendredi prochain matin", "2026-11-27-matin"),
    ],
)
def test_a_time_inside_the_words_is_found(book: Book, text: str, when: str) -> None:
    understood = ask(text, book)
    assert str(understood.when) == when
    assert {"samedi", "matin", "soir", "ouvert", "18h", "midi"}.isdisjoint(understood.rest_words)


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        ("jai besoin de quelquun pour garder mes enfants", ["PE01"]),
        ("J’ai besoin de quelqu’un pour garder mes enfants", ["PE01"]),
        ("aider ma mère à domicile", ["SE03"]),
        ("je ne sais pas lire", ["SO13"]),
        ("lire", ["CS01"]),
        ("j’ai perdu mon travail", ["EM01"]),
        ("RAM", ["PE01"]),
        ("ram", ["PE01"]),
        ("rame", []),
        ("MSAP", ["AD03"]),
        ("papiers", ["AD03"]),
        ("papiers d’identité", ["AD09"]),
        ("garde tôt le matin", ["PE05"]),
        ("médecin le dimanche", ["SA15"]),
        ("CLIC", ["SE01"]),
        ("clique", []),
        ("dental", ["SA05"]),
        ("assistantes maternelles", ["PE03"]),
        ("bus des services", ["AD04"]),
        ("pôle emploi", ["EM01"]),
    ],
)
def test_a_need_is_found_in_names_and_sentences(book: Book, text: str, needs: list[str]) -> None:
    assert codes(ask(text, book)) == needs


@pytest.mark.parametrize(("acronym", "senses"), [("CSS", {"SO05", "SA19"}), ("mda", {"SE01", "EJ05"})])
def test_an_acronym_of_two_senses_offers_both(book: Book, acronym: str, senses: set[str]) -> None:
    (need,) = ask(acronym, book).needs
    assert {meaning.code for meaning in need.meanings} == senses
    assert need.n_senses == 2


def test_an_everyday_acronym_counts_only_alone(book: Book) -> None:
    assert "VI04" not in codes(ask("mairie sel", book))


def test_wishes_become_filters(book: Book) -> None:
    understood = ask("piscine gratuite accessible en fauteuil par téléphone sans rendez-vous pour les jeunes", book)
    assert [wish.name for wish in understood.wishes] == ["free", "accessible", "mode", "appointment", "audience"]
    assert understood.audiences == {Audience.YOUNG_PEOPLE}
    assert codes(understood) == ["CS06"]


def test_who_has_no_car_wants_what_comes_to_them_or_else_a_bus(book: Book) -> None:
    understood = ask("conseiller numérique sans voiture", book)
    assert [wish.name for wish in understood.wishes] == ["reach"]
    assert codes(understood) == ["NU01"]
    assert codes(ask("sans voiture", book)) == ["MO03"]
    assert codes(ask("médecin sans voiture", book)) == codes(ask("médecin, je ne conduis pas", book)) == ["SA01"]
    assert codes(ask("aller chez le médecin sans voiture", book)) == ["SA21"]
    assert codes(ask("pas de voiture pour aller chez le médecin", book))[0] == "MO03"


@pytest.mark.parametrize("text", ["bus pour troyes", "un car pour aller à Troyes"])
def test_where_a_journey_goes_is_neither_where_one_is_nor_a_word_to_be_met(book: Book, text: str) -> None:
    understood = ask(text, book)
    assert understood.written(understood.destination).lower() == "troyes"
    assert understood.place is None
    assert understood.rest == ()


def test_a_coiffeur_who_comes_home_keeps_the_wish(book: Book) -> None:
    understood = ask("coiffeur à domicile", book)
    assert codes(understood) == ["CO07"]
    assert understood.mode is Mode.HOME


def test_a_wish_inside_the_name_of_a_need_is_no_filter(book: Book) -> None:
    assert ask("soins à domicile", book).wishes == ()


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("mon mari me frappe", "17"),
        ("violence conjugale", "17"),
        ("suicide", "3114"),
        ("je fais un malaise", "15"),
        ("au feu", "18"),
        ("enfant en danger", "119"),
        ("fuite de gaz", "18"),
        ("dormir dehors", "115"),
    ],
)
def test_words_of_danger_bring_the_numbers_to_call(book: Book, text: str, first: str) -> None:
    assert ask(text, book).emergencies[0].number == first


@pytest.mark.parametrize("text", ["feu d’artifice", "accident du travail", "violon", "crèche", "pot-au-feu"])
def test_harmless_words_bring_no_numbers(book: Book, text: str) -> None:
    assert ask(text, book).emergencies == ()


def test_everything_understood_is_given_back_with_its_words(book: Book) -> None:
    parts = ask("crèche gratuite samedi à Romilly", book).parts
    assert [(part.kind.value, part.words) for part in parts] == [
        ("lieu", "Romilly"),
        ("quand", "samedi"),
        ("besoin", "crèche"),
        ("filtre", "gratuite"),
    ]


def test_what_is_undone_is_searched_as_words(book: Book) -> None:
    everything = Undone.PLACE, Undone.TIME, Undone.NEED, Undone.FILTER
    understood = ask("crèche gratuite samedi à Romilly", book, *everything)
    assert understood.rest_words == ("crèche", "gratuite", "samedi", "Romilly")
    assert understood.parts == ()


@given(st.text(max_size=200))
@examples(60)
def test_any_text_is_understood_somehow(text: str) -> None:
    understood = understand(text, WHOLE_BOOK, now=NOON)
    spent = {place for need in understood.needs for place in need.places}
    assert spent.isdisjoint(understood.rest)
    assert json.dumps([part.words for part in understood.parts])


@pytest.mark.parametrize("name", SHIPPED)
def test_the_sentences_name_concepts_of_the_thesaurus(book: Book, name: str) -> None:
    text = files("portal.search").joinpath("reference", name).read_text(encoding="utf-8")
    phrases, problems = read_phrases(text)
    known = {concept.code for concept in book.vocabulary.shown_concepts}
    assert problems == ()
    assert {code for phrase in phrases for code in phrase.concepts} <= known
    assert [phrase.words for phrase in phrases if not phrase.stems] == []


@pytest.mark.parametrize("text", ["- :\n -", "besoins:\n- dit: [x]", "besoins:\n- concepts: [PE01]"])
def test_a_sentence_without_its_half_is_told(text: str) -> None:
    phrases, problems = read_phrases(text)
    assert phrases == ()
    assert len(problems) == 1


@pytest.mark.parametrize("text", ["mon mari me bat", "mon ex me menace", "j’ai peur de mon conjoint"])
def test_who_is_beaten_finds_who_helps(book: Book, text: str) -> None:
    assert codes(ask(text, book)) == ["SO11"]


def test_a_place_is_not_named_twice(book: Book) -> None:
    place = ask("mairie de villenauxe", book).place
    assert place is not None
    assert place.words == "Villenauxe-la-Grande (10)"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("mes papiers d’identité à Saint-Aubin", ["Saint-Aubin", "papiers d’identité"]),
        ("aider ma mère à domicile", ["aider ma mère à domicile"]),
    ],
)
def test_what_is_understood_is_given_back_as_it_was_typed(book: Book, text: str, words: list[str]) -> None:
    assert [part.words for part in ask(text, book).parts] == words


@pytest.mark.parametrize("text", ["médecin tout de suite", "dentiste en urgence", "médecin vite à Plancy"])
def test_who_looks_for_care_at_once_is_told_the_numbers(book: Book, text: str) -> None:
    assert [line.number for line in ask(text, book).emergencies] == ["15", "112"]


@pytest.mark.parametrize("text", ["médecin", "plombier en urgence", "bus tout de suite"])
def test_no_number_is_shown_to_who_is_in_no_danger(book: Book, text: str) -> None:
    assert ask(text, book).emergencies == ()


def test_a_hospital_one_goes_to_is_not_where_one_is(book: Book) -> None:
    understood = ask("aller à l’hôpital de Troyes demain", book)
    assert understood.place is None
    assert understood.there is not None
    assert understood.there.commune.name == "Troyes"
