"""What a receipt file proves of later versions: the receipt itself is of what was received, and its checkpoint does not
cover what its sender changed afterwards."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.ledger import service as ledger
from consult.ledger.models import LedgerEntry
from consult.ledger.service import Log, Signer
from consult.submissions.models import CommentVersion, Submission
from consult.submissions.receiving import commitments
from consult.submissions.sender.own_submission import OwnComment, comments_of


def with_amendments(
    session: Session, submission: Submission, content: Mapping[str, Any], signer: Signer, now: datetime
) -> dict[str, Any]:
    """A receipt file with the later versions of its comments, each with its entry and its proof, under the checkpoint
    of now; as it was where nothing was changed. Raises NotSigning."""
    sent = {one.comment.number: one for one in comments_of(session, submission) if len(one.versions) > 1}
    if not sent:
        return dict(content)
    signed = ledger.signed(session, submission.consultation_id, now, signer)
    log = Log(session, submission.consultation_id)
    told = [
        {**item, "amended": _proved(session, log, signed.size, sent[item["number"]])}
        if item["number"] in sent
        else item
        for item in content["comments"]
    ]
    return {**content, "comments": told, "later": {"origin": signed.origin, "checkpoint": signed.note}}


def _proved(session: Session, log: Log, size: int, own: OwnComment) -> list[dict[str, Any]]:
    rows = session.scalars(
        select(LedgerEntry)
        .where(
            LedgerEntry.consultation_id == log.consultation_id,
            LedgerEntry.comment_number == own.comment.number,
            LedgerEntry.kind == "amended",
            LedgerEntry.index < size,
        )
        .order_by(LedgerEntry.index)
    )
    versions = {version.version: version for version in own.versions}
    return [_item(log, size, row, own, versions[json.loads(row.body)["version"]]) for row in rows]


def _item(log: Log, size: int, row: LedgerEntry, own: OwnComment, version: CommentVersion) -> dict[str, Any]:
    salt, value = version.text_salt, commitments.text_value(own.comment, version)
    opening = {"text": {"salt": salt.hex(), "value": value}} if salt else {}
    proof = {"index": row.index, "entry": row.body, "proof": log.inclusion(row.index, size)}
    return {"version": version.version, **proof, **opening}
