"""Runs one function on hostile data in a process of its own, with little memory, little time and no network.

`run` starts a fresh interpreter on `child.py`, which confines itself (`walls`) before it reads the data, and answers in
JSON over a pipe. Whatever happens in there, `run` returns or raises within the time it was given. All processes of the
site together use no more memory for it than `share` says (`places`).
"""

from __future__ import annotations

import contextlib
import dataclasses
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from consult.sandbox import waiting
from consult.sandbox.child import NO_WALLS
from consult.sandbox.memory_slots import MemorySlots, NoPlace
from consult.traces import measurements

AT_ONCE = 0.5
"""Seconds that a run waits for memory when somebody who only reads waits for it, and holds a thread of theirs."""

_CHILD = Path(__file__).resolve().parent / "child.py"

Data = bytes | Path | BinaryIO
"""What a run reads: bytes, a file by its path, or an open file, from its beginning."""


class SandboxFailure(Exception):
    """The function refused the data or did not survive it.

    `code` is the code of the function's own refusal (any exception with a `code`), or `damaged` (it crashed),
    `too_slow`, `too_much_memory` or `too_large` (its answer was). Two codes say nothing about the data: `no_place`
    (everything here is taken: try again) and `no_walls` (this machine cannot confine a process, so nothing is read).
    `detail` is technical English for the log.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail

    @property
    def blameless(self) -> bool:
        """Whether the data were not even looked at, so that nothing may be concluded about them."""
        return self.code in {"no_place", "no_walls"}


@dataclasses.dataclass(frozen=True, slots=True)
class Limits:
    """What one run may use: bytes of address space, seconds on the processor and on the clock, bytes of answer.

    What is done `at_once`, for somebody who reads, waits hardly any time for memory, and may have what is kept back.
    """

    memory: int = 512 * 1024 * 1024
    processor_seconds: int = 15
    seconds: float = 20.0
    answer: int = 64 * 1024 * 1024
    at_once: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Exchange:
    """The files of a program that reads and writes files, in an empty folder of its own: what the data are called
    there, and what is the answer. One that ends with the status `again` has only settled in, and starts once more."""

    given: str
    made: str
    again: int = -1


_shared = [MemorySlots(Path(tempfile.gettempdir()) / f"consult-sandbox-{os.geteuid()}")]


def share(folder: Path, memory: int = 0) -> None:
    """Keep to `memory` bytes together with every other process that was told the same folder; 0 is what suits the
    machine."""
    _shared[0] = MemorySlots(folder, memory)


def run(function_path: str, *arguments: object, data: Data, limits: Limits | None = None) -> object:
    """Call `function(data, *arguments)` in a confined process and return its answer as JSON gives it back.

    `function_path` is "consult.outline.readers:read"; `arguments` must be plain JSON values; dataclasses in the answer
    become dictionaries. Raises `SandboxFailure`, and `OSError` when a file given by path cannot be read. Waiting for
    memory counts against `limits.seconds`, so that a caller never waits longer than that.
    """
    return _judge(_carry_out({"function": function_path, "arguments": arguments}, data, limits or Limits()))


def run_program(
    command: Sequence[str],
    *,
    data: Data,
    readable: Sequence[str] = (),
    limits: Limits | None = None,
    exchange: Exchange | None = None,
) -> bytes:
    """Give `data` to an installed program (a whole path first) and return what it says, confined in the same way.

    It may read the files and folders `readable` beside those of libraries, writes nothing and has no network. With
    `exchange` it finds the data in a folder that it may write in, and may have threads. Raises `SandboxFailure`:
    `damaged` when it ends badly, or made nothing.
    """
    order = {"program": command, "readable": readable, "writes": exchange is not None}
    answer, status = _carry_out(order, data, limits or Limits(), exchange)
    if answer is None:
        raise SandboxFailure("too_large", "the answer is too long")
    if status is None or status == -signal.SIGXCPU:
        raise SandboxFailure("too_slow", "out of time")
    if status == NO_WALLS:
        raise SandboxFailure("no_walls", answer.decode("utf-8", "replace")[:500])
    if status != 0:
        raise SandboxFailure("damaged", f"{Path(command[0]).name} ended with {status}")
    return answer


def _carry_out(
    order: Mapping[str, object], data: Data, limits: Limits, exchange: Exchange | None = None
) -> tuple[bytes | None, int | None]:
    """Wait for a place, hand the order and the data over, and gather the answer; see `_supervise`."""
    began = time.monotonic()
    deadline = began + limits.seconds
    waiting = min(deadline, began + AT_ONCE) if limits.at_once else deadline
    try:
        with _shared[0].taken(limits.memory, waiting, limits.at_once) as memory:
            answer, status = _handed_over(order, data, dataclasses.replace(limits, memory=memory), deadline, exchange)
            measurements.count("sandbox_runs", ended=_ended(answer, status))
            return answer, status
    except NoPlace as full:
        measurements.count("sandbox_runs", ended="no_place")
        raise SandboxFailure("no_place", str(full)) from full


def _ended(answer: bytes | None, status: int | None) -> str:
    """How a run ended, as a code: by itself, out of time, with too long an answer, or ended by the kernel."""
    if answer is None:
        return "too_large"
    if status is None or status == -signal.SIGXCPU:
        return "too_slow"
    return "killed" if status < 0 else "by_itself"


def _handed_over(
    order: Mapping[str, object], data: Data, limits: Limits, deadline: float, exchange: Exchange | None
) -> tuple[bytes | None, int | None]:
    with tempfile.TemporaryDirectory(prefix="consult-") as folder, contextlib.ExitStack() as held:
        handed_over = held.enter_context(tempfile.TemporaryFile())
        handed_over.write(_order(order, limits))
        given = held.enter_context(Path(folder, exchange.given).open("wb")) if exchange else handed_over
        with _opened(data) as source:
            shutil.copyfileobj(source, given)
        given.flush()
        handed_over.seek(0)
        answer, status = _supervise(handed_over.fileno(), folder, limits, deadline)
        if exchange and status == exchange.again:
            handed_over.seek(0)
            answer, status = _supervise(handed_over.fileno(), folder, limits, deadline)
        return (_made(Path(folder, exchange.made), limits.answer) if exchange and status == 0 else answer), status


def _made(path: Path, most: int) -> bytes | None:
    """What a program made; None when that is too long, and nothing when it made no file."""
    if path.is_symlink() or not path.is_file():
        raise SandboxFailure("damaged", f"no {path.name} was made")
    return path.read_bytes() if path.stat().st_size <= most else None


def _opened(data: Data) -> contextlib.AbstractContextManager[BinaryIO]:
    """The data as an open file at its beginning; one that was open before stays open."""
    if isinstance(data, Path):
        return data.open("rb")
    if isinstance(data, bytes):
        return io.BytesIO(data)
    data.seek(0)
    return contextlib.nullcontext(data)


def _order(order: Mapping[str, object], limits: Limits) -> bytes:
    """One line that tells the child what to do; the data follow it. Arguments of a command would show in `ps`."""
    path = [str(_CHILD.parents[2]), *(entry for entry in sys.path if entry)]
    return json.dumps({**order, "limits": dataclasses.asdict(limits), "path": path}).encode() + b"\n"


def _supervise(handed_over: int, folder: str, limits: Limits, deadline: float) -> tuple[bytes | None, int | None]:
    """Start the child, gather its answer, and make an end of its whole process group, come what may.

    Returns the answer (None when it is too long) and the exit status (None when time ran out).
    """
    reading, writing = os.pipe()
    try:
        process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-B", "-X", "utf8", str(_CHILD), str(handed_over), str(writing)],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env={}, cwd=folder, pass_fds=(handed_over, writing), start_new_session=True,
        )  # fmt: skip
    except OSError as error:
        os.close(reading)
        raise SandboxFailure("no_place", f"no process could be started: {error.strerror}") from error
    finally:
        os.close(writing)
    try:
        answer = waiting.gather(reading, limits.answer, deadline)
        status = waiting.ended(process, deadline) if answer is not None else 0
        return answer, status
    except TimeoutError:
        return b"", None
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        os.close(reading)


def _judge(result: tuple[bytes | None, int | None]) -> object:
    """The answer's value, or the failure it stands for."""
    answer, status = result
    if answer is None:
        raise SandboxFailure("too_large", "the answer is too long")
    if status is None or status == -signal.SIGXCPU:
        raise SandboxFailure("too_slow", "out of time")
    try:
        told = json.loads(answer)
    except ValueError:
        raise SandboxFailure("damaged", f"the reading process ended with {status}") from None
    if "refused" in told:
        raise SandboxFailure(told["refused"], told["detail"])
    return told["value"]
