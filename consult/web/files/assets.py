"""The site's own style sheet, script and pictures: small files that are kept, stripped of what only their readers need
and compressed, among the public pages. Their addresses are versioned by what is served."""

import hashlib
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from flask import Flask, Response, current_app

from consult.web.files.minification import stripped

LASTING = "file:"
"""How the state of a file begins: its address names its content (`?v=`), so that it may be kept for ever."""

FOLDER = "/static/"

KINDS = {".css": "text/css", ".js": "text/javascript"}

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


def served(path: Path) -> bytes:
    """A static file as it goes to browsers. Raises OSError."""
    content = path.read_bytes()
    if path.suffix not in KINDS:
        return content
    return stripped(content.decode("utf-8"), line_comments=path.suffix == ".js").encode("utf-8")


def register(app: Flask) -> None:
    """Serves scripts and style sheets stripped, and all other static files as they are."""

    def static(filename: str) -> Response:
        named = NAME.fullmatch(f"{FOLDER}{filename}")
        path = Path(app.static_folder or "") / filename
        if named is None or path.suffix not in KINDS or not path.is_file():
            return app.send_static_file(filename)
        return Response(served(path), mimetype=KINDS[path.suffix])

    app.view_functions["static"] = static


@cache
def _versioned(folder: str, name: str) -> str:
    path = Path(folder) / name
    version = hashlib.sha256(served(path)).hexdigest()[:10] if path.exists() else "0"
    return f"{FOLDER}{name}?v={version}"
