"""An archive in the hands of somebody who would deceive: its parts can be changed, and everything that hangs on them
made to agree again, with the site's own key too."""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from consult.ledger import merkle
from consult.ledger.checkpoint import Checkpoint, sign_checkpoint, verifier_key
from tests.responses.desk_builder import SIGNER

SUMS = "SHA256SUMS"
Leaves = Sequence[bytes]


def packed(parts: Sequence[tuple[str, bytes]]) -> bytes:
    """A plain ZIP of these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts:
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return made.getvalue()


@dataclass
class Forged:
    """The parts of an archive by name; `own_sums` when its list of hashes is left as it is."""

    parts: dict[str, bytes]
    own_sums: bool = False
    twisted: list[Callable[[bytes], bytes]] = field(default_factory=list)

    def bytes(self) -> bytes:
        """The archive, with a list of hashes that fits it."""
        if not self.own_sums:
            self.parts.pop(SUMS, None)
            told = "".join(f"{sha256(data).hexdigest()}  {name}\n" for name, data in sorted(self.parts.items()))
            self.parts[SUMS] = told.encode()
        made = packed(list(self.parts.items()))
        for twist in self.twisted:
            made = twist(made)
        return made

    def find(self, ending: str) -> str:
        """The name of the one part that ends so."""
        [name] = [one for one in self.parts if one.endswith(ending)]
        return name

    def swap(self, ending: str, old: str, new: str, times: int = 1) -> None:
        """Other words in a part; they must stand there."""
        name = self.find(ending)
        text = self.parts[name].decode()
        assert old in text, (ending, old)
        self.parts[name] = text.replace(old, new, times).encode()

    def edit(self, ending: str, change: Callable[[Any], object]) -> None:
        """Another JSON in a part."""
        name = self.find(ending)
        value = json.loads(self.parts[name])
        change(value)
        self.parts[name] = json.dumps(value, ensure_ascii=False).encode()

    def table(self, ending: str, change: Callable[[list[list[str]]], object]) -> None:
        """Other rows in a CSV."""
        name = self.find(ending)
        rows = list(csv.reader(io.StringIO(self.parts[name].decode("utf-8-sig"), newline="")))
        change(rows)
        text = io.StringIO(newline="")
        csv.writer(text).writerows(rows)
        self.parts[name] = text.getvalue().encode("utf-8-sig")

    def comment(self, number: int, **said: Any) -> None:
        """Something else said of a comment."""
        self.edit("/comments.json", lambda value: value["comments"][number - 1].update(said))

    def entries(self) -> list[str]:
        """The texts of the log."""
        return [one["entry"] for one in json.loads(self.parts[self.find("-start-0.json")])["entries"]]

    def unsigned(self, texts: Sequence[str]) -> None:
        """Other entries under the old checkpoint."""
        name = self.find("-start-0.json")
        del self.parts[name]
        told = {"entries": [{"index": index, "entry": text} for index, text in enumerate(texts)]}
        folder = name.rsplit("/", 1)[0]
        self.parts[f"{folder}/ledger-entries-count-{len(texts)}-start-0.json"] = json.dumps(told).encode()
        self.edit("/ledger.json", lambda value: value.update(size=len(texts)))

    def signed(self, texts: Sequence[str], key: Ed25519PrivateKey | None = None) -> None:
        """Other entries, with a new checkpoint by the site's own key or another, and proofs and tiles that fit."""
        self.unsigned(texts)
        leaves = [merkle.leaf_hash(text.encode()) for text in texts]
        origin = json.loads(self.parts[self.find("/ledger.json")])["origin"]
        private = key or SIGNER.keys[0].private_key
        note = sign_checkpoint(Checkpoint(origin, len(texts), merkle.root_of(leaves)), private)
        self.edit("/ledger.json", lambda value: value.update(checkpoint=note))
        if key is not None:
            own = [{"vkey": str(verifier_key(origin, key.public_key())), "valid_from": "2025-01-01T00:00:00Z"}]
            self.edit("/ledger.json", lambda value: value.update(keys=own))
        self._proofs(leaves)
        self._tiles(texts, leaves, note)

    def _proofs(self, leaves: Leaves) -> None:
        folder = self.find("/ledger.json").rsplit("/", 1)[0]
        for name in [one for one in self.parts if "ledger-proof" in one or "ledger-consistency" in one]:
            del self.parts[name]
        size = len(leaves)
        for index in {0, size // 2, size - 1}:
            self._hashes(f"{folder}/ledger-proof-index-{index}-size-{size}.json", inclusion(index, leaves))
        proof = consistency(size // 2, leaves)
        self._hashes(f"{folder}/ledger-consistency-first-{size // 2}-second-{size}.json", proof)

    def _hashes(self, name: str, hashes: Leaves) -> None:
        self.parts[name] = json.dumps({"hashes": [one.hex() for one in hashes]}).encode()

    def _tiles(self, texts: Sequence[str], leaves: Leaves, note: str) -> None:
        for name in [one for one in self.parts if one.startswith("tlog/")]:
            del self.parts[name]
        self.parts["tlog/1/checkpoint"] = note.encode()
        self.parts[f"tlog/1/tile/0/000.p/{len(leaves)}"] = b"".join(leaves)
        bundle = b"".join(len(text.encode()).to_bytes(2) + text.encode() for text in texts)
        self.parts[f"tlog/1/tile/entries/000.p/{len(leaves)}"] = bundle


def inclusion(index: int, leaves: Leaves) -> list[bytes]:
    """RFC 9162, 2.1.3.1."""
    if len(leaves) == 1:
        return []
    at = 1 << (len(leaves) - 1).bit_length() - 1
    if index < at:
        return [*inclusion(index, leaves[:at]), merkle.root_of(leaves[at:])]
    return [*inclusion(index - at, leaves[at:]), merkle.root_of(leaves[:at])]


def consistency(first: int, leaves: Leaves, whole: bool = True) -> list[bytes]:
    """RFC 9162, 2.1.4.1."""
    if first == len(leaves):
        return [] if whole else [merkle.root_of(leaves)]
    at = 1 << (len(leaves) - 1).bit_length() - 1
    if first <= at:
        return [*consistency(first, leaves[:at], whole), merkle.root_of(leaves[at:])]
    return [*consistency(first - at, leaves[at:], False), merkle.root_of(leaves[:at])]
