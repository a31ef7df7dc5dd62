"""Where a sender is told: the address or number they left, or the one that an officer put right after it did not reach.

What was left never changes (the log has its commitment): the corrected address stands beside it, with who, when, why.
"""

import hashlib
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import Invalid, NotFound
from consult.people.models import Correction
from consult.policy import Action, Actor, require
from consult.submissions.models import Submission
from consult.submissions.receiving import validation
from consult.submissions.words import ContactKind
from consult.text import blank, one_line, stored

CONTACT = "contact"
REASON_LIMIT = 2_000


def contact_of(session: Session, submission: Submission, kind: ContactKind = ContactKind.MAIL) -> str:
    """The address that mails to a sender go to, or the number of this kind; empty when they left none, or it was erased
    since."""
    if submission.contact_kind is not kind or not submission.contact:
        return ""
    newest = (
        select(Correction.new)
        .where(Correction.subject_id == submission.id, Correction.field == CONTACT)
        .order_by(Correction.at.desc(), Correction.id.desc())
        .limit(1)
    )
    return session.scalar(newest) or submission.contact


def mark_of(submission_id: UUID, address: str) -> str:
    """By which an address left with a submission is known again where it may not stand; another one for each
    submission, so that nobody sees by two of them that they have the same sender."""
    return hashlib.sha256(submission_id.bytes + address.encode()).hexdigest()[:24]


def still_reaches(session: Session, submission: Submission, mark: str) -> bool:
    """Whether a mail that went to the address of this mark went to the sender: not once an officer put the address
    right, since it may be a stranger's, or it was erased. Without a mark it went to what was left at first."""
    address = contact_of(session, submission)
    return bool(address) and mark_of(submission.id, address) == (mark or mark_of(submission.id, submission.contact))


def correct(
    session: Session,
    consultation: Consultation,
    submission_id: UUID,
    address: str,
    reason: str,
    actor: Actor,
    now: datetime,
) -> Correction | None:
    """A sender is told at another address, or by another number, from now on; None when it is so already.

    Raises NotFound for a submission without either; Invalid ({"contact" | "reason": code}); Refused with the
    policy's reason.
    """
    new, why = one_line(address), stored(reason)
    sent = session.get(Submission, (consultation.id, submission_id))
    kind = sent.contact_kind if sent is not None else ContactKind.NONE
    if kind is ContactKind.NONE:
        raise NotFound
    errors = validation.of_contact(kind, new)
    if blank(why) or len(why) > REASON_LIMIT:
        errors["reason"] = "required" if blank(why) else "too_long"
    if errors:
        raise Invalid(errors)
    with writing(session, consultation.id):
        require(actor, Action.SEE_MAILS, consultation, now)
        submission = session.get(Submission, (consultation.id, submission_id))
        old = contact_of(session, submission, kind) if submission is not None else ""
        if not old:
            raise NotFound
        if new == old:
            return None
        made = Correction(
            id=new_id(), subject_id=submission_id, field=CONTACT, old=old, new=new, reason=why, at=now,
            by_id=actor.user_id,
        )  # fmt: skip
        session.add(made)
    return made
