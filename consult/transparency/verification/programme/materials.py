"""The library of a programme against its log."""

from sqlalchemy.orm import Session

from consult.files.store import FileStore
from consult.ledger.programme_entries import hash_of
from consult.programme.head_models import Programme
from consult.programme.materials import library
from consult.programme.materials.models import Material
from consult.transparency.replay import Log
from consult.transparency.row_reading import Told, require, rows_of
from consult.transparency.verification.programme.kept_files import check_kept


def check_materials(session: Session, programme: Programme, log: Log, files: FileStore) -> int:
    """Every public version with its file; gives how many there are. Raises Tampered."""
    stored = {}
    for one in rows_of(session, Material, programme.consultation_id, Material.number):
        public = [version for version in one.versions if version.released_at is not None]
        for version in public:
            stored[one.number, version.number] = hash_of(library.told_version(one, version))
            check_kept(files, version.file_hash)
        as_told = one.public_at is None or (public and public[-1].details == library.facts_of(one))
        require(bool(as_told), Told("tampered.materials_are_not_those_of_the_log"))
    told = {(entry["material"], entry["version"]): entry["hash"] for entry in log.all("material_version")}
    require(stored == told, Told("tampered.materials_are_not_those_of_the_log"))
    return len(stored)
