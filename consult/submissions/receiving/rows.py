"""The rows that are written when something is received, each with the columns it has at that moment.

Plain values that no session knows, made before the write lock is held; once stored, the tables are read as the entities
of `models.py`, which have the same attributes.
"""

import secrets
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from consult.ledger.commitment import SALT_BYTES, new_salt
from consult.submissions.inputs import Letter
from consult.submissions.words import (
    Channel,
    CommentActKind,
    ContactKind,
    CritiquePart,
    SightingKind,
    Stance,
    SubmissionKind,
    Topic,
)


def fresh_salt() -> bytes:
    """32 random bytes for one commitment."""
    return new_salt(secrets.token_bytes(SALT_BYTES))


@dataclass(slots=True, kw_only=True)
class SubmissionRow:
    """A row of `submission`. What only `admission` can give it, inside the transaction, has a default."""

    consultation_id: UUID
    id: UUID
    kind: SubmissionKind
    channel: Channel
    language: str
    arrived_at: datetime
    received_at: datetime
    received_reason: str | None
    recorded_at: datetime
    recorded_by_id: UUID | None
    organisation_id: UUID | None
    sender_name: str
    publish_name: bool
    area_id: UUID | None
    place_said: str
    contact_kind: ContactKind
    contact: str
    consent_version: str
    letter_number: str
    letter_on: date | None
    letter_place: str
    signatory_name: str
    signatory_office: str
    signing_line: str
    cosigned: list[Any]
    idempotency_hash: str
    body_hash: str
    code_hash: str
    secret_hash: str
    identity_salt: bytes = field(default_factory=fresh_salt)
    contact_salt: bytes = field(default_factory=fresh_salt)
    attachments_salt: bytes = field(default_factory=fresh_salt)
    late_critique: bool = False
    mail_code: str = ""
    number: int = 0
    receipt: dict[str, Any] = field(default_factory=dict)


def letter_columns(letter: Letter) -> dict[str, Any]:
    """What a submission holds of its letter."""
    return {
        "letter_number": letter.number,
        "letter_on": letter.on,
        "letter_place": letter.place,
        "signatory_name": letter.signatory_name,
        "signatory_office": letter.signatory_office,
        "signing_line": letter.signing_line,
    }


@dataclass(slots=True, kw_only=True)
class CommentRow:
    """A row of `comment`. Its number comes inside the transaction, and so does what it was split from."""

    consultation_id: UUID
    id: UUID
    submission_id: UUID
    position: int
    document_id: UUID | None
    revision_id: UUID | None
    provision_id: UUID | None
    page_id: UUID | None
    path: str
    quote: str
    box: list[int] | None
    topic: Topic | None
    critique_part: CritiquePart | None
    received_at: datetime
    split_from_id: UUID | None = None
    number: int = 0


@dataclass(slots=True, kw_only=True)
class VersionRow:
    """A row of `comment_version`, with a salt of its own."""

    consultation_id: UUID
    id: UUID
    comment_id: UUID
    version: int
    at: datetime
    stance: Stance | None
    text: str
    proposed: str
    reason: str
    text_salt: bytes = field(default_factory=fresh_salt)


@dataclass(slots=True, kw_only=True)
class ActRow:
    """A row of `comment_act` that counts from the start: nobody has to confirm it, or two people decided the same of
    what it came of."""

    consultation_id: UUID
    id: UUID
    comment_id: UUID
    kind: CommentActKind
    at: datetime
    by_id: UUID | None
    effective_at: datetime
    reason: str
    details: dict[str, Any]
    confirmed_by_id: UUID | None = None


@dataclass(slots=True, kw_only=True)
class AttachmentRow:
    """A row of `attachment` that belongs to a submission, not to a draft."""

    consultation_id: UUID
    id: UUID
    submission_id: UUID
    comment_id: UUID | None
    language: str
    seconds: int
    file_hash: str
    file_name: str
    media_type: str
    file_size: int
    role: str
    at: datetime
    lost_at: datetime | None = None


@dataclass(slots=True, kw_only=True)
class SightingRow:
    """A row of `sighting_place`."""

    consultation_id: UUID
    comment_id: UUID
    kind: SightingKind
    seen_on: date | None
    area_id: UUID | None
    latitude: float | None
    longitude: float | None


@dataclass(slots=True)
class BroughtBackRow:
    """A row of `brought_back`."""

    consultation_id: UUID
    comment_id: UUID
    epoch: int
    was: int
    number: int
    leaf: bytes


@dataclass(slots=True)
class LostVersionRow:
    """A row of `lost_version`."""

    consultation_id: UUID
    version_id: UUID
    epoch: int
    was: int
    leaf: bytes


@dataclass(slots=True, kw_only=True)
class CritiqueRow:
    """A row of `critique`."""

    consultation_id: UUID
    submission_id: UUID
    form: str
    held_on: date | None
    criteria: dict[str, Any]
    conclusion: str
    participants: str
    agreement_number: str
    agreement_on: date | None
    proceedings: dict[str, Any]
    divided_at: datetime | None
