"""What the tables of the intake keep of people, in the words of the register."""

from portal.core.languages import Label
from portal.core.register import PORTAL_TEAM, PUBLIC_INTEREST, OfPeople, Treatment

RECEIVED_LISTS = OfPeople(
    Treatment(
        name=Label("Listes reçues des partenaires", "Lists received from partners"),
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
        basis=PUBLIC_INTEREST,
        readers=PORTAL_TEAM,
        retention=Label(
            "Jusqu’à ce qu’un nouvel envoi de la liste remplace la ligne ; le compte rendu d’un import, aussi "
            "longtemps qu’il peut être défait",
            "Until a new edition of the list replaces the line; the report of an import, as long as the import can "
            "be undone",
        ),
        erasure=Label(
            "Sur demande, l’équipe efface le nom de tout ce qui est gardé ici ; demandez aussi à celui qui tient la "
            "liste de la corriger, pour que le nom ne revienne pas.",
            "On request, the team erases the name from all that is kept here; also ask whoever keeps the list to "
            "correct it, so that the name does not come back.",
        ),
    )
)

DECISIONS = OfPeople(
    Treatment(
        name=Label("Corrections et questions de l’équipe", "Corrections and questions of the team"),
        purpose=Label(
            "Garder une correction d’un import à l’autre, et trancher ce que les sources disent de contraire.",
            "To keep a correction from one import to the next, and settle what sources contradict.",
        ),
        people=Label(
            "Agents qui corrigent une fiche ou répondent à une question",
            "Staff who correct a listing or answer a question",
        ),
        kept=Label(
            "Nom de l’auteur, raison, date, valeur corrigée", "Name of the author, reason, date, corrected value"
        ),
        basis=PUBLIC_INTEREST,
        readers=PORTAL_TEAM,
        retention=Label("Tant que la fiche existe", "As long as the listing exists"),
        erasure=Label(
            "Sur demande, l’équipe efface le nom ; la correction et sa date restent.",
            "On request, the team erases the name; the correction and its date stay.",
        ),
    )
)

REPORTS = OfPeople(
    Treatment(
        name=Label("Erreurs signalées par les visiteurs", "Mistakes reported by visitors"),
        purpose=Label(
            "Corriger les fiches dont un visiteur dit qu’elles sont inexactes.",
            "To correct listings that a visitor says are wrong.",
        ),
        people=Label(
            "Personnes que le visiteur nommerait dans son message, bien qu’on lui demande de ne pas le faire",
            "People a visitor may name in the message, although we ask them not to",
        ),
        kept=Label(
            "Les cases cochées, le message (800 caractères au plus), la date, un numéro de reçu ; rien sur qui "
            "l’envoie. Contre les envois en masse, une empreinte de l’adresse IP est gardée, une heure au plus après "
            "le dernier envoi",
            "The boxes ticked, the message (800 characters at most), the date, a receipt number; nothing about who "
            "sent it. Against mass sending, a fingerprint of the IP address is kept, for one hour at most after the "
            "last message",
        ),
        basis=PUBLIC_INTEREST,
        readers=PORTAL_TEAM,
        retention=Label(
            "Le message est effacé six mois après la réponse, un an au plus après l’envoi",
            "The message is erased six months after it is dealt with, one year after it was sent at the latest",
        ),
        erasure=Label(
            "Sur demande, tout message qui contient un nom est effacé.",
            "On request, any message that contains a name is erased.",
        ),
    )
)
