"""Addresses of authorities that the law has a portal name, and the order of the site's map."""

from collections.abc import Mapping

from portal.core.languages import Label

OUTSIDE: Mapping[str, str] = {
    "rights_form": "https://formulaire.defenseurdesdroits.fr/",
    "rights_delegates": "https://www.defenseurdesdroits.fr/saisir/delegues",
    "rgaa": "https://accessibilite.numerique.gouv.fr/",
    "privacy_authority": "https://www.cnil.fr/fr/plaintes",
    "licence": "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
    "eupl": "https://eupl.eu/1.2/fr/",
}
"""Templates hold no address of anybody else: they are given these."""

PASSING = (
    (
        Label("Votre recherche", "Your search"),
        Label(
            "Les mots cherchés ne sont écrits que dans l’adresse de la page, chez vous : le portail ne les enregistre "
            "pas. Il compte par jour les recherches de chaque thème et de chaque commune, et les types de service "
            "demandés en vain, sans rien qui les relie à vous ; pour la santé, le handicap, l’aide sociale, les "
            "violences et les urgences, il ne retient pas la commune.",
            "The words you search for are written only in the address of the page, on your side: the portal does not "
            "record them. It counts by day the searches for each topic and each commune, and the kinds of service "
            "nobody found, with nothing that links them to you; for health, disability, social support, violence and "
            "emergencies, it leaves the commune out.",
        ),
    ),
    (
        Label("Votre position", "Your position"),
        Label(
            "Elle n’est demandée que si vous cliquez sur « près de moi », arrondie à une centaine de mètres, et sert à "
            "calculer des distances. Elle n’est pas gardée.",
            "It is asked for only if you click “near me”, rounded to about a hundred metres, and used to work out "
            "distances. It is not kept.",
        ),
    ),
    (
        Label("Votre visite", "Your visit"),
        Label(
            "Le portail ne dépose aucun cookie. Il compte les pages vues par jour, par genre, thème et commune, sans "
            "adresse ni identifiant ; ces nombres sont effacés après vingt-cinq mois, et ceux qui sont inférieurs à 5 "
            "ne sont jamais montrés.",
            "The portal sets no cookie. It counts the pages seen each day, by kind, topic and commune, without any "
            "address or identifier; these numbers are deleted after twenty-five months, and those below 5 are never "
            "shown.",
        ),
    ),
    (
        Label("Votre liste", "Your list"),
        Label(
            "« Ma liste » tient dans une adresse que vous seul gardez ; votre navigateur peut la retenir pour vous.",
            "“My list” fits in an address that you alone keep; your browser may remember it for you.",
        ),
    ),
)
"""What passes through the portal without being kept."""

NO_THIRD_PARTY = (
    Label("Services extérieurs", "Outside services"),
    Label(
        "Aucun : toutes les pages, les cartes aussi, viennent du portail seul.",
        "None: every page, maps included, comes from the portal alone.",
    ),
)
MAP_BACKGROUND = (
    Label("Fond des cartes", "Map background"),
    Label(
        "Quand vous ouvrez une carte, votre navigateur en demande le fond à un autre site, qui voit alors votre "
        "adresse IP et l’endroit regardé : {site}. Le portail n’appelle aucun autre service extérieur.",
        "When you open a map, your browser asks another site for its background; that site then sees your IP address "
        "and the place you are looking at: {site}. The portal calls no other outside service.",
    ),
)

WAYS_IN = (
    (Label("Accueil", "Home"), "/"),
    (Label("Rechercher un service", "Search for a service"), "/recherche"),
    (Label("Toutes les communes", "All communes"), "/communes"),
    (Label("Tous les thèmes", "All themes"), "/themes"),
    (Label("Passages et permanences de la semaine", "Visits and drop-in sessions this week"), "/passages"),
    (Label("Ma liste", "My list"), "/ma-liste"),
)
ABOUT = (
    (Label("Aide", "Help"), "/aide"),
    (Label("Contact", "Contact"), "/contact"),
    (Label("Accessibilité", "Accessibility"), "/accessibilite"),
    (Label("Mentions légales", "Legal notice"), "/mentions-legales"),
    (Label("Données personnelles", "Personal data"), "/donnees-personnelles"),
    (Label("Données ouvertes", "Open data"), "/donnees"),
    (Label("Intégrer à votre site", "Add it to your site"), "/integrer"),
)
"""The names and addresses of the pages, in the order of the site's map."""
