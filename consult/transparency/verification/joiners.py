"""Those who joined a comment against their entries: who joined which, who took it back, when, and their receipts."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy.orm import Session

from consult.ledger.entries import moment
from consult.submissions.models import Joiner
from consult.transparency.replay import Entry, Log
from consult.transparency.row_reading import Told, require, rows_of
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
        name = Told("tampered.joiner", number=row.number, key=row.id)
        require(entry is not None, Told("tampered.no_entry_speaks_of_it", name=name))
        _check_row(name, row, entry or {}, left.pop(row.number, None), comment_ids)
        check_joining(row, entry, nodes, origins, notes, log)
    require(not joined, Told("tampered.joiner_the_log_has_it_it_is_missing", value=min(joined, default="")))
    require(not left, Told("tampered.joiner_the_log_takes_back_what_nobody_did", value=min(left, default="")))
    return len(rows)


def _check_row(name: Told, row: Joiner, entry: Entry, left: Entry | None, comment_ids: Mapping[UUID, int]) -> None:
    own = comment_ids.get(row.comment_id)
    require(
        own == entry["comment"],
        Told("tampered.it_is_of_another_comment_than_entry_says", name=name, index=entry["index"]),
    )
    require(
        moment(row.at) == entry["at"], Told("tampered.its_moment_is_not_that_of_entry", name=name, index=entry["index"])
    )
    told = left["at"] if left else None
    stored = moment(row.withdrawn_at) if row.withdrawn_at else None
    require(stored == told, Told("tampered.the_log_says_otherwise_when_it_was_taken_back", name=name))
    require(left is None or left["comment"] == own, Told("tampered.it_was_taken_back_for_another_comment", name=name))
