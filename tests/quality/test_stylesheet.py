"""The style sheets turn with the language, and answer preferences."""

import re
from pathlib import Path

STATIC = Path(__file__).resolve().parents[2] / "static"
SHEET = "".join(path.read_text(encoding="utf-8") for path in sorted(STATIC.glob("*.css")))
RULES = re.sub(r"/\*.*?\*/", "", SHEET, flags=re.DOTALL)
SIDES = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border)-(?:left|right)|left|right)\s*:|(?:text-align|float|clear)\s*:\s*(?:left|right)"
)
NAMED = re.compile(r"\.([a-z][\w-]*)")
FIXED = re.compile(r"font-size:\s*[\d.]+px|line-height:\s*[\d.]+px")


def test_no_rule_knows_left_from_right() -> None:
    assert SIDES.findall(RULES) == []


def test_no_text_has_a_fixed_size() -> None:
    assert FIXED.findall(RULES) == []


def test_the_sheets_answer_every_preference() -> None:
    asked = ("prefers-contrast", "prefers-reduced-motion", "forced-colors", "@media print", "light-dark(")
    assert [each for each in asked if each not in RULES] == []


def test_every_class_of_the_sheets_is_one_that_some_page_bears() -> None:
    root = STATIC.parent
    places = [*root.glob("templates/**/*.html"), *root.glob("portal/**/*.py"), *STATIC.glob("*.js")]
    written = " ".join(path.read_text(encoding="utf-8") for path in places)
    borne, made = set(re.findall(r"[\w-]+", written)), tuple(re.findall(r"([a-z]+-)\{\{", written))
    named = {name for head in re.findall(r"([^{}]+)\{", RULES) for name in NAMED.findall(head)}
    assert {name for name in named - borne if not name.startswith(("leaflet-", *made))} == set()


def test_the_checks_see_what_they_forbid() -> None:
    assert SIDES.search("a { margin-left: 1rem }")
    assert SIDES.search("a { text-align: right }")
    assert not SIDES.search("a { margin-inline: 1rem; border-inline-start: 0; inset-inline-start: 0 }")
    assert FIXED.search("a { font-size: 12px }")
