"""Names of communes take their place in a French sentence."""

import pytest

from portal.geography.grammar import at_commune, of_commune, printed


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Romilly-sur-Seine", "de Romilly-sur-Seine"),
        ("Le Mériot", "du Mériot"),
        ("Les Riceys", "des Riceys"),
        ("La Saulsotte", "de La Saulsotte"),
        ("L’Épine", "de L’Épine"),
        ("Avant-lès-Marcilly", "d’Avant-lès-Marcilly"),
        ("Échemines", "d’Échemines"),
        ("Yerville", "de Yerville"),
        ("Ypreville-Biville", "d’Ypreville-Biville"),
        ("Hampigny", "de Hampigny"),
    ],
)
def test_a_commune_is_said_with_its_article_or_elision(name: str, said: str) -> None:
    assert of_commune(name) == said


@pytest.mark.parametrize(
    ("name", "said"), [("Barbuise", "à Barbuise"), ("Le Mériot", "au Mériot"), ("Les Riceys", "aux Riceys")]
)
def test_one_is_at_a_commune_with_its_article(name: str, said: str) -> None:
    assert at_commune(name) == said


def test_a_commune_is_printed_with_the_apostrophe_of_print() -> None:
    assert printed("Plancy-l'Abbaye") == "Plancy-l’Abbaye"
