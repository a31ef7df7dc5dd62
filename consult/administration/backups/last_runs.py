"""What the nightly backup leaves outside the database, which may be what failed: when it went well, and when not."""

import json
import os
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

RECORD = "backup-state.json"


@dataclass(frozen=True)
class BackupState:
    """The last whole nightly backup, and the last failure with its sentence; None and 0 where there was none yet.

    `size` is the bytes of the whole backup, `added` those it does not share with the one before.
    """

    succeeded_at: datetime | None = None
    folder: str = ""
    count: int = 0
    size: int = 0
    added: int = 0
    failed_at: datetime | None = None
    sentence: str = ""

    @property
    def failing(self) -> bool:
        """Whether the last attempt failed."""
        return self.failed_at is not None and (self.succeeded_at is None or self.failed_at >= self.succeeded_at)


def state(instance: Path) -> BackupState:
    """What is known of the nightly backups of the installation in `instance`: nothing when the record is unreadable."""
    try:
        said = json.loads((instance / RECORD).read_text(encoding="utf-8"))
        times = {name: said[name] and datetime.fromisoformat(said[name]) for name in ("succeeded_at", "failed_at")}
        return BackupState(**{**said, **times})
    except (OSError, ValueError, KeyError, TypeError):
        return BackupState()


def succeeded(instance: Path, folder: Path, count: int, size: int, added: int, now: datetime) -> None:
    """Writes down that a backup was made; an earlier failure stays known."""
    before = state(instance)
    _write(
        instance,
        replace(before, succeeded_at=now, folder=str(folder), count=count, size=size, added=added),
    )


def failed(instance: Path, sentence: str, now: datetime) -> None:
    """Writes down that a backup could not be made, and why: a Vietnamese sentence, shown and mailed as it is."""
    _write(instance, replace(state(instance), failed_at=now, sentence=sentence))


def _write(instance: Path, found: BackupState) -> None:
    unfinished = instance / f".{RECORD}.{os.getpid()}"
    said = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in asdict(found).items()}
    unfinished.write_text(json.dumps(said, ensure_ascii=False, indent=1), encoding="utf-8")
    os.replace(unfinished, instance / RECORD)
