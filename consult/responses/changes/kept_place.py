"""Where one accepted wording stands in the newest public draft: said by a person, or certain by its words."""

from uuid import UUID

from sqlalchemy.orm import Session

from consult.consultations.document_models import Provision, Revision
from consult.consultations.models import Consultation
from consult.consultations.revisions import successors
from consult.responses.changes.confirmed import confirmed
from consult.responses.changes.kept_wording import Kept, judged
from consult.responses.changes.named_change import Changed
from consult.submissions.comments.places import is_worded_here
from consult.submissions.models import Comment
from consult.submissions.receiving import clause_wording


def kept_place(session: Session, consultation: Consultation, comment_id: UUID, proposed: str) -> Changed | None:
    """The clause that shows what the comment proposed; None for one on no clause of an earlier draft, and where it is
    not certain. At most eight statements."""
    comment = session.get_one(Comment, (consultation.id, comment_id))
    if comment.revision_id is None or comment.provision_id is None:
        return None
    revision = session.get_one(Revision, (consultation.id, comment.revision_id))
    line = successors.line_from(session, revision)
    if len(line) < 2:
        return None
    said = confirmed(session, line[1:]).get(comment_id)
    if said is not None:
        return _said(session, said.provision_id, line)
    heirs = successors.heirs(session, revision, [comment.provision_id]).get(comment.provision_id, [])
    if len(heirs) != 1 or not proposed or not is_worded_here(comment.moved_from):
        return None
    old, new = (revision.id, comment.path), (line[-1].id, heirs[0].path)
    words = clause_wording.words_of(session, consultation.id, [old, new])
    kept = judged(words.get(old, ""), proposed, words.get(new, "")) == (Kept.KEPT, True)
    return Changed(heirs[0].revision, heirs[0].path) if kept and old in words else None


def _said(session: Session, provision_id: UUID | None, line: successors.Line) -> Changed | None:
    """The clause that a person named, or what became of it in a draft after that."""
    if provision_id is None:
        return None
    provision = session.get_one(Provision, (line[0].consultation_id, provision_id))
    revision = next(one for one in line if one.id == provision.revision_id)
    later = successors.heirs(session, revision, [provision_id]).get(provision_id)
    return Changed(later[0].revision, later[0].path) if later else Changed(revision.number, provision.path)
