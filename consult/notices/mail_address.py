"""To whom a mail goes, read anew whenever it is written: ids wait in the outbox, and no name or address of anybody."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from consult.notices import addressees
from consult.notices.collected import values as values_of_collected
from consult.outbox.models import OutboxMessage
from consult.people.models import Correction, User
from consult.sign_in.changes import ENDS_OTHERS
from consult.sign_in.models import AccountChange
from consult.submissions.models import Joiner, Submission
from consult.submissions.sender.contacts import contact_of

Values = dict[str, Any]


@dataclass(frozen=True)
class Recipient:
    """To whom, in which language, and what the words need to know; `leave` is the place on the site where who follows
    ends it."""

    to: str
    language: str
    values: Values
    leave: str = ""


def address_of(session: Session, message: OutboxMessage) -> Recipient | None:
    """Where a mail goes now, with the name of who gets it; None when nobody is there any more."""
    payload = message.payload
    if "change_id" in payload or "correction" in payload:
        return _of_account(session, payload)
    if "user_id" in payload:
        user = session.get(User, UUID(payload["user_id"]))
        return _vietnamese(user.mail, user.name) if user is not None and user.disabled_at is None else None
    if "unit_id" in payload:
        unit = addressees.unit_of(session, UUID(payload["unit_id"]))
        return _vietnamese(unit.mailbox, unit.organisation.name) if unit is not None else None
    if "joiner" in payload:
        joiner = session.get(Joiner, (message.consultation_id, UUID(payload["joiner"])))
        reached = addressees.of_joiner(joiner) if joiner is not None else []
        return next((Recipient(to.contact, to.language, {"name": ""}) for to in reached), None)
    submission = submission_of(session, message)
    if submission is None:
        collected = values_of_collected.contact_of(session, payload)
        return _vietnamese(*collected) if collected is not None else None
    contact = contact_of(session, submission, submission.contact_kind)
    return Recipient(contact, submission.language, {"name": ""}) if contact else None


def _vietnamese(to: str, name: str) -> Recipient:
    return Recipient(to, "vi", {"name": name})


def _of_account(session: Session, payload: Values) -> Recipient | None:
    """Who is told of a change of how they sign in; of another mail both addresses are told."""
    if "change_id" in payload:
        change = session.get(AccountChange, UUID(payload["change_id"]))
        if change is None or change.user.disabled_at is not None:
            return None
        ends_others = change.by_id == change.user_id and change.what in ENDS_OTHERS
        values = {"name": change.user.name, "what": change.what, "at": change.at, "detail": change.detail}
        values["ends_others"] = ends_others
        return Recipient(change.user.mail, "vi", values)
    made = session.get(Correction, UUID(payload["correction"]))
    user = session.get(User, made.subject_id) if made is not None else None
    if made is None or user is None:
        return None
    to = made.old if payload["which"] == "old" else made.new
    return Recipient(to, "vi", {"name": user.name, "new": made.new, "at": made.at})


def submission_of(session: Session, message: OutboxMessage) -> Submission | None:
    """The submission that a mail is about, if it is about one."""
    named = message.payload.get("submission")
    return session.get(Submission, (message.consultation_id, UUID(named))) if named else None
