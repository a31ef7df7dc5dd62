"""Files that leave the site: whatever a person called them, the name goes over the wire in signs that every server and
every browser takes (RFC 6266, RFC 8187)."""

import os
import re
from urllib.parse import quote

from flask import Response, request, send_file
from werkzeug.exceptions import RequestedRangeNotSatisfiable

from consult.files.store import FileStore
from consult.text import in_ascii, one_line
from consult.web import context

MOST_BYTES = 200
"""Of a name: what every disk takes, with room for the "(1)" of a browser that has the file already."""

LONGEST_ENDING = 16
NAMELESS = "file"

_OF_PATHS = re.compile(r'[/\\:*?"<>|]')
"""What parts folders, or cannot stand in a name on some disk."""

_WITHOUT_PERCENT = "!#$&+-.^_`|~"
"""Signs that stand for themselves in an extended value, beside letters and digits (RFC 8187, attr-char)."""


def attached(answer: Response, name: str) -> Response:
    """The answer as a file to be saved under `name`, and never shown inside the site."""
    return _disposed(answer, f"attachment; {named(name)}")


def kept(file_hash: str, media_type: str, name: str) -> Response:
    """A file of the store, to be saved under the name that it came with. Raises DamagedFile."""
    return attached(_sent(file_hash, media_type), name)


def played(file_hash: str, media_type: str, name: str = "") -> Response:
    """A sound of the store, to be heard where it stands. Raises DamagedFile."""
    return _disposed(_sent(file_hash, media_type), f"inline; {named(name)}" if name else "inline")


def played_once(store: FileStore, file_hash: str, media_type: str) -> Response:
    """A sound of another store, which is not kept yet. Raises KeyError, and DamagedFile."""
    return _disposed(_given(store, file_hash, media_type), "inline")


def named(name: str) -> str:
    """The parameters of a header that tell a file's name: in ASCII, and beside it as it is where that is not all."""
    whole = tidied(name)
    plain = _plain(whole)
    exact = "" if plain == whole else f"; filename*=UTF-8''{quote(whole, safe=_WITHOUT_PERCENT)}"
    return f'filename="{plain}"{exact}'


def tidied(name: str) -> str:
    """`name` as a name that any disk takes: one line of printable signs in the order in which they are read, of a
    bounded length that leaves its ending on."""
    line = _OF_PATHS.sub("_", one_line(name)).strip(". ")
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


def _sent(file_hash: str, media_type: str) -> Response:
    """The kept file, read through and compared with its hash before the first byte leaves; in parts for who asks for a
    part."""
    return _given(context.files(), file_hash, media_type)


def _given(store: FileStore, file_hash: str, media_type: str) -> Response:
    file = store.opened(file_hash)
    size = os.fstat(file.fileno()).st_size
    answer = send_file(file, mimetype=media_type, etag=file_hash, conditional=False, max_age=0)
    answer.content_length = size
    try:
        answer.make_conditional(request.environ, accept_ranges=True, complete_length=size)
    except RequestedRangeNotSatisfiable:
        file.close()
        raise
    return answer


def _disposed(answer: Response, disposition: str) -> Response:
    answer.headers["Content-Disposition"] = disposition
    return answer
