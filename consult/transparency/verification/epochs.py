"""The epochs of a log, and what was brought back from earlier ones, against the rows that say so."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from consult.ledger.models import LedgerEpoch
from consult.ledger.service import Signer
from consult.submissions.models import CommentVersion
from consult.submissions.receiving.models import LostEntry, LostVersion
from consult.transparency.replay import Entry, Log
from consult.transparency.row_reading import Told, require, rows_of
from consult.transparency.verification.log import Origins

NOBODY = UUID(int=0)


def origins_of(session: Session, consultation_id: UUID, entries: Sequence[Entry], signer: Signer) -> Origins:
    """The origin of a checkpoint by its size, after the epochs were compared with their entries. Raises Tampered."""
    begun = [entry for entry in entries if entry["kind"] == "epoch"]
    rows = rows_of(session, LedgerEpoch, consultation_id, LedgerEpoch.number)
    told = [(entry["epoch"], entry["index"], entry["size"], entry["root"]) for entry in begun]
    stored = [(row.number, row.index, row.size, row.root.hex()) for row in rows]
    require(told == stored, Told("tampered.ledger_epoch_its_rows_are_not_as_the_entries_say"))

    def origin(size: int) -> str:
        numbers = [entry["epoch"] for entry in begun if entry["index"] < size]
        return signer.origin(consultation_id, max(numbers, default=1))

    return origin


def check_brought_back(session: Session, consultation_id: UUID, log: Log, comment_ids: Mapping[UUID, int]) -> None:
    """Everything that was brought back has its entry, and every such entry its row. Raises Tampered."""
    told = {(entry["comment"], entry["epoch"], entry["was"], entry["leaf"]) for entry in log.all("brought_back")}
    rows = rows_of(session, LostEntry, consultation_id, LostEntry.epoch, LostEntry.was)
    stored = {(comment_ids.get(row.comment_id, 0), row.epoch, row.was, row.leaf.hex()) for row in rows}
    of_comment = {row.id: row.comment_id for row in rows_of(session, CommentVersion, consultation_id)}
    for row in rows_of(session, LostVersion, consultation_id, LostVersion.epoch, LostVersion.was):
        number = comment_ids.get(of_comment.get(row.version_id, NOBODY), 0)
        stored.add((number, row.epoch, row.was, row.leaf.hex()))
    odd = min((comment for comment, *_ in told ^ stored), default=0)
    require(told == stored, Told("tampered.comment_the_log_says_otherwise_what_it_was_brought_back_from", odd=odd))
