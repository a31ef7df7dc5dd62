"""What is checked of every log before anything is held against it: that of a matter, of a programme, of the site."""

from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from consult.command_line.words import say
from consult.ledger.cosignature import WitnessKey
from consult.ledger.service import Signer
from consult.transparency.replay import Entry
from consult.transparency.verification import epochs, log
from consult.transparency.verification.cosignatures import check_cosignatures
from consult.transparency.verification.log import Nodes, Origins


@dataclass(frozen=True)
class CheckedLog:
    """A log that holds: its entries, the nodes over them, the origin of a checkpoint by its size, and the checkpoints
    that were given out."""

    entries: Sequence[Entry]
    nodes: Nodes
    origins: Origins
    given: dict[int, str]


def check_log(
    session: Session, own_id: UUID, signer: Signer, witnesses: Iterable[WitnessKey]
) -> Generator[str, None, CheckedLog]:
    """A sentence for each thing that was checked of the log itself; gives what it is. Raises Tampered at the first that
    does not hold."""
    entries = log.entries(session, own_id)
    nodes = log.check_nodes(session, own_id)
    yield say("verified.entries", entries=len(entries), nodes=len(nodes))
    origins = epochs.origins_of(session, own_id, entries, signer)
    given = log.check_checkpoints(session, own_id, nodes, len(entries), signer, origins)
    yield say("verified.checkpoints", checkpoints=len(given), last=max(given, default=0))
    signed = check_cosignatures(session, own_id, nodes, len(entries), signer, origins, witnesses)
    yield say("verified.cosignatures", signatures=signed)
    return CheckedLog(entries, nodes, origins, given)
