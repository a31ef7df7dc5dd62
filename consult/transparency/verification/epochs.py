"""The epochs of a log, and what was brought back from earlier ones, against the rows that say so."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from consult.ledger.models import LedgerEpoch
from consult.ledger.service import Signer
from consult.transparency.replay import Entry
from consult.transparency.row_reading import require, rows_of
from consult.transparency.verification.log import Origins


def origins_of(session: Session, consultation_id: UUID, entries: Sequence[Entry], signer: Signer) -> Origins:
    """The origin of a checkpoint by its size, after the epochs were compared with their entries. Raises Tampered."""
    begun = [entry for entry in entries if entry["kind"] == "epoch"]
    rows = rows_of(session, LedgerEpoch, consultation_id, LedgerEpoch.number)
    told = [(entry["epoch"], entry["index"], entry["size"], entry["root"]) for entry in begun]
    stored = [(row.number, row.index, row.size, row.root.hex()) for row in rows]
    require(told == stored, "ledger_epoch: its rows are not as the entries say")

    def origin(size: int) -> str:
        numbers = [entry["epoch"] for entry in begun if entry["index"] < size]
        return signer.origin(consultation_id, max(numbers, default=1))

    return origin
