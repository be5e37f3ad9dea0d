"""The template of places where parents and small children meet (lieux d'accueil enfants-parents): their sessions."""

from dataclasses import replace

from importers.templates import shared
from importers.templates.columns import EXAMPLE_MARK, IGNORE, Choices, Column, Kind, Template

TITLE = Column(
    word="title",
    header="Nom du LAEP",
    aliases="Nom | LAEP | Lieu d’accueil enfants-parents | Nom du lieu d’accueil enfants-parents | Intitulé | "
    "Nom du service | Libellé | Dénomination",
    help="Obligatoire. Le nom que les familles connaissent.",
    example=f"{EXAMPLE_MARK} La Parenthèse de l’Exemple",
    is_required=True,
    width=30,
)
STRUCTURE = Column(
    word="structure",
    header="Structure gestionnaire",
    aliases="Gestionnaire | Structure | Organisme | Porteur | Collectivité | Association | "
    "Organisme gestionnaire | Structure porteuse",
    help="Qui tient le lieu : une association, une communauté de communes, la Caf.",
    example="Association de l’Exemple",
    width=28,
)
_YOUNGEST = Column(
    word="youngest",
    header="Âge minimum",
    aliases="Âge mini | Âge min",
    help="En années : 0 dès la naissance.",
    example="0",
    kind=Kind.AGE,
    width=9,
)
_OLDEST = Column(
    word="oldest",
    header="Âge maximum",
    aliases="Âge maxi | Âge max",
    help="En années : 6 jusqu’au sixième anniversaire.",
    example="6",
    kind=Kind.AGE,
    width=9,
)
_OPEN = Column(
    word="without_booking",
    header="Sans inscription",
    aliases="Accès libre | Libre accès | Entrée libre | Sans réservation | Accueil libre",
    help="oui si l’on vient quand on veut.",
    example="oui",
    choices=Choices.ANSWERS,
    is_closed=True,
    width=12,
)
_FREE = Column(
    word="cost",
    header="Gratuit",
    aliases="Gratuité | Coût | Tarif | Prix",
    help="oui ou non.",
    example="oui",
    choices=Choices.ANSWERS,
    width=10,
)
_ANONYMOUS = Column(
    word="anonymous",
    header="Anonyme",
    aliases="Anonymat | Accueil anonyme",
    help="oui si l’on ne donne pas son nom.",
    example="oui",
    choices=Choices.ANSWERS,
    is_closed=True,
    width=10,
)

LAEP = Template(
    name="laep",
    title="Lieux d’accueil enfants-parents (LAEP)",
    sheet="LAEP",
    columns=(
        IGNORE,
        shared.KEY,
        TITLE,
        STRUCTURE,
        shared.NATURE,
        replace(shared.PLACE_NAME, example="Salle de l’Exemple"),
        replace(shared.ADDRESS, example="1 rue de l’Exemple"),
        shared.ADDRESS_EXTRA,
        replace(shared.POSTAL_CODE, example="10400"),
        replace(shared.COMMUNE, example="Nogent-sur-Seine"),
        shared.COMMUNE_CODE,
        replace(
            shared.HOURS,
            header="Séances",
            aliases=f"Séance | Horaires des séances | Horaires | {shared.HOURS.aliases}",
            example="4e jeudi du mois 9h20-11h40, hors vacances scolaires",
        ),
        shared.ROVING,
        _YOUNGEST,
        _OLDEST,
        _OPEN,
        _FREE,
        shared.COST_NOTE,
        _ANONYMOUS,
        shared.ELIGIBILITY,
        replace(shared.PHONE, example="01 99 00 00 00"),
        replace(shared.MAIL, example="contact@exemple.example"),
        replace(shared.SITE, example="https://exemple.example"),
        replace(
            shared.COMPETENCE,
            header="Communes desservies",
            aliases=f"Territoire desservi | {shared.COMPETENCE.aliases.replace('Communes desservies | ', '')}",
        ),
        replace(shared.SUMMARY, example="Jouer avec son enfant et parler avec d’autres parents."),
        shared.DESCRIPTION,
        shared.WHEELCHAIR,
        shared.UPDATED,
    ),
    also=shared.ALSO,
    guide=(
        "Une ligne par endroit où le LAEP s’installe, avec le même identifiant et le même nom.",
        "Les lignes d’un même identifiant forment un seul service, à plusieurs endroits.",
        *shared.GUIDE,
    ),
)
