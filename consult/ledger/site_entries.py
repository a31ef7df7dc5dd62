"""The log of the whole site: which checkpoint each other log had when, so that one origin stands for all."""

from uuid import UUID

from consult.ledger.checkpoint import Checkpoint
from consult.ledger.entries import Act

SITE_LOG = UUID(int=0)
"""The id that stands in its origin, as that of a matter does in others: it is the same on every site, so that who knows
one log of a site knows the origin of this one."""


def log_checkpoint(checkpoint: Checkpoint) -> Act:
    """A log of this site stood so: its origin, how many entries it had, and their root."""
    fields = {"origin": checkpoint.origin, "size": checkpoint.size, "root": checkpoint.root.hex()}
    return Act("log_checkpoint", fields)
