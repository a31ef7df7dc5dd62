"""Whether a file that the log of a programme names is kept, as it was."""

from uuid import UUID

from sqlalchemy.orm import Session

from consult.files.store import DamagedFile, FileStore
from consult.programme.promise_models import PromiseAct
from consult.transparency.row_reading import Tampered, Told, rows_of


def check_kept(files: FileStore, file_hash: str) -> None:
    """Nothing for no file. Raises Tampered for one that is gone or is another."""
    try:
        if file_hash:
            files.opened(file_hash).close()
    except DamagedFile as damaged:
        raise Tampered(Told("tampered.file_of_programme_is_not_kept", hash=file_hash)) from damaged


def check_pictures(session: Session, own_id: UUID, files: FileStore) -> None:
    """Every picture of what was said of a promise and is public. Raises Tampered as `check_kept`."""
    for act in rows_of(session, PromiseAct, own_id):
        for picture in act.pictures if act.released_at is not None else ():
            check_kept(files, picture.file_hash)
