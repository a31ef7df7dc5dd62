"""A person says where an accepted wording came to stand in a later draft, or that it does not stand there."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consult.consultations.document_models import Provision, Revision
from consult.consultations.matter.preconditions import person, written
from consult.consultations.models import Consultation
from consult.consultations.revisions.successors import Line
from consult.db import new_id, writing
from consult.errors import Invalid, NotFound
from consult.policy import Action, Actor, require
from consult.responses.changes.models import AcceptedChange
from consult.submissions.models import Comment

MOST_AT_ONCE = 500

Places = Mapping[int, str]
"""By the number of a comment the path of the provision that shows its wording; empty for "in this draft nowhere"."""


def confirm(
    session: Session, consultation: Consultation, revision: Revision, places: Places, actor: Actor, now: datetime
) -> None:
    """Says so of a draft, public or still waiting; what was said before stays on record, and the latest counts.

    Raises Invalid({"place": "nothing_chosen" | "too_many"}), NotFound for comments or provisions that are not there,
    and Refused by the policy.
    """
    by_id = person(actor)
    if not places or len(places) > MOST_AT_ONCE:
        raise Invalid({"place": "too_many" if places else "nothing_chosen"})
    key = (revision.consultation_id, revision.id)
    with writing(session, consultation.id):
        require(actor, Action.REVISE_MATTER, consultation, now)
        if session.get(Revision, key) is None:
            raise NotFound
        comments = _comments(session, consultation.id, places)
        provisions = _provisions(session, key, places)
        session.add_all(
            AcceptedChange(
                id=new_id(), consultation_id=consultation.id, comment_id=comments[number], revision_id=revision.id,
                provision_id=provisions[path] if path else None, at=now, by_id=by_id,
            )
            for number, path in places.items()
        )  # fmt: skip
        consultation.touch()
        written(session, consultation)


def confirmed(session: Session, line: Line) -> dict[UUID, AcceptedChange]:
    """What was last said of each comment for the newest draft of `line` of which anything was; one statement."""
    order = {revision.id: revision.number for revision in line}
    rows = session.scalars(
        select(AcceptedChange)
        .options(joinedload(AcceptedChange.comment))
        .where(AcceptedChange.consultation_id == line[0].consultation_id, AcceptedChange.revision_id.in_(order))
        .order_by(AcceptedChange.at, AcceptedChange.id)
    )
    found: dict[UUID, AcceptedChange] = {}
    for row in rows:
        before = found.get(row.comment_id)
        if before is None or order[row.revision_id] >= order[before.revision_id]:
            found[row.comment_id] = row
    return found


def _comments(session: Session, consultation_id: UUID, places: Places) -> dict[int, UUID]:
    rows = session.execute(
        select(Comment.number, Comment.id).where(Comment.consultation_id == consultation_id, Comment.number.in_(places))
    )
    found = {number: key for number, key in rows}
    if len(found) < len(places):
        raise NotFound
    return found


def _provisions(session: Session, key: tuple[UUID, UUID], places: Places) -> dict[str, UUID]:
    wanted = {path for path in places.values() if path}
    rows = session.execute(
        select(Provision.path, Provision.id).where(
            Provision.consultation_id == key[0], Provision.revision_id == key[1], Provision.path.in_(wanted)
        )
    )
    found = {path: provision_id for path, provision_id in rows}
    if len(found) < len(wanted):
        raise NotFound
    return found
