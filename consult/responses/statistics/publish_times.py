"""Whether approved answers became public in their term."""

from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select, true
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.matter.publish_terms import PublishTerm
from consult.consultations.models import Consultation
from consult.responses.models import ResponseApproval, ResponsePublication, ResponseVersion


def published_late(session: Session, matter: Consultation, term: PublishTerm | None) -> int:
    """How many answers of a matter became public after their term, each version that was published counted alone; 0
    where no rule sets a term. At most one statement."""
    if term is None:
        return 0
    rows = session.execute(_published(), {"matter": matter.id})
    return sum(term.overdue(approved_at, clock.local_day(published_at)) > 0 for approved_at, published_at in rows)


@cache
def _published() -> Select[Any]:
    """When each published version was last approved before, and when it became public."""
    columns: Any = (func.max(ResponseApproval.at), ResponsePublication.at)
    return (
        select(*columns)
        .select_from(ResponseVersion)
        .join(ResponseVersion.publications)
        .join(ResponseVersion.approvals)
        .where(
            ResponseVersion.consultation_id == bindparam("matter"),
            ResponseApproval.version_hash == ResponseVersion.hash,
            ResponseApproval.approved == true(),
            ResponseApproval.at <= ResponsePublication.at,
        )
        .group_by(ResponsePublication.id, ResponsePublication.at)
    )
