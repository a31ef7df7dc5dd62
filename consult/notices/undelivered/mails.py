"""The mails that did not arrive, for who can do something about it: listed, sent again, set aside; an act of each is
kept among those of the administration, with who did it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Session

from consult.administration import audit_log
from consult.consultations.models import Consultation
from consult.db import Lock, writing
from consult.notices import mail_address
from consult.notices.sending import mail_values
from consult.outbox import undelivered
from consult.outbox.models import OutboxMessage
from consult.outbox.undelivered import WhyUndelivered
from consult.people.models import Unit
from consult.policy import Action, Actor, require
from consult.submissions.sender import contacts

NOT_OF_SENDER = frozenset({"user_id", "unit_id", "joiner"})
"""What of a payload names somebody else than the address that was left with a submission."""


class Handling(StrEnum):
    """What becomes of mails that did not arrive."""

    SENT_AGAIN = "mails_sent_again"
    SET_ASIDE = "mails_set_aside"


@dataclass(frozen=True)
class UndeliveredMail:
    """One mail: what it says by the name of its template, to whom by name and address as they are now, why it did not
    arrive, and since when. `submission` and `numbers` say on what; `correctable`: the address was left by a sender."""

    id: UUID
    notice: str
    name: str
    to: str
    why: WhyUndelivered
    code: str
    asked_at: datetime
    given_up_at: datetime | None
    matter: Consultation | None
    submission: int | None
    numbers: tuple[int, ...]
    user_id: UUID | None
    organisation_id: UUID | None
    unit_id: UUID | None
    correctable: bool


def of_matter(session: Session, consultation: Consultation, why: WhyUndelivered | None = None) -> list[UndeliveredMail]:
    """The mails on a matter that did not arrive, the newest first."""
    return told(session, undelivered.of_matter(session, consultation.id), why)


def to_staff(session: Session, why: WhyUndelivered | None = None) -> list[UndeliveredMail]:
    """The mails to people who sign in and to mailboxes of units, the newest first."""
    return told(session, undelivered.to_staff(session), why)


def handle(
    session: Session,
    consultation: Consultation | None,
    chosen: Collection[UUID],
    how: Handling,
    actor: Actor,
    now: datetime,
) -> int:
    """Sends these mails again, or sets them aside; those alone that still stand among them: on the matter, or without
    one those to staff. Gives how many they are. Raises Refused with the policy's reason."""
    with writing(session, Lock.OUTBOX):
        _require(actor, consultation, now)
        there = (
            undelivered.to_staff(session) if consultation is None else undelivered.of_matter(session, consultation.id)
        )
        found = [message.id for message in there if message.id in set(chosen)]
        if found:
            slug, title = (consultation.slug, consultation.title) if consultation is not None else ("", "")
            carry_out(session, found, how, actor, now, title, slug=slug)
    return len(found)


def carry_out(
    session: Session, ids: Sequence[UUID], how: Handling, actor: Actor, now: datetime, subject: str = "", **whose: str
) -> None:
    """Does this to these mails and keeps who did; in the transaction under way."""
    act = undelivered.send_again if how is Handling.SENT_AGAIN else undelivered.set_aside
    act(session, ids, now)
    audit_log.note(session, how.value, subject, actor, now, mails=[str(one) for one in ids], **whose)


def correct_address(
    session: Session, consultation: Consultation, mail_id: UUID, address: str, reason: str, actor: Actor, now: datetime
) -> int:
    """Puts the address of a sender right and sends them again what did not arrive there; gives how many mails.

    Raises as `contacts.correct`.
    """
    message = session.get(OutboxMessage, mail_id)
    named = UUID((message.payload if message is not None else {}).get("submission", str(UUID(int=0))))
    contacts.correct(session, consultation, named, address, reason, actor, now)
    waiting = undelivered.of_submission(session, consultation.id, named)
    theirs = [one.id for one in waiting if not NOT_OF_SENDER & set(one.payload)]
    return handle(session, consultation, theirs, Handling.SENT_AGAIN, actor, now)


def _require(actor: Actor, consultation: Consultation | None, now: datetime) -> None:
    require(actor, Action.ADMINISTER if consultation is None else Action.SEE_MAILS, consultation, now)


def told(
    session: Session, messages: Iterable[OutboxMessage], why: WhyUndelivered | None = None
) -> list[UndeliveredMail]:
    """Mails as pages tell of them, narrowed by `why` they did not arrive."""
    wanted = [message for message in messages if why is None or undelivered.why(message) is why]
    return [_one(session, message) for message in wanted]


def _one(session: Session, message: OutboxMessage) -> UndeliveredMail:
    payload, to = message.payload, mail_address.address_of(session, message)
    person = payload.get("user_id") or payload.get("about")
    unit = session.get(Unit, UUID(payload["unit_id"])) if "unit_id" in payload else None
    submission = mail_address.submission_of(session, message)
    numbers: Sequence[int] = payload.get("comments", ())
    if submission is not None and not numbers:
        numbers = mail_values.numbers_of(session, submission)
    return UndeliveredMail(
        id=message.id,
        notice=payload["notice"],
        name=to.values["name"] if to else "",
        to=to.to if to else "",
        why=undelivered.why(message),
        code=undelivered.code_of(message),
        asked_at=message.created_at,
        given_up_at=message.given_up_at,
        matter=session.get(Consultation, message.consultation_id) if message.consultation_id else None,
        submission=submission.number if submission is not None else None,
        numbers=tuple(numbers),
        user_id=UUID(person) if person else None,
        organisation_id=unit.organisation_id if unit is not None else None,
        unit_id=unit.id if unit is not None else None,
        correctable=to is not None and submission is not None and not NOT_OF_SENDER & set(payload),
    )
