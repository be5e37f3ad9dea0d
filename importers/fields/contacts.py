"""Cells of contacts as lines of the directory; what stands in the wrong column is moved to its place and said."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from importers.fields.cells import LONGEST_CELL, Read, fault, said, without_repeats
from importers.fields.mails import looks_like_mail, mail_of, split_mails
from importers.fields.phones import read_phones
from importers.fields.urls import is_social, looks_like_url, split_urls, url_of
from portal.directory.rules.choices import ContactType
from portal.directory.rules.contact_lines import ContactLine

if TYPE_CHECKING:
    from portal.core.problems import Problem

Lines = Read[tuple[ContactLine, ...]]


def read_phone_lines(text: str, *, is_number: bool = False) -> Lines:
    """Read the telephone numbers of a cell; a cell that holds mail addresses instead is moved."""
    if "@" in text[:LONGEST_CELL]:
        lines, problems = read_mail_lines(text)
        if lines:
            sentence = "Un courriel était dans la case du téléphone : il a été mis à sa place."
            return lines, (*problems, fault("courriel-dans-telephone", sentence, text))
    phones, problems = read_phones(text, is_number=is_number)
    return (tuple(phone.line() for phone in phones) if phones else None), problems


def read_mail_lines(text: str) -> Lines:
    """Read the mail addresses of a cell; a web address among them is moved."""
    return _gathered(_mail_or_site(word) for word in split_mails(said(text)))


def read_site_lines(text: str) -> Lines:
    """Read the web addresses of a cell; a mail address among them is moved."""
    return _gathered(_site_or_mail(word) for word in split_urls(said(text)))


def _mail_or_site(word: str) -> Read[ContactLine]:
    if looks_like_url(word):
        line, problems = _site(word)
        sentence = "Une adresse web était dans la case du courriel : elle a été mise à sa place."
        return line, (*problems, *([fault("site-dans-courriel", sentence, word)] if line else []))
    return _mail(word)


def _site_or_mail(word: str) -> Read[ContactLine]:
    if looks_like_mail(word) and not looks_like_url(word):
        line, problems = _mail(word)
        sentence = "Un courriel était dans la case de l’adresse web : il a été mis à sa place."
        return line, (*problems, *([fault("courriel-dans-site", sentence, word)] if line else []))
    return _site(word)


def _mail(word: str) -> Read[ContactLine]:
    address, problems = mail_of(word)
    return (ContactLine(ContactType.MAIL, address) if address else None), problems


def _site(word: str) -> Read[ContactLine]:
    url, problems = url_of(word)
    if url is None:
        return None, problems
    return ContactLine(ContactType.SOCIAL if is_social(url) else ContactType.SITE, url), problems


def _gathered(read: Iterable[Read[ContactLine]]) -> Lines:
    lines: list[ContactLine] = []
    problems: list[Problem] = []
    for line, found in read:
        lines += [line] if line else []
        problems += found
    return without_repeats(lines) or None, tuple(problems)
