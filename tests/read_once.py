"""What confined processes answered, kept for the run: many tests read the same file, and most of them once for each
kind of database. A process that reads without a clock and a network says the same of the same bytes each time."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from consult import sandbox
from consult.sandbox import Data, Exchange, Limits

INSTALLED = "/usr/"
"""Programs below it are not changed while tests run; what a test wrote for itself is."""

CarryOut = Callable[[Mapping[str, object], Data, Limits, Exchange | None], tuple[bytes | None, int | None]]


class Answers:
    """The answers in a folder that all processes of a run share. Only what ended well is kept: what was cut short,
    had no room or found no walls hangs on the machine, and is tried again."""

    def __init__(self, folder: Path, carry_out: CarryOut) -> None:
        self.folder = folder
        self.carry_out = carry_out
        folder.mkdir(parents=True, exist_ok=True)

    def of(
        self, order: Mapping[str, object], data: Data, limits: Limits, exchange: Exchange | None = None
    ) -> tuple[bytes | None, int | None]:
        """What `carry_out` says, or said before to the same order, bytes and limits."""
        if not _lasting(order):
            return self.carry_out(order, data, limits, exchange)
        kept = self.folder / _key(order, data, limits, exchange)
        if kept.exists():
            return kept.read_bytes(), 0
        answer, status = self.carry_out(order, data, limits, exchange)
        if answer and status == 0:
            being_written = kept.with_suffix(f".{os.getpid()}")
            being_written.write_bytes(answer)
            being_written.rename(kept)
        return answer, status


@contextmanager
def anew() -> Iterator[None]:
    """As long as this lasts, whatever is read is read as the site reads it: for tests of the reading itself."""
    answers = getattr(sandbox._carry_out, "__self__", None)
    with pytest.MonkeyPatch.context() as patch:
        if isinstance(answers, Answers):
            patch.setattr(sandbox, "_carry_out", answers.carry_out)
        yield


def _lasting(order: Mapping[str, Any]) -> bool:
    """Whether an order means the same for the whole run: a reader of the site, or an installed program."""
    command = order.get("program")
    return str(command[0]).startswith(INSTALLED) if command else str(order["function"]).startswith("consult.")


def _key(order: Mapping[str, object], data: Data, limits: Limits, exchange: Exchange | None) -> str:
    digest = hashlib.sha256(json.dumps([order, repr(limits), repr(exchange)], sort_keys=True).encode())
    with sandbox._opened(data) as source:
        _add(digest, source)
    return digest.hexdigest()


def _add(digest: Any, source: BinaryIO) -> None:
    while block := source.read(shutil.COPY_BUFSIZE):
        digest.update(block)
