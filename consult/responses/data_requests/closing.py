"""Closing what a sender has erased: nothing of it waits for an answer any more, and nothing of it is public.

What waits is withdrawn, as its sender could have done while the period lasted; what was answered already is withheld by
two people. Both have their entries in the log. The same is done again after a restore (`erasing_again`); until the log
takes entries there, an act without one withholds it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.submissions.closed_again.withholding import withhold
from consult.submissions.comments import comment_state, joiner_counts
from consult.submissions.comments.act_recording import add_act, tell
from consult.submissions.comments.comment_state import CommentState
from consult.submissions.comments.outcome import AHEAD_OF_LOG, Outcome, Visibility, is_ahead_of_log
from consult.submissions.receiving.kept_back import Decision
from consult.submissions.sender import amendment
from consult.submissions.words import CommentActKind, WithheldReason


@dataclass(frozen=True)
class TwoPeople:
    """By whom something is erased: the ids of who proposed it and of who confirmed it."""

    proposed: UUID
    confirmed: UUID


def is_open(one: CommentState) -> bool:
    """Whether a comment is not closed as what is erased is."""
    return one.outcome is not Outcome.WITHDRAWN and one.visibility is not Visibility.WITHHELD


def waits(one: CommentState) -> bool:
    """Whether it waits for an answer, whoever may read it."""
    return one.outcome is Outcome.AWAITING and not one.author_left


def is_ahead(one: CommentState) -> bool:
    """Whether something withholds it that the log does not say yet."""
    return any(map(is_ahead_of_log, one.acts))


def close(
    session: Session, consultation: Consultation, found: Sequence[CommentState], by: TwoPeople, now: datetime
) -> None:
    """Closes these comments, inside `writing`, each once: as who proposed the erasure and who confirmed it do. What
    others have joined has words no more, and is withheld. Raises NotSigning where the log takes nothing."""
    decided = Decision(by.proposed, by.confirmed, WithheldReason.SENDER_ASKED.value)
    joined = joiner_counts.counts(session, consultation.id, [one.comment.id for one in found])
    waiting = [one for one in found if waits(one) and one.comment.id not in joined]
    amendment.take_back(session, consultation, waiting, now)
    session.flush()
    # Parts have higher numbers: what they withhold of a whole needs no second entry.
    for number in sorted((one.comment.number for one in found if one not in waiting), reverse=True):
        one = comment_state.read(session, consultation.id, [number])[0]
        if is_open(one):
            withhold(session, consultation, one, decided, now)


def withhold_ahead(
    session: Session, consultation: Consultation, found: Sequence[CommentState], by: TwoPeople | None, now: datetime
) -> None:
    """Withholds these comments, inside `writing`, before the log says so: for everybody who asks who may read them it
    is as if they were closed. `by` is None where nobody knows who erased them."""
    kind, reason = CommentActKind.WITHHELD, WithheldReason.SENDER_ASKED.value
    for one in found:
        act = add_act(session, one, kind, None, now, reason, {AHEAD_OF_LOG: True})
        if by is not None:
            act.by_id, act.confirmed_by_id = by.proposed, by.confirmed
    tell(session, consultation, [one.comment.number for one in found], "erased", now)


def take_out_ahead(session: Session, found: Sequence[CommentState]) -> None:
    """What was withheld ahead of the log is no longer, inside the `writing` that closes it."""
    for act in [act for one in found for act in one.acts if is_ahead_of_log(act)]:
        session.delete(act)
    session.flush()
    session.expire_all()
