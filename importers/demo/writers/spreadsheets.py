"""Spreadsheets as town halls, communities and associations keep them: each with columns and habits of its own."""

from collections.abc import Iterable, Mapping, Sequence

from importers.demo.writers.delimited import Dialect, delimited_cells
from importers.demo.writers.edition import Edition
from importers.demo.writers.rows import Row, rows_of
from importers.templates.general import GENERAL
from importers.templates.workbook import write_workbook
from portal.vocabulary.loading import load_vocabulary
from portal.vocabulary.marks import Table

NOTEBOOK = {
    "key": "N°",
    "title": "Quoi",
    "concepts": "Rubrique(s)",
    "structure": "Qui s'en occupe",
    "place_name": "Où",
    "address": "Rue",
    "commune": "Village",
    "phone": "Tél.",
    "mail": "Mél",
    "hours": "Quand",
    "summary": "En deux mots",
    "description": "À savoir",
    "cost": "Gratuit ?",
    "cost_note": "Sinon, combien",
    "roving": "Passe en tournée",
    "said_on": "Revu le",
}
"""Our word -> the column of the notebook that a town hall keeps for itself."""
_CLUB = {
    "key": "Référence",
    "title": "Nom de l’activité",
    "structure": "Association",
    "legal_nature": "Nature juridique",
    "concepts": "Rubrique",
    "more_concepts": "Sous-rubriques",
    "summary": "Présentation",
    "description": "Détails",
    "place_name": "Salle",
    "address": "Rue",
    "postal_code": "CP",
    "commune": "Ville",
    "phone": "Téléphone",
    "mail": "E-mail",
    "site": "Site web",
    "hours": "Jours et horaires",
    "roving": "Itinérance",
    "audiences": "Pour qui",
    "youngest": "Dès (âge)",
    "oldest": "Jusqu’à (âge)",
    "cost": "Tarif",
    "cost_note": "Détail du tarif",
    "modes": "Modalités d’accueil",
    "documents": "À apporter",
    "eligibility": "Réservé à",
    "competence": "Communes concernées",
    "online_url": "Inscription en ligne",
    "wheelchair": "PMR",
    "said_on": "Vérifié le",
}
"""Our word -> the column as associations like to call it; they know no coordinates."""
_DECIMALS = frozenset({"lat", "lon"})
_LATIN = Dialect(delimiter=";", encoding="cp1252", line_end="\r\n")
_EVERY = 9
"""Rows after which a blank line stands, as on the page it was typed from."""


def write_general(entries: Sequence[Table], edition: Edition) -> bytes:
    """Write our own template, filled in."""
    return write_workbook(GENERAL, load_vocabulary(), rows_of(entries, edition))


def write_table(entries: Sequence[Table], edition: Edition) -> bytes:
    """Write the export of a community: the names of the template, as a French spreadsheet writes text."""
    columns = {column.word: column.header for column in GENERAL.columns}
    rows = [_with_commas(row) for row in rows_of(entries, edition)]
    used = {word: header for word, header in columns.items() if any(row.get(word) for row in rows)}
    return _cells(used, rows, Dialect(delimiter=";", encoding="utf-8-sig", line_end="\r\n"))


def write_club(entries: Sequence[Table], edition: Edition) -> bytes:
    """Write the list of an association, with its own names for columns."""
    return _cells(_CLUB, rows_of(entries, edition), Dialect(is_quoted=True))


def _cells(columns: Mapping[str, str], rows: Iterable[Row], dialect: Dialect) -> bytes:
    body = ([row.get(word, "") for word in columns] for row in rows)
    return delimited_cells((tuple(columns.values()), *body), dialect)


def _with_commas(row: Row) -> Row:
    return {word: text.replace(".", ",") if word in _DECIMALS else text for word, text in row.items()}


def write_notebook(entries: Sequence[Table], edition: Edition) -> bytes:
    """Write a town hall's own notebook: lines of title above the header, themes in one cell, blank lines."""
    width = len(NOTEBOOK)
    head = (
        ("CAHIER DES BONNES ADRESSES - à donner aux nouveaux arrivants", *[""] * (width - 1)),
        (f"version du {edition.said_on:%d/%m/%Y} (ne pas effacer les lignes, merci)", *[""] * (width - 1)),
        ("",) * width,
    )
    body: list[tuple[str, ...]] = []
    for rank, row in enumerate(rows_of(entries, edition), start=1):
        body.append(tuple(_latin(_noted(row)[word]) for word in NOTEBOOK))
        if rank % _EVERY == 0:
            body.append(("",) * width)
    return delimited_cells((*head, tuple(NOTEBOOK.values()), *body, ("",) * width), _LATIN)


def _noted(row: Row) -> dict[str, str]:
    themes = ";".join(filter(None, (row["concepts"], row["more_concepts"])))
    is_free = {"gratuit": "oui", "payant": "non"}.get(row["cost"], row["cost"])
    return {"roving": "", **row, "concepts": themes, "cost": is_free}


def _latin(text: str) -> str:
    """Leave out what an old spreadsheet could not write."""
    return text.replace("\u202f", " ").replace("\u00a0", " ").encode("cp1252", errors="ignore").decode("cp1252")
