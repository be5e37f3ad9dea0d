"""The frozen values of the form that reports a mistake, and of its receipt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext

from portal.directory.cards.values import Link
from portal.directory.models.services import Service
from portal.hours.words import date_in_words
from portal.intake.models.decisions import ReviewState
from portal.intake.queries.reports import Receipt
from portal.intake.rules.reports import LONGEST_WORDS, WRONG_LABELS
from portal.pages.reports.forms import TRAP, Fault, Sent
from portal.web.stamps import new_stamp


@dataclass(frozen=True)
class Box:
    """One thing that may be wrong."""

    value: str
    label: str
    is_ticked: bool


@dataclass(frozen=True)
class ReportPage:
    """What the form shows."""

    service: Link
    boxes: tuple[Box, ...]
    words: str
    longest: int
    stamp: str
    trap: str
    faults: tuple[Fault, ...]

    def fault_in(self, field: str) -> str:
        """Give what to mend in a field; nothing when it is right."""
        return next((fault.sentence for fault in self.faults if fault.field == field), "")


@dataclass(frozen=True)
class ReceiptPage:
    """What a visitor is told once the report is in the queue."""

    number: str
    service: Link
    state: str
    day: str
    wrong: tuple[str, ...]
    """What was ticked, in words."""


def purpose_of(public_id: str) -> str:
    """Say what a stamp is for: this form, about this sheet."""
    return f"signaler {public_id}"


def report_page(
    service: Service, *, now: datetime, language: str, sent: Sent | None = None, faults: Sequence[Fault] = ()
) -> ReportPage:
    """Show the form: empty, or with what was sent and what to mend."""
    told = sent or Sent()
    boxes = (Box(each.value, label.said(language), each in told.wrong) for each, label in WRONG_LABELS.items())
    return ReportPage(
        service=_link(service),
        boxes=tuple(boxes),
        words=told.words,
        longest=LONGEST_WORDS,
        stamp=new_stamp(purpose_of(service.public_id), now),
        trap=TRAP,
        faults=tuple(faults),
    )


def receipt_page(receipt: Receipt, *, language: str) -> ReceiptPage:
    """Tell what became of a report."""
    day = "" if receipt.decided_at is None else date_in_words(receipt.decided_at.date(), language)
    states: dict[ReviewState, str] = {
        ReviewState.OPEN: gettext("L’équipe du portail va le vérifier."),
        ReviewState.ACCEPTED: gettext("Vous aviez raison : il a été traité le %(day)s.", day=day),
        ReviewState.REFUSED: gettext("Il a été vérifié le %(day)s : la fiche était juste.", day=day),
    }
    return ReceiptPage(
        number=receipt.number,
        service=_link(receipt.service),
        state=states[receipt.state],
        day=date_in_words(receipt.at.date(), language),
        wrong=tuple(label.said(language) for each, label in WRONG_LABELS.items() if each in receipt.wrong),
    )


def _link(service: Service) -> Link:
    return Link(service.public_id, service.slug, service.title)
