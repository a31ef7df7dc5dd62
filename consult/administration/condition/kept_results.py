"""What looking costs too much to be done for everybody who asks: found by a chore or a command now and then, and kept
with its moment in a folder that all machines of the site see; what one machine told of it, in its own."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from consult.files.atomic_write import write_whole

CERTIFICATE, VERIFIED, ALERTS = "certificate", "verified", "alerts"


def keep(folder: Path, name: str, facts: dict[str, Any]) -> None:
    """Keeps `facts` in the place of what was found before, whole or not at all. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_whole(folder / f"{name}.json", json.dumps(facts, ensure_ascii=False, indent=1).encode())


def kept(path: Path) -> dict[str, Any]:
    """What was found last; empty when nothing was, or it cannot be read."""
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


def last(folder: Path, name: str) -> dict[str, Any]:
    """The same for what is kept under a name."""
    return kept(folder / f"{name}.json")


def moment(said: object) -> datetime | None:
    """An aware instant as it was kept; None for what is none."""
    try:
        found = datetime.fromisoformat(str(said))
    except ValueError:
        return None
    return found if found.tzinfo is not None else None
