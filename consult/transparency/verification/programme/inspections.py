"""Published results of inspections against the log of their programme."""

from sqlalchemy.orm import Session

from consult.files.store import FileStore
from consult.ledger.programme_entries import hash_of
from consult.programme.head_models import Programme
from consult.programme.inspections.facts import told_version
from consult.programme.inspections.models import Inspection
from consult.transparency.replay import Log
from consult.transparency.row_reading import Told, require, rows_of
from consult.transparency.verification.programme.kept_files import check_kept


def check_inspections(session: Session, programme: Programme, log: Log, files: FileStore) -> int:
    """Every public version of each result, published by another person than who wrote it; gives how many results.
    Raises Tampered."""
    stored = {}
    for one in rows_of(session, Inspection, programme.consultation_id, Inspection.number):
        public = [version for version in one.versions if version.released_at is not None]
        for version in public:
            stored[one.number, version.number] = hash_of(told_version(one, version))
            check_kept(files, version.file_hash)
        newest = max((version.number for version in public), default=None)
        require(newest == one.public_version, Told("tampered.inspections_are_not_those_of_the_log"))
    told = {(entry["inspection"], entry["version"]): entry["hash"] for entry in log.all("inspection_published")}
    require(stored == told, Told("tampered.inspections_are_not_those_of_the_log"))
    return len({number for number, _version in told})
