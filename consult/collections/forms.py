"""What the form of a collection sent, as plain values."""

from typing import Any
from uuid import UUID

from consult.collections.service import NewCollection
from consult.errors import Invalid
from consult.text import blank, day_of


def collection(form: Any, consultation_id: UUID | None = None) -> NewCollection:
    """A collection as typed. Raises Invalid for a day that is none."""
    return NewCollection(
        form.get("title", ""), form.get("asked", ""), consultation_id, last_day(form), form.get("spoken") == "1"
    )


def last_day(form: Any) -> Any:
    """The last day as typed, None for no end. Raises Invalid({"closes_on": "not_a_date"})."""
    typed = form.get("closes_on", "")
    day = day_of(typed)
    if day is None and not blank(typed):
        raise Invalid({"closes_on": "not_a_date"})
    return day
