"""The ways into a service of our own spreadsheets: places, stops, telephone, video and home, with their hours."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from importers.fields.accessibility import read_features
from importers.fields.cells import said, without_repeats
from importers.fields.modes import read_modes
from importers.fields.names import read_name
from importers.fields.texts import read_text
from importers.fields.themes import read_concepts
from importers.fields.yes_no import read_answer
from importers.pipeline.declaration import Reference
from importers.pipeline.lines import Line, Problems
from importers.sources.general_hours import read_hours
from importers.sources.own_rows import lines_of
from importers.sources.parts import PlaceSaid, contacts, place
from portal.core.text import slug
from portal.directory.rules.choices import AccessFeature, AccessPointKind, AddressShown, Answer
from portal.directory.rules.contact_lines import ContactLine
from portal.hours.canonical import canonical
from portal.hours.slots import Mode, Opening
from portal.intake.record import AccessRecord, PlaceRecord

_KINDS = {
    Mode.PHONE: AccessPointKind.PHONE,
    Mode.VIDEO: AccessPointKind.VIDEO,
    Mode.HOME: AccessPointKind.HOME,
}
_KEYS = {
    AccessPointKind.PHONE: "telephone",
    AccessPointKind.VIDEO: "visio",
    AccessPointKind.HOME: "domicile",
}
_LONGEST_KEY = 120
_CHILDMINDER = "PE03"
_OF_PLACES = ("address", "commune", "postal_code", "commune_code")


@dataclass(frozen=True)
class _Reached:
    """An access point, and the line it stands on."""

    way: AccessRecord
    line: int

    @property
    def spot(self) -> object:
        """Tell it from those elsewhere, and from what else goes on there."""
        where = self.way.place
        named = None if where is None else (where.commune_code, slug(where.address or ""), where.name)
        return (self.way.kind, self.way.tour, named, self.way.note)


def access(line: Line, reference: Reference) -> tuple[tuple[AccessRecord, ...] | None, Problems]:
    """Make the access points of a service: those of all its lines, the same place once, in the order of the file."""
    reached: list[_Reached] = []
    problems: Problems = ()
    apart = contacts_apart(line, reference)
    for each in lines_of(line):
        found, faults = _ways(each, reference)
        spoken = contacts(each, reference)[0] if apart else None
        reached += [_Reached(replace(way, contacts=spoken), each.number) for way in found]
        problems = (*problems, *faults)
    return _keyed(_together(reached)) or None, problems


def place_faults(line: Line, reference: Reference) -> Problems:
    """Say why the place of a line is not understood; a line may well name none."""
    if not any(said(line.text(word)) for word in _OF_PLACES):
        return ()
    where, problems = _place(line, reference)
    return problems if where is None else ()


def contacts_apart(line: Line, reference: Reference) -> bool:
    """Tell whether the lines of a service give each place its own contacts."""
    told = {contacts(each, reference)[0] for each in (line, *line.more)} - {None} if line.more else ()
    return len(told) > 1


def modes_of(line: Line) -> tuple[tuple[Mode, ...] | None, Problems]:
    """Read how the service receives people, over all its lines."""
    modes: list[Mode] = []
    problems: Problems = ()
    for each in lines_of(line):
        found, faults = _modes(each)
        modes += found or ()
        problems = (*problems, *faults)
    return without_repeats(modes) or None, problems


def _ways(line: Line, reference: Reference) -> tuple[list[AccessRecord], Problems]:
    """Read the access points of one line; its hours are those of the first."""
    modes, _ = _modes(line)
    is_on_site = not modes or Mode.ON_SITE in modes
    where, problems = _place(line, reference)
    if not is_on_site and where is None:
        problems = () if not any(said(line.text(word)) for word in _OF_PLACES) else problems
    is_at_theirs = not is_on_site and where is not None and _is_childminding(line, reference)
    ways = [_on_site(line, where)] if where and is_on_site else []
    others = [AccessRecord(kind=_KINDS[mode]) for mode in modes or () if mode in _KINDS]
    if where and is_at_theirs:
        # A childminder's home is where one goes, and nobody's business but in which commune.
        ways = [AccessRecord(place=replace(where, address_shown=AddressShown.COMMUNE))]
        others = [way for way in others if way.kind is not AccessPointKind.HOME]
    elif where and not is_on_site:
        # Whoever comes to people's homes, or only answers, has an office all the same: its address is worth keeping.
        others = [replace(way, note=_office(where)) for way in others]
    ways += others
    told, of_words = _told(line)
    first = [_with_hours(ways[0], told)] if ways else []
    return [*first, *ways[1:]], (*problems, *of_words)


def _modes(line: Line) -> tuple[tuple[Mode, ...] | None, Problems]:
    return line.read("modes", lambda text: read_modes(text, has_phone=bool(said(line.text("phone")))))


def _place(line: Line, reference: Reference) -> tuple[PlaceRecord | None, Problems]:
    name, of_name = line.read("place_name", read_name)
    where, problems = place(line, reference, PlaceSaid(name=name))
    features, of_access = read_features({AccessFeature.WHEELCHAIR: line.text("wheelchair")})
    problems = (*of_name, *problems, *line.named("wheelchair", of_access))
    return (replace(where, access=features or None) if where else None), problems


def _on_site(line: Line, where: PlaceRecord) -> AccessRecord:
    if read_answer(line.text("roving"))[0] is not Answer.YES:
        return AccessRecord(place=where)
    tour, _ = line.read("title", read_name)
    return AccessRecord(kind=AccessPointKind.TOUR_STOP, place=where, tour=tour)


def _is_childminding(line: Line, reference: Reference) -> bool:
    told, _ = line.read("concepts", lambda text: read_concepts(text, reference.vocabulary))
    modes, _ = _modes(line)
    return (told or ())[:1] == (_CHILDMINDER,) and Mode.HOME in (modes or ())


def _office(where: PlaceRecord) -> str | None:
    return f"Bureau : {where.address}." if where.address else None


def _told(line: Line) -> tuple[AccessRecord, Problems]:
    """Read the hours and what is written beside them."""
    told, of_hours = read_hours(line)
    note, of_note = line.read("note", read_text)
    record = AccessRecord(opening=told.opening, opening_words=told.words, note=note)
    return record, (*of_hours, *of_note, *line.read("roving", read_answer)[1])


def _with_hours(way: AccessRecord, told: AccessRecord) -> AccessRecord:
    mode = next((mode for mode, kind in _KINDS.items() if kind is way.kind), Mode.ON_SITE)
    note = "\n\n".join(filter(None, (told.note, way.note))) or None
    return replace(way, opening=_in_mode(told.opening, mode), opening_words=told.opening_words, note=note)


def _in_mode(opening: Opening | None, mode: Mode) -> Opening | None:
    if opening is None:
        return None
    slots = (replace(slot, mode=mode) if slot.mode is Mode.ON_SITE else slot for slot in opening.slots)
    return replace(opening, slots=tuple(slots))


def _together(reached: Iterable[_Reached]) -> list[AccessRecord]:
    """Make one access point of those at the same place: two half-days, two lines."""
    found: dict[object, _Reached] = {}
    for each in reached:
        other = found.get(each.spot)
        merged = _Reached(_merged(other.way, each.way), min(other.line, each.line)) if other else each
        found[each.spot] = merged
    return [each.way for each in sorted(found.values(), key=lambda each: each.line)]


def _merged(one: AccessRecord, other: AccessRecord) -> AccessRecord:
    openings = [way.opening for way in (one, other) if way.opening is not None]
    opening = canonical(
        Opening(
            slots=without_repeats([slot for each in openings for slot in each.slots]),
            exceptions=without_repeats([dated for each in openings for dated in each.exceptions]),
            unread=without_repeats([unread for each in openings for unread in each.unread]),
        )
    )
    return replace(
        one,
        opening=opening if openings else None,
        opening_words=_lines((one.opening_words, other.opening_words)),
        note=_lines((one.note, other.note)),
        contacts=_contacts_of(one, other),
    )


def _lines(texts: Iterable[str | None]) -> str | None:
    return "\n".join(without_repeats([text for text in texts if text])) or None


def _contacts_of(one: AccessRecord, other: AccessRecord) -> tuple[ContactLine, ...] | None:
    return without_repeats((*(one.contacts or ()), *(other.contacts or ()))) or None


def _keyed(ways: list[AccessRecord]) -> tuple[AccessRecord, ...]:
    """Tell the access points apart by commune, and by address only where one commune has several.

    A single place keeps its key, and with it what people corrected there, when its address is mended.
    """
    communes = [way.place.commune_code for way in ways if way.place]
    return tuple(replace(way, key=key) for way, key in zip(ways, _distinct(_keys(ways, communes)), strict=True))


def _keys(ways: list[AccessRecord], communes: list[str]) -> Iterator[str]:
    for way in ways:
        if way.place is None:
            yield _KEYS[way.kind]
        elif communes.count(way.place.commune_code) == 1:
            yield way.place.commune_code
        else:
            words = slug(" ".join(filter(None, (way.place.address, way.place.name, way.note))))
            yield f"{way.place.commune_code}-{words}"[:_LONGEST_KEY].strip("-")


def _distinct(keys: Iterable[str]) -> list[str]:
    told: list[str] = []
    for key in keys:
        rank = sum(1 for each in told if each == key or each.startswith(f"{key} "))
        told.append(f"{key} {rank + 1}" if rank else key)
    return told
