"""Words that mean the same when somebody looks for something, as administrators keep them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.administration import audit_log
from consult.data.models import SynonymGroup
from consult.data.synonyms import new_stamp
from consult.db import Lock, new_id, writing
from consult.errors import Invalid, NotFound, Refused
from consult.policy import Actor
from consult.text import blank, one_line, searched

LONGEST_WORD = 80
MOST_SYLLABLES = 12
FEWEST_WORDS, MOST_WORDS = 2, 12
MOST_GROUPS = 2_000


@dataclass(frozen=True)
class Effect:
    """What looking for a word finds now, and what it would find with a group of words; `more` than are counted."""

    word: str
    before: int
    after: int
    more: bool = False


def groups(session: Session, query: str = "") -> Sequence[SynonymGroup]:
    """The groups in the order of their first words, narrowed to those with a word that holds `query`."""
    wanted, rows = searched(one_line(query)), session.scalars(select(SynonymGroup)).all()
    found = [row for row in rows if any(wanted in searched(str(word)) for word in row.words)]
    return sorted(found, key=lambda row: (searched(str(row.words[0])), row.key))


def group(session: Session, key: str) -> SynonymGroup:
    """One group. Raises NotFound."""
    row = session.get(SynonymGroup, key)
    if row is None:
        raise NotFound
    return row


def words_in(typed: str) -> list[str]:
    """The words of a group as somebody typed them, one on each line, each once. Raises Invalid({"words": …})."""
    lines = (one_line(line) for line in typed.splitlines())
    words = list({line.casefold(): line for line in lines if not blank(line)}.values())
    if len(words) < FEWEST_WORDS:
        raise Invalid({"words": "two_words"})
    if len(words) > MOST_WORDS:
        raise Invalid({"words": "too_many_words"})
    if any(len(word) > LONGEST_WORD or len(word.split()) > MOST_SYLLABLES for word in words):
        raise Invalid({"words": "too_long_word"})
    return words


def put(session: Session, key: str, words: Sequence[str], actor: Actor, now: datetime) -> SynonymGroup:
    """Gives the group `key` these words, or makes a new one when it is empty. Raises NotFound, and
    Refused("too_many_groups")."""
    with writing(session, Lock.REFERENCE):
        if not key and len(session.scalars(select(SynonymGroup.key)).all()) >= MOST_GROUPS:
            raise Refused("too_many_groups")
        row = group(session, key) if key else SynonymGroup(key=new_id().hex, words=[], stamp=0)
        before, row.words, row.stamp = list(row.words), list(words), new_stamp()
        session.add(row)
        audit_log.note(session, "synonyms_put", _named(words), actor, now, key=row.key, before=before, words=row.words)
    return row


def remove(session: Session, key: str, actor: Actor, now: datetime) -> None:
    """Takes a group out. Raises Refused("no_synonyms") when it is not there, or not there any more."""
    with writing(session, Lock.REFERENCE):
        row = session.get(SynonymGroup, key)
        if row is None:
            raise Refused("no_synonyms")
        audit_log.note(session, "synonyms_removed", _named(row.words), actor, now, key=key, before=list(row.words))
        session.delete(row)


def _named(words: Sequence[str]) -> str:
    return ", ".join(words)
