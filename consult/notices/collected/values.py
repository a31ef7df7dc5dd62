"""To whom mails about collections go, and what their words need to know, read anew whenever one is written."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from consult.collections import sums
from consult.collections.answers import service as answers
from consult.collections.models import Branch, CollectedOpinion, Collection
from consult.outbox.models import OutboxMessage
from consult.submissions.words import ContactKind
from consult.text import one_line

Values = dict[str, Any]


def contact_of(session: Session, payload: Values) -> tuple[str, str] | None:
    """The mail address and name of a branch, or of the person behind opinions; None when it is gone, and of
    every other mail."""
    if "branch" in payload:
        branch = session.get(Branch, UUID(payload["branch"]))
        return (branch.mail, branch.name) if branch is not None and branch.mail else None
    if "opinions" not in payload:
        return None
    first = session.get(CollectedOpinion, UUID(payload["opinions"][0]))
    if first is None or first.contact_kind is not ContactKind.MAIL:
        return None
    return first.contact, first.person_name


def of_branch(session: Session, message: OutboxMessage) -> Values | None:
    """What a branch is asked, and whether nothing came from it yet."""
    branch = session.get(Branch, UUID(message.payload["branch"]))
    if branch is None or branch.key_ended_at is not None:
        return None
    collection = session.get_one(Collection, branch.collection_id)
    rows = sums.rows_of(session, collection)
    silent = next(row.all.silent for row in rows if row.branch.id == branch.id)
    values = {"asked": collection.asked, "closes_on": collection.closes_on, "silent": silent}
    return {**_of_collection(collection), **values, "own": branch.id}


def of_opinions(session: Session, message: OutboxMessage) -> Values | None:
    """What came of each opinion; those that were withdrawn are told nothing of."""
    found = [session.get(CollectedOpinion, UUID(one)) for one in message.payload["opinions"]]
    own = [answers.of_opinion(session, one) for one in found if one is not None and one.withdrawn_at is None]
    if not own:
        return None
    collection = session.get_one(Collection, own[0].opinion.collection_id)
    named = {} if collection.organisation.tells_religion else {"body": collection.organisation.name}
    return {"title": one_line(collection.title), "body": "", **named, "told": own}


def _of_collection(collection: Collection) -> Values:
    return {"title": one_line(collection.title), "body": collection.organisation.name}


VALUES = {"collected/branch_asked": of_branch, "collected/answered": of_opinions}
