"""What a table keeps of people, said beside the table: the register of treatments writes itself from these words.

Every table says it, those that keep nothing of anybody too: a test fails when one says nothing. The sentences are for
visitors, in both languages of the portal.
"""

from dataclasses import dataclass

from portal.core.languages import Label


@dataclass(frozen=True)
class Treatment:
    """One line of the register (article 30 of the GDPR): what is kept of whom, why, how long, and how it goes."""

    name: Label
    purpose: Label
    people: Label
    kept: Label
    """The data themselves."""
    basis: Label
    """What makes it lawful."""
    readers: Label
    """Who may see it."""
    retention: Label
    erasure: Label


PUBLIC_INTEREST = Label(
    "mission d’intérêt public : informer la population (article 6, 1, e du RGPD)",
    "task in the public interest: informing residents (GDPR, Article 6(1)(e))",
)
"""A basis: article 6 allows it without consent."""
PORTAL_TEAM = Label("L’équipe qui tient le portail", "The team that runs the portal")
"""Readers: nobody else sees it."""


@dataclass(frozen=True)
class OfPeople:
    """What tables keep of people; several tables may serve one treatment."""

    treatment: Treatment


@dataclass(frozen=True)
class OfNobody:
    """What a table keeps that tells nothing of anybody, and why that is so."""

    why: str


Kept = OfPeople | OfNobody
PLACES_AND_THINGS = OfNobody("places, services and their hours are no persons")
LINKS = OfNobody("numbers that lead from one row to another")
COUNTS = OfNobody("daily counters, without address, words or identifier")
