"""Functions that the tests run inside the sandbox, some of them as badly behaved as a hostile file could make them."""

import ctypes
import os
import socket
import sys
from pathlib import Path

from consult.outline.blocks import Unreadable
from consult.outline.pdf.pages import read_some
from consult.outline.readers import read


def read_many(data: bytes, names: list[str]) -> list[str]:
    """The code under which each of several files is refused, "" for one that is read; sizes stand before the files."""
    codes = []
    for name in names:
        size = int.from_bytes(data[:8], "big")
        content, data = data[8 : 8 + size], data[8 + size :]
        try:
            read(content, name)
            codes.append("")
        except Unreadable as refusal:
            codes.append(refusal.code)
    return codes


def echo(data: bytes, *arguments: object) -> dict[str, object]:
    """What came in."""
    return {"data": data.decode(), "arguments": list(arguments)}


def refuse(data: bytes) -> None:
    """A refusal of its own."""
    raise Unreadable("old_word", "a detail")


def fail(data: bytes) -> None:
    """A bug."""
    raise KeyError("secret text")


def forever(data: bytes) -> None:
    """Never ends, and uses the processor all the while."""
    while True:
        pass


def wait_forever(data: bytes) -> None:
    """Never ends, and uses nothing."""
    reading, _writing = os.pipe()
    os.read(reading, 1)


def swallow_memory(data: bytes) -> int:
    """Asks for more memory than there may be."""
    return len(b"x" * (4 * 1024**3))


def answer_too_long(data: bytes) -> str:
    """More than anybody wants to hear."""
    return "x" * 5_000_000


def crash(data: bytes) -> None:
    """Dies of a bad pointer, as a library in C may."""
    ctypes.string_at(1)


def read_and_die_at_seven(data: bytes, first: int, count: int) -> dict[str, object]:
    """Pages of a PDF; the seventh brings the reader down."""
    if first <= 7 < first + count:
        crash(data)
    return read_some(data, first, count)


def die_at_every_page(data: bytes, first: int, count: int) -> None:
    """No page survives the reader, nor the other way round."""
    crash(data)


def leave(data: bytes) -> None:
    """Ends without an answer."""
    sys.exit(0)


def surroundings(data: bytes) -> dict[str, object]:
    """What a confined process can see."""
    return {
        "environment": sorted(os.environ),
        "input": sys.stdin.read(),
        "flask": "flask" in sys.modules or "sqlalchemy" in sys.modules,
    }


def write(data: bytes) -> str:
    """Try to write a file where one may."""
    try:
        Path("x").write_bytes(b"x")
    except OSError as error:
        return type(error).__name__
    return "written"


def look(data: bytes, path: str) -> str:
    """Try to read a file of this machine."""
    try:
        return Path(path).read_text()
    except OSError as error:
        return type(error).__name__


def connect(data: bytes, port: int) -> str:
    """Try to reach a server on this machine."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError as error:
        return type(error).__name__
    return "connected"
