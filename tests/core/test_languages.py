"""A name in both languages is said in one, and falls back on French."""

from portal.core.languages import Label


def test_a_name_without_english_is_said_in_french() -> None:
    assert (Label("crèche", "nursery").said("en"), Label("mairie", "").said("en")) == ("nursery", "mairie")


def test_gaps_are_filled_in_each_language() -> None:
    sentence = Label("{what} à {name}", "{what} in {name}").filled(what=Label("crèche", "nursery"), name="Pâlis")
    assert (str(sentence), sentence.said("en")) == ("crèche à Pâlis", "nursery in Pâlis")


def test_french_is_spaced_as_it_is_printed() -> None:
    label = Label("Où ? Là : « ici »", "Where? There: “here”")
    assert label.said() == "Où\u202f? Là\u00a0: «\u00a0ici\u00a0»"
    assert label.said("en") == "Where? There: “here”"
