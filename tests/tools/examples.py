"""How many examples a property is tried with: as many as a usual run has time for, or a multiple of them.

Set MAILLAGE_TEST_EXAMPLES=20 to try twenty times as many.
"""

import os

from hypothesis import settings

TIMES = int(os.environ.get("MAILLAGE_TEST_EXAMPLES", "1"))


def examples(number: int) -> settings:
    """Try a property with a number of examples of its own."""
    return settings(max_examples=number * TIMES)
