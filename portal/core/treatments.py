"""What the tables of the core keep of people, in the words of the register."""

from portal.core.languages import Label
from portal.core.register import PORTAL_TEAM, PUBLIC_INTEREST, OfPeople, Treatment

JOURNAL = OfPeople(
    Treatment(
        name=Label("Journal des modifications", "Log of changes"),
        purpose=Label(
            "Savoir qui a changé quoi, quand et pourquoi, pour répondre d’une fiche et défaire une erreur.",
            "To know who changed what, when and why, so as to answer for a listing and undo a mistake.",
        ),
        people=Label(
            "Agents et responsables de services qui modifient l’annuaire",
            "Staff and service providers who edit the directory",
        ),
        kept=Label(
            "Nom de l’auteur, date, raison, valeurs d’avant et d’après",
            "Name of the author, date, reason, values before and after",
        ),
        basis=PUBLIC_INTEREST,
        readers=PORTAL_TEAM,
        retention=Label("Aussi longtemps que l’annuaire existe", "As long as the directory exists"),
        erasure=Label(
            "Sur demande, le nom et les valeurs sont retirés ; la suite du journal reste vérifiable.",
            "On request, the name and the values are removed; the rest of the log can still be verified.",
        ),
    )
)
