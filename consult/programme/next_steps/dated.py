"""What has its day in a row of its own kind: the steps of a round by its terms, and whom invited bodies send."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from consult.programme.next_steps.steps import Step
from consult.programme.next_steps.to_do import AHEAD
from consult.programme.next_steps.whose import Whose
from consult.programme.next_steps.words import NextStep
from consult.programme.rounds import terms
from consult.programme.rounds.models import Round, RoundStep
from consult.programme.training.models import Course
from consult.programme.words import StepKind
from consult.relationships import along

MOST = 200
"""Rounds, and courses, that are looked at for one person."""


def of_rounds(session: Session, whose: Whose, today: date) -> Iterator[Step]:
    """The plan and the report of a round that a body leads, and the report of who is supervised, which knows of a round
    once a step of it is public: until nobody wrote one, and no longer than until the round reported. Two statements."""
    reported = select(RoundStep.id).where(
        along(Round.steps), RoundStep.kind == StepKind.REPORT, RoundStep.released_at.is_not(None)
    )
    mine = or_(Round.lead_id.in_(whose.bodies), Round.supervised_id.in_(whose.bodies))
    own = select(Round).where(mine, Round.starts_on <= today + AHEAD * 3, ~reported.exists())
    found = own.options(selectinload(Round.steps)).order_by(Round.starts_on.desc(), Round.id).limit(MOST)
    for one in session.scalars(found) if whose.bodies else ():
        written, public = {step.kind for step in one.steps}, any(step.released_at for step in one.steps)
        for kind, until in terms.due_days(one).items():
            body = one.supervised_id if kind is StepKind.OWN_REPORT else one.lead_id
            told = public or kind is not StepKind.OWN_REPORT
            if kind not in written and told and body in whose.bodies and until <= today + AHEAD:
                yield Step(_OF_ROUNDS[kind], one.consultation_id, one.number, one.subject, until)


def of_courses(session: Session, whose: Whose, today: date) -> Iterator[Step]:
    """Courses soon to begin, of bodies that are invited and have named nobody. Two statements."""
    soon = Course.released_at.is_not(None), Course.starts_on >= today, Course.starts_on <= today + AHEAD
    wanted = select(Course).where(*soon).options(selectinload(Course.participants))
    for one in session.scalars(wanted.order_by(Course.starts_on, Course.id).limit(MOST)) if whose.bodies else ():
        invited = {UUID(body) for body in one.invited} & whose.bodies
        if invited - {each.body_id for each in one.participants}:
            yield Step(NextStep.COURSE_TO_NAME, one.consultation_id, one.number, one.title, one.starts_on)


_OF_ROUNDS = {
    StepKind.PLAN: NextStep.ROUND_PLAN, StepKind.OWN_REPORT: NextStep.ROUND_OWN_REPORT,
    StepKind.REPORT: NextStep.ROUND_REPORT,
}  # fmt: skip
