"""What is blanked when a sender's data are erased: every column of the house in which words of theirs may stand, each
with the salt of its commitment. What the log commits to stays, and means nothing any more (docs/ledger.md, "Erasing").

All of it inside the transaction of whoever calls. Stances, places and the acts stay: they name nobody.
"""

import secrets
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select, text, update
from sqlalchemy.orm import Session

from consult.people.models import Correction
from consult.responses.data_requests.models import DataRequest
from consult.responses.kept_words import keeping
from consult.responses.questions.models import SenderQuestion
from consult.submissions.comments.outcome import AHEAD_OF_LOG
from consult.submissions.models import Comment, CommentAct, CommentVersion, Submission
from consult.submissions.receiving.models import Attachment, Transcript
from consult.submissions.sender.models import Call, CallAttempt, TypingCheck
from consult.submissions.sighting_models import SightingPlace
from consult.submissions.words import CommentActKind, ContactKind

ERASED = "erased"
"""The member of `CommentAct.details` that says that its words were erased with their salt."""
KEPT_DETAILS = frozenset({"as_whole", "beside", "into", "response", "version", AHEAD_OF_LOG})
NOTED = frozenset({CommentActKind.QUARANTINED, CommentActKind.PASSED_ON, CommentActKind.SPLIT, CommentActKind.MOVED})
"""Acts whose reason is a note of the desk in its own words, not a code."""


def overwrite(session: Session) -> None:
    """On SQLite: what is deleted or replaced from now on over this connection is written over with zeros."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("PRAGMA secure_delete=ON")).all()


def sender(session: Session, submission: Submission) -> None:
    """Who sent it, where they live and how they are reached, and whatever was noted down about reaching them."""
    submission.sender_name, submission.place_said, submission.area_id = "", "", None
    submission.publish_name = False
    submission.identity_salt = None
    submission.contact, submission.contact_kind, submission.contact_salt = "", ContactKind.NONE, None
    submission.mail_code = ""
    # What was sent is also what its hash can be tried against.
    submission.body_hash = secrets.token_hex(32)
    session.execute(update(Correction).where(Correction.subject_id == submission.id).values(old="", new="", reason=""))
    calls = select(Call.id).where(Call.consultation_id == submission.consultation_id, *_of(Call, submission))
    session.execute(
        update(CallAttempt)
        .where(CallAttempt.consultation_id == submission.consultation_id, CallAttempt.call_id.in_(calls))
        .values(note="")
    )
    _requests(session, submission)


def words(session: Session, submission: Submission, comments: Sequence[Comment]) -> list[str]:
    """What was said, in every version and wherever it was copied to, and the files that came with it; gives the hashes
    of those files."""
    ids = [one.id for one in comments]
    _blank(session, CommentVersion, submission, ids, text="", proposed="", reason="", text_salt=None)
    _blank(session, Transcript, submission, ids, transcript="", translation="", refused_reason="", salt=None)
    _blank(session, SenderQuestion, submission, ids, text="", salt=None, reply="", reply_salt=None, shared_reply="")
    _blank(session, SightingPlace, submission, ids, latitude=None, longitude=None)
    for act in session.scalars(select(CommentAct).where(*_among(CommentAct, submission, ids))):
        _act(act)
    session.execute(
        update(TypingCheck)
        .where(TypingCheck.consultation_id == submission.consultation_id, *_of(TypingCheck, submission))
        .values(said="", texts={}, settled_reason="")
    )
    submission.body_hash = secrets.token_hex(32)
    _requests(session, submission)
    return _files(session, submission)


def kept_words(session: Session, submission: Submission, comments: Sequence[Comment]) -> None:
    """By which words the desk finds these comments: those that are left, once the others are blanked."""
    session.flush()
    keeping.put(session, submission.consultation_id, [one.number for one in comments])


def _act(act: CommentAct) -> None:
    kept = {name: value for name, value in act.details.items() if name in KEPT_DETAILS}
    if kept != act.details:
        act.details = kept | ({"text": "", ERASED: True} if act.kind is CommentActKind.REDACTED else {})
    if act.kind in NOTED:
        act.reason = ""


def _files(session: Session, submission: Submission) -> list[str]:
    own = (Attachment.consultation_id == submission.consultation_id, *_of(Attachment, submission))
    hashes = list(session.scalars(select(Attachment.file_hash).where(*own)))
    session.execute(delete(Attachment).where(*own))
    if hashes:
        submission.attachments_salt = None
    return hashes


def _requests(session: Session, submission: Submission) -> None:
    """What they said when they asked may repeat it."""
    session.execute(
        update(DataRequest)
        .where(DataRequest.consultation_id == submission.consultation_id, *_of(DataRequest, submission))
        .values(said="")
    )


def _blank(session: Session, table: Any, submission: Submission, ids: Collection[UUID], **values: Any) -> None:
    session.execute(update(table).where(*_among(table, submission, ids)).values(**values))


def _among(table: Any, submission: Submission, ids: Collection[UUID]) -> tuple[ColumnElement[bool], ...]:
    return table.consultation_id == submission.consultation_id, table.comment_id.in_(ids)


def _of(table: Any, submission: Submission) -> tuple[ColumnElement[bool], ...]:
    return (table.submission_id == submission.id,)
