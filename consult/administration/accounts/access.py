"""That somebody's access ended, or is open again, is told the ring: it is noted outside the database."""

from datetime import datetime

from sqlalchemy.orm import Session

from consult.administration import audit_log
from consult.outbox.service import emit
from consult.people.models import Membership, User
from consult.policy import Actor

ACCOUNT, ROLE = "account", "role"


def account_changed(session: Session, user: User, now: datetime) -> None:
    """An account was closed, or opened again, in the transaction under way."""
    emit(session, "access_changed", now, of=ACCOUNT, id=str(user.id))


def note_role_end(session: Session, act: str, held: Membership, actor: Actor, now: datetime) -> None:
    """Writes down that somebody set the end of a role, as the audit log names that, and tells the ring."""
    told = {"role": held.role.value, "organisation": held.organisation.name, "membership_id": str(held.id)}
    audit_log.note(session, act, held.user.name, actor, now, **told)
    role_changed(session, held, now)


def role_changed(session: Session, held: Membership, now: datetime) -> None:
    """The end of a role was set, in the transaction under way."""
    emit(session, "access_changed", now, of=ROLE, id=str(held.id))
