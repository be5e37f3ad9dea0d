"""On what terms one comes, in one line of a list: the cost, for whom, by appointment, and how else it is reached."""

import re
from collections.abc import Iterator

from portal.core.languages import FRENCH
from portal.directory.cards.values import AccessPointCard, ServiceCard
from portal.directory.rules.choices import AccessPointKind, Cost
from portal.hours.layers import StateCode
from portal.hours.schedule import State
from portal.hours.slots import Appointment
from portal.vocabulary.audiences import Audience
from portal.web.languages import current_language
from portal.web.sentences import gettext

_AMOUNT = re.compile(r"\d\s*(?:€|euros?\b)")
_SHORT = 60
"""Signs of a price that leaves a card short; the sheet has the others."""
_MOST_AUDIENCES = 2
"""For more, it is as good as for everyone, and the sheet lists them."""
_VISITED = frozenset({AccessPointKind.PLACE, AccessPointKind.TOUR_STOP})


def terms_of(card: ServiceCard, access_point: AccessPointCard | None) -> str:
    """Say the terms that are known, in few words; empty when none is."""
    words = [*_cost(card), *_audiences(card)]
    if access_point is not None:
        words += [*_appointment(access_point), *_other_ways(card, access_point)]
    return " · ".join(words)


def _cost(card: ServiceCard) -> Iterator[str]:
    """Say the price itself where a few words tell it; it is written in French only."""
    note = card.cost_note.rstrip(". ")
    has_price = bool(_AMOUNT.search(note)) and len(note) <= _SHORT and current_language() == FRENCH
    if card.cost is Cost.FREE:
        yield gettext("Gratuit")
    elif card.cost is not Cost.UNKNOWN and not has_price:
        yield gettext("Payant") if card.cost is Cost.PAID else gettext("Prix selon la situation")
    if has_price:
        yield note


def _audiences(card: ServiceCard) -> Iterator[str]:
    told = sorted(card.audiences)
    if told and len(told) <= _MOST_AUDIENCES and Audience.EVERYONE not in told:
        whom = [audience.label.said(current_language()) for audience in told]
        yield gettext("Pour : %(whom)s", whom=", ".join([whom[0], *(each[:1].lower() + each[1:] for each in whom[1:])]))


def _appointment(access_point: AccessPointCard) -> Iterator[str]:
    """Say that one must call first, unless the state of the opening, which stands above, says so."""
    slots, state = access_point.opening.opening.slots, access_point.opening.state
    is_required = bool(slots) and all(slot.appointment is Appointment.REQUIRED for slot in slots)
    if is_required and not _says_appointment(state):
        yield gettext("sur rendez-vous")


def _says_appointment(state: State) -> bool:
    return state.code is StateCode.APPOINTMENT or state.next_appointment is not None


def _other_ways(card: ServiceCard, access_point: AccessPointCard) -> Iterator[str]:
    kinds = {each.kind for each in card.access_points}
    if access_point.kind in _VISITED and AccessPointKind.VIDEO in kinds:
        yield gettext("aussi en visio")
    if access_point.kind in _VISITED and AccessPointKind.HOME in kinds:
        yield gettext("aussi à domicile")
