"""What stands in the archive of a matter."""

import shutil
from pathlib import Path


def test_try(honest: Path) -> None:
    shutil.copy(honest, "/tmp/i12/arch_try.zip")
