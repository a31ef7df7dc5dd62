"""What a receipt file proves of comments that are lost: signed by this site, in the log of then, and word for word."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from consult import size_limits
from consult.errors import Refused
from consult.ledger import merkle
from consult.ledger.canonical import parsed
from consult.ledger.checkpoint import BadCheckpoint, verify_checkpoint
from consult.ledger.commitment import opens
from consult.ledger.models import LedgerEpoch
from consult.ledger.signer import Signer
from consult.submissions.inputs import LostComment

FIELDS = ("text", "identity", "contact", "attachments")
LARGEST = size_limits.RECEIPT


@dataclass(frozen=True)
class ProvedComment:
    """One comment of a receipt: its entry as an object, the value of each commitment, and what it was in the log."""

    entry: Mapping[str, Any]
    values: Mapping[str, Any]
    lost: LostComment


def proved(data: bytes, consultation_id: UUID, signer: Signer, epochs: Sequence[LedgerEpoch]) -> list[ProvedComment]:
    """The comments of a receipt file, each proved and lost. Raises Refused: `receipt_unreadable`, `receipt_of_another`
    (another matter or site), `receipt_not_proved` (a signature, proof or opening does not hold),
    `receipt_without_text` (an opening is missing), `receipt_not_lost` (its entries are in the log)."""
    try:
        said = json.loads(data[: LARGEST + 1].decode("utf-8"))
        said = said.get("ledger", said)
        origin, note, items = str(said["origin"]), str(said["checkpoint"]), list(said["comments"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as odd:
        raise Refused("receipt_unreadable") from odd
    epoch = signer.epoch_of(origin, consultation_id)
    if epoch is None or not items:
        raise Refused("receipt_of_another")
    ended = next((row for row in epochs if row.number > epoch), None)
    try:
        checkpoint = verify_checkpoint(note, signer.trusted(origin), origin)
        found = [_proved(item, epoch, checkpoint.size, checkpoint.root) for item in items]
    except (BadCheckpoint, ValueError, KeyError, TypeError, AttributeError, RecursionError) as bad:
        raise Refused("receipt_not_proved") from bad
    if ended is None or any(one.lost.was < ended.index for one in found):
        raise Refused("receipt_not_lost")
    return found


def _proved(item: Mapping[str, Any], epoch: int, size: int, root: bytes) -> ProvedComment:
    body, index = str(item["entry"]).encode(), int(item["index"])
    entry = parsed(body)
    leaf, path = merkle.leaf_hash(body), [bytes.fromhex(node) for node in item["proof"]]
    if not isinstance(entry, dict) or not merkle.verify_inclusion(index, size, leaf, path, root):
        raise ValueError("the proof does not hold")
    if (entry["kind"], entry["index"], entry["comment"]) != ("received", index, item["number"]):
        raise ValueError("the entry receives another comment")
    openings = item.get("openings") or {}
    if any(name not in openings or "value" not in openings[name] for name in FIELDS):
        raise Refused("receipt_without_text")
    salts = {name: bytes.fromhex(openings[name]["salt"]) for name in FIELDS}
    values = {name: openings[name]["value"] for name in FIELDS}
    if not all(opens(entry["commitments"][name], name, values[name], salts[name]) for name in FIELDS):
        raise ValueError("an opening does not open its commitment")
    return ProvedComment(entry, values, LostComment(epoch, index, int(entry["comment"]), leaf, salts))
