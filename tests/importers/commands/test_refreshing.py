"""`maillage refresh`: what is due is fetched and imported, what fails stops nothing and is tried again."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result

from config import read_settings
from importers.commands.addresses import read_addresses
from importers.commands.calls import Called, refresh_all
from importers.opening import SOURCES_FILE, VISITS_FILE, Installation, open_installation
from importers.reading import InMemoryWeb, Marks
from portal.core.clock import FixedClock
from portal.core.command import ExitCode
from portal.core.errors import Invalid
from portal.core.locks import file_lock
from tests.importers.pipeline.test_commands import GOOD, HEADER, running_on
from tests.importers.sources.inclusion_rows import a_service, a_structure, as_json

LIST = "https://exemple.example/liste.csv"
STRUCTURES, SERVICES = "https://exemple.example/structures.json", "https://exemple.example/services.json"
OTHER = "https://exemple.example/autre.csv"
CONTENT = (HEADER + GOOD).encode()
FIRST = Marks(etag='"1"')


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Prepare a data directory once."""
    data_dir = tmp_path_factory.mktemp("ready") / "data"
    assert running_on(data_dir)("init").exit_code == ExitCode.DONE
    return data_dir


@dataclass
class Cron:
    """Somebody who calls `refresh` day after day, on a web of a few files."""

    here: Installation
    clock: FixedClock
    files: dict[str, bytes] = field(default_factory=lambda: {LIST: CONTENT})
    marks: dict[str, Marks] = field(default_factory=lambda: {LIST: FIRST})
    asked: list[str] = field(default_factory=list)

    def writes(self, text: str) -> None:
        """Write the file of addresses."""
        (self.here.data_dir / SOURCES_FILE).write_text(text, encoding="utf-8")

    def calls(self, *, days: int = 0, is_asked: bool = False, is_dry: bool = False) -> list[Called]:
        """Call some days later."""
        self.clock.advance(timedelta(days=days))
        web = InMemoryWeb(self.files, self.marks)
        found = refresh_all(
            self.here, read_addresses(self.here), is_asked=is_asked, is_dry=is_dry, web_in=lambda _folder, _caps: web
        )
        return [called for _, called in found]

    def words(self, *, days: int = 0, is_asked: bool = False) -> list[str]:
        """Call some days later, and give what is said."""
        return [called.words for called in self.calls(days=days, is_asked=is_asked)]


@pytest.fixture
def cron(ready: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cron:
    """Give somebody who refreshes the France services once a month."""
    monkeypatch.setenv("MAILLAGE_DATA_DIR", str(shutil.copytree(ready, tmp_path / "data")))
    clock = FixedClock(datetime(2026, 11, 21, 6))
    cron = Cron(replace(open_installation(read_settings()), clock=clock), clock)
    cron.writes(f'[[source]]\nnom = "msap"\nadresse = "{LIST}"\njours = 30\n')
    return cron


def test_due_list_comes_in_once_and_then_waits(cron: Cron) -> None:
    assert cron.words() == ["lignes lues : 1 (1 créée)."]
    assert cron.words(days=29) == ["à jour, prochaine visite le 21/12/2026."]
    assert cron.words(days=1) == ["rien de nouveau chez le producteur."]
    assert cron.words(days=1) == ["à jour, prochaine visite le 20/01/2027."]


def test_changed_list_comes_in_again(cron: Cron) -> None:
    cron.calls()
    cron.files[LIST], cron.marks[LIST] = CONTENT.replace(b"00 01", b"00 02"), Marks(etag='"2"')
    assert cron.words(days=30) == ["lignes lues : 1 (1 modifiée)."]


def test_source_that_is_named_is_asked_before_its_day(cron: Cron) -> None:
    cron.calls()
    assert cron.words(days=1, is_asked=True) == ["rien de nouveau chez le producteur."]


def test_failure_stops_nobody_and_is_tried_again(cron: Cron) -> None:
    cron.writes(f'[[source]]\nnom = "laposte"\nadresse = "{OTHER}"\n[[source]]\nnom = "msap"\nadresse = "{LIST}"\n')
    first = cron.calls()
    assert [called.code for called in first] == [ExitCode.UNREADABLE, ExitCode.DONE]
    assert first[0].words.startswith("échec. Ce lien n’existe plus")
    assert first[0].words.endswith("Nouvel essai au prochain passage.")
    again = cron.calls(days=1)
    assert [called.words[:6] for called in again] == ["échec.", "à jour"]


def test_list_refused_by_a_guard_is_asked_for_again(cron: Cron) -> None:
    many = [GOOD.replace("901", str(number)).replace("d’essai", f"d’essai {number}") for number in range(901, 921)]
    cron.files[LIST] = (HEADER + "".join(many)).encode()
    cron.calls()
    cron.files[LIST], cron.marks[LIST] = CONTENT, Marks(etag='"2"')
    refused, again = cron.calls(days=30), cron.calls(days=1)
    assert [refused[0].code, again[0].code] == [ExitCode.REFUSED, ExitCode.REFUSED]
    assert "--accept-loss" in refused[0].words
    assert cron.calls()[0].visit.marks == {LIST: FIRST}


def test_trial_writes_nothing_and_remembers_nothing(cron: Cron) -> None:
    assert cron.calls(is_dry=True)[0].words == "lignes lues : 1 (1 créée)."
    assert not (cron.here.data_dir / VISITS_FILE).exists()
    assert cron.words() == ["lignes lues : 1 (1 créée)."]


def test_one_import_of_a_source_at_a_time(cron: Cron) -> None:
    with file_lock(cron.here.data_dir / "import-msap.lock"):
        (called,) = cron.calls()
    assert (called.code, "en cours" in called.words) == (ExitCode.REFUSED, True)


def test_files_that_belong_together_are_opened_together(cron: Cron) -> None:
    cron.writes(f'[[source]]\nnom = "inclusion"\nadresses = ["{STRUCTURES}", "{SERVICES}"]\n')
    cron.files |= {STRUCTURES: as_json([a_structure()]), SERVICES: as_json([a_service()])}
    cron.marks |= {STRUCTURES: FIRST, SERVICES: FIRST}
    assert cron.words() == ["lignes lues : 2 (1 créée, 1 passée)."]
    cron.files[SERVICES], cron.marks[SERVICES] = as_json([a_service(nom="Atelier du jeudi")]), Marks(etag='"2"')
    assert cron.words(days=7) == ["lignes lues : 2 (1 modifiée, 1 passée)."]


def test_version_is_forgotten_with_the_run_it_became(cron: Cron, ready: Path) -> None:
    cron.calls()
    remembered = (cron.here.data_dir / VISITS_FILE).read_text(encoding="utf-8")
    cron.here.database.close()
    for name in ("maillage.sqlite", "maillage.sqlite-wal", "maillage.sqlite-shm"):
        (cron.here.data_dir / name).unlink(missing_ok=True)
    shutil.copy(ready / "maillage.sqlite", cron.here.data_dir)
    cron.here = replace(open_installation(read_settings()), clock=cron.clock)
    (cron.here.data_dir / VISITS_FILE).write_text(remembered, encoding="utf-8")
    assert cron.words(days=30) == ["lignes lues : 1 (1 créée)."]


@pytest.mark.parametrize("spoilt", ["", "[]", '{"msap": {}}', "{"])
def test_spoilt_memory_costs_a_download(cron: Cron, spoilt: str) -> None:
    cron.calls()
    (cron.here.data_dir / VISITS_FILE).write_text(spoilt, encoding="utf-8")
    assert cron.words() == ["lignes lues : 1 (1 inchangée)."]


def test_our_own_fault_is_said_and_stops_nobody(cron: Cron) -> None:
    class Broken:
        def fetch(self, url: str, *, known: Marks | None = None) -> None:
            raise ZeroDivisionError(url, known)

    found = list(refresh_all(cron.here, read_addresses(cron.here), web_in=lambda _folder, _caps: Broken()))  # type: ignore[arg-type, return-value] # broken on purpose
    assert [(called.code, "faute de notre part" in called.words) for _, called in found] == [(ExitCode.FAULT, True)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[[source]]\nnom = "rien"\nadresse = "x"\n', "doit être l’une des sources"),
        ('[[source]]\nnom = "msap"\n', "manque"),
        ('[[source]]\nnom = "msap"\nadresse = "x"\nadresses = ["y"]\n', "l’une des deux"),
        ('[[source]]\nnom = "msap"\nadresse = "x"\njours = 0\n', "doit être compris"),
        ('[[source]]\nnom = "msap"\nadresse = "x"\nliste = "y"\n', "ne va qu’avec"),
        ('[[source]]\nnom = "msap"\nadrese = "x"\nadresse = "x"\n', "vouliez-vous écrire"),
        ("[[source]\n", "TOML"),
    ],
)
def test_fault_of_the_file_of_addresses_is_named(cron: Cron, text: str, words: str) -> None:
    cron.writes(text)
    with pytest.raises(Invalid, match=words):
        read_addresses(cron.here)


def test_frequency_of_the_source_stands_in(cron: Cron) -> None:
    cron.writes('[[source]]\nnom = "dila"\nadresse = "x"\n')
    assert [address.days for address in read_addresses(cron.here)] == [7]


Run = Callable[..., Result]


@pytest.fixture
def prepared(ready: Path, tmp_path: Path) -> tuple[Run, Path]:
    """Run commands on a data directory of their own."""
    data_dir = shutil.copytree(ready, tmp_path / "data")
    return running_on(data_dir), data_dir


def test_command_says_one_line_for_each_and_ends_with_the_worst(prepared: tuple[Run, Path]) -> None:
    run, data_dir = prepared
    (data_dir / "liste.csv").write_bytes(CONTENT)
    text = '[[source]]\nnom = "msap"\nadresse = "liste.csv"\n[[source]]\nnom = "dila"\nadresse = "absent.json"\n'
    (data_dir / SOURCES_FILE).write_text(text, encoding="utf-8")
    outcome = run("refresh")
    assert outcome.exit_code == ExitCode.UNREADABLE
    assert outcome.stdout.splitlines() == ["msap : lignes lues : 1 (1 créée)."]
    assert outcome.stderr.startswith("dila : échec. Il n’y a pas de fichier")
    assert run("refresh", "msap").exit_code == ExitCode.DONE


def test_sources_say_when_each_address_is_due(prepared: tuple[Run, Path]) -> None:
    run, data_dir = prepared
    (data_dir / "liste.csv").write_bytes(CONTENT)
    text = '[[source]]\nnom = "msap"\nadresse = "liste.csv"\n[[source]]\nnom = "dila"\nadresse = "absent.json"\n'
    (data_dir / SOURCES_FILE).write_text(text, encoding="utf-8")
    assert "absent.json, tous les 7 jours : jamais visitée" in run("sources").stdout
    run("refresh")
    told = run("sources").stdout
    assert "jours : prochaine visite le" in told
    assert "absent.json, tous les 7 jours : en échec depuis le" in told


def test_without_addresses_the_command_says_where_to_write_them(prepared: tuple[Run, Path]) -> None:
    run, _ = prepared
    outcome = run("refresh")
    assert (outcome.exit_code, SOURCES_FILE in outcome.stderr) == (ExitCode.USAGE, True)


def test_memory_is_readable_json(cron: Cron) -> None:
    cron.calls()
    ((key, visit),) = json.loads((cron.here.data_dir / VISITS_FILE).read_text(encoding="utf-8")).items()
    assert (key.split()[0], visit["came_in_on"], visit["marks"]) == ("msap", "2026-11-21", {LIST: ['"1"', ""]})
