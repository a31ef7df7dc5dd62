"""The confined process itself: run by path from `consult.sandbox.run`, never imported by the site.

It never imports the `consult` package as such, which would start the whole site: it puts bare packages in its place,
so that `consult.outline…` loads alone and quickly.
"""

from __future__ import annotations

import dataclasses
import importlib
import json
import os
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

_PACKAGE = Path(__file__).resolve().parents[1]
NO_WALLS = 97
"""How the process ends that was to become a program and could not put up its walls; it says which one before."""


def _bare_packages() -> None:
    """Put packages without their code in the place of `consult` and of this room."""
    for name in ("consult", "consult.sandbox"):
        package = types.ModuleType(name)
        package.__path__ = [str(_PACKAGE.joinpath(*name.split(".")[1:]))]
        sys.modules[name] = package


def _walls() -> Any:
    """The module that puts up the walls, found only once the bare packages stand."""
    return importlib.import_module("consult.sandbox.walls")


def _function(name: str) -> Callable[..., object]:
    """The function that "module:function" names."""
    module, _, function = name.partition(":")
    named: Callable[..., object] = getattr(importlib.import_module(module), function)
    return named


def _work(order: dict[str, Any], file: BinaryIO) -> dict[str, object]:
    """Carry out the order on the data in `file`, and put the outcome into words.

    The code is loaded before the last doors close, the data are read after.
    """
    try:
        walls = _walls()
        walls.set_limits(order["limits"])
        sys.path[:] = order["path"]
        function = _function(order["function"])
        walls.put_up(order["path"])
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
    walls = _walls()
    os.lseek(file.fileno(), file.tell(), os.SEEK_SET)
    os.dup2(file.fileno(), 0)
    os.dup2(writing, 1)
    try:
        walls.set_limits(order["limits"], order["writes"])
        walls.put_up(order["readable"], program=True, writable=os.getcwd() if order["writes"] else "")
    except walls.NoWalls as missing:
        os.write(1, missing.detail.encode())
        os._exit(NO_WALLS)
    # No further threads: there may be no further processes, and on Linux they count as such.
    folder = os.getcwd()
    surroundings = {"LC_ALL": "C.UTF-8", "OMP_THREAD_LIMIT": "1", "HOME": folder, "TMPDIR": folder}
    command = [word.replace("{folder}", folder) for word in order["program"]]
    os.execve(command[0], command, surroundings)


def main(handed_over: int, writing: int) -> None:
    """Carry out the order in the file `handed_over` and write the answer to the pipe `writing` (descriptors)."""
    _bare_packages()
    with os.fdopen(handed_over, "rb") as file, os.fdopen(writing, "wb") as pipe:
        order: dict[str, Any] = json.loads(file.readline())
        if "program" in order:
            _become(order, file, writing)
        pipe.write(_told(order, file))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
