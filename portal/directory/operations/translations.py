"""What a sheet says in another language; a machine never takes the place of a person."""

from sqlalchemy.orm import Session

from portal.core.changes import Act
from portal.directory.models.contacts import Translation
from portal.directory.models.identities import Identified
from portal.directory.operations.recording import owned_by, record_alteration
from portal.directory.operations.texts import paragraphs
from portal.directory.rules.choices import TranslationStatus
from portal.directory.rules.refusals import FieldNotTranslatable, HumanTranslationStands

TRANSLATABLE = frozenset(
    {"name", "title", "summary", "description", "cost_note", "documents", "eligibility", "note", "access_note"}
)


def set_translation(
    session: Session, *, owner: Identified, to: tuple[str, str], text: str, status: TranslationStatus, act: Act
) -> bool:
    """Say a field in a language (`to` names both, as in `("en", "title")`); an empty text takes it away."""
    language, field = to
    if field not in TRANSLATABLE or not hasattr(owner, field):
        raise FieldNotTranslatable(field)
    session.flush()
    row = session.get(Translation, (owner.id, language, field))
    if row is not None and row.status is TranslationStatus.HUMAN and status is TranslationStatus.MACHINE:
        raise HumanTranslationStands
    before, after = (None, None) if row is None else (row.text, row.status), (paragraphs(text), status)
    if before == after or (row is None and not after[0]):
        return False
    if row is None:
        session.add(Translation(language=language, field=field, text=after[0], status=status, **owned_by(owner)))
    elif after[0]:
        row.text, row.status = after
    else:
        session.delete(row)
    change = {f"{field}.{language}": (before if row else None, after if after[0] else None)}
    return record_alteration(session, owner, change, act, verb="translate")
