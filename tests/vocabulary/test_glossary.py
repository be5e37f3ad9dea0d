"""Acronyms are explained where they stand, case-exact, never inside a word."""

import pytest

from portal.vocabulary.glossary import acronyms_in, glossary
from portal.vocabulary.loading import load_vocabulary
from tests.tools.claims import every

UNEXPLAINED = {
    *("CHU", "CSS", "MDA", "VAE"),  # several meanings
    *("ACI", "AME", "CAT", "EFS", "FAIRE", "MAS", "PACT", "PAT", "SAS", "SEL", "TAP"),  # words, names, or other things
}
"""Acronyms of three letters or more that the thesaurus knows and a page does not explain."""


def met(text: str) -> list[str]:
    return [text[each.start : each.end] for each in acronyms_in(text)]


def test_every_acronym_of_the_thesaurus_is_explained_or_left_out_on_purpose() -> None:
    concepts = load_vocabulary().concepts
    known = {acronym for each in concepts for acronym in each.acronyms}
    known |= {acronym for each in concepts for former in each.former_names for acronym in former.acronyms}
    explained = {letters for letters in glossary() if letters.capitalize() != letters}
    assert {acronym for acronym in known if len(acronym) > 2} - UNEXPLAINED == explained


@pytest.mark.parametrize(
    ("text", "acronyms"),
    [
        ("La CAF et la MSA vous reçoivent.", ["CAF", "MSA"]),
        ("Allocations (CAF), LAEP.", ["CAF", "LAEP"]),
        ("Le caf est fermé, la Caf aussi.", ["Caf"]),
        ("Pour un Ehpad ou un esat", ["Ehpad"]),
        ("CAFÉ des aidants, CAFs, XCAF, CAF-RSA", []),
        ("le dossier CMU-C", ["CMU-C"]),
        ("le PLUi et la DGFiP", ["PLUi", "DGFiP"]),
        ("CAF", ["CAF"]),
        ("PERMANENCE CAF DE ROMILLY", []),
        ("", []),
    ],
)
def test_an_acronym_is_met_as_it_is_written(text: str, acronyms: list[str]) -> None:
    assert met(text) == acronyms


def test_explanations_are_in_both_languages() -> None:
    assert every(label.fr and label.en for label in glossary().values())
    assert glossary()["LAEP"].said("en") == "drop-in centre for parents and young children"
