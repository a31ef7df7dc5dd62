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
import sys
import types
from pathlib import Path
from typing import Any

_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_CLONE_NEWIPC = 0x08000000
_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_PR_SET_NO_NEW_PRIVS = 38
_PACKAGE = Path(__file__).resolve().parents[1]


def _confine(limits: dict[str, int | float]) -> None:
    """Give up what the child does not need. What the kernel does not permit is left as it is."""
    kernel = ctypes.CDLL(None, use_errno=True)
    kernel.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    kernel.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    kernel.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    if kernel.unshare(_CLONE_NEWUSER | _CLONE_NEWNET | _CLONE_NEWIPC) != 0:
        kernel.unshare(_CLONE_NEWNET)
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


def _answer(order: dict[str, Any], data: int) -> dict[str, object]:
    """Load the function, call it, and put what came of it into words."""
    try:
        module, _, name = str(order["function"]).partition(":")
        function = getattr(importlib.import_module(module), name)
        with os.fdopen(data, "rb") as file:
            return {"value": function(file.read(), *order["arguments"])}
    except MemoryError:
        return {"refused": "too_much_memory", "detail": "out of memory"}
    except Exception as error:
        code = getattr(error, "code", None)
        if isinstance(code, str):
            return {"refused": code, "detail": str(getattr(error, "detail", ""))[:500]}
        return {"refused": "damaged", "detail": f"{type(error).__name__} in the reading process"}


def _child(data: int, writing: int, order: dict[str, Any]) -> None:
    package = types.ModuleType("consult")
    package.__path__ = [str(_PACKAGE)]
    sys.modules["consult"] = package
    sys.path[:] = order["path"]
    _confine(order["limits"])
    told = _answer(order, data)
    try:
        text = json.dumps(told, ensure_ascii=False, default=dataclasses.asdict)
    except MemoryError:
        text = json.dumps({"refused": "too_much_memory", "detail": "out of memory"})
    with os.fdopen(writing, "wb") as pipe:
        pipe.write(text.encode("utf-8", "replace"))


if __name__ == "__main__":
    _child(int(sys.argv[1]), int(sys.argv[2]), json.loads(sys.argv[3]))
