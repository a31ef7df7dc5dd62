"""What the tests of the sandbox share: all its memory taken, and a machine on which a wall is missing."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from consult import sandbox
from consult.consultations.files.uploaded_files import read_upload
from consult.errors import Invalid
from consult.files import attachments
from consult.files.attachments import Bounds
from consult.files.store import FileStore
from consult.sandbox import self_test, system_calls
from consult.sandbox.memory_slots import KEPT_BACK, PART
from tests.files import made
from tests.read_once import anew

CHECKED_BY_NAME = "import json, sys; from tests.sandbox import walls; walls.tell(json.loads(sys.stdin.read()))"
_LET_THROUGH, _AS_IF_UNKNOWN = 0x7FFF0000, 0x00050000 | 38


@contextmanager
def everything_taken() -> Iterator[None]:
    """As long as this lasts, no other run finds memory but what is done at once."""
    places = sandbox._shared[0]
    with anew(), places.taken(places.parts * PART, time.monotonic() + 30):
        yield


@contextmanager
def nothing_left() -> Iterator[None]:
    """As long as this lasts, no other run finds memory at all."""
    places = sandbox._shared[0]
    with anew(), places.taken((places.parts + KEPT_BACK) * PART, time.monotonic() + 30, at_once=True):
        yield


def told_without(missing: list[str], orders: list[Any]) -> list[Any]:
    """What `sandbox.run` says to each order (function and arguments) on a machine whose kernel does not know the system
    calls `missing`: the answer, or the code and detail of the failure."""
    process = subprocess.run(
        [sys.executable, "-c", CHECKED_BY_NAME],
        input=json.dumps({"missing": missing, "orders": orders}), capture_output=True, text=True, check=True,
    )  # fmt: skip
    return list(json.loads(process.stdout))


def tell(asked: dict[str, Any]) -> None:
    """Takes the calls away from this process and all it starts, and says what becomes of the orders."""
    _take_away(asked["missing"])
    told: list[Any] = []
    for function, *arguments in asked["orders"]:
        try:
            told.append(_carried_out(function, arguments))
        except sandbox.SandboxFailure as failure:
            told.append([failure.code, failure.detail])
    sys.stdout.write(json.dumps(told))


def _carried_out(function: str, arguments: list[Any]) -> Any:
    if function == "walls":
        return [asdict(wall) for wall in self_test.walls()]
    if function == "attach":
        return _sent(attachments.checked, made.pdf(), "a.pdf", Bounds())
    if function == "draft":
        return _sent(read_upload, b"words", "a.txt", FileStore(Path(arguments[0])))
    if function == "program":
        return sandbox.run_program(arguments, data=b"data").decode()
    return sandbox.run(function, *arguments, data=b"data")


def _sent(take: Callable[..., object], *given: object) -> Any:
    """The errors by which a file is not taken."""
    try:
        take(*given)
    except Invalid as invalid:
        return invalid.errors
    return {}


def _take_away(names: list[str]) -> None:
    library = system_calls._library()
    context = library.seccomp_init(_LET_THROUGH)
    for name in names:
        number = system_calls.number_of(name)
        system_calls.hold(library.seccomp_rule_add_array(context, _AS_IF_UNKNOWN, number, 0, None), name)
    if "seccomp" in names:
        # The older way to the same, by which libseccomp tries again.
        asked = (system_calls._Comparison * 1)(system_calls._Comparison(0, system_calls._EQUAL, 22, 0))
        system_calls.hold(
            library.seccomp_rule_add_array(context, _AS_IF_UNKNOWN, system_calls.number_of("prctl"), 1, asked),
            "older way",
        )
    system_calls.hold(library.seccomp_load(context), "filter")
