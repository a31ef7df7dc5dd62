"""What was written down of voices against the entries that commit to it."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy.orm import Session

from consult.ledger.commitment import commit
from consult.ledger.entries import moment
from consult.submissions.models import Comment
from consult.submissions.receiving.commitments import transcript_value
from consult.submissions.receiving.models import Attachment, Transcript
from consult.transparency.replay import Entry, Log
from consult.transparency.row_reading import require, rows_of


def check_transcripts(session: Session, consultation_id: UUID, log: Log, comment_ids: Mapping[UUID, int]) -> int:
    """Every checked transcript has its entry and every entry its transcript; gives how many. Raises Tampered."""
    left = {number: list(told.transcribed) for number, told in log.comments.items()}
    rows = rows_of(session, Transcript, consultation_id, Transcript.checked_at, Transcript.id)
    _check_voices(session, consultation_id)
    checked = [row for row in rows if row.checked_at is not None]
    for row in checked:
        own = left.get(comment_ids.get(row.comment_id, 0), [])
        require(bool(own), f"transcript {row.id}: no entry speaks of it")
        _check(row, own.pop(0))
    number = next((number for number, entries in left.items() if entries), 0)
    require(not number, f"comment {number}: a transcript that the log has is missing")
    return len(checked)


def _check_voices(session: Session, consultation_id: UUID) -> None:
    """A file that belongs to one comment came with it."""
    submissions = {row.id: row.submission_id for row in rows_of(session, Comment, consultation_id)}
    for row in rows_of(session, Attachment, consultation_id):
        own = row.comment_id is None or submissions.get(row.comment_id) == row.submission_id
        require(own, f"attachment {row.id}: it did not come with its comment")


def _check(row: Transcript, entry: Entry) -> None:
    name = f"transcript {row.id}"
    require(row.checked_by_id not in {None, row.written_by_id}, f"{name}: one person wrote and checked it")
    require(row.refused_at is None, f"{name}: it was sent back and counts")
    at = moment(row.checked_at) if row.checked_at else ""
    require(at == entry["at"], f"{name}: its moment is not that of entry {entry['index']}")
    if row.salt is not None:
        try:
            holds = commit("transcript", transcript_value(row), row.salt) == entry["text"]
        except ValueError:
            holds = False
        require(holds, f"{name}: it (or the salt of it) is not what entry {entry['index']} commits to")
