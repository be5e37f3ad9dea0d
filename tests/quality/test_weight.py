"""A page stays light on a slow line: what is ours to download is counted."""

import gzip
from pathlib import Path

STATIC = Path(__file__).resolve().parents[2] / "static"


def test_own_scripts_weigh_less_than_twenty_kilobytes() -> None:
    scripts = [*STATIC.glob("*.js")]
    assert scripts
    assert sum(script.stat().st_size for script in scripts) <= 20_000


def test_style_sheet_weighs_less_than_fifteen_kilobytes_on_the_line() -> None:
    assert len(gzip.compress((STATIC / "maillage.css").read_bytes())) <= 15_000
