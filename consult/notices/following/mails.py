"""After what happened to a matter: who follows it, one of its clauses, its commune or its field is told by mail."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.models import Consultation
from consult.db import Lock, writing
from consult.notices import mail_limits
from consult.notices.following import public_events, subjects
from consult.notices.following.followers import WANTED
from consult.notices.models import Follower
from consult.notices.requests import MailRequest, request
from consult.notices.who_is_told import Whom, told
from consult.notices.words import Followed
from consult.outbox.models import OutboxMessage

Facts = dict[str, str]
AT_ONCE = 200
"""So many mails are asked for in one transaction."""


def after_asked(session: Session, messages: Sequence[OutboxMessage], now: datetime, most: int) -> None:
    """follow_asked: asks whoever reads the mailbox whether they want to follow, by no more than `most` mails a day:
    anybody can type somebody else's address."""
    for message in messages:
        follower, rule = session.get(Follower, UUID(message.payload["follower"])), told("follow_asked", Whom.FOLLOWER)
        if follower is None or rule is None:
            continue
        with writing(session, Lock.OUTBOX):
            facts = {"notice": rule.template, "follower": str(follower.id)}
            mail = request(session, MailRequest(now, message, f"follow_asked:{message.id}"), facts)
            if mail is not None and mail_limits.enough(session, follower.address, message.created_at, most):
                mail_limits.leave_out(mail, now)


def after_published(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """matter_published: tells who follows its commune or its field."""
    for message in messages:
        _tell(session, message, "published", now)


def after_changed(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """matter_changed: tells who follows of what changed."""
    for message in messages:
        name = message.payload.get("change", "")
        if name != "revised" or "revision" in message.payload:
            _tell(session, message, name, now)


def after_answered(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """answers_published: tells who follows, of all that was answered on one day in one mail the next morning."""
    for message in messages:
        _tell(session, message, "answered", now)


def _tell(session: Session, message: OutboxMessage, name: str, now: datetime) -> None:
    rule, matter = told(name, Whom.FOLLOWER), session.get(Consultation, message.consultation_id)
    if rule is None or matter is None:
        return
    found = {one.mailbox: one for one in _followers(session, matter, name, message.created_at)}
    everybody = list(found.values())
    extension: Facts = {
        key: message.payload[key] for key in ("extension", "revision", "in_force", "year_of") if key in message.payload
    }
    for first in range(0, len(everybody), AT_ONCE):
        with writing(session, Lock.OUTBOX):
            for one in everybody[first : first + AT_ONCE]:
                facts: Facts = {"notice": rule.template, "follower": str(one.id), "change": name, **extension}
                _request(session, message, name, one, facts, now)


def _request(session: Session, message: OutboxMessage, name: str, one: Follower, facts: Facts, now: datetime) -> None:
    if name != "answered":
        # The key is that of a sender's mail of the same event: one mailbox is told once.
        request(session, MailRequest(now, message, f"{name}:{message.id}:{one.mailbox}"), facts)
        return
    day = clock.local_day(message.created_at)
    key = f"followed:{one.mailbox}:{message.consultation_id}:{day}"
    morning = clock.start_of_day(day + timedelta(days=1)) + mail_limits.MORNING
    request(session, MailRequest(now, message, key), facts | {"day": day.isoformat()}, morning)


def _followers(session: Session, matter: Consultation, name: str, at: datetime) -> Iterable[Follower]:
    """Who is to be told of what happened at this instant, those of clauses first: of several things that one mailbox
    follows the last is named."""
    kept = subjects.kept_of(session, matter, clock.local_day(at))
    wanted = [
        and_(Follower.kind == kind, Follower.subject.in_(sorted(of)))
        for kind, of in kept.items()
        if of and name in WANTED[kind]
    ]
    if name in WANTED[Followed.CLAUSE]:
        wanted.append(and_(Follower.kind == Followed.CLAUSE, Follower.consultation_id == matter.id))
    if not wanted:
        return
    confirmed = select(Follower).where(Follower.confirmed_at.is_not(None), or_(*wanted)).order_by(Follower.id)
    for one in sorted(session.scalars(confirmed).all(), key=lambda follower: follower.kind is not Followed.CLAUSE):
        if one.kind is not Followed.CLAUSE or name != "answered" or _clause_answered(session, one, at):
            yield one


def _clause_answered(session: Session, follower: Follower, at: datetime) -> bool:
    subject = subjects.of_follower(session, follower, at)
    return subject is not None and public_events.answered_on(session, subject, clock.local_day(at)) > 0
