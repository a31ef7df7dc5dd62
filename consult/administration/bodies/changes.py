"""What administrators say became of a body: followed, merged, divided, ended; each kept with the document that decided
it and with what moved, so that a slip can be taken back within a day while nothing stands on it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.administration import audit_log
from consult.administration.bodies import deciding, newer
from consult.administration.bodies.deciding import DecidingDocument
from consult.administration.models import BodyChange, ChangeKind
from consult.administration.public_pages import forget_pages
from consult.db import Lock, new_id, writing
from consult.errors import NotFound, Refused
from consult.people import organisations, successions
from consult.people.models import Organisation
from consult.people.organisations import NewOrganisation
from consult.people.successions import Moved
from consult.policy import Actor
from consult.text import one_line

UNDONE_WITHIN = timedelta(days=1)


def succeed(
    session: Session,
    organisation_id: UUID,
    new: NewOrganisation,
    day: date,
    document: DecidingDocument,
    actor: Actor,
    now: datetime,
) -> Organisation:
    """Lets an organisation with another name, level or place follow on the local `day`. Raises Refused, Invalid."""
    with writing(session, Lock.PEOPLE):
        _decided(session, organisation_id, document, now)
        heir, moved = successions.succeed(session, organisation_id, new, day, document.in_short, now)
        _keep(session, ChangeKind.FOLLOWED, organisation_id, [heir], day, document, moved, actor, now)
    return heir


def merge(
    session: Session,
    organisation_id: UUID,
    into_id: UUID,
    day: date,
    document: DecidingDocument,
    actor: Actor,
    now: datetime,
) -> Organisation:
    """Merges a body into one that exists, on the local `day`. One that was typed in is confirmed by that to be the
    other. Raises as `successions.merge`."""
    with writing(session, Lock.PEOPLE):
        _decided(session, organisation_id, document, now)
        heir, moved = successions.merge(session, organisation_id, into_id, day, document.in_short, now)
        _keep(session, ChangeKind.MERGED, organisation_id, [heir], day, document, moved, actor, now)
    return heir


def split(
    session: Session,
    organisation_id: UUID,
    heirs: Sequence[NewOrganisation],
    goes_to: Mapping[UUID, int],
    day: date,
    document: DecidingDocument,
    actor: Actor,
    now: datetime,
) -> Sequence[Organisation]:
    """Divides a body among new ones, on the local `day`. Raises as `successions.split`."""
    with writing(session, Lock.PEOPLE):
        _decided(session, organisation_id, document, now)
        made, moved = successions.split(session, organisation_id, heirs, goes_to, day, document.in_short, now)
        _keep(session, ChangeKind.SPLIT, organisation_id, made, day, document, moved, actor, now)
    return made


def end(
    session: Session, organisation_id: UUID, day: date, document: DecidingDocument, actor: Actor, now: datetime
) -> None:
    """Ends an organisation on the local `day`. Raises Refused, Invalid."""
    with writing(session, Lock.PEOPLE):
        _decided(session, organisation_id, document, now)
        organisations.end(session, organisation_id, day)
        _keep(session, ChangeKind.ENDED, organisation_id, [], day, document, Moved(), actor, now)


def of_body(session: Session, organisation_id: UUID) -> Sequence[BodyChange]:
    """What became of a body, the first first; what was taken back too."""
    own = select(BodyChange).where(BodyChange.organisation_id == organisation_id)
    return session.scalars(own.order_by(BodyChange.at, BodyChange.id)).all()


def change(session: Session, change_id: UUID) -> BodyChange:
    """The change with this id. Raises NotFound."""
    found = session.get(BodyChange, change_id)
    if found is None:
        raise NotFound
    return found


def undo(session: Session, change_id: UUID, actor: Actor, now: datetime) -> BodyChange:
    """Takes a change back: bodies, units and seats are as they were, and the record of it stays.

    Raises as `check_undoing`.
    """
    with writing(session, Lock.PEOPLE):
        undone = change(session, change_id)
        check_undoing(session, undone, now)
        successions.undo(session, undone.organisation_id, Moved(**undone.moved))
        undone.undone_at, undone.undone_by_id = now, actor.user_id
        told = {"organisation_id": str(undone.organisation_id), "change": undone.kind.value}
        audit_log.note(session, "body_change_undone", undone.organisation.name, actor, now, **told)
        forget_pages(session)
    return undone


def check_undoing(session: Session, undone: BodyChange, now: datetime) -> None:
    """Raises Refused: `undone_already`; `too_late_to_undo` a day later; `stands_on_it` with the `tables` in which
    something was written since that would hang in the air."""
    if undone.undone_at is not None:
        raise Refused("undone_already")
    if now - undone.at > UNDONE_WITHIN:
        raise Refused("too_late_to_undo")
    tables = newer.written_since(session, undone)
    if tables:
        raise Refused("stands_on_it", tables=tables)


def _decided(session: Session, organisation_id: UUID, document: DecidingDocument, now: datetime) -> None:
    deciding.check(document, organisations.organisation(session, organisation_id), clock.local_day(now))


def _keep(
    session: Session,
    kind: ChangeKind,
    organisation_id: UUID,
    heirs: Sequence[Organisation],
    day: date,
    document: DecidingDocument,
    moved: Moved,
    actor: Actor,
    now: datetime,
) -> None:
    old = organisations.organisation(session, organisation_id)
    file = document.file
    if old.typed_at is not None and old.confirmed_at is None:
        old.confirmed_at = now
    session.add(
        BodyChange(
            id=new_id(), kind=kind, organisation_id=old.id, on=day, document_number=one_line(document.number),
            document_on=document.on, document_issuer=one_line(document.issuer), file_hash=file.hash if file else "",
            file_name=file.name if file else "", media_type=file.media_type if file else "", at=now,
            by_id=actor.user_id, moved=asdict(moved),
        )
    )  # fmt: skip
    names = ", ".join(heir.name for heir in heirs)
    told = {"on": day.isoformat(), "document": document.in_short} | ({"by": names} if names else {})
    audit_log.note(session, f"organisation_{kind.value}", old.name, actor, now, **told)
    forget_pages(session)
