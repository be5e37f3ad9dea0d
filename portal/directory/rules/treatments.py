"""What the tables of the directory keep of people, in the words of the register."""

from portal.core.languages import Label
from portal.core.register import PUBLIC_INTEREST, OfPeople, Treatment

CONTACTS = OfPeople(
    Treatment(
        name=Label("Contacts des services", "Contacts of services"),
        purpose=Label(
            "Permettre au public de joindre un service, et à l’équipe du portail de joindre son responsable.",
            "To let the public reach a service, and the portal’s team reach whoever runs it.",
        ),
        people=Label(
            "Personnes désignées par une structure comme contact", "People named by an organisation as its contact"
        ),
        kept=Label(
            "Nom, téléphone, adresse électronique professionnels", "Professional name, telephone and email address"
        ),
        basis=PUBLIC_INTEREST,
        readers=Label(
            "Le public, sauf le nom, jamais montré, et les contacts réservés aux professionnels",
            "The public, except the name, which is never shown, and contacts reserved for professionals",
        ),
        retention=Label("Tant que la structure désigne ce contact", "As long as the organisation names this contact"),
        erasure=Label(
            "Remplacé par la première mise à jour qui ne le donne plus ; sur demande, le nom est effacé de l’annuaire "
            "et du journal.",
            "Replaced by the first update that no longer gives it; on request, the name is erased from the directory "
            "and from the log.",
        ),
    )
)
