"""What a page is about, said by the page itself for whoever counts visits; nothing is said of the visitor."""

from dataclasses import dataclass

from flask import g


@dataclass(frozen=True)
class Subject:
    """What somebody came for: a family of services, a commune, and whether there was nothing to show."""

    theme: str = ""
    commune: str = ""
    found_nothing: bool = False


def is_about(*, theme: str = "", commune: str = "", found_nothing: bool = False) -> None:
    """Say what the page being made is about."""
    tell(Subject(theme, commune, found_nothing))


def tell(subject: Subject) -> None:
    """Say what the page being made is about, in one word that its maker found."""
    g.subject = subject


def subject_of_page() -> Subject:
    """Give what the page that was made said of itself."""
    subject: Subject = g.get("subject", Subject())
    return subject
