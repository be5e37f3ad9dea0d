"""Where templates, static files and translations lie: at the top of a checkout, inside the package once installed."""

from pathlib import Path

import portal

_HOUSE = Path(portal.__file__).parent


def shipped_folder(name: str) -> Path:
    """Find one of `templates`, `static`, `translations`."""
    installed = _HOUSE / "shipped" / name
    return installed if installed.is_dir() else _HOUSE.parent / name
