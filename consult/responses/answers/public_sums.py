"""The two public sums of a matter, each a partition of everything received, in the form docs/ledger.md gives them.

They are counted from the acts, not comment by comment: with very many comments that is what takes the time.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from itertools import chain
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CTE,
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Select,
    Subquery,
    bindparam,
    case,
    exists,
    func,
    literal,
    not_,
    select,
    union,
    union_all,
)
from sqlalchemy.orm import Session

from consult.relationships import along
from consult.submissions.comments import visible
from consult.submissions.comments.outcome import (
    ANYTHING,
    ENDS,
    SHOWS,
    Outcome,
    Visibility,
    kind_among,
    stands_expression,
    visibility_expression,
)
from consult.submissions.models import Comment, CommentAct, CommentVersion
from consult.submissions.words import CommentActKind, WithheldReason

REASONED = (CommentActKind.INVALID, CommentActKind.WITHHELD)
"""The acts that have to say why."""
ENDS_UNSEEN = [kind for kind, outcome in ENDS.items() if outcome in visible.NEVER_CHECKED]

Term = tuple[str, str, str, int]
"""What is counted (`received`, `ended`, `shown`, `unchecked`), the kind of act, its reason, and how many."""

Counting = Any
"""A statement that gives terms: a Select of four columns."""

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
    return union_all(*chain.from_iterable(count() for count in counted))


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
def _received() -> tuple[Counting, ...]:
    of_all = select(literal("received"), literal(""), literal(""), func.count())
    return (of_all.where(Comment.consultation_id == _MATTER),)


@cache
def _ended() -> tuple[Counting, ...]:
    """Each comment of which something became, by the act that counts first; of one kind, the latest."""
    first = case({kind: place for place, kind in enumerate(ENDS)}, value=CommentAct.kind)
    contested = union(_of_several(ENDS), _effective(select(CommentAct.comment_id), [CommentActKind.REINSTATED]))
    decided = _acts(list(ENDS), first).where(stands_expression())
    return _by_deciding("ended", list(ENDS), contested.cte("contested_end"), decided)


@cache
def _shown() -> tuple[Counting, ...]:
    """Each comment that was not withdrawn, by the latest act that says who may read its present text."""
    withdrawn = _effective(select(CommentAct.comment_id), [CommentActKind.WITHDRAWN])
    # No act came before the first words that it is about: the few comments that have later ones are looked at.
    before = (CommentVersion.version > 1, CommentAct.effective_at < CommentVersion.at)
    outdated = _comments_with(SHOWS).join(CommentAct.comment_versions).where(*before)
    contested = union(_of_several(SHOWS), withdrawn, outdated)
    changed_since = exists(ANYTHING).where(
        along(CommentAct.comment_versions), CommentVersion.at > CommentAct.effective_at
    )
    decided = _acts(list(SHOWS)).where(~changed_since, CommentAct.comment_id.not_in(withdrawn))
    return _by_deciding("shown", list(SHOWS), contested.cte("contested_show"), decided)


def _by_deciding(what: str, kinds: list[CommentActKind], contested: CTE, decided: Select[Any]) -> tuple[Counting, ...]:
    """Comments by their deciding act. Of nearly all of them there is but one, which need only be counted: which of
    several decides is looked for in the comments that are `contested` alone, whose acts are taken out of the count."""
    among = CommentAct.comment_id.in_(select(contested.c.comment_id))
    columns: Any = select(CommentAct.kind.label("kind"), CommentAct.reason.label("reason"))
    with_reason = [kind for kind in kinds if kind in REASONED]
    return (
        _by_kind(what, kinds, [kind for kind in kinds if kind not in REASONED]),
        _by_reason_too(what, _effective(columns, with_reason).subquery(), func.count()),
        _by_reason_too(what, _effective(columns, kinds).where(among).subquery(), -func.count()),
        _by_reason_too(what, _first(decided.where(among)), func.count()),
    )


def _of_several(kinds: Iterable[CommentActKind]) -> Select[Any]:
    """The comments that have several effective acts of these kinds."""
    return _comments_with(kinds).group_by(CommentAct.comment_id).having(func.count() > 1)


def _comments_with(kinds: Iterable[CommentActKind]) -> Select[Any]:
    """The comments that have effective acts of these kinds, as an index for them tells."""
    own = (CommentAct.consultation_id == _MATTER, kind_among(kinds), CommentAct.effective_at.is_not(None))
    return select(CommentAct.comment_id).where(*own)


@cache
def _ended_unseen() -> tuple[Counting, ...]:
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
    return (select(literal("unchecked"), found.c.seen, literal(""), func.count()).group_by(found.c.seen),)


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


def _first(acts: Select[Any]) -> Subquery:
    """Of each comment the act that counts."""
    found = acts.subquery()
    return select(found.c.kind, found.c.reason).where(found.c.place == 1).subquery()


def _by_kind(what: str, kinds: Iterable[CommentActKind], counted: Iterable[CommentActKind]) -> Select[Any]:
    """How many effective acts there are of those among `kinds` that need no reason: nothing but the index of `kinds`
    is read for nearly all there are."""
    own = (CommentAct.consultation_id == _MATTER, CommentAct.effective_at.is_not(None), kind_among(kinds))
    columns: Any = select(literal(what), CommentAct.kind, literal(""), func.count())
    acts: Select[Any] = columns.where(*own, kind_among(counted)).group_by(CommentAct.kind)
    return acts


def _by_reason_too(what: str, acts: Subquery, number: ColumnElement[int]) -> Select[Any]:
    """How many of these acts there are of each kind; of those that have to say why, by their reason too."""
    with_reason = acts.c.kind.in_(REASONED)
    reason = case((with_reason, acts.c.reason), else_=literal(""))
    return select(literal(what), acts.c.kind, reason, number).group_by(acts.c.kind, reason)


def _sum(terms: Iterable[Term], what: str, kind: str = "") -> int:
    return sum(number for counted, of, _reason, number in terms if counted == what and of == kind)


def _by_reason(terms: Iterable[Term], what: str, kind: str) -> dict[str, int]:
    found: Counter[str] = Counter()
    for counted, of, reason, number in sorted(terms):
        if counted == what and of == kind:
            found[reason] += number
    return {reason: number for reason, number in found.items() if number}
