"""The rows of one submission: made before the write lock from checked input, given their numbers inside it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from consult.db import new_id
from consult.submissions.inputs import CommentInput, NewSubmission
from consult.submissions.models import Comment, Submission
from consult.submissions.receiving import lost_entries, sighting_rows
from consult.submissions.receiving.anchor_resolution import Place
from consult.submissions.receiving.commitments import AreaKey, shared_commitments, text_commitment
from consult.submissions.receiving.insertion import AnyRow
from consult.submissions.receiving.rows import (
    ActRow,
    AttachmentRow,
    BroughtBackRow,
    CommentRow,
    CritiqueRow,
    SightingRow,
    SubmissionRow,
    VersionRow,
    letter_columns,
)
from consult.submissions.words import CommentActKind, CritiquePart, Topic


@dataclass(frozen=True)
class Hashes:
    """By what a submission is known again: its idempotency key, what it says, and both codes."""

    key: str
    content: str
    code: str
    secret: str


@dataclass
class SubmissionRows:
    """The rows of one submission, and what the log commits to: for each comment in order, all four members that
    docs/ledger.md names."""

    submission: SubmissionRow
    comments: list[CommentRow]
    versions: list[VersionRow]
    places: Sequence[Place | None]
    attachments: list[AttachmentRow]
    critique: CritiqueRow | None
    commitments: list[dict[str, str]]
    lost: list[BroughtBackRow] = field(default_factory=list)
    sightings: list[SightingRow] = field(default_factory=list)
    acts: list[ActRow] = field(default_factory=list)

    def number(self, submission_number: int, first_comment: int) -> None:
        """Gives the rows their public numbers."""
        self.submission.number = submission_number
        for position, comment in enumerate(self.comments):
            comment.number = first_comment + position

    def __iter__(self) -> Iterator[AnyRow]:
        """Everything of it that is stored."""
        yield self.submission
        for rows in (self.comments, self.versions, self.acts, self.attachments, self.lost, self.sightings):
            yield from rows
        if self.critique is not None:
            yield self.critique


def rows_of(
    consultation_id: UUID,
    new: NewSubmission,
    places: Sequence[Place | None],
    area: AreaKey | None,
    hashes: Hashes,
    now: datetime,
) -> SubmissionRows:
    """The rows of a checked submission, and their commitments: everything that needs no number."""
    submission = _submission(consultation_id, new, hashes, now)
    comments, versions = [], []
    for position, (typed, place) in enumerate(zip(new.comments, places, strict=True), 1):
        comment = comment_row(submission, position, place, typed.topic, typed.critique_part)
        comments.append(comment)
        versions.append(version_row(comment, 1, typed, now))
    lost, seen = lost_entries.rows_of(submission, comments, versions, new), sighting_rows.rows_of(comments, new)
    attachments, critique = _attachments(submission, comments, new, now), _critique(submission, new, now)
    shared = shared_commitments(submission, attachments, area, critique)
    commitments = [
        {**shared, "text": text_commitment(comment, version)}
        for comment, version in zip(comments, versions, strict=True)
    ]
    return SubmissionRows(submission, comments, versions, places, attachments, critique, commitments, lost, seen)


def comment_row(
    submission: Submission | SubmissionRow,
    position: int,
    place: Place | None,
    topic: Topic | None = None,
    critique_part: CritiquePart | None = None,
) -> CommentRow:
    """A comment of `submission` about `place`, still without its number."""
    return CommentRow(
        consultation_id=submission.consultation_id,
        id=new_id(),
        submission_id=submission.id,
        position=position,
        document_id=place.document_id if place else None,
        revision_id=place.revision_id if place else None,
        provision_id=place.provision_id if place else None,
        page_id=place.page_id if place else None,
        path=place.path if place else "",
        quote=place.quote if place else "",
        box=place.box if place else None,
        topic=topic,
        critique_part=critique_part,
        received_at=submission.received_at,
    )


def version_row(comment: Comment | CommentRow, version: int, typed: CommentInput, at: datetime) -> VersionRow:
    """One version of a comment."""
    return VersionRow(
        consultation_id=comment.consultation_id,
        id=new_id(),
        comment_id=comment.id,
        version=version,
        at=at,
        stance=typed.stance,
        text=typed.text,
        proposed=typed.proposed,
        reason=typed.reason,
    )


def released(comment: Comment | CommentRow, at: datetime) -> ActRow:
    """The act by which a rule of the matter makes a comment's text public."""
    return ActRow(
        consultation_id=comment.consultation_id,
        id=new_id(),
        comment_id=comment.id,
        kind=CommentActKind.RELEASED,
        at=at,
        by_id=None,
        effective_at=at,
        reason="",
        details={},
    )


def _submission(consultation_id: UUID, new: NewSubmission, hashes: Hashes, now: datetime) -> SubmissionRow:
    sender = new.sender
    return SubmissionRow(
        consultation_id=consultation_id,
        id=new_id(),
        kind=new.kind,
        channel=new.channel,
        language=new.language,
        arrived_at=new.arrived_at,
        received_at=new.received_at or new.arrived_at,
        received_reason=new.received_reason or None,
        recorded_at=now,
        recorded_by_id=new.recorded_by_id,
        organisation_id=sender.organisation_id,
        sender_name=sender.name,
        publish_name=sender.publish_name,
        area_id=sender.area_id,
        place_said=sender.place_said,
        contact_kind=sender.contact_kind,
        contact=sender.contact,
        consent_version=new.consent_version,
        **letter_columns(new.letter),
        cosigned=[one.kept() for one in new.cosigned],
        idempotency_hash=hashes.key,
        body_hash=hashes.content,
        code_hash=hashes.code,
        secret_hash=hashes.secret,
    )


def _attachments(
    submission: SubmissionRow, comments: Sequence[CommentRow], new: NewSubmission, now: datetime
) -> list[AttachmentRow]:
    # Ids of one millisecond are not in order by themselves; theirs is the order that the log commits to.
    ids = sorted(new_id() for _ in new.attachments)
    return [
        AttachmentRow(
            consultation_id=submission.consultation_id,
            id=own_id,
            submission_id=submission.id,
            comment_id=comments[given.comment].id if given.comment is not None else None,
            language=given.language,
            seconds=given.seconds,
            file_hash=given.file_hash,
            file_name=given.file_name,
            media_type=given.media_type,
            file_size=given.file_size,
            role=given.role,
            at=now,
            lost_at=now if given.lost else None,
        )
        for own_id, given in zip(ids, new.attachments, strict=True)
    ]


def _critique(submission: SubmissionRow, new: NewSubmission, now: datetime) -> CritiqueRow | None:
    said = new.critique
    if said is None:
        return None
    # One that is brought back from a receipt of before its parts were comments is divided later, like those of then.
    divided = new.brought_back is None or any(comment.critique_part for comment in new.comments)
    return CritiqueRow(
        consultation_id=submission.consultation_id,
        submission_id=submission.id,
        form=said.form,
        held_on=said.held_on,
        criteria=said.criteria,
        conclusion=said.conclusion,
        participants=said.participants,
        agreement_number=said.agreement_number,
        agreement_on=said.agreement_on,
        proceedings=said.proceedings,
        divided_at=now if divided else None,
    )
