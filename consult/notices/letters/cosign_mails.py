"""While several bodies are to sign one letter: each is told that it is asked, and who asked what it said."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from consult.notices import addressees
from consult.notices.addressees import Addressee
from consult.notices.requests import MailRequest, request_for
from consult.notices.who_is_told import Whom, told
from consult.outbox.models import OutboxMessage
from consult.people.models import User
from consult.workspace.models import DraftCosigner


def after_asked(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """letter_cosign_asked: tells the body that is asked."""
    for message in messages:
        if (cosigner := _cosigner(session, message)) is not None and cosigner.taken_off_at is None:
            to = addressees.of_organisation(session, cosigner.organisation_id, now)
            _tell(session, message, "letter_cosign_asked", Whom.COSIGNERS, to, now)


def after_answered(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """letter_cosign_answered: tells who asked."""
    for message in messages:
        if (cosigner := _cosigner(session, message)) is not None:
            to = [addressees.of_person(session.get_one(User, cosigner.asked_by_id))]
            _tell(session, message, "letter_cosign_answered", Whom.ASKER, to, now)


def _cosigner(session: Session, message: OutboxMessage) -> DraftCosigner | None:
    return session.get(DraftCosigner, (message.consultation_id, UUID(message.payload["cosigner"])))


def _tell(
    session: Session, message: OutboxMessage, name: str, whom: Whom, to: Sequence[Addressee], now: datetime
) -> None:
    rule = told(name, whom)
    if rule is None:
        return
    facts = {key: message.payload[key] for key in ("draft", "cosigner")}
    facts["waits"] = "yes" if whom is Whom.COSIGNERS else "no"
    for one in to:
        asked = MailRequest(now, message, f"{name}:{message.id}:{one.mailbox}")
        request_for(session, asked, one, notice=rule.template, **facts)
