"""The administrator that a command makes, when nobody can sign in yet."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.administration import audit_log
from consult.administration.accounts import service as accounts
from consult.db import Lock, new_id, writing
from consult.errors import Refused
from consult.people.models import Membership, Organisation, User
from consult.people.words import OrganisationKind, Role
from consult.policy import ANYBODY
from consult.sign_in import passwords


def create(session: Session, mail: str, name: str, password: str | None, now: datetime) -> User:
    """Makes an account with the role of administrator, for the Department (or whichever organisation came first).

    Raises Refused("no_organisation") on a database without any, and Invalid for a mail, name or password that cannot
    be taken or is in use.
    """
    hashed = None
    if password is not None:
        passwords.check_new(password, password, mail, name)
        hashed = passwords.hash_of(password)
    with writing(session, Lock.PEOPLE):
        organisation = session.scalar(
            select(Organisation)
            .where(Organisation.valid_to.is_(None))
            .order_by(Organisation.kind != OrganisationKind.DEPARTMENT, Organisation.id)
            .limit(1)
        )
        if organisation is None:
            raise Refused("no_organisation")
        user = accounts.create(session, mail, name, "", ANYBODY, now)
        user.password_hash = hashed
        session.add(
            Membership(
                id=new_id(), user_id=user.id, organisation_id=organisation.id, role=Role.ADMINISTRATOR, since=now
            )
        )
        audit_log.note(session, "role_granted", user.name, ANYBODY, now, role=Role.ADMINISTRATOR.value)
    return user
