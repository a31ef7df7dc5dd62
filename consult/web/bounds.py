"""What a request may hold at all: numbers that a database can count to, signs that it can keep, forms of a size."""

from collections.abc import Iterable
from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast

from flask import Flask, Request, current_app, request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import NotFound
from werkzeug.formparser import FormDataParser
from werkzeug.routing import IntegerConverter

from consult import size_limits
from consult.text import printable
from consult.web.arrival.incoming import INCOMING

READ_AWAY = 4
"""So many times as much as is taken is still read, to say so."""
PATIENCE = 2.0
"""Seconds that the next piece of that may take."""
ALTOGETHER = 8.0
"""Seconds that all of it may take. Behind our proxy, where it lies already, it takes one."""
IN_MEMORY = 512 * 1024
"""A larger file goes to the disk while it comes in."""


class BoundedFields(ImmutableMultiDict[str, Any]):
    """What a form holds, without signs that no page can show: what comes back to be mended is a page too."""

    def __init__(self, pairs: Iterable[tuple[str, Any]] = ()) -> None:
        # Files come the same way.
        super().__init__(
            [(printable(name), printable(value) if isinstance(value, str) else value) for name, value in pairs]
        )


class Query(BoundedFields):
    """The same of an address; NUL becomes the sign for what is none, so that it does not lead where nothing would."""

    def __init__(self, pairs: Iterable[tuple[str, str]] = ()) -> None:
        super().__init__((name, value.replace("\0", "\ufffd")) for name, value in pairs)


class SpooledUpload(SpooledTemporaryFile[bytes]):
    """A file as it comes in. What finds no room on the disk is lost, and told to who reads it: the fields that came
    beside it are still read, and can be given back."""

    lost: OSError | None = None

    def write(self, data: Any) -> int:
        """Keeps `data` for as long as there is room."""
        try:
            return len(data) if self.lost else super().write(data)
        except OSError as lost:
            self.lost = lost
            return len(data)

    def read(self, *size: Any) -> bytes:
        """What was kept. Raises OSError when that is not all that came."""
        if self.lost:
            raise self.lost
        return super().read(*size)


class BoundedRequest(Request):
    """A request with such fields and files."""

    parameter_storage_class = Query

    def __init__(self, *environ: Any, **more: Any) -> None:
        super().__init__(*environ, **more)
        self.coming: list[SpooledUpload] = []

    def _get_file_stream(self, *_told: Any, **_more: Any) -> IO[bytes]:
        self.coming.append(SpooledUpload(max_size=IN_MEMORY, mode="rb+"))
        return cast(IO[bytes], self.coming[-1])

    def close(self) -> None:
        """Lets go of its files; of those too that were half there when the line broke, which Werkzeug leaves open."""
        super().close()
        for one in self.coming:
            one.close()

    def make_form_data_parser(self) -> FormDataParser:
        """The parser of the form."""
        parser = super().make_form_data_parser()
        parser.cls = BoundedFields
        return parser


class Number(IntegerConverter):
    """`<int:…>` of at most nine digits: a longer one is nobody's, and would not fit into a column."""

    regex = r"\d{1,9}"


def check() -> None:
    """Nothing is found under an address with NUL in it: PostgreSQL could not even look for it. Only files may be large:
    Werkzeug bounds the fields of a form in parts, but would read any other body whole."""
    if "\0" in request.path:
        raise NotFound
    if request.mimetype != "multipart/form-data":
        request.max_content_length = current_app.config["MAX_FORM_MEMORY_SIZE"]


def let_come_in() -> None:
    """Reads what is left of a request that is too large, and keeps nothing of it: a browser that is cut off while it
    sends shows its own error instead of our answer. What is beyond all measure is cut off all the same, and nobody is
    waited for who announces much and sends nothing, or a little now and then."""
    if incoming := request.environ.get(INCOMING):
        incoming.wait(ALTOGETHER, PATIENCE)
    left, stream = READ_AWAY * current_app.config["MAX_CONTENT_LENGTH"], request.environ["wsgi.input"]
    left = min(left, request.content_length or left)
    while left > 0:
        try:
            piece = stream.read(min(left, IN_MEMORY))
        except (OSError, ValueError):
            return
        if not piece:
            return
        left -= len(piece)


def register(app: Flask) -> None:
    """Gives `app` its numbers, its fields and its bounds; those of size follow from what people may send."""
    app.config.update(size_limits.derived(app.config))
    app.request_class = BoundedRequest
    app.url_map.converters["int"] = Number
    app.before_request(check)
