"""Files of other word processors (.doc, .rtf, .odt), turned into DOCX by LibreOffice where the machine has it.

The program is confined as whatever reads a stranger's file is: little memory and time, no network, no other process,
and a folder of its own that is gone afterwards. No macro is carried out.
"""

from __future__ import annotations

import logging
import shutil
from pathlib import Path
from typing import Any

from consult import sandbox
from consult.sandbox import Data, Exchange, Limits, SandboxFailure

OFF = "off"
PROGRAM = "soffice"
FORMATS = {
    "old_word": ("doc", "application/msword", "MS Word 97"),
    "rich_text": ("rtf", "application/rtf", "Rich Text Format"),
    "open_document": ("odt", "application/vnd.oasis.opendocument.text", "writer8"),
}
"""By the code with which the readers refuse what they cannot read themselves: ending and type of such files, and what
LibreOffice calls their format. Left to guess, it would take any bytes for plain text."""

LIMITS = Limits(memory=768 * 1024 * 1024, processor_seconds=60, seconds=90.0, answer=60 * 1024 * 1024)
READABLE = (
    "/usr/lib/libreoffice", "/usr/share", "/etc/libreoffice", "/var/lib/libreoffice", "/var/spool/libreoffice",
    "/etc/fonts", "/var/cache/fontconfig", "/etc/passwd", "/etc/nsswitch.conf", "/etc/localtime", "/etc/ld.so.cache",
    "/dev/null", "/dev/urandom", "/proc/self",
)  # fmt: skip
SETTLED_IN = 81
"""How LibreOffice ends after it has made its profile, for whoever started it to start it again."""

_PLACES = ("-env:UserInstallation=file://{folder}/profile", "-env:OSL_SOCKET_PATH={folder}")
_SILENTLY = ("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo")
_chosen = [""]

log = logging.getLogger(__name__)


def use(setting: str) -> None:
    """From now on: whatever is installed (empty), nothing (`off`), or the program at this path."""
    _chosen[0] = setting


def program() -> str | None:
    """The whole path of the program itself; None where there is none."""
    if _chosen[0] == OFF:
        return None
    found = shutil.which(_chosen[0] or PROGRAM)
    if found is None:
        return None
    # What is called `soffice` starts further processes, which nothing confined may.
    itself = Path(found).resolve().with_name("soffice.bin")
    return str(itself) if itself.is_file() else None


def read(reader: str, name: str, data: Data) -> tuple[dict[str, Any], bytes | None]:
    """What `reader` (a function for the sandbox) says to a file that is called `name`, and the DOCX that it was turned
    into before, None where it was read as it is. Raises SandboxFailure."""
    try:
        return _told(reader, name, data), None
    except SandboxFailure as failure:
        if failure.code not in FORMATS or program() is None:
            raise
        ending, media_type, called = FORMATS[failure.code]
    converted = _converted(data, ending, called)
    told = _told(reader, f"{name}.docx", converted)
    message = f"this .{ending} file was turned into .docx by LibreOffice; the original is kept beside"
    told["media_type"] = media_type
    begins = told["provisions"][0]["path"] if told["provisions"] else ""
    told["warnings"].insert(0, {"code": "converted", "path": begins, "message": message})
    return told, converted


def _told(reader: str, name: str, data: Data) -> dict[str, Any]:
    told: Any = sandbox.run(reader, name, data=data)
    return dict(told)


def as_docx(data: bytes, refused: str) -> bytes:
    """A file that a reader refused with this code, one of `FORMATS`, as DOCX. Raises SandboxFailure as `_converted`."""
    ending, _media_type, called = FORMATS[refused]
    return _converted(data, ending, called)


def as_pdf(data: bytes) -> bytes:
    """A DOCX as PDF, where there is a program for it. Raises SandboxFailure as `_converted`."""
    return _converted(data, "docx", "MS Word 2007 XML", "pdf")


def _converted(data: Data, ending: str, called: str, into: str = "docx") -> bytes:
    """The file in another format. Raises SandboxFailure: `not_converted` for one that LibreOffice cannot read."""
    command = [str(program()), *_PLACES, *_SILENTLY, f"--infilter={called}", "--convert-to", into]
    command += ["--outdir", "made", f"given.{ending}"]
    exchange = Exchange(f"given.{ending}", f"made/given.{into}", again=SETTLED_IN)
    try:
        return sandbox.run_program(command, data=data, readable=READABLE, limits=LIMITS, exchange=exchange)
    except SandboxFailure as failure:
        if failure.code != "damaged":
            raise
        log.info("a .%s file was not converted: %s", ending, failure)
        raise SandboxFailure("not_converted", failure.detail) from failure
