"""What the archive of a matter depends on, as a short text."""

import hashlib
from datetime import datetime
from functools import cache
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult import resource_paths
from consult.archive.contents import PROGRAMS
from consult.consultations.models import Consultation
from consult.exports import table_state
from consult.ledger import service as ledger
from consult.ledger.models import Cosignature
from consult.stages import stage_of
from consult.submissions.comments.closings import closings

_ROOM = Path(__file__).resolve().parent


def state_of(session: Session, consultation: Consultation, now: datetime, notice: str = "") -> str:
    """Another text whenever anything in the archive may be another. `notice` marks made-up data."""
    own = select(func.count(), func.max(Cosignature.at)).where(Cosignature.consultation_id == consultation.id)
    signed, last = session.execute(own).one()
    told = (
        consultation.content_version,
        ledger.size(session, consultation.id),
        closings(session, consultation),
        stage_of(consultation, now).value,
        table_state.edition(),
        _edition(),
        signed,
        last or 0,
        *(["demo"] if notice else []),
    )
    return "-".join(map(str, told))


@cache
def _edition() -> str:
    told = hashlib.sha256()
    pages = sorted((resource_paths.TEMPLATES / "archive").iterdir())
    for path in [*sorted(_ROOM.rglob("*.py")), *pages, *(resource_paths.DOCS / name for name in PROGRAMS)]:
        told.update(path.read_bytes())
    return told.hexdigest()[:12]
