"""A territory file is read whole or its faults are named, field by field."""

import csv
from datetime import date
from pathlib import Path

import pytest

from portal.geography.communes import Communes
from portal.geography.territories import contrast_with_white, parse_territory, read_territory
from portal.geography.territory import Conformity, PoleLevel, SchoolZone, Territory, communes_in_scope

SMALLEST = """
name = "Pays d’essai"
epcis = ["200000545"]
school_zone = "B"
[publisher]
name = "Éditeur"
address = "1 place de l’Exemple"
director = "La direction"
host = "Hébergeur"
[contact]
name = "Accueil"
email = "accueil@essai.example"
"""


def test_demonstration_has_its_79_communes(territory: Territory) -> None:
    assert len(territory.communes) == 79
    assert (territory.is_demonstration, territory.school_zone, territory.alsace_moselle) == (True, SchoolZone.B, False)


def test_demonstration_equals_the_derived_list(territory: Territory, shared_communes: Path) -> None:
    rows = csv.DictReader((shared_communes / "territoires-derives.csv").read_text(encoding="utf-8").splitlines())
    assert territory.communes == {row["code_insee"] for row in rows if row["territoire"] == territory.slug}


def test_zones_of_the_demonstration_cover_it_once(territory: Territory) -> None:
    zones = territory.zonings[0].zones
    assert sum(len(zone.communes) for zone in zones) == 79
    assert frozenset().union(*(zone.communes for zone in zones)) == territory.communes


def test_poles_lie_in_the_territory_with_romilly_first(territory: Territory) -> None:
    assert {pole.commune for pole in territory.poles} <= territory.communes
    assert [pole.commune for pole in territory.poles if pole.level is PoleLevel.TERRITORY] == ["10323"]


def test_scope_is_the_territory_and_thirty_kilometres(territory: Territory, france: Communes) -> None:
    scope = communes_in_scope(territory, france)
    assert territory.communes < scope
    assert {"10387", "77379"} <= scope
    assert not {"75056", "51108"} & scope


def test_portal_is_said_inaccessible_until_an_audit_says_more(france: Communes) -> None:
    bare, _ = parse_territory(SMALLEST.encode(), communes=france)
    audited, problems = parse_territory(f"{SMALLEST}{AUDIT}rate = 82".encode(), communes=france)
    assert problems == ()
    assert bare is not None
    assert audited is not None
    assert bare.accessibility.conformity is Conformity.NONE
    assert audited.accessibility.audited_on == date(2026, 5, 12)


def test_smallest_file_gets_usual_values(france: Communes) -> None:
    territory, problems = parse_territory(SMALLEST.encode(), communes=france)
    assert problems == ()
    assert territory is not None
    assert (territory.slug, territory.neighbours.kilometres, territory.languages) == ("pays-d-essai", 30, ("fr",))
    assert (len(territory.communes), territory.time_zone, territory.is_demonstration) == (6, "Europe/Paris", False)


def test_old_codes_of_communes_become_todays(france: Communes) -> None:
    territory, _ = parse_territory(f'communes = ["23023"]\n{SMALLEST}'.encode(), communes=france)
    assert territory is not None
    assert "23149" in territory.communes


NAME, EPCI, ZONE = 'name = "Pays d’essai"', '"200000545"', 'school_zone = "B"'
EMAIL, END = 'email = "accueil@essai.example"', "[contact]"
AUDIT = '[accessibility]\nconformity = "partiellement conforme"\naudited_on = "2026-05-12"\nauditor = "Cabinet"\n'
FULL = '[accessibility]\nconformity = "totalement conforme"\n'
FOREIGN_ZONE = '[[zonings]]\nname = "Z"\n[[zonings.zones]]\nname = "A"\ncommunes = ["75056"]\n[contact]'
POLE = '[[poles]]\ncommune = "10323"\nlevel = 1\n'
TWIN_ZONINGS = '[[zonings]]\nname = "Bassins"\n' * 2
TWIN_ZONES = '[[zonings]]\nname = "Bassins"\n' + '[[zonings.zones]]\nname = "Nord"\n' * 2
FAULTS = [
    (NAME, "", "name", "manque : ajoutez-le."),
    (NAME, "name = 3", "name", "doit être un texte ; le fichier dit « 3 »."),
    (NAME, 'name = " "', "name", "ne peut pas être vide."),
    (EPCI, '"123"', "epcis", "nomme une intercommunalité inconnue"),
    (EPCI, "", "communes", "nommez au moins une commune ou une intercommunalité."),
    (EPCI, "7", "epcis", "ne doit contenir que des textes entre guillemets ; le fichier dit « 7 »."),
    (ZONE, 'school_zone = "D"', "school_zone", "doit être l’une des zones A, B, C, Corse, Outre-mer"),
    (ZONE, f'{ZONE}\nlanguages = ["en"]', "languages", "doit contenir « fr », et au choix en"),
    (ZONE, f'{ZONE}\ntime_zone = "Troyes"', "time_zone", "doit être un fuseau horaire, par exemple Europe/Paris"),
    (ZONE, f'{ZONE}\ncommunes = ["99999"]', "communes", "nomme une commune inconnue"),
    (ZONE, f"{ZONE}\npoles = [3]", "poles", "doit être une suite de tables [[poles]]."),
    (ZONE, f"{ZONE}\nbranding = 3", "branding", "doit être une table"),
    (EMAIL, "", "contact.phone", "un visiteur doit pouvoir joindre quelqu’un."),
    (END, '[branding]\nprimary = "#ffff00"\n[contact]', "branding.primary", "trop claire"),
    (END, '[branding]\naccent = "rouge"\n[contact]', "branding.accent", "doit être une couleur, par exemple #1f4e79"),
    (END, "[neighbours]\nkm = 900\n[contact]", "neighbours.km", "doit être compris entre 0 et 200"),
    (END, "[neighbours]\nkm = true\n[contact]", "neighbours.km", "doit être un nombre entier"),
    (END, '[[poles]]\ncommune = "10323"\nlevel = 4\n[contact]', "poles[1].level", "compris entre 1 et 3"),
    (END, '[[poles]]\ncommune = "10323"\n[contact]', "poles[1].level", "manque"),
    (END, '[[poles]]\ncommune = "99999"\nlevel = 1\n[contact]', "poles[1].commune", "nomme une commune inconnue"),
    (END, f"{POLE}{POLE}[contact]", "poles", "nomme deux fois la même commune"),
    (END, f"{TWIN_ZONINGS}[contact]", "zonings", "porte deux fois le même nom"),
    (END, f"{TWIN_ZONES}[contact]", "zonings[1].zones", "porte deux fois le même nom"),
    (ZONE, f'{ZONE}\nslug = "!!!"', "slug", "doit contenir des lettres ou des chiffres"),
    (END, '[accessibility]\nconformity = "parfait"\n[contact]', "accessibility.conformity", "l’un de ces états"),
    (
        END,
        '[accessibility]\nconformity = "totalement conforme"\nrate = 100\n[contact]',
        "accessibility.conformity",
        "un audit",
    ),
    (END, f"{AUDIT}rate = 40\n[contact]", "accessibility.conformity", "ne va pas avec « rate »"),
    (END, '[accessibility]\naudited_on = "hier"\n[contact]', "accessibility.audited_on", "doit être une date"),
    (END, '[accessibility]\nplan = "plan.pdf"\n[contact]', "accessibility.plan", "https://"),
    (EMAIL, 'email = "a\\u202E@essai.example"', "contact.email", "contient un signe invisible"),
    (END, FOREIGN_ZONE, "zonings[1].zones[1].communes", "nomme une commune hors du territoire : retirez-la"),
]


@pytest.mark.parametrize(("right", "wrong", "field", "said"), FAULTS)
def test_fault_is_named_with_its_field(france: Communes, right: str, wrong: str, field: str, said: str) -> None:
    territory, problems = parse_territory(SMALLEST.replace(right, wrong, 1).encode(), communes=france)
    assert territory is None
    assert [said in problem.text for problem in problems if problem.field == field] == [True]


def test_unknown_field_is_flagged_with_the_likely_one(france: Communes) -> None:
    territory, problems = parse_territory(f"alsace_mosele = true\n{SMALLEST}".encode(), communes=france)
    assert territory is not None
    said = "Le champ « alsace_mosele » n’est pas un champ connu : vouliez-vous écrire « alsace_moselle » ?"
    assert [problem.text for problem in problems] == [said]


@pytest.mark.parametrize(
    "written",
    [b"name = ", b"\xff\xfe", b"name = 'a'\nname = 'b'", b"a = " + b"[" * 10_000, b"#" * 500_001],
)
def test_broken_file_is_a_sentence(france: Communes, written: bytes) -> None:
    territory, problems = parse_territory(written, communes=france)
    assert territory is None
    assert problems[0].text.startswith("Le fichier de territoire ")


@pytest.mark.parametrize("where", [Path("nowhere.toml"), "nowhere", "../communes"])
def test_missing_file_is_a_sentence(where: Path | str) -> None:
    territory, problems = read_territory(where)
    assert territory is None
    assert "introuvable" in problems[0].text


@pytest.mark.parametrize(("colour", "contrast"), [("#ffffff", 1.0), ("#000000", 21.0), ("#767676", 4.54)])
def test_contrast_is_the_one_of_wcag(colour: str, contrast: float) -> None:
    assert contrast_with_white(colour) == pytest.approx(contrast, abs=0.01)


def test_changes_to_the_vocabulary_are_handed_on_as_they_stand(france: Communes) -> None:
    written = f'{SMALLEST}\n[vocabulary]\nhide = ["CS07"]\nrename = {{ AD03 = "Maison des démarches" }}\n'
    territory, problems = parse_territory(written.encode(), communes=france)
    assert problems == ()
    assert territory is not None
    assert territory.vocabulary == {"hide": ["CS07"], "rename": {"AD03": "Maison des démarches"}}
