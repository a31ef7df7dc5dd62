"""What the package of a matter depends on, as a short text."""

import hashlib
from datetime import datetime
from functools import cache

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult import clock, resource_paths
from consult.consultations.models import Consultation
from consult.exports import table_state
from consult.ledger import service as ledger
from consult.responses.models import ResponseApproval, ResponseVersion
from consult.stages import stage_of
from consult.submissions.comments.closings import closings
from consult.submissions.models import CommentAct


def state_of(session: Session, consultation: Consultation, now: datetime, notice: str = "") -> str:
    """Another text whenever anything in the package may be another: a draft of an answer counts too, and the day, since
    silence may be agreement from a day on. `notice` marks made-up data."""
    rows = [
        session.scalar(select(func.count()).where(table.consultation_id == consultation.id)) or 0
        for table in (CommentAct, ResponseVersion, ResponseApproval)
    ]
    told = (
        consultation.content_version, ledger.size(session, consultation.id), *rows, closings(session, consultation),
        stage_of(consultation, now).value, clock.local_day(now).isoformat(), table_state.edition(), _templates(),
        *(["demo"] if notice else []),
    )  # fmt: skip
    return "-".join(map(str, told))


@cache
def _templates() -> str:
    told = hashlib.sha256()
    folders = (resource_paths.TEMPLATES / "papers", resource_paths.TEMPLATES / "exports")
    for path in sorted(path for folder in folders for path in folder.rglob("*") if path.is_file()):
        told.update(path.read_bytes())
    return told.hexdigest()[:12]
