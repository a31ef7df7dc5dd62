"""The site's own style sheet, script and pictures: small files that are kept, compressed, among the public pages."""

import hashlib
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from flask import current_app

LASTING = "file:"
"""How the state of a file begins: its address names its content (`?v=`), so that it may be kept for ever."""

FOLDER = "/static/"

NAME = re.compile(r"/static/((?:css|js|img)/[A-Za-z0-9_-]+\.(?:css|js|svg))")


def address(name: str) -> str:
    """The address of a static file, versioned by its content so that it may be kept for ever."""
    return _versioned(current_app.static_folder or "", name)


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


@cache
def _versioned(folder: str, name: str) -> str:
    path = Path(folder) / name
    version = hashlib.sha256(path.read_bytes()).hexdigest()[:10] if path.exists() else "0"
    return f"{FOLDER}{name}?v={version}"
