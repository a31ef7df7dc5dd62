"""Files that leave the site: whatever a person called them, the name goes over the wire in signs that every server and
every browser takes (RFC 6266, RFC 8187)."""

import re
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

from flask import Response, send_file

from consult.text import in_ascii, one_line

MOST_BYTES = 200
"""Of a name: what every disk takes, with room for the "(1)" of a browser that has the file already."""

LONGEST_ENDING = 16
NAMELESS = "file"

_TURNING = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Signs that turn the direction of writing, and could make a program look like a picture."""

_OF_PATHS = re.compile(r'[/\\:*?"<>|]')
"""What parts folders, or cannot stand in a name on some disk."""

_WITHOUT_PERCENT = "!#$&+-.^_`|~"
"""Signs that stand for themselves in an extended value, beside letters and digits (RFC 8187, attr-char)."""


def attached(answer: Response, name: str) -> Response:
    """The answer as a file to be saved under `name`, and never shown inside the site."""
    return _disposed(answer, f"attachment; {named(name)}")


def file(content: Path | bytes, media_type: str, name: str) -> Response:
    """A file of the store, to be saved under the name that it came with."""
    return attached(send_file(_readable(content), mimetype=media_type), name)


def played(content: Path | bytes, media_type: str, etag: str, name: str = "") -> Response:
    """A sound to be heard where it stands: in parts, for who asks for a part. `etag` tells it from all others."""
    answer = send_file(_readable(content), mimetype=media_type, conditional=True, etag=etag)
    return _disposed(answer, f"inline; {named(name)}" if name else "inline")


def named(name: str) -> str:
    """The parameters of a header that tell a file's name: in ASCII, and beside it as it is where that is not all."""
    whole = tidied(name)
    plain = _plain(whole)
    exact = "" if plain == whole else f"; filename*=UTF-8''{quote(whole, safe=_WITHOUT_PERCENT)}"
    return f'filename="{plain}"{exact}'


def tidied(name: str) -> str:
    """`name` as a name that any disk takes: one line of printable signs in the order in which they are read, of a
    bounded length that leaves its ending on."""
    line = _OF_PATHS.sub("_", _TURNING.sub("", one_line(name))).strip(". ")
    stem, point, ending = line.rpartition(".")
    if not point or not stem or len(ending) > LONGEST_ENDING:
        stem, ending = line, ""
    ending = f".{ending}" if ending else ""
    room = MOST_BYTES - len(ending.encode())
    # A letter that was cut through is left out.
    return (stem.encode()[:room].decode(errors="ignore").rstrip() or NAMELESS) + ending


def _plain(name: str) -> str:
    # In ASCII some signs become such as the name was rid of (： for one); a per cent sign some browsers would decode.
    bare = _OF_PATHS.sub("_", " ".join(in_ascii(name).split())).replace("%", "_")
    stem, point, ending = bare.rpartition(".")
    return bare if (stem if point else ending).strip(" .") else f"{NAMELESS}{point}{ending}"


def _readable(content: Path | bytes) -> Path | BytesIO:
    return BytesIO(content) if isinstance(content, bytes) else content


def _disposed(answer: Response, disposition: str) -> Response:
    answer.headers["Content-Disposition"] = disposition
    return answer
