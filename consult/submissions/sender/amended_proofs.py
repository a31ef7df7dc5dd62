"""What a receipt file proves of what its sender changed later: the receipt itself is of what was received, and its
checkpoint does not cover later versions of comments and of a letter, nor comments that were added to that."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.ledger import cosignatures
from consult.ledger import service as ledger
from consult.ledger.checkpoint import parse_checkpoint
from consult.ledger.entries import moment
from consult.ledger.models import LedgerEntry
from consult.ledger.service import Log, Signer
from consult.submissions.models import Submission
from consult.submissions.receiving import commitments
from consult.submissions.sender import own_submission
from consult.submissions.sender.letter_amendment import versions_of
from consult.submissions.sender.own_submission import OwnComment


@dataclass(frozen=True)
class _Proofs:
    """The log of one matter, as it was signed at a size."""

    session: Session
    log: Log
    size: int

    def of(self, kind: str, *wanted: Any) -> Iterable[tuple[dict[str, Any], dict[str, Any]]]:
        """The entries of a kind, each as an object and as a receipt proves it."""
        rows = self.session.scalars(
            select(LedgerEntry)
            .where(
                LedgerEntry.consultation_id == self.log.consultation_id,
                LedgerEntry.kind == kind,
                LedgerEntry.index < self.size,
                *wanted,
            )
            .order_by(LedgerEntry.index)
        )
        for row in rows:
            proof = self.log.inclusion(row.index, self.size)
            yield json.loads(row.body), {"index": row.index, "entry": row.body, "proof": proof}

    def of_comments(self, kind: str, numbers: Iterable[int]) -> Iterable[tuple[dict[str, Any], dict[str, Any]]]:
        """Those about these comments."""
        return self.of(kind, LedgerEntry.comment_number.in_(list(numbers)))


def with_amendments(
    session: Session, submission: Submission, content: Mapping[str, Any], signer: Signer, now: datetime
) -> dict[str, Any]:
    """A receipt file with the later versions of its comments and of its letter, and the comments that were added to
    that, each with its entry and its proof, under the checkpoint of now; as it was where nothing was changed. Raises
    NotSigning."""
    sent = {one.comment.number: one for one in own_submission.comments_of(session, submission)}
    letters = versions_of(session, submission)[1:]
    content = with_witnesses(session, submission.consultation_id, content, signer)
    if not letters and all(len(one.versions) == 1 for one in sent.values()):
        return content
    signed = ledger.signed(session, submission.consultation_id, now, signer)
    proofs = _Proofs(session, Log(session, submission.consultation_id), signed.size)
    told = {**content, "later": {"origin": signed.origin, "checkpoint": signed.note}}
    if letters:
        told["letters"] = [
            {"version": entry["version"], **proof, **_opened("letter", version.salt, version.letter)}
            for entry, proof in proofs.of("letter_amended")
            for version in letters
            if (entry["submission"], entry["version"]) == (submission.number, version.version)
        ]
        told["added"] = _added(proofs, submission, sent, {moment(one.at) for one in letters})
    amended = _amended(proofs, sent)
    for name in ("comments", "added"):
        items = told.get(name, ())
        told[name] = [
            {**item, "amended": amended[item["number"]]} if item["number"] in amended else item for item in items
        ]
    return {name: value for name, value in told.items() if name != "added" or value}


def with_witnesses(session: Session, matter_id: UUID, content: Mapping[str, Any], signer: Signer) -> dict[str, Any]:
    """A receipt file with the first checkpoint that witnesses signed since, and how it goes on from its own; as it was
    while none did, or when its epoch of the log has ended."""
    log, size = Log(session, matter_id), parse_checkpoint(content["checkpoint"].rpartition("\n\n")[0] + "\n").size
    present = signer.epoch_of(content["origin"], matter_id) == log.epoch
    found = cosignatures.proved(session, log, size) if present else None
    return {**content, "witnessed": found} if found else dict(content)


def _added(
    proofs: _Proofs, submission: Submission, sent: Mapping[int, OwnComment], moments: set[str]
) -> list[dict[str, Any]]:
    """The comments that were received with a later version of the letter."""
    shared = own_submission.shared_openings(proofs.session, submission)
    received = proofs.of_comments("received", sent)
    return [
        own_submission.proved({"number": entry["comment"], **proof}, sent[entry["comment"]], shared)
        for entry, proof in received
        if entry["at"] in moments and entry["part_of"] is None
    ]


def _amended(proofs: _Proofs, sent: Mapping[int, OwnComment]) -> dict[int, list[dict[str, Any]]]:
    """The later versions of each comment that has some."""
    changed = {number: one for number, one in sent.items() if len(one.versions) > 1}
    found: dict[int, list[dict[str, Any]]] = {}
    for entry, proof in proofs.of_comments("amended", changed):
        own = changed[entry["comment"]]
        version = own.versions[entry["version"] - 1]
        opening = _opened("text", version.text_salt, commitments.text_value(own.comment, version))
        found.setdefault(entry["comment"], []).append({"version": entry["version"], **proof, **opening})
    return found


def _opened(name: str, salt: bytes | None, value: Any) -> dict[str, Any]:
    """What opens a commitment; nothing once it was erased."""
    return {name: {"salt": salt.hex(), "value": value}} if salt else {}
