"""The comments of a matter that only agree and wait for an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.responses.agreement.plain import LONGEST, only_agrees
from consult.responses.desk.listing.case_filters import CaseFilters, Handler
from consult.responses.desk.listing.filters import matching
from consult.responses.desk.listing.joins import latest_version
from consult.responses.desk.listing.list_rows import CaseLine, lines
from consult.submissions.models import Comment, CommentVersion, Submission
from consult.submissions.receiving.models import Attachment
from consult.submissions.words import Stance, SubmissionKind

MOST_READ = 20_000
MOST_SHOWN = 200


@dataclass(frozen=True)
class Agreeing:
    """Those that one page shows, and how many there are."""

    lines: Sequence[CaseLine]
    total: int


def agreeing(session: Session, consultation: Consultation, handler: Handler, today: date) -> Agreeing:
    """The first `MOST_SHOWN` by number of those that wait without a draft, say nothing but that they agree, came with
    no file and in no critique; in a fixed number of statements."""
    chosen = matching(consultation, CaseFilters(outcome="awaiting", draft="none"), handler, None, today)
    with_file = select(Attachment.submission_id).where(
        Attachment.consultation_id == consultation.id, Attachment.submission_id.is_not(None)
    )
    rows = session.execute(
        select(Comment.number, CommentVersion.text, CommentVersion.stance)
        .join(Comment.versions)
        .join(Comment.submission)
        .where(
            Comment.consultation_id == consultation.id,
            Comment.number.in_(chosen),
            CommentVersion.version == latest_version(),
            func.length(CommentVersion.text) <= LONGEST,
            CommentVersion.proposed == "",
            CommentVersion.reason == "",
            or_(CommentVersion.stance.is_(None), CommentVersion.stance == Stance.SUPPORT),
            Submission.kind != SubmissionKind.CRITIQUE,
            Comment.submission_id.not_in(with_file),
        )
        .order_by(Comment.number)
        .limit(MOST_READ)
    )
    numbers = [number for number, text, stance in rows if only_agrees(text, "", "", stance or "")]
    shown = lines(session, consultation, numbers[:MOST_SHOWN], None, today, senders=handler.senders)
    return Agreeing([line for line in shown if line.answerable and not line.closed and not line.unread], len(numbers))
