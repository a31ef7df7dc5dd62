"""Waits for what a process says and for its end, until a moment on the monotonic clock and no longer."""

import os
import select
import subprocess
import time


def ended(process: subprocess.Popen[bytes], deadline: float) -> int:
    """The status of the process once it ends; raises `TimeoutError` at the deadline. Python's own waiting looks again
    only every twentieth of a second."""
    told = os.pidfd_open(process.pid)
    try:
        poll = select.poll()
        poll.register(told, select.POLLIN)
        if not poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
            raise TimeoutError
    finally:
        os.close(told)
    return process.wait()


def gather(pipe: int, most: int, deadline: float) -> bytes | None:
    """Read the pipe to its end; None when more than `most` bytes come; raises `TimeoutError` at the deadline."""
    pieces: list[bytes] = []
    size = 0
    poll = select.poll()
    poll.register(pipe, select.POLLIN)
    while True:
        if not poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
            raise TimeoutError
        piece = os.read(pipe, 1 << 20)
        if not piece:
            return b"".join(pieces)
        pieces.append(piece)
        size += len(piece)
        if size > most:
            return None
