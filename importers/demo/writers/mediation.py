"""Places of digital mediation, by the national schema."""

from collections.abc import Sequence

from importers.demo.numbering import identifier_of, siret_of
from importers.demo.placing import commune_of, point_of, postal_code_of
from importers.demo.writers.delimited import Dialect, delimited
from importers.demo.writers.edition import Edition
from portal.vocabulary.marks import Table

_HEADER = (
    "id", "pivot", "nom", "commune", "code_postal", "code_insee", "adresse", "complement_adresse", "latitude",
    "longitude", "typologie", "telephone", "courriels", "site_web", "horaires", "presentation_resume",
    "presentation_detail", "source", "itinerance", "structure_parente", "date_maj", "services",
    "publics_specifiquement_adresses", "prise_en_charge_specifique", "frais_a_charge",
    "dispositif_programmes_nationaux", "formations_labels", "autres_formations_labels", "modalites_acces",
    "modalites_accompagnement", "fiche_acces_libre", "prise_rdv",
)  # fmt: skip
_LISTS = {
    "services": "services",
    "publics_specifiquement_adresses": "publics",
    "prise_en_charge_specifique": "prise_en_charge",
    "frais_a_charge": "frais",
    "modalites_acces": "modalites_acces",
    "modalites_accompagnement": "accompagnement",
    "itinerance": "itinerance",
    "dispositif_programmes_nationaux": "dispositifs",
    "typologie": "typologie",
}
"""Column -> the word of our content whose values it joins."""


def write(entries: Sequence[Table], edition: Edition) -> bytes:
    """Write the list."""
    return delimited(_HEADER, [_row(entry, edition) for entry in entries], Dialect(is_quoted=True))


def _row(entry: Table, edition: Edition) -> dict[str, str]:
    code, name = entry.text("commune"), entry.text("nom")
    commune, point = commune_of(code), point_of(code, entry.text("adresse"))
    lists = {column: "|".join(leaf.text for leaf in entry.leaves(word)) for column, word in _LISTS.items()}
    return lists | {
        "id": identifier_of(f"numerique {code} {name}"),
        "pivot": siret_of(f"{code} {name}"),
        "nom": name,
        "commune": commune.name if commune else entry.text("ville"),
        "code_postal": postal_code_of(code),
        "code_insee": code,
        "adresse": entry.text("adresse"),
        "complement_adresse": entry.text("complement"),
        "latitude": str(point.lat) if point else "",
        "longitude": str(point.lon) if point else "",
        "telephone": entry.text("telephone"),
        "courriels": entry.text("courriel"),
        "site_web": entry.text("site"),
        "horaires": entry.text("horaires"),
        "presentation_resume": entry.text("resume"),
        "presentation_detail": entry.text("detail"),
        "source": "Maillage (démonstration)",
        "structure_parente": entry.text("structure"),
        "date_maj": edition.registered(entry).isoformat(),
        "prise_rdv": entry.text("rdv"),
    }
