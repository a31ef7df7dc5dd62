"""Search engines with a few documents, and with what a database holds."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session
from whoosh.index import open_dir

from consult.db import new_id
from consult.outbox.models import OutboxMessage
from consult.search import service
from consult.search.handlers import Indexing
from consult.search.seam import Change, Document, Filters
from consult.search.tokens import terms
from consult.search.whoosh_index import SCHEMA, WhooshIndex
from consult.search.words import Thing
from tests.builders import NOW

MATTER = new_id()
ANYTHING = Filters()


def documents(*texts: str, matter: UUID = MATTER, thing: Thing = Thing.COMMENT) -> list[Document]:
    """A document for each text, numbered from 1."""
    return [
        Document(f"{matter.hex}:{number}", thing, matter, text, place={"number": number})
        for number, text in enumerate(texts, start=1)
    ]


def engine_with(folder: Path, *texts: str) -> WhooshIndex:
    """An index in `folder` that holds these texts."""
    engine = WhooshIndex(folder)
    engine.rebuild(lambda: documents(*texts))
    return engine


def numbers(engine: WhooshIndex, words: str, filters: Filters = ANYTHING, page: int = 1) -> list[int]:
    """The numbers of the documents found, best first."""
    return [one.place["number"] for one in engine.query(terms(words), filters, page).documents]


def put(engine: WhooshIndex, found: Iterable[Document]) -> None:
    """Indexes documents, each as its group."""
    engine.index(lambda: [Change(one.group, (one,)) for one in found])


def follow(session: Session, engine: WhooshIndex, now: datetime = NOW) -> None:
    """Handles every event of the outbox as the worker does, one after the other."""
    indexing = Indexing(engine)
    handlers = {
        "matter_published": indexing.matters,
        "matter_changed": indexing.matters,
        "comment_received": indexing.opinions,
        "comment_changed": indexing.opinions,
        "answers_published": indexing.opinions,
    }
    undone = select(OutboxMessage).where(OutboxMessage.done_at.is_(None)).order_by(OutboxMessage.id)
    for message in list(session.scalars(undone)):
        if message.event in handlers:
            handlers[message.event](session, [message], now)
        message.done_at = now
    session.commit()


def found(session: Session, engine: WhooshIndex, words: str, now: datetime = NOW, **asked: object) -> list[str]:
    """What a person who searches gets: kind and address of each result."""
    question = service.Asked(words, **asked)  # type: ignore[arg-type]
    results = service.find(session, engine, question, now)
    return [f"{item.document.thing} {item.address}" for item in results.items]


def held(engine: WhooshIndex) -> str:
    """Everything an index holds: its words, and what is stored to show."""
    with open_dir(str(engine.folder), schema=SCHEMA).reader() as reader:
        words = b" ".join(reader.lexicon("words")).decode()
        return f"{words} {list(reader.all_stored_fields())}"
