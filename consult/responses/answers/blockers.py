"""What keeps a matter from being concluded: everything said is public or decided upon, heard, and answered for good."""

from dataclasses import dataclass
from functools import cache
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.relationships import along
from consult.responses.answers import answer_state
from consult.responses.second_words.waiting import waiting
from consult.responses.words import AnswerState
from consult.submissions.comments import transcripts, visible
from consult.submissions.comments.act_rules import GONE
from consult.submissions.comments.outcome import Outcome, outcome_expression
from consult.submissions.disclosure import told_with_answers
from consult.submissions.models import Comment, CommentAct
from consult.submissions.receiving.models import Transcript

_NOT_TO_BE_HEARD = GONE | {Outcome.SPLIT}


@dataclass(frozen=True)
class Blockers:
    """The public numbers of the comments that keep a matter from being concluded, and why: they have no answer, their
    text is in check or quarantine, what was spoken is not written down, or not checked, an act waits for a second
    person, a corrected answer is not public yet, a body waits for the final answer to its second word."""

    awaiting: tuple[int, ...] = ()
    unseen: tuple[int, ...] = ()
    unheard: tuple[int, ...] = ()
    in_transcription: tuple[int, ...] = ()
    proposed: tuple[int, ...] = ()
    unpublished: tuple[int, ...] = ()
    unsatisfied: tuple[int, ...] = ()

    @property
    def reasons(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """Every reason (a code) that stands against it, with the comments."""
        all_reasons = (
            ("still_awaiting", self.awaiting),
            ("still_unseen", self.unseen),
            ("still_unheard", self.unheard),
            ("still_in_transcription", self.in_transcription),
            ("proposals_open", self.proposed),
            ("answers_unpublished", self.unpublished),
            ("second_words_wait", self.unsatisfied),
        )
        return tuple(one for one in all_reasons if one[1])

    @property
    def nothing(self) -> bool:
        """Whether it may be concluded."""
        return not self.reasons


def in_the_way(session: Session, consultation_id: UUID, final_answers: bool = True) -> Blockers:
    """What keeps a matter from being concluded, in a constant number of statements. A critique's rows count as all.
    `final_answers` tells whether it waits for those that are owed to second words, which is the province's rule."""
    outcome = outcome_expression()
    here = select(Comment.number).where(Comment.consultation_id == consultation_id).order_by(Comment.number)
    to_be_heard = here.where(outcome.not_in([ended.value for ended in _NOT_TO_BE_HEARD]))

    def numbers(found: Select[int], *which: ColumnElement[bool]) -> tuple[int, ...]:
        return tuple(session.scalars(found.where(*which)))

    never_heard = transcripts.heard_at_expression().is_(None)
    return Blockers(
        awaiting=numbers(here, outcome == Outcome.AWAITING.value),
        unseen=numbers(here, *_unseen(session, consultation_id, outcome)),
        unheard=numbers(to_be_heard, transcripts.spoken_expression(), never_heard),
        in_transcription=numbers(to_be_heard, _is_in_transcription()),
        proposed=numbers(here, _has_open_proposal()),
        unpublished=_unpublished(session, consultation_id),
        unsatisfied=tuple(one.number for one in waiting(session, consultation_id)) if final_answers else (),
    )


def _unseen(session: Session, consultation_id: UUID, outcome: ColumnElement[str]) -> list[ColumnElement[bool]]:
    """In check or in quarantine. What two people found to be no comment is not read as one; and where texts are shown
    with their answers, one that has none yet waits for that."""
    with_answers = told_with_answers(session.get_one(Consultation, consultation_id).disclosure)
    waits = visible.waits_for_check_expression()
    return [waits, outcome != Outcome.AWAITING.value] if with_answers else [waits]


@cache
def _is_in_transcription() -> ColumnElement[bool]:
    waits = (Transcript.checked_at.is_(None), Transcript.refused_at.is_(None))
    return select(Transcript.id).where(along(Transcript.comment), *waits).correlate(Comment).exists()


@cache
def _has_open_proposal() -> ColumnElement[bool]:
    waits = (CommentAct.effective_at.is_(None), CommentAct.refused_at.is_(None))
    return select(CommentAct.id).where(along(Comment.acts), *waits).correlate(Comment).exists()


def _unpublished(session: Session, consultation_id: UUID) -> tuple[int, ...]:
    """An answer never published whose comments all ended otherwise (withdrawn, say) is nobody's answer any more."""
    return tuple(
        sorted(
            number
            for answer in answer_state.read(session, consultation_id)
            if answer.publications and answer.state is not AnswerState.PUBLISHED
            for number in answer.numbers
        )
    )
