"""Bringing lost comments back from their sender's receipt: word for word, with their codes and their time."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.models import Consultation
from consult.errors import Invalid, NotFound, Refused
from consult.files.store import FileStore
from consult.ledger.models import LedgerEpoch
from consult.ledger.service import Signer
from consult.people.areas import area_by_key
from consult.policy import Action, Actor, require
from consult.relationships import along
from consult.submissions.bringing_back import amendments
from consult.submissions.bringing_back.files import attachments, keep_again, lost_of, refill
from consult.submissions.bringing_back.proofs import ProvedComment, proved
from consult.submissions.inputs import (
    AnchorInput,
    BroughtBack,
    Codes,
    CommentInput,
    Cosigned,
    CritiqueInput,
    Letter,
    NewSubmission,
    Receipt,
    Sender,
)
from consult.submissions.models import Comment, Submission
from consult.submissions.receiving import lookup_codes
from consult.submissions.receiving.models import LostEntry
from consult.submissions.receiving.service import receive
from consult.submissions.words import Channel, ContactKind, CritiquePart, Stance, SubmissionKind, Topic
from consult.text import day_of


@dataclass(frozen=True)
class Back:
    """What came back: the receipt of a submission that was received again, None where that was not lost; its first
    comment; the numbers of comments of which later versions came back; the names of files that were given again by
    now, and of those that are lost still."""

    receipt: Receipt | None
    number: int
    amended: tuple[int, ...]
    files: tuple[str, ...]
    lost: tuple[str, ...]


def bring_back(
    session: Session, consultation: Consultation, receipt: bytes, given: Sequence[bytes], code: str, secret: str,
    actor: Actor, now: datetime, files: FileStore, signer: Signer, codes: Codes,
) -> Back:  # fmt: skip
    """Receives again what a receipt file proves, in the time of then: comments, later versions, and of the files those
    that are `given`; commits. `code` is the look-up code, `secret` the second one, for which there is a new one when it
    is left out.

    Raises Refused: the policy's reason, those of `proofs.proved`, `brought_back_before`, those of `receive`, of `files`
    and of `amendments.bring_back`; Invalid ({"code": …}, {"secret": …}, {"files": …}, those of `receive`).
    """
    require(actor, Action.BRING_BACK, consultation, now)
    epochs = session.scalars(
        select(LedgerEpoch).where(LedgerEpoch.consultation_id == consultation.id).order_by(LedgerEpoch.number)
    ).all()
    found = proved(receipt, consultation.id, signer, epochs)
    keep_again(given, found, files)
    numbers, made = _numbers(session, consultation.id, found), None
    if not numbers:
        typed = _codes(session, consultation, code, secret, codes)
        new = _submission(session, found, typed, actor.user_id, now, files)
        made = receive(session, consultation, new, now, signer, codes)
        numbers = made.comment_numbers
    submission_id = submission_of(session, consultation.id, numbers[0]).id
    again = refill(session, consultation, submission_id, files)
    pairs = zip(numbers, found, strict=True)
    amended = tuple(one for one, lost in pairs if amendments.bring_back(session, consultation, one, lost, now))
    if made is None and not again and not amended:
        raise Refused("brought_back_before")
    missing = tuple(row.file_name for row in lost_of(session, consultation.id, submission_id))
    return Back(made, numbers[0], amended, tuple(again), missing)


def _numbers(session: Session, consultation_id: UUID, found: Sequence[ProvedComment]) -> tuple[int, ...]:
    """The numbers of the comments of a receipt where they are there: never lost, or back already."""
    if not found[0].is_lost:
        return tuple(one.lost.number for one in found)
    numbers = (_number_now(session, consultation_id, one) for one in found)
    return tuple(number for number in numbers if number is not None)


def _number_now(session: Session, consultation_id: UUID, one: ProvedComment) -> int | None:
    own = (LostEntry.consultation_id == consultation_id, LostEntry.epoch == one.lost.epoch)
    number = select(Comment.number).join(LostEntry, along(LostEntry.comment))
    return session.scalar(number.where(*own, LostEntry.was == one.lost.was))


def submission_of(session: Session, consultation_id: UUID, number: int) -> Submission:
    """The submission of a comment. Raises NotFound."""
    own = (Comment.consultation_id == consultation_id, Comment.number == number)
    found = session.scalars(select(Submission).join(Submission.comments).where(*own)).first()
    if found is None:
        raise NotFound
    return found


def _codes(session: Session, consultation: Consultation, code: str, secret: str, codes: Codes) -> tuple[str, str]:
    digits, second = lookup_codes.typed(code), lookup_codes.typed(secret)
    errors = {}
    if not lookup_codes.well_formed(digits) or not digits.startswith(consultation.short_key):
        errors["code"] = "not_a_code"
    elif session.scalar(select(Submission.id).where(Submission.code_hash.in_(lookup_codes.code_hashes(digits, codes)))):
        errors["code"] = "code_in_use"
    if second and len(second) != lookup_codes.SECRET_DIGITS:
        errors["secret"] = "not_a_code"
    if errors:
        raise Invalid(errors)
    return digits, second or str(secrets.randbelow(10**lookup_codes.SECRET_DIGITS)).zfill(lookup_codes.SECRET_DIGITS)


def _submission(
    session: Session, found: Sequence[ProvedComment], codes: tuple[str, str], by: UUID | None, now: datetime,
    files: FileStore,
) -> NewSubmission:  # fmt: skip
    entry, identity = found[0].entry, found[0].values["identity"]
    return NewSubmission(
        comments=tuple(_comment(one) for one in found),
        arrived_at=now,
        idempotency_key=hashlib.sha256(b"".join(one.lost.leaf for one in found)).hexdigest(),
        kind=SubmissionKind(entry["submission_kind"]),
        channel=Channel.RECEIPT,
        sender=_sender(session, identity, found[0].values["contact"]),
        letter=Letter(
            identity["letter_number"],
            day_of(identity["letter_on"]) if identity["letter_on"] else None,
            identity["signatory_name"],
            identity["signatory_office"],
            identity["signing_line"],
            identity.get("letter_place", ""),
        ),
        critique=_critique(identity["critique"]),
        cosigned=tuple(map(Cosigned.read, identity.get("cosigned", []))),
        attachments=attachments(found, files),
        consent_version=identity["consent"],
        received_at=_received_at(entry),
        received_reason=identity["received_reason"],
        recorded_by_id=by,
        brought_back=BroughtBack(*codes, tuple(one.lost for one in found)),
    )


def _received_at(entry: Any) -> datetime:
    """When it was received then: the moment of its entry, or the end of its day of receipt where that was earlier."""
    at = datetime.strptime(entry["at"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    day = date.fromisoformat(entry["day"])
    if clock.local_day(at) == day:
        return at
    return clock.start_of_day(day + timedelta(days=1)) - timedelta(seconds=1)


def _comment(one: ProvedComment) -> CommentInput:
    text, anchor = one.values["text"], one.entry["anchor"]
    place = None
    if anchor is not None:
        box = text["box"]
        place = AnchorInput(
            anchor["document"], anchor["revision"], anchor["path"] or "", text["quote"], anchor["page"],
            part=(box[0], box[1], box[2], box[3]) if box else None,
        )  # fmt: skip
    stance = Stance(text["stance"]) if text["stance"] else None
    topic = Topic(text["topic"]) if text.get("topic") else None
    part = CritiquePart(text["critique_part"]) if text.get("critique_part") else None
    return CommentInput(text["text"], place, stance, text["proposed"], text["reason"], topic, part)


def _sender(session: Session, identity: Any, contact: Any) -> Sender:
    area = identity["area"]
    known = area_by_key(session, area["code"], date.fromisoformat(area["valid_from"])) if area else None
    organisation = UUID(identity["organisation"]) if identity["organisation"] else None
    return Sender(
        identity["name"],
        identity["publish_name"],
        known.id if known else None,
        ContactKind(contact["kind"]),
        contact["contact"],
        organisation,
        identity.get("place_said", ""),
    )


def _critique(said: Any) -> CritiqueInput | None:
    if said is None:
        return None
    days = {name: date.fromisoformat(said[name]) if said[name] else None for name in ("held_on", "agreement_on")}
    return CritiqueInput(**{**said, **days})
