"""One comment as the appraising body reads it: its versions, every act on it with its reason, and what was answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.appraisal import readable
from consult.appraisal.readable import Taker
from consult.consultations.models import Consultation
from consult.errors import NotFound
from consult.ledger.models import LedgerEntry
from consult.responses.answers.published import PublishedAnswer, published_answers
from consult.responses.desk.listing import investor_view
from consult.responses.desk.listing.list_rows import CaseLine
from consult.submissions.comments.outcome import READABLE, visibility_expression
from consult.submissions.comments.visible import is_reason_public
from consult.submissions.models import Comment, CommentAct, CommentVersion
from consult.submissions.words import CommentActKind

PAGE_SIZE = 50


@dataclass(frozen=True)
class AppraisedComment:
    """Everything about one comment but who sent it. `public_words` stand in its place for the public where a part was
    blacked out; the reasons of its acts are those of the log, never a note of the desk."""

    line: CaseLine
    versions: Sequence[CommentVersion]
    acts: Sequence[CommentAct]
    public_words: str
    answer: PublishedAnswer | None
    entries: Sequence[LedgerEntry]

    def reason_of(self, act: CommentAct) -> str:
        """The public reason of an act."""
        return act.reason if is_reason_public(act.kind) else ""


def case_of(session: Session, consultation: Consultation, number: int, today: date) -> AppraisedComment:
    """The comment `number`; raises NotFound."""
    found = readable.lines(session, consultation, [number], today, Taker.APPRAISING)
    if not found:
        raise NotFound
    line = found[0]
    own = {"consultation_id": consultation.id, "comment_id": line.id}
    versions = session.scalars(select(CommentVersion).filter_by(**own).order_by(CommentVersion.version)).all()
    acts = session.scalars(select(CommentAct).filter_by(**own).order_by(CommentAct.at, CommentAct.id)).all()
    instead = investor_view.words(session, consultation.id, {line.id: line.visibility})
    entries = select(LedgerEntry).filter_by(consultation_id=consultation.id, comment_number=number)
    return AppraisedComment(
        line=line,
        versions=[] if line.closed else versions,
        acts=[] if line.closed else [act for act in acts if act.kind is not CommentActKind.ANSWERED],
        public_words="" if line.closed else instead.get(line.id, {}).get("text", ""),
        answer=published_answers(session, consultation, [line.id], to_sender=True).get(line.id),
        entries=session.scalars(entries.order_by(LedgerEntry.index)).all(),
    )


def page(session: Session, consultation: Consultation, unread_only: bool, number: int) -> tuple[list[int], int]:
    """The numbers of the comments on a page (from 1), and how many pages there are; of all, or of those alone whose
    words the public does not read."""
    wanted = select(Comment.number).where(Comment.consultation_id == consultation.id)
    if unread_only:
        wanted = wanted.where(visibility_expression().not_in([seen.value for seen in READABLE]))
    count = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    chosen = wanted.order_by(Comment.number).limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)
    return list(session.scalars(chosen)), max(1, -(-count // PAGE_SIZE))
