"""Whatever is typed, the French reader answers, keeps what it did not read, and does not mind spaces or capitals."""

import string
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from portal.hours.french import read_comment, read_day, read_french
from portal.hours.french.calendar_sets import CannotSay, meet, without
from portal.hours.slots import (
    EVERY_DAY,
    DayRule,
    MonthDay,
    Opening,
    SchoolHolidays,
    Season,
    Slot,
    TimeSpan,
    Weekday,
    Weeks,
)
from tests.hours.french_notation import dump
from tests.tools.examples import examples

VOCABULARY = """
lundi mardi mercredi vendredi samedi dimanche lun ven L V du au de à le les et ou sauf hors fermé ouvert 9h 12h 8h30
14h 17h30 9h-12h 14h-17h 22h-2h 24h/24 7j/7 midi minuit matin après-midi soir 1er 2e 3ème dernier semaines paires
impaires vacances scolaires zone B jours fériés en août juillet juin 24/12 2026 3 21 mai sur rdv sans rendez-vous par
téléphone visio domicile jusqu'à partir un deux tous chaque mois été hiver reste l'année y compris uniquement entre
puis Orelle ( ) , ; : . / - | • + ? 03 53 01 00 autres jours
"""
WORDS = [*VOCABULARY.split(), "\n"]
PHRASES = st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join)
MONDAY = frozenset({Weekday.MONDAY})


@given(st.text(max_size=200) | PHRASES)
@example("1er au 3 au 21 (")
@example("\x00lundi 9h-12h")
@examples(100)
def test_any_text_gets_an_answer_that_loses_nothing(text: str) -> None:
    opening, problems = read_french(text)
    assert all(words.text.strip() for words in opening.unread)
    assert opening.is_complete or problems
    assert all(problem.code and problem.text.endswith((".", "».")) for problem in problems)


@given(PHRASES)
@examples(60)
def test_no_text_but_an_empty_one_leaves_the_week_silently_shut(text: str) -> None:
    opening, _ = read_french(text)
    says = opening.slots or opening.exceptions or any(words.touches for words in opening.unread)
    assert says or not text.strip()


@given(PHRASES)
@examples(50)
def test_times_of_slots_are_in_order_and_apart(text: str) -> None:
    opening, _ = read_french(text)
    for slot in opening.slots:
        assert slot.times
        ends = [(one.end, other.start) for one, other in zip(slot.times, slot.times[1:], strict=False)]
        assert all(end < start for end, start in ends)


@given(PHRASES)
@examples(50)
def test_capitals_and_wide_spaces_change_nothing(text: str) -> None:
    plain = dump(read_french(text)[0])
    assert dump(read_french(text.upper())[0]) == plain
    assert dump(read_french(text.replace(" ", "  "))[0]) == plain
    assert dump(read_french(text.replace(" ", "\u00a0"))[0]) == plain


@given(PHRASES)
@examples(50)
def test_column_of_a_day_never_opens_another_day_unsaid(text: str) -> None:
    names = ("lun", "mar", "mer", "jeu", "ven", "sam", "dim", "jours", "j/7", "L", "V")
    opening, _ = read_day(text, MONDAY)
    if not any(name in text for name in names):
        assert all(slot.rule.days <= MONDAY for slot in opening.slots)


@given(PHRASES)
@examples(50)
def test_comment_never_adds_an_hour(text: str) -> None:
    slot = Slot((TimeSpan(540, 720),), DayRule(days=MONDAY))
    opening, _ = read_comment(text, (slot,))
    for kept in opening.slots:
        assert kept.rule.days <= MONDAY
        assert all(span.start >= 540 and span.end <= 720 for span in kept.times)


RULES = st.builds(
    DayRule,
    days=st.sets(st.sampled_from(list(Weekday)), min_size=1).map(frozenset),
    weeks=st.sampled_from(list(Weeks)),
    nth=st.sampled_from([frozenset(), frozenset({1}), frozenset({2, 4})]),
    season=st.sampled_from([None, Season(MonthDay(6, 1), MonthDay(9, 15)), Season(MonthDay(11, 15), MonthDay(2, 28))]),
    school_holidays=st.sampled_from(list(SchoolHolidays)),
)


@given(RULES, RULES)
def test_what_is_cut_away_and_what_is_kept_never_meet(rule: DayRule, cut: DayRule) -> None:
    for kept in without(rule, cut):
        assert not meet(kept, cut)
        assert meet(kept, rule)


def holds(rule: DayRule, day: date) -> bool:
    """Tell whether a rule names a day, by the plainest way; school is out in the first half of odd months."""
    rank = (day.day - 1) // 7 + 1
    is_out = day.month % 2 == 1 and day.day <= 15
    conditions = [
        Weekday(day.weekday()) in rule.days,
        not rule.nth or rank in rule.nth,
        rule.weeks is Weeks.EVERY or (day.isocalendar().week % 2 == 0) == (rule.weeks is Weeks.EVEN),
        rule.season is None or is_in(rule.season, day),
        rule.school_holidays is SchoolHolidays.ALWAYS or is_out == (rule.school_holidays is SchoolHolidays.ONLY),
    ]
    return all(conditions)


def is_in(season: Season, day: date) -> bool:
    """Tell whether a day lies in a season; the last of February is one day or two."""
    first, last = (season.first.month, season.first.day), (season.last.month, season.last.day)
    last = (2, 29) if last == (2, 28) else last
    here = (day.month, day.day)
    return first <= here <= last if first <= last else here >= first or here <= last


YEARS = [date(2027, 1, 1) + timedelta(days=number) for number in range(731)]


@given(RULES, RULES)
@examples(30)
def test_cutting_days_out_is_right_for_every_day_of_two_years(rule: DayRule, cut: DayRule) -> None:
    kept = without(rule, cut)
    wrong = [
        day for day in YEARS if any(holds(piece, day) for piece in kept) != (holds(rule, day) and not holds(cut, day))
    ]
    assert wrong == []


def test_first_and_last_of_a_month_cannot_be_told_apart() -> None:
    with pytest.raises(CannotSay):
        meet(DayRule(days=EVERY_DAY, nth=frozenset({1})), DayRule(days=EVERY_DAY, nth=frozenset({-1})))


@pytest.mark.parametrize(
    "piece",
    ["lundi ", "9h-12h ", "lundi 9h-12h, ", "sauf ", "(", "-", "1er ", "a@", "7", "é", "\n", "& ", string.punctuation],
)
def test_hundred_thousand_characters_are_given_up_at_once(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    opening, problems = read_french(text)
    assert [problem.code for problem in problems] == (["texte-trop-long"] if text.strip() else [])
    assert opening == Opening() or not opening.is_complete


@pytest.mark.parametrize(
    "piece",
    ["lundi 9h-12h, ", "fermé le 1er lundi des semaines paires en août, ", "sauf le mardi et ", "9h-12h ", "(1er "],
)
def test_text_of_the_greatest_length_read_ends_in_doubt_or_hours(piece: str) -> None:
    opening, _ = read_french((piece * 3000)[:2999])
    assert opening.slots or not opening.is_complete
