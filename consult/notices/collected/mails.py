"""After branches were asked to collect, and after what they collected was answered: the branches, and the people behind
the opinions who left a mail address."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.collections.answers import carrying
from consult.collections.answers.service import Told
from consult.collections.models import Branch, Collection
from consult.db import Lock, writing
from consult.notices.addressees import Addressee
from consult.notices.mail_limits import hash_of
from consult.notices.requests import MailRequest, request, request_for
from consult.notices.who_is_told import Whom, told
from consult.outbox.models import OutboxMessage


def after_branch_asked(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """branch_asked: sends a branch its link, with a reminder when nothing came from it yet."""
    rule = told("branch_asked", Whom.BRANCH)
    for message in messages:
        branch = session.get(Branch, UUID(message.payload["branch"]))
        if rule is not None and branch is not None and branch.mail:
            to = Addressee((("branch", str(branch.id)),), branch.mail)
            request_for(session, MailRequest(now, message, f"branch_asked:{message.id}"), to, notice=rule.template)


def after_answered(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """answers_published: tells the people behind opinions that the answered comments of a letter rest on."""
    for message in messages:
        matter = message.consultation_id
        for collection in session.scalars(select(Collection).where(Collection.consultation_id == matter)).all():
            _tell(session, message, collection, now)


def after_collected_answered(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """collected_answered: tells the people behind opinions that the body which collects answered itself."""
    for message in messages:
        collection = session.get(Collection, UUID(message.payload["collection"]))
        if collection is not None:
            _tell(session, message, collection, now)


def _tell(session: Session, message: OutboxMessage, collection: Collection, now: datetime) -> None:
    """One mail to each address for all opinions that it was left with."""
    rule = told("collected_answered", Whom.BEHIND)
    by_mailbox: dict[str, list[Told]] = {}
    for one in carrying.to_mail(session, collection):
        by_mailbox.setdefault(hash_of(one.opinion.contact), []).append(one)
    for mailbox, own in by_mailbox.items():
        if rule is not None:
            _request(session, MailRequest(now, message, f"collected:{message.id}:{mailbox}"), rule.template, own)


def _request(session: Session, asked: MailRequest, template: str, own: Sequence[Told]) -> None:
    facts = {"notice": template, "opinions": [str(one.opinion.id) for one in own]}
    rows = [(one.opinion, one.opinion.gathering.branch_id) for one in own]
    with writing(session, Lock.COLLECTIONS), writing(session, Lock.OUTBOX):
        if request(session, asked, facts) is not None:
            for opinion, branch_id in rows:
                carrying.mailed(session, opinion, branch_id, asked.now)
