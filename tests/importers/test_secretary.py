"""The way of a secretary: take the template, fill it in, read what is wrong, mend it, import again."""

import json
from pathlib import Path

from importers.commands.templates import TEMPLATES
from tests.importers.conftest import Maillage
from tests.importers.templates.builders import Cells, filled

TOWN_HALL = {
    "Structure": "Mairie de Nogent-sur-Seine",
    "Code postal": "10400",
    "Commune": "Nogent-sur-Seine",
    "Téléphone": "03 53 01 00 01",
}
ROWS: tuple[Cells, ...] = (
    {**TOWN_HALL, "Nom du service": "Accueil de la mairie", "Thème": "Mairie", "Horaires": "lundi au vendredi 9h-12h"},
    {**TOWN_HALL, "Nom du service": "Cantine scolaire", "Thème": "cantine", "Âge minimum": 3, "Âge maximum": 11},
    {**TOWN_HALL, "Nom du service": "Bibliothèque du Lavoir", "Thème": "bibliothèque", "Horaires": "mercredi 14h-18h"},
    {**TOWN_HALL, "Nom du service": "Salle des fêtes", "Thème": "salle des fêtes", "Coût": "payant"},
    {**TOWN_HALL, "Nom du service": "Portage de livres", "Thème": "bibliothèque", "Accueil": "à domicile"},
)
MISTAKES: dict[int, Cells] = {1: {"Thème": "cantines et gouter"}, 3: {"Commune": "Nogeant", "Code postal": ""}}
MESSY = (
    "Intitulé;Jours et heures;Qui appeler;Ville;CP;Rubrique\n"
    "Cantine;lundi 11h30-13h30;03 53 01 00 01;Nogent-sur-Seine;10400;cantine\n"
)


def test_secretary_mends_what_the_report_names(maillage: Maillage, tmp_path: Path) -> None:
    file, report = tmp_path / "services.xlsx", tmp_path / "rapport.json"
    assert maillage("init").returncode == 0
    file.write_bytes(filled("general", *({**row, **MISTAKES.get(rank, {})} for rank, row in enumerate(ROWS))))
    nameless = maillage("import", "tableur", str(file))
    assert (nameless.returncode, "--list services" in nameless.stderr) == (2, True)

    first = maillage("import", "tableur", str(file), "--list", "mairie-de-nogent", "--report", str(report))
    assert first.returncode == 3
    assert "ligne 5, Thème" in first.stdout
    assert "ligne 7, Commune" in first.stdout
    said = json.loads(report.read_text(encoding="utf-8"))
    assert [said[name] for name in ("read", "created", "refused", "quarantined", "skipped")] == [6, 3, 1, 1, 1]

    file.write_bytes(filled("general", *ROWS))
    second = maillage("import", "tableur", str(file))
    assert (second.returncode, "2 créées, 3 inchangées" in second.stdout) == (0, True)


def test_workbook_goes_where_it_is_sent(maillage: Maillage, tmp_path: Path) -> None:
    for name in TEMPLATES:
        file = tmp_path / f"{name}.xlsx"
        assert maillage("template", name, "--output", str(file)).returncode == 0
        assert file.read_bytes().startswith(b"PK")
    assert maillage("template", "rien").returncode == 2


def test_spreadsheet_of_somebody_comes_in_by_its_map(maillage: Maillage, tmp_path: Path) -> None:
    file, card = tmp_path / "Nos services 2026.csv", tmp_path / "carte.toml"
    file.write_text(MESSY, encoding="utf-8")
    maillage("init")
    refused = maillage("import", "tableur", str(file))
    assert refused.returncode == 4
    for told in (refused.stderr, maillage("check", "tableur", str(file)).stdout):
        assert f"maillage map '{file}' > carte.toml" in told
    guessed = maillage("map", str(file)).stdout
    assert '# structure = ""' in guessed
    confirmed = guessed.replace('# structure = ""', 'structure = "Mairie de Nogent"').replace(
        "# telephone", "telephone"
    )
    card.write_text(confirmed, encoding="utf-8")
    assert maillage("import", "tableur", str(file), "--map", str(card)).returncode == 0
    again = maillage("import", "tableur", str(file))
    assert (again.returncode, "1 inchangée" in again.stdout) == (0, True)


def test_map_of_a_list_that_gave_nothing_is_not_kept(maillage: Maillage, tmp_path: Path) -> None:
    file, card = tmp_path / "Nos services 2026.csv", tmp_path / "carte.toml"
    file.write_text(MESSY, encoding="utf-8")
    maillage("init")
    card.write_text('liste = "services"\n[colonnes]\nnom = "Intitulé"\n', encoding="utf-8")
    refused = maillage("import", "tableur", str(file), "--map", str(card))
    assert (refused.returncode, "1 refusée" in refused.stdout) == (3, True), refused
    kept = tmp_path / "data" / "listes.toml"
    assert not kept.exists() or "services" not in kept.read_text(encoding="utf-8")
