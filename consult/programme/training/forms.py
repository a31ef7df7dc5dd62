"""The forms of courses, as plain values."""

from typing import Any
from uuid import UUID

from consult.programme.forms import Form, days
from consult.programme.training.courses import NewCourse

TEXTS = ("title", "place", "seats", "about", "materials", "test", "most_points")


def course(form: Form) -> NewCourse:
    """A course as typed. Raises Invalid for what is no day."""
    whole: dict[str, Any] = {name: form.get(name, "") for name in TEXTS} | days(form, "starts_on", "ends_on")
    return NewCourse(**whole, invited=tuple(key for key in map(_key, form.getlist("invited")) if key is not None))


def numbers(form: Form, name: str) -> frozenset[int]:
    """The numbers of the boxes that were ticked."""
    return frozenset(
        int(value) for value in form.getlist(name) if value.isascii() and value.isdigit() and len(value) < 6
    )


def _key(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None
