"""What other rooms ask of groups: which comments of a list belong together, and what each is to the sample."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.similar.models import SimilarGroup, SimilarMember
from consult.similar.words import Likeness

AT_ONCE = 1_000


@dataclass(frozen=True)
class Kin:
    """The number of the group of a comment, and what it is to the sample."""

    group: int
    likeness: Likeness


def kin_of(session: Session, consultation_id: UUID, comment_ids: Sequence[UUID]) -> dict[UUID, Kin]:
    """Those of these comments that are in a group of two and more."""
    found: dict[UUID, Kin] = {}
    for start in range(0, len(comment_ids), AT_ONCE):
        rows = session.execute(
            select(SimilarMember.comment_id, SimilarGroup.number, SimilarMember.likeness)
            .join(SimilarMember.group)
            .where(SimilarMember.consultation_id == consultation_id, SimilarGroup.size > 1)
            .where(SimilarMember.comment_id.in_(comment_ids[start : start + AT_ONCE]))
        )
        found |= {row.comment_id: Kin(row.number, Likeness(row.likeness)) for row in rows}
    return found
