"""The forms about what was passed on, as plain values."""

from collections.abc import Mapping
from datetime import date

from consult.errors import Invalid
from consult.responses.referrals.service import Passing, Reply
from consult.text import day_of, one_line


def passing(form: Mapping[str, str]) -> Passing:
    """To whom, by which letter, when, until when. Raises Invalid for what is no day."""
    sent_on, due_on = _day(form, "sent_on"), _day(form, "due_on")
    return Passing(form.get("body_name", ""), form.get("letter_number", ""), sent_on, due_on)


def reply(form: Mapping[str, str]) -> Reply:
    """What came back. Raises Invalid for what is no day."""
    return Reply(form.get("reply", ""), form.get("reply_letter", ""), _day(form, "replied_on"))


def _day(form: Mapping[str, str], name: str) -> date | None:
    typed = one_line(form.get(name, ""))
    found = day_of(typed)
    if typed and found is None:
        raise Invalid({name: "not_a_date"})
    return found
