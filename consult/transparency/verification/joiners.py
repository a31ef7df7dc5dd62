"""Those who joined a comment against their entries: who joined which, who took it back, when, and their receipts."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy.orm import Session

from consult.ledger.entries import moment
from consult.submissions.models import Joiner
from consult.transparency.replay import Entry, Log
from consult.transparency.row_reading import require, rows_of
from consult.transparency.verification.log import Origins
from consult.transparency.verification.receipts import check_joining


def check_joined(
    session: Session,
    consultation_id: UUID,
    log: Log,
    comment_ids: Mapping[UUID, int],
    nodes: Mapping[tuple[int, int], bytes],
    origins: Origins,
    notes: Mapping[int, str],
) -> int:
    """Every joining has its entry and every entry its joining; gives how many there are. Raises Tampered."""
    joined = {entry["joiner"]: entry for entry in log.all("joined")}
    left = {entry["joiner"]: entry for entry in log.all("joining_withdrawn")}
    rows = rows_of(session, Joiner, consultation_id, Joiner.number)
    for row in rows:
        entry = joined.pop(row.number, None)
        name = f"joiner {row.number} ({row.id})"
        require(entry is not None, f"{name}: no entry speaks of it")
        _check_row(name, row, entry or {}, left.pop(row.number, None), comment_ids)
        check_joining(row, entry, nodes, origins, notes, log)
    require(not joined, f"joiner {min(joined, default='')}: the log has it, it is missing")
    require(not left, f"joiner {min(left, default='')}: the log takes back what nobody did")
    return len(rows)


def _check_row(name: str, row: Joiner, entry: Entry, left: Entry | None, comment_ids: Mapping[UUID, int]) -> None:
    own = comment_ids.get(row.comment_id)
    require(own == entry["comment"], f"{name}: it is of another comment than entry {entry['index']} says")
    require(moment(row.at) == entry["at"], f"{name}: its moment is not that of entry {entry['index']}")
    told = left["at"] if left else None
    stored = moment(row.withdrawn_at) if row.withdrawn_at else None
    require(stored == told, f"{name}: the log says otherwise when it was taken back")
    require(left is None or left["comment"] == own, f"{name}: it was taken back for another comment")
