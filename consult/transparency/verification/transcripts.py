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
from consult.transparency.row_reading import Told, require, rows_of


def check_transcripts(session: Session, consultation_id: UUID, log: Log, comment_ids: Mapping[UUID, int]) -> int:
    """Every checked transcript has its entry and every entry its transcript; gives how many. Raises Tampered."""
    left = {number: list(told.transcribed) for number, told in log.comments.items()}
    rows = rows_of(session, Transcript, consultation_id, Transcript.checked_at, Transcript.id)
    _check_voices(session, consultation_id)
    checked = [row for row in rows if row.checked_at is not None]
    for row in checked:
        own = left.get(comment_ids.get(row.comment_id, 0), [])
        require(bool(own), Told("tampered.transcript_no_entry_speaks_of_it", key=row.id))
        _check(row, own.pop(0))
    number = next((number for number, entries in left.items() if entries), 0)
    require(not number, Told("tampered.comment_a_transcript_that_the_log_has_is_missing", number=number))
    return len(checked)


def _check_voices(session: Session, consultation_id: UUID) -> None:
    """A file that belongs to one comment came with it."""
    submissions = {row.id: row.submission_id for row in rows_of(session, Comment, consultation_id)}
    for row in rows_of(session, Attachment, consultation_id):
        own = row.comment_id is None or submissions.get(row.comment_id) == row.submission_id
        require(own, Told("tampered.attachment_it_did_not_come_with_its_comment", key=row.id))


def _check(row: Transcript, entry: Entry) -> None:
    name = Told("tampered.transcript", key=row.id)
    require(
        row.checked_by_id not in {None, row.written_by_id}, Told("tampered.one_person_wrote_and_checked_it", name=name)
    )
    require(row.refused_at is None, Told("tampered.it_was_sent_back_and_counts", name=name))
    at = moment(row.checked_at) if row.checked_at else ""
    require(at == entry["at"], Told("tampered.its_moment_is_not_that_of_entry", name=name, index=entry["index"]))
    if row.salt is None:
        # Words go with their salt.
        holds = not (row.transcript or row.translation)
    else:
        try:
            holds = commit("transcript", transcript_value(row), row.salt) == entry["text"]
        except ValueError:
            holds = False
    require(holds, Told("tampered.it_or_the_salt_of_it_is_not_what_entry_commits_to", name=name, index=entry["index"]))
