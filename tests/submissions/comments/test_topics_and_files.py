"""What a comment may have beside its words: a topic, files of its own, and a voice instead of words."""

import json

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.consultations.words import Kind
from consult.errors import Invalid
from consult.ledger.commitment import opens
from consult.submissions.inputs import AttachmentInput, CommentInput, NewSubmission, Receipt
from consult.submissions.models import Comment, CommentVersion, Submission
from consult.submissions.receiving import commitments
from consult.submissions.receiving.models import Attachment
from consult.submissions.receiving.service import receive
from consult.submissions.sender import own_submission
from consult.submissions.words import Topic
from tests.submissions.rows import CODES, MIDWAY, SIGNER, matter

PICTURE = AttachmentInput("a" * 64, "ảnh.jpg", "image/jpeg", 9)
VOICE = AttachmentInput("b" * 64, "tiếng nói.webm", "audio/webm", 9, "voice", 0, "tay")


@pytest.fixture
def consultation(session: Session) -> Consultation:
    return matter(session)


def sent(
    session: Session, consultation: Consultation, *comments: CommentInput, files: tuple[AttachmentInput, ...] = ()
) -> Receipt:
    new = NewSubmission(comments, MIDWAY, "k" * 32, attachments=files)
    return receive(session, consultation, new, MIDWAY, SIGNER, CODES)


def test_a_topic_is_kept_and_fixed_in_the_log(session: Session, consultation: Consultation) -> None:
    consultation.kind = Kind.EIA_REPORT
    session.flush()
    sent(session, consultation, CommentInput("Khói", topic=Topic.IMPACTS), CommentInput("Chung"))
    first, second = session.scalars(select(Comment).order_by(Comment.number)).all()
    assert (first.topic, second.topic) == (Topic.IMPACTS, None)
    submission = session.scalars(select(Submission)).one()
    receipt = own_submission.receipt_file(session, submission, SIGNER)
    for given in receipt["comments"]:
        opening = given["openings"]["text"]
        said = json.loads(given["entry"])["commitments"]["text"]
        assert opens(said, "text", opening["value"], bytes.fromhex(opening["salt"]))
    values = [given["openings"]["text"]["value"] for given in receipt["comments"]]
    assert values[0]["topic"] == "impacts" and "topic" not in values[1]
    for comment, value in zip((first, second), values, strict=True):
        version = session.scalars(select(CommentVersion).where(CommentVersion.comment_id == comment.id)).one()
        assert commitments.text_value(comment, version) == value


def test_a_file_belongs_to_the_submission_or_to_one_comment(session: Session, consultation: Consultation) -> None:
    of_second = AttachmentInput("c" * 64, "b.pdf", "application/pdf", 9, comment=1)
    sent(session, consultation, CommentInput("Một"), CommentInput("Hai"), files=(PICTURE, of_second))
    second = session.scalars(select(Comment).where(Comment.number == 2)).one()
    kept = session.scalars(select(Attachment).order_by(Attachment.id)).all()
    assert [(one.file_name, one.comment_id) for one in kept] == [("ảnh.jpg", None), ("b.pdf", second.id)]


def test_a_comment_that_is_spoken_needs_no_words(session: Session, consultation: Consultation) -> None:
    sent(session, consultation, CommentInput(""), files=(VOICE,))
    kept = session.scalars(select(Attachment)).one()
    assert (kept.role, kept.language) == ("voice", "tay") and kept.comment_id is not None
    assert session.scalars(select(CommentVersion.text)).one() == ""


@pytest.mark.parametrize(
    ("files", "errors"),
    [
        ((PICTURE,), {"comments.0.text": "required"}),
        ((VOICE, VOICE), {"attachments": "not_a_choice"}),
        (
            (AttachmentInput("b" * 64, "x", "audio/webm", 9, "voice", 1),),
            {"comments.0.text": "required", "attachments": "not_a_choice"},
        ),
        (
            (AttachmentInput("b" * 64, "x", "audio/webm", 9, "voice"),),
            {"comments.0.text": "required", "attachments": "not_a_choice"},
        ),
    ],
)
def test_what_says_nothing_is_not_a_comment(
    session: Session, consultation: Consultation, files: tuple[AttachmentInput, ...], errors: dict[str, str]
) -> None:
    with pytest.raises(Invalid) as wrong:
        sent(session, consultation, CommentInput(""), files=files)
    assert wrong.value.errors == errors and session.scalars(select(Submission)).all() == []
