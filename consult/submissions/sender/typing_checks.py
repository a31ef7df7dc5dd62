"""What was typed of a paper, checked by who sent it: they see its picture and its words, and say whether they agree."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import Invalid, NotFound
from consult.submissions.inputs import TEXT_LIMIT
from consult.submissions.models import Submission
from consult.submissions.receiving.models import Attachment
from consult.submissions.sender.models import TypingCheck
from consult.submissions.sender.own_submission import attachments_of
from consult.text import blank, stored

SCAN = "scan"


def scans_of(session: Session, submission: Submission) -> list[Attachment]:
    """The scans of a paper that somebody typed; none of what its sender wrote on the site."""
    if submission.recorded_by_id is None:
        return []
    files = attachments_of(session, submission)
    return [one for one in files if one.role == SCAN and one.set_aside_at is None and one.lost_at is None]


def latest(session: Session, submission: Submission) -> TypingCheck | None:
    """What its sender said last; None when they said nothing."""
    return session.scalar(
        select(TypingCheck)
        .where(TypingCheck.consultation_id == submission.consultation_id, TypingCheck.submission_id == submission.id)
        .order_by(TypingCheck.at.desc(), TypingCheck.id.desc())
        .limit(1)
    )


def say(
    session: Session, consultation: Consultation, submission: Submission, answer: str, said: str, now: datetime
) -> None:
    """Its sender says that the typing is right ("right") or what is "wrong"; at any time, and once more later on.

    Raises NotFound for what was typed from no scan, Invalid ({"typing": …} or {"typing_said": …})."""
    words = stored(said)
    errors = {} if answer in ("right", "wrong") else {"typing": "choose_one"}
    if answer == "wrong" and blank(words):
        errors["typing_said"] = "required"
    if len(words) > TEXT_LIMIT:
        errors["typing_said"] = "too_long"
    if errors:
        raise Invalid(errors)
    key = submission.consultation_id, submission.id
    with writing(session, consultation.id):
        held = session.get_one(Submission, key)
        if not scans_of(session, held):
            raise NotFound
        before, right = latest(session, held), answer == "right"
        if before is not None and (before.right, before.said, before.settled_at) == (
            right,
            "" if right else words,
            None,
        ):
            return
        session.add(
            TypingCheck(
                consultation_id=key[0], id=new_id(), submission_id=key[1], at=now, right=right,
                said="" if right else words,
            )
        )  # fmt: skip


def waiting(session: Session, consultation: Consultation) -> Sequence[TypingCheck]:
    """What senders said is wrong and nobody settled yet, the first first; what they found right later is settled."""
    rows = session.scalars(
        select(TypingCheck)
        .where(TypingCheck.consultation_id == consultation.id)
        .order_by(TypingCheck.at, TypingCheck.id)
    ).all()
    last = {row.submission_id: row for row in rows}
    return [row for row in last.values() if not row.right and row.settled_at is None]
