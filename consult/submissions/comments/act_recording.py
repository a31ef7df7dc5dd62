"""Writing down an act and telling the ring of it: shared by everything that is done to a comment."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.db import new_id
from consult.outbox.service import emit
from consult.policy import Actor
from consult.submissions.comments import taken_back
from consult.submissions.comments.comment_state import CommentState
from consult.submissions.models import CommentAct
from consult.submissions.words import CommentActKind


def add_act(
    session: Session,
    one: CommentState,
    kind: CommentActKind,
    actor: Actor | None,
    now: datetime,
    reason: str = "",
    details: dict[str, Any] | None = None,
    proposed: bool = False,
) -> CommentAct:
    """Adds an act on a comment; it counts at once unless it is only `proposed`. Without `actor` the sender did it."""
    at = one.after(now)
    act = CommentAct(
        consultation_id=one.comment.consultation_id,
        id=new_id(),
        comment_id=one.comment.id,
        kind=kind,
        at=at,
        by_id=actor.user_id if actor else None,
        effective_at=None if proposed else at,
        reason=reason,
        details=details or {},
    )
    session.add(act)
    return act


def tell(
    session: Session,
    consultation: Consultation,
    numbers: Iterable[int],
    change: str,
    now: datetime,
    was_shown: bool = True,
) -> None:
    """Notes that public pages changed, and tells the ring which comments changed and how (a code). Whatever is not a
    release takes something back that anybody may have read, unless nothing of these comments `was_shown`."""
    changed = sorted(numbers)
    if was_shown and change != CommentActKind.RELEASED:
        taken_back.note(session, consultation.id, changed)
    emit(session, "comment_changed", now, consultation.id, comments=changed, change=change)
    consultation.touch()
