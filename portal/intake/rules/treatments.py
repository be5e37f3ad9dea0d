"""What the tables of the intake keep of people, in the words of the register."""

from portal.core.languages import Label
from portal.core.register import OfPeople, Treatment

RECEIVED_LISTS = OfPeople(
    Treatment(
        name=Label(
            "Listes reçues des partenaires",
            "Lists received from partners",
        ),
        purpose=Label(
            "Dire d’où vient chaque information, et défaire un import fautif.",
            "To tell where each piece of information comes from, and undo a faulty import.",
        ),
        people=Label(
            "Personnes nommées dans ces listes comme contact d’un service",
            "People named in these lists as the contact of a service",
        ),
        kept=Label(
            "La ligne telle qu’elle a été reçue, les valeurs refusées, les valeurs remplacées",
            "The line as it was received, the values refused, the values replaced",
        ),
        basis=Label(
            "mission d’intérêt public : informer la population (article 6, 1, e du RGPD)",
            "task in the public interest: informing residents (GDPR, Article 6(1)(e))",
        ),
        readers=Label(
            "L’équipe qui tient le portail",
            "The team that runs the portal",
        ),
        retention=Label(
            "Jusqu’à ce qu’un nouvel envoi de la liste remplace la ligne ; le compte rendu d’un import, aussi "
            "longtemps qu’il peut être défait",
            "Until a new edition of the list replaces the line; the report of an import, as long as the import can "
            "be undone",
        ),
        erasure=Label(
            "Demandez la correction à celui qui tient la liste : l’envoi suivant remplace la ligne ici.",
            "Ask whoever keeps the list to correct it: its next edition replaces the line here.",
        ),
    )
)

DECISIONS = OfPeople(
    Treatment(
        name=Label(
            "Corrections et questions de l’équipe",
            "Corrections and questions of the team",
        ),
        purpose=Label(
            "Garder une correction d’un import à l’autre, et trancher ce que les sources disent de contraire.",
            "To keep a correction from one import to the next, and settle what sources contradict.",
        ),
        people=Label(
            "Agents qui corrigent une fiche ou répondent à une question",
            "Staff who correct a listing or answer a question",
        ),
        kept=Label(
            "Nom de l’auteur, raison, date, valeur corrigée",
            "Name of the author, reason, date, corrected value",
        ),
        basis=Label(
            "mission d’intérêt public : informer la population (article 6, 1, e du RGPD)",
            "task in the public interest: informing residents (GDPR, Article 6(1)(e))",
        ),
        readers=Label(
            "L’équipe qui tient le portail",
            "The team that runs the portal",
        ),
        retention=Label(
            "Tant que la fiche existe",
            "As long as the listing exists",
        ),
        erasure=Label(
            "Sur demande, l’équipe retire la correction ou la refait au nom du service.",
            "On request, the team withdraws the correction or makes it again in the name of the service.",
        ),
    )
)
