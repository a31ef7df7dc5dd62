"""The log of a matter: append in the act's own transaction, prove, and sign."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import and_, false, func, or_, select
from sqlalchemy.orm import Session

from consult.ledger import merkle
from consult.ledger.checkpoint import Checkpoint, SiteKey, current_key, origin_of, sign_checkpoint, verifier_key
from consult.ledger.entries import Act, moment, written
from consult.ledger.models import LedgerCheckpoint, LedgerEntry, LedgerNode

Proof = TypeVar("Proof")


@dataclass(frozen=True)
class Signer:
    """The site's name in its logs, and its signing keys with the instants they hold from."""

    log_name: str
    keys: tuple[SiteKey, ...]

    def origin(self, consultation_id: UUID) -> str:
        """The origin line of the log of a matter."""
        return origin_of(self.log_name, str(consultation_id))

    def published(self, origin: str) -> list[dict[str, str]]:
        """All keys of the site as docs/ledger.md publishes them for the log `origin`, the oldest first."""
        ordered = sorted(self.keys, key=lambda key: key.valid_from)
        return [
            {
                "vkey": str(verifier_key(origin, key.private_key.public_key())),
                "valid_from": moment(key.valid_from),
            }
            for key in ordered
        ]


def size(session: Session, consultation_id: UUID) -> int:
    """How many entries the log of a matter has."""
    last = session.scalar(select(func.max(LedgerEntry.index)).where(LedgerEntry.consultation_id == consultation_id))
    return 0 if last is None else last + 1


def append(session: Session, consultation_id: UUID, act: Act, now: datetime) -> LedgerEntry:
    """Adds a public act (made by `entries`) to the log, inside the transaction of the act itself."""
    index = size(session, consultation_id)
    body = written(act, index, now)
    entry = LedgerEntry(
        consultation_id=consultation_id,
        index=index,
        kind=act.kind,
        at=now,
        comment_number=act.comment_number,
        body=body.decode(),
    )
    session.add(entry)
    _store_nodes(session, consultation_id, index, merkle.leaf_hash(body))
    session.flush()
    return entry


def checkpoint(session: Session, consultation_id: UUID, now: datetime, signer: Signer) -> LedgerCheckpoint:
    """The signed checkpoint of the log as it stands in this transaction, made once for each size."""
    count = size(session, consultation_id)
    made = session.get(LedgerCheckpoint, (consultation_id, count))
    if made is None:
        statement = Checkpoint(signer.origin(consultation_id), count, root(session, consultation_id, count))
        note = sign_checkpoint(statement, current_key(signer.keys, now).private_key)
        made = LedgerCheckpoint(consultation_id=consultation_id, size=count, at=now, note=note)
        session.add(made)
    return made


def signed_note(session: Session, consultation_id: UUID, now: datetime, signer: Signer) -> tuple[int, str]:
    """The size of the log and the checkpoint of exactly that size, without writing anything: the one already given to
    people, or one signed now, which is not kept (an Ed25519 signature is the same whenever it is made)."""
    count = size(session, consultation_id)
    made = session.get(LedgerCheckpoint, (consultation_id, count))
    if made is not None:
        return count, made.note
    statement = Checkpoint(signer.origin(consultation_id), count, root(session, consultation_id, count))
    return count, sign_checkpoint(statement, current_key(signer.keys, now).private_key)


def root(session: Session, consultation_id: UUID, count: int) -> bytes:
    """The Merkle root over the first `count` entries."""
    return _proved(session, consultation_id, lambda load: merkle.root(count, load))


def inclusion(session: Session, consultation_id: UUID, index: int, count: int) -> list[str]:
    """The audit path (hex) of entry `index` in the tree of the first `count`. Raises ValueError for no such leaf."""
    hashes = _proved(session, consultation_id, lambda load: merkle.inclusion_proof(index, count, load))
    return [node.hex() for node in hashes]


def consistency(session: Session, consultation_id: UUID, first: int, second: int) -> list[str]:
    """The proof (hex) that the first `first` entries begin the log of `second`. Raises ValueError out of range."""
    hashes = _proved(session, consultation_id, lambda load: merkle.consistency_proof(first, second, load))
    return [node.hex() for node in hashes]


def _store_nodes(session: Session, consultation_id: UUID, index: int, leaf: bytes) -> None:
    def load(level: int, position: int) -> bytes:
        return _node(session, consultation_id, level, position)

    for (level, position), value in merkle.appended_nodes(index, leaf, load).items():
        session.add(LedgerNode(consultation_id=consultation_id, level=level, index=position, hash=value))


def _node(session: Session, consultation_id: UUID, level: int, position: int) -> bytes:
    found = session.get(LedgerNode, (consultation_id, level, position))
    if found is None:
        raise LookupError(f"the log of {consultation_id} lacks the node {level}/{position}")
    return found.hash


def _proved(session: Session, consultation_id: UUID, prove: Callable[[merkle.Load], Proof]) -> Proof:
    """Runs `prove` twice: once to learn which nodes it asks for, then with all of them read in one statement."""
    asked: list[tuple[int, int]] = []

    def note(level: int, position: int) -> bytes:
        asked.append((level, position))
        return bytes(merkle.HASH_BYTES)

    prove(note)
    # Whole keys: for a list of pairs SQLite would read the nodes of the whole log.
    keys = (
        and_(LedgerNode.consultation_id == consultation_id, LedgerNode.level == level, LedgerNode.index == position)
        for level, position in asked
    )
    nodes = session.execute(select(LedgerNode.level, LedgerNode.index, LedgerNode.hash).where(or_(false(), *keys)))
    known = {(level, position): value for level, position, value in nodes}
    return prove(lambda level, position: known[level, position])
