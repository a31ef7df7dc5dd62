"""Reading the words off the image of a page, where the machine has `tesseract` with Vietnamese; otherwise nothing.

The page is drawn in the sandbox, and the program that reads it is confined in the same way.
"""

import base64
import logging
import re
import shutil
import subprocess
from functools import cached_property
from pathlib import Path
from typing import Any

from consult import sandbox
from consult.sandbox import Limits, SandboxFailure
from consult.text import stored

OFF = "off"
LANGUAGE = "vie"
UPRIGHT = "osd"
"""What the program needs to see how a page lies; without it a page is read as it lies."""

SURE_ENOUGH = 1.5
"""Its own measure: pages of words have 2 to 25, and turned wrongly none of those tried came above 1."""

_TURN = re.compile(r"^Rotate: (\d+)", re.MULTILINE)
_SURE = re.compile(r"^Orientation confidence: ([\d.]+)", re.MULTILINE)
PROGRAM = "tesseract"
DRAWER = "consult.outline.pdf.images:picture"
WIDTH = 1_700
"""Pixels across: about 200 to the inch of A4, which is what the program reads best for its time."""

FOLDERS = ("/usr/share/tesseract-ocr", "/usr/share/tessdata", "/usr/lib", "/usr/local/lib", "/lib")
OF_ONE_PAGE = Limits(processor_seconds=25, seconds=25.0, answer=2 * 1024 * 1024)
MOST_CHARACTERS = 60_000

log = logging.getLogger(__name__)


class TextRecogniser:
    """What reads images. `setting` is empty (whatever is installed), `off`, or the path of the program."""

    def __init__(self, setting: str = "") -> None:
        self.setting = setting

    @cached_property
    def _known(self) -> tuple[str | None, frozenset[str]]:
        """The whole path of what is installed, and what it knows."""
        found = None if self.setting == OFF else shutil.which(self.setting or PROGRAM)
        if found is None:
            return None, frozenset()
        try:
            told = subprocess.run([found, "--list-langs"], capture_output=True, timeout=20, check=False)
        except (OSError, subprocess.TimeoutExpired):
            log.exception("%s does not tell its languages", found)
            return None, frozenset()
        return str(Path(found).resolve()), frozenset(told.stdout.decode("utf-8", "replace").split())

    @property
    def program(self) -> str | None:
        """The whole path of the program; None when there is none, or it knows no Vietnamese."""
        path, known = self._known
        return path if LANGUAGE in known else None

    def turn_of(self, file: sandbox.Data, page: int) -> int:
        """By how many degrees clockwise page `page` of a PDF must be turned for its words to stand upright; 0 where
        that is not plain, or where the program cannot tell. Raises SandboxFailure as `text_of`."""
        if self.program is None or UPRIGHT not in self._known[1]:
            return 0
        told = self._said(file, page, "grey", 0, UPRIGHT, "0")
        turn, sure = _TURN.search(told), _SURE.search(told)
        return int(turn[1]) % 360 if turn and sure and float(sure[1]) >= SURE_ENOUGH else 0

    def text_of(self, file: sandbox.Data, page: int, turned: int = 0) -> str:
        """The words on page `page` of a PDF, `turned` by so many degrees; empty when there are none, when it took too
        long, or without a program.

        Raises SandboxFailure when nothing could be looked at: that another time may be better.
        """
        if self.program is None:
            return ""
        return stored(self._said(file, page, "png", turned, LANGUAGE, "3").replace("\f", ""))[:MOST_CHARACTERS]

    def _said(self, file: sandbox.Data, page: int, kind: str, turned: int, language: str, way: str) -> str:
        try:
            drawn: Any = sandbox.run(DRAWER, page, WIDTH, kind, 0, (0, 0, 1000, 1000), turned, data=file)
            said = sandbox.run_program(
                [str(self.program), "stdin", "stdout", "-l", language, "--psm", way],
                data=base64.b64decode(drawn["image"]),
                readable=[str(self.program), *FOLDERS],
                limits=OF_ONE_PAGE,
            )
        except SandboxFailure as failure:
            if failure.blameless:
                raise
            log.info("page %s was not recognised (%s): %s", page, language, failure)
            return ""
        return said.decode("utf-8", "replace")
