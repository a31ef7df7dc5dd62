"""Where in the desk's list somebody is: its filters and page go along on every page of one comment, in the address, so
that two windows stay apart and Back leads where it should."""

from urllib.parse import parse_qsl, urlencode

from werkzeug.datastructures import MultiDict

from consult.responses.desk.listing.forms_filters import narrowed

FIELD = "tu"
"""The name of the query of a list in the address of a page that was reached from it."""
LONGEST = 600


def query_of(asked: MultiDict[str, str]) -> str:
    """The query of the list that an address asks for: its filters and its page, nothing else."""
    page = asked.get("page", "")
    kept = narrowed(asked) | ({"page": page} if page.isascii() and page.isdigit() else {})
    return urlencode(kept)[:LONGEST]


def query_kept(asked: MultiDict[str, str]) -> str:
    """The query of the list that the address of another page carries along."""
    return query_of(fields_kept(asked))


def fields_kept(asked: MultiDict[str, str]) -> MultiDict[str, str]:
    """The filters of that list by their names."""
    return MultiDict(parse_qsl(asked.get(FIELD, "")[:LONGEST], max_num_fields=40))
