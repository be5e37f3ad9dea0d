"""How a failure is logged without what it was about: its class and its place, never its message.

The message of an exception may quote a row, a form or a telephone number; a log never does.
"""

import traceback


def place_of(error: BaseException) -> str:
    """Name the class of an error and the line that raised it, leaving out its message."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" in {frames[-1].name}, {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"
