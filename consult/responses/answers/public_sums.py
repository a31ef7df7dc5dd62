"""The two public sums of a matter, each a partition of everything received, in the form docs/ledger.md gives them.

They are counted from the acts, not comment by comment: with very many comments that is what takes the time.
"""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Select,
    bindparam,
    case,
    func,
    literal,
    not_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from consult.submissions.comments import visible
from consult.submissions.comments.outcome import (
    ENDS,
    SHOWS,
    Outcome,
    Visibility,
    stands_expression,
    visibility_expression,
)
from consult.submissions.models import Comment, CommentAct, CommentVersion
from consult.submissions.words import CommentActKind, WithheldReason

ENDS_UNSEEN = [kind for kind, outcome in ENDS.items() if outcome in visible.NEVER_CHECKED]

Term = tuple[str, str, str, int]
"""What is counted (`received`, `ended`, `shown`, `unchecked`), the kind of act, its reason, and how many."""

_MATTER: BindParameter[UUID] = bindparam("matter")


def both(session: Session, consultation_id: UUID) -> tuple[dict[str, Any], dict[str, Any]]:
    """What became of everything received, and who may read it, both as of one moment. One statement."""
    terms = _terms(session, consultation_id, _received, _ended, _shown)
    return _outcome(terms), _visibility(terms)


def outcome(session: Session, consultation_id: UUID) -> dict[str, Any]:
    """What became of everything received: `received` and its terms, `invalid` by reason. One statement."""
    return _outcome(_terms(session, consultation_id, _received, _ended))


def visibility(session: Session, consultation_id: UUID) -> dict[str, Any]:
    """Who may read everything received: `total` and its terms, `withheld` by reason. One statement."""
    return _visibility(_terms(session, consultation_id, _received, _ended, _shown))


def told(session: Session, consultation_id: UUID) -> tuple[dict[str, Any], dict[str, Any]]:
    """`both`, and within the second how many of those `in_check` and `quarantined` have `ended`: nobody will release
    them. One statement."""
    terms = _terms(session, consultation_id, _received, _ended, _shown, _ended_unseen)
    ended = {seen.value: _sum(terms, "unchecked", seen) for seen in sorted(visible.UNSEEN)}
    return _outcome(terms), _visibility(terms) | {"ended": ended}


def _terms(session: Session, consultation_id: UUID, *counted: Callable[[], Any]) -> list[Term]:
    rows = session.execute(_counting(*counted), {"matter": consultation_id})
    return [(what, kind, reason or "", number) for what, kind, reason, number in rows]


@cache
def _counting(*counted: Callable[[], Any]) -> CompoundSelect[Any]:
    return union_all(*(count() for count in counted))


def _outcome(terms: Iterable[Term]) -> dict[str, Any]:
    received = _sum(terms, "received")
    whole: dict[str, Any] = {ends.value: _sum(terms, "ended", kind) for kind, ends in ENDS.items()}
    whole[Outcome.AWAITING.value] = received - sum(whole.values())
    return {"received": received, **whole, "invalid": _by_reason(terms, "ended", CommentActKind.INVALID)}


def _visibility(terms: Iterable[Term]) -> dict[str, Any]:
    total, withdrawn = _sum(terms, "received"), _sum(terms, "ended", CommentActKind.WITHDRAWN)
    whole: dict[str, Any] = {seen.value: _sum(terms, "shown", kind) for kind, seen in SHOWS.items()}
    in_check = total - withdrawn - sum(whole.values())
    withheld = _by_reason(terms, "shown", CommentActKind.WITHHELD)
    if withdrawn:
        withheld[WithheldReason.WITHDRAWN.value] = withheld.get(WithheldReason.WITHDRAWN.value, 0) + withdrawn
    return {"total": total, Visibility.IN_CHECK.value: in_check, **whole, "withheld": dict(sorted(withheld.items()))}


@cache
def _received() -> Select[str, str, str, int]:
    return select(literal("received"), literal(""), literal(""), func.count()).where(Comment.consultation_id == _MATTER)


@cache
def _ended() -> Select[Any]:
    """Each comment of which something became, by the act that counts first; of one kind, the latest."""
    first = case({kind: place for place, kind in enumerate(ENDS)}, value=CommentAct.kind)
    acts = _acts(list(ENDS), first).where(stands_expression())
    return _by_first("ended", acts.subquery())


@cache
def _shown() -> Select[Any]:
    """Each comment that was not withdrawn, by the latest act that says who may read its present text."""
    changed = (
        select(CommentVersion.comment_id, func.max(CommentVersion.at).label("at"))
        .where(CommentVersion.consultation_id == _MATTER)
        .group_by(CommentVersion.comment_id)
        .subquery()
    )
    withdrawn = _effective(select(CommentAct.comment_id), [CommentActKind.WITHDRAWN])
    acts = (
        _acts(list(SHOWS))
        .join(changed, changed.c.comment_id == CommentAct.comment_id)
        .where(CommentAct.effective_at >= changed.c.at, CommentAct.comment_id.not_in(withdrawn))
    )
    return _by_first("shown", acts.subquery())


@cache
def _ended_unseen() -> Select[Any]:
    """Those that ended otherwise than by an answer before anybody decided who may read them."""
    ended = select(CommentAct.comment_id).where(CommentAct.consultation_id == _MATTER, CommentAct.kind.in_(ENDS_UNSEEN))
    seen = visibility_expression()
    found = (
        select(seen.label("seen"))
        .where(
            Comment.consultation_id == _MATTER,
            Comment.id.in_(ended),
            seen.in_([one.value for one in visible.UNSEEN]),
            not_(visible.waits_for_check_expression()),
        )
        .subquery()
    )
    return select(literal("unchecked"), found.c.seen, literal(""), func.count()).group_by(found.c.seen)


def _acts(kinds: list[CommentActKind], *before: ColumnElement[int]) -> Select[Any]:
    """Effective acts of these kinds; `place` 1 is the one of each comment that counts: the latest, unless `before`
    decides."""
    place = func.row_number().over(
        partition_by=CommentAct.comment_id,
        order_by=[*before, CommentAct.effective_at.desc(), CommentAct.id.desc()],
    )
    columns = select(CommentAct.kind.label("kind"), CommentAct.reason.label("reason"), place.label("place"))
    return _effective(columns, kinds)


def _effective(columns: Select[Any], kinds: list[CommentActKind]) -> Select[Any]:
    return columns.where(
        CommentAct.consultation_id == _MATTER,
        CommentAct.kind.in_(kinds),
        CommentAct.effective_at.is_not(None),
    )


def _by_first(what: str, acts: Any) -> Select[Any]:
    with_reason = acts.c.kind.in_([CommentActKind.INVALID, CommentActKind.WITHHELD])
    grouped = (
        select(acts.c.kind, case((with_reason, acts.c.reason), else_=literal("")).label("reason"))
        .where(acts.c.place == 1)
        .subquery()
    )
    return select(literal(what), grouped.c.kind, grouped.c.reason, func.count()).group_by(
        grouped.c.kind, grouped.c.reason
    )


def _sum(terms: Iterable[Term], what: str, kind: str = "") -> int:
    return sum(number for counted, of, _reason, number in terms if counted == what and of == kind)


def _by_reason(terms: Iterable[Term], what: str, kind: str) -> dict[str, int]:
    return {reason: number for counted, of, reason, number in sorted(terms) if counted == what and of == kind}
