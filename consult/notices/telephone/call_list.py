"""The call list of a desk: whom to call and what to say, everything for one person together; and what came of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.db import Lock, writing
from consult.errors import NotFound
from consult.notices.requests import BY_HAND
from consult.notices.sending import mail_values
from consult.notices.sending.mail_text import Writer
from consult.notices.telephone.gateway import international
from consult.notices.telephone.messages import ANSWERED
from consult.outbox.models import OutboxMessage
from consult.outbox.service import emit
from consult.policy import Actor
from consult.responses.answers import handing_over
from consult.responses.words import HandedOver
from consult.submissions.models import Submission
from consult.submissions.sender import calls, contacts
from consult.submissions.sender.models import Call, CallAttempt
from consult.submissions.words import CallOutcome, ContactKind


@dataclass(frozen=True)
class ToSay:
    """One thing to say: why (the notice), the sentence in Vietnamese, and the comments it is about."""

    call: Call
    sentence: str
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Person:
    """Somebody to call: by name, as far as they said it, and number; in which language they wrote. `submission` is the
    number of what they sent, None of who joined. The oldest promise stands first, who was tried today last."""

    key: UUID
    name: str
    number: str
    language: str
    submission: int | None
    says: tuple[ToSay, ...]
    tries: tuple[CallAttempt, ...]

    @property
    def dialled(self) -> str:
        """The number as a telephone takes it."""
        return international(self.number)

    @property
    def asked_at(self) -> datetime:
        """Since when they wait."""
        return min(one.call.asked_at for one in self.says)

    @property
    def correctable(self) -> bool:
        """Whether the number can be put right: that of a sender."""
        return self.submission is not None


def persons(session: Session, consultation: Consultation, writer: Writer) -> list[Person]:
    """Everybody whom the desk of a matter has to call, those who wait longest and were not tried yet first."""
    found: dict[UUID, list[Call]] = {}
    for call in calls.waiting(session, consultation.id):
        found.setdefault(call.submission_id or call.joiner_id or call.id, []).append(call)
    told = [one for key, own in found.items() if (one := _person(session, key, own, writer)) is not None]
    return sorted(told, key=_order)


def _order(one: Person) -> tuple[float, float]:
    return (one.tries[-1].at.timestamp() if one.tries else 0.0, one.asked_at.timestamp())


def record(
    session: Session, consultation: Consultation, chosen: Collection[UUID], outcome: CallOutcome, note: str,
    actor: Actor, now: datetime,
) -> int:  # fmt: skip
    """Keeps how a call ended, for all that was to be said in it; who was reached has been told their answers, and what
    is sent again goes out as a message. Gives how many promises that were. Raises as `calls.record`."""
    ended = calls.record(session, consultation, chosen, outcome, note, actor, now)
    for call in ended:
        if outcome in (CallOutcome.REACHED, CallOutcome.TOLD_OTHERWISE) and call.notice in ANSWERED:
            handing_over.note(session, consultation.id, call.facts.get("comments", ()), HandedOver.TELEPHONE, now)
        if outcome is CallOutcome.SENT_AGAIN:
            with writing(session, Lock.OUTBOX):
                emit(session, "message_requested", now, consultation.id, dedupe_key=f"again:{call.id}", **_facts(call))
    return len(ended)


def correct_number(
    session: Session, consultation: Consultation, call_id: UUID, number: str, reason: str, actor: Actor, now: datetime
) -> None:
    """Puts the number of a sender right. Raises NotFound and as `contacts.correct`."""
    sent = _sender_of(session, consultation, call_id)
    contacts.correct(session, consultation, sent.id, number, reason, actor, now)


def number_of(session: Session, consultation: Consultation, call_id: UUID) -> str:
    """The number of a sender that a call goes to now. Raises NotFound when it does not wait, or is to who joined."""
    return contacts.contact_of(session, _sender_of(session, consultation, call_id), ContactKind.TELEPHONE)


def _sender_of(session: Session, consultation: Consultation, call_id: UUID) -> Submission:
    for call in calls.waiting(session, consultation.id, Call.id == call_id):
        if call.submission is not None:
            return call.submission
    raise NotFound


def _person(session: Session, key: UUID, own: Sequence[Call], writer: Writer) -> Person | None:
    says = [one for one in (_to_say(session, call, writer) for call in own) if one is not None]
    if not says:
        return None
    whom = own[0].submission or own[0].joiner
    if whom is None:
        return None
    sent = whom if isinstance(whom, Submission) else None
    number = contacts.contact_of(session, sent, ContactKind.TELEPHONE) if sent is not None else whom.contact
    tries = sorted({one.id: one for call in own for one in call.attempts}.values(), key=lambda one: one.at)
    at_once = {(one.at, one.by_id): one for one in tries}
    return Person(
        key=key,
        name=sent.shown_name if sent is not None else "",
        number=number,
        language=whom.language,
        submission=sent.number if sent is not None else None,
        says=tuple(says),
        tries=tuple(at_once.values()),
    )


def _to_say(session: Session, call: Call, writer: Writer) -> ToSay | None:
    """What a call is to tell, as the mail would say it in its subject; None when that is gone."""
    message = OutboxMessage(id=call.message_id, consultation_id=call.consultation_id, payload=dict(call.facts))
    to = mail_values.recipient_of(session, message)
    if to is None:
        return None
    numbers = to.values.get("numbers") or ()
    return ToSay(call, writer.write(call.notice, "vi", to.values).subject, tuple(numbers))


def _facts(call: Call) -> dict[str, Any]:
    return {name: value for name, value in call.facts.items() if name != BY_HAND}
