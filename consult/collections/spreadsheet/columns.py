"""The columns of the spreadsheet, by the names that people give them, and the words that may stand in them.

A name is a sentence of the catalogue, with the others it may bear behind it, parted by `|`; both languages are read.
"""

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
    return _coded(text, {one.value: (f"citizen_stance.{one}", f"stance.{one}") for one in Stance})


def how(text: str) -> str | None:
    """The code of a way of gathering."""
    return _coded(text, {one.value: (f"gathered.{one}", f"collected_sheet.how.{one}") for one in HOW})


def yes(text: str) -> bool | None:
    """Whether a box is ticked, with whatever sign; None for what is neither."""
    found = _coded(text, {word: (f"collected_sheet.{word}",) for word in (_YES, _NO)})
    return None if found is None else found == _YES


def _codes(key: str) -> list[str]:
    listed = {
        "stance": [f"citizen_stance.{one}" for one in Stance],
        "how": [f"gathered.{one}" for one in HOW],
        "differing": [f"collected_sheet.{_YES}"],
    }
    return listed.get(key, [])


def _coded(text: str, codes: dict[str, tuple[str, ...]]) -> str | None:
    said = _bare(text)
    for code, sentences in codes.items():
        words = (sentence(language, one, {}).split("|") for one in sentences for language in LANGUAGES)
        if said == code or said in {_bare(word) for several in words for word in several}:
            return code
    return None


def _names(key: str) -> list[str]:
    return [
        name for language in LANGUAGES for name in sentence(language, f"collected_sheet.column.{key}", {}).split("|")
    ]


def _bare(text: str) -> str:
    return searched(one_line(text))
