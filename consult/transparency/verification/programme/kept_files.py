"""Whether a file that the log of a programme names is kept, as it was."""

from consult.files.store import DamagedFile, FileStore
from consult.transparency.row_reading import Tampered, Told


def check_kept(files: FileStore, file_hash: str) -> None:
    """Nothing for no file. Raises Tampered for one that is gone or is another."""
    try:
        if file_hash:
            files.opened(file_hash).close()
    except DamagedFile as damaged:
        raise Tampered(Told("tampered.file_of_programme_is_not_kept", hash=file_hash)) from damaged
