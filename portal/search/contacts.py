"""Contacts as pages show them: a pictogram, a name for those who listen, a link that calls, writes or opens."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask_babel import gettext

from portal.directory.rules.choices import ContactType
from portal.directory.rules.contact_lines import ContactLine
from portal.search.listed import dialled


@dataclass(frozen=True)
class ShownContact:
    """One way to get in touch."""

    icon: str
    name: str
    value: str
    href: str
    label: str


_ICONS: Mapping[ContactType, str] = {
    ContactType.PHONE: "telephone",
    ContactType.MAIL: "courriel",
    ContactType.SITE: "site",
    ContactType.FORM: "formulaire",
    ContactType.FAX: "fax",
    ContactType.POST: "enveloppe",
    ContactType.SOCIAL: "site",
}


def shown_contacts(lines: Iterable[ContactLine]) -> tuple[ShownContact, ...]:
    """Show the contacts everybody may see, each once."""
    return tuple(dict.fromkeys(_shown(line) for line in lines if line.is_public))


def _shown(line: ContactLine) -> ShownContact:
    value = line.value
    if line.type in {ContactType.SITE, ContactType.FORM, ContactType.SOCIAL}:
        value = line.value.removeprefix("https://").removeprefix("http://").removesuffix("/")
    return ShownContact(_ICONS[line.type], _name(line.type), value, _href(line), line.label)


def _name(kind: ContactType) -> str:
    names: dict[ContactType, str] = {
        ContactType.PHONE: gettext("Téléphone"),
        ContactType.MAIL: gettext("Courriel"),
        ContactType.SITE: gettext("Site internet"),
        ContactType.FORM: gettext("Formulaire"),
        ContactType.FAX: gettext("Télécopie"),
        ContactType.POST: gettext("Adresse postale"),
        ContactType.SOCIAL: gettext("Réseau social"),
    }
    return names[kind]


def _href(line: ContactLine) -> str:
    if line.type is ContactType.PHONE:
        return f"tel:{dialled(line.value)}"
    if line.type is ContactType.MAIL:
        return f"mailto:{line.value}"
    # Only what a browser opens as a page: nothing that runs.
    is_page = line.value.startswith(("https://", "http://"))
    return line.value if is_page and line.type not in {ContactType.FAX, ContactType.POST} else ""
