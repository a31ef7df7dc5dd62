"""What a package depends on, as a short text."""

import hashlib
from datetime import datetime
from functools import cache
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult import resource_paths
from consult.consultations.models import Consultation
from consult.exports import table_state
from consult.ledger import service as ledger
from consult.stages import stage_of
from consult.submissions.comments.closings import closings
from consult.submissions.models import CommentAct

_ROOM = Path(__file__).resolve().parents[1]


def state_of(session: Session, consultation: Consultation, now: datetime, notice: str = "") -> str:
    """Another text whenever anything in the package may be another. `notice` marks made-up data."""
    own = select(func.count()).where(CommentAct.consultation_id == consultation.id)
    told = (
        consultation.content_version,
        ledger.size(session, consultation.id),
        session.scalar(own) or 0,
        closings(session, consultation),
        stage_of(consultation, now).value,
        table_state.edition(),
        _edition(),
        *(["demo"] if notice else []),
    )
    return "-".join(map(str, told))


@cache
def _edition() -> str:
    told = hashlib.sha256()
    for path in sorted([*_ROOM.rglob("*.py"), *(resource_paths.TEMPLATES / "appraisal").glob("*.txt")]):
        told.update(path.read_bytes())
    return told.hexdigest()[:12]
