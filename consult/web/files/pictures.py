"""Pictures of pages over HTTP: kept by the browser for ever, and drawn only as fast as the machine stands it."""

from typing import Protocol

from flask import Response, current_app, render_template, request

from consult.errors import Refused
from consult.web import context, limits

FOR_EVER = 365 * 24 * 3600
PER_ADDRESS = "40 per 20 seconds"
ALTOGETHER = "6 per second"
UNPROCESSABLE, TOO_MANY, NOT_MODIFIED = 422, 429, 304


class Drawing(Protocol):
    """A picture that can be drawn again at any time."""

    @property
    def name(self) -> str:
        """Tells it from all others, for ever."""

    def found(self) -> bytes | None:
        """As it was drawn before; nothing at all (b"") of a page that cannot be drawn."""

    def draw(self) -> bytes:
        """Drawn now, or nothing at all (b""). Raises Refused while there is no room for it."""


def picture(drawing: Drawing) -> Response:
    """The picture: as the reader has it already, as it was found, or drawn within the limits; a reader without one is
    told why by a picture of a sentence. Ends what the request had to ask the database."""
    # Drawing takes a second: nobody else waits for this connection meanwhile.
    context.close_database()
    if drawing.name in request.if_none_match:
        return _lasting(Response(status=NOT_MODIFIED), drawing.name)
    drawn = drawing.found()
    if drawn is None:
        try:
            limits.hit("page_image_of", limits.line(), PER_ADDRESS)
            limits.hit("page_image", "all", ALTOGETHER)
            drawn = drawing.draw()
        except Refused:
            return _sentence("busy", TOO_MANY)
    if not drawn:
        return _sentence("not_drawn", UNPROCESSABLE)
    return _lasting(Response(drawn, mimetype="image/webp"), drawing.name)


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
