"""Keeping the words of comments: put down by the worker after each comment that came or says something else, made anew
when that is asked, and held against the texts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from consult.consultations.models import Counter
from consult.db import writing
from consult.responses.kept_words import bits, texts
from consult.responses.kept_words.models import KeptWord
from consult.responses.kept_words.texts import KNOWN
from consult.submissions.models import Comment

BATCH = 200
"""So many comments are read in one transaction, while nobody else writes to the matter."""
AT_ONCE = 500
"""So many words are asked for in one statement."""


def put(session: Session, consultation_id: UUID, numbers: Iterable[int]) -> None:
    """Keeps what these comments say by now, and nothing of what they said before; in the transaction of whoever calls,
    who holds the matter's lock."""
    wanted = sorted(set(numbers))
    said = texts.words_of(session, consultation_id, wanted)
    for block, own in groupby(wanted, key=lambda number: number // bits.BLOCK):
        _put_block(session, consultation_id, block, list(own), said)


def follow(session: Session, consultation_id: UUID, numbers: Sequence[int]) -> None:
    """The same of many, some at a time; commits."""
    for start in range(0, len(numbers), BATCH):
        with writing(session, consultation_id):
            put(session, consultation_id, numbers[start : start + BATCH])


def unknown(session: Session, consultation_id: UUID) -> list[int]:
    """The numbers of the comments whose words are not kept."""
    missing = bits.up_to(highest(session, consultation_id)) & ~_known(session, consultation_id)
    return [number for number in all_numbers(session, consultation_id) if missing >> number & 1] if missing else []


def rebuild(session: Session, consultation_id: UUID) -> int:
    """Makes everything anew from the texts; how many comments that were. Meanwhile what is not kept yet is read."""
    with writing(session, consultation_id):
        session.execute(delete(KeptWord).where(KeptWord.consultation_id == consultation_id))
    numbers = all_numbers(session, consultation_id)
    follow(session, consultation_id, numbers)
    return len(numbers)


def differing(session: Session, consultation_id: UUID) -> list[int]:
    """The comments of which something else is kept than they say; none when all is right."""
    numbers, expected = all_numbers(session, consultation_id), dict[str, int]()
    for start in range(0, len(numbers), AT_ONCE):
        said = texts.words_of(session, consultation_id, numbers[start : start + AT_ONCE])
        for word, own in _by_word(said).items():
            expected[word] = expected.get(word, 0) | own
    for word, kept in _everything(session, consultation_id):
        expected[word] = expected.get(word, 0) ^ kept
    wrong = 0
    for difference in expected.values():
        wrong |= difference
    return list(bits.numbers(wrong))


def highest(session: Session, consultation_id: UUID) -> int:
    """The number of the newest comment of a matter."""
    counter = select(Counter.value).where(Counter.consultation_id == consultation_id, Counter.name == "comment")
    return session.scalar(counter) or 0


def all_numbers(session: Session, consultation_id: UUID) -> list[int]:
    """The numbers of all comments of a matter, in their order."""
    return list(session.scalars(select(Comment.number).where(*_of(Comment, consultation_id)).order_by(Comment.number)))


def _put_block(
    session: Session, consultation_id: UUID, block: int, own: Sequence[int], said: Mapping[int, frozenset[str]]
) -> None:
    base = block * bits.BLOCK
    mask = bits.of(number - base for number in own)
    wanted = _by_word({number - base: said[number] for number in own if number in said})
    kept = _rows(session, consultation_id, block, [KNOWN])
    # Of a comment that is new here no word can be wrong; of another one any may be.
    anything = kept.get(KNOWN, 0) & mask
    kept = _rows(session, consultation_id, block, None if anything else [*wanted])
    changed = {word: kept.get(word, 0) & ~mask | wanted.get(word, 0) for word in {*kept, *wanted}}
    differing = {word: now for word, now in changed.items() if now != kept.get(word, 0)}
    _write(session, consultation_id, block, kept, differing)


def _by_word(said: Mapping[int, frozenset[str]]) -> dict[str, int]:
    places: dict[str, list[int]] = {}
    for number, words in said.items():
        for word in words:
            places.setdefault(word, []).append(number)
    return {word: bits.of(numbers) for word, numbers in places.items()}


def _rows(session: Session, consultation_id: UUID, block: int, words: Sequence[str] | None) -> dict[str, int]:
    """What is kept of a block: of these words, or everything."""
    own = select(KeptWord.word, KeptWord.bits).where(*_of(KeptWord, consultation_id), KeptWord.block == block)
    if words is None:
        return {word: bits.read(kept) for word, kept in session.execute(own)}
    parts = (words[start : start + AT_ONCE] for start in range(0, len(words), AT_ONCE))
    found = (row for part in parts for row in session.execute(own.where(KeptWord.word.in_(part))))
    return {word: bits.read(kept) for word, kept in found}


def _write(
    session: Session, consultation_id: UUID, block: int, before: Mapping[str, int], now: Mapping[str, int]
) -> None:
    new = [word for word in sorted(now) if word not in before]
    more = [word for word in sorted(now) if word in before and now[word]]
    gone = [word for word in sorted(now) if not now[word]]
    own = {"consultation_id": consultation_id, "block": block}
    if new:
        session.execute(insert(KeptWord), [{**own, "word": word, "bits": bits.stored(now[word])} for word in new])
    if more:
        changed = update(_TABLE).where(*_key()).values(bits=bindparam("now"))
        rows = [{"matter": consultation_id, "of": block, "said": one, "now": bits.stored(now[one])} for one in more]
        session.connection().execute(changed, rows)
    for start in range(0, len(gone), AT_ONCE):
        words = KeptWord.word.in_(gone[start : start + AT_ONCE])
        session.execute(delete(KeptWord).where(*_of(KeptWord, consultation_id), KeptWord.block == block, words))


_TABLE: Any = KeptWord.__table__


def _key() -> tuple[Any, ...]:
    named = (("consultation_id", "matter"), ("block", "of"), ("word", "said"))
    return tuple(_TABLE.c[column] == bindparam(name) for column, name in named)


def _known(session: Session, consultation_id: UUID) -> int:
    return next((kept for _word, kept in _everything(session, consultation_id, KNOWN)), 0)


def _everything(session: Session, consultation_id: UUID, only: str | None = None) -> Iterator[tuple[str, int]]:
    wanted = select(KeptWord.word, KeptWord.block, KeptWord.bits).where(*_of(KeptWord, consultation_id))
    if only is not None:
        wanted = wanted.where(KeptWord.word == only)
    rows = session.execute(wanted.order_by(KeptWord.word, KeptWord.block))
    for word, own in groupby(rows, key=lambda row: row.word):
        found = 0
        for row in own:
            found |= bits.read(row.bits, row.block)
        yield word, found


def _of(table: Any, consultation_id: UUID) -> tuple[Any, ...]:
    return (table.consultation_id == consultation_id,)
