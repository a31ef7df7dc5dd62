"""Entries of a log whose database was set back: a new epoch, and comments of an earlier one brought back into it."""

from consult.ledger.checkpoint_store import KeptCheckpoint
from consult.ledger.entries import Act


def epoch(number: int, last: KeptCheckpoint, reason: str) -> Act:
    """The first entry of a new epoch, the `number`-th: it names the last checkpoint known outside of the database."""
    fields = {
        "epoch": number,
        "size": last.size,
        "root": last.root.hex(),
        "checkpoint": last.note,
        "reason": reason,
    }
    return Act("epoch", fields)


def brought_back(comment: int, epoch: int, was: int, leaf: bytes) -> Act:
    """A comment was received again, which was entry `was` (with this leaf) of an earlier epoch and lost with it."""
    return Act("brought_back", {"epoch": epoch, "was": was, "leaf": leaf.hex()}, comment)
