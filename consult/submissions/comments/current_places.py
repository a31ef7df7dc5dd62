"""Where the clauses of comments stand in the newest draft, for many comments at once."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.document_models import Revision
from consult.consultations.models import Consultation
from consult.consultations.revisions import successors
from consult.submissions.comments.public_view import PublicComment
from consult.submissions.models import Comment


def newest_paths(
    session: Session, consultation: Consultation, comments: Sequence[PublicComment]
) -> dict[int, Sequence[str]]:
    """The paths of each comment's clause in the newest draft of its document, by the comment's number: its own path
    where that is the newest, several where the clause was split, none where it is gone. Without older drafts no
    statement, otherwise three for each of them."""
    found: dict[int, Sequence[str]] = {one.number: [one.path] if one.path else [] for one in comments}
    older = [one.number for one in comments if one.path and one.revision < one.drafts]
    if not older:
        return found
    rows = session.execute(
        select(Comment.number, Comment.provision_id, Revision)
        .join(Comment.revision)
        .where(Comment.consultation_id == consultation.id, Comment.number.in_(older))
    ).all()
    for revision in {row.Revision.id: row.Revision for row in rows}.values():
        own: dict[int, UUID] = {number: provision for number, provision, of in rows if of is revision and provision}
        heirs = successors.heirs(session, revision, set(own.values()))
        found |= {number: [place.path for place in heirs.get(one, ())] for number, one in own.items()}
    return found
