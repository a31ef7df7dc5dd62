"""What keeps a matter from being concluded: everything said is public or decided upon, heard, and answered for good."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import Session, aliased

from consult.consultations.models import Consultation
from consult.relationships import along
from consult.responses.models import ResponseTarget, ResponseVersion
from consult.responses.second_words.waiting import waiting
from consult.submissions.comments import comment_state, transcripts, visible
from consult.submissions.comments.act_rules import GONE
from consult.submissions.comments.outcome import Outcome, is_ahead_of_log
from consult.submissions.comments.standing import outcome_is
from consult.submissions.disclosure import told_with_answers
from consult.submissions.models import Comment, CommentAct
from consult.submissions.receiving.models import Attachment, Transcript
from consult.submissions.words import VOICE, CommentActKind, WithheldReason

_NOT_TO_BE_HEARD = GONE | {Outcome.SPLIT}


@dataclass(frozen=True)
class Blockers:
    """The public numbers of the comments that keep a matter from being concluded, and why: they have no answer, their
    text is in check or quarantine, what was spoken is not written down, or not checked, an act waits for a second
    person, a corrected answer is not public yet, a body waits for the final answer to its second word, or the log does
    not say yet that it is withheld, so that the sums of the end would not be those of the log."""

    awaiting: tuple[int, ...] = ()
    unseen: tuple[int, ...] = ()
    unheard: tuple[int, ...] = ()
    in_transcription: tuple[int, ...] = ()
    proposed: tuple[int, ...] = ()
    unpublished: tuple[int, ...] = ()
    unsatisfied: tuple[int, ...] = ()
    unlogged: tuple[int, ...] = ()

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
            ("log_lacks_withheld", self.unlogged),
        )
        return tuple(one for one in all_reasons if one[1])

    @property
    def nothing(self) -> bool:
        """Whether it may be concluded."""
        return not self.reasons


def in_the_way(session: Session, consultation_id: UUID, final_answers: bool = True) -> Blockers:
    """What keeps a matter from being concluded, in a constant number of statements. A critique's rows count as all.
    `final_answers` tells whether it waits for those that are owed to second words, which is the province's rule."""
    here = select(Comment.number).where(Comment.consultation_id == consultation_id).order_by(Comment.number)

    def numbers(*which: ColumnElement[bool]) -> tuple[int, ...]:
        return tuple(session.scalars(here.where(*which)))

    to_be_heard = ~outcome_is(*_NOT_TO_BE_HEARD)
    return Blockers(
        awaiting=numbers(outcome_is(Outcome.AWAITING)),
        unseen=numbers(*_unseen(session, consultation_id)),
        unheard=numbers(*_never_heard(consultation_id), to_be_heard),
        in_transcription=numbers(Comment.id.in_(_in_transcription(consultation_id)), to_be_heard),
        proposed=numbers(Comment.id.in_(_proposed(consultation_id))),
        unpublished=tuple(sorted(session.scalars(_unpublished(consultation_id)))),
        unsatisfied=tuple(one.number for one in waiting(session, consultation_id)) if final_answers else (),
        unlogged=_unlogged(session, consultation_id),
    )


def _unseen(session: Session, consultation_id: UUID) -> list[ColumnElement[bool]]:
    """In check or in quarantine. What two people found to be no comment is not read as one; and where texts are shown
    with their answers, one that has none yet waits for that."""
    with_answers = told_with_answers(session.get_one(Consultation, consultation_id).disclosure)
    waits = visible.waits_for_check_expression()
    return [waits, ~outcome_is(Outcome.AWAITING)] if with_answers else [waits]


def _never_heard(consultation_id: UUID) -> list[ColumnElement[bool]]:
    """What was spoken, which is little, and nobody has checked what was written down of it."""
    spoken = select(Attachment.comment_id).where(
        Attachment.consultation_id == consultation_id, Attachment.role == VOICE, Attachment.comment_id.is_not(None)
    )
    return [Comment.id.in_(spoken), transcripts.heard_at_expression().is_(None)]


def _in_transcription(consultation_id: UUID) -> Select[UUID]:
    waits = (Transcript.checked_at.is_(None), Transcript.refused_at.is_(None))
    return select(Transcript.comment_id).where(Transcript.consultation_id == consultation_id, *waits)


def _proposed(consultation_id: UUID) -> Select[UUID]:
    waits = (CommentAct.effective_at.is_(None), CommentAct.refused_at.is_(None))
    return select(CommentAct.comment_id).where(CommentAct.consultation_id == consultation_id, *waits)


def _unlogged(session: Session, consultation_id: UUID) -> tuple[int, ...]:
    as_erased = CommentAct.kind == CommentActKind.WITHHELD, CommentAct.reason == WithheldReason.SENDER_ASKED.value
    acts = select(CommentAct, Comment.number).join(CommentAct.comment)
    rows = session.execute(acts.where(CommentAct.consultation_id == consultation_id, *as_erased)).all()
    ahead = {row.number for row in rows if is_ahead_of_log(row.CommentAct)}
    found = comment_state.read(session, consultation_id, ahead) if ahead else []
    return tuple(one.comment.number for one in found if is_ahead_of_log(one.deciding_act))


def _unpublished(consultation_id: UUID) -> Select[int]:
    """The comments whose answer is public in an earlier wording than its present one. An answer never published whose
    comments all ended otherwise (withdrawn, say) is nobody's answer any more."""
    later, public = aliased(ResponseVersion), aliased(ResponseVersion)
    newest = ~exists().where(along(ResponseVersion.of_response.of_type(later)), later.version > ResponseVersion.version)
    earlier = exists().where(
        along(ResponseVersion.of_response.of_type(public)),
        public.version < ResponseVersion.version,
        along(public.publications),
    )
    return (
        select(Comment.number)
        .select_from(ResponseVersion)
        .join(ResponseVersion.targets)
        .join(ResponseTarget.comment)
        .where(ResponseVersion.consultation_id == consultation_id, ResponseVersion.version > 1)
        .where(newest, earlier, ~exists().where(along(ResponseVersion.publications)))
    )
