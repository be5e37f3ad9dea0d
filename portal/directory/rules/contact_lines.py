"""A way to get in touch, as a value: what forms and importers hand to the operations, and cards to pages."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.directory.rules.choices import ContactAudience, ContactType


@dataclass(frozen=True)
class ContactLine:
    """A telephone number, an address or a site, and who may see it."""

    type: ContactType
    value: str
    label: str = ""
    person: str = ""
    audience: ContactAudience = ContactAudience.PUBLIC

    @property
    def is_public(self) -> bool:
        """Tell whether everybody may see it."""
        return self.audience is ContactAudience.PUBLIC


def completed(own: Sequence[ContactLine], around: Sequence[ContactLine]) -> tuple[ContactLine, ...]:
    """Join the contacts of a desk and those of its place: for each kind that the desk has, its own is the right one."""
    has = {line.type for line in own if line.is_public}
    return (*own, *(line for line in around if line.type not in has))
