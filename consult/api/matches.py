"""What became of each provision, as programs get it."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from consult.consultations.document_models import Provision, ProvisionMatch, Revision
from consult.consultations.revisions import matching
from consult.consultations.revisions.change_sources import sources_of

PAGE_SIZE = 200


def page(session: Session, revision: Revision, after: int) -> tuple[list[dict[str, Any]], bool]:
    """The matches of a public revision after the first `after`, in the order of the new text with what was removed at
    the end, and whether there are more; two statements."""
    old, new = aliased(Provision), aliased(Provision)
    match = ProvisionMatch
    rows = session.execute(
        select(match, old.path.label("old"), new.path.label("new"))
        .outerjoin(match.old.of_type(old))
        .outerjoin(match.new.of_type(new))
        .where(*matching.of_revision(revision))
        .order_by(new.position.is_(None), new.position, old.position.is_(None), old.position)
        .offset(after)
        .limit(PAGE_SIZE + 1)
    ).all()
    told = sources_of(session, revision.consultation_id, [revision])
    return [_value(row, told) for row in rows[:PAGE_SIZE]], len(rows) > PAGE_SIZE


def _value(row: Any, told: dict[Any, Any]) -> dict[str, Any]:
    match: ProvisionMatch = row.ProvisionMatch
    source = told.get(match.new_id or match.old_id)
    return {
        "old": row.old,
        "new": row.new,
        "kind": match.kind.value,
        "similarity": round(match.similarity, 3),
        "corrected": match.corrected_at is not None,
        "source": {"origin": source.source.value, "note": source.note} if source is not None else None,
    }
