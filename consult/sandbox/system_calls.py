"""The system calls that the confined process may make. A list of what is allowed: whatever is not on it, known or yet
to be invented, is refused with EPERM, so that a library which merely tried goes on without it.

Written for libseccomp, which every Debian has and which knows the numbers of each architecture.
"""

from __future__ import annotations

import ctypes
import os

LIBRARY = "libseccomp.so.2"
_ALLOW = 0x7FFF0000
_REFUSE = 0x00050000 | 1  # with EPERM
_UNKNOWN = 0x00050000 | 38  # with ENOSYS
_EQUAL, _MASKED = 4, 7

FREE = """
brk mmap munmap mprotect mremap madvise membarrier
read readv pread64 preadv lseek close fstat newfstatat stat lstat statx access faccessat faccessat2 readlink readlinkat
getdents64 getcwd dup dup3 pipe2 fadvise64 statfs fstatfs
write writev poll ppoll select pselect6
rt_sigaction rt_sigprocmask rt_sigreturn sigaltstack restart_syscall futex clock_gettime clock_getres clock_nanosleep
nanosleep gettimeofday time getrandom getpid getppid gettid getuid geteuid getgid getegid uname sysinfo getrusage times
getrlimit sched_yield sched_getaffinity getcpu exit exit_group
arch_prctl set_tid_address set_robust_list rseq
"""
"""Line by line: its own memory; data that are open already and files that Landlock lets it read; the answer; time and
itself, with signals to nobody; and what the loader of a program says of itself."""

FOR_WRITING = """
openat open mkdir mkdirat unlink unlinkat rmdir rename renameat renameat2 ftruncate fallocate fsync fdatasync pwrite64
flock chmod fchmod fchmodat chown fchown umask utimensat sched_setaffinity sched_getparam sched_getscheduler eventfd2
shutdown bind listen accept accept4 getsockname socketpair prctl
"""
"""Beside these, for a program with a folder of its own: its files, and the pipe by which it finds itself. It calls
nobody: to connect is not among them."""

_WRITING = os.O_ACCMODE | os.O_CREAT | os.O_TRUNC | 0o20000000  # the last: a file without a name
_TERMINAL_ASKED, _CLOSE_ON_EXEC = 0x5401, 0x5451
_DUPLICATE, _GET_FLAGS, _SET_FLAGS, _GET_STATUS, _DUPLICATE_CLOSING = 0, 1, 2, 3, 1030

Condition = tuple[int, int, int, int]
"""Which argument, how compared, with what, and for a masked comparison with what again."""

WITH_CONDITIONS: tuple[tuple[str, tuple[Condition, ...]], ...] = (
    ("open", ((1, _MASKED, _WRITING, 0),)),
    ("openat", ((2, _MASKED, _WRITING, 0),)),
    ("ioctl", ((1, _EQUAL, _TERMINAL_ASKED, 0),)),
    ("ioctl", ((1, _EQUAL, _CLOSE_ON_EXEC, 0),)),
    *(
        ("fcntl", ((1, _EQUAL, command, 0),))
        for command in (_DUPLICATE, _GET_FLAGS, _SET_FLAGS, _GET_STATUS, _DUPLICATE_CLOSING)
    ),
    # To ask for its own limits, not to set them.
    ("prlimit64", ((0, _EQUAL, 0, 0), (2, _EQUAL, 0, 0))),
)


_OF_THIS_MACHINE, _STREAM = 1, 1
_THREAD = 0x00000100 | 0x00010000  # shares the memory, and is of the same process

FOR_THREADS: tuple[tuple[str, tuple[Condition, ...]], ...] = (
    ("clone", ((0, _MASKED, _THREAD, _THREAD),)),
    ("socket", ((0, _EQUAL, _OF_THIS_MACHINE, 0), (1, _MASKED, 0xF, _STREAM))),
    ("fcntl", ((1, _EQUAL, 4, 0),)),  # whether to wait for a pipe
    # Nobody may write in the folder that all share: a program that knows it takes its own for its pipe.
    ("access", ((1, _MASKED, os.W_OK, 0),)),
    ("faccessat", ((2, _MASKED, os.W_OK, 0),)),
    ("faccessat2", ((2, _MASKED, os.W_OK, 0),)),
)


class _Comparison(ctypes.Structure):
    _fields_ = (
        ("argument", ctypes.c_uint),
        ("operator", ctypes.c_int),
        ("first", ctypes.c_uint64),
        ("second", ctypes.c_uint64),
    )


class SystemCallFilter:
    """The filter, ready to be put up. Raises `OSError` and `AttributeError` where the machine cannot have it."""

    def __init__(self, program: bool, writes: bool = False) -> None:
        self.library = _library()
        self.context = self.library.seccomp_init(_REFUSE)
        if not self.context:
            raise OSError("seccomp: no filter")
        asking = {"access", "faccessat", "faccessat2"} if writes else set()
        for name in set(FREE.split()) - asking:
            self._allow(name)
        for name, conditions in WITH_CONDITIONS:
            self._allow(name, *conditions)
        # abort() sends itself a signal, by which the parent sees that it ended badly.
        self._allow("tgkill", (0, _EQUAL, os.getpid(), 0))
        if program:
            self._allow("execve")
        if writes:
            self._allow_writing()

    def put_up(self) -> None:
        """From here on; for this process there is no way back. Raises `OSError`."""
        hold(self.library.seccomp_load(self.context), "seccomp")

    def _allow_writing(self) -> None:
        for name in FOR_WRITING.split():
            self._allow(name)
        for name, conditions in FOR_THREADS:
            self._allow(name, *conditions)
        # Its flags lie where no filter sees them; as if it were unknown, so that `clone` is called instead.
        number = self.library.seccomp_syscall_resolve_name(b"clone3")
        if number >= 0:
            hold(self.library.seccomp_rule_add_array(self.context, _UNKNOWN, number, 0, None), "seccomp rule clone3")

    def _allow(self, name: str, *conditions: Condition) -> None:
        number = self.library.seccomp_syscall_resolve_name(name.encode())
        if number < 0:
            return  # Another architecture's.
        compared = (_Comparison * len(conditions))(*(_Comparison(*condition) for condition in conditions))
        hold(
            self.library.seccomp_rule_add_array(self.context, _ALLOW, number, len(conditions), compared),
            f"seccomp rule {name}",
        )


def hold(result: int, what: str) -> int:
    """`result`, unless it says that `what` did not succeed: then raises `OSError`."""
    if result < 0:
        number = -result if result < -1 else ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def number_of(name: str) -> int:
    """The number of a system call on this machine, negative where there is none of that name."""
    return int(_library().seccomp_syscall_resolve_name(name.encode()))


def _library() -> ctypes.CDLL:
    library = ctypes.CDLL(LIBRARY, use_errno=True)
    library.seccomp_init.restype = ctypes.c_void_p
    library.seccomp_init.argtypes = [ctypes.c_uint32]
    library.seccomp_load.argtypes = [ctypes.c_void_p]
    library.seccomp_syscall_resolve_name.argtypes = [ctypes.c_char_p]
    library.seccomp_rule_add_array.argtypes = [
        ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int, ctypes.c_uint, ctypes.POINTER(_Comparison),
    ]  # fmt: skip
    return library
