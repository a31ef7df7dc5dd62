"""The interface's sentences in Vietnamese and English, read from the .po files beside the code: nothing to compile."""

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

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
