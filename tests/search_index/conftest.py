"""Each engine in turn, empty; and an index around it that is easy to fill and to ask."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from search_index.analysis import Analysis
from search_index.engine import KeptEngine
from tests.search_index.builders import ACRONYMS, Index
from tests.search_index.engines import ENGINES


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[KeptEngine]:
    """Open an engine that holds nothing yet."""
    with ENGINES[request.param](Analysis(ACRONYMS), tmp_path / "index") as opened:
        yield opened


@pytest.fixture
def index(engine: KeptEngine) -> Index:
    """Give an index to fill and to ask."""
    return Index(engine)
