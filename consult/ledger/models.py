"""The public log of a matter: entries, the stored subtree nodes of its Merkle tree, and signed checkpoints."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from consult.db import Base, OfConsultation, key_of_consultation
from consult.relationships import beside


class LedgerEntry(OfConsultation, Base):
    """One public act. `body` is the exact canonical JSON (RFC 8785) whose UTF-8 bytes are the leaf."""

    __tablename__ = "ledger_entry"
    __table_args__ = (key_of_consultation(), Index(None, "consultation_id", "comment_number"))

    index: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str]
    at: Mapped[datetime]
    comment_number: Mapped[int | None]
    body: Mapped[str]


class LedgerNode(OfConsultation, Base):
    """The hash of a complete subtree: `level` 0 is a leaf, whose bytes its `entry` has; index counts subtrees of that
    level from the left."""

    __tablename__ = "ledger_node"
    __table_args__ = (key_of_consultation(),)

    level: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    index: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    hash: Mapped[bytes]
    entry = beside("LedgerNode.index", "LedgerEntry.index")


class LedgerCheckpoint(OfConsultation, Base):
    """A signed statement of size and root (C2SP tlog-checkpoint), as it was given to people."""

    __tablename__ = "ledger_checkpoint"
    __table_args__ = (key_of_consultation(),)

    size: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    note: Mapped[str]


class LedgerEpoch(OfConsultation, Base):
    """A new epoch of a log, begun since its database had been set back: `number` is 2 or more, `index` that of its
    first entry, which names the last checkpoint known outside (`size`, `root`)."""

    __tablename__ = "ledger_epoch"
    __table_args__ = (key_of_consultation(),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    index: Mapped[int]
    size: Mapped[int]
    root: Mapped[bytes]
    at: Mapped[datetime]


class CheckpointPlace(Base):
    """A place outside the database where its checkpoints are kept, by the name that this place bears. A database that
    meets another place does not sign."""

    __tablename__ = "checkpoint_place"

    id: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[datetime]


class Cosignature(OfConsultation, Base):
    """What a witness signed under a checkpoint of a log: `note` is that checkpoint, `line` the signature, `at` when it
    was made by the clock of the witness, whose name `witness` is."""

    __tablename__ = "cosignature"
    __table_args__ = (key_of_consultation(),)

    epoch: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    size: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    witness: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    note: Mapped[str]
    line: Mapped[str]


class WitnessAnswer(OfConsultation, Base):
    """What a witness said when it was asked last about a log, as a code of `witness/words.py`: `at` is when, `since`
    when it began to say so, `size` the checkpoint it was asked to sign, `theirs` the size that it knows, if it said."""

    __tablename__ = "witness_answer"
    __table_args__ = (key_of_consultation(),)

    witness: Mapped[str] = mapped_column(primary_key=True)
    epoch: Mapped[int]
    size: Mapped[int]
    said: Mapped[str]
    theirs: Mapped[int | None]
    at: Mapped[datetime]
    since: Mapped[datetime]
