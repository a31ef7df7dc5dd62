"""The forms of a table of answers as plain values."""

from werkzeug.datastructures import MultiDict

from consult.responses.answer_tables.service import MOST_SAVED
from consult.responses.answers.warnings.words import AnswerWarning
from consult.responses.words import Disposition

Form = MultiDict[str, str]
_RESULT = "result-"


def seen(typed: Form) -> dict[str, str]:
    """The rows that were ticked, and those for which a result was chosen, each with its version as it was shown
    ("key:version")."""
    parts = (one.rpartition(":") for one in typed.getlist("row")[: MOST_SAVED + 1])
    asked = (one.rpartition(":") for one in typed.getlist("asked")[:MOST_SAVED])
    given = chosen(typed)
    return {key: version for key, colon, version in parts if colon} | {
        key: version for key, colon, version in asked if colon and key in given
    }


def chosen(typed: Form) -> dict[str, Disposition]:
    """The results that somebody chose for rows whose own were not understood."""
    given = {name.removeprefix(_RESULT): typed[name] for name in typed if name.startswith(_RESULT)}
    return {key: Disposition(code) for key, code in given.items() if code in set(Disposition)}


def ticked(typed: Form) -> list[str]:
    """The codes of the warnings of the page, when the one box below them was ticked."""
    return [code for code in typed.get("ticked", "").split() if code in set(AnswerWarning)]


def page(asked: Form) -> int:
    """Which page an address means."""
    said = asked.get("page", "")
    return max(1, int(said)) if said.isascii() and said.isdigit() and len(said) < 6 else 1
