"""The form for a later day of the answers."""

from datetime import date

from werkzeug.datastructures import MultiDict

from consult.consultations.preparation.publication import REASON_LIMIT
from consult.errors import Invalid
from consult.text import blank, day_of, stored


def extension(typed: MultiDict[str, str]) -> tuple[date, str]:
    """The new last day and the public reason. Raises Invalid."""
    day, reason = day_of(typed.get("last_day", "").strip()), stored(typed.get("reason", ""))
    errors = {}
    if day is None:
        errors["last_day"] = "not_a_day" if typed.get("last_day", "").strip() else "required"
    if blank(reason):
        errors["reason"] = "required"
    elif len(reason) > REASON_LIMIT:
        errors["reason"] = "too_long"
    if day is None or errors:
        raise Invalid(errors)
    return day, reason
