"""The long part of a page that is the same for all its readers, kept as it is sent: cut out of the page it was first
made in, with everything done to it that is done to a page (`web/markup.py`), and put into the others as bytes.

A template marks the part with `part_begins` and `part_ends`, and leaves between them nothing when the part is ready.
"""

from consult.web.markup import PART_BEGINS, PART_ENDS


def sent(html: str, ready: bytes | None) -> tuple[bytes, bytes]:
    """A page as its template made it, with the part that was `ready` at its place; and that part, or the one that was
    made in this page."""
    before, rest = html.split(PART_BEGINS)
    made, after = rest.split(PART_ENDS)
    part = made.encode() if ready is None else ready
    return b"".join((before.encode(), part, after.encode())), part


def whole(html: str) -> str:
    """A page of which no part is kept."""
    return html.replace(PART_BEGINS, "").replace(PART_ENDS, "")
