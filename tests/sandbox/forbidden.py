"""What a broken reader could try, each by itself, from inside the sandbox. Nothing here hurts where it succeeds."""

import ctypes
import errno
import fcntl
import os
import resource
import socket
import sys
import termios
import threading
from collections.abc import Callable
from pathlib import Path

from consult.sandbox import system_calls


def reach(data: bytes, address: str) -> str:
    """Connect to a Unix socket: the name of what the kernel answers."""
    return _outcome(lambda: socket.socket(socket.AF_UNIX).connect(address))


def attempt(data: bytes, act: str) -> str:
    """Try one act: `done`, or the name of what the kernel answers."""
    return _outcome(_ACTS[act])


def _outcome(act: Callable[[], object]) -> str:
    try:
        act()
    except OSError as error:
        return errno.errorcode.get(error.errno or 0, str(error))
    except (RuntimeError, ValueError):
        return "EPERM"  # How Python tells that it got no thread, or may not set a limit.
    return "done"


def _call(name: str, *arguments: object) -> Callable[[], None]:
    def act() -> None:
        number = system_calls.number_of(name)
        if number < 0:
            raise PermissionError(errno.EPERM, name)
        if ctypes.CDLL(None, use_errno=True).syscall(number, *arguments) < 0:
            raise OSError(ctypes.get_errno(), name)

    return act


def _fork() -> None:
    if os.fork() == 0:
        os._exit(0)


_SIZE = ctypes.c_size_t(4096)
_OWN = str(Path(__file__).resolve())
_NEW_USER = ctypes.c_ulong(0x10000000)

_ACTS: dict[str, Callable[[], object]] = {
    "unix_stream": lambda: socket.socket(socket.AF_UNIX),
    "unix_datagram": lambda: socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM),
    "pair": socket.socketpair,
    "tcp": lambda: socket.socket(socket.AF_INET),
    "udp": lambda: socket.socket(socket.AF_INET6, socket.SOCK_DGRAM),
    "netlink": lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW),
    "raw_packets": lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW),
    "ring": _call("io_uring_setup", 1, ctypes.create_string_buffer(256)),
    "key": _call("add_key", b"user", b"consult", b"x", ctypes.c_size_t(1), ctypes.c_int(-2)),
    "key_asked": _call("request_key", b"user", b"consult", None, ctypes.c_int(-2)),
    "key_kept": _call("keyctl", 0, ctypes.c_int(-2), 0),
    "memory_shared": _call("shmget", 0, _SIZE, 0o1600),
    "messages_shared": _call("msgget", 0, 0o1600),
    "semaphores": _call("semget", 0, 1, 0o1600),
    "queue": _call("mq_open", b"consult", os.O_CREAT | os.O_RDWR, 0o600, None),
    "mode_changed": lambda: os.chmod(".", 0o700),
    "owner_changed": lambda: os.chown(".", os.getuid(), os.getgid()),
    "linked": lambda: os.link(_OWN, "x"),
    "symlinked": lambda: os.symlink(_OWN, "x"),
    "renamed": lambda: os.rename("x", "y"),
    "removed": lambda: os.unlink("x"),
    "folder_made": lambda: os.mkdir("x"),
    "node_made": lambda: os.mkfifo("x"),
    "truncated": lambda: os.truncate(_OWN, Path(_OWN).stat().st_size),
    "written": lambda: os.open("x", os.O_WRONLY | os.O_CREAT),
    "nameless_file": lambda: os.open(".", os.O_WRONLY | os.O_TMPFILE),
    "memory_file": lambda: os.memfd_create("x"),
    "forked": _fork,
    "threaded": lambda: threading.Thread(target=int).start(),
    "executed": lambda: os.execv(sys.executable, [sys.executable, "-c", "pass"]),
    "signalled": lambda: os.kill(os.getppid(), 0),
    "traced": _call("ptrace", 16, os.getppid(), 0, 0),
    "memory_read": _call("process_vm_readv", os.getppid(), None, 0, None, 0, 0),
    "namespace": _call("unshare", _NEW_USER),
    "entered": _call("setns", 0, 0),
    "mounted": _call("mount", b"none", b"/tmp", b"tmpfs", 0, None),
    "rooted": _call("chroot", b"."),
    "program": _call("bpf", 0, None, 0),
    "performance": _call("perf_event_open", None, 0, -1, -1, 0),
    "fault_handler": _call("userfaultfd", 1),
    "limits_raised": lambda: resource.setrlimit(resource.RLIMIT_CORE, (0, 0)),
    "filter_changed": _call("seccomp", 0, 0, None),
    "undumpable": _call("prctl", 4, 1, 0, 0, 0),
    "ioctl": lambda: fcntl.ioctl(0, 0x8901, b"\0" * 8),
    "input_pushed": lambda: fcntl.ioctl(0, termios.TIOCSTI, b"x"),
    "file_lock": lambda: fcntl.flock(0, fcntl.LOCK_EX),
    "signals_wanted": lambda: fcntl.fcntl(0, fcntl.F_SETOWN, 1),
}
