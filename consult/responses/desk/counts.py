"""How much waits at each place of the desk: for its navigation, and for the pages where it is dealt with."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.responses.answers import answer_state, wording_states
from consult.responses.answers.answer_state import Answer
from consult.responses.data_requests.standing import how_many_wait
from consult.responses.statistics.cached_counts import kept_counts
from consult.responses.words import AnswerState
from consult.submissions.models import CommentAct
from consult.submissions.sender import calls


@dataclass(frozen=True)
class DeskCounts:
    """Comments received, that await an answer, or are in check; acts that wait for a second person; answers to approve
    and to publish; people to telephone; requests about personal data."""

    received: int
    awaiting: int
    in_check: int
    proposed: int
    to_approve: int
    to_publish: int
    calls: int
    data_requests: int


def counts(session: Session, consultation: Consultation) -> DeskCounts:
    """What waits, in six statements at most: the sums are counted once for each version of the matter."""
    outcome, visibility = kept_counts.sums(session, consultation)
    states = wording_states.of_matters([consultation.id], wording_states.waits()).subquery()
    grouped = session.execute(select(states.c.state, func.count()).group_by(states.c.state))
    by_state = {state: number for state, number in grouped}
    proposed = session.scalar(
        select(func.count()).where(
            CommentAct.consultation_id == consultation.id,
            CommentAct.effective_at.is_(None),
            CommentAct.refused_at.is_(None),
        )
    )
    return DeskCounts(
        received=outcome["received"],
        awaiting=outcome["awaiting"],
        in_check=visibility["in_check"] - visibility["ended"]["in_check"],
        proposed=proposed or 0,
        to_approve=by_state.get(AnswerState.DRAFTED.value, 0),
        to_publish=by_state.get(AnswerState.APPROVED.value, 0),
        calls=calls.count(session, consultation.id),
        data_requests=how_many_wait(session, consultation.id),
    )


def in_state(session: Session, consultation: Consultation, state: AnswerState) -> list[Answer]:
    """The answers that stand in this state, by number, in six statements."""
    states = wording_states.of_matters([consultation.id], wording_states.stands_as(state)).subquery()
    wanted: list[UUID] = list(session.scalars(select(states.c.response_id)))
    return answer_state.read(session, consultation.id, wanted) if wanted else []
