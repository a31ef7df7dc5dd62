"""The rows of one submission: made before the lock from checked input, given their numbers inside it."""

import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from uuid import UUID

from consult.compiled_statements import unkept
from consult.db import Base, new_id
from consult.ledger.commitment import SALT_BYTES, new_salt
from consult.submissions.inputs import CommentInput, NewSubmission
from consult.submissions.models import Comment, CommentAct, CommentVersion, Critique, Submission
from consult.submissions.receiving import commitments as committed
from consult.submissions.receiving.anchor_resolution import Place
from consult.submissions.receiving.commitments import AreaKey
from consult.submissions.receiving.models import Attachment
from consult.submissions.words import CommentActKind, Topic


@dataclass
class Sheet:
    """One submission with its comments as rows that no session knows yet, and what the log commits to.

    `commitments` has, for each comment in order, all four members that docs/ledger.md names.
    """

    submission: Submission
    comments: list[Comment]
    versions: list[CommentVersion]
    places: Sequence[Place | None]
    attachments: list[Attachment] = field(default_factory=list)
    critique: Critique | None = None
    acts: list[CommentAct] = field(default_factory=list)
    commitments: list[dict[str, str]] = field(default_factory=list)

    def number(self, submission_number: int, first_comment: int) -> None:
        """Gives the rows their public numbers."""
        self.submission.number = submission_number
        for position, comment in enumerate(self.comments):
            comment.number = first_comment + position

    def rows(self) -> Iterator[Base]:
        """Everything of it that is stored."""
        yield self.submission
        yield from (*self.comments, *self.versions, *self.acts, *self.attachments)
        if self.critique is not None:
            yield self.critique


_COMMENT, _VERSION = partial(unkept, Comment), partial(unkept, CommentVersion)


def fresh_salt() -> bytes:
    """32 random bytes for one commitment."""
    return new_salt(secrets.token_bytes(SALT_BYTES))


def sheet_of(
    consultation_id: UUID, new: NewSubmission, places: Sequence[Place | None], area: AreaKey | None, now: datetime
) -> Sheet:
    """The rows of a checked submission, and their commitments: everything that needs no number."""
    submission = _submission(consultation_id, new, now)
    comments, versions = [], []
    for position, (typed, place) in enumerate(zip(new.comments, places, strict=True), 1):
        comment = comment_row(submission, position, place, typed.topic, _COMMENT)
        comments.append(comment)
        versions.append(version_row(comment, 1, typed, now, _VERSION))
    sheet = Sheet(submission, comments, versions, places, _attachments(comments, new, now), _critique(submission, new))
    shared = committed.shared_commitments(submission, sheet.attachments, area, sheet.critique)
    sheet.commitments = [
        {**shared, "text": committed.text_commitment(comment, version)}
        for comment, version in zip(comments, versions, strict=True)
    ]
    return sheet


def comment_row(
    submission: Submission,
    position: int,
    place: Place | None,
    topic: Topic | None = None,
    make: Callable[..., Comment] = Comment,
) -> Comment:
    """A comment of `submission` about `place`, still without its number."""
    return make(
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
        received_at=submission.received_at,
    )


def version_row(
    comment: Comment,
    version: int,
    typed: CommentInput,
    at: datetime,
    make: Callable[..., CommentVersion] = CommentVersion,
) -> CommentVersion:
    """One version of a comment with a salt of its own."""
    return make(
        consultation_id=comment.consultation_id,
        id=new_id(),
        comment_id=comment.id,
        version=version,
        at=at,
        stance=typed.stance,
        text=typed.text,
        proposed=typed.proposed,
        reason=typed.reason,
        text_salt=fresh_salt(),
    )


def released(
    comment: Comment, at: datetime, by_id: UUID | None = None, make: Callable[..., CommentAct] = CommentAct
) -> CommentAct:
    """The act that makes a comment's text public."""
    return make(
        consultation_id=comment.consultation_id,
        id=new_id(),
        comment_id=comment.id,
        kind=CommentActKind.RELEASED,
        at=at,
        by_id=by_id,
        effective_at=at,
        reason="",
        details={},
    )


def _submission(consultation_id: UUID, new: NewSubmission, now: datetime) -> Submission:
    sender, letter = new.sender, new.letter
    return unkept(
        Submission,
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
        contact_kind=sender.contact_kind,
        contact=sender.contact,
        consent_version=new.consent_version,
        letter_number=letter.number,
        letter_on=letter.on,
        signatory_name=letter.signatory_name,
        signatory_office=letter.signatory_office,
        signing_line=letter.signing_line,
        late_critique=False,
        identity_salt=fresh_salt(),
        contact_salt=fresh_salt(),
        attachments_salt=fresh_salt(),
    )


def _attachments(comments: Sequence[Comment], new: NewSubmission, now: datetime) -> list[Attachment]:
    # Ids of one millisecond are not in order by themselves; theirs is the order that the log commits to.
    ids = sorted(new_id() for _ in new.attachments)
    return [
        unkept(
            Attachment,
            consultation_id=comments[0].consultation_id,
            id=own_id,
            submission_id=comments[0].submission_id,
            comment_id=comments[given.comment].id if given.comment is not None else None,
            language=given.language,
            seconds=given.seconds,
            file_hash=given.file_hash,
            file_name=given.file_name,
            media_type=given.media_type,
            file_size=given.file_size,
            role=given.role,
            at=now,
        )
        for own_id, given in zip(ids, new.attachments, strict=True)
    ]


def _critique(submission: Submission, new: NewSubmission) -> Critique | None:
    if new.critique is None:
        return None
    return unkept(
        Critique, consultation_id=submission.consultation_id, submission_id=submission.id, **vars(new.critique)
    )
