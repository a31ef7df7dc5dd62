"""What administrators put right of bodies, units and people: noted, told to whom it concerns, and seen at once."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy.orm import Session

from consult.administration import audit_log
from consult.administration.accounts import roles
from consult.administration.accounts.service import account
from consult.administration.public_pages import forget_pages
from consult.db import Lock, writing
from consult.errors import Invalid
from consult.outbox.service import emit
from consult.people import corrections, mail_addresses
from consult.people.corrections import Said
from consult.people.models import Correction, Organisation, Unit, User
from consult.people.organisations import organisation
from consult.people.units import unit
from consult.policy import Actor
from consult.sign_in import sessions
from consult.sign_in.service import mail_key


def organisation_corrected(
    session: Session, organisation_id: UUID, seen: Said, new: Said, reason: str, actor: Actor, now: datetime
) -> Sequence[Correction]:
    """Corrects a body; every public page names it rightly from now on. Raises as `people.corrections`."""
    correct = partial(corrections.correct_organisation, session, organisation_id, seen, new, reason, actor.user_id, now)
    with writing(session, Lock.PEOPLE):
        return _seen_by_all(
            session, "organisation_corrected", correct, organisation(session, organisation_id), actor, now
        )


def unit_corrected(
    session: Session, unit_id: UUID, seen: Said, new: Said, reason: str, actor: Actor, now: datetime
) -> Sequence[Correction]:
    """Corrects a unit, in the same way."""
    correct = partial(corrections.correct_unit, session, unit_id, seen, new, reason, actor.user_id, now)
    with writing(session, Lock.PEOPLE):
        return _seen_by_all(session, "unit_corrected", correct, unit(session, unit_id), actor, now)


def account_corrected(
    session: Session, user_id: UUID, seen: Said, new: Said, reason: str, actor: Actor, now: datetime
) -> Sequence[Correction]:
    """Corrects a person's name, office or mail. With another mail every sign-in ends, both addresses are told
    (`account_mail_changed`), roles of the desk wait for a second administrator again, and who has no password yet is
    invited anew. Raises as `people.corrections`, and Refused("last_administrator")."""
    given = {**new, "mail": mail_key(new["mail"])}
    if wrong := mail_addresses.problem(given["mail"]):
        raise Invalid({"mail": wrong})
    with writing(session, Lock.PEOPLE):
        user = account(session, user_id)
        made = corrections.correct_user(session, user, seen, given, reason, actor.user_id, now)
        for mail in (one for one in made if one.field == "mail"):
            sessions.revoke_all(session, user.id, now)
            roles.propose_again(session, user, actor, now)
            emit(session, "account_mail_changed", now, correction=str(mail.id))
            if user.password_hash is None and user.disabled_at is None:
                emit(session, "account_invited", now, user_id=str(user.id))
        _note(session, "account_corrected", user.name, made, actor, now)
    return made


def names_of(session: Session, user: User) -> list[str]:
    """Every name under which something was noted of a person."""
    before = [one.old for one in corrections.corrections_of(session, user.id) if one.field == "name"]
    return [user.name, *before]


def _seen_by_all(
    session: Session,
    act: str,
    correct: Callable[[], Sequence[Correction]],
    subject: Organisation | Unit,
    actor: Actor,
    now: datetime,
) -> Sequence[Correction]:
    """Corrects what public pages name, notes it under the right name, and lets the pages go."""
    made = correct()
    forget_pages(session)
    _note(session, act, subject.name, made, actor, now)
    return made


def _note(session: Session, act: str, subject: str, made: Sequence[Correction], actor: Actor, now: datetime) -> None:
    told = [{"field": one.field, "old": one.old, "new": one.new} for one in made]
    audit_log.note(session, act, subject, actor, now, corrected=told, reason=made[0].reason)
