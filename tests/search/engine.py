"""Search engines with a few documents, and with what a database holds."""

from collections.abc import Iterable
from contextlib import closing
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session
from whoosh.index import open_dir

from consult.db import new_id
from consult.outbox.models import OutboxMessage
from consult.search import service
from consult.search.engines.fts5_index import Fts5Index
from consult.search.engines.postgresql_index import PostgresqlIndex
from consult.search.engines.seam import Document, IndexChange, Search, SearchFilters
from consult.search.engines.tokens import terms
from consult.search.engines.whoosh_index import WhooshIndex
from consult.search.engines.whoosh_rows import SCHEMA
from consult.search.gazetteer import Gazetteer
from consult.search.handlers import IndexHandlers
from consult.search.similar import Vocabulary
from consult.search.thesaurus import Thesaurus
from consult.search.words import Thing
from tests.builders import NOW

MATTER = new_id()
ANYTHING = SearchFilters()


def documents(
    *texts: str, matter: UUID = MATTER, thing: Thing = Thing.COMMENT, facts: tuple[str, ...] = ()
) -> list[Document]:
    """A document for each text, numbered from 1."""
    return [
        Document(f"{matter.hex}:{number}", thing, matter, text, place={"number": number}, facts=facts)
        for number, text in enumerate(texts, start=1)
    ]


def engine_with(engine: Search, *texts: str) -> Search:
    """`engine` with an index that holds these texts."""
    engine.rebuild(lambda: documents(*texts))
    return engine


def numbers(engine: Search, words: str, filters: SearchFilters = ANYTHING, page: int = 1) -> list[int]:
    """The numbers of the documents found, best first."""
    return [one.place["number"] for one in engine.query(terms(words), filters, page).documents]


def put(engine: Search, found: Iterable[Document]) -> None:
    """Indexes documents, each as its group."""
    engine.index(lambda: [IndexChange(one.group, (one,)) for one in found])


def follow(session: Session, engine: Search, now: datetime = NOW) -> None:
    """Handles every event of the outbox as the worker does, one after the other."""
    indexing = IndexHandlers(engine)
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


def found(session: Session, engine: Search, words: str, now: datetime = NOW, **asked: object) -> list[str]:
    """What a person who searches gets that has all the words: kind and address of each result."""
    question = service.SearchRequest(words, **asked)  # type: ignore[arg-type]
    results = service.Searching(engine, Gazetteer(), Vocabulary(), Thesaurus()).find(session, question, now)
    if results.enough or results.instead:
        return []
    return [f"{item.document.thing} {item.address}" for item in results.items]


def held(engine: Search) -> str:
    """Everything an index holds: its words, and what is stored to show."""
    if isinstance(engine, WhooshIndex):
        with open_dir(str(engine.folder), schema=SCHEMA).reader() as reader:
            words = b" ".join(reader.lexicon("words")).decode()
            return f"{words} {list(reader.all_stored_fields())}"
    if isinstance(engine, PostgresqlIndex):
        with engine.tables.reading() as (reader, state):
            every = f"SELECT *, (SELECT string_agg(word, ' ') FROM {state.words}) FROM {state.documents}"
            return str(reader.execute(text(every)).all())
    assert isinstance(engine, Fts5Index)
    with closing(engine.file.opened()) as connection:
        words = " ".join(row[0] for row in connection.execute("SELECT term FROM vocabulary"))
        return f"{words} {connection.execute('SELECT * FROM document').fetchall()}"
