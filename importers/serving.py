"""Serve the portal: everything is loaded before the first visitor, and due jobs run beside them."""

import errno
import logging
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from importers.doorstep import Discreet
from importers.opening import Installation, installed_territory, pass_installation, secret_key
from portal.app import Opened, create_app
from portal.core.command import ExitCode, stop
from portal.core.job_runner import keep_running
from portal.core.logs import place_of
from portal.core.schema import require_current
from portal.pages.reports.views import tend_doors
from portal.search.serving import tend_search
from portal.statistics.counting import tend_audience, write_last_counts

log = logging.getLogger(__name__)

SECONDS_TO_FINISH = 3
"""A supervisor that asks us to stop gets its answer within five seconds."""
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
LONGEST_REQUEST_LINE = 8190
_LAST_RESERVED_PORT = 1023
_LAST_PORT = 65535


@click.command("serve")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port d’écoute.")
@pass_installation
def serve(here: Installation, *, port: int) -> None:
    """Servir le portail et faire les tâches de fond, jusqu’à Ctrl+C.

    Sans MAILLAGE_BASE_URL, le portail n’est ouvert qu’à cette machine. Avec elle, il se tient derrière un serveur
    HTTPS, qui lui transmet les visites.
    """
    require_current(here.database)
    settings = here.settings
    opened = Opened(
        secret_key=secret_key(settings),
        hosts=(settings.public_host, *LOCAL_HOSTS) if settings.is_production else LOCAL_HOSTS,
        over_https=settings.is_production,
        base_url=settings.base_url,
        exit_url=settings.exit_url,
        framed_by=settings.embed_sites,
        itinerary_url=settings.itinerary_url,
        tiles_url=settings.tiles_url,
        tiles_credit=settings.tiles_credit,
        metrics_token=settings.metrics_token,
    )
    app = create_app(here, installed_territory(here), opened)
    # A worker must not share a connection with its parent.
    here.database.close()
    free = _free_port(port)
    click.echo(f"Maillage répond sur {settings.base_url or f'http://127.0.0.1:{free}'} (Ctrl+C pour arrêter).")
    beside = Beside(begin=lambda: _work_beside(here, app), end=lambda: _write_what_was_counted(here, app))
    Server(app, address=f"127.0.0.1:{free}", workers=settings.workers, beside=beside).run()


def _free_port(wanted: int) -> int:
    """Try a port, or find one for 0, before anything is said of it: one that is taken is a sentence."""
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind(("127.0.0.1", wanted))
        except OSError as error:
            if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
                raise
            another = wanted + 1 if _LAST_RESERVED_PORT < wanted < _LAST_PORT else 8001
            stop(
                f"Le port {wanted} est déjà pris, ou réservé : choisissez-en un autre, par exemple avec "
                f"« maillage serve --port {another} ».",
                code=ExitCode.REFUSED,
            )
        port: int = door.getsockname()[1]
        return port


@dataclass(frozen=True)
class Beside:
    """What a worker does besides answering: when it begins, and before it ends."""

    begin: Callable[[], None]
    end: Callable[[], None]


class Server(BaseApplication):  # type: ignore[misc]  # the library ships no types
    """The gunicorn server of one installation, configured by values and no file."""

    def __init__(self, app: Flask, *, address: str, workers: int, beside: Beside) -> None:
        self._app = app
        self._options: dict[str, Any] = {
            "bind": address,
            "workers": workers,
            "threads": 4,
            "worker_class": Discreet,
            "preload_app": True,
            "graceful_timeout": SECONDS_TO_FINISH,
            "timeout": 60,
            "keepalive": 5,
            # Its other reader of requests takes no address but in ASCII.
            "http_parser": "python",
            "limit_request_line": LONGEST_REQUEST_LINE,
            # No header of a visitor says where the portal stands.
            "forwarder_headers": "",
            # Its socket would lie outside the data directory.
            "control_socket_disable": True,
            "loglevel": "warning",
            "proc_name": "maillage",
            "post_fork": lambda _arbiter, _worker: beside.begin(),
            "worker_exit": lambda _arbiter, _worker: beside.end(),
        }
        super().__init__()

    def load_config(self) -> None:
        """Give gunicorn its settings."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Give gunicorn the application, already loaded."""
        return self._app

    def run(self) -> None:
        """Serve until told to stop."""
        arbiter = Arbiter(self)
        try:
            arbiter.run()
        finally:
            # A worker that was busy when its time was up is not waited for, and leaves its sign of life open.
            for worker in list(arbiter.WORKERS.values()):
                worker.tmp.close()


def _work_beside(here: Installation, app: Flask) -> None:
    """Tend the index, and take turns with the other workers at doing what is due; the threads end with their worker."""
    tend_search(app, here.database)
    tend_audience(app, here.database)
    tend_doors(app)
    threading.Thread(
        target=keep_running,
        args=(here.database, here.clock, here.jobs),
        kwargs={"data_dir": here.data_dir, "stop": threading.Event()},
        name="jobs",
        daemon=True,
    ).start()


def _write_what_was_counted(here: Installation, app: Flask) -> None:
    """Write what was counted since the last time: a restart forgets no visit. Nothing may hold up the end."""
    try:
        write_last_counts(app, here.database)
    except Exception as error:  # noqa: BLE001 - the worker is leaving, and there is nobody to tell but the log
        log.error("the last counts were not written: %(error)s", {"error": place_of(error)})  # noqa: TRY400 - see logs.py
