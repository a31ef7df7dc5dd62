"""What the Whoosh index holds of a document: its folded words and its facts; everything else as plain values."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.fields import ID, KEYWORD, STORED, TEXT, Schema
from whoosh.writing import SegmentWriter

from consult.search.engines.conditions import spelt_of
from consult.search.engines.seam import Document
from consult.search.engines.tokens import spelled
from consult.search.words import Thing

SCHEMA = Schema(
    group=ID,
    thing=ID,
    matter=ID,
    facts=KEYWORD,
    words=TEXT(analyzer=SpaceSeparatedTokenizer()),
    spelt=KEYWORD,
    stored=STORED,
)


def add(writer: SegmentWriter, documents: Iterable[Document]) -> int:
    """Adds documents to what is being written, and returns how many."""
    count = 0
    for document in documents:
        count += 1
        said = spelled(document.words)
        writer.add_document(
            group=document.group,
            thing=document.thing.value,
            matter=document.matter.hex,
            facts=" ".join(document.facts),
            words=" ".join(folded for folded, _ in said),
            spelt=" ".join(spelt_of(said)),
            stored=_stored(document),
        )
    return count


def _stored(document: Document) -> dict[str, Any]:
    """Plain values only, so that reading them needs no class of ours."""
    return {
        "group": document.group,
        "thing": document.thing.value,
        "matter": document.matter.hex,
        "title": document.title,
        "text": document.text,
        "place": document.place,
        "facts": document.facts,
        "at": document.at,
        "stamp": document.stamp,
        "names": document.names,
        "also": document.also,
    }


def document_of(stored: dict[str, Any]) -> Document:
    """A document as it was stored."""
    return Document(
        group=stored["group"],
        thing=Thing(stored["thing"]),
        matter=UUID(stored["matter"]),
        title=stored["title"],
        text=stored["text"],
        place=stored["place"],
        facts=stored["facts"],
        at=stored["at"],
        stamp=stored["stamp"],
        names=stored["names"],
        also=stored["also"],
    )
