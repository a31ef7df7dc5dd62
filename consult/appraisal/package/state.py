"""What a package depends on, as a short text, and what of it may not be given any more."""

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
from consult.submissions.comments import taken_back
from consult.submissions.models import CommentAct, CommentVersion
from consult.submissions.receiving.models import Attachment
from consult.submissions.words import CommentActKind

ADDS = frozenset({CommentActKind.RELEASED, CommentActKind.ANSWERED, CommentActKind.REINSTATED})
"""Acts after which everything may be read that could be read before."""

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


def closings(session: Session, consultation: Consultation) -> int:
    """How often something was taken from those who may read: a package that is older than the last is given to nobody,
    whoever they are, since what is closed to one of them may stand in it."""
    acts = select(func.count()).where(CommentAct.consultation_id == consultation.id, CommentAct.kind.not_in(list(ADDS)))
    words = select(func.count()).where(CommentVersion.consultation_id == consultation.id, CommentVersion.version > 1)
    gone = (Attachment.set_aside_at.is_not(None)) | (Attachment.lost_at.is_not(None))
    files = select(func.count()).where(Attachment.consultation_id == consultation.id, gone)
    counted = sum(session.scalar(one) or 0 for one in (acts, words, files))
    return counted + taken_back.mark(session, consultation.id)


@cache
def _edition() -> str:
    told = hashlib.sha256()
    for path in sorted([*_ROOM.rglob("*.py"), *(resource_paths.TEMPLATES / "appraisal").glob("*.txt")]):
        told.update(path.read_bytes())
    return told.hexdigest()[:12]
