"""Checks the whole database of a matter against its public log, and names the first thing that does not hold."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.files.store import FileStore
from consult.ledger.service import Signer
from consult.responses import sums
from consult.transparency import (
    verifying_acts,
    verifying_answers,
    verifying_joined,
    verifying_log,
    verifying_matter,
    verifying_receipts,
    verifying_sent,
    verifying_spoken,
)
from consult.transparency.replay import Log
from consult.transparency.tampering import Tampered, check_readable, require

__all__ = ["Tampered", "verify"]


def verify(session: Session, consultation: Consultation, files: FileStore, signer: Signer) -> Iterator[str]:
    """A sentence for each thing that was checked and holds. Raises Tampered at the first that does not.

    Everything is read in one transaction, so that what comes in meanwhile does not matter.
    """
    own_id, origin = consultation.id, signer.origin(consultation.id)
    entries = verifying_log.entries(session, own_id)
    nodes = verifying_log.check_nodes(session, own_id)
    yield f"{len(entries)} entries are canonical and consecutive, and lead to all {len(nodes)} stored hashes."
    given = verifying_log.check_checkpoints(session, own_id, nodes, len(entries), signer)
    last = max(given, default=0)
    yield f"{len(given)} checkpoints are signed by published keys and bear the roots of their sizes, the last {last}."
    rows = check_readable(session, own_id)
    log = Log(entries)
    revisions = verifying_matter.check_matter(session, consultation, log, files)
    yield f"The facts, periods and {revisions} public revisions with their files are as published."
    sent = verifying_sent.read(session, own_id)
    verifying_sent.check_sent(sent, log, files)
    for submission in sent.submissions.values():
        verifying_receipts.check_receipt(submission, log, nodes, origin, given)
    yield _sent_sentence(sent)
    acts = verifying_acts.check_acts(sent, log)
    yield f"{acts} acts that count and their entries say the same."
    numbers = {comment.id: comment.number for comment in sent.comments.values()}
    transcripts = verifying_spoken.check_transcripts(session, own_id, log, numbers)
    yield f"{transcripts} transcripts of voices say what the log commits to."
    joined = verifying_joined.check_joined(session, own_id, log, numbers, nodes, origin, given)
    yield f"{joined} joinings are as the log says, and so are their receipts."
    answers = verifying_answers.check_answers(session, own_id, log, numbers)
    yield f"{answers} publications of answers say what the log says."
    _check_sums(session, own_id, log)
    yield f"Both sums follow from the log. {rows} rows were read."


def _sent_sentence(sent: verifying_sent.Sent) -> str:
    erased = f" {sent.erased} commitments can no longer be opened, since their salt was erased." if sent.erased else ""
    return (
        f"{len(sent.comments)} comments of {len(sent.submissions)} submissions are what was committed to, "
        f"and so are the receipts.{erased}"
    )


def _check_sums(session: Session, consultation_id: UUID, log: Log) -> None:
    stored, told = sums.visibility(session, consultation_id), log.visibility()
    stored["unreleased"] = stored.pop("in_check") + stored.pop("quarantined")
    _same_sum("visibility", stored, told)
    _same_sum("outcome", sums.outcome(session, consultation_id), log.outcome())


def _same_sum(name: str, stored: Mapping[str, Any], told: Mapping[str, Any]) -> None:
    for term, number in told.items():
        require(stored[term] == number, f"{name}, {term}: the database gives {stored[term]}, the log {number}")
