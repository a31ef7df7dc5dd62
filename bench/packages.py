"""`python -m bench.packages [COMMENTS]`: the package for appraisal of a matter with so many opinions (20,000), made by
the program that the worker starts: how long it takes, how much memory that process had at most, how large it is."""

import os
import select
import subprocess
import sys
import tempfile
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from bench.matter import Bench, begin
from bench.site import ROOT, environment
from consult.appraisal.package.beside import PackageHandlers
from consult.appraisal.package.generation import file_of
from consult.appraisal.readable import Taker
from consult.consultations.matter import queries
from consult.consultations.words import Kind, Procedure
from consult.db import writing

COMMENTS, MOST_MIB = 20_000, 100
LOOK = 0.05


def main() -> int:
    """Prints what was measured; 1 when the process had more memory than it may."""
    comments = int(sys.argv[1]) if len(sys.argv) > 1 else COMMENTS
    with tempfile.TemporaryDirectory(prefix="consult-bench-") as name:
        given = environment(Path(name))
        subprocess.run(
            [sys.executable, "-m", "flask", "--app", "consult", "db", "upgrade"],
            cwd=ROOT, env=given, check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        now = datetime.now(UTC)
        made = begin(given, now)
        made.fill(comments, now)
        print(f"{comments} opinions are there")
        return measured(made)


def measured(made: Bench) -> int:
    """Has the program carry out one order, and prints what it took."""
    making: PackageHandlers = made.app.extensions["consult.following_packages"]
    with made.app.extensions["consult.database"].session() as session:
        matter = queries.by_slug(session, made.slug)
        with writing(session, matter.id):
            matter.kind, matter.procedure = Kind.EIA_REPORT, Procedure.EIA_STATUTORY
        matter_id = matter.id
        making.begin(making._order(session, matter_id, datetime.now(UTC)))
    assert making.program is not None
    mib = watched(making.program)
    status = making.program.returncode
    newest = making.packages.newest(matter_id)
    if status or newest is None:
        raise RuntimeError(f"the program ended with {status}")
    print(f"{newest.seconds:.1f} s, {mib:.0f} MiB at most, {newest.received} entries of the log")
    for taker in Taker:
        with making.packages.open(matter_id, newest, file_of(taker)) as file:
            print(f"{taker.value}: {file.seek(0, os.SEEK_END) / 1024 / 1024:.1f} MiB")
    return 1 if mib > MOST_MIB else 0


def watched(program: subprocess.Popen[str]) -> float:
    """The most memory that a process has of its own until it ends, in MiB: what the system counts for it when it has
    ended includes whoever started it."""
    most = 0
    while program.poll() is None:
        with suppress(OSError, StopIteration):
            told = Path(f"/proc/{program.pid}/status").read_text()
            most = max(most, int(next(line for line in told.splitlines() if line.startswith("VmHWM:")).split()[1]))
        select.select([], [], [], LOOK)
    return most / 1024


if __name__ == "__main__":
    sys.exit(main())
