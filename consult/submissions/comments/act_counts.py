"""How many acts there are by which the comments of a matter end, or come back: what is counted of very many comments by
their ends need not be counted again while that is the same.

Such acts are added and count from one moment on; none is changed, and none taken away: what the log may take back is
withheld, which ends nothing.
"""

from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, CompoundSelect, String, bindparam, func, select, type_coerce, union_all
from sqlalchemy.orm import Session

from consult.submissions.comments.outcome import ENDS, kind_among
from consult.submissions.models import CommentAct
from consult.submissions.words import CommentActKind

EndingActs = frozenset[tuple[str, int]]
"""Kinds of acts, with how many of them count."""

_MATTER: BindParameter[UUID] = bindparam("matter")


def ending_acts(session: Session, consultation_id: UUID) -> EndingActs:
    """How many there are of each kind, in one statement that an index answers. It is asked before what is to be kept is
    counted: what comes meanwhile is counted again the next time."""
    rows = session.execute(_counting(), {"matter": consultation_id})
    return frozenset((kind, count) for kind, count in rows)


@cache
def _counting() -> CompoundSelect[Any]:
    own = (CommentAct.consultation_id == _MATTER, CommentAct.effective_at.is_not(None))
    by_kind: Any = select(type_coerce(CommentAct.kind, String), func.count()).where(*own).group_by(CommentAct.kind)
    back = by_kind.where(CommentAct.kind == CommentActKind.REINSTATED)
    return union_all(by_kind.where(kind_among(ENDS)), back)
