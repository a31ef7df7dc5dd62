"""What processes of this machine take, read where Linux tells it (/proc)."""

import os
from contextlib import suppress
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def beneath(pid: int) -> list[int]:
    """The processes that one began, and theirs."""
    children: list[int] = []
    for thread in Path(f"/proc/{pid}/task").glob("*"):
        with suppress(OSError):
            children += [int(child) for child in (thread / "children").read_text().split()]
    return [*children, *(one for child in children for one in beneath(child))]


def has_command(pid: int) -> bool:
    """Whether a process still runs something, and has not ended unnoticed."""
    with suppress(OSError):
        return bool(Path(f"/proc/{pid}/cmdline").read_text())
    return False


def processor_seconds(pid: int) -> float:
    """Seconds of processor that a process took since it began, of its own and for it; 0 when it is gone."""
    with suppress(OSError):
        # The name may hold blanks; what follows its bracket has its places.
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS
    return 0.0


def proportional_megabytes(pid: int) -> float:
    """Its memory, each page shared with others counted in part."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0


def descriptors(pid: int) -> int:
    """How many files and lines it has open."""
    with suppress(OSError):
        return len(os.listdir(f"/proc/{pid}/fd"))
    return 0
