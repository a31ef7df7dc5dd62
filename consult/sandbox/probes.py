"""What must be refused, tried from inside the sandbox; see `proving`. Nothing here does harm where it succeeds."""

from __future__ import annotations

import ctypes
import os
import socket
from collections.abc import Callable
from pathlib import Path

from consult.sandbox import system_calls

_REFUSED = {1, 13}  # EPERM, EACCES


def tried(data: bytes, outside: str) -> dict[str, bool]:
    """By the name of each wall, whether it held. `outside` is a file that anybody else may read."""
    acts: dict[str, Callable[[], object]] = {
        "unix_socket": lambda: socket.socket(socket.AF_UNIX),
        "network": lambda: socket.socket(socket.AF_INET),
        "reading": lambda: Path(outside).read_bytes(),
        "writing": lambda: os.close(os.open("x", os.O_WRONLY | os.O_CREAT)),
        "processes": _fork,
        "signals": lambda: os.kill(os.getppid(), 0),
        "io_uring": lambda: _called("io_uring_setup", 1, None),
        "keys": lambda: _called("add_key", b"user", b"consult", b"x", ctypes.c_size_t(1), ctypes.c_int(-2)),
        "shared_memory": lambda: _called("shmget", 0, ctypes.c_size_t(4096), 0o600),
    }
    return {name: _refused(act) for name, act in acts.items()}


def _refused(act: Callable[[], object]) -> bool:
    try:
        act()
    except OSError as error:
        return error.errno in _REFUSED
    return False


def _fork() -> None:
    if os.fork() == 0:
        os._exit(0)


def _called(name: str, *arguments: object) -> None:
    """A system call by its name; what the machine has not at all is as good as refused."""
    number = system_calls.number_of(name)
    if number < 0:
        raise PermissionError(1, name)
    if ctypes.CDLL(None, use_errno=True).syscall(number, *arguments) < 0:
        raise OSError(ctypes.get_errno(), name)
