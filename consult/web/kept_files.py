"""Kept files on their way out: read through and compared with their hash before the first byte leaves."""

import os
from typing import Any

from flask import Response, current_app, request, send_file
from werkzeug.exceptions import RequestedRangeNotSatisfiable

from consult.files.damages import Damages
from consult.web import context


def sent(file_hash: str, media_type: str, **told: Any) -> Response:
    """The kept file, in parts for who asks for a part; `told` is as for `send_file`. Raises DamagedFile."""
    file = context.files().opened(file_hash)
    size = os.fstat(file.fileno()).st_size
    answer = send_file(file, mimetype=media_type, etag=file_hash, conditional=False, **told)
    answer.content_length = size
    try:
        answer.make_conditional(request.environ, accept_ranges=True, complete_length=size)
    except RequestedRangeNotSatisfiable:
        file.close()
        raise
    return answer


def damages() -> Damages:
    """What was found damaged among the kept files of this site."""
    found: Damages = current_app.extensions["consult.damages"]
    return found
