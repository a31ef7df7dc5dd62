"""How often something was taken from those who may read: archives that are older than the last are given to nobody."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.submissions.comments import taken_back
from consult.submissions.models import CommentAct, CommentVersion
from consult.submissions.receiving.models import Attachment
from consult.submissions.words import CommentActKind

ADDS = frozenset({CommentActKind.RELEASED, CommentActKind.ANSWERED, CommentActKind.REINSTATED})
"""Acts after which everything may be read that could be read before."""


def closings(session: Session, consultation: Consultation) -> int:
    """How often something was taken from those who may read: a package that is older than the last is given to nobody,
    whoever they are, since what is closed to one of them may stand in it."""
    acts = select(func.count()).where(CommentAct.consultation_id == consultation.id, CommentAct.kind.not_in(list(ADDS)))
    words = select(func.count()).where(CommentVersion.consultation_id == consultation.id, CommentVersion.version > 1)
    gone = (Attachment.set_aside_at.is_not(None)) | (Attachment.lost_at.is_not(None))
    files = select(func.count()).where(Attachment.consultation_id == consultation.id, gone)
    counted = sum(session.scalar(one) or 0 for one in (acts, words, files))
    return counted + taken_back.mark(session, consultation.id)
