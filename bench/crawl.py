"""Walk the whole demonstration as a search engine would: `bench/run crawl`.

Every link is followed and fifty pages of each kind are read by a strict parser. Nothing may be broken, no two pages of
a language may bear one title, and the map of the site must list exactly the pages that stand. `bench/crawl.py FOLDER`
walks the portal of a data directory instead.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from xml.etree.ElementTree import fromstring

from flask.testing import FlaskClient

from config import read_settings
from importers.opening import installed_territory, open_installation
from portal.app import Opened, create_app
from tests.tools.crawler import SITE, Walk, walk

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
SHOWN = 20
STRICTLY = 50


def main() -> None:
    """Prepare a demonstration unless a folder is given, and walk it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="a data directory that is ready")
    parser.add_argument("--leaves", type=int, default=1, metavar="N", help="try one of N searches, formats …")
    asked = parser.parse_args()
    if asked.folder:
        report(asked.folder, leaves=asked.leaves)
        return
    with tempfile.TemporaryDirectory() as made:
        data_dir = Path(made) / "data"
        program = str(Path(sys.executable).with_name("maillage"))
        subprocess.run([program, "init", "--demo"], env={"MAILLAGE_DATA_DIR": str(data_dir)}, check=True)  # noqa: S603 - our own program
        report(data_dir, leaves=asked.leaves)


def report(data_dir: Path, *, leaves: int) -> None:
    """Print what was met, and end with a fault when something does not hold."""
    here = open_installation(read_settings({"MAILLAGE_DATA_DIR": str(data_dir)}))
    app = create_app(
        here, installed_territory(here), Opened("k" * 64, ("localhost",), exit_url="https://weather.example")
    )
    browser, begun = app.test_client(), time.monotonic()
    walked = walk(browser, strictly=STRICTLY, leaves=leaves)
    print(f"{len(walked.pages)} pages and {len(walked.leaves)} other addresses in {time.monotonic() - begun:.0f} s")
    kinds = Counter(path.removeprefix("/en").strip("/").partition("/")[0] for path in walked.pages)
    print("pages by kind:", ", ".join(f"{kind or 'home'} {count}" for kind, count in kinds.most_common()))
    faults = sum(tell(name, found) for name, found in faults_of(walked, browser).items())
    here.database.close()
    sys.exit(1 if faults else 0)


def faults_of(walked: Walk, browser: FlaskClient) -> dict[str, list[str]]:
    """List everything that does not hold."""
    mapped = {(each.text or "").removeprefix(SITE) for each in fromstring(browser.get("/sitemap.xml").text).iter(MAP)}  # noqa: S314 - our own document
    indexed = {page.path for page in walked.indexed()}
    return {
        "broken": [f"{path}: {why}" for path, why in walked.broken.items()],
        "invalid": [f"{path}: {why}" for path, why in walked.invalid.items()],
        "lost fragments": walked.lost_fragments(),
        "titles borne twice": [f"{title}: {', '.join(paths)}" for title, paths in walked.repeated_titles().items()],
        "in the map, not met": sorted(mapped - indexed),
        "met, not in the map": sorted(indexed - mapped),
    }


def tell(name: str, found: list[str]) -> int:
    """Print the first of some faults and how many there are."""
    print(f"{name}: {len(found)}")
    for fault in found[:SHOWN]:
        print(f"  {fault}")
    return len(found)


if __name__ == "__main__":
    main()
