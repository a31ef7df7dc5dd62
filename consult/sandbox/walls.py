"""The walls around the confined process, put up from inside it. Every one must stand: where one cannot be put up,
nothing is read.

Memory, time and processes are bounded by limits; files are closed by Landlock; and a filter of system calls (seccomp)
lets through what a reader of data needs and refuses all else, sockets of every kind above all. To be away from the
network altogether is a wall behind that wall, where Linux permits it.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import struct
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from consult.sandbox import system_calls

_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_CLONE_NEWIPC = 0x08000000
_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_PR_SET_NO_NEW_PRIVS = 38
# Linux Landlock, the same numbers on every architecture; rights by version of the interface, from 1 on.
_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 444, 445, 446
_LANDLOCK_FILE_RIGHTS = (13, 14, 15, 15, 16)  # how many kinds of access to files there are to forbid
_LANDLOCK_READING = 0b1101  # execute (to map libraries), read a file, list a folder
_LANDLOCK_READING_ONE = 0b0101
# Of a folder of its own: write, read, list, remove, make folders, files and pipes, rename, cut short; nothing runs.
_LANDLOCK_WRITING = 0b110_0011_1011_1110
_LARGEST_WRITTEN = 256 * 1024 * 1024
_PACKAGE = Path(__file__).resolve().parents[1]
# Where pip put the package nothing but packages lies beside it; beside that of a checkout there may be a database.
_INSTALLED = str(_PACKAGE.parent) if _PACKAGE.parent.name in {"site-packages", "dist-packages"} else ""


class NoWalls(Exception):
    """A wall cannot be put up; `detail` names it."""

    code = "no_walls"

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


def set_limits(limits: Mapping[str, float], writes: bool = False) -> None:
    """Bound memory, time, files and processes: the first wall, which already stands while the code is loaded. What
    `writes` may make files of some size, and threads. Raises `NoWalls`."""
    with _told():
        _set_limits(ctypes.CDLL(None, use_errno=True), limits, writes)


def put_up(readable: Iterable[str], program: bool = False, writable: str = "") -> None:
    """Close everything but what is told: afterwards the process reads the files of Python, of this program's code and
    of `readable`, and makes the calls on the list. A `program` may still take the place of this process; it has the
    folder `writable` to itself, if there is one.

    Raises `NoWalls`.
    """
    with _told():
        kernel = ctypes.CDLL(None, use_errno=True)
        barred = system_calls.SystemCallFilter(program, writes=bool(writable))
        _leave_network(kernel)
        _close_files(kernel, readable, writable)
        barred.put_up()


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """What Linux (or another system, which knows none of this) refuses is told as a wall that is missing."""
    try:
        yield
    except (OSError, AttributeError, ValueError) as error:
        raise NoWalls(f"{type(error).__name__}: {error}"[:300]) from error


def _set_limits(kernel: ctypes.CDLL, limits: Mapping[str, float], writes: bool) -> None:
    """Bound memory, processor time, files and processes; die with the parent, and before it where memory is short."""
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")
    for name, option, value in (
        ("parent's death", _PR_SET_PDEATHSIG, signal.SIGKILL),
        ("no new privileges", _PR_SET_NO_NEW_PRIVS, 1),
        ("dumpable", _PR_SET_DUMPABLE, 0),
    ):
        system_calls.hold(kernel.prctl(option, value, 0, 0, 0), name)
    processor = int(limits["processor_seconds"])
    for kind, most in (
        (resource.RLIMIT_AS, int(limits["memory"])),
        (resource.RLIMIT_CPU, processor),
        (resource.RLIMIT_FSIZE, _LARGEST_WRITTEN if writes else 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 256 if writes else 64),
        # Threads count as processes, all of a user's together: the filter of system calls tells them apart.
        *(() if writes else ((resource.RLIMIT_NPROC, 0),)),
    ):
        _bound(kind, most, most + 1 if kind == resource.RLIMIT_CPU else most)


def _bound(kind: int, soft: int, hard: int) -> None:
    """Never more than before."""
    before = resource.getrlimit(kind)[1]
    if before != resource.RLIM_INFINITY:
        soft, hard = min(soft, before), min(hard, before)
    resource.setrlimit(kind, (soft, hard))


def _leave_network(kernel: ctypes.CDLL) -> None:
    """Go where there is no network, in a user namespace of one's own or, for root, without; where Linux permits."""
    if kernel.unshare(_CLONE_NEWUSER | _CLONE_NEWNET | _CLONE_NEWIPC) != 0:
        kernel.unshare(_CLONE_NEWNET)


def _close_files(kernel: ctypes.CDLL, readable: Iterable[str], writable: str) -> None:
    """Forbid every file but those of Python, of this program's code and of `readable`, for reading, and of the folder
    `writable` altogether; and TCP.

    The checkout itself is left out, since the database and uploaded files may lie in it.
    """
    version = system_calls.hold(kernel.syscall(_LANDLOCK_CREATE, None, ctypes.c_size_t(0), 1), "Landlock")
    handled = (1 << _LANDLOCK_FILE_RIGHTS[min(version, len(_LANDLOCK_FILE_RIGHTS)) - 1]) - 1
    rules = struct.pack("=QQQ", handled, 0b11 if version >= 4 else 0, 0b11 if version >= 6 else 0)
    size = 8 if version < 4 else 16 if version < 6 else 24
    ruleset = system_calls.hold(kernel.syscall(_LANDLOCK_CREATE, rules, ctypes.c_size_t(size), 0), "Landlock rules")
    for place in {str(_PACKAGE), sys.base_prefix, "/usr/lib", "/lib", "/lib64", *readable, writable} - {""}:
        if _PACKAGE.is_relative_to(place) and place not in {str(_PACKAGE), _INSTALLED}:
            continue
        with contextlib.suppress(OSError):
            descriptor = os.open(place, os.O_PATH | os.O_CLOEXEC)
            rights = _LANDLOCK_READING if os.path.isdir(place) else _LANDLOCK_READING_ONE
            if place == writable:
                rights = handled & _LANDLOCK_WRITING
            kernel.syscall(_LANDLOCK_ADD, ruleset, 1, struct.pack("=Qi", rights, descriptor), 0)
            os.close(descriptor)
    system_calls.hold(kernel.syscall(_LANDLOCK_RESTRICT, ruleset, 0), "Landlock restriction")
    os.close(ruleset)
