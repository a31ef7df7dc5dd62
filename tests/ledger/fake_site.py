"""A site that exists only in memory, built from docs/ledger.md: a whole consultation's log and what its API gives."""

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from consult.ledger import checkpoint as notes
from consult.ledger import comment_entries, entries, merkle
from consult.ledger.canonical import canonical
from consult.ledger.commitment import answer_hash, commit

ORIGIN = "gop-y.example/0198"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
NOW = datetime(2026, 11, 23, 3, 4, 5, tzinfo=UTC)
ANCHOR = {"document": 1, "revision": 1, "path": "d12.k3", "page": None, "quote": False}


def salt_for(name: str) -> bytes:
    """A salt that is the same in every run, so that a failing test fails again."""
    return sha256(name.encode()).digest()


def vkey(private: Ed25519PrivateKey = KEY, origin: str = ORIGIN) -> str:
    """The published form of a key."""
    return str(notes.verifier_key(origin, private.public_key()))


def text_of(words: str) -> dict[str, Any]:
    """The value that the text commitment is made over."""
    return {"stance": "oppose", "text": words, "proposed": "", "reason": "", "quote": "", "box": None}


def openings_of(number: int, words: str) -> dict[str, dict[str, Any]]:
    """Values and salts of a received comment's four commitments."""
    values: dict[str, Any] = {
        "text": text_of(words),
        "identity": {"name": "Nguyễn Văn An"},
        "contact": {"kind": "none", "contact": ""},
        "attachments": [],
    }
    return {name: {"salt": salt_for(f"{name}{number}").hex(), "value": value} for name, value in values.items()}


@dataclass
class FakeSite:
    """Answers the verifier's addresses from lists that a test may spoil."""

    texts: list[str] = field(default_factory=list)
    leaves: list[bytes] = field(default_factory=list)
    comments: list[dict[str, Any]] = field(default_factory=list)
    sums: dict[str, Any] = field(default_factory=dict)
    private: Ed25519PrivateKey = KEY
    keys: list[dict[str, str]] = field(default_factory=lambda: [{"vkey": vkey(), "valid_from": "2026-01-01T00:00:00Z"}])
    origin: str = ORIGIN
    note: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    outline: dict[str, Any] = field(default_factory=dict)
    matter: dict[str, Any] = field(default_factory=dict)
    file: bytes | None = b"file"
    spoiled: Callable[[str, dict[str, Any], Any], Any] | None = None

    def add(self, act: entries.Act) -> int:
        """Appends an act and gives its index."""
        index = len(self.texts)
        self.texts.append(entries.written(act, index, NOW).decode())
        self.leaves.append(merkle.leaf_hash(self.texts[-1].encode()))
        self.note = self.signed()
        return index

    def rewrite(self, index: int, old: str, new: str) -> None:
        """Changes an entry, and later seals, the tree and the signature with it, as a dishonest site would."""
        assert old in self.texts[index]
        self.texts[index] = self.texts[index].replace(old, new)
        self.leaves = []
        for place, text in enumerate(self.texts):
            entry = json.loads(text)
            if entry["kind"] == "sealed" and place > index:
                text = text.replace(entry["root"], merkle.root_of(self.leaves[: entry["size"]]).hex())
                self.texts[place] = text
            self.leaves.append(merkle.leaf_hash(text.encode()))
        self.note = self.signed()

    def publish(self, periods: list[Any]) -> None:
        """The matter is published with one document of one article."""
        self.facts = {"slug": "slug", "summary": "Ba nhóm chất thải", "field": "environment"}
        self.facts |= {name: f"{name}-id" for name in ("lead", "answering", "issuing")}
        node = {"path": "d12", "kind": "article", "text": "Điều 12", "children": []}
        self.outline = {"file_name": "du-thao.md", "media_type": "text/markdown", "title": "Dự thảo"}
        self.outline |= {"grammar": "articles", "provisions": [node], "pages": [], "warnings": []}
        document = {
            "document": 1, "revision": 1, "role": "main", "title": "Dự thảo", "sha256": sha256(b"file").hexdigest(),
            "outline": sha256(canonical(self.outline)).hexdigest(),
        }  # fmt: skip
        facts = sha256(canonical(self.facts)).hexdigest()
        self.matter = {
            **{name: self.facts[name] for name in ("slug", "summary", "field")},
            **{name: {"id": self.facts[name], "name": name} for name in ("lead", "answering", "issuing")},
            "title": "Dự thảo", "kind": "legal_draft", "procedure": "comment", "disclosure": "on_release",
            "published_at": entries.moment(NOW), "concluded_at": None, "withdrawn_reason": "",
            "opens": entries.moment(periods[0][1]), "closes": entries.moment(periods[0][2]),
            "documents": [self.named()],
            "periods": [
                {"audience": audience, "opens": entries.moment(opens), "closes": closes and entries.moment(closes)}
                for audience, opens, closes in periods
            ],
        }  # fmt: skip
        self.add(entries.published("Dự thảo", "legal_draft", "comment", "on_release", facts, [document], periods))

    def named(self) -> dict[str, Any]:
        """The one document as the API names it."""
        file_hash = sha256(b"file").hexdigest()
        named = {"document": 1, "revision": 1, "role": "main", "document_title": "Dự thảo", "sha256": file_hash}
        return {**named, "published_at": entries.moment(NOW)}

    def file_hash(self, document: int, revision: int) -> str:
        """The hash of the file as anybody can download it."""
        return sha256(self.file or b"").hexdigest()

    def signed(self, size: int | None = None) -> str:
        """The signed checkpoint of the first `size` entries."""
        leaves = self.leaves[:size]
        return notes.sign_checkpoint(notes.Checkpoint(ORIGIN, len(leaves), merkle.root_of(leaves)), self.private)

    def receive(self, number: int, words: str, part_of: int | None = None) -> None:
        """A comment comes in and is listed as not released."""
        commitments = {
            name: commit(name, opening["value"], bytes.fromhex(opening["salt"]))
            for name, opening in openings_of(number, words).items()
        }
        anchor = entries.Anchor(1, 1, "d12.k3")
        day = date(2026, 11, 23)
        self.add(comment_entries.received(number, 1, "comment", "web", day, anchor, commitments, part_of))
        self.comments.append(
            {"number": number, "submission_kind": "comment", "channel": "web", "day": "2026-11-23", "anchor": ANCHOR}
            | {"part_of": part_of, "version": 1, "outcome": "open", "outcome_reason": None, "text": None}
            | {"visibility": "unreleased", "visibility_reason": None, "text_salt": None, "answer": None}
        )

    def list_as(self, number: int, **changes: Any) -> None:
        """Changes what the API lists for a comment."""
        self.comments[number - 1].update(changes)

    def answer(self, response: int, numbers: list[int], words: str | None) -> None:
        """Publishes an answer; without public words it goes to the senders only."""
        text = words or "Chỉ gửi người góp ý."
        hashed = answer_hash(numbers, response, 1, "accepted", text)
        self.add(comment_entries.answered(numbers, response, 1, "accepted", hashed))
        shown = {"response": response, "version": 1, "disposition": "accepted", "comments": numbers}
        for number in numbers:
            change = None if words is None else ""
            self.list_as(number, outcome="answered", answer={**shown, "text": words, "change": change})

    def get(self, name: str, **query: Any) -> Any:
        """The answer of the API, spoiled on the way when a test says so."""
        answer = copy.deepcopy(self.answered(name, query))
        return self.spoiled(name, query, answer) if self.spoiled else answer

    def answered(self, name: str, query: dict[str, Any]) -> Any:
        """The answer of the API as documented."""
        if name == "ledger":
            return {"origin": self.origin, "keys": self.keys, "size": len(self.texts), "checkpoint": self.note}
        if name == "ledger/entries":
            chosen = range(query["start"], min(query["start"] + min(query["count"], 7), len(self.texts)))
            return {"entries": [{"index": index, "entry": self.texts[index]} for index in chosen]}
        if name == "ledger/proof":
            return self.hashes(merkle.inclusion_proof(query["index"], query["size"], self.load))
        if name == "ledger/consistency":
            return self.hashes(merkle.consistency_proof(query["first"], query["second"], self.load))
        if name == "facts":
            return {"facts": self.facts}
        if name == "revisions/1/1":
            return {**self.named(), **self.outline}
        if name == "":
            return self.matter
        if name == "sums":
            return self.sums
        cursor = str(query.get("cursor", "0"))
        if not cursor.isdecimal():
            return {"errors": {"cursor": "unknown"}}
        start = int(cursor)
        following = str(start + 4) if start + 4 < len(self.comments) else None
        return {"comments": self.comments[start : start + 4], "next": following}

    def load(self, level: int, index: int) -> bytes:
        """A stored subtree node; what is stored stays as it was when an entry is changed behind its back."""
        return merkle.root_of(self.leaves[index << level : (index + 1) << level])

    def hashes(self, proof: list[bytes]) -> dict[str, list[str]]:
        """A proof as the API gives it."""
        return {"hashes": [each.hex() for each in proof]}

    def receipt(self, number: int, words: str, size: int) -> dict[str, Any]:
        """The receipt of a comment as it was given when the log had `size` entries."""
        index = next(place for place, text in enumerate(self.texts) if f'"comment":{number},' in text)
        comment = {
            "number": number,
            "index": index,
            "entry": self.texts[index],
            "proof": self.hashes(merkle.inclusion_proof(index, size, self.load))["hashes"],
            "openings": openings_of(number, words),
        }
        common = {"v": 1, "origin": ORIGIN, "keys": self.keys, "submission": 1}
        return {**common, "checkpoint": self.signed(size), "comments": [comment]}
