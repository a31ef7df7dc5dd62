"""What an investor reads of the comments on its own project: what they say and where from, never who said it.

Who posts the matter judges what came (policy/actors.py); what it had blacked out is not read by who answers either.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.submissions.comments.outcome import Visibility
from consult.submissions.models import CommentAct
from consult.submissions.words import CommentActKind, WithheldReason

UNNAMED: dict[str, Any] = {"sender": "", "nameless": True}
UNREAD: dict[str, Any] = {"stance": "", "text": "", "proposed_wording": "", "reason": "", "unread": True}
NOT_FOR_INVESTORS = frozenset({WithheldReason.PERSONAL_DATA, WithheldReason.PROTECTED})
"""Why a text is withheld that who answers does not read either; any other is answered to its sender."""

DECIDED = {Visibility.REDACTED: CommentActKind.REDACTED, Visibility.WITHHELD: CommentActKind.WITHHELD}


def words(session: Session, consultation_id: UUID, seen: Mapping[UUID, str]) -> dict[UUID, dict[str, Any]]:
    """What stands in place of what was said, as values of a line, for those of these comments whose words are not
    simply shown; `seen` has the visibility of each. One statement, none when there are none."""
    decided = {key: DECIDED[Visibility(value)] for key, value in seen.items() if value in DECIDED}
    if not decided:
        return {}
    acts = session.scalars(
        select(CommentAct)
        .where(
            CommentAct.consultation_id == consultation_id,
            CommentAct.comment_id.in_(decided),
            CommentAct.effective_at.is_not(None),
        )
        .order_by(CommentAct.effective_at, CommentAct.id)
    )
    latest = {act.comment_id: act for act in acts if act.kind is decided[act.comment_id]}
    return {key: given for key, act in latest.items() if (given := _instead(act))}


def _instead(act: CommentAct) -> dict[str, Any]:
    if act.kind is CommentActKind.REDACTED:
        said = act.details
        return {
            "stance": said.get("stance") or "",
            "text": said["text"],
            "proposed_wording": said.get("proposed") or "",
            "reason": said.get("reason") or "",
        }
    return UNREAD if act.reason in NOT_FOR_INVESTORS else {}
