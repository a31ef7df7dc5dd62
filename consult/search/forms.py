"""What the search form sent, as plain values: nothing in it is an error, what makes no sense does not count."""

from werkzeug.datastructures import MultiDict

from consult.search.service import Asked
from consult.search.words import Thing
from consult.text import one_line

LONGEST_WORDS = 1000
LONGEST_SLUG = 100


def asked(given: MultiDict[str, str]) -> Asked:
    """The question of an address: `q` words, `loai` the kind of thing, `dot` a matter, `trang` the page."""
    thing, page = given.get("loai", ""), given.get("trang", "")
    return Asked(
        words=one_line(given.get("q", "")[:LONGEST_WORDS]),
        thing=Thing(thing) if thing in set(Thing) else None,
        matter=given.get("dot", "")[:LONGEST_SLUG],
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 5 else 1,
    )
