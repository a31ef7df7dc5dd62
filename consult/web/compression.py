"""Pages that are not kept go over the wire compressed too, when they carry nothing of one reader's session."""

import gzip
import struct
import zlib
from collections.abc import Sequence
from functools import cached_property

from flask import Flask, Response, request

LEVEL, BEST = 4, 9
LEAST = 1_000
"""Bytes under which compressing wins nothing."""
BEHIND = 4_096
"""So many bytes before a part may be referred to from it: what begins anew is like the end of what was before."""
GZIP_BEGINS = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"


class SharedPart(bytes):
    """A part of many pages, which is compressed with the first of them: once, and so as well as it can be."""

    @cached_property
    def deflated(self) -> bytes:
        """It, as it stands in a compressed page."""
        return _deflated(self, BEST)


def gzipped(parts: Sequence[bytes], level: int) -> bytes:
    """What is in `parts`, one after the other, as one gzip stream."""
    whole = b"".join(parts)
    if not any(isinstance(part, SharedPart) for part in parts):
        return gzip.compress(whole, level, mtime=0)
    made, begins = [GZIP_BEGINS], 0
    for part in parts:
        before = whole[max(0, begins - BEHIND) : begins]
        made.append(part.deflated if isinstance(part, SharedPart) else _deflated(part, level, before))
        begins += len(part)
    # An empty block that is the last one, and what a stream ends in.
    return b"".join((*made, b"\x03\x00", struct.pack("<LL", zlib.crc32(whole), len(whole) & 0xFFFFFFFF)))


def _deflated(part: bytes, level: int, before: bytes = b"") -> bytes:
    """A part up to a whole byte, so that another one can follow."""
    stream = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS, zdict=before)
    return stream.compress(part) + stream.flush(zlib.Z_SYNC_FLUSH)


def compress(response: Response) -> Response:
    """The answer, gzipped where the reader takes that. What came with a cookie stays as it is: a secret beside words
    that somebody else may choose would show itself in the length."""
    body = None if response.direct_passthrough or response.is_streamed else response.get_data()
    private = request.cookies or request.authorization
    wanted = request.accept_encodings.quality("gzip") > 0 and "Content-Encoding" not in response.headers
    if body and len(body) >= LEAST and response.mimetype == "text/html" and wanted and not private:
        response.set_data(gzip.compress(body, LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
        response.vary.add("Accept-Encoding")
    return response


def register(app: Flask) -> None:
    """Compresses what `app` answers, after everything else was done to it."""
    app.after_request(compress)
