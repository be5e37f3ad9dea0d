"""Serve the portal: everything is loaded before the first visitor, and due jobs run beside them."""

import threading
from collections.abc import Callable
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication

from importers.opening import Installation, installed_territory, pass_installation, secret_key
from portal.app import Opened, create_app
from portal.core.job_runner import keep_running
from portal.core.schema import require_current

SECONDS_TO_FINISH = 3
"""A supervisor that asks us to stop gets its answer within five seconds."""
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
LONGEST_REQUEST_LINE = 8190


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
    )
    app = create_app(here, installed_territory(here), opened)
    # A worker must not share a connection with its parent.
    here.database.close()
    click.echo(f"Maillage répond sur {settings.base_url or f'http://127.0.0.1:{port}'} (Ctrl+C pour arrêter).")
    Server(app, address=f"127.0.0.1:{port}", workers=settings.workers, in_worker=lambda: _keep_jobs_running(here)).run()


class Server(BaseApplication):  # type: ignore[misc]  # the library ships no types
    """The gunicorn server of one installation, configured by values and no file."""

    def __init__(self, app: Flask, *, address: str, workers: int, in_worker: Callable[[], None]) -> None:
        self._app = app
        self._options: dict[str, Any] = {
            "bind": address,
            "workers": workers,
            "threads": 4,
            "worker_class": "gthread",
            "preload_app": True,
            "graceful_timeout": SECONDS_TO_FINISH,
            "timeout": 60,
            "keepalive": 5,
            "limit_request_line": LONGEST_REQUEST_LINE,
            # Its socket would lie outside the data directory.
            "control_socket_disable": True,
            "loglevel": "warning",
            "proc_name": "maillage",
            "post_fork": lambda _arbiter, _worker: in_worker(),
        }
        super().__init__()

    def load_config(self) -> None:
        """Give gunicorn its settings."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Give gunicorn the application, already loaded."""
        return self._app


def _keep_jobs_running(here: Installation) -> None:
    """Take turns with the other workers at doing what is due; the thread ends with its worker."""
    threading.Thread(
        target=keep_running,
        args=(here.database, here.clock, here.jobs),
        kwargs={"data_dir": here.data_dir, "stop": threading.Event()},
        name="jobs",
        daemon=True,
    ).start()
