"""The sentences of the interface in the language of a page, found without asking the library where they lie.

It looks up a context and spells out a locale for every sentence, and a page of results has some hundred: that was a
third of the time its template took.
"""

from collections.abc import Callable
from functools import cache

from babel.support import NullTranslations, Translations
from flask import Flask
from flask_babel import Domain, get_babel

from portal.web.shipped import shipped_folder


def speak_at_once(app: Flask, language: Callable[[], str]) -> None:
    """Let templates and views find their sentences by the language alone; Babel must be there already."""

    def spoken() -> NullTranslations:
        return catalogue(language())

    domain = Domain()
    domain.get_translations = spoken
    get_babel(app).instance.domain_instance = domain
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # added by the extension of templates
        gettext=lambda words: spoken().ugettext(words),
        ngettext=lambda one, many, number: spoken().ungettext(one, many, number),
        newstyle=True,
    )


@cache
def catalogue(language: str) -> NullTranslations:
    """Read what was translated to a language."""
    return Translations.load(str(shipped_folder("translations")), [language])
