"""The only way in: every submission, by whatever channel, is received here."""

import hashlib
import json
import unicodedata
from dataclasses import is_dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations import glance
from consult.consultations.counting import next_number
from consult.consultations.glance import Glance
from consult.consultations.models import Consultation
from consult.consultations.words import Disclosure
from consult.db import writing
from consult.errors import Invalid, Refused
from consult.ledger import entries
from consult.ledger.service import Signer
from consult.ledger.tail import Tail
from consult.outbox.service import emit_at_once
from consult.people.models import Area
from consult.prepared import Prepared
from consult.submissions import checking, codes, deadlines
from consult.submissions.committed import AreaKey
from consult.submissions.inputs import Codes, NewSubmission, Receipt
from consult.submissions.models import Submission
from consult.submissions.places import Place, resolve
from consult.submissions.recording import Sheet, released, sheet_of

_BEFORE = Prepared(
    select(Submission.body_hash, Submission.receipt).where(
        Submission.consultation_id == bindparam("consultation"), Submission.idempotency_hash == bindparam("key")
    )
)
_NOT_CONTENT = ("arrived_at", "idempotency_key", "language", "recorded_by_id")


def receive(
    session: Session,
    consultation: Consultation | Glance,
    new: NewSubmission,
    now: datetime,
    signer: Signer,
    codes: Codes,
) -> Receipt:
    """Takes a submission in and hands over its receipt; commits, with its ledger entries, before it returns.

    What is in time is decided by `new.arrived_at` (for paper by `received_at`); `now` is when it is recorded. The same
    idempotency key with the same content gives the same receipt again (`repeated`), even after closing.

    Raises Invalid with every error found ({"comments.0.text": "required"}), and Refused: `same_key_other_content`,
    `not_published_yet`, `not_open_yet`, `too_late`, `withdrawn`, `already_submitted`, or the reason why an
    organisation may not lead a critique.
    """
    content, consultation_id = content_hash(new), consultation.id
    try:
        sheet = _checked(session, consultation_id, new, now)
    except Invalid:
        # What was received once stays received, even if a newer draft no longer has the clause it was about.
        before = _received_before(session, glance.by_id(session, consultation_id), new, content, codes)
        if before is None:
            raise
        return before
    with writing(session, consultation_id):
        session.flush()
        matter = glance.by_id(session, consultation_id)
        before = _received_before(session, matter, new, content, codes)
        if before is not None:
            return before
        _check_moment(session, matter, new, sheet)
        receipt = _record(session, matter, new, sheet, content, now, signer, codes)
        if isinstance(consultation, Consultation) and consultation in session:
            session.refresh(consultation)
        return receipt


def check(session: Session, consultation: Consultation | Glance, new: NewSubmission, now: datetime) -> None:
    """Raises Invalid with all that receiving would find wrong, and receives nothing."""
    _checked(session, consultation.id, new, now)


def content_hash(new: NewSubmission) -> str:
    """What tells whether two submissions with one key say the same; composed and decomposed letters are the same."""
    said = {name: value for name, value in vars(new).items() if name not in _NOT_CONTENT}
    written = json.dumps(said, sort_keys=True, ensure_ascii=False, default=_plain)
    return hashlib.sha256(unicodedata.normalize("NFC", written).encode("utf-8", "surrogatepass")).hexdigest()


def _plain(value: Any) -> Any:
    return vars(value) if is_dataclass(value) else str(value)


def _received_before(session: Session, matter: Glance, new: NewSubmission, content: str, keys: Codes) -> Receipt | None:
    """The receipt that was given for this key already, made again from the key."""
    key = codes.key_hash(new.idempotency_key)
    found = _BEFORE.first(session, consultation=matter.id, key=key)
    if found is None:
        return None
    body_hash, proof = found
    if not codes.same(body_hash, content):
        raise Refused("same_key_other_content")
    return _receipt(matter, new, proof, keys, repeated=True)


def _checked(session: Session, consultation_id: UUID, new: NewSubmission, now: datetime) -> Sheet:
    """The rows of a submission in which nothing is wrong; raises Invalid. All that is slow happens here."""
    ready = checking.cleaned(new)
    odd = {} if len(ready.comments) <= checking.COMMENT_LIMIT else {"comments": "too_many"}
    places, lost = _places(session, consultation_id, ready) if not odd else ([], {})
    area, unknown = area_of(session, ready.sender.area_id)
    other = {**odd, **{f"comments.{position}.anchor": code for position, code in lost.items()}, **unknown}
    checking.check(ready, now, other)
    return sheet_of(consultation_id, ready, places, area, now)


def _places(session: Session, consultation_id: UUID, ready: NewSubmission) -> tuple[list[Place | None], dict[int, str]]:
    anchors = [None if checking.of_comment(comment, "").get("anchor") else comment.anchor for comment in ready.comments]
    return resolve(session, consultation_id, anchors)


def area_of(session: Session, area_id: UUID | None) -> tuple[AreaKey | None, dict[str, str]]:
    """The code and first day of an area, or the error when there is none such."""
    if area_id is None:
        return None, {}
    row = session.execute(select(Area.code, Area.valid_from).where(Area.id == area_id)).first()
    return (None, {"area": "unknown_area"}) if row is None else ((row[0], row[1]), {})


def _check_moment(session: Session, matter: Glance, new: NewSubmission, sheet: Sheet) -> None:
    organisation = new.sender.organisation_id
    moment = new.received_at or new.arrived_at
    late = deadlines.check_in_time(session, matter, new.kind, organisation, moment)
    if new.critique is not None:
        deadlines.check_may_lead(session, matter, organisation, new.critique)
    sheet.submission.late_critique = late


def _record(
    session: Session,
    matter: Glance,
    new: NewSubmission,
    sheet: Sheet,
    content: str,
    now: datetime,
    signer: Signer,
    keys: Codes,
) -> Receipt:
    """Numbers, log, rows and event, inside the transaction."""
    submission = sheet.submission
    code, secret = codes.make(matter.short_key, matter.id, new.idempotency_key, keys)
    submission.idempotency_hash, submission.body_hash = codes.key_hash(new.idempotency_key), content
    submission.code_hash = codes.code_hash(code, keys)
    submission.secret_hash = codes.secret_hash(code, secret, keys)
    sheet.number(
        next_number(session, matter.id, "submission"),
        next_number(session, matter.id, "comment", len(sheet.comments)),
    )
    submission.receipt = _logged(session, matter, sheet, now, signer)
    sheet.keep(session)
    numbers = [comment.number for comment in sheet.comments]
    emit_at_once(session, "comment_received", now, matter.id, submission=str(submission.id), comments=numbers)
    glance.touch(session, matter.id)
    return _receipt(matter, new, submission.receipt, keys)


def _logged(session: Session, matter: Glance, sheet: Sheet, now: datetime, signer: Signer) -> dict[str, Any]:
    """Appends the entries of a submission, and gives the proof that they are in the log."""
    tail = Tail(session, matter.id)
    received = tail.append(
        (
            received_act(sheet.submission, comment, place, commitments)
            for comment, place, commitments in zip(sheet.comments, sheet.places, sheet.commitments, strict=True)
        ),
        now,
    )
    if matter.disclosure is Disclosure.AT_ONCE:
        tail.append((entries.released(comment.number) for comment in sheet.comments), now)
        sheet.acts = [released(comment, now) for comment in sheet.comments]
    return {
        "v": entries.VERSION,
        "origin": signer.origin(matter.id),
        "submission": sheet.submission.number,
        "checkpoint": tail.checkpoint(now, signer).note,
        "comments": [
            {
                "number": entry.comment_number,
                "index": entry.index,
                "entry": entry.body,
                "proof": tail.inclusion(entry.index),
            }
            for entry in received
        ],
    }


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


def _receipt(matter: Glance, new: NewSubmission, proof: dict[str, Any], keys: Codes, repeated: bool = False) -> Receipt:
    code, secret = codes.make(matter.short_key, matter.id, new.idempotency_key, keys)
    numbers = tuple(entry["number"] for entry in proof["comments"])
    return Receipt(codes.shown(code), secret, proof["submission"], numbers, proof, repeated)
