"""A course in the names of its form."""

from collections.abc import Mapping
from typing import Any

from consult.programme.facts import day
from consult.programme.training.models import Course

NEW: Mapping[str, Any] = {"most_points": "10"}


def course(one: Course) -> Mapping[str, Any]:
    """What its form begins with."""
    return {
        "title": one.title, "place": one.place, "about": one.about, "seats": str(one.seats), "test": one.test,
        "starts_on": day(one.starts_on), "ends_on": day(one.ends_on), "most_points": str(one.most_points),
        "materials": ", ".join(map(str, one.materials)), "invited": list(one.invited),
    }  # fmt: skip
