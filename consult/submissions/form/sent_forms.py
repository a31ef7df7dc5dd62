"""What a form sent, read again from what was received under its key: for the receipt."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.matter.policy_facts import PolicyFacts
from consult.errors import NotFound
from consult.submissions import anchors
from consult.submissions.form.forms import CommentForm, FormComment
from consult.submissions.inputs import Codes, Receipt
from consult.submissions.models import Submission
from consult.submissions.receiving import lookup_codes
from consult.submissions.receiving.models import Attachment
from consult.submissions.sender import own_submission
from consult.submissions.sender.own_submission import OwnComment
from consult.submissions.words import VOICE


@dataclass(frozen=True)
class SentForm:
    """The receipt, and what was sent: its comments and sender as the form had them, and its files without the
    voices."""

    submission: Submission
    receipt: Receipt
    form: CommentForm
    files: Sequence[Attachment]


def submission_of(session: Session, consultation_id: UUID, key: str) -> Submission | None:
    """What was received under the idempotency key of a form."""
    return session.scalar(
        select(Submission).where(
            Submission.consultation_id == consultation_id,
            Submission.idempotency_hash == lookup_codes.key_hash(key),
        )
    )


def of_key(session: Session, matter: PolicyFacts, key: str, codes: Codes) -> SentForm:
    """What was received under a key, with its receipt; raises NotFound for nothing, and when the codes cannot be made
    again."""
    submission = submission_of(session, matter.id, key)
    if submission is None:
        raise NotFound
    try:
        code, secret = lookup_codes.made_before(matter.short_key, matter.id, key, submission.code_hash, codes)
    except LookupError as gone:
        raise NotFound from gone
    proof = submission.receipt
    numbers = tuple(entry["number"] for entry in proof["comments"])
    receipt = Receipt(lookup_codes.shown(code), secret, submission.number, numbers, proof)
    files = own_submission.attachments_of(session, submission)
    voices = {one.comment_id: one for one in files if one.role == VOICE}
    said = (
        _as_typed(own, voices.get(own.comment.id))
        for own in own_submission.comments_of(session, submission)
        if own.comment.number in numbers
    )
    form = CommentForm(comments=tuple(said), name=submission.shown_name, contact=submission.contact)
    return SentForm(submission, receipt, form, [one for one in files if one.role != VOICE])


def _as_typed(own: OwnComment, voice: Attachment | None) -> FormComment:
    """One comment as it was sent; `voice` is empty where nothing was spoken."""
    comment, first = own.comment, own.versions[0]
    document, revision = comment.document, comment.revision
    page = comment.page.number if comment.page else None
    return FormComment(
        anchor=anchors.written(document.number, revision.number, comment.path, page, comment.box)
        if document and revision
        else "",
        stance=first.stance or "",
        text=first.text,
        proposed=first.proposed,
        reason=first.reason,
        quote=comment.quote,
        topic=comment.topic or "",
        voice=voice.file_hash if voice else "",
        language=voice.language if voice else "",
    )
