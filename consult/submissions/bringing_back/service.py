"""Bringing lost comments back from their sender's receipt: word for word, with their codes and their time."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.models import Consultation
from consult.errors import Invalid, Refused
from consult.files.store import FileStore, MissingFile
from consult.ledger.models import LedgerEpoch
from consult.ledger.service import Signer
from consult.people.areas import area_by_key
from consult.policy import Action, Actor, require
from consult.submissions.bringing_back.proofs import ProvedComment, proved
from consult.submissions.inputs import (
    AnchorInput,
    AttachmentInput,
    BroughtBack,
    Codes,
    CommentInput,
    CritiqueInput,
    Letter,
    NewSubmission,
    Receipt,
    Sender,
)
from consult.submissions.models import Submission
from consult.submissions.receiving import lookup_codes
from consult.submissions.receiving.models import LostEntry
from consult.submissions.receiving.service import receive
from consult.submissions.words import Channel, ContactKind, CritiquePart, Stance, SubmissionKind, Topic
from consult.text import day_of


def bring_back(
    session: Session, consultation: Consultation, receipt: bytes, code: str, secret: str, actor: Actor,
    now: datetime, files: FileStore, signer: Signer, codes: Codes,
) -> Receipt:  # fmt: skip
    """Receives again what a receipt file proves, in the time of then; commits. `code` is the look-up code, `secret` the
    second one, for which there is a new one when it is left out.

    Raises Refused: the policy's reason, those of `proofs.proved`, `brought_back_before`, `receipt_spoken` (a voice is
    not in a receipt), those of `receive`; Invalid ({"code": …}, {"secret": …}, those of `receive`).
    """
    require(actor, Action.BRING_BACK, consultation, now)
    epochs = session.scalars(
        select(LedgerEpoch).where(LedgerEpoch.consultation_id == consultation.id).order_by(LedgerEpoch.number)
    ).all()
    found = proved(receipt, consultation.id, signer, epochs)
    if any(_is_back(session, consultation.id, one) for one in found):
        raise Refused("brought_back_before")
    if any(not one.values["text"]["text"] for one in found):
        raise Refused("receipt_spoken")
    given = _codes(session, consultation, code, secret, codes)
    new = _submission(session, found, given, actor.user_id, now, files)
    return receive(session, consultation, new, now, signer, codes)


def _is_back(session: Session, consultation_id: UUID, one: ProvedComment) -> bool:
    own = (LostEntry.consultation_id == consultation_id, LostEntry.epoch == one.lost.epoch)
    return session.scalar(select(LostEntry.comment_id).where(*own, LostEntry.was == one.lost.was)) is not None


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
        ),
        critique=_critique(identity["critique"]),
        attachments=_attachments(found[0].values["attachments"], files),
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
    )


def _critique(said: Any) -> CritiqueInput | None:
    if said is None:
        return None
    days = {name: date.fromisoformat(said[name]) if said[name] else None for name in ("held_on", "agreement_on")}
    return CritiqueInput(**{**said, **days})


def _attachments(listed: Any, files: FileStore) -> tuple[AttachmentInput, ...]:
    """Those files that the site still has: a receipt names them by their hashes, and does not hold them."""
    return tuple(
        AttachmentInput(one["sha256"], one["name"], "application/octet-stream", one["size"])
        for one in listed
        if _is_kept(files, one["sha256"])
    )


def _is_kept(files: FileStore, name: str) -> bool:
    try:
        files.opened(name).close()
    except (MissingFile, ValueError):
        return False
    return True
