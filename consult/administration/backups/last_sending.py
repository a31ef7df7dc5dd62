"""What the sending of backups to their second place leaves outside the database: which one was sent last, and when."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from consult.files.atomic_write import write_whole

RECORD = "backup-sent.json"


@dataclass(frozen=True)
class Sending:
    """A backup by its name, all of which lay in the second place at the moment `at`."""

    at: datetime
    name: str


def last(instance: Path) -> Sending | None:
    """The last of the installation in `instance`; None when there was none or the record is unreadable."""
    try:
        said = json.loads((instance / RECORD).read_text(encoding="utf-8"))
        return Sending(datetime.fromisoformat(said["at"]), str(said["name"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write(instance: Path, sending: Sending) -> None:
    """Writes it down. Raises OSError when the disk takes nothing."""
    said = {"at": sending.at.isoformat(), "name": sending.name}
    write_whole(instance / RECORD, json.dumps(said, ensure_ascii=False, indent=1).encode())
