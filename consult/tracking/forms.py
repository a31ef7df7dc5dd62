"""What a sender changes of a comment, as plain values."""

from collections.abc import Mapping

from werkzeug.datastructures import MultiDict

from consult.errors import Invalid, NotFound
from consult.size_limits import COMMENTS
from consult.submissions.inputs import CommentInput
from consult.submissions.words import Stance
from consult.text import stored

TEXTS = ("text", "proposed", "reason")


def number(form: Mapping[str, str]) -> int:
    """The number of the comment; raises NotFound for what is none."""
    return _number(form.get("number", ""))


def numbers(form: MultiDict[str, str]) -> list[int]:
    """The numbers of the comments that were ticked, perhaps none; raises NotFound for what is none."""
    return [_number(typed) for typed in form.getlist("number")[:COMMENTS]]


def _number(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit() and len(typed) < 9):
        raise NotFound
    return int(typed)


def as_typed(form: Mapping[str, str]) -> dict[str, str]:
    """The fields of a change, to be given back."""
    return {name: stored(value) for name, value in form.items() if name in ("number", *TEXTS, "stance")}


def change(form: Mapping[str, str]) -> CommentInput:
    """What a comment shall say; raises Invalid."""
    stance = form.get("stance", "")
    if stance and stance not in set(Stance):
        raise Invalid({"stance": "not_a_choice"})
    text, proposed, reason = (form.get(name, "") for name in TEXTS)
    return CommentInput(text, None, Stance(stance) if stance else None, proposed, reason)
