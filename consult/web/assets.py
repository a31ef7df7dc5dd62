"""The site's own style sheet, script and pictures: small files that are kept, compressed, among the public pages."""

import re
from collections.abc import Callable
from pathlib import Path

LASTING = "file:"
"""How the state of a file begins: its address names its content (`?v=`), so that it may be kept for ever."""

FOLDER = "/static/"

NAME = re.compile(r"/static/((?:css|js|img)/[A-Za-z0-9_-]+\.(?:css|js|svg))")


def states(folder: str) -> Callable[[str], str | None]:
    """A function that gives the state of a static file by its path on the site, None when there is none."""
    root = Path(folder)

    def state(path: str) -> str | None:
        named = NAME.fullmatch(path)
        try:
            return f"{LASTING}{(root / named[1]).stat().st_mtime_ns}" if named else None
        except OSError:
            return None

    return state
