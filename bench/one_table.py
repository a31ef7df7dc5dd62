"""One file of a table in a process of its own, with no more loaded than the program beside the worker has:
`python -m bench.one_table ORDER` prints seconds, MiB before, and bytes."""

import json
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from consult.consultations.matter import queries
from consult.db import Database
from consult.exports import generation, service
from consult.exports.official_language import official
from consult.exports.service import Format

LOADED = generation
"""What that program loads, loaded here too."""


def written(url: str, folder: str, slug: str, wanted: str) -> tuple[float, float, float]:
    """Writes one file in this process: seconds, MiB that it had before, size in bytes."""
    database = Database(url, Path(folder))
    with database.session() as session:
        matter, place = queries.by_slug(session, slug), Path(folder) / f"table.{wanted}"
        before, began = mib_now(), time.monotonic()
        with place.open("wb") as file:
            service.write(file, session, matter, Format(wanted), datetime.now(UTC), official)
        return time.monotonic() - began, before, place.stat().st_size


def mib_now() -> float:
    """The memory of this process, in MiB."""
    told = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in told if line.startswith("VmRSS:")).split()[1]) / 1024


if __name__ == "__main__":
    print(json.dumps(written(*json.loads(sys.argv[1]))))
