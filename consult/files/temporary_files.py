"""Clearing away what killed processes left behind half written."""

import logging
import os
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from consult.files.atomic_write import left_behind
from consult.files.made_files import MAKING

LONGEST_WRITE = timedelta(days=1)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class TemporaryFileSweep:
    """Sweeps these folders."""

    folders: Sequence[Path]

    def sweep(self, _session: Any, now: datetime) -> None:
        """Removes the unfinished files that nobody can be writing any more, a day before `now`."""
        before = (now - LONGEST_WRITE).timestamp()
        for path in [path for folder in self.folders for path in left_behind(folder, before)]:
            path.unlink(missing_ok=True)
            log.info("an unfinished file is gone: %s", path.name)
        for path in Path(tempfile.gettempdir()).glob(f"{MAKING}*"):
            with suppress(OSError):
                if path.stat().st_mtime < before and path.stat().st_uid == os.getuid():
                    shutil.rmtree(path)
