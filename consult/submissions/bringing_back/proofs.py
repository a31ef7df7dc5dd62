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
BAD = (BadCheckpoint, ValueError, KeyError, TypeError, AttributeError, RecursionError)


@dataclass(frozen=True)
class ProvedVersion:
    """A later version of a comment: its number, what it said and the salt of that, and which entry of which epoch it
    was, with which leaf; whether that entry `is_lost`."""

    version: int
    value: Mapping[str, Any]
    salt: bytes
    epoch: int
    was: int
    leaf: bytes
    is_lost: bool


@dataclass(frozen=True)
class ProvedComment:
    """One comment of a receipt: its entry as an object, the value of each commitment, what it was in the log, and
    whether that entry `is_lost`; which file it is spoken in, as far as the receipt says; its later versions."""

    entry: Mapping[str, Any]
    values: Mapping[str, Any]
    lost: LostComment
    is_lost: bool
    voice: Mapping[str, Any]
    amended: tuple[ProvedVersion, ...] = ()


@dataclass(frozen=True)
class _Tree:
    """A tree that the site signed, in an epoch of which the entries from `end` on are lost."""

    epoch: int
    size: int
    root: bytes
    end: int | None

    def proved(self, item: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
        """An entry that is proved to be in it, as an object, and its leaf. Raises what BAD names."""
        body, index = str(item["entry"]).encode(), int(item["index"])
        entry, leaf = parsed(body), merkle.leaf_hash(body)
        path = [bytes.fromhex(node) for node in item["proof"]]
        if not isinstance(entry, dict) or not merkle.verify_inclusion(index, self.size, leaf, path, self.root):
            raise ValueError("the proof does not hold")
        if entry["index"] != index:
            raise ValueError("the entry stands elsewhere")
        return entry, leaf

    def lost(self, index: int) -> bool:
        """Whether the entry is lost."""
        return self.end is not None and index >= self.end


def proved(data: bytes, consultation_id: UUID, signer: Signer, epochs: Sequence[LedgerEpoch]) -> list[ProvedComment]:
    """The comments of a receipt file, each proved, and at least one of them or of their later versions lost. Raises
    Refused: `receipt_unreadable`, `receipt_of_another` (another matter or site), `receipt_not_proved` (a signature,
    proof or opening does not hold), `receipt_without_text` (an opening is missing), `receipt_not_lost` (its entries
    are in the log)."""
    try:
        said = json.loads(data[: LARGEST + 1].decode("utf-8"))
        said = said.get("ledger", said)
        given, items = (str(said["origin"]), str(said["checkpoint"])), list(said["comments"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as odd:
        raise Refused("receipt_unreadable") from odd
    if not items:
        raise Refused("receipt_of_another")
    try:
        tree = _signed(*given, consultation_id, signer, epochs)
        later = said.get("later")
        then = (
            _signed(str(later["origin"]), str(later["checkpoint"]), consultation_id, signer, epochs) if later else tree
        )
        found = [_proved(item, tree, then) for item in items]
    except BAD as bad:
        raise Refused("receipt_not_proved") from bad
    all_lost = all(one.is_lost for one in found)
    if not all_lost and (any(one.is_lost for one in found) or not any(_lost_versions(one) for one in found)):
        raise Refused("receipt_not_lost")
    return found


def _lost_versions(one: ProvedComment) -> bool:
    return any(version.is_lost for version in one.amended)


def _signed(origin: str, note: str, own_id: UUID, signer: Signer, epochs: Sequence[LedgerEpoch]) -> _Tree:
    epoch = signer.epoch_of(origin, own_id)
    if epoch is None:
        raise Refused("receipt_of_another")
    checkpoint = verify_checkpoint(note, signer.trusted(origin), origin)
    ended = next((row for row in epochs if row.number > epoch), None)
    return _Tree(epoch, checkpoint.size, checkpoint.root, ended.index if ended else None)


def _proved(item: Mapping[str, Any], tree: _Tree, then: _Tree) -> ProvedComment:
    entry, leaf = tree.proved(item)
    if (entry["kind"], entry["comment"]) != ("received", item["number"]):
        raise ValueError("the entry receives another comment")
    openings = item.get("openings") or {}
    if any(name not in openings or "value" not in openings[name] for name in FIELDS):
        raise Refused("receipt_without_text")
    salts = {name: bytes.fromhex(openings[name]["salt"]) for name in FIELDS}
    values = {name: openings[name]["value"] for name in FIELDS}
    if not all(opens(entry["commitments"][name], name, values[name], salts[name]) for name in FIELDS):
        raise ValueError("an opening does not open its commitment")
    lost = LostComment(tree.epoch, entry["index"], int(entry["comment"]), leaf, salts)
    amended = tuple(_version(one, item["number"], then) for one in item.get("amended") or ())
    return ProvedComment(entry, values, lost, tree.lost(lost.was), dict(item.get("voice") or {}), amended)


def _version(item: Mapping[str, Any], number: int, tree: _Tree) -> ProvedVersion:
    entry, leaf = tree.proved(item)
    if (entry["kind"], entry["comment"], entry["version"]) != ("amended", number, item["version"]):
        raise ValueError("the entry amends another comment")
    if "value" not in (item.get("text") or {}):
        raise Refused("receipt_without_text")
    value, salt, was = item["text"]["value"], bytes.fromhex(item["text"]["salt"]), entry["index"]
    if not opens(entry["text"], "text", value, salt):
        raise ValueError("an opening does not open its commitment")
    return ProvedVersion(entry["version"], value, salt, tree.epoch, was, leaf, tree.lost(was))
