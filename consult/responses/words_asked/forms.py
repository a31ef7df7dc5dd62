"""The forms of asking other bodies as plain values."""

from flask import request
from werkzeug.datastructures import MultiDict

from consult.errors import Invalid
from consult.files.signed_files import KeptFile, keep_file
from consult.responses.coordination.service import MOST_BODIES, Question
from consult.text import day_of, one_line
from consult.web import context

Form = MultiDict[str, str]
ROOM = 4
"""Fields for names that an empty form has."""


def bodies(typed: Form) -> list[str]:
    """The names of those who are asked, each once."""
    named = [one_line(one) for one in typed.getlist("body")[: MOST_BODIES + 1]]
    return list(dict.fromkeys(filter(None, named)))


def question(typed: Form) -> Question:
    """What is asked, as typed."""
    return Question(typed.get("question", ""), day_of(typed.get("due_on", "")), typed.get("letter_number", ""))


def file() -> KeptFile | None:
    """The file that was chosen beside a reply, kept; none where none was. Raises Invalid({"file": code})."""
    chosen = request.files.get("file")
    if chosen is None or not chosen.filename:
        return None
    try:
        return keep_file(context.files(), chosen.read(), chosen.filename)
    except Invalid as invalid:
        raise Invalid({"file": invalid.errors["file"]}) from invalid
