"""The general template: any service of a town, a structure or an association, one row per service or per place."""

from dataclasses import replace

from importers.templates import shared
from importers.templates.columns import EXAMPLE_MARK, IGNORE, Choices, Column, Kind, Template

_TITLE = Column(
    word="title",
    header="Nom du service",
    aliases="Nom | Intitulé | Service | Libellé | Titre | Dénomination | Intitulé du service | "
    "Nom de l’activité | Désignation | Nom service | Nom public",
    help="Obligatoire. Le nom que les gens connaissent.",
    example=f"{EXAMPLE_MARK} Ludothèque de l’Exemple",
    is_required=True,
    width=32,
)
_STRUCTURE = Column(
    word="structure",
    header="Structure",
    aliases="Organisme | Nom de la structure | Porteur | Gestionnaire | Association | "
    "Structure porteuse | Opérateur | Nom de l’organisme | Collectivité | "
    "Structure gestionnaire",
    help="Obligatoire. Qui rend le service : la mairie, une association, une entreprise.",
    example="Association de l’Exemple",
    is_required=True,
    width=28,
)
_THEME = Column(
    word="concepts",
    header="Thème",
    aliases="Thèmes | Thématique | Thématiques | Catégorie | Catégories | Rubrique | Type de service",
    help="Obligatoire. À choisir dans la liste ; un mot courant (cantine, bus, médecin) convient s’il est connu.",
    example="Entraide et échanges entre habitants",
    choices=Choices.THEMES,
    is_required=True,
    width=34,
)
_MORE_THEMES = Column(
    word="more_concepts",
    header="Autres thèmes",
    aliases="Autres thématiques | Thèmes secondaires | Sous-thème | Sous-thèmes | Sous-catégorie",
    help="D’autres thèmes de la liste, séparés par des points-virgules.",
    choices=Choices.THEMES,
    width=24,
)
_AUDIENCES = Column(
    word="audiences",
    header="Publics",
    aliases="Public | Public concerné | Pour qui | Publics accueillis | Bénéficiaires | Public visé | Usagers | Cible",
    help="Pour qui : familles ; jeunes ; séniors… Séparés par des points-virgules.",
    example="Familles",
    choices=Choices.AUDIENCES,
    width=20,
)
_YOUNGEST = Column(
    word="youngest",
    header="Âge minimum",
    aliases="Âge mini | Âge min | À partir de (âge) | Dès (âge) | Âge de début",
    help="En années ; vide s’il n’y en a pas.",
    example="0",
    kind=Kind.AGE,
    width=9,
)
_OLDEST = Column(
    word="oldest",
    header="Âge maximum",
    aliases="Âge maxi | Âge max | Jusqu’à (âge) | Âge de fin",
    help="En années ; vide s’il n’y en a pas.",
    example="12",
    kind=Kind.AGE,
    width=9,
)
_COST = Column(
    word="cost",
    header="Coût",
    aliases="Gratuit | Tarif | Tarifs | Prix | Coûts | Gratuité",
    help="gratuit, payant ou selon la situation.",
    example="gratuit",
    choices=Choices.COSTS,
    width=16,
)
_MODES = Column(
    word="modes",
    header="Accueil",
    aliases="Mode d’accueil | Modes d’accueil | Modalités d’accueil",
    help="sur place (si rien n’est écrit), téléphone, visio, à domicile. Plusieurs : séparés par des points-virgules.",
    choices=Choices.MODES,
    width=16,
)
_APPOINTMENT = Column(
    word="appointment",
    header="Rendez-vous",
    aliases="RDV | Sur rendez-vous | Sur RDV | Avec ou sans rendez-vous | Prise de rendez-vous",
    help="sans rendez-vous, possible ou obligatoire.",
    choices=Choices.APPOINTMENTS,
    width=15,
)
_LANGUAGES = Column(
    word="languages",
    header="Langues parlées",
    aliases="Langues | Langue",
    help="Autres que le français : anglais ; langue des signes…",
    width=16,
)
_DOCUMENTS = Column(
    word="documents",
    header="Pièces à apporter",
    aliases="Documents à apporter | Justificatifs | Pièces | Pièces justificatives | Documents | À apporter",
    help="Ce qu’il faut avoir sur soi.",
    width=26,
)
_ONLINE = Column(
    word="online_url",
    header="Démarche en ligne",
    aliases="Lien de la démarche | Inscription en ligne | Téléservice | Prise de rendez-vous en ligne | "
    "Réservation en ligne",
    help="L’adresse où faire la démarche, s’inscrire ou réserver.",
    width=26,
)

GENERAL = Template(
    name="general",
    title="Services d’une commune, d’une structure ou d’une association",
    sheet="Services",
    columns=(
        IGNORE,
        shared.KEY,
        _TITLE,
        replace(shared.SUMMARY, example="Jouer sur place, ou emprunter trois jeux pour trois semaines."),
        shared.DESCRIPTION,
        _THEME,
        _MORE_THEMES,
        _STRUCTURE,
        replace(shared.NATURE, example="association"),
        shared.SIRET,
        replace(shared.PLACE_NAME, example="Salle de l’Exemple"),
        replace(shared.ADDRESS, example="1 rue de l’Exemple"),
        shared.ADDRESS_EXTRA,
        replace(shared.POSTAL_CODE, example="10400"),
        replace(shared.COMMUNE, example="Nogent-sur-Seine"),
        shared.COMMUNE_CODE,
        shared.LAT,
        shared.LON,
        replace(shared.PHONE, example="01 99 00 00 00"),
        replace(shared.MAIL, example="contact@exemple.example"),
        replace(shared.SITE, example="https://exemple.example"),
        replace(shared.HOURS, example="1er mercredi du mois 14h15-17h45, samedi 10h-11h45, fermé en août"),
        _APPOINTMENT,
        shared.NOTE,
        shared.ROVING,
        _AUDIENCES,
        _YOUNGEST,
        _OLDEST,
        _COST,
        shared.COST_NOTE,
        _MODES,
        _LANGUAGES,
        _DOCUMENTS,
        shared.ELIGIBILITY,
        shared.COMPETENCE,
        _ONLINE,
        replace(shared.WHEELCHAIR, example="oui"),
        shared.UPDATED,
    ),
    also=shared.ALSO,
    guide=(
        "Une ligne par service. Un service tenu à plusieurs endroits prend une ligne par endroit, même identifiant.",
        *shared.GUIDE,
    ),
)
