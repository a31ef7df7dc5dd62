"""Organisations and units as administrators keep them, each act noted. What becomes of a body is in `changes`."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.administration import audit_log
from consult.administration.public_pages import forget_pages
from consult.db import Lock, writing
from consult.errors import Refused
from consult.outbox import undelivered
from consult.outbox.undelivered import UndeliveredLine
from consult.people import letter_roles, organisations, reach, units
from consult.people.models import Membership, Organisation, Unit
from consult.people.organisations import NewOrganisation
from consult.policy import Actor


def create(session: Session, new: NewOrganisation, actor: Actor, now: datetime) -> Organisation:
    """Adds an organisation. Raises Invalid."""
    with writing(session, Lock.PEOPLE):
        made = organisations.create(session, new)
        audit_log.note(session, "organisation_made", made.name, actor, now, organisation_id=str(made.id))
    return made


def create_unit(
    session: Session, organisation_id: UUID, name: str, mailbox: str, day: date, actor: Actor, now: datetime
) -> Unit:
    """Adds a unit. Raises Invalid."""
    with writing(session, Lock.PEOPLE):
        made = units.create_unit(session, organisation_id, name, mailbox, day)
        audit_log.note(session, "unit_made", made.name, actor, now, organisation_id=str(organisation_id))
    return made


def change_mailbox(session: Session, unit_id: UUID, mailbox: str, actor: Actor, now: datetime) -> Unit:
    """Changes where a unit gets its mail. Raises Invalid."""
    with writing(session, Lock.PEOPLE):
        changed = units.change_mailbox(session, unit_id, mailbox)
        audit_log.note(session, "mailbox_changed", changed.name, actor, now, unit_id=str(unit_id))
    return changed


def change_reach(
    session: Session, organisation_id: UUID, typed: Mapping[str, str], actor: Actor, now: datetime
) -> Organisation:
    """Says anew where a body is found and by what it is called. Raises Invalid."""
    with writing(session, Lock.PEOPLE):
        changed = reach.change(session, organisation_id, typed)
        said = {name: words for name, words in reach.of(changed).items() if words}
        audit_log.note(session, "reach_changed", changed.name, actor, now, organisation_id=str(changed.id), **said)
    return changed


def set_writer_sends(
    session: Session, organisation_id: UUID, setting: bool | None, actor: Actor, now: datetime
) -> Organisation:
    """Says whether one person may write and send the letters of a body; None leaves it to its kind and level."""
    with writing(session, Lock.PEOPLE):
        changed = session.get_one(Organisation, organisation_id)
        changed.writer_sends = setting
        audit_log.note(
            session, "writer_sends_changed", changed.name, actor, now, organisation_id=str(organisation_id),
            setting=str(setting),
        )  # fmt: skip
    return changed


def change_letter_roles(
    session: Session,
    organisation_id: UUID,
    reviewer_id: UUID | None,
    signatory_id: UUID | None,
    actor: Actor,
    now: datetime,
) -> Organisation:
    """Says who reviews the letters of a body and who signs them. Raises Invalid."""
    with writing(session, Lock.PEOPLE):
        changed = letter_roles.change(session, organisation_id, reviewer_id, signatory_id, now)
        audit_log.note(
            session, "letter_roles_changed", changed.name, actor, now, organisation_id=str(organisation_id),
            reviewer=str(reviewer_id or ""), signatory=str(signatory_id or ""),
        )  # fmt: skip
    return changed


def end_unit(session: Session, unit_id: UUID, day: date, actor: Actor, now: datetime) -> Unit:
    """Ends a unit on the local `day`. Raises Refused."""
    with writing(session, Lock.PEOPLE):
        ended = units.end_unit(session, unit_id, day)
        audit_log.note(session, "unit_ended", ended.name, actor, now, unit_id=str(unit_id), on=day.isoformat())
    return ended


def confirm_typed(session: Session, organisation_id: UUID, actor: Actor, now: datetime) -> Organisation:
    """Says that a body that was typed in at a desk is one. Raises Refused("confirmed_already"), NotFound."""
    with writing(session, Lock.PEOPLE):
        body = organisations.organisation(session, organisation_id)
        if not body.unconfirmed:
            raise Refused("confirmed_already")
        body.confirmed_at = now
        audit_log.note(session, "organisation_confirmed", body.name, actor, now, organisation_id=str(body.id))
        forget_pages(session)
    return body


def typed_in(session: Session) -> Sequence[Organisation]:
    """The bodies that were typed in and nobody has confirmed, the oldest first."""
    waiting = (Organisation.typed_at.is_not(None), Organisation.confirmed_at.is_(None), Organisation.valid_to.is_(None))
    return session.scalars(select(Organisation).where(*waiting).order_by(Organisation.typed_at, Organisation.id)).all()


def undelivered_to(session: Session, organisation_id: UUID, own: Sequence[Unit]) -> list[UndeliveredLine]:
    """The mails to an organisation's people and to the mailboxes of its units that did not arrive."""
    people = set(session.scalars(select(Membership.user_id).where(Membership.organisation_id == organisation_id)))
    found = undelivered.of_people(session, people, [unit.id for unit in own])
    return [undelivered.line_of(message) for message in found]
