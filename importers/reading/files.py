"""The two questions of an import: which files lie there, and what table is in each."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from importers.reading.archives import open_archive
from importers.reading.caps import DEFAULT_CAPS, Caps, StopReadingError, check_file_size
from importers.reading.headers import Grid, lay_out
from importers.reading.layouts import UNDECLARED, Layout
from importers.reading.pieces import Piece, piece_of_file
from importers.reading.records import open_records
from importers.reading.rows import Table, Unreadable
from importers.reading.sniffing import Form, form_of
from importers.reading.tables import open_delimited
from importers.reading.workbooks import open_ods, open_xlsx
from portal.core.problems import Problem

_GRIDS: dict[Form, Callable[[Piece, Layout, Caps], Grid]] = {
    Form.DELIMITED: open_delimited,
    Form.XLSX: open_xlsx,
    Form.ODS: open_ods,
}


def pieces_of(path: Path, caps: Caps = DEFAULT_CAPS) -> tuple[Piece, ...] | Unreadable:
    """List the files to read at a path: one file, the entries of a zip, the files of a folder."""
    try:
        if path.is_dir():
            return _pieces_of_folder(path, caps)
        if not path.is_file():
            return Unreadable(
                Problem("fichier-absent", f"Il n’y a pas de fichier « {path.name} » : vérifiez le chemin.")
            )
        return pieces_within(piece_of_file(path), caps)
    except OSError as error:
        return _closed(path.name, error)


def pieces_within(piece: Piece, caps: Caps | None = None) -> tuple[Piece, ...] | Unreadable:
    """List the files in one file: its entries when it is a zip, itself otherwise."""
    caps = caps or piece.caps
    try:
        check_file_size(piece.size, caps)
        if form_of(piece, caps) is Form.ZIP:
            return tuple(replace(each, caps=caps) for each in open_archive(piece, caps).pieces())
    except StopReadingError as stop:
        return Unreadable(stop.problem)
    except OSError as error:
        return _closed(piece.name, error)
    return (replace(piece, caps=caps),)


def open_table(piece: Piece, layout: Layout = UNDECLARED, caps: Caps | None = None) -> Table | Unreadable:
    """Recognise a file, find its columns, and offer its rows."""
    caps = caps or piece.caps
    try:
        check_file_size(0 if piece.is_packed else piece.size, caps)
        return _opened(form_of(piece, caps), piece, layout, caps)
    except StopReadingError as stop:
        return Unreadable(stop.problem)
    except OSError as error:
        return _closed(piece.name, error)


def _opened(form: Form, piece: Piece, layout: Layout, caps: Caps) -> Table:
    if form is Form.JSON:
        return open_records(piece, layout, caps)
    if form is Form.ZIP:
        raise StopReadingError(
            "zip-de-fichiers", "Ce zip contient des fichiers et n’est pas lui-même un tableau : choisissez l’un d’eux."
        )
    return lay_out(_GRIDS[form](piece, layout, caps), layout, caps)


def _pieces_of_folder(folder: Path, caps: Caps) -> tuple[Piece, ...] | Unreadable:
    """List the files below a folder; hidden ones and links stay out, since a link may lead anywhere."""
    found: list[Piece] = []
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_symlink() or not path.is_file() or any(part.startswith(".") for part in inside.parts):
            continue
        found.append(replace(piece_of_file(path, name=inside.as_posix()), caps=caps))
        if len(found) > caps.entries:
            sentence = f"Ce dossier contient plus de {caps.entries} fichiers : gardez seulement ceux qui servent."
            return Unreadable(Problem("dossier-trop-plein", sentence))
    if not found:
        return Unreadable(Problem("dossier-vide", f"Le dossier « {folder.name} » ne contient aucun fichier."))
    return tuple(found)


def _closed(name: str, error: OSError) -> Unreadable:
    sentence = f"Le fichier « {name} » ne peut pas être ouvert : vérifiez ses droits et son emplacement."
    return Unreadable(Problem("fichier-ferme", sentence, value=error.strerror or ""))
