"""What can go wrong and be said to a person: four kinds, each with a sentence and a status."""

from typing import ClassVar

from portal.core.languages import Label


class MaillageError(Exception):
    """Say what is wrong and what to do; a door turns it into a page or an exit code.

    What a visitor may meet is a `Label`; the rest speaks French to whoever keeps the portal.
    """

    status: ClassVar[int] = 500
    exit_code: ClassVar[int] = 1

    def __init__(self, sentence: str | Label) -> None:
        super().__init__(str(sentence))
        self.sentence = str(sentence)
        self._words = sentence

    def said(self, language: str) -> str:
        """Give the sentence in the language of a page; in French when it has no other."""
        return self._words if isinstance(self._words, str) else self._words.said(language)


class NotFound(MaillageError):  # noqa: N818 - named after what the visitor meets, as the style guide does
    """Say that what was asked for does not exist."""

    status = 404
    exit_code = 2


class Refused(MaillageError):  # noqa: N818 - as above
    """Say that a rule or a guard forbids it."""

    status = 403
    exit_code = 4


class Conflict(MaillageError):  # noqa: N818 - as above
    """Say that it does not fit with what is already there."""

    status = 409
    exit_code = 4


class Invalid(MaillageError):  # noqa: N818 - as above
    """Say that what was given cannot be used as it stands."""

    status = 422
    exit_code = 2


class Unreadable(Invalid):
    """Say that a file cannot be read at all."""

    exit_code = 5


class Busy(Conflict):
    """Say that someone else was writing for too long; nothing was changed."""

    status = 503

    def __init__(self) -> None:
        super().__init__(
            "Le portail enregistre autre chose en ce moment : rien n’a été modifié. Réessayez dans un instant."
        )
