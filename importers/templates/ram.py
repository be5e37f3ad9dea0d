"""The template of early childhood relays (relais petite enfance, once RAM): their office, workshops and communes."""

from dataclasses import replace

from importers.templates import shared
from importers.templates.columns import EXAMPLE_MARK, IGNORE, Choices, Column, Template

TITLE = Column(
    word="title",
    header="Nom du relais",
    aliases="Nom | Relais | Nom du RAM | Nom du RPE | RAM | RPE | Relais petite enfance | "
    "Relais assistants maternels | Relais assistantes maternelles | Relais d’assistants maternels | "
    "Intitulé | Nom du service | Libellé | Dénomination",
    help="Obligatoire. Le nom que les parents connaissent.",
    example=f"{EXAMPLE_MARK} Relais petite enfance de l’Exemple",
    is_required=True,
    width=32,
)
STRUCTURE = Column(
    word="structure",
    header="Structure gestionnaire",
    aliases="Gestionnaire | Structure | Organisme | Porteur | Collectivité | Collectivité gestionnaire | "
    "Organisme gestionnaire | Structure porteuse | Employeur",
    help="Qui tient le relais : une communauté de communes, une mairie, une association.",
    example="Communauté de communes de l’Exemple",
    width=28,
)
KIND = Column(
    word="kind",
    header="Sorte d’accueil",
    aliases="Type d’accueil | Nature de l’accueil | Type de lieu | Type d’activité | Type de séance | Activité",
    help="bureau (on y reçoit les parents), atelier (temps collectif avec les enfants), permanence, ou téléphone. Une "
    "ligne par lieu et par sorte d’accueil.",
    example="atelier",
    choices=Choices.WELCOMES,
    width=22,
)
AUDIENCES = Column(
    word="audiences",
    header="Pour qui",
    aliases="Publics | Public | Public concerné | Publics accueillis | Bénéficiaires | Public visé",
    help="parents ; assistants maternels ; gardes à domicile. Séparés par des points-virgules.",
    example="parents ; assistants maternels",
    width=24,
)
_COMMUNES = replace(
    shared.COMPETENCE,
    header="Communes desservies",
    aliases=f"Territoire desservi | {shared.COMPETENCE.aliases.replace('Communes desservies | ', '')}",
    help="Les communes qui dépendent de ce relais, séparées par des points-virgules ; ou la communauté de communes.",
)

RAM = Template(
    name="ram",
    title="Relais petite enfance (RPE, anciennement RAM)",
    sheet="Relais",
    columns=(
        IGNORE,
        shared.KEY,
        TITLE,
        STRUCTURE,
        shared.NATURE,
        KIND,
        replace(shared.PLACE_NAME, example="Salle de l’Exemple"),
        replace(shared.ADDRESS, example="1 rue de l’Exemple"),
        shared.ADDRESS_EXTRA,
        replace(shared.POSTAL_CODE, example="10400"),
        replace(shared.COMMUNE, example="Nogent-sur-Seine"),
        shared.COMMUNE_CODE,
        replace(shared.HOURS, example="3e mardi du mois 9h20-11h40, hors vacances scolaires"),
        replace(
            shared.NOTE,
            help="Le nom de l’atelier, ou ce qu’il faut savoir pour venir.",
            example="Éveil musical",
        ),
        shared.ROVING,
        replace(shared.PHONE, example="01 99 00 00 00"),
        replace(shared.MAIL, example="contact@exemple.example"),
        replace(shared.SITE, example="https://exemple.example"),
        _COMMUNES,
        AUDIENCES,
        replace(shared.SUMMARY, example="Trouver une assistante maternelle, ou se retrouver entre professionnelles."),
        shared.DESCRIPTION,
        shared.WHEELCHAIR,
        shared.UPDATED,
    ),
    also=shared.ALSO,
    guide=(
        "Une ligne par lieu : une pour le bureau, une pour chaque atelier, avec le même identifiant et le même nom.",
        "Les lignes d’un même identifiant forment un seul service, à plusieurs endroits.",
        *shared.GUIDE,
    ),
)
