"""Consolidated opinions go into a draft letter of the body that collects: each point says what it was taken from."""

from collections.abc import Collection as Several
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.collections.consolidated_models import ConsolidatedOpinion
from consult.collections.consolidating.in_letters import letters_of, source_of, standing
from consult.collections.models import Collection
from consult.collections.service import find
from consult.consultations.models import Consultation
from consult.db import Lock, writing
from consult.errors import Invalid, Refused
from consult.people.heirs import heirs, with_successors
from consult.policy import Actor
from consult.submissions.words import SubmissionKind
from consult.workspace import drafts
from consult.workspace.models import OrganisationDraft
from consult.workspace.points import Point


def open_drafts(session: Session, collection: Collection, day: date) -> list[OrganisationDraft]:
    """The drafts of the body, and of what it has become by the local `day`, on the matter of the collection, the newest
    first: a point may still be put into them."""
    if collection.consultation_id is None:
        return []
    rows = session.scalars(
        select(OrganisationDraft)
        .where(
            OrganisationDraft.consultation_id == collection.consultation_id,
            OrganisationDraft.organisation_id.in_(with_successors(session, collection.organisation_id, day)),
            OrganisationDraft.submission_id.is_(None),
            OrganisationDraft.discarded_at.is_(None),
        )
        .order_by(OrganisationDraft.updated_at.desc(), OrganisationDraft.id)
    )
    return list(rows)


def put(
    session: Session,
    collection: Collection,
    numbers: Several[int],
    draft_id: UUID | None,
    kind: SubmissionKind,
    actor: Actor,
    now: datetime,
) -> OrganisationDraft:
    """Puts consolidated opinions into a draft of the body, or into a new one of this kind, as its next version; a new
    one is of the body that it has become.

    Raises Invalid({"numbers": "choose_one"}), Refused("no_matter") of a collection that stands by itself,
    Refused("already_in_letter"), and as the drafts of an organisation do.
    """
    if not numbers:
        raise Invalid({"numbers": "choose_one"})
    matter = session.get(Consultation, collection.consultation_id) if collection.consultation_id else None
    if matter is None:
        raise Refused("no_matter")
    collection_id, matter_id = collection.id, matter.id
    body = heirs(session, [collection.organisation_id], clock.local_day(now))[collection.organisation_id].id
    with writing(session, Lock.COLLECTIONS):
        chosen = _chosen(session, find(session, collection_id, actor), set(numbers))
        matter = session.get_one(Consultation, matter_id)
        if draft_id is None:
            draft = drafts.start(session, matter, body, kind, actor, now)
        else:
            draft = drafts.find(session, matter, draft_id, actor)
        drafts.add_points(session, matter, draft.id, [_point(one) for one in chosen], actor, now)
        for one in chosen:
            one.draft_id = draft.id
    return draft


def _chosen(session: Session, collection: Collection, numbers: set[int]) -> list[ConsolidatedOpinion]:
    chosen = [one for one in standing(session, collection) if one.number in numbers]
    if len(chosen) != len(numbers):
        raise Invalid({"numbers": "not_a_choice"})
    if letters_of(session, chosen):
        raise Refused("already_in_letter")
    return chosen


def _point(one: ConsolidatedOpinion) -> Point:
    stance = one.stance.value if one.stance else ""
    return Point(one.anchor, stance, one.text, one.proposed, one.reason, source=source_of(one))
