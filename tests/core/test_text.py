"""Words: folded to compare, slugged for URLs, tidied, cut in French."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as some

from portal.core.text import cut, fold, slug, tidy

LETTERS = some.sampled_from("abéèçàœŒÀ'’ -–.,;:!?«»()\u00a0\u202f\t\n0123…")
FRENCH = some.text(alphabet=LETTERS | some.characters(), max_size=80)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", ""),
        ("Crèche", "creche"),
        ("ÉCOLE À L’HÔPITAL", "ecole a l'hopital"),
        ("Sœur Œuvre ex æquo", "soeur oeuvre ex aequo"),
        ("Maizières-la-Grande-Paroisse", "maizieres-la-grande-paroisse"),
        ("Pays\u00a0d’Othe\u202f!", "pays d'othe !"),
        ("Straße Łódź", "strasse lodz"),
        ("e\u0301tat", "etat"),
        ("ﬁn №5", "fin no5"),
        ("İstanbul", "istanbul"),
        ("7j/7 & 24h", "7j/7 & 24h"),
    ],
)
def test_folding_forgets_case_accents_and_ligatures(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(FRENCH)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(FRENCH)
def test_composed_and_decomposed_accents_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(some.text(alphabet="abcdéèêçàùïœ '-", max_size=60))
def test_capitals_fold_like_small_letters(text: str) -> None:
    assert fold(text.upper()) == fold(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("La Poste – Romilly-sur-Seine", "la-poste-romilly-sur-seine"),
        ("L’Œuvre d’Été (2026)", "l-oeuvre-d-ete-2026"),
        ("  --  ", ""),
        ("日本", ""),
        ("A__B", "a-b"),
    ],
)
def test_slugs_are_plain_parts_of_urls(text: str, expected: str) -> None:
    assert slug(text) == expected


@given(FRENCH)
def test_a_slug_is_its_own_slug(text: str) -> None:
    made = slug(text)
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", made)
    assert slug(made) == made


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  La \t Poste\n ", "La Poste"),
        ("l'école d'été", "l’école d’été"),
        ("l`école, d´ici", "l’école, d’ici"),
        ("'cité'", "'cité'"),
        ("10' de marche", "10' de marche"),
        ("Ouvert : oui ; non ! vraiment ?", "Ouvert\u00a0: oui\u202f; non\u202f! vraiment\u202f?"),
        ("« Les Lutins »", "«\u00a0Les Lutins\u00a0»"),
        ("Ouvert: 8:30", "Ouvert: 8:30"),
        ("https://exemple.example/?a=1", "https://exemple.example/?a=1"),
        ("Ouvert\u00a0:\u00a0oui", "Ouvert\u00a0: oui"),
        ("cof\ufefffre\u200b-\u00adfort", "coffre-fort"),
        ("et cetera...", "et cetera…"),
        ("e\u0301tat", "état"),
        ("a\u2028b", "a b"),
    ],
)
def test_tidying_cleans_what_was_pasted(text: str, expected: str) -> None:
    assert tidy(text) == expected


@given(FRENCH)
def test_a_text_that_looks_tidy_is_tidied_like_any_other(text: str) -> None:
    # The space in front makes it look untidy.
    assert tidy(f" {text}") == tidy(text)


@given(FRENCH)
def test_tidying_twice_is_tidying_once(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@given(FRENCH)
def test_a_tidy_text_has_no_odd_spaces(text: str) -> None:
    made = tidy(text)
    assert made == made.strip()
    assert not re.search(r"[\t\n\r\x0b\x0c]|\s\s", made)


@pytest.mark.parametrize(
    ("text", "length", "expected"),
    [
        ("Relais petite enfance", 21, "Relais petite enfance"),
        ("Relais petite enfance", 20, "Relais petite…"),
        ("Relais petite enfance", 14, "Relais petite…"),
        ("Relais petite enfance", 13, "Relais…"),
        ("Maison de la santé", 14, "Maison…"),
        ("Accueil à l’école du bourg", 13, "Accueil…"),
        ("Accueil à l’école du bourg", 18, "Accueil à l’école…"),
        ("Aide, écoute et conseil", 8, "Aide…"),
        ("Aide (sur rendez-vous)", 8, "Aide…"),
        ("Ouvert\u00a0: le matin", 11, "Ouvert…"),
        ("Intercommunalité", 8, "Interco…"),
        ("le la les de", 6, "le la…"),
        ("Relais", 1, "…"),
        ("Relais", 0, ""),
        ("", 0, ""),
    ],
)
def test_cutting_ends_on_a_word_that_can_end(text: str, length: int, expected: str) -> None:
    assert cut(text, length) == expected


@given(FRENCH, some.integers(min_value=0, max_value=90))
def test_a_cut_text_is_a_beginning_that_fits(text: str, length: int) -> None:
    made = cut(text, length)
    assert len(made) <= length or made == text
    assert made == text or (made.removesuffix("…") in text and made.endswith("…"[:length]))


def test_what_no_page_may_hold_is_left_out() -> None:
    assert tidy("crè\x00che\ufffe \ufdd0du\U0010ffff Lavoir") == "crèche du Lavoir"
