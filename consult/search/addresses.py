"""Where a result is read: the addresses that stay, without the prefix of a language."""

from urllib.parse import quote

from consult.search.engines.seam import Document
from consult.search.words import Thing


def address_of(document: Document, slug: str) -> str:
    """The address of a result in the matter `slug`, down to the clause."""
    matter, place = f"/lay-y-kien/{slug}/", document.place
    if document.thing is Thing.MATTER:
        return matter
    if document.thing is Thing.PROVISION:
        return _of_text(matter, document)
    number = place["number"] if document.thing is Thing.COMMENT else place["numbers"][0]
    return f"{matter}y-kien/{number}/"


def _of_text(matter: str, document: Document) -> str:
    place = document.place
    filed = f"{matter}tai-lieu/{place['document']}/{place['revision']}/"
    if "page" in place:
        return f"{filed}trang/{place['page']}/"
    text = f"{matter}du-thao/{place['revision']}/" if place["document"] == 1 else filed
    path = quote(place["path"], safe="~")
    return f"{text}?tai={path}#{path}"
