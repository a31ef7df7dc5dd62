"""What of a matter itself waits for a person: its first draft, a further draft, texts to be checked, and its end.

Each is told to who may do the next step, with what is still to be done and since when.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.document_models import ProvisionMatch, Revision
from consult.consultations.files.page_reading import why_not
from consult.consultations.models import Consultation
from consult.policy import Action
from consult.stages import Stage, stage_of
from consult.submissions.comments import visible
from consult.submissions.comments.outcome import Outcome, Visibility
from consult.submissions.comments.standing import outcome_is, visibility_is
from consult.submissions.disclosure import told_with_answers
from consult.submissions.models import Comment
from consult.work.waits import Waiting, counted, ids, lines
from consult.work.words import DraftStep, Queue

Allowed = Mapping[Action, list[Consultation]]

NOT_READY = frozenset({DraftStep.PAGES_FAILED, DraftStep.PAGES_WAITING, DraftStep.PERIODS})
"""With one of these to be done nobody can publish a matter yet."""


def drafts(session: Session, may: Allowed, now: datetime) -> list[Waiting]:
    """The matters in preparation and the further drafts that nobody has made public: what is not ready is in the hands
    of who prepares it, what is ready in those of who may publish it. Two statements at most."""
    prepares, publishes, revises = (
        may[one] for one in (Action.EDIT_MATTER, Action.PUBLISH_MATTER, Action.REVISE_MATTER)
    )
    first = list({one.id: one for one in (*prepares, *publishes)}.values())
    waiting = _unpublished(session, [*first, *revises])
    steps = _steps_of(first, waiting, now)
    return [
        *(_matter(Queue.TO_PREPARE, one, steps) for one in prepares if NOT_READY & {*steps[one.id]}),
        *(_matter(Queue.MATTER_TO_PUBLISH, one, steps) for one in publishes if not NOT_READY & {*steps[one.id]}),
        *_further(session, revises, waiting, {one.id for one in may[Action.PUBLISH_REVISION]}),
    ]


def to_check(session: Session, matters: Sequence[Consultation]) -> list[Waiting]:
    """The comments of which nobody has decided yet whether their text becomes public; where texts are shown with their
    answers nobody is to decide that before."""
    checked = [one for one in matters if not told_with_answers(one.disclosure)]
    unseen = visibility_is(Visibility.IN_CHECK), ~outcome_is(*visible.NEVER_CHECKED)
    return lines(Queue.TO_CHECK, checked, counted(session, _comments(checked, *unseen), checked))


def to_conclude(session: Session, matters: Sequence[Consultation], now: datetime) -> list[Waiting]:
    """The matters whose period is over, and in which no comment waits for an answer any more: what else is in the way
    of their end is told where it is concluded."""
    over = [one for one in matters if stage_of(one, now) is Stage.RESPONDING]
    awaiting = counted(session, _comments(over, outcome_is(Outcome.AWAITING)), over)
    return [Waiting(Queue.TO_CONCLUDE, one, 1, since=one.closes_at) for one in over if not awaiting.get(one.id)]


def _comments(matters: Iterable[Consultation], *which: Any) -> Any:
    return (
        select(Comment.consultation_id, func.count())
        .where(Comment.consultation_id.in_(ids(matters)), *which)
        .group_by(Comment.consultation_id)
    )


def _unpublished(session: Session, matters: Sequence[Consultation]) -> dict[UUID, list[Revision]]:
    """The revisions of these matters that are not public, by matter."""
    found: dict[UUID, list[Revision]] = {}
    if not matters:
        return found
    rows = select(Revision).where(Revision.consultation_id.in_(ids(matters)), Revision.published_at.is_(None))
    for one in session.scalars(rows.order_by(Revision.created_at, Revision.id)):
        found.setdefault(one.consultation_id, []).append(one)
    return found


def _further(
    session: Session,
    matters: Sequence[Consultation],
    waiting: Mapping[UUID, Sequence[Revision]],
    publishes: Collection[UUID],
) -> Iterator[Waiting]:
    """A line for each published matter of which a further draft waits, for who `publishes` it, and for who prepares it
    as long as there is something to be done."""
    asked = [revision for one in matters for revision in waiting.get(one.id, ())]
    compared = _compared(session, asked)
    for one in matters:
        if rows := waiting.get(one.id):
            steps = _in_order([step for row in rows for step in _of_revision(row, compared)])
            if steps or one.id in publishes:
                yield Waiting(Queue.REVISION_TO_PUBLISH, one, len(rows), since=rows[0].created_at, steps=steps)


def _compared(session: Session, revisions: Sequence[Revision]) -> set[UUID]:
    """Those of which it was found out what became of each provision."""
    if not revisions:
        return set()
    rows = select(ProvisionMatch.new_revision_id).where(
        ProvisionMatch.consultation_id.in_({one.consultation_id for one in revisions}),
        ProvisionMatch.new_revision_id.in_([one.id for one in revisions]),
    )
    return set(session.scalars(rows.distinct()))


def _steps_of(
    matters: Sequence[Consultation], waiting: Mapping[UUID, Sequence[Revision]], now: datetime
) -> dict[UUID, tuple[DraftStep, ...]]:
    """What is still to be done of each matter in preparation, as far as its own rows tell."""
    found = {}
    for one in matters:
        steps = [step for row in waiting.get(one.id, ()) for step in _of_revision(row, None)]
        late = one.opens_at is None or clock.local_day(one.opens_at) < clock.local_day(now)
        found[one.id] = _in_order([*steps, *([DraftStep.PERIODS] if late else [])])
    return found


def _of_revision(revision: Revision, compared: set[UUID] | None) -> list[DraftStep]:
    """What is to be done of one; `compared` is None for a first draft, which there is nothing to compare with."""
    found = [DraftStep(code)] if (code := why_not(revision)) else []
    if revision.warnings:
        found.append(DraftStep.DOUBTS)
    if compared is not None and revision.grammar != "pages" and revision.id not in compared:
        found.append(DraftStep.COMPARISON)
    return found


def _in_order(steps: Iterable[DraftStep]) -> tuple[DraftStep, ...]:
    found = {*steps}
    return tuple(one for one in DraftStep if one in found)


def _matter(queue: Queue, matter: Consultation, steps: Mapping[UUID, tuple[DraftStep, ...]]) -> Waiting:
    return Waiting(queue, matter, 1, since=matter.created_at, steps=steps[matter.id])
