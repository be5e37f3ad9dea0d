"""The day the demonstration counts from: chosen at the first `init --demo`, then kept in the data directory."""

from datetime import date
from pathlib import Path

from importers.opening import REFERENCE_DAY_FILE


def reference_day_of(data_dir: Path, *, today: date) -> date:
    """Return the day kept in the data directory; keep today when there is none, or none that can be read."""
    kept = _read(data_dir / REFERENCE_DAY_FILE)
    if kept is None:
        data_dir.mkdir(parents=True, exist_ok=True)
        (data_dir / REFERENCE_DAY_FILE).write_text(f"{today.isoformat()}\n", encoding="ascii")
    return kept or today


def _read(file: Path) -> date | None:
    try:
        return date.fromisoformat(file.read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        return None
