"""The interface's sentences in Vietnamese and English, read from the .po files beside the code: nothing to compile."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path

from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

_FILLED = re.compile(r"%\((\w+)\)[sd]")
_NUMBERS = re.compile(r"\d+(?:, \d+)*")

FOLDER = Path(__file__).resolve().parent / "translations"


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


def sentence(language: str, text: str, values: Mapping[str, object]) -> str:
    """The sentence of `text` (a Vietnamese text of a template, or a code) in `language`, to be filled with `values`:
    where the catalogue has a form for one and another for more, the one that the first number of them asks for."""
    forms = _forms(language).get(text) if values else None
    if forms is not None:
        return forms[_plural_of(forms[-1], values)]
    said: str = translations(language).ugettext(text)
    return said


def counts(language: str, text: str) -> bool:
    """Whether the sentence of `text` in `language` has a form for one and another for more."""
    return text in _forms(language)


@lru_cache(maxsize=5_000)
def written_day(value: date, language: str) -> str:
    """A day as people write it in `language`: 21/3/2027, or 21 March 2027."""
    return format_date(value, sentence(language, "time.day_pattern", {}), locale=language)


@cache
def _forms(language: str) -> dict[str, tuple[str, str]]:
    """The sentences of a language that have a form for one and another for more."""
    catalogue = translations(language)._catalog
    texts = (key[0] for key in catalogue if isinstance(key, tuple) and key[1] == 1)
    return {text: (catalogue[text, 0], catalogue[text, 1]) for text in texts}


def _plural_of(said: str, values: Mapping[str, object]) -> int:
    """0 when the first number that is filled in is one, or the first list of numbers (`1, 2`) has one; otherwise 1."""
    for name in _FILLED.findall(said):
        value = values.get(name)
        if isinstance(value, int):
            return int(value != 1)
        if name == "numbers" and isinstance(value, str) and _NUMBERS.fullmatch(value):
            return int("," in value)
    return 1
