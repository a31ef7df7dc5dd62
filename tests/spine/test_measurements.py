"""Numbers that several processes count together, and that outlive each of them."""

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from consult.traces import measurements
from consult.traces.measurements import MOST_NAMES, Counts

COUNTS = """
import sys
from pathlib import Path
from consult.traces import measurements
measurements.use(Path(sys.argv[1]))
measurements.count("runs", 2, ended="well")
measurements.count("runs", 1, ended="ill")
"""


def other(folder: Path) -> None:
    """Counts in a process of its own, which ends."""
    subprocess.run([sys.executable, "-c", COUNTS, str(folder)], check=True)


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Counts]:
    """What this process counts."""
    counts = Counts(tmp_path)
    yield counts
    counts.close()


def added(counts: Counts) -> dict[object, float]:
    """What stands in the folder now, whatever was found a moment ago."""
    counts.found.until = 0.0
    return dict(counts.totals())


def test_what_processes_count_adds_up_and_outlives_them(own: Counts, tmp_path: Path) -> None:
    own.add("runs", 1, (("ended", "well"),))
    other(tmp_path)
    other(tmp_path)
    well, ill = ("runs", (("ended", "well"),)), ("runs", (("ended", "ill"),))
    assert added(own) == {well: 5, ill: 2}
    assert len(list(tmp_path.glob("*.counts"))) == 1, "the files of those that ended are folded into one"
    own.add("runs", 1, (("ended", "well"),))
    assert added(own) == {well: 6, ill: 2}
    assert added(Counts(tmp_path)) == {well: 6, ill: 2}


def test_names_are_bounded_whatever_is_counted(own: Counts) -> None:
    for number in range(MOST_NAMES + 50):
        own.add("asked", 1, (("route", f"/{number}/" + "x" * 40),))
    found = added(own)
    assert len(found) == MOST_NAMES + 1 and found["asked", ()] == 50
    own.add("asked", 1, (("route", "x" * 1000),))
    assert added(own)["asked", ()] == 51


def test_a_process_that_forked_counts_in_a_file_of_its_own(own: Counts) -> None:
    own.add("runs", 1, ())
    child = os.fork()
    if not child:
        own.add("runs", 1, ())
        os._exit(0)
    os.waitpid(child, 0)
    assert added(own) == {("runs", ()): 2}


def test_a_full_disk_ends_no_process_and_no_request(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_what: object) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    own = Counts(tmp_path)
    monkeypatch.setattr(measurements, "_counts", [own])
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(os, "posix_fallocate", full)
        measurements.count("runs")
    assert not list(tmp_path.glob("*.counts")), "nothing half made is left"
    measurements.count("runs")
    [file] = tmp_path.glob("*.counts")
    assert file.stat().st_blocks * 512 >= measurements.GROWTH, "a hole that cannot be filled would end the process"
    own.close()
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(os, "replace", full)
        assert added(own) == {("runs", ()): 1}, "what cannot be folded is told all the same"
    assert added(own) == {("runs", ()): 1}


def test_nothing_is_counted_where_nobody_asked_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measurements, "_counts", [None])
    measurements.count("runs", ended="well")
    assert not measurements.counts() and not measurements.totals()
    measurements.use(tmp_path / "made")
    measurements.count("runs", ended="well")
    assert measurements.totals() == {("runs", (("ended", "well"),)): 1}
    measurements.use(None)
