"""The confined process itself: run by path from `consult.sandbox.run`, never imported by the site.

It never imports the `consult` package as such, which would start the whole site: it puts a bare package in its place,
so that `consult.outline…` loads alone and quickly.
"""

from __future__ import annotations

import contextlib
import ctypes
import dataclasses
import importlib
import json
import os
import resource
import signal
import struct
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

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
_PACKAGE = Path(__file__).resolve().parents[1]


def _set_limits(kernel: ctypes.CDLL, limits: dict[str, int | float]) -> None:
    """Bound memory, processor time, files and processes, and die with the parent."""
    kernel.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    kernel.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    kernel.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    processor = int(limits["processor_seconds"])
    for name, soft, hard in (
        ("RLIMIT_AS", int(limits["memory"]), int(limits["memory"])),
        ("RLIMIT_CPU", processor, processor + 1),
        ("RLIMIT_FSIZE", 0, 0),
        ("RLIMIT_CORE", 0, 0),
        ("RLIMIT_NOFILE", 64, 64),
        ("RLIMIT_NPROC", 0, 0),
    ):
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(getattr(resource, name), (soft, hard))


def _leave_network(kernel: ctypes.CDLL) -> None:
    """Go where there is no network, in a user namespace of one's own or, for root, without; where Linux permits."""
    if kernel.unshare(_CLONE_NEWUSER | _CLONE_NEWNET | _CLONE_NEWIPC) != 0:
        kernel.unshare(_CLONE_NEWNET)


def _close_files(kernel: ctypes.CDLL, path: list[str]) -> None:
    """Forbid every file but those of Python and of this program's code, for reading; and TCP; where Linux can.

    The checkout itself is left out, since the database and uploaded files may lie in it.
    """
    version = kernel.syscall(_LANDLOCK_CREATE, None, ctypes.c_size_t(0), 1)
    if version < 1:
        return
    handled = (1 << _LANDLOCK_FILE_RIGHTS[min(version, len(_LANDLOCK_FILE_RIGHTS)) - 1]) - 1
    rules = struct.pack("=QQQ", handled, 0b11 if version >= 4 else 0, 0b11 if version >= 6 else 0)
    size = 8 if version < 4 else 16 if version < 6 else 24
    ruleset = kernel.syscall(_LANDLOCK_CREATE, rules, ctypes.c_size_t(size), 0)
    if ruleset < 0:
        return
    for folder in {str(_PACKAGE), sys.base_prefix, "/usr/lib", "/lib", "/lib64", *path}:
        if _PACKAGE.is_relative_to(folder) and folder != str(_PACKAGE):
            continue
        with contextlib.suppress(OSError):
            descriptor = os.open(folder, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
            kernel.syscall(_LANDLOCK_ADD, ruleset, 1, struct.pack("=Qi", _LANDLOCK_READING, descriptor), 0)
            os.close(descriptor)
    kernel.syscall(_LANDLOCK_RESTRICT, ruleset, 0)
    os.close(ruleset)


def _function(name: str) -> Callable[..., object]:
    """The function that "module:function" names."""
    module, _, function = name.partition(":")
    return getattr(importlib.import_module(module), function)


def _work(order: dict[str, Any], file: BinaryIO) -> dict[str, object]:
    """Carry out the order on the data in `file`, and put the outcome into words.

    The code is loaded before the last doors close, the data are read after.
    """
    package = types.ModuleType("consult")
    package.__path__ = [str(_PACKAGE)]
    sys.modules["consult"] = package
    sys.path[:] = order["path"]
    kernel = ctypes.CDLL(None, use_errno=True)
    try:
        _set_limits(kernel, order["limits"])
        function = _function(order["function"])
        _leave_network(kernel)
        _close_files(kernel, order["path"])
        return {"value": function(file.read(), *order["arguments"])}
    except MemoryError:
        raise
    except Exception as error:
        code = getattr(error, "code", None)
        if isinstance(code, str):
            return {"refused": code, "detail": str(getattr(error, "detail", ""))[:500]}
        return {"refused": "damaged", "detail": f"{type(error).__name__} in the reading process"}


def _told(order: dict[str, Any], file: BinaryIO) -> bytes:
    """The outcome as JSON."""
    try:
        return json.dumps(_work(order, file), ensure_ascii=False, default=dataclasses.asdict).encode("utf-8", "replace")
    except MemoryError:
        return b'{"refused": "too_much_memory", "detail": "out of memory"}'


def _become(order: dict[str, Any], file: BinaryIO, writing: int) -> None:
    """Turn into the program of the order: the data are its standard input, the pipe is its standard output."""
    kernel = ctypes.CDLL(None, use_errno=True)
    os.lseek(file.fileno(), file.tell(), os.SEEK_SET)
    os.dup2(file.fileno(), 0)
    os.dup2(writing, 1)
    _set_limits(kernel, order["limits"])
    _leave_network(kernel)
    _close_files(kernel, order["readable"])
    # No further threads: there may be no further processes, and on Linux they count as such.
    os.execve(order["program"][0], order["program"], {"LC_ALL": "C.UTF-8", "OMP_THREAD_LIMIT": "1"})


def main(handed_over: int, writing: int) -> None:
    """Carry out the order in the file `handed_over` and write the answer to the pipe `writing` (descriptors)."""
    with os.fdopen(handed_over, "rb") as file, os.fdopen(writing, "wb") as pipe:
        order: dict[str, Any] = json.loads(file.readline())
        if "program" in order:
            _become(order, file, writing)
        pipe.write(_told(order, file))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
