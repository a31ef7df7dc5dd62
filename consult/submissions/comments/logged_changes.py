"""Which submissions of a matter changed since a moment, as the log names them: so that what is counted of very many
comments can be counted anew for those alone.

The log is not trusted with it alone: acts and versions are counted beside, which an index gives. Where not each that
came has its own entry (what is set apart or passed on has none that names it, what was erased after a restore gets it
later), nothing is said, and everything is to be counted anew.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    Integer,
    Select,
    String,
    bindparam,
    func,
    literal,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session

from consult.ledger.models import LedgerEntry
from consult.submissions.comments.outcome import SHOWS, kind_among
from consult.submissions.models import Comment, CommentAct, CommentVersion, Submission
from consult.submissions.words import CommentActKind, WithheldReason

RARE = (
    CommentActKind.INVALID,
    CommentActKind.REINSTATED,
    CommentActKind.SPLIT,
    CommentActKind.PASSED_ON,
    CommentActKind.WITHDRAWN,
    CommentActKind.MOVED,
)
"""The acts, beside those that decide who may read a comment, by which one counts or no longer does, or elsewhere."""

ENTRIES = "entries"
VERSIONS = "versions"
NAMING = {
    **{kind.value: (kind.value,) for kind in (*SHOWS, *RARE)},
    VERSIONS: ("received", "amended"),
}
"""By which kinds of entries the log tells each thing that is counted."""

MOST_ENTRIES = 20_000
"""Where more came, it is no faster to ask what changed."""

_MATTER: BindParameter[UUID] = bindparam("matter")


@dataclass(frozen=True)
class Standing:
    """How a matter stood at one moment: how many entries its log had, the last of them as it is written, how many acts
    that count it had of each kind, and versions; and by which acts comments were `erased`. Of these alone one may be
    taken back without a trace, when the log takes its entry."""

    entries: int
    last: str
    rows: Mapping[str, int]
    erased: frozenset[UUID]


def standing(session: Session, consultation_id: UUID) -> Standing:
    """How the matter stands: three statements. What is erased is read before all else, so that what is erased meanwhile
    is found the next time; the second is of one moment, the third of what never changes."""
    erased = frozenset(session.scalars(_erased(), {"matter": consultation_id}))
    counted = {what: number for what, number in session.execute(_counting(), {"matter": consultation_id})}
    entries = counted.pop(ENTRIES) or 0
    return Standing(entries, _written(session, consultation_id, entries - 1), counted, erased)


def changed_since(
    session: Session, consultation_id: UUID, before: Standing, now: Standing, together: int
) -> set[int] | None:
    """Of which submissions anything changed, each told by its number divided by `together`; None where that is not
    known: the log is another one or was set back, too much came, or something that left no entry of its own."""
    if before.erased != now.erased:
        return None
    came = now.entries - before.entries
    if not 0 <= came <= MOST_ENTRIES or _written(session, consultation_id, before.entries - 1) != before.last:
        return None
    logged: Counter[str] = Counter()
    changed: defaultdict[str, set[int]] = defaultdict(set)
    since = {"matter": consultation_id, "since": before.entries, "until": now.entries, "together": together}
    for kind, place, number in session.execute(_named(), since) if came else ():
        logged[kind] += number
        changed[kind].add(place)
    for what, kinds in NAMING.items():
        if now.rows.get(what, 0) - before.rows.get(what, 0) != sum(logged[kind] for kind in kinds):
            return None
    return set().union(*changed.values())


def _written(session: Session, consultation_id: UUID, index: int) -> str:
    body = select(LedgerEntry.body).where(LedgerEntry.consultation_id == consultation_id, LedgerEntry.index == index)
    return session.scalar(body) or ""


@cache
def _counting() -> CompoundSelect[Any]:
    counts = (CommentAct.consultation_id == _MATTER, CommentAct.effective_at.is_not(None))
    by_kind: Any = select(type_coerce(CommentAct.kind, String), func.count()).where(*counts)
    last = select(literal(ENTRIES), func.max(LedgerEntry.index) + 1).where(LedgerEntry.consultation_id == _MATTER)
    versions = select(literal(VERSIONS), func.count()).where(CommentVersion.consultation_id == _MATTER)
    return union_all(
        by_kind.where(kind_among(SHOWS)).group_by(CommentAct.kind),
        by_kind.where(kind_among(RARE)).group_by(CommentAct.kind),
        last,
        versions,
    )


@cache
def _erased() -> Select[Any]:
    found: Select[Any] = select(CommentAct.id).where(
        CommentAct.consultation_id == _MATTER,
        CommentAct.kind == CommentActKind.WITHHELD,
        CommentAct.reason == WithheldReason.SENDER_ASKED.value,
    )
    return found


@cache
def _named() -> Select[Any]:
    """The entries that name a comment, by their kind and the place of its submission."""
    place = (Submission.number // bindparam("together", type_=Integer)).label("place")
    columns: Any = select(LedgerEntry.kind, place, func.count())
    named: Select[Any] = (
        columns.select_from(Comment)
        .join(Comment.entries)
        .join(Comment.submission)
        .where(
            LedgerEntry.consultation_id == _MATTER,
            LedgerEntry.index >= bindparam("since"),
            LedgerEntry.index < bindparam("until"),
            LedgerEntry.kind.in_({kind for kinds in NAMING.values() for kind in kinds}),
        )
        .group_by(LedgerEntry.kind, "place")
    )
    return named
