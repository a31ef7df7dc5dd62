"""Reading the words off the image of a page, where the machine has `tesseract` with Vietnamese; otherwise nothing.

The page is drawn in the sandbox, and the program that reads it is confined in the same way.
"""

import base64
import logging
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
    def program(self) -> str | None:
        """The whole path of the program; None when there is none, or it knows no Vietnamese."""
        if self.setting == OFF:
            return None
        found = shutil.which(self.setting or PROGRAM)
        if found is None:
            return None
        try:
            told = subprocess.run([found, "--list-langs"], capture_output=True, timeout=20, check=False)
        except (OSError, subprocess.TimeoutExpired):
            log.exception("%s does not tell its languages", found)
            return None
        return str(Path(found).resolve()) if LANGUAGE.encode() in told.stdout.split() else None

    def text_of(self, file: sandbox.Data, page: int) -> str:
        """The words on page `page` of a PDF; empty when there are none, when it took too long, or without a program.

        Raises SandboxFailure when nothing could be looked at: that another time may be better.
        """
        if self.program is None:
            return ""
        try:
            drawn: Any = sandbox.run(DRAWER, page, WIDTH, "png", data=file)
            said = sandbox.run_program(
                [self.program, "stdin", "stdout", "-l", LANGUAGE, "--psm", "3"],
                data=base64.b64decode(drawn["image"]),
                readable=[self.program, *FOLDERS],
                limits=OF_ONE_PAGE,
            )
        except SandboxFailure as failure:
            if failure.blameless:
                raise
            log.info("page %s was not recognised: %s", page, failure)
            return ""
        return stored(said.decode("utf-8", "replace").replace("\f", ""))[:MOST_CHARACTERS]
