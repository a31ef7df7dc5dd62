"""The log of a matter grows and is proved alike through a session and a connection, as the tree of all its entries."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.compiled_statements import Executor
from consult.ledger import comment_entries, merkle
from consult.ledger import service as ledger
from consult.ledger.log import Log
from consult.ledger.models import LedgerCheckpoint, LedgerEntry
from consult.ledger.service import SignedLog
from tests.submissions.rows import MIDWAY, SIGNER, matter

PIECES = (1, 2, 1, 4, 3)


def leaves(session: Session) -> list[bytes]:
    bodies = session.scalars(select(LedgerEntry.body).order_by(LedgerEntry.index))
    return [merkle.leaf_hash(body.encode()) for body in bodies]


@pytest.mark.parametrize("by", ["session", "connection"])
def test_a_log_written_in_pieces_is_one_tree(session: Session, by: str) -> None:
    own = matter(session).id
    executor: Executor = session if by == "session" else session.connection()
    number = 0
    for piece in PIECES:
        made = ledger.append(
            executor, own, [comment_entries.withdrawn(number + more + 1) for more in range(piece)], MIDWAY
        )
        assert [entry.index for entry in made] == list(range(number, number + piece))
        number += piece
        assert ledger.size(executor, own) == number == len(leaves(session))
        assert Log(executor, own).root() == merkle.root_of(leaves(session))


def test_every_entry_and_every_beginning_is_proved_at_every_size(session: Session) -> None:
    own = matter(session).id
    ledger.append(session, own, [comment_entries.withdrawn(number) for number in range(1, 12)], MIDWAY)
    hashes = leaves(session)
    roots = [merkle.root_of(hashes[:size]) for size in range(len(hashes) + 1)]
    for size in range(1, len(hashes) + 1):
        log = Log(session, own)
        assert log.root(size) == roots[size]
        for index in range(size):
            path = [bytes.fromhex(node) for node in log.inclusion(index, size)]
            assert merkle.verify_inclusion(index, size, hashes[index], path, roots[size])
        for first in range(1, size + 1):
            path = [bytes.fromhex(node) for node in log.consistency(first, size)]
            assert merkle.verify_consistency(first, size, roots[first], roots[size], path)
    with pytest.raises(ValueError, match="no leaf 11"):
        Log(session, own).inclusion(11)


def test_a_checkpoint_covers_what_was_appended_and_is_given_again(session: Session) -> None:
    own = matter(session).id
    log = Log(session, own)
    log.append([comment_entries.withdrawn(1), comment_entries.withdrawn(2)], MIDWAY)
    made = log.checkpoint(MIDWAY, SIGNER)
    assert made.size == 2 == len(leaves(session))
    assert session.scalars(select(LedgerCheckpoint.note)).one() == made.note
    assert ledger.signed(session, own, MIDWAY, SIGNER) == SignedLog(2, SIGNER.origin(own), made.note)
    ledger.append(session, own, [comment_entries.withdrawn(3)], MIDWAY)
    found = ledger.signed(session, own, MIDWAY, SIGNER)
    assert found.size == 3 and found.note == SIGNER.note(own, 3, merkle.root_of(leaves(session)), MIDWAY)
    assert len(session.scalars(select(LedgerCheckpoint)).all()) == 1


def test_an_act_that_fails_leaves_no_entry(session: Session) -> None:
    own = matter(session).id
    part = session.begin_nested()
    ledger.append(session, own, [comment_entries.withdrawn(1)], MIDWAY)
    part.rollback()
    assert ledger.size(session, own) == 0 and leaves(session) == []
