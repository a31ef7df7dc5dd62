"""A case as it is typed, and what is wrong with it."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from consult import size_limits
from consult.errors import Invalid
from consult.people.models import Area, Organisation
from consult.submissions.points import Point
from consult.submissions.words import SightingKind
from consult.text import one_line, stored

LONGEST = timedelta(days=366)
"""No case is given a day that lies further ahead."""


@dataclass(frozen=True)
class NewCase:
    """A case as typed: of what kind, what is to be dealt with, where in words, in which commune, first seen on which
    local day, by whom until when, and its point for everybody."""

    kind: str
    text: str
    place: str
    by_id: UUID | None
    due_on: date | None
    seen_on: date | None
    area_id: UUID | None = None
    point: Point | None = None


def check(session: Session, new: NewCase, today: date) -> None:
    """Raises Invalid with all that is missing or wrong on the local day `today`."""
    text, place = stored(new.text), one_line(new.place)
    wrong = {
        "kind": "" if new.kind in set(SightingKind) else "required",
        "text": "required" if not text else "too_long" if len(text) > size_limits.TEXT else "",
        "place": "required" if not place else "too_long" if len(place) > size_limits.SHORT else "",
        "by": "required" if new.by_id is None or session.get(Organisation, new.by_id) is None else "",
        "due_on": _due_problem(new.due_on, today),
        "seen_on": "required" if new.seen_on is None else "in_the_future" if new.seen_on > today else "",
        "commune": "not_a_choice" if new.area_id is not None and session.get(Area, new.area_id) is None else "",
    }
    if errors := {name: code for name, code in wrong.items() if code}:
        raise Invalid(errors)


def _due_problem(due_on: date | None, today: date) -> str:
    if due_on is None:
        return "required"
    return "" if today < due_on <= today + LONGEST else "not_later"
