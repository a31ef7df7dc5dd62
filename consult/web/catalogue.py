"""The interface's sentences in Vietnamese and English, read from the .po files beside the code: nothing to compile.

Templates hold Vietnamese source text; codes (`stage.open`, `reason.too_late`) have their sentence in both catalogues.
"""

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from flask import Flask
from flask_babel import Babel, Domain, get_locale

from consult.web import context

FOLDER = Path(__file__).resolve().parent.parent / "translations"


class Catalogue(Domain):
    """All catalogues of a language as one."""

    def get_translations(self) -> Translations:
        locale = get_locale()
        return translations(locale.language if locale else "vi")


@cache
def translations(language: str) -> Translations:
    """Every sentence of `language`, from `translations/<language>/*.po`."""
    merged = Translations()
    for path in sorted((FOLDER / language).glob("*.po")):
        with path.open("rb") as file:
            compiled = BytesIO()
            write_mo(compiled, read_po(file, locale=language, abort_invalid=True))
        compiled.seek(0)
        merged.merge(Translations(compiled))
    return merged


def say(code: str, **values: object) -> str:
    """The sentence of `code` in the request's language, its `%(name)s` filled in."""
    said = _spoken().ugettext(code)
    return said % values if values else said


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
