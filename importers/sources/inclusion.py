"""data·inclusion, schema v1: services for people in difficulty, and the structures that offer them.

A service is told with its structure. A structure that has services is only where they come from; one without comes in
as what its network is for, where the thesaurus knows the network. What is only given at a distance has no place; where
it does not say for whom it is, its structure must not be far away.
"""

from importers.fields.audiences import read_audiences
from importers.fields.costs import read_cost
from importers.fields.dates import read_date
from importers.fields.names import read_name
from importers.fields.texts import read_summary, read_text
from importers.pipeline.declaration import Need, Source
from importers.reading import headed_by
from importers.sources.inclusion_lists import BODY, N_SERVICES, PREFIX, open_services, open_structures
from importers.sources.inclusion_parts import (
    OF_BODY,
    WHERE,
    access,
    competence,
    concepts,
    concepts_of_structure,
    eligibility,
    modes,
    official_ids,
    outside,
    sentences,
    service_contacts,
    structure,
    structure_key,
    structure_outside,
    url,
)
from importers.sources.needs import NO_KEY, NO_NAME, NO_PLACE
from importers.sources.parts import cell, identifier
from portal.intake.record import Verdict
from portal.intake.rules.declarations import SourceDeclaration

_BODY_WORDS = dict(
    zip(
        BODY,
        ("name", "siret", "about", "networks", "phone", "mail", "site", *WHERE, "hours", "accessibility"),
        strict=True,
    )
)
"""Column of a structure -> our word for it."""
_SHARED = {
    "key": ("id",),
    "title": ("nom",),
    "updated": ("date_maj",),
    "phone": ("telephone",),
    "mail": ("courriel",),
    "address": ("adresse",),
    "address_extra": ("complement_adresse",),
    "postal_code": ("code_postal",),
    "commune": ("commune",),
    "commune_code": ("code_insee",),
    "lat": ("latitude",),
    "lon": ("longitude",),
    "hours": ("horaires_accueil",),
    "topics": ("thematiques",),
}
_COLUMNS = {
    **_SHARED,
    "structure_key": ("structure_id",),
    "summary": ("presentation_resume",),
    "description": ("description", "presentation_detail"),
    "audiences": ("publics", "profils"),
    "audience_note": ("publics_precisions", "profils_precisions"),
    "conditions": ("conditions_acces", "pre_requis"),
    "documents": ("justificatifs",),
    "cost": ("frais",),
    "cost_note": ("frais_precisions", "frais_autres"),
    "zone": ("zone_eligibilite", "zone_diffusion_code"),
    "modes": ("modes_accueil",),
    "who": ("mobilisable_par",),
    "how": ("mobilisation_precisions", "modes_orientation_beneficiaire_autres"),
    "link": ("lien_mobilisation", "formulaire_en_ligne", "prise_rdv"),
    "is_public": ("contact_public",),
    **{OF_BODY + word: (PREFIX + column,) for column, word in _BODY_WORDS.items()},
}
_STRUCTURE_COLUMNS = {
    **_SHARED,
    "n_services": (N_SERVICES,),
    **{OF_BODY + word: BODY[column] for column, word in _BODY_WORDS.items()},
}
_DECLARATION = SourceDeclaration(
    name="inclusion",
    title="data·inclusion",
    owner="Plateforme de l’inclusion et ses producteurs",
    licence="Licence Ouverte 2.0",
    url="https://www.data.gouv.fr/fr/datasets/referentiel-de-loffre-dinsertion-liste-des-structures-et-services-dinsertion/",
    frequency_days=7,
    priority=30,
)
_LAYOUT = headed_by(_COLUMNS)
SERVICES = Source(
    declaration=_DECLARATION,
    feed="services",
    open=open_services,
    columns=_COLUMNS,
    signature=frozenset({"key", "title", "structure_key"}),
    key=identifier("key"),
    parts={
        "title": cell("title", read_name),
        "structure": structure,
        "concepts": concepts,
        "access": access,
        "contacts": service_contacts,
        "summary": cell("summary", read_summary),
        "description": cell("description", read_text),
        "audiences": cell("audiences", read_audiences),
        "cost": cell("cost", read_cost),
        "cost_note": cell("cost_note", read_text),
        "modes": modes,
        "documents": cell("documents", sentences),
        "eligibility": eligibility,
        "competence": competence,
        "online_url": cell("link", url),
        "official_ids": official_ids("data-inclusion"),
        "said_on": cell("updated", read_date),
    },
    needs={
        "key": NO_KEY,
        "title": NO_NAME,
        "structure": Need(
            verdict=Verdict.QUARANTINED,
            sentence="La structure de ce service n’est pas dans ces fichiers : donnez ensemble structures et services.",
        ),
        "access": NO_PLACE,
    },
    outside=outside,
    layout=_LAYOUT,
)
STRUCTURES = Source(
    declaration=_DECLARATION,
    feed="structures",
    open=open_structures,
    columns=_STRUCTURE_COLUMNS,
    signature=frozenset({"key", "title"}),
    key=structure_key,
    parts={
        "title": cell("title", read_name),
        "structure": structure,
        "concepts": concepts_of_structure,
        "access": access,
        "description": cell(f"{OF_BODY}about", read_text),
        "official_ids": official_ids("data-inclusion-structure"),
        "said_on": cell("updated", read_date),
    },
    needs={"key": NO_KEY, "title": NO_NAME, "access": NO_PLACE},
    outside=structure_outside,
    layout=_LAYOUT,
)
