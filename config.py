"""Settings: read once from the environment, by the composition roots only.

Every setting is a row of `SETTINGS`: its name, its default and what it does, in French, because `maillage settings`
and docs/commandes.md show them to the person who installs.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

PREFIX = "MAILLAGE_"


@dataclass(frozen=True)
class Setting:
    """One thing an installation may choose."""

    name: str
    default: str
    meaning: str


SETTINGS = (
    Setting("DATA_DIR", "./var", "dossier de tout ce que Maillage écrit : base, index, sauvegardes, clé"),
    Setting(
        "DATABASE_URL",
        "",
        "adresse de la base, sqlite:////chemin ou postgresql://… (avec psycopg, à installer à part) ; vide : un "
        "fichier SQLite dans le dossier des données",
    ),
    Setting("SECRET_KEY", "", "clé des sessions, 32 caractères ou plus ; vide en local : créée dans les données"),
    Setting("BASE_URL", "", "adresse publique du portail (https://…) ; vide : usage local seulement"),
    Setting("TERRITORY", "", "fichier TOML du territoire ; vide : celui que `maillage init` a retenu"),
    Setting("TIME_ZONE", "", "fuseau horaire ; vide : celui du territoire, ou Europe/Paris"),
    Setting("WORKERS", "2", "nombre de processus qui répondent aux visiteurs"),
    Setting(
        "SEARCH_ENGINE", "whoosh", "moteur de recherche : whoosh, ou memoire (refait au départ de chaque processus)"
    ),
    Setting(
        "EXIT_URL",
        "https://www.meteofrance.fr",
        "site anodin où mène « Quitter vite ce site », sur les pages qui parlent de violences",
    ),
    Setting(
        "EMBED_SITES", "", "sites qui peuvent montrer la recherche dans une fenêtre : https://… séparés par des espaces"
    ),
    Setting("METRICS_TOKEN", "", "mot de passe de /metrics pour une autre machine ; vide : cette machine seulement"),
    Setting(
        "ITINERARY_URL",
        "https://www.openstreetmap.org/directions?to={lat}%2C{lon}",
        "site d’itinéraires où mènent les fiches, avec {lat} et {lon} dans l’adresse ; « aucun » : pas de lien",
    ),
    Setting(
        "TILES_URL",
        "",
        "fond des cartes (https://…/{z}/{x}/{y}.png) ; vide : aucun tiers, les contours des "
        "communes s’ils sont livrés avec le territoire, sinon un point et un nom par commune",
    ),
    Setting("TILES_CREDIT", "", "mention due à l’auteur du fond des cartes, par exemple © OpenStreetMap"),
    Setting("IMPORT_MAX_FILE", "50", "poids le plus grand d’un fichier importé, en mégaoctets"),
    Setting("IMPORT_MAX_UNPACKED", "512", "poids le plus grand d’un zip une fois ouvert, en mégaoctets"),
    Setting("IMPORT_MAX_RATIO", "100", "combien de fois plus lourd un fichier d’un zip peut devenir"),
    Setting("IMPORT_MAX_ENTRIES", "200", "nombre de fichiers d’un zip ou d’un dossier"),
    Setting("IMPORT_MAX_ROWS", "500000", "nombre de lignes d’une liste"),
    Setting("IMPORT_MAX_COLUMNS", "300", "nombre de colonnes d’une liste"),
    Setting("IMPORT_MAX_TEXT", "64", "texte gardé en mémoire à la fois, en mégaoctets : celui d’un fichier JSON"),
)


class SettingsError(Exception):
    """A setting cannot be used; the sentence names it and says what to write."""


@dataclass(frozen=True)
class Settings:
    """What this installation has chosen."""

    data_dir: Path
    database_url: str
    secret_key: str
    base_url: str
    territory: str
    time_zone: ZoneInfo | None
    workers: int
    itinerary_url: str
    search_engine: str
    exit_url: str
    embed_sites: tuple[str, ...]
    metrics_token: str
    tiles_url: str
    tiles_credit: str
    import_caps: Mapping[str, int]
    """How much of an imported file is read at most."""
    unknown: tuple[tuple[str, str], ...]
    """What is set and means nothing, each with the name that was meant, if one is near."""

    @property
    def is_production(self) -> bool:
        """Tell whether the portal is open to the world."""
        return bool(self.base_url)

    @property
    def public_host(self) -> str:
        """Name the host visitors type."""
        return urlsplit(self.base_url).hostname or ""


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read every setting, or say which one to mend."""
    given = os.environ if environment is None else environment
    values = {setting.name: given.get(PREFIX + setting.name, "").strip() or setting.default for setting in SETTINGS}
    data_dir = Path(values["DATA_DIR"]).expanduser().absolute()
    settings = Settings(
        data_dir=data_dir,
        database_url=values["DATABASE_URL"] or f"sqlite:///{data_dir / 'maillage.sqlite'}",
        secret_key=values["SECRET_KEY"],
        base_url=_base_url(values["BASE_URL"]),
        territory=values["TERRITORY"],
        time_zone=_time_zone(values["TIME_ZONE"]),
        workers=_workers(values["WORKERS"]),
        itinerary_url=_itinerary_url(values["ITINERARY_URL"]),
        search_engine=_search_engine(values["SEARCH_ENGINE"]),
        exit_url=_exit_url(values["EXIT_URL"]),
        embed_sites=_embed_sites(values["EMBED_SITES"]),
        metrics_token=_metrics_token(values["METRICS_TOKEN"]),
        tiles_url=_tiles_url(values["TILES_URL"]),
        tiles_credit=values["TILES_CREDIT"],
        import_caps={
            "file_bytes": _MEGABYTE * _most("IMPORT_MAX_FILE", values["IMPORT_MAX_FILE"]),
            "unpacked_bytes": _MEGABYTE * _most("IMPORT_MAX_UNPACKED", values["IMPORT_MAX_UNPACKED"]),
            "ratio": _most("IMPORT_MAX_RATIO", values["IMPORT_MAX_RATIO"]),
            "entries": _most("IMPORT_MAX_ENTRIES", values["IMPORT_MAX_ENTRIES"]),
            "rows": _most("IMPORT_MAX_ROWS", values["IMPORT_MAX_ROWS"]),
            "columns": _most("IMPORT_MAX_COLUMNS", values["IMPORT_MAX_COLUMNS"]),
            "kept_bytes": _MEGABYTE * _most("IMPORT_MAX_TEXT", values["IMPORT_MAX_TEXT"]),
        },
        unknown=unknown_settings(given),
    )
    if settings.is_production and len(settings.secret_key) < _KEY_LENGTH:
        raise SettingsError(
            f"{PREFIX}SECRET_KEY manque ou est trop courte : avec {PREFIX}BASE_URL, il faut une clé secrète d’au moins "
            f"{_KEY_LENGTH} caractères. Vous pouvez en tirer une avec : openssl rand -hex 32"
        )
    return settings


def unknown_settings(environment: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """List what is set under our prefix and means nothing, each with the name that was meant, if one is near."""
    known = {PREFIX + setting.name for setting in SETTINGS}
    unknown = sorted(
        name
        for name in environment
        if name.startswith(PREFIX) and name not in known and not name.startswith(_ELSEWHERE)
    )
    return tuple((name, next(iter(get_close_matches(name, known, n=1, cutoff=0.85)), "")) for name in unknown)


_ELSEWHERE = (f"{PREFIX}PYTHON", f"{PREFIX}TEST_")
"""What our scripts and our tests read for themselves."""
_MEGABYTE = 1024 * 1024
_LARGEST_CAP = 100_000_000
_KEY_LENGTH = 32
_SITE = re.compile(r"https://[a-zA-Z0-9.-]+(:[0-9]{1,5})?")
_MOST_WORKERS = 64
_SEARCH_ENGINES = ("whoosh", "memoire")


def _base_url(value: str) -> str:
    if not value:
        return ""
    parts = urlsplit(value)
    if parts.scheme != "https" or not parts.hostname:
        raise SettingsError(
            f"{PREFIX}BASE_URL doit commencer par https:// et nommer le site, par exemple "
            f"https://services.montagne.example ; il contient « {value} »."
        )
    if value.rstrip("/") != f"https://{parts.netloc}":
        raise SettingsError(
            f"{PREFIX}BASE_URL nomme un site, sans dossier ni rien après le nom : le portail occupe tout son site. "
            f"Écrivez https://{parts.netloc} ; il contient « {value} »."
        )
    return value.rstrip("/")


def _exit_url(value: str) -> str:
    if not value.startswith("https://") or not urlsplit(value).hostname:
        raise SettingsError(
            f"{PREFIX}EXIT_URL doit être l’adresse d’un site, par exemple https://www.meteofrance.fr ; il contient "
            f"« {value} »."
        )
    return value


def _embed_sites(value: str) -> tuple[str, ...]:
    sites = tuple(value.replace(",", " ").split())
    for site in sites:
        # The words go into a header: nothing but the name of a site may stand there.
        if not _SITE.fullmatch(site):
            raise SettingsError(
                f"{PREFIX}EMBED_SITES nomme des sites, par exemple https://www.mairie.example ; il contient « {site} »."
            )
    return sites


def _metrics_token(value: str) -> str:
    if value and (len(value) < _KEY_LENGTH or not value.isascii()):
        raise SettingsError(f"{PREFIX}METRICS_TOKEN doit faire {_KEY_LENGTH} caractères ou plus, sans accent.")
    return value


def _tiles_url(value: str) -> str:
    is_template = all(part in value for part in ("{z}", "{x}", "{y}"))
    if value and not (value.startswith("https://") and is_template):
        raise SettingsError(
            f"{PREFIX}TILES_URL doit commencer par https:// et contenir {{z}}, {{x}} et {{y}} ; il contient "
            f"« {value} »."
        )
    return value


def _itinerary_url(value: str) -> str:
    if value.lower() == "aucun":
        return ""
    if value.startswith("https://") and "{lat}" in value and "{lon}" in value:
        return value
    raise SettingsError(
        f"{PREFIX}ITINERARY_URL doit commencer par https:// et contenir {{lat}} et {{lon}}, ou valoir « aucun » ; il "
        f"contient « {value} »."
    )


def _time_zone(value: str) -> ZoneInfo | None:
    if not value:
        return None
    try:
        return ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise SettingsError(
            f"{PREFIX}TIME_ZONE doit nommer un fuseau horaire, par exemple Europe/Paris ; il contient « {value} »."
        ) from None


def _search_engine(value: str) -> str:
    if value in _SEARCH_ENGINES:
        return value
    raise SettingsError(f"{PREFIX}SEARCH_ENGINE vaut {' ou '.join(_SEARCH_ENGINES)} ; il contient « {value} ».")


def _workers(value: str) -> int:
    if value.isdecimal() and 1 <= int(value) <= _MOST_WORKERS:
        return int(value)
    raise SettingsError(f"{PREFIX}WORKERS doit être un nombre de 1 à {_MOST_WORKERS} ; il contient « {value} ».")


def _most(name: str, value: str) -> int:
    if value.isdecimal() and value.isascii() and 1 <= int(value) <= _LARGEST_CAP:
        return int(value)
    raise SettingsError(f"{PREFIX}{name} doit être un nombre entier, 1 ou plus ; il contient « {value} ».")
