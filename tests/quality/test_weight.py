"""A page stays light on a slow line: what is ours to download is counted."""

from pathlib import Path

STATIC = Path(__file__).resolve().parents[2] / "static"


def test_own_scripts_weigh_less_than_twenty_kilobytes() -> None:
    scripts = [*STATIC.glob("*.js")]
    assert scripts
    assert sum(script.stat().st_size for script in scripts) <= 20_000


def test_the_style_sheet_of_a_page_weighs_less_than_fifteen_kilobytes() -> None:
    assert (STATIC / "maillage.css").stat().st_size <= 15 * 1024
