"""One comment as anybody may see it, made from its rows: the one place that decides what of them is public."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from consult.submissions.comments import visible
from consult.submissions.comments.outcome import (
    READABLE,
    Visibility,
    author_left,
    deciding_act,
    outcome_of,
    visibility_by,
)
from consult.submissions.comments.transcripts import PublicTranscript, spoken_of, words_of
from consult.submissions.models import CommentAct
from consult.submissions.receiving.commitments import (
    name_corrected,
    redacted_value,
    shown_salt,
    shown_value,
    text_value,
)
from consult.submissions.words import (
    Channel,
    CommentActKind,
    CritiquePart,
    MovedFrom,
    Stance,
    SubmissionKind,
    Topic,
    WithheldReason,
)


@dataclass(frozen=True)
class PublicComment:
    """One comment as anybody may see it, on a place of the draft `revision` of so many public `drafts`. `text`,
    `proposed`, `reason`, `stance`, `quote` and the sender are empty
    unless it is public or redacted; `visibility_reason` is a code. A sender without a public name has a commune
    at most, one who `left` what `joiners` are of one opinion with has nothing. `text` is all
    that was said: what was `written`, and what was written down and checked of what was `spoken`.
    It is `name_corrected` when their name is not shown because that or their place was put right.
    It is `never_checked` when it was found to be no comment before anybody released it."""

    id: UUID
    number: int
    document: int
    document_title: str
    revision: int
    drafts: int
    path: str
    page: int | None
    received_at: datetime
    visibility: Visibility
    visibility_reason: str
    kind: SubmissionKind
    channel: Channel
    version: int
    stance: Stance | None
    text: str
    proposed: str
    reason: str
    quote: str
    box: list[Any] | None
    sender: str
    organisation: str
    area: str
    split_from_id: UUID | None
    text_salt: str | None
    joiners: int = 0
    left: bool = False
    topic: Topic | None = None
    spoken: PublicTranscript | None = None
    written: str = ""
    critique_part: CritiquePart | None = None
    never_checked: bool = False
    moved_from: MovedFrom | None = None
    shown: dict[str, Any] | None = None
    name_corrected: bool = False

    @property
    def part_marked(self) -> bool:
        """Whether a part of the page at which it stands was marked."""
        return self.box is not None and self.moved_from is None

    @property
    def quoted_here(self) -> str:
        """The words that were marked, where they are those of the place at which it stands."""
        return self.quote if self.moved_from is None else ""


def shown(session: Session, consultation_id: UUID, rows: Sequence[Row[Any]]) -> list[PublicComment]:
    """The comments of `rows` (those of `listing`) as the public sees them, with two more statements for all."""
    acts = _acts(session, consultation_id, {row.Comment.id for row in rows})
    hidden = visible.sent_with_passed_on(session, consultation_id, {row.Comment.submission_id for row in rows})
    return [as_public(row, acts.get(row.Comment.id, []), row.Comment.submission_id in hidden) for row in rows]


def as_public(row: Row[Any], acts: Sequence[CommentAct], nameless: bool) -> PublicComment:
    """One row of `listing` with its acts; `nameless` when something it was sent with protects its sender."""
    comment, submission = row.Comment, row.Submission
    act = deciding_act(acts, row.CommentVersion.at)
    visibility = visibility_by(act)
    readable, left = visibility in READABLE, author_left(acts)
    named = readable and not nameless and not left
    return PublicComment(
        id=comment.id,
        number=comment.number,
        **_place(row),
        received_at=comment.received_at,
        visibility=visible.outside_visibility(visibility),
        visibility_reason=_reason(act),
        kind=submission.kind,
        channel=submission.channel,
        version=row.CommentVersion.version,
        sender=submission.public_name if named else "",
        organisation=row.organisation_name or "" if named else "",
        area=row.area_name or "" if named else "",
        shown=_shown(row) if named else None,
        name_corrected=named and name_corrected(submission),
        split_from_id=comment.split_from_id,
        joiners=row.joiners,
        left=left,
        never_checked=visible.told_visibility(visible.outside_outcome(outcome_of(acts)), visibility)
        == visible.UNCHECKED,
        **(_words(row, act) if readable and act else _NO_WORDS) | {"critique_part": comment.critique_part},
    )


def _shown(row: Row[Any]) -> dict[str, Any] | None:
    """What of the sender may be shown, with the salt that opens its commitment; None of who took their name back, and
    once that was erased."""
    submission, salt = row.Submission, shown_salt(row.Submission)
    if salt is None or (submission.publish_name and submission.name_hidden_at is not None):
        return None
    area = (row.area_code, row.area_since) if row.area_code else None
    return {**shown_value(submission, area), "salt": salt.hex()}


def _place(row: Row[Any]) -> dict[str, Any]:
    """Where it stands."""
    return {
        "document": row.document or 0,
        "document_title": row.document_title or "",
        "revision": row.revision or 0,
        "drafts": row.drafts or 0,
        "path": row.Comment.path,
        "page": row.page,
        "moved_from": row.Comment.moved_from,
    }


_NO_WORDS: dict[str, Any] = {
    "stance": None, "text": "", "proposed": "", "reason": "", "quote": "", "box": None, "text_salt": None,
}  # fmt: skip


def _words(row: Row[Any], act: CommentAct) -> dict[str, Any]:
    """What was said, or the redacted text that stands for it, with the salt that opens its commitment."""
    if act.kind is CommentActKind.REDACTED:
        said = redacted_value(row.Comment, act.details)
        stance = Stance(said["stance"]) if said["stance"] else None
        return {**said, "stance": stance, "topic": row.Comment.topic, "text_salt": act.details.get("salt"),
                "written": said["text"]}  # fmt: skip
    said, spoken = text_value(row.Comment, row.CommentVersion), spoken_of(row)
    salt = row.CommentVersion.text_salt
    given = {"stance": row.CommentVersion.stance, "topic": row.Comment.topic, "spoken": spoken}
    texts = {"text": words_of(said["text"], spoken), "written": said["text"]}
    return {**said, **given, **texts, "text_salt": salt.hex() if salt else None}


def _reason(act: CommentAct | None) -> str:
    """Why a text is withheld or redacted (a code); what a quarantine notes down is for the desk alone."""
    if act is None:
        return ""
    if act.kind is CommentActKind.WITHDRAWN:
        return WithheldReason.WITHDRAWN.value
    return act.reason if act.kind in {CommentActKind.WITHHELD, CommentActKind.REDACTED} else ""


def _acts(session: Session, consultation_id: UUID, ids: set[UUID]) -> dict[UUID, list[CommentAct]]:
    found: dict[UUID, list[CommentAct]] = {}
    for act in session.scalars(
        select(CommentAct).where(CommentAct.consultation_id == consultation_id, CommentAct.comment_id.in_(ids))
    ):
        found.setdefault(act.comment_id, []).append(act)
    return found
