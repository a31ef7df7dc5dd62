"""The columns of the spreadsheet, by the names that people give them, and the words that may stand in them.

A name is a sentence of the catalogue, with the others it may bear behind it, parted by `|`; both languages are read.
"""

from collections.abc import Mapping, Sequence
from functools import cache

from consult.catalogues import sentence
from consult.collections.words import Gathered
from consult.files.spreadsheets.tables import Column
from consult.submissions.words import Stance
from consult.text import one_line, searched

LANGUAGES = ("vi", "en")
KEYS = (
    "anchor", "wording", "text", "stance", "proposed", "reason", "sharing", "differing", "how", "place", "held_on",
    "people", "person_name", "contact", "row_key",
)  # fmt: skip
NEEDED = frozenset({"text"})
NOT_READ = "wording"
"""What stands in the draft is shown beside the clause, and is nobody's opinion."""
OF_THE_GATHERING = ("how", "place", "held_on", "people")
HOW = (Gathered.MEETING, Gathered.PAPER, Gathered.VISIT, Gathered.CALL)
_YES, _NO = "yes", "no"


def columns() -> list[Column]:
    """What is looked for in a file, with every name that each may bear."""
    return [Column(key, tuple(_names(key)), key in NEEDED) for key in KEYS if key != NOT_READ]


def title(key: str, language: str) -> str:
    """What a column is called."""
    return sentence(language, f"collected_sheet.column.{key}", {}).partition("|")[0]


def words_of(key: str, language: str) -> list[str]:
    """What can be chosen in a column, in words; nothing for one that is free."""
    return [sentence(language, code, {}) for code in _codes(key)]


def stance(text: str) -> str | None:
    """The code of a stance, as anybody writes it; None for any other words."""
    return _stances().get(_bare(text))


def how(text: str) -> str | None:
    """The code of a way of gathering."""
    return _ways().get(_bare(text))


def yes(text: str) -> bool | None:
    """Whether a box is ticked, with whatever sign; None for what is neither."""
    found = _boxes().get(_bare(text))
    return None if found is None else found == _YES


def _codes(key: str) -> list[str]:
    listed = {
        "stance": [f"citizen_stance.{one}" for one in Stance],
        "how": [f"gathered.{one}" for one in HOW],
        "differing": [f"collected_sheet.{_YES}"],
    }
    return listed.get(key, [])


# The catalogues are those of a release: what a word means is looked up once, and not for each cell of each row.
@cache
def _stances() -> Mapping[str, str]:
    return _meanings({one.value: (f"citizen_stance.{one}", f"stance.{one}") for one in Stance})


@cache
def _ways() -> Mapping[str, str]:
    return _meanings({one.value: (f"gathered.{one}", f"collected_sheet.how.{one}") for one in HOW})


@cache
def _boxes() -> Mapping[str, str]:
    return _meanings({word: (f"collected_sheet.{word}",) for word in (_YES, _NO)})


def _meanings(codes: Mapping[str, Sequence[str]]) -> Mapping[str, str]:
    """The code that each of its words stands for, and the code itself; where one stands for several, the first."""
    found: dict[str, str] = {}
    for code, sentences in codes.items():
        said = (sentence(language, one, {}).split("|") for one in sentences for language in LANGUAGES)
        for word in (code, *(_bare(word) for several in said for word in several)):
            found.setdefault(word, code)
    return found


def _names(key: str) -> list[str]:
    return [
        name for language in LANGUAGES for name in sentence(language, f"collected_sheet.column.{key}", {}).split("|")
    ]


def _bare(text: str) -> str:
    return searched(one_line(text))
