"""The columns of a table of answers, by the names that people give them.

A name is a sentence of the catalogue, with the others it may bear behind it, parted by `|`; both languages are read.
"""

from functools import cache

from consult.catalogues import sentence
from consult.files.spreadsheets.tables import Column
from consult.responses.answer_tables.words import ANSWER, CODE, CONTRIBUTOR, OPINION, RESULT, TOPIC

LANGUAGES = ("vi", "en")
KEYS = (CODE, TOPIC, CONTRIBUTOR, OPINION, RESULT, ANSWER)


@cache
def columns() -> tuple[Column, ...]:
    """What is looked for in a file, with every name that each may bear."""
    return tuple(Column(key, tuple(name for language in LANGUAGES for name in _names(key, language))) for key in KEYS)


def title(key: str) -> str:
    """What a column is called in the table that leaves, which is an official paper and speaks Vietnamese."""
    return _names(key, "vi")[0]


def _names(key: str, language: str) -> list[str]:
    return sentence(language, f"exports.answer_table.column.{key}", {}).split("|")
