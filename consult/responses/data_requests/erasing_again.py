"""Erasure reaches backups: what is erased is noted outside them, and erased again in a database that was set back.

Words and sender go at once, before the site serves, and what said them is withheld in the same transaction: by an act
that is ahead of the log (`outcome.AHEAD_OF_LOG`), so that whoever asks who may read a comment, in Python or in SQL, is
told the same. The log may lack its last entries, and then takes none until its new epoch has begun; then the comment is
closed as it was the first time, by the same two people, and that act is gone.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.db import writing
from consult.ledger.erasure_list import Erasure, ErasureList
from consult.ledger.guard import NotSigning
from consult.outbox.models import OutboxMessage
from consult.outbox.service import emit
from consult.people.models import User
from consult.responses.data_requests import blanking, closing
from consult.responses.data_requests.words import Scope
from consult.submissions.comments import comment_state, taken_back
from consult.submissions.comments.act_recording import tell
from consult.submissions.comments.comment_state import CommentState
from consult.submissions.models import Comment, CommentVersion, Submission

KIND = "submission"
BOTH = 2
"""Who proposed an erasure, and who confirmed it."""


class NotedErasures:
    """Notes what was erased in the list outside the database."""

    def __init__(self, listed: ErasureList) -> None:
        self.listed = listed

    def handle(self, _session: Session, messages: Sequence[OutboxMessage], _now: datetime) -> None:
        """After data_erased and commendation_erased. The same again changes nothing. Raises OSError when the place
        takes nothing: it is tried again until it does."""
        noted = [found for found in map(_erasure_of, messages) if found is not None]
        if noted:
            self.listed.note(noted)


def submission(session: Session, erasure: Erasure, now: datetime) -> list[int]:
    """Erases again what was erased of a submission, and closes its comments if the log takes that; gives their numbers
    when anything was left to do. What this database never had is erased already."""
    found = session.get(Submission, (erasure.consultation_id, erasure.id))
    if found is None:
        return []
    again = _again(session, found, erasure, _two_people(session, erasure), now)
    closed = close(session, erasure, now)
    return again or closed


def close(session: Session, erasure: Erasure, now: datetime) -> list[int]:
    """Closes what of a submission was only withheld ahead of the log, if that takes entries; gives the numbers. Nothing
    is erased by it: a contact that was put right since then stays."""
    found, by = session.get(Submission, (erasure.consultation_id, erasure.id)), _two_people(session, erasure)
    return _closed(session, found, by, now) if found and by and Scope.WORDS in erasure.scope else []


def _again(
    session: Session, found: Submission, erasure: Erasure, by: closing.TwoPeople | None, now: datetime
) -> list[int]:
    """Blanks what is left of it and withholds what is open, in one transaction: nobody reads the one without the
    other."""
    left = _left(session, found, erasure.scope)
    if not left and not _open(session, found, erasure.scope):
        return []
    with writing(session, erasure.consultation_id):
        if left:
            _blanked(session, found, erasure.scope, now)
        still = _open(session, found, erasure.scope, waiting=left and by is not None)
        if still:
            closing.withhold_ahead(session, session.get_one(Consultation, erasure.consultation_id), still, by, now)
        return [one.number for one in _comments(session, found)]


def _blanked(session: Session, found: Submission, scope: Sequence[str], now: datetime) -> None:
    comments = _comments(session, found)
    files = _blank(session, found, comments, scope)
    numbers = [one.number for one in comments]
    # A file that was made before the erasure may have outlived it beside this database.
    taken_back.note(session, found.consultation_id, numbers)
    emit(session, "data_erased", now, found.consultation_id, comments=numbers, files=files)
    session.get_one(Consultation, found.consultation_id).touch()


def _closed(session: Session, found: Submission, by: closing.TwoPeople, now: datetime) -> list[int]:
    """Closes what was only withheld ahead of the log; gives the numbers. Nothing where the log takes nothing yet."""
    if not any(map(closing.is_ahead, _states(session, found))):
        return []
    try:
        with writing(session, found.consultation_id):
            return _close(session, found, by, now)
    except NotSigning:
        return []


def _close(session: Session, found: Submission, by: closing.TwoPeople, now: datetime) -> list[int]:
    closing.take_out_ahead(session, _states(session, found))
    still = [one for one in _states(session, found) if closing.is_open(one) or closing.waits(one)]
    numbers = [one.comment.number for one in still]
    if still:
        consultation = session.get_one(Consultation, found.consultation_id)
        closing.close(session, consultation, still, by, now)
        tell(session, consultation, numbers, "erased", now)
    return numbers


def _two_people(session: Session, erasure: Erasure) -> closing.TwoPeople | None:
    """By whom it was erased; None where this database does not know them: then the desk closes it."""
    known = len(erasure.by) == BOTH and all(session.get(User, one) for one in erasure.by)
    return closing.TwoPeople(*erasure.by) if known else None


def _open(session: Session, found: Submission, scope: Sequence[str], waiting: bool = False) -> list[CommentState]:
    """What may be read although its words are erased; when they are erased just now, also what is withheld already and
    is `waiting` for an answer: the first time it was withdrawn."""
    if Scope.WORDS not in scope:
        return []
    return [one for one in _states(session, found) if closing.is_open(one) or (waiting and _still_waits(one))]


def _still_waits(one: CommentState) -> bool:
    return closing.waits(one) and not closing.is_ahead(one)


def _states(session: Session, found: Submission) -> list[CommentState]:
    own = [one.number for one in _comments(session, found)]
    return comment_state.read(session, found.consultation_id, own) if own else []


def _blank(session: Session, found: Submission, comments: Sequence[Comment], scope: Sequence[str]) -> list[str]:
    blanking.overwrite(session)
    files = blanking.words(session, found, comments) if Scope.WORDS in scope else []
    if Scope.SENDER in scope:
        blanking.sender(session, found)
    blanking.kept_words(session, found, comments)
    return files


def _comments(session: Session, found: Submission) -> list[Comment]:
    own = Comment.consultation_id == found.consultation_id, Comment.submission_id == found.id
    return list(session.scalars(select(Comment).where(*own).order_by(Comment.number)))


def _left(session: Session, found: Submission, scope: Sequence[str]) -> bool:
    """Whether anything of what is to be erased is there. A salt goes with its words."""
    if Scope.SENDER in scope and (found.identity_salt or found.contact_salt or found.sender_name or found.contact):
        return True
    ids = [one.id for one in _comments(session, found)]
    versions = CommentVersion.consultation_id == found.consultation_id, CommentVersion.comment_id.in_(ids)
    salted = select(CommentVersion.text_salt).where(*versions, CommentVersion.text_salt.is_not(None)).limit(1)
    return Scope.WORDS in scope and session.execute(salted).first() is not None


def _erasure_of(message: OutboxMessage) -> Erasure | None:
    """What a message says was erased; None for one of an earlier release, and of what was erased again."""
    said = message.payload.get("erased")
    if said is None or message.consultation_id is None:
        return None
    scope = tuple(said["scope"])
    by = tuple(map(UUID, said.get("by", ())))
    return Erasure(said["kind"], message.consultation_id, UUID(said["id"]), scope, message.created_at.isoformat(), by)


def noted_as(kind: str, own_id: UUID, scope: Sequence[str], by: closing.TwoPeople | None = None) -> dict[str, object]:
    """What an event says of an erasure, for the list."""
    people = [str(by.proposed), str(by.confirmed)] if by else []
    return {"kind": kind, "id": str(own_id), "scope": sorted(scope), "by": people}
