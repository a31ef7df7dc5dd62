"""Pages that are not kept go over the wire compressed too, when they carry nothing of one reader's session."""

import gzip

from flask import Flask, Response, request

LEVEL = 4
LEAST = 1_000
"""Bytes under which compressing wins nothing."""


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
