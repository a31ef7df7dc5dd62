"""What a sender reads of their own submission, and the receipt file that proves it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.document_models import Document, Page, Revision
from consult.errors import NotFound
from consult.ledger.models import LedgerEntry
from consult.ledger.service import Signer
from consult.submissions.letter_models import LetterVersion
from consult.submissions.models import Comment, CommentVersion, Critique, Joiner, Submission
from consult.submissions.receiving import commitments
from consult.submissions.receiving.models import Attachment
from consult.submissions.receiving.service import area_of
from consult.submissions.words import VOICE


@dataclass(frozen=True)
class OwnComment:
    """One comment with all its versions, the first sent first."""

    comment: Comment
    versions: Sequence[CommentVersion]

    @property
    def latest(self) -> CommentVersion:
        """What counts now."""
        return self.versions[-1]


def comments_of(session: Session, submission: Submission) -> list[OwnComment]:
    """The comments of a submission in the order sent, in two statements."""
    comments = session.scalars(
        select(Comment)
        .where(Comment.consultation_id == submission.consultation_id, Comment.submission_id == submission.id)
        .order_by(Comment.position, Comment.id)
    ).all()
    versions: dict[Any, list[CommentVersion]] = {}
    for version in session.scalars(
        select(CommentVersion)
        .where(
            CommentVersion.consultation_id == submission.consultation_id,
            CommentVersion.comment_id.in_([comment.id for comment in comments]),
        )
        .order_by(CommentVersion.version)
    ):
        versions.setdefault(version.comment_id, []).append(version)
    return [OwnComment(comment, versions[comment.id]) for comment in comments]


def places_of(session: Session, sent: Sequence[OwnComment]) -> tuple[dict[Any, Document], dict[Any, Page]]:
    """The documents and pages these comments are about, by id, in two statements."""
    consultation_ids = {one.comment.consultation_id for one in sent}
    documents = session.scalars(select(Document).where(Document.consultation_id.in_(consultation_ids)))
    page_ids = {one.comment.page_id for one in sent if one.comment.page_id}
    pages = session.scalars(select(Page).where(Page.consultation_id.in_(consultation_ids), Page.id.in_(page_ids)))
    return {document.id: document for document in documents}, {page.id: page for page in pages}


def revisions_of(session: Session, sent: Sequence[OwnComment]) -> dict[Any, int]:
    """The numbers of the revisions these comments are about, by id."""
    wanted = {(one.comment.consultation_id, one.comment.revision_id) for one in sent if one.comment.revision_id}
    rows = session.execute(
        select(Revision.id, Revision.number).where(
            Revision.consultation_id.in_({matter for matter, _own in wanted}),
            Revision.id.in_({revision for _matter, revision in wanted}),
        )
    )
    return {revision_id: number for revision_id, number in rows}


def joiner_file(joiner: Joiner, signer: Signer) -> dict[str, Any]:
    """The receipt file of who joined a comment: proof and keys. No code is in it."""
    return {**joiner.receipt, "keys": signer.published(joiner.receipt["origin"])}


def attachments_of(session: Session, submission: Submission) -> Sequence[Attachment]:
    """The files of a submission in the order sent, which is that of the log's commitment."""
    return session.scalars(
        select(Attachment)
        .where(Attachment.consultation_id == submission.consultation_id, Attachment.submission_id == submission.id)
        .order_by(Attachment.id)
    ).all()


def files_of(session: Session, submission: Submission) -> list[Attachment]:
    """Those that are its sender's: a scan that was set aside may be somebody else's letter."""
    return [one for one in attachments_of(session, submission) if one.set_aside_at is None]


def attachment_of(session: Session, submission: Submission | Joiner, attachment_id: UUID) -> Attachment:
    """One file of a submission for its sender; raises NotFound, also for who only joined a comment."""
    found = session.get(Attachment, (submission.consultation_id, attachment_id))
    if found is None or found.submission_id != submission.id:
        raise NotFound
    if found.set_aside_at is not None or found.lost_at is not None:
        raise NotFound
    return found


def receipt_file(session: Session, submission: Submission, signer: Signer) -> dict[str, Any]:
    """The receipt file that docs/ledger.md describes: proof, keys, and what was sent. No code is in it."""
    attachments, shared = attachments_of(session, submission), shared_openings(session, submission)
    sent = {own.comment.number: own for own in comments_of(session, submission)}
    return {
        **submission.receipt,
        "keys": signer.published(submission.receipt["origin"]),
        "comments": [
            {**proved(given, sent[given["number"]], shared), **_voice(sent[given["number"]], attachments)}
            for given in submission.receipt["comments"]
        ],
    }


def shared_openings(session: Session, submission: Submission) -> dict[str, Any]:
    """What opens the commitments that all comments of a submission share; None for what was erased."""
    area, _unknown = area_of(session, submission.area_id)
    attachments = attachments_of(session, submission)
    critique = session.get(Critique, (submission.consultation_id, submission.id))
    first = as_received(session, submission)
    return {
        "identity": _opening(submission.identity_salt, commitments.identity_value(submission, area, critique, first)),
        "contact": _opening(submission.contact_salt, commitments.contact_value(submission)),
        "attachments": _opening(submission.attachments_salt, commitments.attachments_value(attachments)),
        "shown": _opening(commitments.shown_salt(submission), commitments.shown_value(submission, area)),
    }


def as_received(session: Session, submission: Submission) -> Mapping[str, Any] | None:
    """The data of a letter as they were received, where its sender changed them since."""
    first = (LetterVersion.consultation_id == submission.consultation_id, LetterVersion.submission_id == submission.id)
    found: dict[str, Any] | None = session.scalar(
        select(LetterVersion.letter).where(*first, LetterVersion.version == 1)
    )
    return found


def shared_commitments(session: Session, submission: Submission) -> dict[str, str]:
    """What the log says of the sender and the files of a submission that was received, for what is added to it later:
    made anew from what is kept, or once that was erased or put right as its first entry has it."""
    if None in (submission.identity_salt, submission.contact_salt, submission.attachments_salt):
        return _as_logged(session, submission)
    area, _unknown = area_of(session, submission.area_id)
    critique = session.get(Critique, (submission.consultation_id, submission.id))
    return commitments.shared_commitments(
        submission, attachments_of(session, submission), area, critique, as_received(session, submission)
    )


def _as_logged(session: Session, submission: Submission) -> dict[str, str]:
    """The commitments of a submission as the entry of its first comment has them, but for that to its text."""
    first = min(comment.number for comment in submission.comments)
    body = session.scalars(
        select(LedgerEntry.body).where(
            LedgerEntry.consultation_id == submission.consultation_id,
            LedgerEntry.comment_number == first,
            LedgerEntry.kind == "received",
        )
    ).one()
    logged = json.loads(body)
    shown = {"shown": logged["shown"]} if "shown" in logged else {}
    return {field: said for field, said in logged["commitments"].items() if field != "text"} | shown


def receipt_of(session: Session, consultation_id: UUID, number: int, signer: Signer) -> dict[str, Any]:
    """The same for the submission of this public number, which was just received."""
    own = (Submission.consultation_id == consultation_id, Submission.number == number)
    return receipt_file(session, session.scalars(select(Submission).where(*own)).one(), signer)


def proved(given: Mapping[str, Any], own: OwnComment, shared: Mapping[str, Any]) -> dict[str, Any]:
    """A comment with its entry and proof as `given`, and what opens the commitments of that."""
    first = own.versions[0]
    text = _opening(first.text_salt, commitments.text_value(own.comment, first))
    openings = {"text": text, **shared}
    return {**given, "openings": {field: opening for field, opening in openings.items() if opening is not None}}


def _voice(own: OwnComment, attachments: Sequence[Attachment]) -> dict[str, Any]:
    """Which of the files is a comment spoken: said beside what is proved, for who brings it back."""
    found = next((one for one in attachments if (one.role, one.comment_id) == (VOICE, own.comment.id)), None)
    if found is None:
        return {}
    return {"voice": {"sha256": found.file_hash, "language": found.language, "seconds": found.seconds}}


def _opening(salt: bytes | None, value: Any) -> dict[str, Any] | None:
    """What opens a commitment; None when it was erased."""
    return {"salt": salt.hex(), "value": value} if salt else None
