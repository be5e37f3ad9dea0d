"""Every template compiles strictly and keeps to what a strict policy allows."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(str(path.relative_to(ROOT / "templates")) for path in (ROOT / "templates").rglob("*.html"))
LONGEST_TEMPLATE = 200
STRANGERS = {
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/ld\+json)", re.IGNORECASE),
    "inline style": re.compile(r"<style|\sstyle=", re.IGNORECASE),
    "inline handler": re.compile(r"\son[a-z]+=", re.IGNORECASE),
    "foreign text unescaped": re.compile(r"\|\s*safe\b|autoescape\s+false"),
    "address of a third party": re.compile(r"""(?:src|href)=["']https?:""", re.IGNORECASE),
}


def test_there_are_templates_to_check() -> None:
    assert "web/layout.html" in TEMPLATES


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_compiles_under_strict_undefined(name: str) -> None:
    loader = FileSystemLoader(ROOT / "templates")
    environment = Environment(loader=loader, undefined=StrictUndefined, extensions=["jinja2.ext.i18n"], autoescape=True)
    assert environment.get_template(name).name == name


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_holds_nothing_the_policy_refuses(name: str) -> None:
    text = (ROOT / "templates" / name).read_text(encoding="utf-8")
    assert [kind for kind, stranger in STRANGERS.items() if stranger.search(text)] == []
    assert len(text.splitlines()) <= LONGEST_TEMPLATE
