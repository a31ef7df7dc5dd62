"""Searching as a person does: the results of the index, each read again before it is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.search import facts, opinions
from consult.search.addresses import address_of
from consult.search.ranking import Excerpt, excerpt, holds
from consult.search.seam import DEEPEST, PAGE_SIZE, Document, Filters, Found, Missing, Search
from consult.search.tokens import Terms, terms
from consult.search.words import Thing

MATTERS_OFFERED = 50
DEEPEST_PAGE = DEEPEST // PAGE_SIZE


@dataclass(frozen=True)
class Asked:
    """What somebody looks for: words as typed, perhaps only things of one kind or of one matter (its slug)."""

    words: str = ""
    thing: Thing | None = None
    matter: str = ""
    page: int = 1


@dataclass(frozen=True)
class Result:
    """One result: its address without the language, what it is and where it stands, and its words with marks."""

    document: Document
    address: str
    matter: str
    matter_address: str
    title: Excerpt
    text: Excerpt


@dataclass(frozen=True)
class Results:
    """A page of results, with the words that were used and the matter they were looked for in."""

    words: Terms
    items: Sequence[Result] = ()
    total: int = 0
    more: bool = False
    page: int = 1
    pages: int = 0
    matter: Consultation | None = None


def find(session: Session, engine: Search, asked: Asked, now: datetime) -> Results:
    """The results for what is asked. An unknown matter is no filter. Raises Unavailable when the index cannot be read
    although there is something to find."""
    words = terms(asked.words)
    matter = _matter(session, asked.matter, now)
    page = min(max(asked.page, 1), DEEPEST_PAGE)
    if not words.terms:
        return Results(words, matter=matter)
    found = _found(session, engine, words, Filters(asked.thing, matter.id if matter else None), page)
    items = _results(session, found.documents, words, now)
    return Results(words, items, found.total, found.more, page, -(-found.total // PAGE_SIZE), matter)


def matters_offered(session: Session, now: datetime) -> list[Consultation]:
    """The newest public matters, for the filter."""
    newest = select(Consultation).where(Consultation.published_at.is_not(None))
    rows = session.scalars(newest.order_by(Consultation.published_at.desc()).limit(MATTERS_OFFERED))
    return [one for one in rows if facts.is_public(one, now)]


def _matter(session: Session, slug: str, now: datetime) -> Consultation | None:
    found = session.scalar(select(Consultation).where(Consultation.slug == slug)) if slug else None
    return found if found is not None and facts.is_public(found, now) else None


def _found(session: Session, engine: Search, words: Terms, filters: Filters, page: int) -> Found:
    try:
        return engine.query(words, filters, page)
    except Missing:
        # A new site has no index because it has nothing yet: that is an answer, not a failure.
        if session.scalar(select(Consultation.id).where(Consultation.published_at.is_not(None)).limit(1)) is None:
            return Found()
        raise


def _results(session: Session, documents: Sequence[Document], words: Terms, now: datetime) -> list[Result]:
    ids = {document.matter for document in documents}
    rows = session.scalars(select(Consultation).where(Consultation.id.in_(ids)))
    matters = {one.id: one for one in rows if facts.is_public(one, now)}
    fresh: dict[str, Document] = {}
    for matter in matters.values():
        fresh.update(_fresh(session, matter, [one for one in documents if one.matter == matter.id]))
    return [
        _result(fresh.get(one.group, one), matters[one.matter], words)
        for one in documents
        if one.matter in matters and _still_so(one, fresh, words)
    ]


def _fresh(session: Session, matter: Consultation, documents: Sequence[Document]) -> dict[str, Document]:
    """Comments and answers as they are now: the index may be behind by a moment in which one was withheld."""
    numbers = [one.place["number"] for one in documents if one.thing is Thing.COMMENT]
    aimed = [number for one in documents if one.thing is Thing.ANSWER for number in one.place["numbers"]]
    found = list(opinions.comments(session, matter, numbers)) if numbers else []
    if aimed:
        found += opinions.answers(session, matter, list(opinions.answered(session, matter.id, aimed)))
    return {one.group: one for one in found}


def _still_so(document: Document, fresh: dict[str, Document], words: Terms) -> bool:
    if document.thing in {Thing.MATTER, Thing.PROVISION}:
        return True
    now = fresh.get(document.group)
    return now is not None and holds(now, words)


def _result(document: Document, matter: Consultation, words: Terms) -> Result:
    title = matter.title if document.thing is Thing.MATTER else document.title
    return Result(
        document=document,
        address=address_of(document, matter.slug),
        matter=matter.title,
        matter_address=f"/lay-y-kien/{matter.slug}/",
        title=excerpt(title, words),
        text=excerpt(document.text, words),
    )
