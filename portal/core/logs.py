"""How a failure is logged without what it was about: its class and its place, never its message.

The message of an exception may quote a row, a form or a telephone number; a log never does.
"""

import traceback
from pathlib import Path

_HOUSE = Path(__file__).parents[2]
_OURS = tuple(str(_HOUSE / folder) for folder in ("importers", "portal", "search_index"))
"""Once installed, the libraries lie beside these."""


def place_of(error: BaseException) -> str:
    """Name the class of an error, the line that raised it and the line of ours that led there; not its message."""
    frames = traceback.extract_tb(error.__traceback__)
    if not frames:
        return type(error).__name__
    places = [frames[-1]]
    ours = [frame for frame in frames if frame.filename.startswith(_OURS)]
    if ours and ours[-1] is not frames[-1]:
        places.append(ours[-1])
    return f"{type(error).__name__} in " + ", from ".join(map(_place, places))


def _place(frame: traceback.FrameSummary) -> str:
    return f"{frame.name}, {frame.filename}:{frame.lineno}"
