"""What a person types as a contact must be one: a number one can dial, an address one can write to or open.

Lists are read more closely, by the importers; here is what keeps a sheet from showing a link that leads nowhere.
"""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from portal.core.text import fold
from portal.directory.rules.choices import ContactType

KINDS: Mapping[ContactType, str] = {
    ContactType.PHONE: "téléphone",
    ContactType.MAIL: "courriel",
    ContactType.SITE: "site",
    ContactType.FORM: "formulaire",
    ContactType.FAX: "télécopie",
    ContactType.POST: "adresse postale",
    ContactType.SOCIAL: "réseau social",
}
_NUMBER = re.compile(r"0\d{9}|\+\d{8,15}|1[578]|11[2459]|19[1267]|[13]\d{3}|11[68]\d{3}", re.ASCII)
_MOBILE = re.compile(r"(?:0|\+33)[67]\d{8}", re.ASCII)
_MAIL = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@(?:[a-z0-9-]+\.)+[a-z]{2,24}", re.ASCII | re.IGNORECASE)
_HOST = re.compile(r"(?:[^\s.@]+\.)+[^\s.@\d]{2,24}")


def kind_named(word: str) -> ContactType | None:
    """Find the kind of contact that a word names, as people say it or as it is kept."""
    said = {fold(name): kind for kind, name in KINDS.items()} | {kind.value: kind for kind in ContactType}
    return said.get(fold(word.strip()))


def fault_of_contact(kind: ContactType, value: str) -> str:
    """Say what is wrong with a contact; empty when nothing is."""
    if kind in {ContactType.PHONE, ContactType.FAX}:
        is_good = _NUMBER.fullmatch(re.sub(r"[\s.\-/()]", "", value.replace("(0)", "")))
        return "" if is_good else f"« {value} » n’est pas un numéro de téléphone : écrivez-le comme 03 25 00 00 00."
    if kind is ContactType.MAIL:
        return "" if _MAIL.fullmatch(value) else f"« {value} » n’a pas la forme nom@domaine.fr : corrigez l’adresse."
    if kind is ContactType.POST:
        return ""
    is_page = value.startswith(("https://", "http://")) and _HOST.fullmatch(_host(value))
    return "" if is_page else f"« {value} » n’est pas une adresse web : écrivez-la comme https://www.exemple.fr."


MAYBE_PERSONAL = "Ce numéro de mobile est peut-être celui d’une personne : vérifiez qu’il peut être public."
"""Said of a list that is imported, too."""


def caution_on_contact(kind: ContactType, value: str) -> str:
    """Say what to look at again in a contact that has no fault; empty when there is nothing."""
    number = re.sub(r"[\s.\-/()]", "", value.replace("(0)", ""))
    return MAYBE_PERSONAL if kind is ContactType.PHONE and _MOBILE.fullmatch(number) else ""


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
