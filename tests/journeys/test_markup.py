"""Every kind of page is valid for the checker of the W3C, in both languages and in the simple version."""

import json
import os
import shutil
import subprocess
import urllib.request
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote

import pytest

from tests.journeys.conftest import Portal
from tests.journeys.page_types import PAGE_TYPES, address

CHECKER = os.environ.get("MAILLAGE_TEST_VNU", "")
"""Path of the Nu checker, vnu.jar; .ci/run fetches it."""
VERSIONS = {"": "french", "/en": "english", "/simple": "simple", "/simple/en": "simple english"}


def _fetch(address: str) -> bytes:
    # Error pages are pages too.
    try:
        with urllib.request.urlopen(address) as answer:  # noqa: S310 - our own portal
            return bytes(answer.read())
    except HTTPError as error:
        with error:
            return error.read()


def _keep_pages(portal: Portal, folder: Path) -> int:
    for kind in PAGE_TYPES:
        for prefix, version in VERSIONS.items():
            path = quote(address(portal, kind, prefix), safe="/?&=+%")
            (folder / f"{kind} in {version}.html".replace(" ", "-")).write_bytes(_fetch(portal.url + path))
    return len(list(folder.iterdir()))


def test_every_kind_of_page_satisfies_the_nu_checker(portal: Portal, tmp_path: Path) -> None:
    java = shutil.which("java")
    if not CHECKER or java is None:
        pytest.skip("needs Java and the Nu checker: MAILLAGE_TEST_VNU names none")
    assert _keep_pages(portal, tmp_path) == len(PAGE_TYPES) * len(VERSIONS)
    outcome = subprocess.run(
        [java, "-jar", CHECKER, "--format", "json", "--stdout", "--exit-zero-always", str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(outcome.stdout)["messages"]
    faults = {f"{Path(each.get('url', '')).name}: {each['message']}" for each in told if each["type"] == "error"}
    assert sorted(faults) == []
