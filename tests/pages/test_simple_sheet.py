"""The simple version of a service asks five questions and answers them; a list keeps what helps to choose."""

from tests.pages.conftest import Visit
from tests.search.towns import Town, serving


def sheet_of(visit: Visit, title: str) -> str:
    return visit(f"/simple/recherche?quoi={title}").links()[title]


def test_a_simple_sheet_answers_in_questions(visit: Visit, town: Town) -> None:
    town.knows(serving("Relais des familles", opens="Mo-Sa 07:30-18:30", concepts=("PE01",), documents="Un papier"))
    page = visit(sheet_of(visit, "Relais des familles"))
    assert [" ".join("".join(each.itertext()).split()) for each in page.root.findall(".//h2")] == [
        "C’est où ? C’est ouvert quand ?",
        "C’est pour qui ? Ça coûte combien ?",
        "Qu’est-ce que j’apporte ?",
        "Est-ce que c’est encore vrai ?",
    ]
    assert page.links()["Lire la fiche complète"].startswith("/services/")


def test_acronyms_are_spelled_out_where_a_service_writes_them(visit: Visit, town: Town) -> None:
    town.knows(serving("Point d’accueil", description="Dossiers CAF.", summary="La CAF et vous."))
    address = sheet_of(visit, "Point d’accueil")
    assert "La CAF (caisse d’allocations familiales) et vous" in visit(address).text
    full = visit(address.removeprefix("/simple"))
    assert [each.get("title") for each in full.root.iter("abbr")] == ["caisse d’allocations familiales"]


def test_a_simple_list_has_no_filters(visit: Visit, town: Town) -> None:
    town.knows(serving("Crèche du Lavoir", concepts=("PE02",)))
    assert "Filtrer et trier" in visit("/recherche?quoi=crèche").text
    assert "Filtrer et trier" not in visit("/simple/recherche?quoi=crèche").text


def test_a_simple_list_shows_what_was_found_before_the_form(visit: Visit, town: Town) -> None:
    town.knows(serving("Crèche du Lavoir", concepts=("PE02",)))
    simple = visit("/simple/recherche?quoi=crèche").root
    assert simple.find(".//main/details/form[@id='recherche']") is not None
    assert visit("/simple/recherche").root.find(".//main/form[@id='recherche']") is not None


def test_a_simple_sheet_says_in_plain_words_whether_it_still_holds(visit: Visit, town: Town) -> None:
    town.knows(serving("Crèche du Lavoir", concepts=("PE02",)))
    page = visit(sheet_of(visit, "Crèche du Lavoir"))
    assert "Nous ne le savons pas. Appelez avant de venir." in page.text
