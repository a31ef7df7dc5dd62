"""Accounts: made with an invitation, closed and opened again, found. Nobody but its owner knows a password."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.administration import audit_log
from consult.administration.accounts import access
from consult.administration.accounts.roles import check_not_last_administrator, propose_again
from consult.db import Lock, new_id, writing
from consult.errors import Invalid, NotFound, Refused
from consult.outbox.service import emit
from consult.people import mail_addresses
from consult.people.models import User
from consult.policy import ANYBODY, Actor
from consult.sign_in import changes, factors, invitations, sessions
from consult.sign_in.changes import Change
from consult.sign_in.service import mail_key
from consult.text import one_line, searched

LONGEST_NAME = 200
MOST = 200


def account(session: Session, user_id: UUID) -> User:
    """The person with this id. Raises NotFound."""
    user = session.get(User, user_id)
    if user is None:
        raise NotFound
    return user


def by_mail(session: Session, mail: str) -> UUID:
    """Whose address that is. Raises Invalid({"deputy_for": "no_such_place"})."""
    found = session.scalar(select(User.id).where(User.mail == mail_key(mail)))
    if found is None:
        raise Invalid({"deputy_for": "no_such_place"})
    return found


def find(session: Session, query: str = "") -> Sequence[User]:
    """Accounts by a part of the name or mail, accents apart, in the order of names."""
    words = searched(one_line(query)).split()[:10]
    rows = session.execute(select(User.id, User.name, User.mail).order_by(User.name, User.id))
    found = [row.id for row in rows if all(word in searched(f"{row.name} {row.mail}") for word in words)][:MOST]
    return session.scalars(select(User).where(User.id.in_(found)).order_by(User.name, User.id)).all()


def create(session: Session, mail: str, name: str, office: str, actor: Actor, now: datetime) -> User:
    """Makes an account without a password; the outbox event `account_invited` sends its owner the link to set one.

    Raises Invalid for a mail or name that cannot be taken, or a mail that has an account.
    """
    given, called = mail_key(mail), one_line(name)
    wrong = mail_addresses.problem(given)
    errors = {"mail": wrong} if wrong else {}
    if not called or len(called) > LONGEST_NAME:
        errors["name"] = "too_long" if called else "required"
    if len(one_line(office)) > LONGEST_NAME:
        errors["office"] = "too_long"
    if errors:
        raise Invalid(errors)
    with writing(session, Lock.PEOPLE):
        if session.scalar(select(User.id).where(User.mail == given)) is not None:
            raise Invalid({"mail": "mail_in_use"})
        user = added(session, given, called, one_line(office), actor, now)
        emit(session, "account_invited", now, user_id=str(user.id))
    return user


def added(session: Session, mail: str, name: str, office: str, actor: Actor, now: datetime) -> User:
    """An account of whom nobody is told yet; what is given was checked. Call inside `writing`."""
    user = User(id=new_id(), mail=mail, name=name, office=office, created_at=now)
    session.add(user)
    session.flush()
    audit_log.note(session, "account_made", name, actor, now, user_id=str(user.id))
    return user


def invite_first(session: Session, users: Sequence[User], now: datetime) -> int:
    """Sends each of these, who has no password and an open account, the link to set one; returns to how many. Call
    inside `writing`."""
    invited = [one for one in users if one.password_hash is None and one.disabled_at is None]
    for user in invited:
        emit(session, "account_invited", now, user_id=str(user.id))
    return len(invited)


def invite_again(session: Session, user_id: UUID, actor: Actor, now: datetime) -> User:
    """Sends a link to set a new password; earlier ones are void. Raises Refused("account_closed") for a closed one."""
    with writing(session, Lock.PEOPLE):
        user = account(session, user_id)
        if user.disabled_at is not None:
            raise Refused("account_closed")
        invitations.make_void(user)
        audit_log.note(session, "invited_again", user.name, actor, now, user_id=str(user.id))
        emit(session, "account_invited", now, user_id=str(user.id))
    return user


def close(session: Session, user_id: UUID, actor: Actor, now: datetime) -> User:
    """Closes an account, ends its sign-ins and makes its links void. Raises as `check_closing`."""
    with writing(session, Lock.PEOPLE):
        user = account(session, user_id)
        check_closing(session, user, actor, now)
        _close(session, user, actor, now)
    return user


def close_again(session: Session, user: User, now: datetime) -> None:
    """Closes an account that was closed before the database was set back, inside `writing`. Raises
    Refused("last_administrator")."""
    check_not_last_administrator(session, user, now)
    _close(session, user, ANYBODY, now)


def _close(session: Session, user: User, actor: Actor, now: datetime) -> None:
    user.disabled_at = now
    invitations.make_void(user)
    sessions.revoke_all(session, user.id, now)
    audit_log.note(session, "account_closed", user.name, actor, now, user_id=str(user.id))
    access.account_changed(session, user, now)


def check_closing(session: Session, user: User, actor: Actor, now: datetime) -> None:
    """Raises Refused when an account cannot be closed: `not_to_yourself`, `closed_already`, `last_administrator`."""
    if user.id == actor.user_id:
        raise Refused("not_to_yourself")
    if user.disabled_at is not None:
        raise Refused("closed_already")
    check_not_last_administrator(session, user, now)


def reopen(session: Session, user_id: UUID, actor: Actor, now: datetime) -> User:
    """Opens a closed account again, with the roles it still holds; those that need a second administrator wait for one,
    or one alone could undo what another one did. Raises Refused("open_already")."""
    with writing(session, Lock.PEOPLE):
        user = account(session, user_id)
        if user.disabled_at is None:
            raise Refused("open_already")
        # Before it is open: nobody is the last administrator by an account that is closed.
        propose_again(session, user, actor, now)
        user.disabled_at = None
        audit_log.note(session, "account_reopened", user.name, actor, now, user_id=str(user.id))
        access.account_changed(session, user, now)
    return user


def drop_second_factor(session: Session, user_id: UUID, actor: Actor, now: datetime) -> User:
    """Forgets a lost telephone, and with it passkeys, recovery codes and links to providers: the owner signs in with
    the password alone, sets up another, and is told by mail.

    Raises Refused("not_to_yourself"): one's own is changed on one's own page; Refused("no_second_factor").
    """
    if user_id == actor.user_id:
        raise Refused("not_to_yourself")
    with writing(session, Lock.PEOPLE):
        user = account(session, user_id)
        if not factors.of(session, user).any:
            raise Refused("no_second_factor")
        factors.drop_all(session, user)
        sessions.revoke_all(session, user.id, now)
        changes.note(session, user.id, Change.SECOND_FACTOR_DROPPED, actor.user_id, now)
        audit_log.note(session, "second_factor_dropped", user.name, actor, now, user_id=str(user.id))
    return user
