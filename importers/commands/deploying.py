"""`maillage check --deploy`: what is unsafe or missing before the portal opens to the world. Nothing is written."""

import os
import shutil
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path

from importers.commands.outside import Outside, Reply
from importers.opening import LISTS_FILE, Installation
from importers.sources.templates_filled import UNSAID_LICENCE
from portal.core.backup import LAST_BACKUP
from portal.core.command import ExitCode
from portal.core.database_faults import fault_of
from portal.core.errors import MaillageError
from portal.core.jobs import last_done, list_jobs
from portal.core.models import JobState
from portal.core.schema import SchemaState, schema_state
from portal.core.toml import UNREADABLE
from portal.directory.jobs import OCCURRENCES
from portal.directory.queries.counts import directory_counts
from portal.directory.queries.occurrences import last_day_written
from portal.geography.territories import demonstration_territory, read_territory
from portal.geography.territory import Conformity, Territory
from portal.intake.queries.published import PublishedSource, published_sources
from portal.search.opening import open_indexing, vocabulary_of
from portal.web.health import HEARD, HOST, VISITOR

FAR_ENOUGH = timedelta(weeks=10)
"""Openings are written out for thirteen weeks; under ten, nobody does the jobs any more."""
OLDEST_BACKUP = timedelta(days=2)
OLDEST_REFRESH = timedelta(days=2)
LEAST_SPACE = 1_000_000_000
_FICTIONS = (".example", ".invalid", ".test", ".localhost")
_DIFFERENT_SIGNS = 12
"""A key drawn by lot has far more; one typed by hand, or forty times the same letter, does not."""


class Level(StrEnum):
    """What a finding asks for."""

    GOOD = "bon"
    NOTE = "à savoir"
    FAULT = "à corriger"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at, and what to do about it."""

    level: Level
    sentence: str
    code: ExitCode = ExitCode.REFUSED
    """How the command ends for a fault: what cannot be read at all is worse than what is only unsafe."""


Findings = Iterator[Finding]


def findings(here: Installation, outside: Outside) -> Findings:
    """Look at everything, the most dangerous first."""
    yield from _unknown(here)
    yield from _address(here)
    yield from _secrets(here)
    yield from _folder(here)
    yield from _readable(_database(here))
    yield from _backup(here)
    yield from _disk(here)
    yield from _territory(here)
    yield from _proxy(here, outside)
    yield Finding(Level.GOOD, "Courriel : le portail n’en envoie pas, il n’y a pas de serveur de courrier à régler.")


def _unknown(here: Installation) -> Findings:
    for name, meant in here.settings.unknown:
        advice = (
            f"vouliez-vous dire {meant} ?" if meant else "retirez-le, ou voyez les réglages dans docs/commandes.md."
        )
        yield _fault(f"Réglages : {name} n’existe pas et reste sans effet ; {advice}")


def _address(here: Installation) -> Findings:
    host = here.settings.public_host
    if not here.settings.is_production:
        yield _fault("Adresse publique : donnez-la dans MAILLAGE_BASE_URL (https://…) ; sans elle, usage local.")
    elif host.endswith(_FICTIONS) or "." not in host or _is_a_number(host):
        yield _fault(f"Adresse publique : « {host} » n’est pas un nom que le public peut taper.")
    else:
        yield _good(f"Adresse publique : {here.settings.base_url} ; aucun autre nom n’est accepté.")


def _secrets(here: Installation) -> Findings:
    key = here.settings.secret_key
    if here.settings.is_production and len({*key}) < _DIFFERENT_SIGNS:
        yield _fault("Clé secrète : MAILLAGE_SECRET_KEY se devine ; tirez-en une avec : openssl rand -hex 32")
    elif here.settings.is_production:
        yield _good("Clé secrète : longue et tirée au sort.")
    if os.geteuid() == 0:
        yield _fault("Compte : ne faites pas tourner le portail en administrateur (root) ; créez-lui un compte.")
    if os.environ.get("FLASK_DEBUG", "0") not in {"", "0"}:
        yield _fault("Mode de mise au point : retirez FLASK_DEBUG de l’environnement.")


def _folder(here: Installation) -> Findings:
    if not here.data_dir.is_dir():
        missing = "n’existe pas ; créez-le avec : maillage init"
        advice = "est un fichier ; corrigez MAILLAGE_DATA_DIR." if here.data_dir.exists() else missing
        yield _fault(f"Dossier des données : {here.data_dir} {advice}")
        return
    base = here.database.file
    # What lies in a closed folder is closed.
    apart = [base] if base is not None and not base.is_relative_to(here.data_dir) else []
    open_ones = [path for path in (here.data_dir, *apart) if _is_open_to_all(path)]
    for path in open_ones:
        yield _fault(f"Droits : tout compte de la machine peut lire {path} ; retirez-les avec : chmod o-rwx {path}")
    if not os.access(here.data_dir, os.W_OK):
        yield _fault(f"Droits : ce compte ne peut pas écrire dans {here.data_dir}.")
    elif not open_ones:
        yield _good(f"Dossier des données : {here.data_dir}, fermé aux autres comptes.")


def _readable(found: Findings) -> Findings:
    """Go on looking when the base cannot be read: whoever installs is told everything at once."""
    try:
        yield from found
    except Exception as error:
        fault = error if isinstance(error, MaillageError) else fault_of(error)
        if fault is None:
            raise
        yield Finding(Level.FAULT, f"Base : {fault.sentence}", ExitCode(fault.exit_code))


def _database(here: Installation) -> Findings:
    state = schema_state(here.database)
    if state is not SchemaState.CURRENT:
        what = "vient d’une autre version" if state is not SchemaState.FRESH else "n’est pas encore créée"
        yield _fault(f"Base : elle {what} ; lancez : maillage init")
        return
    yield _good("Base : à la version du logiciel.")
    yield from _index(here)
    with here.database.reading() as session:
        last, failed = last_day_written(session), list_jobs(session, [JobState.FAILED])
        refreshed = last_done(session, OCCURRENCES)
        is_empty, sources = directory_counts(session).n_services == 0, published_sources(session)
    if is_empty:
        yield _note("Annuaire : il est vide ; faites entrer une première liste (docs/importer.md).")
    else:
        yield _openings(here, last, refreshed)
        yield from _licences(sources)
    if failed:
        yield _fault(f"Tâches de fond : {len(failed)} ont échoué ; voyez lesquelles avec : maillage jobs list")


def _openings(here: Installation, last: date | None, refreshed: datetime | None) -> Finding:
    if last is not None and last >= here.clock.today() + FAR_ENOUGH:
        return _good(f"Ouvertures à venir : écrites jusqu’au {last:%d/%m/%Y}.")
    if refreshed is not None and here.clock.now() - refreshed <= OLDEST_REFRESH:
        # Where nothing has hours, there is nothing to write, and nothing to mend.
        return _good(f"Ouvertures à venir : revues le {refreshed.astimezone(here.clock.zone):%d/%m/%Y à %H:%M}.")
    return _fault(
        "Ouvertures à venir : personne ne les prolonge ; lancez maillage jobs run chaque jour (cron), ou laissez "
        "tourner maillage serve."
    )


def _licences(sources: Iterable[PublishedSource]) -> Findings:
    unsaid = sorted({each.title for each in sources if each.licence == UNSAID_LICENCE})
    if unsaid:
        yield _note(
            f"Licences : celle de « {', '.join(unsaid)} » reste à préciser ; écrivez licence et proprietaire de chaque "
            f"liste dans {LISTS_FILE} du dossier des données, puis refaites l’import."
        )


def _index(here: Installation) -> Findings:
    territory = None if here.territory is None else read_territory(here.territory)[0]
    indexing = open_indexing(here, vocabulary_of(territory))
    if indexing.lock is None:
        yield _note("Index : refait en mémoire au départ de chaque processus (MAILLAGE_SEARCH_ENGINE=memoire).")
    elif indexing.is_missing():
        yield _fault("Index de recherche : absent ou abîmé ; refaites-le avec : maillage index rebuild")
    else:
        yield _good("Index de recherche : présent.")


def _backup(here: Installation) -> Findings:
    if here.database.file is None:
        yield _note("Sauvegarde : la base est sur un serveur PostgreSQL ; sauvegardez-la chaque jour avec pg_dump.")
        return
    made = _last_backup(here.data_dir / LAST_BACKUP)
    if made is None:
        yield _fault("Sauvegarde : aucune n’a été faite ; programmez chaque jour : maillage backup FICHIER")
        return
    at, where = made
    said = f"Sauvegarde : la dernière est du {at.astimezone(here.clock.zone):%d/%m/%Y à %H:%M} ({where})"
    if not where.is_file():
        yield _fault(f"{said}, mais ce fichier n’y est plus ; refaites-en une : maillage backup FICHIER")
    elif here.clock.now() - at > OLDEST_BACKUP:
        yield _fault(f"{said} ; il en faut une par jour : vérifiez la tâche programmée.")
    elif where.is_relative_to(here.data_dir):
        yield _note(f"{said} ; rangez-en aussi une copie sur une autre machine.")
    else:
        yield _good(f"{said}.")


def _disk(here: Installation) -> Findings:
    if not here.data_dir.is_dir():
        return
    free = shutil.disk_usage(here.data_dir).free
    base = here.database.file
    size = base.stat().st_size if base is not None and base.is_file() else 0
    words = f"{free / 1_000_000_000:.1f} Go libres".replace(".", ",")
    if free < max(LEAST_SPACE, 3 * size):
        yield _fault(f"Disque : {words}, c’est trop peu pour une mise à jour et sa sauvegarde.")
    else:
        yield _good(f"Disque : {words}.")


def _territory(here: Installation) -> Findings:
    territory, problems = (None, ()) if here.territory is None else read_territory(here.territory)
    if here.territory is None:
        yield _fault("Territoire : aucun n’est installé, il n’y a donc ni éditeur ni contact ; voyez maillage init.")
    elif territory is None:
        code = ExitCode.UNREADABLE if problems[0].code == UNREADABLE else ExitCode.REFUSED
        yield Finding(Level.FAULT, f"Territoire : son fichier a une faute. {problems[0].text}", code)
    elif territory.is_demonstration:
        yield _fault("Territoire : c’est celui de la démonstration, dont les services sont fictifs.")
    else:
        yield from _legal(territory)


def _legal(territory: Territory) -> Findings:
    words = " ".join(vars(territory.publisher).values()).lower()
    if any(mark in words for mark in ("démonstration", "exemple", "essai", "à compléter")):
        yield _fault("Mentions légales : l’éditeur est celui d’un exemple ; complétez [publisher] du territoire.")
    else:
        yield _good(f"Mentions légales : {territory.publisher.name}.")
    for name, value, what in (
        ("phone", territory.publisher.phone, "le téléphone de l’éditeur"),
        ("host_phone", territory.publisher.host_phone, "le téléphone de l’hébergeur"),
        ("dpo", territory.publisher.dpo, "comment joindre le délégué à la protection des données"),
    ):
        if not value:
            yield _note(f"Mentions légales : donnez {what} ({name}, dans [publisher] du territoire).")
    if territory.contact.email.endswith(_FICTIONS):
        yield _fault("Contact : l’adresse électronique est celle d’un exemple ; complétez [contact] du territoire.")
    yield from _leftovers(territory)
    if territory.accessibility.conformity is Conformity.NONE:
        yield _note("Accessibilité : déclarée non conforme, tant que [accessibility] ne dit rien d’un audit.")


def _leftovers(territory: Territory) -> Findings:
    """Say what the file still holds of the example it was copied from."""
    example = demonstration_territory()
    if set(territory.notices) & set(example.notices):
        yield _fault("Annonces : celle de la démonstration s’affiche encore ; changez notices du territoire.")
    if territory.contact.phone == example.contact.phone:
        yield _fault(f"Contact : le téléphone {example.contact.phone} est celui de la démonstration.")
    if example.contact.name == territory.contact.name:
        yield _fault(f"Contact : « {example.contact.name} » est le nom de la démonstration.")
    if territory.name == example.name or territory.slug == example.slug:
        yield _note(
            f"Territoire : il s’appelle comme celui de la démonstration, « {territory.name} » ({territory.slug}) ; "
            "changez name et slug si ce n’est pas le vôtre."
        )


def _proxy(here: Installation, outside: Outside) -> Findings:
    if not here.settings.is_production:
        return
    home = outside.ask(f"{here.settings.base_url}/healthz")
    if home.trouble:
        yield _fault(f"Serveur HTTPS : {here.settings.base_url} ne répond pas comme il faut ({home.trouble}).")
        return
    if home.status != _OK or home.body.strip() != "ok":
        yield _fault(
            f"Serveur HTTPS : {here.settings.base_url}/healthz ne répond pas « ok » (code {home.status}) ; vérifiez "
            "que le serveur mène à Maillage, sous ce nom."
        )
        return
    yield from _told_by_proxy(home)
    if "strict-transport-security" not in home.headers:
        yield _fault("Serveur HTTPS : il retire un en-tête de sécurité (Strict-Transport-Security).")
    if outside.ask(f"{here.settings.base_url}/metrics").status == _OK:
        yield _fault("Serveur HTTPS : /metrics est lisible par tous ; refusez cette adresse au public.")
    plain = outside.ask(f"http://{here.settings.public_host}/healthz")
    if plain.status == _OK:
        yield _fault("Serveur HTTPS : l’adresse sans « s » (http://) répond ; renvoyez-la vers https://.")
    yield _good("Serveur HTTPS : il répond, avec un certificat valable.")


_OK = 200


def _told_by_proxy(home: Reply) -> Findings:
    """Say what the server in front keeps for itself."""
    heard = home.headers.get(HEARD.lower())
    if heard is None:
        yield _note(
            "Serveur HTTPS : ce qu’il transmet n’est pas dit ; relancez le portail mis à jour, et ne retirez "
            f"pas {HEARD} de ses réponses."
        )
        return
    told = heard.split(", ")
    if HOST not in told:
        yield _fault(
            "Serveur HTTPS : il ne transmet pas le nom demandé (Host) ; avec nginx : proxy_set_header Host $host;"
        )
    if VISITOR not in told:
        yield _fault(
            "Serveur HTTPS : il ne transmet pas l’adresse des visiteurs, ou laisse chacun s’en donner une ; tous "
            "partageraient une seule limite d’envois. Avec nginx : proxy_set_header X-Forwarded-For $remote_addr;"
        )


def _is_a_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _is_open_to_all(path: Path) -> bool:
    return path.exists() and bool(path.stat().st_mode & stat.S_IRWXO)


def _last_backup(noted: Path) -> tuple[datetime, Path] | None:
    try:
        at, _, where = noted.read_text(encoding="utf-8").strip().partition(" ")
        return datetime.fromisoformat(at), Path(where)
    except (OSError, ValueError):
        return None


def _good(sentence: str) -> Finding:
    return Finding(Level.GOOD, sentence)


def _note(sentence: str) -> Finding:
    return Finding(Level.NOTE, sentence)


def _fault(sentence: str) -> Finding:
    return Finding(Level.FAULT, sentence)
