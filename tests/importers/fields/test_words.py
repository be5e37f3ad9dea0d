"""Names, addresses, texts and lists: tidied as French is written, never changed in their words."""

import pytest

from importers.fields.addresses import AddressParts, join_street, read_address, read_town_line, tidy_line
from importers.fields.lists import split_list
from importers.fields.names import read_name
from importers.fields.texts import LONGEST_TEXT, read_summary, read_text

NAMES = {
    "PHARMACIE DE FLAUGERGUES ": "Pharmacie de Flaugergues",
    "CENTRE HOSPITALIER DE BOURG-EN-BRESSE": "Centre Hospitalier de Bourg-en-Bresse",
    "CMPP  INTERSECTORIEL ALOES": "CMPP Intersectoriel Aloes",
    "C.H. LOUIS CONSTANT FLEMING": "C.H. Louis Constant Fleming",
    "EHPAD L'ORANGERIE": "EHPAD l’Orangerie",
    "CC DU NOGENTAIS": "CC du Nogentais",
    "MAISON DE L ENFANCE": "Maison de l’Enfance",
    "ST FIEL RP": "Saint Fiel RP",
    "MJC": "MJC",
    "CRECHE LES P'TITS LOUPS": "Crèche les P’tits Loups",
    "SOINS A DOMICILE": "Soins à Domicile",
    "COLLEGE A CAMUS": "Collège A Camus",
    "CC": "CC",
    "Relais  petite enfance, ": "Relais petite enfance",
    "Mairie de Nogent -": "Mairie de Nogent",
    'Crèche "Les Lutins"': "Crèche «\u00a0Les Lutins\u00a0»",
    "France services d'Estissac": "France services d’Estissac",
    "iPhone Café": "iPhone Café",
    "MÃ©diathÃ¨que Ã\u00a0 Nogent": "Médiathèque à Nogent",
}
ADDRESSES = {
    "4 PLACE DE L EGLISE": AddressParts("4 place de l’Église"),
    "RUE ANDRE THEURIET": AddressParts("Rue Andre Theuriet"),
    "1 Rue Henri Rodin": AddressParts("1 rue Henri Rodin"),
    "12 BIS RUE DE LECLERCQ": AddressParts("12 bis rue de Leclercq"),
    "1 r. du Pont": AddressParts("1 rue du Pont"),
    "10 av. Foch": AddressParts("10 avenue Foch"),
    "8 RUE DU 11 NOVEMBRE 1918": AddressParts("8 rue du 11 Novembre 1918"),
    "BATIMENT D ENTREE 2\n3 AV LEON BLUM": AddressParts("3 avenue Leon Blum", "Bâtiment D Entree 2"),
    "Mairie, 12 rue de la Paix, 10400 Nogent-sur-Seine": AddressParts(
        "12 rue de la Paix", "Mairie", "10400", "Nogent-sur-Seine"
    ),
    "BP 12 48 avenue de la Muzelle 38860 LES DEUX ALPES CEDEX 2": AddressParts(
        "48 avenue de la Muzelle", "BP 12", "38860", "Les Deux Alpes", is_cedex=True
    ),
    "Résidence du Parc, rue du Lac": AddressParts("Rue du Lac", "Résidence du Parc"),
    "3 rue A, 3 rue B": AddressParts("3 rue A", "3 rue B"),
}
TEXTS = {
    "<p>Bonjour &amp; <b>bien</b>venue</p><ul><li>un</li><li>deux</li></ul>": "Bonjour & bienvenue\n\n– un\n– deux",
    "&lt;p&gt;Bonjour&lt;/p&gt;": "Bonjour",
    "<script>alert(1)</script>Ouvert": "Ouvert",
    "Ouvert<img src=https://x.fr/a.png onerror=alert(1)>": "Ouvert",
    "<style>a{}</style><svg><script>1</script></svg>": None,
    "&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;Ouvert": "Ouvert",
    "Réservé aux < 3 ans": "Réservé aux < 3 ans",
    "5 > 3 &eacute;tages": "5 > 3 étages",
    "Ligne 1\nLigne 2\n\n\n\nParagraphe": "Ligne 1\nLigne 2\n\nParagraphe",
    "* un\r\n• deux": "– un\n– deux",
    "Ouvert\u202e\x07 demain": "Ouvert demain",
    "moitié \ud800 perdue": "moitié perdue",
    "Accueil Ã\u00a0 lâ€™Ã©cole": "Accueil à l’école",
    "néant": None,
}


@pytest.mark.parametrize(("cell", "expected"), NAMES.items(), ids=NAMES.keys())
def test_name_is_tidied(cell: str, expected: str) -> None:
    assert read_name(cell)[0] == expected


@pytest.mark.parametrize("cell", ["", " - ", "NA", "N/A", "néant", "(non renseigné)", "NC", "…", "#REF!"])
def test_name_that_says_nothing_is_nothing(cell: str) -> None:
    assert read_name(cell) == (None, ())


@pytest.mark.parametrize(
    ("cell", "code"), [("A" * 251, "nom-trop-long"), ("12 345", "nom-sans-lettre"), ("Caf\ufffd", "lettres-perdues")]
)
def test_impossible_name_is_refused(cell: str, code: str) -> None:
    value, problems = read_name(cell)
    assert (value, [problem.code for problem in problems]) == (None, [code])


@pytest.mark.parametrize(("cell", "expected"), ADDRESSES.items(), ids=ADDRESSES.keys())
def test_address_is_taken_apart(cell: str, expected: AddressParts) -> None:
    assert read_address(cell) == (expected, ())


@pytest.mark.parametrize("expected", ADDRESSES.values(), ids=ADDRESSES.keys())
def test_tidied_street_stays_as_it_is(expected: AddressParts) -> None:
    assert [tidy_line(expected.street), tidy_line(expected.extra)] == [expected.street, expected.extra]


def test_complement_cell_joins_the_complement() -> None:
    address, _ = read_address("Mairie\n2 rue du Lac", extra="1er étage")
    assert address == AddressParts("2 rue du Lac", "1er étage, Mairie")


def test_endless_address_is_refused() -> None:
    assert [problem.code for problem in read_address("rue " + "a" * 300)[1]] == ["adresse-trop-longue"]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"number": "900", "kind": "RTE", "name": "DE PARIS"}, "900 route de Paris"),
        ({"number": "0012", "suffix": "B", "kind": "R", "name": "DE L'EGLISE"}, "12 bis rue de l’Église"),
        ({"kind": "AV", "name": "ALEXIS BLAISE"}, "Avenue Alexis Blaise"),
        ({"number": "4", "kind": "PL", "name": ""}, "4 place"),
        ({}, ""),
    ],
)
def test_street_is_joined_from_its_columns(cells: dict[str, str], expected: str) -> None:
    assert join_street(**cells) == expected


def test_town_line_gives_code_town_and_cedex() -> None:
    line, problems = read_town_line("01012 BOURG EN BRESSE CEDEX")
    assert line == AddressParts(postal_code="01012", town="Bourg en Bresse", is_cedex=True)
    assert problems == ()
    assert read_town_line("97200 FORT DE FRANCE")[0] == AddressParts(postal_code="97200", town="Fort de France")
    assert [problem.code for problem in read_town_line("BOURG EN BRESSE")[1]] == ["ligne-postale-illisible"]


@pytest.mark.parametrize(("cell", "expected"), TEXTS.items(), ids=[repr(cell)[:40] for cell in TEXTS])
def test_text_becomes_plain_paragraphs(cell: str, expected: str | None) -> None:
    assert read_text(cell)[0] == expected


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("MÃ©diathÃ¨que", "accents-repares"),
        ("été Ã©", "accents-abimes"),
        ("Caf\ufffd", "lettres-perdues"),
        ("mot " * 3000, "texte-coupe"),
    ],
)
def test_damage_of_a_text_is_said(cell: str, code: str) -> None:
    value, problems = read_text(cell)
    assert [problem.code for problem in problems] == [code]
    assert len(value or "") <= LONGEST_TEXT


@pytest.mark.parametrize("piece", ["<", "<!--", "<a ", "</", "<p>", "<svg>", "&amp;#38;", "&amp;", "[", '{"a":'])
def test_hostile_markup_is_read_in_one_sweep(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    value, _ = read_text(text)
    assert read_text(value or "")[0] == value


def test_summary_is_one_line_cut_at_a_word() -> None:
    summary, problems = read_summary("<p>Un accueil</p><p>" + "pour tous les habitants " * 20 + "</p>")
    assert summary is not None
    assert summary.startswith("Un accueil pour tous")
    assert summary.endswith("pour tous…")
    assert (len(summary) <= 200, [problem.code for problem in problems]) == (True, ["resume-coupe"])


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("a|b | a", ("a", "b")),
        ("a;b", ("a", "b")),
        ("a, b", ("a", "b")),
        ("a\nb", ("a", "b")),
        ("Jeunes, étudiants|Seniors", ("Jeunes, étudiants", "Seniors")),
        ('["a", "b", null, ""]', ("a", "b")),
        ('[{"valeur": "a", "n": 2}]', ("a", "2")),
        ("[th]", ("[th]",)),
        ("NA|-|a", ("a",)),
        ("", ()),
    ],
)
def test_values_of_a_cell_are_parted(cell: str, expected: tuple[str, ...]) -> None:
    assert split_list(cell) == (expected, ())


def test_broken_json_list_is_said() -> None:
    values, problems = split_list('["a", "b]')
    assert (values, [problem.code for problem in problems]) == ((), ["liste-illisible"])
