"""What pages say, in the language of the request.

Templates hold Vietnamese source text; codes (`stage.open`, `reason.too_late`) have their sentence in both catalogues.
"""

from babel.support import Translations
from flask import Flask, current_app
from flask_babel import Babel, Domain, get_locale

from consult import size_limits
from consult.catalogues import sentence, translations
from consult.web import context


class Catalogue(Domain):
    """All catalogues of a language as one."""

    def get_translations(self) -> Translations:
        """Those of the request's language; Vietnamese outside of any request."""
        locale = get_locale()
        return translations(locale.language if locale else "vi")


def say(code: str, **values: object) -> str:
    """The sentence of `code` in the request's language, its `%(name)s` filled in; a refusal names the limits of the
    site by itself."""
    said = sentence(context.language(), code, values)
    if not values and "%(" in said and code.startswith("error."):
        values = _limits()
    return said % values if values else said


def _limits() -> dict[str, object]:
    """What this site takes, as its refusals say it."""
    apart = "," if context.language() == "en" else "."
    limits = size_limits.told(current_app.config)
    return {name: f"{limit:,}".replace(",", apart) for name, limit in limits.items()}


def endonym(language: str) -> str:
    """What those who speak a language (a BCP 47 code) call it; the code itself when that is not known here."""
    code = f"endonym.{language}"
    said = _spoken().ugettext(code)
    return language if said == code else said


def _spoken() -> Translations:
    """The sentences of the request's language; asking Babel for it costs more than the sentence."""
    return translations(context.language())


def register(app: Flask) -> None:
    """Gives `app` its two languages."""
    babel = Babel(app, locale_selector=context.language, timezone_selector=lambda: "Asia/Ho_Chi_Minh")
    babel.domain_instance = Catalogue()
