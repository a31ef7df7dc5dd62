"""The long part of a page that is the same for all its readers, kept as it is sent: cut out of the page it was first
made in, with everything done to it that is done to a page (`web/markup.py`), and put into the others as bytes.

A template marks the part with `part_begins` and `part_ends`, and leaves between them nothing when the part is ready.
"""

from consult.web.compression import SharedPart
from consult.web.markup import PART_BEGINS, PART_ENDS


def sent(html: str, ready: SharedPart | None) -> tuple[bytes, SharedPart, bytes]:
    """A page as its template made it: what stands before the part, that which was `ready` or was made in this page, and
    what stands after it."""
    before, rest = html.split(PART_BEGINS)
    made, after = rest.split(PART_ENDS)
    return before.encode(), SharedPart(made.encode()) if ready is None else ready, after.encode()


def whole(html: str) -> str:
    """A page of which no part is kept."""
    return html.replace(PART_BEGINS, "").replace(PART_ENDS, "")
