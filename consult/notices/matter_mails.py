"""After what happened to a matter: everybody who sent, joined or was asked is told once, by `who_is_told.py`."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import chain
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.invitation_models import Invitation
from consult.consultations.invitations import deliveries
from consult.consultations.words import DeliveryKind
from consult.db import Lock, writing
from consult.notices import addressees
from consult.notices.addressees import Addressee
from consult.notices.requests import MailRequest, request
from consult.notices.who_is_told import Whom, told
from consult.outbox.models import OutboxMessage
from consult.submissions.comments.outcome import Outcome, author_left_expression
from consult.submissions.comments.standing import outcome_is
from consult.submissions.models import Comment, Joiner, Submission

AT_ONCE = 200
"""So many mails are asked for in one transaction: nobody who sends waits for all of them."""

ASKING = frozenset({"matter_published", "body_asked", "bodies_reminded"})
"""After which it is kept of a body that the site knows nobody there to write to."""

PASSED_ON = ("extension", "revision", "in_force", "year_of", "reminder")
"""What of an event its mails need to know."""

ONCE = frozenset({"published", "asked"})
"""What tells a body that it is asked: one mail for each invitation, by whichever event it came first."""

Facts = dict[str, str]


def after_published(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """matter_published: tells the bodies that were asked while it was prepared."""
    for message in messages:
        _tell(session, message, "published", now)


def after_asked(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """body_asked: tells bodies that were asked once the matter was public."""
    for message in messages:
        _tell(session, message, "asked", now)


def after_reminded(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """bodies_reminded: tells bodies that were asked and have not replied."""
    for message in messages:
        _tell(session, message, "reminded", now)


def after_changed(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """matter_changed: tells of what concerns them who sent, joined or were asked."""
    for message in messages:
        name = message.payload.get("change", "")
        # A draft that was compared anew is no new draft.
        if name != "revised" or "revision" in message.payload:
            _tell(session, message, name, now)


def _tell(session: Session, message: OutboxMessage, name: str, now: datetime) -> None:
    rules = {whom: rule for whom in (Whom.SENDER, Whom.JOINER, Whom.ASKED) if (rule := told(name, whom))}
    found: dict[str, tuple[Addressee, Facts]] = {}
    for to, facts in chain.from_iterable(_CONCERNED[whom](session, message, now) for whom in rules):
        found.setdefault(to.mailbox, (to, facts))
    template = next((rule.template for rule in rules.values()), "")
    extension = {key: message.payload[key] for key in PASSED_ON if key in message.payload}
    everybody = list(found.items())
    for first in range(0, len(everybody), AT_ONCE):
        with writing(session, Lock.OUTBOX):
            for mailbox, (to, facts) in everybody[first : first + AT_ONCE]:
                asked = MailRequest(now, message, _key(name, message, facts, mailbox))
                request(session, asked, {"notice": template} | facts | extension | dict(to.payload), by=to.by)


def _key(name: str, message: OutboxMessage, facts: Facts, mailbox: str) -> str:
    """What the mail is known again by. Who was asked between the publication and its mails is told of it once."""
    if name in ONCE:
        return f"asked:{facts['invitation']}:{mailbox}"
    return f"{name}:{message.id}:{mailbox}"


def _senders(session: Session, message: OutboxMessage, now: datetime) -> Iterator[tuple[Addressee, Facts]]:
    told_of: dict[UUID, list[Addressee]] = {}
    sent = select(Submission).where(Submission.consultation_id == message.consultation_id).order_by(Submission.number)
    standing = _standing(session, message.consultation_id)
    for submission in session.scalars(sent).all():
        if submission.id not in standing:
            continue
        body = submission.organisation_id
        if body is None or body not in told_of or submission.contact:
            found = addressees.of_submission(session, submission, now)
            if body is not None:
                told_of[body] = found
            yield from ((to, {"submission": str(submission.id)}) for to in found)


def _standing(session: Session, consultation_id: UUID | None) -> set[UUID]:
    """The submissions of which their sender has not taken back everything: who has is not written to any more."""
    theirs = (~outcome_is(Outcome.WITHDRAWN), ~author_left_expression())
    said = select(Comment.submission_id).where(Comment.consultation_id == consultation_id, *theirs)
    return set(session.scalars(said.distinct()))


def _joiners(session: Session, message: OutboxMessage, now: datetime) -> Iterator[tuple[Addressee, Facts]]:
    reached = (Joiner.contact_kind.in_(addressees.REACHED_BY), Joiner.withdrawn_at.is_(None))
    joined = select(Joiner).where(Joiner.consultation_id == message.consultation_id, *reached).order_by(Joiner.number)
    for joiner in session.scalars(joined).all():
        yield from ((to, {}) for to in addressees.of_joiner(joiner))


def _asked(session: Session, message: OutboxMessage, now: datetime) -> Iterator[tuple[Addressee, Facts]]:
    letters = select(Invitation).where(Invitation.consultation_id == message.consultation_id)
    # A release before this one named a single body.
    named = message.payload.get("organisations") or [message.payload.get("organisation")]
    if named != [None]:
        letters = letters.where(Invitation.organisation_id.in_([UUID(one) for one in named]))
    for letter in session.scalars(letters.order_by(Invitation.id)).all():
        found = addressees.of_organisation(session, letter.organisation_id, now)
        if not found and message.event in ASKING:
            source = f"reminder {message.id}" if "reminder" in message.payload else "asked"
            deliveries.note(session, letter.consultation_id, letter.id, DeliveryKind.NO_MAILBOX, source, now)
        yield from ((to, {"invitation": str(letter.id)}) for to in found)


_CONCERNED = {Whom.SENDER: _senders, Whom.JOINER: _joiners, Whom.ASKED: _asked}
