"""After a package was handed over, for the first time or anew: the people who appraise, and the mailboxes of their
units."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.notices import addressees
from consult.notices.addressees import Addressee
from consult.notices.requests import MailRequest, request_for
from consult.notices.who_is_told import Whom, told
from consult.outbox.models import OutboxMessage
from consult.people.models import User
from consult.people.words import DESK_ROLES
from consult.policy import Action, decide
from consult.sign_in.actors import actor_of

HANDED_OVER = "handed_to_appraisal"


def after_changed(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """matter_changed: of a package that was handed over, one mail to each mailbox, however often this is handled."""
    rule = told(HANDED_OVER, Whom.APPRAISERS)
    for message in messages:
        matter = session.get(Consultation, message.consultation_id)
        if rule is None or matter is None or message.payload.get("change") != HANDED_OVER:
            continue
        number = message.payload["package"]
        for to in _appraising(session, matter, now):
            asked = MailRequest(now, message, f"{HANDED_OVER}:{matter.id}:{number}:{to.mailbox}")
            request_for(session, asked, to, notice=rule.template, number=number)


def _appraising(session: Session, matter: Consultation, now: datetime) -> list[Addressee]:
    """Of the body those who may appraise now, and the mailboxes of units."""
    found = addressees.of_organisation(session, matter.issuing_id, now, DESK_ROLES)
    return [one for one in found if _may(session, matter, dict(one.payload).get("user_id"), now)]


def _may(session: Session, matter: Consultation, user_id: str | None, now: datetime) -> bool:
    if user_id is None:
        return True
    actor = actor_of(session, session.get_one(User, UUID(user_id)), now)
    return decide(actor, Action.APPRAISE, matter, now) is None
