"""What the FTS5 index holds of a document: what it is shown by, and its words as they are looked for."""

import json
import re

from consult.search.engines.conditions import spelt_of
from consult.search.engines.seam import Document
from consult.search.engines.tokens import spelled

FIELDS = ("grp", "thing", "matter", "title", "text", "place", "facts", "stamp", "names", "also")

# The words stand in no table beside the index: what is taken out is told to it again, from the document.
SCHEMA = """
PRAGMA journal_mode=WAL;
CREATE TABLE state (built TEXT NOT NULL, changes INTEGER NOT NULL);
INSERT INTO state VALUES ('', 0);
CREATE TABLE document (
    id INTEGER PRIMARY KEY, grp TEXT NOT NULL, thing TEXT NOT NULL, matter TEXT NOT NULL, title TEXT NOT NULL,
    text TEXT NOT NULL, place TEXT NOT NULL, facts TEXT NOT NULL, stamp TEXT NOT NULL,
    names TEXT NOT NULL, also TEXT NOT NULL
);
CREATE INDEX document_group ON document (grp);
CREATE VIRTUAL TABLE words USING fts5(title, said, spelt, facts, content='', tokenize='ascii');
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words, col);
"""

_SIGNS = re.compile(r"[^0-9A-Za-z\u0080-\U0010ffff]")


def row_of(document: Document) -> tuple[str, ...]:
    """A document as FIELDS."""
    place = json.dumps(document.place, ensure_ascii=False, separators=(",", ":"))
    facts = " ".join(document.facts)
    one = document
    shown = (one.group, one.thing.value, one.matter.hex, one.title, one.text, place, facts)
    return *shown, one.stamp, one.names, one.also


def words_of(document: Document) -> tuple[str, str, str, str]:
    """The words of the title, all words in order, those written with accents, and the facts, each parted by spaces."""
    title = [folded for folded, _ in spelled(document.called)]
    said = spelled(document.words)
    facts = (as_word(fact) for fact in (f"thing:{document.thing}", f"matter:{document.matter.hex}", *document.facts))
    return " ".join(title), " ".join(folded for folded, _ in said), " ".join(spelt_of(said)), " ".join(facts)


def as_word(fact: str) -> str:
    """A fact as one word of the index: signs at which the tokenizer would part it become letters nobody writes."""
    return _SIGNS.sub(lambda sign: chr(0x2800 + ord(sign[0])), fact)
