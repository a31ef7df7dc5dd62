"""A stored entry that changed is found before anything more is signed, and nothing is signed over one that is known."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.db import Database
from consult.ledger import rehash
from consult.ledger.checkpoint_store import CheckpointStore
from consult.ledger.guard import STORE, Guard, NotSigning
from consult.ledger.models import LedgerEntry
from consult.submissions.receiving.service import receive
from consult.transparency.rehashing import rehash_all
from tests.submissions.rows import CODES, MIDWAY, SIGNER, comment, matter, new

BODY = 'UPDATE ledger_entry SET body = :body WHERE "index" = :index'


@pytest.fixture
def guard(database: Database, tmp_path: Path) -> Guard:
    """What is kept outside of the database."""
    made = Guard(CheckpointStore(tmp_path / "kept", durable=False))
    database.engine.update_execution_options(**{STORE: made})
    return made


@pytest.fixture
def session(database: Database, guard: Guard) -> Iterator[Session]:
    """A session on it, with a matter that is open."""
    with database.session() as opened:
        matter(opened)
        opened.commit()
        yield opened


def send(session: Session, *words: str) -> None:
    for word in words:
        receive(session, matter_of(session), new(comment(f"Ý kiến {word}"), word=word), MIDWAY, SIGNER, CODES)


def matter_of(session: Session) -> Consultation:
    return session.scalars(select(Consultation)).one()


def flip(session: Session, index: int) -> str:
    """Changes one letter of a stored entry; gives what it was."""
    body: str = session.scalars(select(LedgerEntry.body).where(LedgerEntry.index == index)).one()
    session.execute(text(BODY), {"body": body.replace('"web"', '"veb"'), "index": index})
    session.commit()
    return body


def test_before_the_next_signature(session: Session, guard: Guard) -> None:
    send(session, "one", "two", "three")
    whole = flip(session, 1)
    with pytest.raises(NotSigning, match="log_damaged") as found:
        send(session, "four")
    assert found.value.index == 1
    session.execute(text(BODY), {"body": whole, "index": 1})
    session.commit()
    send(session, "four")


@pytest.mark.parametrize(
    "taken", ['DELETE FROM ledger_entry WHERE "index" = 1', 'DELETE FROM ledger_node WHERE level = 0 AND "index" = 1']
)
def test_what_was_taken_out_of_the_middle(session: Session, guard: Guard, taken: str) -> None:
    send(session, "one", "two", "three")
    session.execute(text(taken))
    session.commit()
    with pytest.raises(NotSigning, match="log_damaged") as found:
        send(session, "four")
    assert found.value.index == 1


def test_what_cannot_be_read_as_text(session: Session, guard: Guard) -> None:
    send(session, "one", "two", "three")
    # PostgreSQL stores nothing that is no text.
    other = "CAST(x'c328' AS TEXT)" if session.get_bind().dialect.name == "sqlite" else "''"
    session.execute(text(f'UPDATE ledger_entry SET body = {other} WHERE "index" = 1'))
    session.commit()
    with pytest.raises(NotSigning, match="log_damaged") as found:
        send(session, "four")
    assert found.value.index == 1


def test_in_a_large_log_in_turn_and_by_the_worker(session: Session, guard: Guard) -> None:
    count = rehash.WINDOW + 12
    send(session, *(f"number {place}" for place in range(count)))
    flip(session, 40)
    own: UUID = matter_of(session).id
    session.rollback()
    rehash_all(session, MIDWAY)
    assert guard.store.bad(own) == 40
    with pytest.raises(NotSigning, match="log_damaged"):
        send(session, "over it")
    guard.store.mended(own)
    with pytest.raises(NotSigning, match="log_damaged"):
        send(session, *(f"again {place}" for place in range(4)))


def test_windows_cover_a_log_in_turn() -> None:
    for size in (1, 7, rehash.WINDOW, rehash.WINDOW + 1, 333):
        turns = range(2 * size // rehash.WINDOW + 3)
        seen = {index for turn in turns for start, stop in rehash.windows(size, turn) for index in range(start, stop)}
        assert seen == set(range(size))
        newest = {index for start, stop in rehash.windows(size, 0) for index in range(start, stop)}
        assert size - 1 in newest
