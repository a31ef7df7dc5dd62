"""Admitting submissions inside the transaction: moment and idempotency key are checked, numbers and log entries given.

A batch of several is one transaction. Each is admitted or refused by itself, has its own numbers and entries, and its
own receipt; they share the wait for the disk, and the checkpoint that covers them all.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, select

from consult import clock
from consult.compiled_statements import CompiledStatement, Executor
from consult.consultations.matter import policy_facts
from consult.consultations.matter.policy_facts import PolicyFacts
from consult.consultations.matter.public_numbers import next_number
from consult.errors import Refused
from consult.ledger import comment_entries, entries
from consult.ledger import service as ledger
from consult.ledger.log import EntryRow, Log
from consult.ledger.signer import Signer
from consult.outbox.service import emit
from consult.submissions.disclosure import Event, shows_by_itself
from consult.submissions.inputs import Codes, NewSubmission, Receipt
from consult.submissions.models import Submission
from consult.submissions.receiving import in_time, issued_codes, kept_back, lookup_codes
from consult.submissions.receiving.anchor_resolution import Place
from consult.submissions.receiving.commitments import AnyComment, AnySubmission
from consult.submissions.receiving.first_showing import first_act
from consult.submissions.receiving.insertion import insert_rows
from consult.submissions.receiving.kept_back import KeptBack
from consult.submissions.receiving.submission_rows import SubmissionRows
from consult.submissions.words import VOICE
from consult.traces import request_marks
from consult.traces.request_marks import Mark

_BEFORE = CompiledStatement(
    select(Submission.body_hash, Submission.receipt, Submission.code_hash, Submission.id).where(
        Submission.consultation_id == bindparam("consultation"), Submission.idempotency_hash == bindparam("key")
    )
)


@dataclass(eq=False)
class PendingSubmission:
    """A submission on its way in, everything that is slow done and its codes made; then its receipt, or why there is
    none."""

    new: NewSubmission
    rows: SubmissionRows
    content: str
    code: str
    secret: str
    now: datetime
    signer: Signer
    keys: Codes
    receipt: Receipt | None = None
    refused: Refused | None = None
    mark: Mark = field(default_factory=request_marks.current)


def admit(consultation_id: UUID, connection: Connection, batch: Sequence[PendingSubmission]) -> None:
    """Admits those of the batch that may be admitted, in their order; tells each its receipt or refusal. Call inside
    `writing`."""
    matter = policy_facts.by_id(connection, consultation_id)
    admitted: list[PendingSubmission] = []
    for one in batch:
        one.receipt = one.refused = None
        _decide(connection, matter, one, admitted)
    if admitted:
        _record(connection, matter, admitted)
    for one in batch:
        _repeat_if_twin(one, admitted)


def received_before(
    executor: Executor, matter: PolicyFacts, new: NewSubmission, content: str, keys: Codes
) -> Receipt | None:
    """The receipt that was given for this key already, made again from the key. Raises Refused for other content, and
    `codes_ended` where new codes were given since; and NotSigning."""
    found = _BEFORE.first(executor, consultation=matter.id, key=lookup_codes.key_hash(new.idempotency_key))
    if found is None:
        return None
    body_hash, proof, hashed, submission_id = found
    if not lookup_codes.same(body_hash, content):
        raise Refused("same_key_other_content")
    ledger.require_kept(executor, matter.id, proof["checkpoint"])
    code, secret = issued_codes.made_before(executor, matter, submission_id, new.idempotency_key, hashed, keys)
    return _receipt(code, secret, proof, repeated=True)


def received_act(
    submission: AnySubmission,
    comment: AnyComment,
    place: Place | None,
    commitments: dict[str, str],
    part_of: int | None = None,
) -> entries.Act:
    """The public entry that a comment is in."""
    return comment_entries.received(
        comment.number,
        submission.number,
        submission.kind.value,
        submission.channel.value,
        clock.local_day(comment.received_at),
        place.in_ledger() if place else None,
        commitments,
        part_of,
    )


def _decide(
    connection: Connection, matter: PolicyFacts, one: PendingSubmission, admitted: list[PendingSubmission]
) -> None:
    """Puts a submission among those to be admitted, unless it was received before or may not be."""
    try:
        one.receipt = received_before(connection, matter, one.new, one.content, one.keys)
        if one.receipt is None:
            _check_moment(connection, matter, one.new, one.rows)
            if _first_of_key(one, admitted) is None:
                admitted.append(one)
    except Refused as refused:
        one.refused = refused


def _first_of_key(one: PendingSubmission, admitted: Sequence[PendingSubmission]) -> PendingSubmission | None:
    """Whoever came with the same key in the same instant, and was first."""
    return next((other for other in admitted if other.new.idempotency_key == one.new.idempotency_key), None)


def _repeat_if_twin(one: PendingSubmission, admitted: Sequence[PendingSubmission]) -> None:
    first = _first_of_key(one, admitted)
    if first is None or first is one or one.receipt or one.refused:
        return
    if lookup_codes.same(first.content, one.content) and first.receipt is not None:
        one.receipt = replace(first.receipt, repeated=True)
    else:
        one.refused = Refused("same_key_other_content")


def _check_moment(connection: Connection, matter: PolicyFacts, new: NewSubmission, rows: SubmissionRows) -> None:
    organisation = new.sender.organisation_id
    on_paper, moment = new.received_at is not None, new.received_at or new.arrived_at
    late = in_time.check_in_time(connection, matter, new.kind, organisation, moment, on_paper)
    if new.critique is not None:
        in_time.check_may_lead(connection, matter, organisation, new.critique)
    rows.submission.late_critique = late


def _record(connection: Connection, matter: PolicyFacts, admitted: Sequence[PendingSubmission]) -> None:
    """Numbers, log, rows and events."""
    submission = next_number(connection, matter.id, "submission", len(admitted))
    comment = next_number(connection, matter.id, "comment", sum(len(one.rows.comments) for one in admitted))
    for one in admitted:
        one.rows.number(submission, comment)
        submission, comment = submission + 1, comment + len(one.rows.comments)
    _log(connection, matter, admitted)
    insert_rows(connection, (row for one in admitted for row in one.rows))
    for one in admitted:
        numbers = [comment.number for comment in one.rows.comments]
        identity = str(one.rows.submission.id)
        # Whoever of them writes for all writes for each of them.
        with request_marks.of(one.mark):
            emit(connection, "comment_received", one.now, matter.id, submission=identity, comments=numbers)
    if any(one.rows.acts for one in admitted):
        # What nobody can read yet changes no page that is kept but the lists, which look at the counter themselves.
        policy_facts.touch(connection, matter.id)
    for one in admitted:
        one.receipt = _receipt(one.code, one.secret, one.rows.submission.receipt)


def _log(connection: Connection, matter: PolicyFacts, admitted: Sequence[PendingSubmission]) -> None:
    """Appends the entries of all, and gives each the proof that its own are in the log."""
    log = Log(connection, matter.id)
    received = [_append(log, matter, one, _kept_back(connection, matter, one)) for one in admitted]
    last = admitted[-1]
    note = log.checkpoint(last.now, last.signer).note
    for one, own in zip(admitted, received, strict=True):
        one.rows.submission.receipt = {
            "v": entries.VERSION,
            "origin": one.signer.origin(matter.id, log.epoch),
            "submission": one.rows.submission.number,
            "checkpoint": note,
            "comments": [
                {
                    "number": entry.comment_number,
                    "index": entry.index,
                    "entry": entry.body,
                    "proof": log.inclusion(entry.index),
                }
                for entry in own
            ],
        }


def _kept_back(connection: Connection, matter: PolicyFacts, one: PendingSubmission) -> list[KeptBack]:
    """What two people keep back of the matter: asked for what may be a letter entered again, or public at once."""
    again = one.rows.submission.organisation_id is not None or one.new.recorded_by_id is not None
    asked = again or shows_by_itself(matter.disclosure, Event.RECEIVED)
    return kept_back.find(connection, matter.id) if asked else []


def _append(log: Log, matter: PolicyFacts, one: PendingSubmission, kept: Sequence[KeptBack]) -> list[EntryRow]:
    rows = one.rows
    own = zip(rows.comments, rows.places, rows.commitments, strict=True)
    received = log.append((received_act(rows.submission, *each) for each in own), one.now)
    log.append((comment_entries.brought_back(entry.comment_number or 0, lost.epoch, lost.was, lost.leaf)
                for entry, lost in zip(received, rows.lost, strict=False)), one.now)  # fmt: skip
    spoken = {attachment.comment_id for attachment in rows.attachments if attachment.role == VOICE}
    sender = rows.submission.organisation_id, rows.submission.sender_name
    acts: list[entries.Act] = []
    for comment, version in zip(rows.comments, rows.versions, strict=True):
        first = first_act(matter.disclosure, kept, sender, comment, version, one.now, comment.id not in spoken)
        if first is not None:
            rows.acts.append(first[0])
            acts.append(first[1])
    if acts:
        log.append(acts, one.now)
    return received


def _receipt(code: str, secret: str, proof: dict[str, Any], repeated: bool = False) -> Receipt:
    numbers = tuple(entry["number"] for entry in proof["comments"])
    return Receipt(lookup_codes.shown(code), secret, proof["submission"], numbers, proof, repeated)
