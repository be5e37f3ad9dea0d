"""From what was sent to a report, or to sentences that say what to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext

from portal.intake.rules.reports import LONGEST_WORDS, Report, Wrong
from portal.web.doors import TooMany
from portal.web.stamps import StampFault, fault_of_stamp

TRAP = "adresse_de_retour"
"""A field nobody sees: who fills it in is a program."""


@dataclass(frozen=True)
class Fault:
    """What to mend, and in which field."""

    field: str
    sentence: str


@dataclass(frozen=True)
class Sent:
    """What was sent, to be shown again if something must be mended."""

    wrong: frozenset[str] = frozenset()
    words: str = ""
    stamp: str = ""
    trap: str = ""


def read_sent(single: Mapping[str, str], ticked: Sequence[str]) -> Sent:
    """Take what was sent as it is."""
    return Sent(
        wrong=frozenset(ticked),
        words=single.get("precisions", "").replace("\r\n", "\n").strip(),
        stamp=single.get("timbre", ""),
        trap=single.get(TRAP, ""),
    )


def faults_of(sent: Sent, *, purpose: str, now: datetime) -> tuple[Fault, ...]:
    """List what must be mended before a report is taken."""
    found = list[Fault]()
    if sent.trap:
        found.append(Fault("precisions", gettext("Envoyez de nouveau ce formulaire sans remplir le champ caché.")))
    if not (sent.words or sent.wrong & {*Wrong}):
        found.append(Fault("inexact", gettext("Cochez ce qui est inexact, ou décrivez-le en quelques mots.")))
    if len(sent.words) > LONGEST_WORDS:
        n_over = len(sent.words) - LONGEST_WORDS
        found.append(Fault("precisions", gettext("Raccourcissez votre message de %(n)s caractères.", n=n_over)))
    # Whoever has something to mend will send again, with a new stamp: that the first was quick is no fault of theirs.
    age = None if found else _fault_of_stamp(fault_of_stamp(sent.stamp, purpose, now))
    return (*found, age) if age is not None else tuple(found)


def fault_of_haste() -> Fault:
    """Say what to do to who sends form after form; what they wrote stays before them."""
    return Fault("precisions", TooMany().sentence)


def report_of(sent: Sent) -> Report:
    """Make a report of what was sent; boxes we do not know are left aside."""
    return Report(wrong=[each for each in Wrong if each in sent.wrong], words=sent.words)


def _fault_of_stamp(fault: StampFault | None) -> Fault | None:
    if fault is None:
        return None
    if fault is StampFault.YOUNG:
        return Fault(
            "precisions", gettext("Cet envoi est arrivé très vite : relisez votre message, puis envoyez-le de nouveau.")
        )
    return Fault("precisions", gettext("Ce formulaire était ouvert depuis longtemps : envoyez-le de nouveau."))
