"""Pictures of pages over HTTP: kept by the browser for ever, and drawn only as fast as the machine stands it."""

from collections.abc import Callable

from flask import Response, current_app, render_template, request

from consult.errors import Refused
from consult.web import limits

FOR_EVER = 365 * 24 * 3600
PER_ADDRESS = "40 per 20 seconds"
ALTOGETHER = "6 per second"
UNPROCESSABLE, TOO_MANY, NOT_MODIFIED = 422, 429, 304


def picture(name: str, found: Callable[[], bytes | None], draw: Callable[[], bytes | None]) -> Response:
    """The picture `name`: as the reader has it already, as it was `found`, or drawn by `draw` within the limits.

    Both give nothing at all (b"") for a page that cannot be drawn, `draw` None when there is no room now; the reader
    is told by a picture of a sentence.
    """
    if name in request.if_none_match:
        return _lasting(Response(status=NOT_MODIFIED), name)
    drawn = found()
    if drawn is None:
        try:
            limits.hit("page_image_of", request.remote_addr or "", PER_ADDRESS)
            limits.hit("page_image", "all", ALTOGETHER)
            drawn = draw()
        except Refused:
            drawn = None
    if drawn is None:
        return _sentence("busy", TOO_MANY)
    if not drawn:
        return _sentence("not_drawn", UNPROCESSABLE)
    return _lasting(Response(drawn, mimetype="image/webp"), name)


def _lasting(answer: Response, name: str) -> Response:
    answer.set_etag(name)
    answer.headers["Cache-Control"] = f"public, max-age={FOR_EVER}, immutable"
    return answer


def _sentence(reason: str, status: int) -> Response:
    answer = current_app.response_class(render_template("pictures/none.svg", reason=reason), status)
    answer.mimetype = "image/svg+xml"
    answer.headers["Cache-Control"] = "no-store" if status == TOO_MANY else "public, max-age=3600"
    if status == TOO_MANY:
        answer.headers["Retry-After"] = "5"
    return answer
