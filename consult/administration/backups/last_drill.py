"""What the last restore on trial came to, outside the database: read by the page of the site's condition."""

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from consult.files.atomic_write import write_whole

RECORD = "drill.json"
"""Beside the record of the backups (`last_runs.RECORD`)."""


@dataclass(frozen=True)
class DrillState:
    """When the last restore on trial was made (UTC), whether everything held, how many entries of the logs a restore
    would lose by what is known outside (None where it did not come to that), and the sentence: Vietnamese always."""

    at: datetime
    ok: bool
    lost: int | None
    said: str


def state(instance: Path) -> DrillState | None:
    """What is known of the installation in `instance`; None when there was none yet, or nobody can read the record."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        said = json.loads((instance / RECORD).read_text(encoding="utf-8"))
        lost = None if said["lost"] is None else int(said["lost"])
        return DrillState(datetime.fromisoformat(said["at"]), bool(said["ok"]), lost, str(said["said"]))
    return None


def write(instance: Path, found: DrillState) -> None:
    """Writes it down. Raises OSError when the disk takes nothing."""
    said = {"at": found.at.isoformat(), "ok": found.ok, "lost": found.lost, "said": found.said}
    write_whole(instance / RECORD, json.dumps(said, ensure_ascii=False, indent=1).encode())
