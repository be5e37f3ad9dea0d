"""The table of French texts is read as a secretary would: what is sure opens, what is not stays in doubt."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.hours.french import read_comment, read_day, read_french
from portal.hours.slots import DayRule, Opening, Slot, TimeSpan, Weekday
from tests.hours.french_notation import dump

CASES_FILES = tuple(Path(__file__).with_name(name) for name in ("french_cases.txt", "french_cases_review.txt"))
MONDAY = frozenset({Weekday.MONDAY})


def lines() -> Iterator[str]:
    """Read the lines of the tables."""
    for path in CASES_FILES:
        yield from path.read_text(encoding="utf-8").splitlines()


def cases() -> list[tuple[str, str, str]]:
    """Read the table: a text, on the next line what is read, on a third the codes of the problems."""
    found: list[tuple[str, str, str]] = []
    text = ""
    for line in lines():
        if line.startswith("    = "):
            found.append((text, line.removeprefix("    = "), ""))
        elif line.startswith("    ! "):
            found[-1] = (*found[-1][:2], line.removeprefix("    ! "))
        else:
            text = line.replace("⏎", "\n")
    return found


CASES = cases()


def test_the_table_is_long_and_repeats_nothing() -> None:
    texts = [text for text, _, _ in CASES]
    assert len(texts) > 500
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize(("text", "expected", "codes"), CASES, ids=[text[:60] for text, _, _ in CASES])
def test_text_is_read_as_the_table_says(text: str, expected: str, codes: str) -> None:
    opening, problems = read_french(text)
    assert dump(opening) == expected
    assert " ".join(dict.fromkeys(problem.code for problem in problems)) == codes


def test_problem_is_a_sentence_with_advice() -> None:
    _, problems = read_french("lundi 17h-9h")
    assert problems[0].text == "Dans « lundi 17h-9h », une plage finit avant de commencer. Corrigez les heures."
    assert problems[0].value == "lundi 17h-9h"


def test_long_words_are_cut_in_the_sentence_and_kept_in_the_value() -> None:
    _, problems = read_french("zzz " * 100)
    assert "…" in problems[0].text
    assert problems[0].value == ("zzz " * 100).strip()


def test_unread_words_are_kept_as_they_stood() -> None:
    opening, _ = read_french("Mardi 9h-12h. Entrée par la Cour d’Honneur ; jeudi 9h-12h")
    assert [words.text for words in opening.unread] == ["Entrée par la Cour d’Honneur"]


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\u00a0"])
def test_empty_text_says_nothing(text: str) -> None:
    assert read_french(text) == (Opening(), [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [("9h-12h", "lu 9h-12h"), ("fermé", ""), ("sur rdv", "lu rdv"), ("voir affiche", "? lu"), ("matin", "? lu 0h-12h")],
)
def test_column_of_a_day_gives_its_day(text: str, expected: str) -> None:
    opening, _ = read_day(text, MONDAY)
    assert dump(opening) == expected


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("Fermé en août", "lu 01/09..31/07 9h-12h,14h-17h"),
        ("Sur rendez-vous", "lu 9h-12h,14h-17h rdv"),
        ("L'après-midi uniquement par téléphone", "lu 9h-12h ; lu 14h-17h téléphone"),
        ("Fermé", "lu 9h-12h,14h-17h ; ? tlj"),
        ("Ouvert aussi le samedi 9h-12h", "lu 9h-12h,14h-17h ; ? sa 9h-12h"),
        ("Lundi 10h-12h", "lu 9h-12h,14h-17h ; ? lu 10h-12h"),
        ("Fermeture le 24 décembre 2026", "lu 9h-12h,14h-17h ; fermé 24/12/2026"),
        ("Hors vacances scolaires", "lu hors vacances 9h-12h,14h-17h"),
        ("Ouvert les jours fériés", "lu fériés ouvert 9h-12h,14h-17h"),
        ("Parking gratuit", "lu 9h-12h,14h-17h ; ? à côté"),
    ],
)
def test_comment_amends_hours_only_when_it_is_sure(comment: str, expected: str) -> None:
    monday = Slot((TimeSpan(540, 720), TimeSpan(840, 1020)), DayRule(days=MONDAY))
    opening, _ = read_comment(comment, (monday,))
    assert dump(opening) == expected
