"""Contacts, some for professionals only, and translations of what a sheet says."""

from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.database import Base, words
from portal.core.register import PLACES_AND_THINGS
from portal.directory.models.identities import Identity
from portal.directory.rules.choices import ContactAudience, ContactType, TranslationStatus
from portal.directory.rules.treatments import CONTACTS


class Contact(Base):
    """A way to get in touch with a structure, a place, a service, an access point or a tour."""

    __tablename__ = "contact"
    REGISTER: ClassVar = CONTACTS
    __table_args__ = (UniqueConstraint("owner_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("identity.id", ondelete="CASCADE"))
    position: Mapped[int]
    type: Mapped[ContactType] = mapped_column(words(ContactType))
    value: Mapped[str] = mapped_column(String(2000), index=True)
    label: Mapped[str] = mapped_column(String(250), default="")
    person: Mapped[str] = mapped_column(String(250), default="", index=True)
    """The only personal datum of the directory; `maillage erase` removes it."""
    audience: Mapped[ContactAudience] = mapped_column(words(ContactAudience), default=ContactAudience.PUBLIC)

    owner: Mapped[Identity] = relationship(Identity, lazy="raise")


class Translation(Base):
    """A field of a sheet in another language, and whether a person wrote it."""

    __tablename__ = "translation"
    REGISTER: ClassVar = PLACES_AND_THINGS
    __table_args__ = (Index("ix_translation_language_owner_id", "language", "owner_id"),)

    owner_id: Mapped[int] = mapped_column(ForeignKey("identity.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    field: Mapped[str] = mapped_column(String(40), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    status: Mapped[TranslationStatus] = mapped_column(words(TranslationStatus))
