"""Being of one opinion with a public comment: joining it, with a receipt at once, and taking that back.

A joining is counted apart from the comments received and gets the same answer. It does not call `touch()`: pages that
are kept say until when they counted, and fetch the count of now (design 3.15). Otherwise everybody who joins in a rush
would have all pages of the matter made anew for all who read.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.matter import policy_facts
from consult.consultations.matter.policy_facts import PolicyFacts
from consult.consultations.matter.public_numbers import next_number
from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import Invalid, Refused
from consult.ledger import comment_entries, entries
from consult.ledger import service as ledger
from consult.ledger.log import Log
from consult.ledger.signer import Signer
from consult.outbox.service import emit
from consult.policy import ANYBODY, Action, require
from consult.submissions.comments import comment_state, joiner_counts
from consult.submissions.comments.act_recording import add_act, tell
from consult.submissions.comments.comment_state import CommentState
from consult.submissions.comments.outcome import READABLE, Outcome
from consult.submissions.inputs import Codes
from consult.submissions.models import Comment, Joiner
from consult.submissions.receiving import lookup_codes, normalization, validation
from consult.submissions.words import CommentActKind, ContactKind
from consult.text import one_line

_OPEN = frozenset({Outcome.AWAITING, Outcome.ANSWERED})


@dataclass(frozen=True)
class NewJoining:
    """Who joins says at most where to tell them of the answer. The key has at least 128 random bits."""

    idempotency_key: str
    arrived_at: datetime
    contact: str = ""
    language: str = "vi"


@dataclass(frozen=True)
class JoinReceipt:
    """What is handed over at once: both codes, the public numbers, and the proof of the log."""

    code: str
    secret: str
    number: int
    comment: int
    proof: dict[str, Any]
    repeated: bool = False


def join(
    session: Session, matter: Consultation | PolicyFacts, comment: int, new: NewJoining, now: datetime, signer: Signer,
    keys: Codes,
) -> JoinReceipt:  # fmt: skip
    """Joins the comment of this number; commits, with its entry in the log, before it returns. The same key gives the
    same receipt again, even after the end.

    Raises NotFound; Invalid ({"contact": …}); Refused: the policy's reason by `new.arrived_at`, `joining_off`,
    `text_not_public`, `has_outcome`, `same_key_other_content`.
    """
    kind, contact = _checked(new)
    with writing(session, matter.id):
        facts = policy_facts.by_id(session, matter.id)
        new = _own_key(session, facts, new, contact)
        before = _before(session, facts, comment, new, keys)
        if before is not None:
            return before
        one = comment_state.read(session, facts.id, [comment])[0]
        check(session, facts, one, new.arrived_at)
        code, secret = lookup_codes.make(facts.short_key, facts.id, new.idempotency_key, keys)
        row = Joiner(
            consultation_id=facts.id,
            id=new_id(),
            number=next_number(session, facts.id, "joiner"),
            comment_id=one.comment.id,
            at=now,
            language=new.language,
            idempotency_hash=lookup_codes.key_hash(new.idempotency_key),
            code_hash=lookup_codes.code_hash(code, keys),
            secret_hash=lookup_codes.secret_hash(code, secret, keys),
            contact_kind=kind,
            contact=contact,
        )
        row.receipt = _proved(session, facts, one.comment, row.number, now, signer)
        session.add(row)
        return JoinReceipt(lookup_codes.shown(code), secret, row.number, comment, row.receipt)


def check(session: Session, matter: Consultation | PolicyFacts, one: CommentState, arrived_at: datetime) -> None:
    """Raises Refused with the reason why this comment cannot be joined at `arrived_at`."""
    require(ANYBODY, Action.SEND_COMMENT, matter, arrived_at)
    if not session.scalar(select(Consultation.joining).where(Consultation.id == matter.id)):
        raise Refused("joining_off")
    if one.outcome not in _OPEN:
        raise Refused("has_outcome", numbers=str(one.comment.number))
    if one.visibility not in READABLE:
        raise Refused("text_not_public")


def leave(session: Session, joiner: Joiner, arrived_at: datetime, now: datetime) -> None:
    """Takes a joining back, for good, and forgets how to reach who it was; again changes nothing. A comment whose
    sender had left and that nobody joins any more is withdrawn.

    Raises Refused: the policy's reason by `arrived_at`.
    """
    matter_id, joiner_id = joiner.consultation_id, joiner.id
    with writing(session, matter_id):
        consultation = session.get_one(Consultation, matter_id)
        row = session.get_one(Joiner, (matter_id, joiner_id))
        if row.withdrawn_at is not None:
            return
        require(ANYBODY, Action.SEND_COMMENT, consultation, arrived_at)
        row.withdrawn_at = now
        _forget(session, row, now)
        number = session.get_one(Comment, (matter_id, row.comment_id)).number
        one = comment_state.read(session, matter_id, [number])[0]
        ledger.append(session, matter_id, [comment_entries.joining_withdrawn(number, row.number)], now)
        if one.author_left and one.outcome in _OPEN and not joiner_counts.counts(session, matter_id, [one.comment.id]):
            add_act(session, one, CommentActKind.WITHDRAWN, None, now)
            ledger.append(session, matter_id, [comment_entries.withdrawn(number)], now)
            tell(session, consultation, [number], "withdrawn", now)


def forget_contact(session: Session, joiner: Joiner, now: datetime) -> None:
    """Forgets how to reach who joined, at any time, since consent may be taken back at any time (Luật Bảo vệ dữ liệu cá
    nhân số 91/2025/QH15). The joining stays and counts, and its code tells of the answer; again changes nothing."""
    key = joiner.consultation_id, joiner.id
    with writing(session, joiner.consultation_id):
        row = session.get_one(Joiner, key)
        _forget(session, row, now)


def _forget(session: Session, row: Joiner, now: datetime) -> None:
    if row.contact:
        emit(session, "joiner_forgotten", now, row.consultation_id, joiner=str(row.id))
    row.contact_kind, row.contact = ContactKind.NONE, ""


def _checked(new: NewJoining) -> tuple[ContactKind, str]:
    contact = one_line(new.contact)
    kind = normalization.contact_kind(contact)
    errors = validation.of_contact(kind, contact)
    if len(new.idempotency_key) < lookup_codes.SHORTEST_KEY:
        errors["idempotency_key"] = "too_short"
    if errors:
        raise Invalid(errors)
    return kind, contact


def _own_key(session: Session, facts: PolicyFacts, new: NewJoining, contact: str) -> NewJoining:
    """With the same key unless somebody joined with it and left another contact: who goes back, or shares a telephone
    with a neighbour, joins for themselves; always under the same key, so that sending it again is no third one."""
    kept = session.scalar(
        select(Joiner.contact).where(
            Joiner.consultation_id == facts.id,
            Joiner.idempotency_hash == lookup_codes.key_hash(new.idempotency_key),
            Joiner.withdrawn_at.is_(None),
        )
    )
    if kept is None or kept == contact:
        return new
    other = hashlib.sha256(f"{new.idempotency_key}\0{contact}".encode()).hexdigest()[:32]
    return replace(new, idempotency_key=other)


def _before(session: Session, facts: PolicyFacts, comment: int, new: NewJoining, keys: Codes) -> JoinReceipt | None:
    """The receipt that was given for this key already."""
    found = session.execute(
        select(Joiner.number, Joiner.receipt, Joiner.code_hash, Comment.number)
        .join(Joiner.comment)
        .where(
            Joiner.consultation_id == facts.id, Joiner.idempotency_hash == lookup_codes.key_hash(new.idempotency_key)
        )
    ).first()
    if found is None:
        return None
    number, proof, hashed, joined_comment = found
    if joined_comment != comment:
        raise Refused("same_key_other_content")
    ledger.require_kept(session, facts.id, proof["checkpoint"])
    code, secret = lookup_codes.made_before(facts.short_key, facts.id, new.idempotency_key, hashed, keys)
    return JoinReceipt(lookup_codes.shown(code), secret, number, comment, proof, repeated=True)


def _proved(
    session: Session, facts: PolicyFacts, comment: Comment, number: int, now: datetime, signer: Signer
) -> dict[str, Any]:
    """Writes the entry, and gives the proof that it is in the log."""
    log = Log(session, facts.id)
    [entry] = log.append([comment_entries.joined(comment.number, number)], now)
    note = log.checkpoint(now, signer).note
    proof = {"index": entry.index, "entry": entry.body, "proof": log.inclusion(entry.index)}
    return {
        "v": entries.VERSION,
        "origin": signer.origin(facts.id, log.epoch),
        "joiner": number,
        "checkpoint": note,
        "joined": {"comment": comment.number, **proof},
    }
