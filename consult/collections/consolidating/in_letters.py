"""Which consolidated opinions stand in a letter: their point in the draft says where it was taken from. A draft that
was put away, or from which the point was taken out, holds them no more."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.collections.consolidated_models import ConsolidatedOpinion
from consult.collections.models import Collection
from consult.workspace import content as contents
from consult.workspace.models import OrganisationDraft

SOURCE = "collected:"


def source_of(one: ConsolidatedOpinion) -> str:
    """What a point says that was taken from this consolidated opinion."""
    return f"{SOURCE}{one.id}"


def places_in(draft: OrganisationDraft) -> dict[str, int]:
    """By source, where in a letter that was made of this draft each consolidated opinion stands: its place among what
    was said, which is its place among the comments that were sent."""
    said = contents.read(draft.content).said.values()
    return {point.source: place for place, point in enumerate(said) if point.source.startswith(SOURCE)}


def standing(session: Session, collection: Collection) -> list[ConsolidatedOpinion]:
    """All consolidated opinions of the body that collects that were not taken back, by number."""
    rows = session.scalars(
        select(ConsolidatedOpinion)
        .where(
            ConsolidatedOpinion.collection_id == collection.id,
            ConsolidatedOpinion.branch_id.is_(None),
            ConsolidatedOpinion.withdrawn_at.is_(None),
        )
        .order_by(ConsolidatedOpinion.number)
    )
    return list(rows)


def letters_of(session: Session, consolidated: Iterable[ConsolidatedOpinion]) -> dict[UUID, OrganisationDraft]:
    """The draft or letter each of these stands in, by its id; what stands in none is not in it."""
    wanted = list(consolidated)
    ids = {one.draft_id for one in wanted if one.draft_id is not None}
    found = session.scalars(
        select(OrganisationDraft).where(OrganisationDraft.id.in_(ids), OrganisationDraft.discarded_at.is_(None))
    )
    drafts = {draft.id: (draft, places_in(draft)) for draft in found}
    return {
        one.id: drafts[one.draft_id][0]
        for one in wanted
        if one.draft_id in drafts and source_of(one) in drafts[one.draft_id][1]
    }
