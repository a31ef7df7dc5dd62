"""The letters of a matter, văn bản góp ý and văn bản phản biện xã hội, as far as anybody may know of them.

A letter is public with the first of its comments that anybody may read with the name of its sender. Until then nothing
tells whose it is: neither its page, nor the list of the bodies that were asked.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from consult import clock
from consult.relationships import along
from consult.submissions.comments import visible
from consult.submissions.comments.outcome import author_left_expression
from consult.submissions.letters import place_of, signing_bodies
from consult.submissions.models import Comment, Submission
from consult.submissions.words import SubmissionKind

LETTERS = (SubmissionKind.FORMAL, SubmissionKind.CRITIQUE)


@dataclass(frozen=True)
class LetterLine:
    """A public letter in a list; `number` counts those of its kind in the order received, public or not. `signed_by`
    are all bodies that signed it, the one whose letter it is among them. Where it was drawn up is told of one that has
    no number."""

    kind: SubmissionKind
    number: int
    submission_id: UUID
    organisation_id: UUID | None
    signed_by: tuple[UUID, ...]
    name: str
    letter_number: str
    letter_on: date | None
    letter_place: str
    received_on: date


@dataclass(frozen=True)
class Letters:
    """The public letters of a matter in the order received, and how many there are of each kind in all."""

    public: tuple[LetterLine, ...]
    total: dict[SubmissionKind, int]

    def by(self, organisation_ids: frozenset[UUID]) -> list[LetterLine]:
        """Those that one of these bodies sent or signed too."""
        return [line for line in self.public if not organisation_ids.isdisjoint(line.signed_by)]


def letters_of(session: Session, consultation_id: UUID) -> Letters:
    """The letters of a matter, in one statement."""
    rows = session.execute(
        select(Submission, public_expression())
        .options(joinedload(Submission.organisation))
        .where(Submission.consultation_id == consultation_id, Submission.kind.in_(LETTERS))
        .order_by(Submission.number)
    ).all()
    total = dict.fromkeys(LETTERS, 0)
    lines = []
    for submission, public in rows:
        total[submission.kind] += 1
        if public:
            lines.append(_line(submission, total[submission.kind]))
    return Letters(tuple(lines), total)


def _line(submission: Submission, number: int) -> LetterLine:
    organisation = submission.organisation
    return LetterLine(
        kind=submission.kind,
        number=number,
        submission_id=submission.id,
        organisation_id=submission.organisation_id,
        signed_by=tuple(signing_bodies(submission.organisation_id, submission.cosigned)),
        name=organisation.name if organisation else submission.public_name,
        letter_number=submission.letter_number,
        letter_on=submission.letter_on,
        letter_place=place_of(submission),
        received_on=clock.local_day(submission.received_at),
    )


@cache
def public_expression() -> ColumnElement[bool]:
    """Whether anybody may read something of a Submission beside the name of its sender."""
    consented = Submission.publish_name & Submission.name_hidden_at.is_(None) & (Submission.sender_name != "")
    readable = (
        select(Comment.id)
        .where(
            along(Submission.comments),
            visible.readable_expression(),
            ~author_left_expression(),
            ~visible.sent_with_passed_on_expression(),
        )
        .correlate(Submission)
        .exists()
    )
    return (Submission.organisation_id.is_not(None) | consented) & readable
