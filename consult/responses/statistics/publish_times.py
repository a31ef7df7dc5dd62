"""Whether approved answers became public in their term."""

from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select, true
from sqlalchemy.orm import Session

from consult.consultations.matter.publish_terms import PublishTerm
from consult.consultations.models import Consultation
from consult.responses.models import ResponseApproval, ResponsePublication, ResponseVersion
from consult.responses.statistics.local_days import LocalDay


def published_late(session: Session, matter: Consultation, term: PublishTerm | None) -> int:
    """How many answers of a matter became public after their term, each version that was published counted alone; 0
    where no rule sets a term. At most one statement."""
    if term is None:
        return 0
    rows = session.execute(_published(), {"matter": matter.id})
    days = ((date.fromisoformat(approved), date.fromisoformat(on), count) for approved, on, count in rows)
    return sum(count for approved, on, count in days if term.due_after(approved) < on)


@cache
def _published() -> Select[Any]:
    """How many published versions were last approved before on one local day, and became public on another."""
    each = (
        select(LocalDay(func.max(ResponseApproval.at)).label("approved"), LocalDay(ResponsePublication.at).label("on"))
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
        .subquery()
    )
    return select(each.c.approved, each.c.on, func.count()).group_by(each.c.approved, each.c.on)
