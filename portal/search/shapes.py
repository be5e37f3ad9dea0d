"""The JSON of the API, as `reference/recherche.schema.json` says it: published, so nothing may leave it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from portal.core.languages import FRENCH, Label
from portal.directory.cards.values import AccessPointCard, Location, ServiceCard
from portal.directory.rules.contact_lines import ContactLine
from portal.geography.published import commune_shape
from portal.hours.schedule import State
from portal.hours.words.state import state_sentence
from portal.search.answers import Answer, Facet, Help, HitCard, Understanding, Way
from portal.search.requests import Adjustment, SearchRequest, Undone
from portal.vocabulary.vocabulary import Vocabulary

Shape = Mapping[str, Any]
SEARCH_PAGE = "/recherche"


@dataclass(frozen=True, kw_only=True)
class Telling:
    """What writing an answer needs beside it."""

    vocabulary: Vocabulary
    now: datetime
    address: Callable[[str], str]
    """Makes the whole address of a path: a program that keeps an answer has forgotten where it got it."""


def answer_shape(answer: Answer, *, telling: Telling) -> Shape:
    """Write an answer."""
    understood = answer.understood
    return {
        "total": answer.total,
        "page": answer.page,
        "pages": answer.n_pages,
        "resultats": [hit_shape(hit, telling=telling) for hit in answer.hits],
        "voir_aussi": [hit_shape(hit, telling=telling) for hit in answer.also],
        "facettes": {facet.name: _values(facet) for facet in answer.facets},
        "ouverts_maintenant": answer.n_open_now,
        "horaires_inconnus": answer.n_unknown,
        "suggestions": [_way("sens", way, telling) for way in answer.senses],
        "urgences": [{"numero": line.number, "objet": line.purpose} for line in understood.emergencies],
        "compris": _understanding(answer.request, understood, telling),
        "aide": None if answer.help is None else _help(answer.help, telling=telling),
        "source": "base" if answer.is_from_database else "index",
    }


def hit_shape(hit: HitCard, *, telling: Telling) -> Shape:
    """Write one result."""
    access_point = hit.access_point
    return {
        **service_shape(hit.card, access_point, telling=telling),
        "distance_m": None if hit.distance is None else round(hit.distance),
    }


def service_shape(card: ServiceCard, access_point: AccessPointCard | None, *, telling: Telling) -> Shape:
    """Write a service as one of its access points shows it."""
    contacts = (access_point.contacts if access_point is not None else ()) or card.contacts
    return {
        "id": card.public_id,
        "titre": card.title,
        "resume": card.summary,
        "concepts": [_concept(code, telling.vocabulary) for code in card.concepts],
        "structure": card.structure.name,
        "lieu": None if access_point is None else place_shape(access_point.location),
        "etat": None if access_point is None else state_shape(access_point, telling.now),
        "competent": card.is_competent,
        "contacts": [_contact(line) for line in contacts if line.is_public],
        "verifie_le": None if card.verified_on is None else card.verified_on.isoformat(),
        "source": card.source or None,
        "url": telling.address(f"/services/{card.slug}-{card.public_id}"),
    }


def place_shape(location: Location | None) -> Shape | None:
    """Write where one goes, as far as the public may know."""
    if location is None:
        return None
    point = location.own_point
    return {
        "nom": location.own_name or None,
        "adresse": location.address or None,
        "code_postal": location.postal_code or None,
        "commune": location.commune.name,
        "code_insee": location.commune.code,
        "lat": point.lat if point else None,
        "lon": point.lon if point else None,
    }


def state_shape(access_point: AccessPointCard, now: datetime) -> Shape:
    """Write the state of an access point now, as `maillage hours` does."""
    state = access_point.opening.state
    return {
        "code": state.code.value,
        "texte": state_words(state, access_point, now),
        "jusqua": None if state.until is None else state.until.isoformat(),
        "prochaine": None if state.next is None else state.next.isoformat(),
    }


def state_words(state: State, access_point: AccessPointCard, now: datetime, language: str = FRENCH) -> str:
    """Say a state in the time of the place."""
    return state_sentence(state, now.astimezone(access_point.opening.calendar.time_zone), language)


def address_of_request(request: SearchRequest) -> str:
    """Write the canonical address of a search."""
    query = request.query_string
    return f"{SEARCH_PAGE}?{query}" if query else SEARCH_PAGE


def _understanding(request: SearchRequest, understood: Understanding, telling: Telling) -> Shape:
    place = understood.place
    return {
        "texte": understood.text,
        "lieu": None if place is None else {**commune_shape(place.commune), "libelle": place.words},
        "lieux_possibles": [commune_shape(commune) for commune in understood.choices],
        "quand": understood.when or None,
        "concepts": list(understood.concepts),
        "corrections": [{"tape": each.typed, "compris": each.meant} for each in understood.corrections],
        "parties": [
            {
                "type": part.kind.value,
                "mots": part.words,
                "sens": part.meaning,
                "annuler": telling.address(address_of_request(request.but(undone=request.undone | {part.kind}))),
            }
            for part in understood.parts
        ],
        "remarques": list(remarks(understood)),
        "ajustements": [
            {"champ": each.field, "valeur": each.given, "retenu": each.kept or None, "phrase": each.text}
            for each in adjustments(request, understood)
        ],
    }


def remarks(understood: Understanding, language: str = FRENCH) -> Sequence[str]:
    """Say what the page must say of how the question was taken."""
    told = (
        (understood.is_place_unknown, _PLACE_UNKNOWN),
        (understood.wants_position, _POSITION),
        (understood.is_lost, _LOST),
        (understood.is_way_unknown, _WAY_UNKNOWN),
        (understood.is_relaxed, _RELAXED),
    )
    adjusted = tuple(each.text for each in understood.adjusted)
    if understood.is_a_week_later:
        adjusted = (*adjusted, _A_WEEK_LATER.said(language).format(when=understood.when))
    return adjusted + tuple(sentence.said(language) for holds, sentence in told if holds)


def adjustments(request: SearchRequest, understood: Understanding) -> tuple[Adjustment, ...]:
    """List what was not taken as it was given, the place of the search included."""
    where, place = request.where, understood.place
    if not isinstance(where, str) or not where:
        return understood.adjusted
    if place is None:
        told = Adjustment("ou", where, "", _PLACE_UNKNOWN.said(request.language))
    elif any(part.kind is Undone.PLACE for part in understood.parts):
        told = Adjustment("ou", where, place.commune.code, _PLACE_IN_WORDS.said(request.language))
    elif place.is_corrected:
        told = Adjustment("ou", where, place.commune.code, _PLACE_GUESSED.said(request.language))
    else:
        return understood.adjusted
    return (*understood.adjusted, told)


_PLACE_UNKNOWN = Label(
    "Nous n’avons pas trouvé cette commune. Essayez avec son code postal ; d’ici là, la recherche porte sur tout le "
    "territoire.",
    "We could not find this town or village. Try its postcode; until then, the whole area is searched.",
)
_PLACE_IN_WORDS = Label(
    "La commune lue dans la question l’emporte sur « ou ».", "The place named in the question prevails over “ou”."
)
_PLACE_GUESSED = Label(
    "Ce nom n’est celui d’aucune commune : la plus proche par l’écriture a été retenue.",
    "No place has this name: the one written most like it was taken.",
)
_POSITION = Label(
    "Indiquez votre commune, ou autorisez votre position, pour chercher près de vous.",
    "Give your town or village, or allow your location, to search near you.",
)
_WAY_UNKNOWN = Label(
    "Aucun de ces services ne dit s’il mène là où vous allez : posez-leur la question.",
    "None of these services says whether it goes where you are going: ask them.",
)
_A_WEEK_LATER = Label(
    "Plus rien n’est ouvert aujourd’hui : voici ce qui l’est {when}.",
    "Nothing is open any more today: here is what is open {when}.",
)
_LOST = Label(
    "Nous n’avons pas compris votre question : voici tous les services. Dites ce que vous cherchez avec d’autres mots, "
    "par exemple « médecin » ou « papiers ».",
    "We did not understand your question: here are all services. Say what you are looking for in other words, for "
    "example “doctor” or “papers”.",
)
_RELAXED = Label(
    "Aucun service n’a tous ces mots : voici ceux qui en ont une partie.",
    "No service has all these words: here are those that have some of them.",
)


def _help(given: Help, *, telling: Telling) -> Shape:
    contact = given.contact
    return {
        "sans_filtre": [_way("filtre", way, telling) for way in given.ways],
        "plus_loin": [hit_shape(hit, telling=telling) for hit in given.beyond],
        "a_distance": [hit_shape(hit, telling=telling) for hit in given.remote],
        "contact": None
        if contact is None
        else {"nom": contact.name, "telephone": contact.phone or None, "courriel": contact.email or None},
    }


def _way(kind: str, way: Way, telling: Telling) -> Shape:
    return {
        "type": kind,
        "texte": way.label,
        "url": telling.address(address_of_request(way.request)),
        "nombre": way.count,
    }


def _values(facet: Facet) -> list[Shape]:
    return [
        {"valeur": each.value, "libelle": each.label, "nombre": each.count, "choisi": each.is_chosen}
        for each in facet.values
    ]


def _concept(code: str, vocabulary: Vocabulary) -> Shape:
    concept = vocabulary.concept(code)
    return {"code": code, "libelle": code if concept is None else concept.label.fr}


def _contact(line: ContactLine) -> Shape:
    return {"type": line.type.value, "valeur": line.value}


def suggestion_address(**parameters: str) -> str:
    """Write the address of a search from parameters."""
    return f"{SEARCH_PAGE}?{urlencode(sorted(parameters.items()))}"
