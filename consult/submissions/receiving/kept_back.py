"""What two people decided not to show, or what was set apart, stays so in every version, part and copy of it.

A version that follows one kept back is kept back at once, in the names of those who decided, until two people decide
otherwise; so is a text that its sender or an officer enters again word for word. What nobody decided of, but says the
very words that were kept back, does not become public by itself.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import Select, select

from consult.compiled_statements import Executor
from consult.db import new_id
from consult.ledger import comment_entries, entries
from consult.submissions.models import Comment, CommentAct, CommentVersion, Submission
from consult.submissions.receiving.rows import ActRow, CommentRow
from consult.submissions.words import KEPT_BACK, SHOWING, CommentActKind
from consult.text import folded

Words = tuple[str, str, str]


class Said(Protocol):
    """Something said: a version, or what is typed."""

    @property
    def text(self) -> str:
        """What is said."""

    @property
    def proposed(self) -> str:
        """The wording that is proposed."""

    @property
    def reason(self) -> str:
        """Why."""


@dataclass(frozen=True)
class Decision:
    """Who decided that a text is not read, and why."""

    by_id: UUID | None
    confirmed_by_id: UUID | None
    reason: str
    note: str = ""


@dataclass(frozen=True)
class KeptBack:
    """A version that two people keep back: the number of its comment, who sent it, its words, and what was decided."""

    number: int
    organisation_id: UUID | None
    sender_name: str
    words: Words
    decision: Decision

    def is_of(self, organisation_id: UUID | None, sender_name: str) -> bool:
        """Whether the same body or, by name, the same person sent it."""
        if organisation_id is not None or self.organisation_id is not None:
            return organisation_id == self.organisation_id
        return bool(sender_name) and folded(sender_name) == folded(self.sender_name)


def words_of(said: Said) -> Words:
    """Words as they are compared: accents, case and blanks do not make them others."""
    return _bare(said.text), _bare(said.proposed), _bare(said.reason)


def find(executor: Executor, consultation_id: UUID, comment_ids: Sequence[UUID] | None = None) -> list[KeptBack]:
    """Every version of a matter, or of these comments, that two people keep back: the last act on it said so. One
    statement when there is none such, otherwise three."""
    decided = select(CommentAct.comment_id).where(
        CommentAct.consultation_id == consultation_id,
        CommentAct.kind.in_(KEPT_BACK),
        CommentAct.effective_at.is_not(None),
    )
    if comment_ids is not None:
        decided = decided.where(CommentAct.comment_id.in_(comment_ids))
    ids = set(executor.execute(decided).scalars())
    if not ids:
        return []
    acts: dict[UUID, list[Any]] = {}
    for act in executor.execute(_acts(consultation_id, ids)):
        acts.setdefault(act.comment_id, []).append(act)
    versions: dict[UUID, list[Any]] = {}
    for version in executor.execute(_versions(consultation_id, ids)):
        versions.setdefault(version.id, []).append(version)
    return [kept for comment_id, own in versions.items() for kept in _of_comment(own, acts[comment_id])]


def same(found: Iterable[KeptBack], said: Said) -> KeptBack | None:
    """The one of these that says the very words. What was spoken says none yet, nor does what was erased: they are not
    the same by that."""
    kept = list(found)
    # Hardly any matter has one: words are compared only with something.
    words = words_of(said) if kept else ()
    return next((one for one in kept if one.words == words), None) if any(words) else None


def decision_of(act: CommentAct) -> Decision:
    """What an act decided."""
    return Decision(act.by_id, act.confirmed_by_id, act.reason, str(act.details.get("note") or ""))


def act_of(
    decided: Decision, kind: CommentActKind, comment: Comment | CommentRow, at: datetime, **details: Any
) -> ActRow:
    """What the same people decided, for the same reason, of what came of the text they decided it of."""
    return ActRow(
        consultation_id=comment.consultation_id,
        id=new_id(),
        comment_id=comment.id,
        kind=kind,
        at=at,
        by_id=decided.by_id,
        effective_at=at,
        confirmed_by_id=decided.confirmed_by_id,
        reason=decided.reason,
        details={**details, **({"note": decided.note} if decided.note else {})},
    )


def withheld(
    decided: Decision, comment: Comment | CommentRow, at: datetime, **details: Any
) -> tuple[ActRow, entries.Act]:
    """The act and its entry in the log by which a text stays withheld."""
    row = act_of(decided, CommentActKind.WITHHELD, comment, at, **details)
    return row, comment_entries.withheld(comment.number, decided.reason)


def _bare(text: str) -> str:
    return " ".join(folded(text).split())


def _acts(consultation_id: UUID, ids: Iterable[UUID]) -> Select[Any]:
    columns = (
        CommentAct.comment_id, CommentAct.kind, CommentAct.effective_at, CommentAct.by_id, CommentAct.confirmed_by_id,
        CommentAct.reason, CommentAct.details,
    )  # fmt: skip
    return (
        select(*columns)
        .where(
            CommentAct.consultation_id == consultation_id,
            CommentAct.comment_id.in_(ids),
            CommentAct.kind.in_(list(SHOWING)),
            CommentAct.effective_at.is_not(None),
        )
        .order_by(CommentAct.effective_at, CommentAct.id)
    )


def _versions(consultation_id: UUID, ids: Iterable[UUID]) -> Select[Any]:
    said = (CommentVersion.at, CommentVersion.text, CommentVersion.proposed, CommentVersion.reason)
    wanted: tuple[Any, ...] = (Comment.id, Comment.number, Submission.organisation_id, Submission.sender_name, *said)
    return (
        select(*wanted)
        .join(Comment.versions)
        .join(Comment.submission)
        .where(Comment.consultation_id == consultation_id, Comment.id.in_(ids))
        .order_by(Comment.id, CommentVersion.version)
    )


def _of_comment(versions: Sequence[Any], acts: Sequence[Any]) -> Iterator[KeptBack]:
    for version, following in zip(versions, [*versions[1:], None], strict=True):
        own = [
            act for act in acts if act.effective_at >= version.at and (not following or act.effective_at < following.at)
        ]
        if own and own[-1].kind in KEPT_BACK:
            yield KeptBack(
                version.number, version.organisation_id, version.sender_name, words_of(version), decision_of(own[-1])
            )
