"""Training: courses, and how many people of which body came. No name is there, and of a body that sent fewer than are
told anywhere (`attendance.FEWEST`) the people count without their body."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, select

from consult.people.models import Organisation
from consult.programme.facts import day
from consult.programme.reporting.numbers import Number, Row, Scope, Section
from consult.programme.training.attendance import FEWEST
from consult.programme.training.models import Course, Participant


def numbers(scope: Scope) -> Sequence[Number]:
    """The public courses that begin within the span, those of it with public results, and who came to these."""
    within = Course.starts_on.between(scope.span.since, scope.span.until)
    held = [within, Course.results_at.is_not(None)]
    return [_courses(scope, "courses", [within]), _courses(scope, "courses_held", held), _came(scope, held)]


SECTION = Section("training", numbers)


def _courses(scope: Scope, code: str, only: Sequence[ColumnElement[bool]]) -> Number:
    listed = (
        select(Course.number, Course.title, Course.place, Course.starts_on, Course.ends_on)
        .where(Course.consultation_id == scope.own, Course.released_at.is_not(None), *only)
        .order_by(Course.starts_on, Course.number)
    )

    def told(row: Any) -> Row:
        return Row(row.title, row.place, day(row.starts_on), day(row.ends_on), path=_path(scope, row))

    return Number(code, listed, told)


def _came(scope: Scope, held: Sequence[ColumnElement[bool]]) -> Number:
    """Each of them in a line of its own that tells the course and the body."""
    together = func.count().over(partition_by=(Participant.course_id, Participant.body_id)).label("together")
    listed = (
        select(Course.number, Course.title, Course.starts_on, Course.ends_on, Organisation.name, together)
        .join(Course.participants)
        .join(Participant.body)
        .where(Course.consultation_id == scope.own, Course.released_at.is_not(None), *held)
        .where(Participant.code.is_not(None))
        .order_by(Course.starts_on, Course.number, together < FEWEST, Organisation.folded_name, Participant.body_id)
    )

    def told(row: Any) -> Row:
        body = row.name if row.together >= FEWEST else ""
        return Row(row.title, body, day(row.starts_on), day(row.ends_on), path=_path(scope, row))

    return Number("people_trained", listed, told)


def _path(scope: Scope, row: Any) -> str:
    return f"/chuong-trinh/{scope.programme.matter.slug}/tap-huan/{row.number}/"
