"""Asking branches to collect, and reminding those from which nothing came."""

from datetime import datetime

from sqlalchemy.orm import Session

from consult.collections import state, sums
from consult.collections.models import Branch, Collection
from consult.collections.service import find
from consult.db import Lock, writing
from consult.outbox.service import emit
from consult.policy import Actor


def silent(session: Session, collection: Collection) -> list[Branch]:
    """The branches from which nothing came, neither from themselves nor from below."""
    return [row.branch for row in sums.rows_of(session, collection) if row.all.silent]


def ask(session: Session, collection: Collection, only_silent: bool, actor: Actor, now: datetime) -> list[Branch]:
    """Has a mail with its link sent to each branch that has a mail address, to the silent ones alone when so asked.
    Gives them. Raises Refused once the collection is closed."""
    collection_id = collection.id
    with writing(session, Lock.COLLECTIONS):
        held = find(session, collection_id, actor)
        state.require_open(held, now)
        quiet = silent(session, held)
        wanted = quiet if only_silent else sums.branches_of(session, collection_id)
        told = [one for one in wanted if one.mail and one.key_ended_at is None]
        for one in told:
            emit(session, "branch_asked", now, branch=str(one.id))
    return told
