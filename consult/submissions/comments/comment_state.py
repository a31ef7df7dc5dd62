"""Comments as they stand inside a transaction: what the acts on them may still be."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.errors import NotFound, Refused
from consult.submissions.comments import transcripts
from consult.submissions.comments.outcome import (
    Outcome,
    Visibility,
    author_left,
    deciding_act,
    outcome_of,
    visibility_of,
)
from consult.submissions.models import Comment, CommentAct, CommentVersion, Submission
from consult.submissions.words import KEPT_BACK, CommentActKind, SubmissionKind


@dataclass(frozen=True)
class CommentState:
    """One comment with its acts, its latest version and the kind of what it was sent in; whether it was `spoken`, and
    when a transcript of it was checked last."""

    comment: Comment
    acts: list[CommentAct]
    version: CommentVersion
    kind: SubmissionKind
    spoken: bool = False
    heard_at: datetime | None = None

    @property
    def unheard(self) -> bool:
        """Whether it was spoken and nobody has checked a transcript, whatever was written beside."""
        return self.spoken and self.heard_at is None

    @property
    def worded_at(self) -> datetime:
        """Since when it says what it says."""
        return max(self.version.at, self.heard_at or self.version.at)

    @property
    def moved_at(self) -> datetime | None:
        """Since when it stands where it stands, if that is not where it was received."""
        moved = [act.effective_at for act in self.acts if act.kind is CommentActKind.MOVED and act.effective_at]
        return max(moved, default=None)

    @property
    def visibility(self) -> Visibility:
        """Who may read it."""
        return visibility_of(self.acts, self.version.at)

    @property
    def outcome(self) -> Outcome:
        """What became of it."""
        return outcome_of(self.acts)

    @property
    def deciding_act(self) -> CommentAct | None:
        """The act that decides who may read it."""
        return deciding_act(self.acts, self.version.at)

    @property
    def kept_back(self) -> bool:
        """Whether the last that was decided of any of its versions is that it is not read, or not in full. Setting it
        apart decides nothing of that."""
        decided = KEPT_BACK | {CommentActKind.RELEASED}
        shown = [act for act in self.acts if act.effective_at is not None and act.kind in decided]
        last = max(shown, key=lambda act: (act.effective_at, act.id), default=None)
        return last is not None and last.kind in KEPT_BACK

    @property
    def author_left(self) -> bool:
        """Whether its sender withdrew it after others had joined it."""
        return author_left(self.acts)

    @property
    def open_proposal(self) -> CommentAct | None:
        """What waits for a second person."""
        return open_proposal(self.acts)

    def after(self, now: datetime) -> datetime:
        """`now`, or the next instant after everything that happened to it: acts keep their order on any clock."""
        before = [self.version.at, *(act.effective_at for act in self.acts if act.effective_at)]
        return max(now, max(before) + timedelta(microseconds=1))


def read(session: Session, consultation_id: UUID, numbers: Iterable[int]) -> list[CommentState]:
    """The comments with these public numbers, in their order, in three statements, which
    cost the same whatever else was answered; NotFound unless all exist."""
    wanted = sorted(set(numbers))
    rows = session.execute(
        select(Comment, Submission.kind, transcripts.spoken_expression(), transcripts.heard_at_expression())
        .join(Comment.submission)
        .where(Comment.consultation_id == consultation_id, Comment.number.in_(wanted))
        .order_by(Comment.number)
    ).all()
    comments = [row.Comment for row in rows]
    if not wanted or len(comments) != len(wanted):
        raise NotFound
    ids = [comment.id for comment in comments]
    acts = _acts(session, consultation_id, ids)
    versions = _latest_versions(session, consultation_id, ids)
    return [
        CommentState(comment, acts.get(comment.id, []), versions[comment.id], kind, bool(spoken), heard_at)
        for comment, kind, spoken, heard_at in rows
    ]


def open_proposal(acts: Iterable[CommentAct]) -> CommentAct | None:
    """What waits for a second person among the acts on a comment."""
    return next((act for act in acts if act.effective_at is None and act.refused_at is None), None)


def refuse_unless(allowed: Iterable[bool], standings: list[CommentState], reason: str) -> None:
    """Raises Refused with the numbers of all comments that are not allowed what is asked for them."""
    wrong = [str(one.comment.number) for one, fine in zip(standings, allowed, strict=True) if not fine]
    if wrong:
        raise Refused(reason, numbers=", ".join(wrong))


def _acts(session: Session, consultation_id: UUID, ids: list[UUID]) -> dict[UUID, list[CommentAct]]:
    found: dict[UUID, list[CommentAct]] = {}
    for act in session.scalars(
        select(CommentAct)
        .where(CommentAct.consultation_id == consultation_id, CommentAct.comment_id.in_(ids))
        .order_by(CommentAct.at, CommentAct.id)
    ):
        found.setdefault(act.comment_id, []).append(act)
    return found


def _latest_versions(session: Session, consultation_id: UUID, ids: list[UUID]) -> dict[UUID, CommentVersion]:
    rows = session.scalars(
        select(CommentVersion)
        .where(CommentVersion.consultation_id == consultation_id, CommentVersion.comment_id.in_(ids))
        .order_by(CommentVersion.version)
    )
    return {version.comment_id: version for version in rows}
