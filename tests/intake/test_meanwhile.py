"""While a run is applied, people go on reading; who wants to write waits, and is told so when it lasts."""

from collections.abc import Callable

import pytest

from portal.core import database as module
from portal.core.database import Database, open_database
from portal.core.errors import Busy
from portal.intake import running
from tests.intake.builders import Sender, a_record, services


def call_within_a_run(monkeypatch: pytest.MonkeyPatch, look: Callable[[], object]) -> None:
    """Look at the directory when a run has written everything and not yet committed."""
    write_problems = running._write_problems

    def written(*told: object) -> None:
        look()
        write_problems(*told)  # type: ignore[arg-type] # handed on as they came

    monkeypatch.setattr(running, "_write_problems", written)


def test_readers_see_what_was_until_a_run_is_done(
    sender: Sender, directory: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    sender.send(a_record("1", title="Avant"))
    seen: list[list[str]] = []
    call_within_a_run(monkeypatch, lambda: seen.append([*services(directory)]))
    sender.send(a_record("1", title="Après"), a_record("2", title="Neuf"), days=1)
    assert seen == [["Avant"]]
    assert [*services(directory)] == ["Après", "Neuf"]


def test_a_writer_who_waits_too_long_for_a_run_is_told_so(
    sender: Sender, directory: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PATIENCE", 1)
    impatient = open_database(directory.url.render_as_string(hide_password=False))

    def write() -> None:
        with pytest.raises(Busy), impatient.writing():
            pass

    call_within_a_run(monkeypatch, write)
    assert sender.figures(a_record("1")) == {"created": 1}
    with impatient.writing():
        pass
    impatient.close()
