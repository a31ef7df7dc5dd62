"""The mails to a body that did not arrive, for the people who write and sign for it: to them, and to the mailboxes of
its units. What they get of other work of theirs is not shown here."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from consult.administration import audit_log
from consult.db import Lock, writing
from consult.errors import NotFound
from consult.notices import mail_address
from consult.notices.undelivered import mails as undelivered
from consult.notices.undelivered.mails import Handling, UndeliveredMail
from consult.outbox.models import OutboxMessage
from consult.people import units
from consult.people.words import ORGANISATION_ROLES
from consult.policy import Actor
from consult.workspace import overview

NOT_OF_BODY = frozenset({"daily/work", "sent_back", "coordination/word"})
"""What people of a desk are told as such."""


def of_body(session: Session, organisation_id: UUID, now: datetime) -> list[UndeliveredMail]:
    """The mails to a body on matters that did not arrive, the newest first."""
    return undelivered.told(session, _messages(session, organisation_id, now))


def handle(
    session: Session, organisation_id: UUID, chosen: Collection[UUID], how: Handling, actor: Actor, now: datetime
) -> int:
    """Sends these mails again, or sets them aside, those alone that still stand among those of the body; gives how
    many. Raises NotFound for who does not work for it."""
    with writing(session, Lock.OUTBOX):
        _require(actor, organisation_id)
        found = [one.id for one in _messages(session, organisation_id, now) if one.id in set(chosen)]
        if found:
            undelivered.carry_out(session, found, how, actor, now, organisation_id=str(organisation_id))
    return len(found)


def correct_mailbox(
    session: Session, organisation_id: UUID, unit_id: UUID, mailbox: str, actor: Actor, now: datetime
) -> int:
    """Puts the mailbox of a unit of the body right and sends again what did not arrive there; gives how many mails.
    Raises NotFound; Invalid({"mailbox": code})."""
    with writing(session, Lock.PEOPLE):
        _require(actor, organisation_id)
        if units.unit(session, unit_id).organisation_id != organisation_id:
            raise NotFound
        changed = units.change_mailbox(session, unit_id, mailbox)
        audit_log.note(session, "mailbox_changed", changed.name, actor, now, unit_id=str(unit_id))
    theirs = [one.id for one in of_body(session, organisation_id, now) if one.unit_id == unit_id]
    return handle(session, organisation_id, theirs, Handling.SENT_AGAIN, actor, now)


def _messages(session: Session, organisation_id: UUID, now: datetime) -> Sequence[OutboxMessage]:
    return [one for one in overview.not_arrived(session, organisation_id, now) if _is_of(session, one, organisation_id)]


def _is_of(session: Session, message: OutboxMessage, organisation_id: UUID) -> bool:
    if message.payload["notice"] in NOT_OF_BODY:
        return False
    sent = mail_address.submission_of(session, message)
    return sent is None or sent.organisation_id == organisation_id


def _require(actor: Actor, organisation_id: UUID) -> None:
    if not actor.holds(*ORGANISATION_ROLES, organisation=organisation_id):
        raise NotFound
