"""Topics and networks of data·inclusion as concepts of our thesaurus.

A topic is wide: "accéder à des services en ligne" is what a France services, an association and a library all do. Of
the concepts it may mean, those that the names of the service and its structure bear count first, then those of the
network that carries the structure; without either the broadest is taken, never that of an operator, and it is said.
"""

from collections.abc import Mapping
from functools import lru_cache

from importers.fields.cells import Problems, Read, fault, without_repeats
from importers.fields.lists import split_list
from portal.core.problems import Problem
from portal.core.text import fold
from portal.vocabulary.claims import SHORT, best_claims, key_of
from portal.vocabulary.entries import Concept, Nomenclature
from portal.vocabulary.vocabulary import Vocabulary

_BROADEST: Mapping[str, tuple[str, ...]] = {
    "choisir-un-metier--decouvrir-un-metier-ou-un-secteur-dactivite": ("EM03",),
    "difficultes-administratives-ou-juridiques--accompagnement-aux-demarches-administratives": ("NU03",),
    "difficultes-administratives-ou-juridiques--accompagnement-pour-lacces-aux-droits": ("AD10",),
    "difficultes-financieres--prevenir-une-degradation-de-la-situation-financiere": ("SO07",),
    "equipement-et-alimentation--alimentation": ("SO08",),
    "famille--garde-denfants": ("PE05",),
    "famille--prise-en-charge-personne-dependante": ("SE01",),
    "famille--soutien-a-la-parentalite-et-a-leducation": ("PE08",),
    "famille--soutien-aidants": ("SE11",),
    # Both, for the second withholds the address: the topic may speak of a shelter.
    "famille--surmonter-conflits-separation-violence": ("SO10", "SO11"),
    "logement-hebergement--louer-un-logement": ("LO01",),
    "logement-hebergement--rechercher-une-solution-dhebergement-temporaire": ("SO12",),
    "logement-hebergement--se-maintenir-dans-le-logement": ("LO05",),
    "mobilite--etre-accompagne-dans-son-parcours-mobilite": ("MO06",),
    "mobilite--mobilite-douce-partagee-collective": ("MO06",),
    "numerique--acceder-a-des-services-en-ligne": ("NU03",),
    "numerique--acceder-a-une-connexion-internet": ("NU02",),
    "preparer-sa-candidature--organiser-ses-demarches-de-recherche-demploi": ("EM03",),
    "remobilisation--activites-sportives-et-culturelles": ("CS08",),
    "remobilisation--lien-social": ("VI04",),
    "sante--acces-aux-soins": ("SA20",),
    "sante--sante-mentale": ("SA09",),
    "trouver-un-emploi--repondre-a-des-offres-demploi": ("EM03",),
}
"""What a topic says at least, where nothing tells more; each holds whatever the service turns out to be."""
_MAIN: Mapping[str, str] = {
    "adie": "AC02",
    "caf": "SO03",
    "campus-connecte": "ED04",
    "ccas-cias": "SO01",
    "espaces-publics-numeriques": "NU02",
    "fcsf": "VI02",
    "france-service": "AD03",
    "france-travail": "EM01",
    "mobin": "MO06",
    "pimms-mediation": "NU03",
    "ressourceries": "SO09",
    "unaf": "SO14",
    "unis-cite": "VI03",
    "wimoov": "MO06",
}
"""What a network of several trades is first of all."""
_KINDS = {
    "avip": "creches-avip",
    "cap_emploi": "cap-emploi-reseau-cheops",
    "ccas": "ccas-cias",
    "ccons": "chambres-consulaires",
    "cd": "departements",
    "cdas": "maisons-des-solidarites",
    "cias": "ccas-cias",
    "cs": "fcsf",
    "csc": "fcsf",
    "dept": "departements",
    "epi": "espaces-publics-numeriques",
    "epn": "espaces-publics-numeriques",
    "evs": "fcsf",
    "ft": "france-travail",
    "la_poste": "la-poste",
    "mda": "maison-departementale-de-lautonomie",
    "mde": "maisons-de-l-emploi",
    "mdef": "maisons-de-l-emploi",
    "mds": "maisons-des-solidarites",
    "ml": "mission-locale",
    "msa": "mutualite-sociale-agricole",
    "muni": "communes",
    "pad": "points-justice",
    "pij_bij": "reseau-information-jeunesse",
    "pimms": "pimms-mediation",
    "ressourcerie": "ressourceries",
    "rfs": "france-service",
    "rs_fjt": "residences-fjt",
    "udaf": "unaf",
}
"""Kinds of structures of the schema v0 whose network bears another name; the others bear the same."""
_TOPICS, _NETWORKS = Nomenclature.DATA_INCLUSION_TOPICS, Nomenclature.DATA_INCLUSION_NETWORKS

Codes = Read[tuple[str, ...]]


def read_topics(text: str, vocabulary: Vocabulary, *, networks: str = "", names: str = "") -> Codes:
    """Read the topics of a service; `names` are its own and that of its structure, which `networks` carry."""
    topics, problems = split_list(text)
    carried = {
        concept.code for network in _networks(networks) for concept in vocabulary.concepts_for(_NETWORKS, network)
    }
    codes: list[str] = []
    for topic in topics:
        candidates = vocabulary.concepts_for(_TOPICS, topic)
        told = _named(candidates, names) or [each.code for each in candidates if each.code in carried][:1]
        if not told:
            problems = (*problems, *_doubts(topic, candidates))
        codes += told or _BROADEST.get(topic) or [each.code for each in candidates[:1]]
    return _current(codes, vocabulary), problems


def read_networks(text: str, vocabulary: Vocabulary, *, names: str = "") -> Codes:
    """Read what the networks that carry a structure, or its kind in the schema v0, say it is for."""
    codes: list[str] = []
    problems: Problems = ()
    for network in _networks(text):
        candidates = vocabulary.concepts_for(_NETWORKS, network)
        told = _named(candidates, names) or ([_MAIN[network]] if network in _MAIN else [])
        if len(candidates) > 1 and not told:
            problems = (*problems, _first_taken(network, candidates))
        codes += told or [each.code for each in candidates[:1]]
    return _current(codes, vocabulary), problems


def _networks(text: str) -> tuple[str, ...]:
    return without_repeats([_KINDS.get(fold(word), fold(word)) for word in split_list(text)[0]])


def _named(candidates: tuple[Concept, ...], names: str) -> list[str]:
    """List the candidates that the names bear word for word, singular or plural."""
    spoken = f" {_in_singular(names)} "
    return [each.code for each in candidates if any(f" {name} " in spoken for name in _names_of(each))]


@lru_cache(maxsize=500)
def _names_of(concept: Concept) -> tuple[str, ...]:
    return tuple(_in_singular(key) for key in best_claims(concept) if len(key) > SHORT)


def _in_singular(words: str) -> str:
    return " ".join(word.removesuffix("s") for word in key_of(words).split())


def _doubts(topic: str, candidates: tuple[Concept, ...]) -> tuple[Problem, ...]:
    if not candidates and topic not in _BROADEST:
        sentence = "Cette thématique n’a pas d’équivalent dans le thésaurus : elle est laissée de côté."
        return (fault("thematique-hors-champ", sentence, topic),)
    return (_first_taken(topic, candidates),) if len(candidates) > 1 else ()


def _first_taken(code: str, candidates: tuple[Concept, ...]) -> Problem:
    listed = ", ".join(f"{each.label.fr} ({each.code})" for each in candidates[:4])
    sentence = f"Ce code peut dire plusieurs choses ({listed}…) : le sens le plus large a été pris, vérifiez le thème."
    return fault("theme-a-verifier", sentence, code)


def _current(codes: list[str], vocabulary: Vocabulary) -> tuple[str, ...] | None:
    found = (vocabulary.concept(code) for code in codes)
    return without_repeats([vocabulary.current(concept).code for concept in found if concept]) or None
