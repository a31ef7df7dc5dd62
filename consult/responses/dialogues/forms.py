"""The forms of a dialogue, as plain values: when, where and over what it is held, and its minutes."""

import re
from datetime import datetime, timedelta

from werkzeug.datastructures import MultiDict

from consult import clock
from consult.errors import Invalid, NotFound
from consult.files.signed_files import KeptFile
from consult.responses.dialogues.service import Minutes, NewDialogue
from consult.text import blank, day_of, one_line

Form = MultiDict[str, str]
AGREED = {"yes": True, "no": False}
MOST_NUMBERS = 500
_TIME = re.compile(r"([01]?\d|2[0-3])[:hg.]([0-5]\d)")


def new_dialogue(typed: Form) -> NewDialogue:
    """What was typed of a dialogue to be called; day and time are of Asia/Ho_Chi_Minh. Raises Invalid for a day or time
    that is none, NotFound for a number that is none."""
    place, invited = typed.get("place", ""), typed.get("invited", "")
    try:
        at = starts_at(typed)
    except Invalid as wrong:
        empty = {name: "required" for name, said in (("place", place), ("invited", invited)) if blank(said)}
        raise Invalid({**wrong.errors, **empty}) from None
    return NewDialogue(at, place, invited, numbers(typed.getlist("comment")))


def starts_at(typed: Form) -> datetime | None:
    """The instant; None where no day was given. Raises Invalid."""
    said = one_line(typed.get("day", ""))
    day, time = day_of(said), _TIME.fullmatch(one_line(typed.get("time", "")))
    errors = {}
    if day is None:
        errors["day"] = "not_a_date" if said else "required"
    if time is None:
        errors["time"] = "not_a_time" if typed.get("time") else "required"
    if errors or day is None or time is None:
        raise Invalid(errors)
    return clock.start_of_day(day) + timedelta(hours=int(time[1]), minutes=int(time[2]))


def numbers(typed: list[str]) -> list[int]:
    """The numbers that were ticked. Raises NotFound for what is none."""
    if len(typed) > MOST_NUMBERS or not all(one.isascii() and one.isdigit() and len(one) < 8 for one in typed):
        raise NotFound
    return sorted({int(one) for one in typed})


def minutes(typed: Form, over: list[int], file: KeptFile | None) -> Minutes:
    """What was typed of the minutes of a dialogue over the comments `over`."""
    said = {
        number: (AGREED.get(typed.get(f"agreed-{number}", "")), typed.get(f"outcome-{number}", "")) for number in over
    }
    return Minutes(typed.get("attendees", ""), said, file)
