"""What was handed to the body that appraises a report, against the entries that say so, and whether it is kept."""

from uuid import UUID

from sqlalchemy.orm import Session

from consult.files.store import DamagedFile, FileStore
from consult.ledger.entries import moment
from consult.responses.appraisal.models import AppraisalPackage
from consult.transparency.replay import Log
from consult.transparency.row_reading import Tampered, Told, require, rows_of


def check_packages(session: Session, consultation_id: UUID, log: Log, files: FileStore) -> int:
    """Every package has its entry, every such entry its package, and its file is what it was; gives how many. Raises
    Tampered."""
    rows = rows_of(session, AppraisalPackage, consultation_id, AppraisalPackage.number)
    stored = [(row.number, row.file_hash, row.file_size, moment(row.at)) for row in rows]
    told = [(one["package"], one["hash"], one["size"], one["at"]) for one in log.all("handed_to_appraisal")]
    require(stored == told, Told("tampered.packages_are_not_those_of_the_log"))
    for row in rows:
        try:
            files.opened(row.file_hash).close()
        except DamagedFile as damaged:
            raise Tampered(Told("tampered.package_is_not_kept", number=row.number)) from damaged
    return len(rows)
