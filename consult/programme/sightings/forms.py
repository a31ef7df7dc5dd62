"""The forms of cases at the desk, as plain values."""

from typing import Any

from consult.errors import Invalid
from consult.programme.forms import Form, days, key
from consult.programme.sightings.new_case import NewCase
from consult.submissions.points import point_of
from consult.text import blank, one_line

MOST_NUMBERS = 500


def case(form: Form) -> NewCase:
    """A case as typed. Raises Invalid for what is no day and no point."""
    typed = form.get("point", "")
    point = None if blank(typed) else point_of(typed)
    if point is None and not blank(typed):
        raise Invalid({"point": "not_a_point"})
    texts = {name: form.get(name, "") for name in ("kind", "text", "place")}
    whole: dict[str, Any] = {**texts, **days(form, "due_on", "seen_on")}
    return NewCase(**whole, by_id=key(form, "by"), area_id=key(form, "commune"), point=point)


def numbers(form: Form) -> list[int]:
    """The numbers of sightings that were ticked or typed with commas between. Raises Invalid for what is no number."""
    said = [one_line(part) for value in form.getlist("numbers") for part in value.split(",")]
    wanted = [one for one in said if one]
    if len(wanted) > MOST_NUMBERS or not all(one.isascii() and one.isdigit() and len(one) < 9 for one in wanted):
        raise Invalid({"numbers": "not_numbers"})
    return sorted({int(one) for one in wanted})
