"""`maillage init`: prepare a data directory, or bring it up to date; run twice, it changes nothing."""

import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import click

from importers.demo.bringing import FOLDER, bring_lists
from importers.demo.loading import load_shipped
from importers.demo.reference_day import reference_day_of
from importers.opening import (
    TERRITORY_FILE,
    Installation,
    installed_territory,
    pass_installation,
    required_territory,
    territory_file,
)
from portal.core.backup import BACKUPS
from portal.core.command import ExitCode, stop
from portal.core.errors import Busy
from portal.core.locks import file_lock
from portal.core.schema import SchemaState, SchemaTooNew, schema_state
from portal.core.upgrade import upgrade
from portal.directory.operations.occurrences import refresh_occurrences
from portal.directory.queries.counts import directory_counts
from portal.directory.queries.occurrences import last_day_written
from portal.geography.operations import install_territory, load_reference
from portal.geography.territories import DEMONSTRATION, written_territory
from portal.geography.territory import Territory
from portal.search.following import leave_ready

FAR_ENOUGH = timedelta(weeks=12)
"""Openings are written out for a week more; a portal that serves moves that on by itself."""
PATIENCE = 600
"""Seconds one `init` waits for another to end."""


@click.command("init")
@click.option("--demo", is_flag=True, help="Charger le territoire de démonstration et ses services fictifs.")
@click.option(
    "--territory",
    "file",
    metavar="FICHIER",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Fichier TOML du territoire à installer.",
)
@pass_installation
def init(here: Installation, *, demo: bool, file: Path | None) -> None:
    """Préparer le dossier des données, ou le mettre à jour.

    Sans territoire, toutes les communes de France sont acceptées. Relancée, la commande ne refait que le nécessaire ;
    avant une mise à jour de la base, elle en fait une sauvegarde.
    """
    if demo and file:
        stop("Choisissez --demo ou --territory, pas les deux.", code=ExitCode.USAGE)
    if file is not None:
        # A faulty file is refused before anything is written.
        required_territory(file)
    # The directory holds everybody's contacts and the key: for its owner alone.
    here.data_dir.mkdir(parents=True, exist_ok=True, mode=0o750)
    with file_lock(here.data_dir / "init.lock", patience=PATIENCE) as alone:
        if not alone:
            raise Busy
        # The one before us may have installed a territory since this command was opened.
        _prepare(replace(here, territory=territory_file(here.settings)), demo=demo, file=file)
    click.echo(f"Tout est prêt dans {here.data_dir}.")


def _prepare(here: Installation, *, demo: bool, file: Path | None) -> None:
    chosen = DEMONSTRATION if demo else file or here.territory
    territory = None if chosen is None else required_territory(chosen)
    _refuse_what_does_not_fit(here, territory)
    if chosen is not None and not here.settings.territory:
        _keep(here.data_dir / TERRITORY_FILE, written_territory(chosen))
    backup = upgrade(here.database, backups=here.data_dir / BACKUPS, now=here.clock.now())
    if backup is not None:
        click.echo(f"Base mise à jour ; sauvegarde d’avant : {backup}")
    with here.database.writing() as session:
        is_new = _say(load_reference(session), "Communes de France chargées.")
        if territory is not None:
            is_new |= _say(install_territory(session, territory), f"Territoire installé : {territory.name}.")
    if demo:
        is_new |= _load_demonstration(here)
    with here.database.writing() as session:
        if is_new or backup is not None or not _reaches_far(last_day_written(session), here.clock.today()):
            refresh_occurrences(session, now=here.clock.now())
    leave_ready(here)


def _reaches_far(last_day: date | None, today: date) -> bool:
    """Tell whether the openings written out reach far enough; what changes a service refreshes its own."""
    return last_day is not None and last_day >= today + FAR_ENOUGH


def _load_demonstration(here: Installation) -> bool:
    """Bring in the lists, each as a run of its own, then the sheets that people typed."""
    day = reference_day_of(here.data_dir, today=here.clock.today())
    # The territory was installed after this command was opened.
    brought = bring_lists(replace(here, territory=territory_file(here.settings)), reference_day=day, tell=_progress)
    with here.database.writing() as session:
        typed = load_shipped(session, reference_day=day, now=here.clock.now())
        counts = directory_counts(session)
    return _say(
        bool(brought) or typed.is_new,
        f"Démonstration chargée : {counts.n_services} services fictifs dans {counts.n_communes} communes, dont "
        f"{typed.services} saisis à la main ; les autres viennent des fichiers de {here.data_dir / FOLDER}.",
    )


def _progress(sentence: str) -> None:
    """Say on a terminal how far a long command is; scripts and cron need not know."""
    if sys.stderr.isatty():
        click.echo(sentence, err=True)


def _refuse_what_does_not_fit(here: Installation, wanted: Territory | None) -> None:
    """Fictional services have no place among the real ones of a territory, nor real ones among them."""
    state = schema_state(here.database)
    if state is SchemaState.FRESH:
        return
    if state is SchemaState.NEWER:
        raise SchemaTooNew
    installed = installed_territory(here)
    holds_fiction = installed is not None and installed.is_demonstration
    wants_fiction = wanted is not None and wanted.is_demonstration
    if holds_fiction != wants_fiction:
        kind = "de la démonstration" if holds_fiction else "d’un vrai annuaire"
        stop(
            f"Ce dossier de données est celui {kind}, et vrais et faux services ne se mélangent pas : rien n’a été "
            "modifié. Choisissez un autre dossier avec MAILLAGE_DATA_DIR.",
            code=ExitCode.REFUSED,
        )


def _keep(kept: Path, written: bytes) -> None:
    """Replace the kept territory file in one step."""
    if kept.is_file() and kept.read_bytes() == written:
        return
    draft = kept.with_suffix(".nouveau")
    draft.write_bytes(written)
    draft.replace(kept)


def _say(happened: bool, sentence: str) -> bool:  # noqa: FBT001 - the question is the value
    if happened:
        click.echo(sentence)
    return happened
