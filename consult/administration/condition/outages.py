"""When the site took nothing: seen by its worker that comes back, or stated by an administrator with the evidence."""

import os
import socket
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, func, not_, select
from sqlalchemy.orm import Session

from consult.administration import audit_log
from consult.administration.models import InstallationFact
from consult.consultations.models import Outage
from consult.db import Lock, new_id, writing
from consult.errors import Invalid, NotFound, Refused
from consult.outbox.models import OutboxMessage, OutboxWorker
from consult.policy import Actor
from consult.text import blank

SEEN = "site_seen"
SHORTEST = timedelta(minutes=10)
"""What is shorter is a restart."""
LONGEST = timedelta(days=60)
MOST_TEXT = 2_000
MOST = 200


class OutageWatch:
    """What the worker knows of times when nothing ran. It looks once, when it starts: what was last seen alive before
    (another worker's beats, its own word when it ended in good order), and whether anything came in since. The web that
    was down alone it cannot see; an administrator states that."""

    def __init__(self) -> None:
        self.looked = False

    def look(self, session: Session, now: datetime) -> None:
        """A chore of the worker."""
        before = None if self.looked else _last_seen(session)
        self.looked = True
        with writing(session, Lock.REFERENCE):
            end = _first_sign(session, before, now) if before is not None else now
            if before is not None and end - before >= SHORTEST:
                session.add(Outage(id=new_id(), starts_at=before, ends_at=end, observed=True, evidence="", at=now))
            _note_seen(session, now)

    def leave(self, session: Session, now: datetime) -> None:
        """When a worker that looked ends in good order, which leaves no other trace of it."""
        if not self.looked:
            return
        with writing(session, Lock.REFERENCE):
            _note_seen(session, now)


def listed(session: Session) -> Sequence[Outage]:
    """The outages, the newest first, `MOST` at most."""
    return session.scalars(select(Outage).order_by(Outage.starts_at.desc(), Outage.id).limit(MOST)).all()


def outage(session: Session, outage_id: UUID) -> Outage:
    """One outage. Raises NotFound."""
    found = session.get(Outage, outage_id)
    if found is None:
        raise NotFound
    return found


def check(starts_at: datetime, ends_at: datetime, evidence: str, now: datetime) -> None:
    """Raises Invalid by the names of the fields: an outage that ends before it begins or in time to come, lasts longer
    than `LONGEST`, or has no evidence."""
    errors = {"evidence": "required"} if blank(evidence) else {}
    if len(evidence) > MOST_TEXT:
        errors["evidence"] = "too_long"
    if ends_at > now:
        errors["ends"] = "day_to_come"
    elif ends_at <= starts_at or ends_at - starts_at > LONGEST:
        errors["ends"] = "outage_ends_wrong"
    if errors:
        raise Invalid(errors)


def state_outage(
    session: Session, starts_at: datetime, ends_at: datetime, evidence: str, actor: Actor, now: datetime
) -> Outage:
    """Records an outage that an administrator knows of. Raises Invalid as `check` does."""
    check(starts_at, ends_at, evidence, now)
    with writing(session, Lock.REFERENCE):
        row = Outage(
            id=new_id(), starts_at=starts_at, ends_at=ends_at, observed=False, evidence=evidence, at=now,
            by_id=actor.user_id,
        )  # fmt: skip
        session.add(row)
        told = {"starts": starts_at.isoformat(), "ends": ends_at.isoformat()}
        audit_log.note(session, "outage_stated", told["starts"], actor, now, **told, evidence=evidence)
    return row


def take_back(session: Session, outage_id: UUID, reason: str, actor: Actor, now: datetime) -> None:
    """Says that it was no outage; a period that was extended for it stays so. Raises Invalid({"reason": code}),
    NotFound, Refused("outage_taken_back") for one that is already."""
    if blank(reason) or len(reason) > MOST_TEXT:
        raise Invalid({"reason": "required" if blank(reason) else "too_long"})
    with writing(session, Lock.REFERENCE):
        row = outage(session, outage_id)
        if row.taken_back_at is not None:
            raise Refused("outage_taken_back")
        row.taken_back_at, row.taken_back_by_id, row.taken_back_reason = now, actor.user_id, reason
        told = {"starts": row.starts_at.isoformat(), "ends": row.ends_at.isoformat()}
        audit_log.note(session, "outage_taken_back", told["starts"], actor, now, **told, reason=reason)


def _last_seen(session: Session) -> datetime | None:
    """When anything of the site but this process was last seen alive; None on a new site."""
    own = and_(OutboxWorker.host == socket.gethostname(), OutboxWorker.process == os.getpid())
    beat = session.scalar(select(func.max(OutboxWorker.seen_at)).where(not_(own)))
    fact = session.get(InstallationFact, SEEN)
    return max((one for one in (beat, fact.at if fact is not None else None) if one is not None), default=None)


def _first_sign(session: Session, start: datetime, now: datetime) -> datetime:
    """When the site wrote an event for the first time after `start`: from then on people could send, even if the worker
    stood still; `now` where it did not."""
    between = (OutboxMessage.created_at > start, OutboxMessage.created_at < now)
    return session.scalar(select(func.min(OutboxMessage.created_at)).where(*between)) or now


def _note_seen(session: Session, now: datetime) -> None:
    fact = session.get(InstallationFact, SEEN)
    if fact is None:
        session.add(InstallationFact(name=SEEN, value="", at=now))
    else:
        fact.at = now
