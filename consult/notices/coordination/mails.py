"""While another body is asked for its word: it is told that it is asked, and reminded before and after its day; who
asked is told what came, and on the day after that nothing did."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.models import Consultation
from consult.notices import addressees
from consult.notices.addressees import Addressee
from consult.notices.requests import MailRequest, request_for
from consult.notices.who_is_told import Whom, told
from consult.outbox.models import OutboxMessage
from consult.people.models import User
from consult.people.words import Role
from consult.responses.coordination.models import CoordinationRequest
from consult.text import one_line


def after_asked(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """word_asked: tells the body, while its word is waited for."""
    for message in messages:
        one = _request(session, message)
        if one is not None and one.open:
            _tell(session, message, "word_asked", Whom.CONSULTED, _body(session, one, now), now)


def after_due(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """word_due: reminds the body as long as nothing came; once the day is over who asked is told as well."""
    for message in messages:
        one = _request(session, message)
        if one is None or not one.open:
            continue
        _tell(session, message, "word_due", Whom.CONSULTED, _body(session, one, now), now)
        if one.days_late(clock.local_day(now)):
            _tell(session, message, "word_due", Whom.ASKER, _asker(session, one), now)


def after_replied(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """word_replied: tells who asked, unless they took the reply down themselves."""
    for message in messages:
        one = _request(session, message)
        if one is not None and one.replied_by_id != one.asked_by_id:
            _tell(session, message, "word_replied", Whom.ASKER, _asker(session, one), now)


def values_of(session: Session, message: OutboxMessage) -> dict[str, Any] | None:
    """What the mails say; None for what is over by then."""
    one, matter = _request(session, message), session.get(Consultation, message.consultation_id)
    state = message.payload["state"]
    if one is None or matter is None or one.withdrawn_at is not None or (state != "replied" and not one.open):
        return None
    return {
        "title": one_line(matter.full_name), "slug": matter.slug, "request": one.id, "body": one.body_name,
        "due_on": one.due_on, "state": state, "to_asker": message.payload["to_asker"],
    }  # fmt: skip


def _request(session: Session, message: OutboxMessage) -> CoordinationRequest | None:
    return session.get(CoordinationRequest, (message.consultation_id, UUID(message.payload["request"])))


def _body(session: Session, one: CoordinationRequest, now: datetime) -> Sequence[Addressee]:
    """The people of who was asked; nobody for a body that is asked by letter alone."""
    if one.organisation_id is None:
        return []
    return addressees.of_organisation(session, one.organisation_id, now, frozenset(Role))


def _asker(session: Session, one: CoordinationRequest) -> Sequence[Addressee]:
    return [addressees.of_person(session.get_one(User, one.asked_by_id))]


def _tell(
    session: Session, message: OutboxMessage, name: str, whom: Whom, to: Sequence[Addressee], now: datetime
) -> None:
    rule, one = told(name, whom), _request(session, message)
    if rule is None or one is None:
        return
    late = one.days_late(clock.local_day(now)) > 0
    state = {"word_asked": "asked", "word_replied": "replied"}.get(name, "late" if late else "soon")
    facts = {"request": message.payload["request"], "state": state, "to_asker": whom is Whom.ASKER}
    for each in to:
        asked = MailRequest(now, message, f"{name}:{message.id}:{whom}:{each.mailbox}")
        request_for(session, asked, each, notice=rule.template, **facts)
