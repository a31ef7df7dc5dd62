"""One comment as the public reads it: what it is about, what it says, and every step of its way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.comparison import Piece
from consult.consultations.models import Consultation
from consult.errors import NotFound
from consult.ledger.models import LedgerEntry
from consult.people.models import Unit
from consult.postgresql import PLANNED_ONCE
from consult.reading.comments import quotes
from consult.reading.comments.critique_contents import CritiqueContents, critique_contents
from consult.reading.comments.progress import CommentWay
from consult.reading.comments.rows import PublicAnswerRow, PublicCommentRow, rows, told
from consult.relationships import along, under_name
from consult.responses.answers.progress import Progress, Step, steps
from consult.responses.models import Assignment
from consult.responses.second_words.told import SecondWord, second_words
from consult.responses.statistics.cached_clock import AnswerClock, kept_clock
from consult.responses.statistics.cached_counts import kept_counts
from consult.responses.statistics.letters import LetterLine
from consult.submissions.comments import visible
from consult.submissions.comments.outcome import READABLE
from consult.submissions.comments.places import Steps, ever_moved, steps_of
from consult.submissions.comments.public_view import PublicComment
from consult.submissions.letters import place_of
from consult.submissions.models import Comment, Critique, Submission
from consult.submissions.receiving import clause_wording
from consult.submissions.words import SubmissionKind

whole = under_name(Comment, "whole")
given = under_name(Assignment, "given")


@dataclass(frozen=True)
class OneComment:
    """A comment with its way; `end_reason` is the code of why it is invalid, `entry` its place in the ledger, the
    letter that of an organisation or group whose name is public, `letter` its page, `due` until when it should be
    answered, `quoted` what it is about and `redline` its proposed wording against that; `stood` at which places, if it
    was moved."""

    comment: PublicComment
    way: CommentWay
    steps: list[Step]
    due: date | None
    answer: PublicAnswerRow | None
    end_reason: str
    changed_at: datetime
    late_critique: bool
    letter_number: str
    letter_on: date | None
    letter_place: str
    split_from: int | None
    split_into: list[int]
    entry: int | None
    critique: CritiqueContents | None
    letter: LetterLine | None
    quoted: str
    redline: Sequence[Piece]
    stood: Steps = ()

    @property
    def readable(self) -> bool:
        """Whether its text is public."""
        return self.comment.visibility in READABLE

    @property
    def days_late(self) -> int:
        """By how many days the answer is, or was, late."""
        return max(step.days_late for step in self.steps)


def one_comment(session: Session, consultation: Consultation, number: int, now: datetime) -> OneComment:
    """The comment `number` of a matter as it stands at `now`, in at most six statements; raises NotFound when no
    comment has that number."""
    one = _found(session, consultation, number)
    comment, row = one.comment, one.row
    kept = kept_clock.of(session, consultation, clock.local_day(now))
    term = kept.term
    # The letter of a body, or of a group that gave a place instead of a number, whose name is public.
    named = comment.organisation or (comment.sender and row.Submission.letter_place)
    quoted = quotes.words_of(session, consultation.id, [number]).get(number, quotes.NOTHING)
    return OneComment(
        comment=comment,
        way=one.way,
        steps=_steps(consultation, kept, one, now),
        due=term.due(comment.kind, comment.received_at, number) if term is not None else None,
        answer=one.answer,
        end_reason=visible.why_invalid(one.acts) if one.way is CommentWay.INVALID else "",
        changed_at=row.CommentVersion.at,
        late_critique=row.Submission.late_critique,
        letter_number=row.Submission.letter_number if named else "",
        letter_on=row.Submission.letter_on if named else None,
        letter_place=place_of(row.Submission) if named else "",
        split_from=row.split_from,
        split_into=_parts(session, consultation.id, comment.id) if one.way is CommentWay.SPLIT else [],
        entry=row.entry,
        # The body that leads a critique stands in every line of it.
        letter=_letter(session, consultation, row.Submission) if named else None,
        critique=critique_contents(session, row.Critique) if comment.organisation and row.Critique else None,
        quoted=quoted.text,
        redline=clause_wording.redline(quoted.clause, comment.proposed),
        stood=steps_of(session, consultation.id, ever_moved(one.acts)).get(comment.id, ()),
    )


def second_word(session: Session, consultation_id: UUID, one: OneComment) -> SecondWord | None:
    """What the body that sent it says of its answer; nothing of a comment that may not be read. At most two statements,
    and none of a citizen's."""
    if not one.readable or one.comment.left or one.answer is None or one.comment.kind is SubmissionKind.COMMENT:
        return None
    return second_words(session, consultation_id, [one.comment.id]).get(one.comment.id)


def word_steps(word: SecondWord | None, answer: PublicAnswerRow | None, now: datetime) -> list[Step]:
    """What follows the answer on its way, where it did not satisfy: that word, the dialogue, the final answer."""
    if word is None or not word.unsatisfied:
        return []
    made = [Step("way.second_word", "past", word.said_at)]
    made += [
        Step("way.dialogue", "past" if one.held else "next", one.dialogue.starts_at)
        for one in word.dialogues
        if not one.moved
    ]
    if word.answered:
        return [*made, Step("way.final_answer", "past", answer.at if answer else None)]
    late = word.days_late(now)
    return [*made, Step("way.final_answer", "late" if late else "next", days_late=late)]


def _letter(session: Session, consultation: Consultation, sent: Submission) -> LetterLine | None:
    """The letter in which a comment stands, once that is public."""
    letters = kept_counts.letters(session, consultation).public
    return next((line for line in letters if line.submission_id == sent.id), None)


def _found(session: Session, consultation: Consultation, number: int) -> PublicCommentRow:
    """The comment with everything else that is known of it, in one statement."""
    more = (Critique, whole.number.label("split_from"), _received_entry().label("entry"))
    last = (
        select(Assignment.id)
        .where(along(Assignment.comment))
        .order_by(Assignment.at.desc(), Assignment.id.desc())
        .limit(1)
        .correlate(Comment)
        .scalar_subquery()
    )
    statement = (
        rows(*more, given.at.label("given_at"), given.user_id.label("given_to"), Unit.name.label("unit"))
        .outerjoin(Comment.critique)
        .outerjoin(Comment.whole.of_type(whole))
        .outerjoin(given, along(given.comment) & (given.id == last))
        .outerjoin(Unit, Unit.id == given.unit_id)
        .where(Comment.consultation_id == consultation.id, Comment.number == number)
        .execution_options(**PLANNED_ONCE)
    )
    found = told(session.execute(statement).all())
    if not found:
        raise NotFound
    return found[0]


def _steps(consultation: Consultation, kept: AnswerClock, one: PublicCommentRow, now: datetime) -> list[Step]:
    row = one.row
    given_to_somebody = row.unit is not None or row.given_to is not None
    begun = row.given_at if given_to_somebody else row.target_at
    return steps(
        consultation,
        kept.term,
        one.acts,
        Progress(
            kind=one.comment.kind,
            received_at=one.comment.received_at,
            begun_at=begun,
            unit=(row.unit or "") if given_to_somebody else "",
            answered_at=one.answer.first_at if one.answer else None,
            number=one.comment.number,
            pause=kept.pauses.get(one.comment.number),
        ),
        now,
    )


def _received_entry() -> Any:
    """Where the log has that it was received, as a column of a statement on Comment."""
    return (
        select(LedgerEntry.index)
        .where(along(Comment.entries), LedgerEntry.kind == "received")
        .limit(1)
        .correlate(Comment)
        .scalar_subquery()
    )


def _parts(session: Session, consultation_id: UUID, comment_id: UUID) -> list[int]:
    """The numbers of the comments that one was split into."""
    return list(
        session.scalars(
            select(Comment.number)
            .where(Comment.consultation_id == consultation_id, Comment.split_from_id == comment_id)
            .order_by(Comment.number)
        )
    )
