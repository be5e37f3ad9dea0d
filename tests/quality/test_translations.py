"""Every sentence of the interface is in both catalogues, and what is compiled is what is written."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from portal.core.text import french_spacing
from script.compile_catalogues import compiled

ROOT = Path(__file__).resolve().parents[2]
NOT_CHOSEN = re.compile(r"\b(?:themes?|communes?|municipalit\w+|mobile services?|intercommunal\w*)\b", re.IGNORECASE)
"""English words for which docs/traduire.md has chosen others; names between %( and ) aside."""
CATALOGUES = sorted((ROOT / "translations").glob("*/LC_MESSAGES/*.po"))


def _read(path: Path) -> Catalog:
    with path.open("rb") as stream:
        return read_po(stream, locale=path.parts[-3])


def _identifiers(catalogue: Catalog) -> set[str]:
    return {str(message.id) for message in catalogue if message.id}


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    target = tmp_path_factory.mktemp("sentences") / "messages.pot"
    program = str(Path(sys.executable).with_name("pybabel"))
    arguments = [
        "--quiet",
        "extract",
        "--keyword=lazy_gettext",
        "--mapping-file=pyproject.toml",
        f"--output-file={target}",
        "portal",
        "templates",
    ]
    subprocess.run([program, *arguments], cwd=ROOT, check=True, capture_output=True)
    with target.open("rb") as stream:
        return _identifiers(read_po(stream))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_sentence_is_in_the_catalogue(spoken: set[str], language: str) -> None:
    catalogue = _read(ROOT / "translations" / language / "LC_MESSAGES" / "messages.po")
    assert spoken
    assert _identifiers(catalogue) == spoken, "run script/translate"


def test_every_sentence_is_translated_to_english() -> None:
    catalogue = _read(ROOT / "translations" / "en" / "LC_MESSAGES" / "messages.po")
    silent = [message.id for message in catalogue if message.id and not message.string]
    assert silent == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: "/".join(path.parts[-3:]))
def test_compiled_catalogue_is_the_written_one(path: Path) -> None:
    with path.with_suffix(".mo").open("rb") as stream:
        compiled = _sentences(read_mo(stream))
    assert compiled == _sentences(_read(path)), "run script/translate"


def _sentences(catalogue: Catalog) -> dict[str, str]:
    return {str(_all_of(each.id)): str(_said(each)) for each in catalogue if each.id and each.string}


def _said(message: Message) -> tuple[str, ...]:
    """Give what is said; compiling lets plurals nobody translated speak for themselves."""
    words = _all_of(message.string or "")
    return words if any(words) else _all_of(message.id)


def _all_of(words: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)


def test_every_french_sentence_is_spaced_as_it_is_printed() -> None:
    catalogue = _read(ROOT / "translations" / "fr" / "LC_MESSAGES" / "messages.po")
    sentences = [(_all_of(each.id), _all_of(each.string or "")) for each in catalogue if each.id]
    printed = {typed: given if any(given) else typed for typed, given in sentences}
    assert [typed for typed in printed if tuple(map(french_spacing, typed)) != printed[typed]] == []


def test_english_keeps_to_the_words_that_were_chosen() -> None:
    catalogue = _read(ROOT / "translations" / "en" / "LC_MESSAGES" / "messages.po")
    said = {words: re.sub(r"%\(\w+\)", "", words) for each in catalogue for words in _all_of(each.string or "")}
    assert [words for words, bare in said.items() if NOT_CHOSEN.search(bare)] == []


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: f"{path.stem}-{path.parts[-3]}")
def test_compiled_catalogue_is_what_compiling_gives_at_any_hour(catalogue: Path) -> None:
    assert catalogue.with_suffix(".mo").read_bytes() == compiled(catalogue), "run script/translate"
