"""What a branch recorded: its gatherings, the newest first, each with how many opinions it holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from consult.collections.models import Branch, CollectedOpinion, Collection, Gathering, GatheringFile
from consult.collections.recording import same_meeting
from consult.errors import NotFound


@dataclass(frozen=True)
class Listed:
    """A gathering with its files that were not removed, how many of its opinions were not withdrawn, and the numbers of
    those that are of the same meeting."""

    gathering: Gathering
    files: Sequence[GatheringFile]
    opinions: int
    doubles: Sequence[int]


def gatherings_of(session: Session, branch: Branch) -> list[Listed]:
    """The gatherings of one branch itself, the newest first, those that were withdrawn too."""
    rows = session.scalars(
        select(Gathering)
        .where(Gathering.branch_id == branch.id)
        .options(selectinload(Gathering.files))
        .order_by(Gathering.number.desc())
    ).all()
    counts, doubles = _counts(session, branch.id), same_meeting.doubles(rows)
    return [Listed(row, _kept(row), counts.get(row.id, 0), doubles.get(row.number, ())) for row in rows]


def find(session: Session, branch: Branch, number: int) -> Gathering:
    """A gathering of the branch by its number; for every other branch it does not exist (NotFound)."""
    found = session.scalar(select(Gathering).where(Gathering.branch_id == branch.id, Gathering.number == number))
    if found is None:
        raise NotFound
    return found


def of_collection(session: Session, collection: Collection, number: int) -> Gathering:
    """A gathering of a collection by its number; raises NotFound."""
    at = (Gathering.collection_id == collection.id, Gathering.number == number)
    found = session.scalar(select(Gathering).where(*at))
    if found is None:
        raise NotFound
    return found


def opinion(session: Session, gathering: Gathering, number: int) -> CollectedOpinion:
    """An opinion of a gathering by its number; raises NotFound."""
    at = (CollectedOpinion.gathering_id == gathering.id, CollectedOpinion.number == number)
    found = session.scalar(select(CollectedOpinion).where(*at))
    if found is None:
        raise NotFound
    return found


def opinions_of(session: Session, gathering: Gathering) -> list[CollectedOpinion]:
    """All opinions of a gathering, in the order they came in."""
    return list(
        session.scalars(
            select(CollectedOpinion)
            .where(CollectedOpinion.gathering_id == gathering.id)
            .order_by(CollectedOpinion.number)
        )
    )


def _kept(row: Gathering) -> list[GatheringFile]:
    return [file for file in row.files if file.removed_at is None]


def _counts(session: Session, branch_id: UUID) -> dict[UUID, int]:
    rows = session.execute(
        select(Gathering.id, func.count(CollectedOpinion.id))
        .join(CollectedOpinion.gathering)
        .where(Gathering.branch_id == branch_id, CollectedOpinion.withdrawn_at.is_(None))
        .group_by(Gathering.id)
    )
    return {gathering_id: count for gathering_id, count in rows}
