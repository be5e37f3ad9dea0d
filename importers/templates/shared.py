"""Columns that all our templates have: where, how to get in touch, for whom, when it was last checked."""

from importers.templates.columns import Choices, Column, Kind
from portal.hours.france_services import DAY_NAMES

KEY = Column(
    word="key",
    header="Identifiant",
    aliases="ID | Référence | Clé | Identifiant unique | Id local",
    help="Facultatif, mais utile : un mot ou un numéro qui ne change jamais. Le même sur plusieurs lignes : un seul "
    "service, à plusieurs endroits.",
    example="exemple-1",
    width=22,
)
PLACE_NAME = Column(
    word="place_name",
    header="Nom du lieu",
    aliases="Lieu | Lieu d’accueil | Bâtiment | Salle | Site d’accueil | Local | Équipement",
    help="La salle ou le bâtiment où l’on va, s’il porte un nom.",
    width=24,
)
ADDRESS = Column(
    word="address",
    header="Adresse",
    aliases="Adresse postale | Rue | Voie | Adresse complète | N° et rue | Numéro et voie | Adresse 1 | Adr",
    help="Numéro et rue.",
    width=26,
)
ADDRESS_EXTRA = Column(
    word="address_extra",
    header="Complément d’adresse",
    aliases="Complément | Adresse 2 | Bâtiment, étage | Complément adresse | Lieu-dit",
    help="Étage, entrée, lieu-dit.",
    width=18,
)
POSTAL_CODE = Column(
    word="postal_code",
    header="Code postal",
    aliases="CP | Codepostal | Code post.",
    help="Cinq chiffres.",
    kind=Kind.CODE,
    width=11,
)
COMMUNE = Column(
    word="commune",
    header="Commune",
    aliases="Ville | Localité | Nom de la commune | Commune d’implantation | Lib_com | Commune du lieu",
    help="Obligatoire. Le nom de la commune, comme sur un panneau d’entrée de ville.",
    is_required=True,
    width=22,
)
COMMUNE_CODE = Column(
    word="commune_code",
    header="Code INSEE",
    aliases="INSEE | Code commune | Code INSEE commune | Insee_com | Code officiel commune | COG",
    help="Facultatif : il lève le doute entre deux communes du même nom.",
    kind=Kind.CODE,
    width=14,
)
LAT = Column(
    word="lat",
    header="Latitude",
    aliases="Lat",
    help="Facultatif.",
    kind=Kind.DEGREES,
    width=11,
)
LON = Column(
    word="lon",
    header="Longitude",
    aliases="Lon | Long | Lng",
    help="Facultatif.",
    kind=Kind.DEGREES,
    width=11,
)
PHONE = Column(
    word="phone",
    header="Téléphone",
    aliases="Tél | Tel | Téléphone public | N° de téléphone | Numéro de téléphone | Téléphone fixe | "
    "Phone | Tél fixe | N° tél | Téléphones | Coordonnées téléphoniques",
    help="Celui que tout le monde peut appeler.",
    kind=Kind.CODE,
    width=16,
)
MAIL = Column(
    word="mail",
    header="Courriel",
    aliases="Mail | E-mail | Email | Adresse mail | Adresse e-mail | Adresse électronique | Mél | Courriels",
    help="Celui du service, pas celui d’une personne.",
    width=26,
)
SITE = Column(
    word="site",
    header="Site internet",
    aliases="Site | Site web | Web | URL | Internet | Adresse du site | Lien | Page web",
    help="L’adresse de la page du service.",
    width=26,
)
HOURS = Column(
    word="hours",
    header="Horaires",
    aliases="Jours et heures | Horaires d’ouverture | Heures d’ouverture | Jours et horaires | "
    "Ouverture | Permanences | Horaire | Jours et heures d’ouverture | "
    "Plages d’ouverture | Heures | Horaires d’accueil",
    help="En français courant : lundi et jeudi 9h-12h et 14h-17h ; 1er samedi du mois 10h-12h ; fermé en août.",
    width=34,
)
ROVING = Column(
    word="roving",
    header="Itinérant",
    aliases="Itinérance | Tournée | Service itinérant | Ambulant",
    help="oui si le service passe à cet endroit au cours d’une tournée (un bus, un camion) : une ligne par arrêt.",
    choices=Choices.ANSWERS,
    is_closed=True,
    width=17,
)
SUMMARY = Column(
    word="summary",
    header="Résumé",
    aliases="Présentation | Résumé (200 caractères) | En bref | Accroche | Présentation courte",
    help="Une phrase que tout le monde comprend, 200 caractères au plus.",
    width=40,
)
DESCRIPTION = Column(
    word="description",
    header="Description",
    aliases="Présentation détaillée | Détail | Détails | Descriptif | Description longue | Missions | Activités",
    help="Ce qu’il faut savoir de plus.",
    width=40,
)
WHEELCHAIR = Column(
    word="wheelchair",
    header="Accès en fauteuil roulant",
    aliases="Accès fauteuil | Accessible PMR | PMR | Accessibilité PMR | Fauteuil | Accès PMR | "
    "Accès handicapés | Accessible en fauteuil | Accès en fauteuil",
    help="oui ou non ; vide si on ne sait pas.",
    choices=Choices.ANSWERS,
    is_closed=True,
    width=12,
)
COMPETENCE = Column(
    word="competence",
    header="Territoire desservi",
    aliases="Communes desservies | Compétence | Zone d’intervention | Périmètre | Territoire | "
    "Secteur géographique | Communes concernées | Territoire d’intervention | Zone desservie",
    help="Seulement si le service est réservé à certaines communes : leurs noms, ou celui de la communauté de "
    "communes, séparés par des points-virgules ; ou « tout le territoire ».",
    choices=Choices.AREAS,
    width=26,
)
UPDATED = Column(
    word="said_on",
    header="Mis à jour le",
    aliases="Date de mise à jour | Mise à jour | MAJ | Date MAJ | Vérifié le | Dernière mise à jour | "
    "À jour au | Date de vérification",
    help="Le jour où quelqu’un a relu cette ligne : jour/mois/année.",
    kind=Kind.DATE,
    width=13,
)
SIRET = Column(
    word="siret",
    header="SIRET",
    aliases="N° SIRET | Numéro SIRET | Siret de la structure | Structure SIRET",
    help="Facultatif : les quatorze chiffres de la structure.",
    kind=Kind.CODE,
    width=17,
)
NATURE = Column(
    word="legal_nature",
    header="Nature de la structure",
    aliases="Nature juridique | Statut juridique | Type de structure | Public ou privé | Secteur juridique",
    help="public, privé ou association.",
    choices=Choices.NATURES,
    is_closed=True,
    width=13,
)
COST_NOTE = Column(
    word="cost_note",
    header="Précision sur le coût",
    aliases="Détail du tarif | Détails des tarifs | Précisions tarifs | Montant | Note sur le coût | Frais",
    help="Combien, et pour qui.",
    width=24,
)
ELIGIBILITY = Column(
    word="eligibility",
    header="Conditions",
    aliases="Conditions d’accès | Condition | Éligibilité | Qui peut venir | Critères | Réservé à",
    help="À qui le service est réservé, s’il l’est.",
    width=26,
)
NOTE = Column(
    word="note",
    header="Précision sur l’accueil",
    aliases="Infos pratiques",
    help="Ce qu’il faut savoir pour venir : sonner, entrer par la cour…",
    width=26,
)
ALSO = (
    Column(
        word="ages",
        header="Âges",
        aliases="Âge | Tranche d’âge | Tranches d’âge | Âges concernés",
        help="De quel âge à quel âge : 3-11 ans.",
    ),
    Column(
        word="days",
        header="Jours",
        aliases="Jour | Jours d’ouverture | Jour d’ouverture | Jours d’accueil | Jours de permanence",
        help="Les jours, où une autre colonne donne les heures.",
    ),
    *(
        Column(
            word=day,
            header=day.capitalize(),
            aliases=f"Horaires {day} | Horaires du {day} | {day} horaires | h_{day}",
            help=f"Les heures du {day}.",
        )
        for day in DAY_NAMES
    ),
)
"""Columns that every list of ours may have beside those shown."""
GUIDE = (
    "Les colonnes foncées sont obligatoires ; laissez vide une autre case quand on ne sait pas.",
    "La ligne d’aide et la ligne d’exemple n’entrent pas dans l’annuaire : laissez-les, ou supprimez-les.",
    "Écrivez oui dans la colonne « Ignorer » d’une ligne qui ne doit pas entrer.",
    "Les colonnes peuvent changer de place ou disparaître ; leurs noms doivent rester.",
    "Quand tout est rempli, enregistrez, puis donnez le fichier à la personne qui tient l’annuaire.",
    "S’il reste des lignes à corriger, elle vous donnera leur numéro et le nom de la colonne.",
)
"""What the instructions of every template end with."""
