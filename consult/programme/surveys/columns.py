"""The columns of spreadsheets about surveys, by the names that people give them in either language.

A name is a sentence of the catalogue, with the others it may bear behind it, parted by `|`.
"""

from collections.abc import Collection, Sequence

from consult.catalogues import sentence
from consult.files.spreadsheets.tables import Column

LANGUAGES = ("vi", "en")


def columns(keys: Sequence[str], needed: Collection[str]) -> list[Column]:
    """What is looked for in a file, with every name that each may bear."""
    return [Column(key, tuple(name for each in LANGUAGES for name in _names(key, each)), key in needed) for key in keys]


def title(key: str, language: str = "vi") -> str:
    """What a column is called."""
    return _names(key, language)[0]


def _names(key: str, language: str) -> list[str]:
    return sentence(language, f"survey_column.{key}", {}).split("|")
