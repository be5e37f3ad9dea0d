"""Parts of the records of data·inclusion: what a service and its structure say, under our own words.

Words that begin with `body.` are those of the structure; a list of structures has them too, for its own columns.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from importers.fields.cells import fault, said
from importers.fields.contacts import read_mail_lines, read_phone_lines, read_site_lines
from importers.fields.identifiers import read_siret
from importers.fields.lists import split_list
from importers.fields.modes import read_modes
from importers.fields.names import read_name
from importers.fields.texts import read_text
from importers.fields.topics import read_networks, read_topics
from importers.fields.urls import url_of
from importers.fields.yes_no import read_answer
from importers.fields.zones import read_zone
from importers.pipeline.declaration import Part, Reference
from importers.pipeline.lines import Line, Problems
from importers.sources.parts import contacts, place
from portal.core.problems import Problem
from portal.core.text import slug
from portal.directory.rules.choices import AccessPointKind, Answer, ContactAudience
from portal.directory.rules.competence import CompetenceArea
from portal.directory.rules.contact_lines import ContactLine
from portal.hours.osm import read_osm
from portal.hours.slots import Mode, Opening
from portal.intake.record import AccessRecord, PlaceRecord, StructureRecord
from portal.intake.rules.scope import OUTSIDE

_ON_SITE, _REMOTE = "en-presentiel", "a-distance"
_PROFESSIONALS = "Sur orientation d’un professionnel."
WHERE = ("address", "address_extra", "postal_code", "commune", "commune_code", "lat", "lon")
OF_BODY = "body."
"""Begins our words for what a structure says of itself."""


def structure(line: Line, reference: Reference) -> tuple[StructureRecord | None, Problems]:
    """Make the body: by its SIRET, else by its name and town, for there is a "CCAS" in every other."""
    name, problems = line.read(f"{OF_BODY}name", read_name)
    if name is None:
        return None, problems
    siret, of_siret = line.read(f"{OF_BODY}siret", read_siret)
    about, of_about = line.read(f"{OF_BODY}about", read_text)
    lines, of_contacts = _contacts_of_body(line)
    where, _ = (None, ()) if siret else place(_at_body(line), reference)
    commune = reference.lookup.communes.get(where.commune_code) if where else None
    return StructureRecord(
        name=name if commune is None else f"{name} ({commune.name})"[:250],
        official_ids={"siret": siret} if siret else {},
        description=about,
        contacts=lines or None,
    ), (*problems, *of_siret, *of_about, *of_contacts)


def _contacts_of_body(line: Line) -> tuple[tuple[ContactLine, ...], Problems]:
    phones, of_phones = line.read(f"{OF_BODY}phone", read_phone_lines)
    mails, of_mails = line.read(f"{OF_BODY}mail", read_mail_lines)
    sites, of_sites = line.read(f"{OF_BODY}site", read_site_lines)
    return (*(phones or ()), *(mails or ()), *(sites or ())), (*of_phones, *of_mails, *of_sites)


def _at_body(line: Line) -> Line:
    """Take the structure's address for the line's own."""
    cells = {word: line.text(OF_BODY + word) for word in WHERE}
    columns = {word: line.columns[OF_BODY + word] for word in WHERE if OF_BODY + word in line.columns}
    return replace(line, cells={**line.cells, **cells}, columns={**line.columns, **columns})


def concepts(line: Line, reference: Reference) -> tuple[tuple[str, ...] | None, Problems]:
    """File a service under its topics; where none of them has a concept, under what its structure is for."""
    names = f"{line.text('title')}, {line.text(f'{OF_BODY}name')}"
    networks = line.text(f"{OF_BODY}networks")
    codes, problems = line.read(
        "topics", lambda text: read_topics(text, reference.vocabulary, networks=networks, names=names)
    )
    return (codes, problems) if codes else _of_network(line, reference)


def _of_network(line: Line, reference: Reference) -> tuple[tuple[str, ...] | None, Problems]:
    names = f"{line.text('title')}, {line.text(f'{OF_BODY}name')}"
    return line.read(f"{OF_BODY}networks", lambda text: read_networks(text, reference.vocabulary, names=names))


def concepts_of_structure(line: Line, reference: Reference) -> tuple[tuple[str, ...] | None, Problems]:
    """File a structure under what its network is for; the schema v0 also gave it topics."""
    codes, problems = _of_network(line, reference)
    return (codes, problems) if codes else concepts(line, reference)


def outside(line: Line, reference: Reference) -> Problem | None:
    """Pass over a service that nothing files in the thesaurus, or that is given from afar by somebody far away."""
    if not concepts(line, reference)[0]:
        sentence = "Ni ses thématiques ni le réseau de sa structure n’entrent dans l’annuaire : ce service est passé."
        return next(iter(line.named("topics", (fault("thematique-hors-champ", sentence, line.text("topics")),))))
    home = _home_far_away(line, reference)
    if home is None:
        return None
    sentence = "Ce service se rend à distance, ne dit pas pour qui, et sa structure est loin : il est passé."
    return next(iter(line.named("zone", (fault(OUTSIDE, sentence, home),))))


def _home_far_away(line: Line, reference: Reference) -> str | None:
    """Give the commune of a service that is given from afar for nobody knows whom, where it lies outside the scope."""
    if reference.scope is None or not _is_only_remote(line) or said(line.text("zone")):
        return None
    where, _ = _place(line, reference)
    return where.commune_code if where and where.commune_code not in reference.scope else None


def structure_outside(line: Line, reference: Reference) -> Problem | None:
    """Pass over a structure that its services tell of, or that nothing files in the thesaurus."""
    if line.text("n_services"):
        sentence = "Cette structure est dite par ses services : elle n’est pas une fiche à elle seule."
        return Problem("structure-jointe", sentence, value=line.text("n_services"), field=line.columns["n_services"])
    if concepts_of_structure(line, reference)[0]:
        return None
    sentence = "Cette structure n’a pas de service et son réseau ne dit pas ce qu’elle offre : elle est passée."
    networks = line.text(f"{OF_BODY}networks")
    return next(iter(line.named(f"{OF_BODY}networks", (fault("structure-sans-service", sentence, networks),))))


def structure_key(line: Line, reference: Reference) -> tuple[str, Problems]:
    """Take the identifier; what is passed over bears none, so that it counts as gone where it stood before."""
    return ("", ()) if structure_outside(line, reference) else (said(line.text("key")), ())


def access(line: Line, reference: Reference) -> tuple[tuple[AccessRecord, ...] | None, Problems]:
    """Tell how one gets the service: at its place, else by telephone, else by what its contacts and link say."""
    note, of_note = line.read("how", read_text)
    if _is_only_remote(line):
        return _from_afar(line, reference, note)
    where, problems = _place(line, reference)
    if where is None:
        return None, problems
    opening, of_hours = _opening(line)
    return (AccessRecord(place=where, opening=opening, note=note),), (*problems, *of_hours, *of_note)


def _is_only_remote(line: Line) -> bool:
    ways = {slug(word) for word in split_list(line.text("modes"))[0]}
    return _REMOTE in ways and _ON_SITE not in ways


def _from_afar(line: Line, reference: Reference, note: str | None) -> tuple[tuple[AccessRecord, ...] | None, Problems]:
    zone, _ = competence(line, reference)
    if zone is None and _place(line, reference)[0] is None:
        sentence = "Ce service se rend à distance et ne dit ni pour qui ni d’où : donnez sa zone d’éligibilité."
        return None, line.named("zone", (fault("zone-manquante", sentence, line.text("zone")),))
    opening, problems = line.read("hours", _hours)
    phones, _ = read_phone_lines(_phone(line))
    found = AccessRecord(kind=AccessPointKind.PHONE, opening=_by_phone(opening), note=note)
    return ((found,) if phones else ()), problems


def _phone(line: Line) -> str:
    """Give the number one calls: that of the service, or else that of its structure."""
    return said(line.text("phone")) or said(line.text(f"{OF_BODY}phone"))


def _by_phone(opening: Opening | None) -> Opening | None:
    if opening is None:
        return None
    return replace(opening, slots=tuple(replace(slot, mode=Mode.PHONE) for slot in opening.slots))


def _place(line: Line, reference: Reference) -> tuple[PlaceRecord | None, Problems]:
    """Read where the service is given: its own address, or that of its structure."""
    where, problems = place(line if _has_address(line) else _at_body(line), reference)
    link, of_link = line.read(f"{OF_BODY}accessibility", url)
    if where is None or link is None:
        return where, (*problems, *of_link)
    return replace(where, access_note=f"Accessibilité décrite sur {link}"), (*problems, *of_link)


def _has_address(line: Line) -> bool:
    return any(said(line.text(word)) for word in ("commune_code", "commune", "postal_code"))


def _opening(line: Line) -> tuple[Opening | None, Problems]:
    """Read the hours; those of the structure stand in where the service is given in its house."""
    if said(line.text("hours")) or not _is_at_home(line):
        return line.read("hours", _hours)
    return line.read(f"{OF_BODY}hours", _hours)


def _is_at_home(line: Line) -> bool:
    words = ("address", "commune_code", "commune")
    return not _has_address(line) or all(slug(line.text(word)) == slug(line.text(OF_BODY + word)) for word in words)


# The services of one house repeat its hours.
@lru_cache(maxsize=2000)
def _hours(text: str) -> tuple[Opening | None, Problems]:
    return read_osm(text) if said(text) else (None, ())


def url(text: str) -> tuple[str | None, Problems]:
    """Read a link; an empty cell gives none."""
    return url_of(said(text)) if said(text) else (None, ())


def service_contacts(line: Line, reference: Reference) -> tuple[tuple[ContactLine, ...] | None, Problems]:
    """Read telephone and mail; the schema v0 says where they are for professionals alone."""
    lines, problems = contacts(line, reference)
    if lines and read_answer(line.text("is_public"))[0] is Answer.NO:
        lines = tuple(replace(each, audience=ContactAudience.PROFESSIONAL) for each in lines)
    return lines, problems


def modes(line: Line, _reference: Reference) -> tuple[tuple[Mode, ...] | None, Problems]:
    """Read how one is received; what is got by a link or a mail alone has none of our modes."""
    has_phone = bool(_phone(line))
    found, problems = line.read("modes", lambda text: read_modes(text, has_phone=has_phone))
    return found, tuple(each for each in problems if each.code != "mode-imprecis")


def competence(line: Line, reference: Reference) -> tuple[tuple[CompetenceArea, ...] | None, Problems]:
    """Read for which communes the service is."""
    return line.read("zone", lambda text: read_zone(text, reference.lookup.communes))


def eligibility(line: Line, _reference: Reference) -> tuple[str | None, Problems]:
    """Say for whom it is, on what conditions, and whether one must be sent by a professional."""
    people, of_people = line.read("audience_note", read_text)
    conditions, of_conditions = line.read("conditions", sentences)
    sent = {slug(word) for word in split_list(line.text("who"))[0]} == {"professionnels"}
    told = _paragraphs((people, conditions, _PROFESSIONALS if sent else None))
    return told, (*of_people, *of_conditions)


def _paragraphs(texts: Iterable[str | None]) -> str | None:
    return "\n\n".join(filter(None, texts)) or None


def sentences(text: str) -> tuple[str | None, Problems]:
    """Read a text, or the list of texts that the schema v0 writes."""
    if not text.lstrip().startswith("["):
        return read_text(text)
    words, problems = split_list(text, keep_commas=True)
    told, of_text = read_text("\n".join(words))
    return told, (*problems, *of_text)


def official_ids(register: str) -> Part:
    """Give the identifier as one of a register."""
    return lambda line, _reference: ({register: said(line.text("key"))}, ())
