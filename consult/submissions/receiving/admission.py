"""What happens to submissions inside the transaction: moment and key are checked, numbers and log entries given.

Several that came at once go in together. Each is taken or refused by itself, has its own numbers and entries, and its
own receipt; they share the wait for the disk, and the checkpoint that covers them all.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, select

from consult import clock
from consult.compiled_statements import Prepared, Where, unkept
from consult.consultations.matter import policy_facts
from consult.consultations.matter.policy_facts import Glance
from consult.consultations.matter.public_numbers import next_number
from consult.errors import Refused
from consult.ledger import entries
from consult.ledger.models import LedgerEntry
from consult.ledger.service import Signer
from consult.ledger.tail import Tail
from consult.outbox.service import emit_at_once
from consult.submissions.disclosure import Event, shows_by_itself
from consult.submissions.inputs import Codes, NewSubmission, Receipt
from consult.submissions.models import CommentAct, Submission
from consult.submissions.receiving import deadlines, keeping, lookup_codes, submission_rows
from consult.submissions.receiving.anchor_resolution import Place
from consult.submissions.receiving.submission_rows import Sheet

_ACT = partial(unkept, CommentAct)
_BEFORE = Prepared(
    select(Submission.body_hash, Submission.receipt, Submission.code_hash).where(
        Submission.consultation_id == bindparam("consultation"), Submission.idempotency_hash == bindparam("key")
    )
)


@dataclass(eq=False)
class Arriving:
    """A submission on its way in, everything that is slow done and its codes made; then its receipt, or why there is
    none."""

    new: NewSubmission
    sheet: Sheet
    content: str
    code: str
    secret: str
    now: datetime
    signer: Signer
    keys: Codes
    receipt: Receipt | None = None
    refused: Refused | None = None


def enter(connection: Connection, consultation_id: UUID, arriving: Sequence[Arriving]) -> None:
    """Takes in those that may be taken, in their order; tells each its receipt or refusal. Call inside `writing`."""
    matter = policy_facts.by_id(connection, consultation_id)
    taken: list[Arriving] = []
    for one in arriving:
        one.receipt = one.refused = None
        _decide(connection, matter, one, taken)
    if taken:
        _record(connection, matter, taken)
    for one in arriving:
        _repeat_if_twin(one, taken)


def received_before(where: Where, matter: Glance, new: NewSubmission, content: str, keys: Codes) -> Receipt | None:
    """The receipt that was given for this key already, made again from the key. Raises Refused for other content."""
    found = _BEFORE.first(where, consultation=matter.id, key=lookup_codes.key_hash(new.idempotency_key))
    if found is None:
        return None
    body_hash, proof, hashed = found
    if not lookup_codes.same(body_hash, content):
        raise Refused("same_key_other_content")
    code, secret = lookup_codes.made_before(matter.short_key, matter.id, new.idempotency_key, hashed, keys)
    return _receipt(code, secret, proof, repeated=True)


def received_act(
    submission: Submission, comment: Any, place: Place | None, commitments: dict[str, str], part_of: int | None = None
) -> entries.Act:
    """The public entry that a comment is in."""
    return entries.received(
        comment.number,
        submission.number,
        submission.kind.value,
        submission.channel.value,
        clock.local_day(submission.received_at),
        place.in_ledger() if place else None,
        commitments,
        part_of,
    )


def _decide(connection: Connection, matter: Glance, one: Arriving, taken: list[Arriving]) -> None:
    """Puts a submission among those to be taken, unless it was received before or may not be."""
    try:
        one.receipt = received_before(connection, matter, one.new, one.content, one.keys)
        if one.receipt is None:
            _check_moment(connection, matter, one.new, one.sheet)
            if _first_of_key(one, taken) is None:
                taken.append(one)
    except Refused as refused:
        one.refused = refused


def _first_of_key(one: Arriving, taken: Sequence[Arriving]) -> Arriving | None:
    """Whoever came with the same key in the same instant, and was first."""
    return next((other for other in taken if other.new.idempotency_key == one.new.idempotency_key), None)


def _repeat_if_twin(one: Arriving, taken: Sequence[Arriving]) -> None:
    first = _first_of_key(one, taken)
    if first is None or first is one or one.receipt or one.refused:
        return
    if lookup_codes.same(first.content, one.content) and first.receipt is not None:
        one.receipt = replace(first.receipt, repeated=True)
    else:
        one.refused = Refused("same_key_other_content")


def _check_moment(connection: Connection, matter: Glance, new: NewSubmission, sheet: Sheet) -> None:
    organisation = new.sender.organisation_id
    on_paper, moment = new.received_at is not None, new.received_at or new.arrived_at
    late = deadlines.check_in_time(connection, matter, new.kind, organisation, moment, on_paper)
    if new.critique is not None:
        deadlines.check_may_lead(connection, matter, organisation, new.critique)
    sheet.submission.late_critique = late


def _record(connection: Connection, matter: Glance, taken: Sequence[Arriving]) -> None:
    """Numbers, log, rows and events."""
    submission = next_number(connection, matter.id, "submission", len(taken))
    comment = next_number(connection, matter.id, "comment", sum(len(one.sheet.comments) for one in taken))
    for one in taken:
        one.sheet.number(submission, comment)
        submission, comment = submission + 1, comment + len(one.sheet.comments)
    _log(connection, matter, taken)
    keeping.keep(connection, [one.sheet for one in taken])
    told = [
        {"submission": str(one.sheet.submission.id), "comments": [comment.number for comment in one.sheet.comments]}
        for one in taken
    ]
    emit_at_once(connection, "comment_received", taken[-1].now, matter.id, told)
    if any(one.sheet.acts for one in taken):
        # What nobody can read yet changes no page that is kept but the lists, which look at the counter themselves.
        policy_facts.touch(connection, matter.id)
    for one in taken:
        one.receipt = _receipt(one.code, one.secret, one.sheet.submission.receipt)


def _log(connection: Connection, matter: Glance, taken: Sequence[Arriving]) -> None:
    """Appends the entries of all, and gives each the proof that its own are in the log."""
    tail = Tail(connection, matter.id)
    received = [_append(tail, matter, one) for one in taken]
    tail.store()
    last = taken[-1]
    note = tail.checkpoint(last.now, last.signer).note
    for one, own in zip(taken, received, strict=True):
        one.sheet.submission.receipt = {
            "v": entries.VERSION,
            "origin": one.signer.origin(matter.id),
            "submission": one.sheet.submission.number,
            "checkpoint": note,
            "comments": [
                {
                    "number": entry.comment_number,
                    "index": entry.index,
                    "entry": entry.body,
                    "proof": tail.inclusion(entry.index),
                }
                for entry in own
            ],
        }


def _append(tail: Tail, matter: Glance, one: Arriving) -> list[LedgerEntry]:
    sheet = one.sheet
    own = zip(sheet.comments, sheet.places, sheet.commitments, strict=True)
    received = tail.append((received_act(sheet.submission, *each) for each in own), one.now)
    shown = [
        comment
        for comment, version in zip(sheet.comments, sheet.versions, strict=True)
        if shows_by_itself(matter.disclosure, Event.RECEIVED, worded=bool(version.text))
    ]
    if shown:
        tail.append((entries.released(comment.number) for comment in shown), one.now)
        sheet.acts = [submission_rows.released(comment, one.now, make=_ACT) for comment in shown]
    return received


def _receipt(code: str, secret: str, proof: dict[str, Any], repeated: bool = False) -> Receipt:
    numbers = tuple(entry["number"] for entry in proof["comments"])
    return Receipt(lookup_codes.shown(code), secret, proof["submission"], numbers, proof, repeated)
