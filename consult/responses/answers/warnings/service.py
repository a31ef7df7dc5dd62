"""What an answer that is about to be saved is warned of."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from consult.consultations.models import Consultation
from consult.relationships import along
from consult.responses.answers.warnings.citations import cites_what_is_not_there
from consult.responses.answers.warnings.rules import RULES, Judged, point_of, says_little
from consult.responses.models import ResponseTarget, ResponseVersion
from consult.responses.words import Disposition
from consult.submissions.comments import comment_state
from consult.submissions.comments.comment_state import CommentState
from consult.submissions.models import Comment

MOST_LOOKED_AT = 50


def warnings_of(
    session: Session,
    consultation: Consultation,
    comments: Sequence[CommentState],
    disposition: Disposition,
    texts: tuple[str, str, str],
    own: UUID | None,
) -> list[str]:
    """The codes of what a wording (`texts`: what it says, what it changes, and where) for these comments is warned of,
    in the order of the rules; `own` is the answer that it is a version of."""
    text, change, change_path = texts
    cited = cites_what_is_not_there(session, consultation, f"{text}\n{change}", change_path, comments)
    elsewhere = _elsewhere(session, consultation, comments, disposition, text, own)
    judged = Judged(disposition, text, change_path, comments, elsewhere, cited)
    return [code.value for code, warns in RULES.items() if warns(judged)]


def _elsewhere(
    session: Session, consultation: Consultation, comments: Sequence[CommentState], disposition: Disposition,
    text: str, own: UUID | None,
) -> bool:  # fmt: skip
    """Whether another answer says the same, to another point; what only repeats the result may be said to anything."""
    if disposition is Disposition.NOTED or says_little(text):
        return False
    later = aliased(ResponseVersion)
    newest = (
        select(func.max(later.version))
        .where(along(ResponseVersion.of_response.of_type(later)))
        .correlate(ResponseVersion)
        .scalar_subquery()
    )
    numbers = session.scalars(
        select(Comment.number)
        .select_from(ResponseVersion)
        .join(ResponseTarget, along(ResponseVersion.targets))
        .join(ResponseTarget.comment)
        .where(
            ResponseVersion.consultation_id == consultation.id,
            ResponseVersion.text == text,
            ResponseVersion.version == newest,
            *([ResponseVersion.response_id != own] if own is not None else []),
        )
        .order_by(Comment.number)
        .limit(MOST_LOOKED_AT)
    ).all()
    points = {point_of(one) for one in comments}
    others = comment_state.read(session, consultation.id, numbers) if numbers else []
    return any(point_of(one) not in points for one in others)
