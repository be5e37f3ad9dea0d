"""The communes of France and the demonstration territory, read once."""

from pathlib import Path

import pytest

from portal.geography.communes import Communes
from portal.geography.lookup import Lookup
from portal.geography.lookup import communes as all_communes
from portal.geography.territories import demonstration_territory
from portal.geography.territory import Territory

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "communes"


@pytest.fixture(scope="session")
def lookup() -> Lookup:
    """Give the look-up of all communes."""
    return all_communes()


@pytest.fixture(scope="session")
def france(lookup: Lookup) -> Communes:
    """Give the communes themselves."""
    return lookup.communes


@pytest.fixture(scope="session")
def territory() -> Territory:
    """Give the territory of the demonstration."""
    return demonstration_territory()


@pytest.fixture(scope="session")
def shared_communes() -> Path:
    """Give the folder of the producers' own files, where it stands beside the checkout."""
    if not SHARED.is_dir():
        pytest.skip("the producers' files of communes do not stand beside this checkout, in ../shared/data/communes")
    return SHARED
