"""`maillage check --deploy` names what is unsafe or missing before the portal opens."""

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from config import read_settings
from importers.commands.deploying import Level, _licences, findings
from importers.commands.outside import Reply, TheWeb
from importers.opening import TERRITORY_FILE, Installation, open_installation
from importers.setting_up import init
from portal.core.backup import LAST_BACKUP
from portal.core.clock import FixedClock
from portal.geography.territories import demonstration_territory
from portal.intake.queries.published import PublishedSource
from portal.web.health import STRANGER
from tests.directory.builders import Builder
from tests.importers.conftest import Maillage
from tests.tools.claims import every

SECRET = "0123456789abcdef" * 3
NOTICE = demonstration_territory().notices[0]
UNSAID_AND_SAID = ("Licence à préciser", "Licence Ouverte 2.0")
PUBLIC = "https://services.montagne.fr"
TERRITORY = """
name = "Pays d’en haut"
epcis = ["200000545"]
school_zone = "B"
[publisher]
name = "Syndicat du pays d’en haut"
address = "3 rue de la Gare, 10100 Romilly-sur-Seine"
director = "Présidence du syndicat"
host = "Centre de calcul du département"
[contact]
name = "Accueil"
email = "accueil@pays-d-en-haut.fr"
"""


@dataclass
class Village:
    """Somebody outside, who is told what each address answers."""

    replies: dict[str, Reply] = field(default_factory=dict)

    def ask(self, address: str) -> Reply:
        return self.replies.get(address, Reply(404))


SAFE = {"strict-transport-security": "max-age=31536000"}
WELL = {
    f"{PUBLIC}/healthz": Reply(200, {**SAFE, "x-maillage-heard": "host, visitor"}, body="ok\n"),
    f"{PUBLIC}/metrics": Reply(404),
    "http://services.montagne.fr/healthz": Reply(301),
}


def _settings(data_dir: Path, **others: str) -> dict[str, str]:
    return {
        "MAILLAGE_DATA_DIR": str(data_dir),
        "MAILLAGE_BASE_URL": PUBLIC,
        "MAILLAGE_SECRET_KEY": SECRET,
        **others,
    }


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Prepare a real portal, empty yet."""
    data_dir = tmp_path_factory.mktemp("deployed") / "data"
    file = data_dir.parent / "pays.toml"
    file.write_text(TERRITORY, encoding="utf-8")
    here = open_installation(read_settings(_settings(data_dir)))
    init.main(["--territory", str(file)], obj=here, standalone_mode=False)
    here.database.close()
    return data_dir


@pytest.fixture
def data_dir(prepared: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(prepared, tmp_path / "data"))


def _open(data_dir: Path, **others: str) -> Installation:
    return open_installation(read_settings(_settings(data_dir, **others)))


def _said(here: Installation, level: Level, replies: dict[str, Reply] | None = None) -> list[str]:
    try:
        found = list(findings(here, Village(WELL if replies is None else replies)))
    finally:
        here.database.close()
    return [finding.sentence for finding in found if finding.level is level]


def _faults(here: Installation, replies: dict[str, Reply] | None = None) -> list[str]:
    """List what is to be mended, but for the account: tests may run as the administrator."""
    return [said for said in _said(here, Level.FAULT, replies) if not said.startswith("Compte :")]


def _note_backup(data_dir: Path, at: datetime) -> None:
    made = data_dir.parent / "nuit.maillage"
    made.touch()
    (data_dir / LAST_BACKUP).write_text(f"{at.isoformat()} {made}\n", encoding="utf-8")


def test_portal_that_is_ready_has_nothing_to_mend(data_dir: Path) -> None:
    here = _open(data_dir)
    _note_backup(data_dir, here.clock.now())
    assert _faults(here) == []


def test_account_of_the_administrator_is_refused(data_dir: Path) -> None:
    told = [said for said in _said(_open(data_dir), Level.FAULT) if said.startswith("Compte :")]
    assert bool(told) == (os.geteuid() == 0)


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("MAILLAGE_BASE_URL", "", "donnez-la dans MAILLAGE_BASE_URL"),
        ("MAILLAGE_BASE_URL", "https://services.example", "n’est pas un nom que le public peut taper"),
        ("MAILLAGE_BASE_URL", "https://192.0.2.7", "n’est pas un nom que le public peut taper"),
        ("MAILLAGE_SECRET_KEY", "k" * 40, "MAILLAGE_SECRET_KEY se devine"),
        ("MAILLAGE_TERRITORY", "petr.toml", "son fichier a une faute"),
    ],
)
def test_setting_that_is_not_safe_is_named(data_dir: Path, setting: str, value: str, said: str) -> None:
    here = _open(data_dir, **{setting: value})
    _note_backup(data_dir, here.clock.now())
    assert any(said in fault for fault in _faults(here, {}))


def test_folder_open_to_all_is_a_fault(data_dir: Path) -> None:
    data_dir.chmod(0o755)
    assert any(f"chmod o-rwx {data_dir}" in fault for fault in _faults(_open(data_dir)))


def test_backup_must_be_made_every_day(data_dir: Path) -> None:
    assert any("aucune n’a été faite" in fault for fault in _faults(_open(data_dir)))
    _note_backup(data_dir, _open(data_dir).clock.now() - timedelta(days=3))
    assert any("il en faut une par jour" in fault for fault in _faults(_open(data_dir)))


def test_backup_that_was_thrown_away_is_a_fault(data_dir: Path) -> None:
    here = _open(data_dir)
    _note_backup(data_dir, here.clock.now())
    (data_dir.parent / "nuit.maillage").unlink()
    assert any("ce fichier n’y est plus" in fault for fault in _faults(here))


def test_backup_notes_when_it_was_made(demonstration: Path, maillage: Maillage, tmp_path: Path) -> None:
    assert maillage("backup", str(tmp_path / "nuit.maillage")).returncode == 0
    assert (demonstration / LAST_BACKUP).read_text(encoding="utf-8").endswith(f" {tmp_path / 'nuit.maillage'}\n")


def test_index_that_is_gone_is_a_fault(data_dir: Path) -> None:
    for folder in data_dir.glob("index*"):
        shutil.rmtree(folder) if folder.is_dir() else folder.unlink()
    assert any(fault.startswith("Index de recherche") for fault in _faults(_open(data_dir)))


def test_openings_nobody_prolongs_are_a_fault(demonstration: Path) -> None:
    here = replace(_open(demonstration), clock=FixedClock(datetime(2030, 1, 1, 12)))
    assert any(said.startswith("Ouvertures à venir") for said in _said(here, Level.FAULT))


def test_openings_are_well_where_nothing_opens_but_somebody_looks(data_dir: Path, maillage: Maillage) -> None:
    """A service without hours: nothing is ever written, and the job runs all the same."""
    here = _open(data_dir)
    with here.database.writing() as session:
        build = Builder(session)
        build.a_service(at=build.a_place(commune_code="10323"))
    assert any(said.startswith("Ouvertures à venir") for said in _said(here, Level.FAULT))
    assert maillage("jobs", "run").returncode == 0
    assert any(said.startswith("Ouvertures à venir : revues le") for said in _said(here, Level.GOOD))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("Syndicat du pays d’en haut", "Éditeur (exemple)", "Mentions légales"),
        ("accueil@pays-d-en-haut.fr", "accueil@pays.example", "Contact"),
        ('school_zone = "B"', 'school_zone = "B"\ndemonstration = true', "fictifs"),
        ('email = "accueil', 'phone = "03 53 01 00 10"\nemail = "accueil', "03 53 01 00 10 est celui de la démo"),
        ('name = "Accueil"', 'name = "Accueil des services (démonstration)"', "est le nom de la démonstration"),
        ('school_zone = "B"', f'school_zone = "B"\nnotices = ["{NOTICE}"]', "Annonces"),
    ],
)
def test_territory_of_an_example_is_a_fault(data_dir: Path, before: str, after: str, said: str) -> None:
    file = data_dir / TERRITORY_FILE
    file.write_text(file.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    assert any(said in fault for fault in _faults(_open(data_dir)))


def test_telephones_that_the_law_asks_for_are_asked_for(data_dir: Path) -> None:
    file = data_dir / TERRITORY_FILE
    told = file.read_text(encoding="utf-8").replace("[contact]", 'phone = "03 53 01 00 11"\n[contact]')
    file.write_text(told, encoding="utf-8")
    asked = " ".join(_said(_open(data_dir), Level.NOTE))
    assert "téléphone de l’hébergeur (host_phone" in asked
    assert "téléphone de l’éditeur" not in asked


def test_licence_nobody_wrote_is_pointed_out() -> None:
    said = [PublishedSource("Tableurs", "Le territoire", licence, "", date(2026, 5, 1)) for licence in UNSAID_AND_SAID]
    assert [finding.level for finding in _licences(said)] == [Level.NOTE]
    assert not list(_licences(said[1:]))


def test_name_of_the_demonstration_is_pointed_out(data_dir: Path) -> None:
    file = data_dir / TERRITORY_FILE
    told = file.read_text(encoding="utf-8").replace("Pays d’en haut", "PETR Seine en Plaine Champenoise")
    file.write_text(told, encoding="utf-8")
    assert any("changez name et slug" in note for note in _said(_open(data_dir), Level.NOTE))


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        ({f"{PUBLIC}/healthz": Reply(400, body="Nom refusé")}, "ne répond pas « ok » (code 400)"),
        ({f"{PUBLIC}/healthz": Reply(301)}, "ne répond pas « ok » (code 301)"),
        ({f"{PUBLIC}/healthz": Reply(200, body="<html>Bienvenue chez votre hébergeur")}, "ne répond pas « ok »"),
        ({f"{PUBLIC}/healthz": Reply(trouble="certificate has expired")}, "certificate has expired"),
        ({f"{PUBLIC}/healthz": Reply(200, body="ok")}, "Strict-Transport-Security"),
        ({f"{PUBLIC}/healthz": Reply(200, {"x-maillage-heard": "visitor"}, body="ok")}, "le nom demandé (Host)"),
        ({f"{PUBLIC}/healthz": Reply(200, {"x-maillage-heard": "host"}, body="ok")}, "l’adresse des visiteurs"),
        ({f"{PUBLIC}/metrics": Reply(200)}, "/metrics est lisible"),
        ({"http://services.montagne.fr/healthz": Reply(200)}, "renvoyez-la vers https://"),
    ],
)
def test_server_in_front_is_looked_at_from_outside(data_dir: Path, reply: dict[str, Reply], said: str) -> None:
    assert any(said in fault for fault in _faults(_open(data_dir), WELL | reply))


def test_portal_that_does_not_say_what_it_was_told_is_to_be_started_anew(data_dir: Path) -> None:
    here = _open(data_dir)
    _note_backup(data_dir, here.clock.now())
    notes = _said(here, Level.NOTE, WELL | {f"{PUBLIC}/healthz": Reply(200, SAFE, body="ok")})
    assert any("relancez le portail" in note for note in notes)


class _Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(301 if self.path == "/moved" else 503 if self.path == "/down" else 200)
        self.send_header("Location", "/elsewhere")
        self.end_headers()
        self.wfile.write((self.headers["X-Forwarded-For"] + "\n" if self.path == "/who" else "ok\n").encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Site) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_the_web_is_asked_without_following(site: str) -> None:
    web = TheWeb()
    assert [web.ask(site + path).status for path in ("/", "/moved", "/down")] == [200, 301, 503]
    assert web.ask(site + "/moved").headers["location"] == "/elsewhere"
    assert (web.ask(site + "/moved").trouble, web.ask(site + "/down").trouble) == ("", "code 503")
    assert web.ask(site).body == "ok\n"
    assert web.ask(f"{site}/who").body == f"{STRANGER}\n"


def test_trouble_on_the_way_is_told_in_french(site: str) -> None:
    web = TheWeb()
    assert "aucun serveur n’écoute" in web.ask("http://127.0.0.1:9").trouble
    assert "voyez le DNS" in web.ask("http://nulle-part.invalid").trouble
    assert "ne parle pas HTTPS" in web.ask(site.replace("http:", "https:")).trouble


def test_command_ends_with_four_until_all_is_mended(maillage: Maillage) -> None:
    outcome = maillage("check", "--deploy")
    assert outcome.returncode == 4
    assert "[à corriger] Adresse publique" in outcome.stdout
    assert re.search(r"\d points à corriger", outcome.stderr)
    assert maillage("check").returncode == 2


@pytest.mark.parametrize(
    ("settings", "code", "said"),
    [
        ({"MAILLAGE_BASE_URL": "http://services.montagne.fr"}, 2, "https://"),
        ({"MAILLAGE_BASE_URL": "https://services.montagne.fr"}, 2, "MAILLAGE_SECRET_KEY"),
        ({"MAILLAGE_WORKERS": "beaucoup"}, 2, "MAILLAGE_WORKERS"),
        ({"MAILLAGE_TIME_ZONE": "Nulle/Part"}, 2, "MAILLAGE_TIME_ZONE"),
        ({"MAILLAGE_SEARCH_ENGINE": "autre"}, 2, "MAILLAGE_SEARCH_ENGINE"),
        ({"MAILLAGE_EMBED_SITES": "mairie"}, 2, "MAILLAGE_EMBED_SITES"),
        ({"MAILLAGE_DATABASE_URL": "mysql://base"}, 2, "MAILLAGE_DATABASE_URL"),
        ({"MAILLAGE_DATABASE_URL": "postgresql://personne@127.0.0.1:9/rien"}, 5, "ne répond pas"),
        ({"MAILLAGE_DATABASE_URL": "sqlite:///{broken}"}, 5, "abîmée"),
        ({"MAILLAGE_DATABASE_URL": "sqlite:///{folder}"}, 4, "ne peut pas être ouvert"),
        ({"MAILLAGE_TERRITORY": "/nulle/part.toml"}, 5, "introuvable"),
        ({"MAILLAGE_TERRITORY": "{folder}"}, 5, "est un dossier"),
        ({"MAILLAGE_TERRITORY": "{broken}"}, 5, "UTF-8"),
        ({"MAILLAGE_DATA_DIR": "{broken}"}, 4, "est un fichier"),
    ],
)
def test_broken_setting_is_one_sentence_and_its_exit_code(
    maillage: Maillage, tmp_path: Path, settings: dict[str, str], code: int, said: str
) -> None:
    broken, folder = tmp_path / "abime", tmp_path / "dossier"
    broken.write_bytes(b"\xff\xfe" * 2000)
    folder.mkdir()
    given = {name: value.format(broken=broken, folder=folder) for name, value in settings.items()}
    outcome = maillage("check", "--deploy", **given)
    assert outcome.returncode == code, outcome
    [sentence] = [line for line in (outcome.stdout + outcome.stderr).splitlines() if said in line]
    assert sentence.endswith((".", "»", "FICHIER", "--replace", "openssl rand -hex 32"))
    assert "Traceback" not in outcome.stderr


def test_everything_else_is_told_beside_a_base_that_cannot_be_read(maillage: Maillage, tmp_path: Path) -> None:
    broken = tmp_path / "abime"
    broken.write_bytes(b"\xff\xfe" * 2000)
    told = maillage("check", "--deploy", MAILLAGE_DATABASE_URL=f"sqlite:///{broken}").stdout
    assert [word for word in ("Base :", "Sauvegarde :", "Territoire :") if word not in told] == []


def test_quiet_command_says_only_what_is_to_be_mended(maillage: Maillage) -> None:
    for words in (("--deploy", "--quiet"), ("--quiet", "--deploy")):
        lines = maillage("check", *words).stdout.splitlines()
        assert lines
        assert every(line.startswith("[à corriger]") for line in lines)


def test_setting_that_means_nothing_is_a_fault(data_dir: Path) -> None:
    told = [fault for fault in _faults(_open(data_dir, MAILLAGE_BASEURL=PUBLIC)) if fault.startswith("Réglages :")]
    assert told == [
        "Réglages : MAILLAGE_BASEURL n’existe pas et reste sans effet ; vouliez-vous dire MAILLAGE_BASE_URL ?"
    ]


def test_words_beside_the_deployment_are_refused(maillage: Maillage) -> None:
    outcome = maillage("check", "--deploy", "msap", "x")
    assert (outcome.returncode, "« msap x » est de trop" in outcome.stderr) == (2, True)
