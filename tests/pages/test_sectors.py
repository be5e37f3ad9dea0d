"""What a list says of the commune of the visitor: in charge of it, coming to it, or neither."""

from portal.directory.rules.choices import CompetenceKind
from portal.directory.rules.competence import CompetenceArea
from portal.hours.slots import Mode
from tests.pages.conftest import Visit
from tests.search.towns import ROMILLY, Town, serving

SERVED = (CompetenceArea(CompetenceKind.COMMUNE, ROMILLY),)
IN_CHARGE, COMES = "Compétent pour votre commune", "Vient dans votre commune"


def test_an_office_with_a_sector_is_in_charge_and_a_doctor_is_not(visit: Visit, town: Town) -> None:
    town.knows(
        serving("Service social", concepts=("SO02",), competence=SERVED),
        serving("Médecins du Mail", concepts=("SA01",), competence=SERVED),
    )
    assert IN_CHARGE in visit("/recherche?quoi=assistante+sociale&ou=Romilly").text
    doctors = visit("/recherche?quoi=médecin&ou=Romilly").text
    assert IN_CHARGE not in doctors
    assert COMES not in doctors


def test_who_comes_to_homes_of_a_commune_says_so(visit: Visit, town: Town) -> None:
    town.knows(serving("Portage de repas", concepts=("SE06",), competence=SERVED, modes=(Mode.HOME,)))
    page = visit("/recherche?quoi=portage+de+repas&ou=Romilly").text
    assert COMES in page
    assert IN_CHARGE not in page
