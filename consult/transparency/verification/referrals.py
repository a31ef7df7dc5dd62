"""Where comments were passed on to, what came back, and which proposals a draft takes up or a letter names, against
their entries."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.ledger.commitment import referral_hash
from consult.ledger.entries import moment
from consult.relationships import along
from consult.responses.referrals.models import Referral
from consult.responses.taken_up.models import TakenUp
from consult.submissions.bundles.models import BundledProposal
from consult.submissions.models import Submission
from consult.transparency.replay import Log
from consult.transparency.row_reading import Told, require

Fixed = tuple[Any, ...]


def check_referrals(session: Session, consultation_id: UUID, log: Log, comment_ids: Mapping[UUID, int]) -> int:
    """Everything that was passed on has its entry, and what came back and is public another, and every entry its row;
    gives how many were passed on. Raises Tampered."""
    sent = {one["referral"]: one for one in log.all("referred")}
    back = {one["referral"]: one for one in log.all("referral_answered")}
    rows = session.scalars(
        select(Referral).where(Referral.consultation_id == consultation_id).order_by(Referral.number)
    ).all()
    for row in rows:
        number, went, came = comment_ids.get(row.comment_id, 0), sent.pop(row.number, {}), back.pop(row.number, {})
        holds = _sent(row, number) == _said(went, ("comment", "body", "day", "until", "at"))
        holds = holds and _back(row, number) == _said(came, ("comment", "day", "hash", "at"))
        eyes = row.released_at is None or row.released_by_id not in (None, row.recorded_by_id)
        require(holds and eyes, Told("tampered.referral_is_not_as_the_log_says", number=row.number))
    left = min([*sent, *back], default=0)
    require(not left, Told("tampered.referral_is_not_as_the_log_says", number=left))
    return len(rows)


def check_taken_up(session: Session, consultation_id: UUID, log: Log) -> int:
    """Every proposal that the draft takes up has its entry, and every entry its row; gives how many there are. Raises
    Tampered."""
    told = sorted((one["proposals"], one["proposal"], one["at"]) for one in log.all("taken_up"))
    rows = session.execute(
        select(Consultation.slug, TakenUp.number, TakenUp.at)
        .join(Consultation, Consultation.id == TakenUp.proposals_id)
        .where(TakenUp.consultation_id == consultation_id)
    )
    stored = sorted((slug, number, moment(at)) for slug, number, at in rows)
    odd = min(set(told) ^ set(stored), default=("", 0, ""))
    require(told == stored, Told("tampered.taken_up_is_not_as_the_log_says", number=odd[1]))
    return len(stored)


def check_bundled(session: Session, consultation_id: UUID, log: Log) -> int:
    """Every letter that puts proposals before the body has its entry with these proposals, and every entry its letter;
    gives how many proposals there are. Raises Tampered."""
    told = [
        (entry["submission"], one["matter"], one["proposal"], entry["at"])
        for entry in log.all("proposals_bundled")
        for one in entry["proposals"]
    ]
    rows = session.execute(
        select(Submission.number, Consultation.slug, BundledProposal.number, BundledProposal.at)
        .join(Submission, along(BundledProposal.submission))
        .join(Consultation, Consultation.id == BundledProposal.proposals_id)
        .where(BundledProposal.consultation_id == consultation_id)
        .order_by(BundledProposal.at, Submission.number, BundledProposal.place, BundledProposal.id)
    )
    stored = [(letter, slug, number, moment(at)) for letter, slug, number, at in rows]
    odd = min(set(told) ^ set(stored), default=(0, "", 0, ""))
    require(told == stored, Told("tampered.bundled_is_not_as_the_log_says", number=odd[0]))
    return len(stored)


def _sent(row: Referral, number: int) -> Fixed:
    return (number, row.body_name, row.sent_on.isoformat(), row.due_on.isoformat(), moment(row.at))


def _back(row: Referral, number: int) -> Fixed:
    if row.released_at is None or row.replied_on is None:
        return ()
    hashed = referral_hash(row.number, row.reply_letter, row.reply)
    return (number, row.replied_on.isoformat(), hashed, moment(row.released_at))


def _said(entry: Mapping[str, Any], fields: tuple[str, ...]) -> Fixed:
    return tuple(entry[name] for name in fields) if entry else ()
