"""What came on paper, by mail, at a meeting or by telephone, entered by an officer: the same way in as all the rest."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.models import Consultation
from consult.errors import Invalid
from consult.files.letter_scans import Scan
from consult.files.store import FileStore
from consult.ledger.service import Signer
from consult.policy import Action, Actor, require
from consult.submissions.inputs import (
    AttachmentInput,
    Codes,
    CommentInput,
    CritiqueInput,
    Letter,
    NewSubmission,
    Receipt,
    Sender,
)
from consult.submissions.receiving.service import receive
from consult.submissions.words import Channel, SubmissionKind

PAPER = (Channel.POST, Channel.IN_PERSON, Channel.MAIL, Channel.MEETING, Channel.TELEPHONE)
"""The channels that the desk enters; on the others people send for themselves."""


@dataclass(frozen=True)
class Paper:
    """What an officer enters. `received_on` is the local day it was legally received; `received_reason` says why that
    day is before today (a postmark, the minutes of a meeting)."""

    kind: SubmissionKind
    channel: Channel
    comments: tuple[CommentInput, ...]
    sender: Sender
    letter: Letter
    received_on: date
    received_reason: str
    idempotency_key: str
    scans: tuple[AttachmentInput, ...] = ()
    critique: CritiqueInput | None = None


def keep_scan(files: FileStore, scan: Scan) -> AttachmentInput:
    """Puts a checked scan into the store; slow, and therefore before any lock."""
    return AttachmentInput(files.put(scan.data), scan.name, scan.media_type, len(scan.data), "scan")


def record(
    session: Session,
    consultation: Consultation,
    paper: Paper,
    actor: Actor,
    now: datetime,
    signer: Signer,
    codes: Codes,
) -> Receipt:
    """Receives a paper as what it is: in time when it was received in time, however much later it is typed in.

    Raises Invalid ({"received_on": …}, {"organisation": …}, those of `receive`) and Refused: the policy's reason, and
    those of `receive`. Entering the same again with the same key gives the same receipt.
    """
    require(actor, Action.RECORD_PAPER, consultation, now)
    _check(paper, now)
    # A wrong field of the service bears the name of the field of the form.
    try:
        return receive(session, consultation, _submission(paper, actor.user_id, now), now, signer, codes)
    except Invalid as invalid:
        raise Invalid({_NAMES.get(name, name): code for name, code in invalid.errors.items()}) from invalid


_NAMES = {"received_at": "received_on"}


def _check(paper: Paper, now: datetime) -> None:
    errors = {}
    if paper.channel not in PAPER:
        errors["channel"] = "not_a_choice"
    if paper.received_on > clock.local_day(now):
        errors["received_on"] = "in_the_future"
    if paper.kind is SubmissionKind.CRITIQUE and paper.critique is None:
        errors["critique_form"] = "required"
    if paper.kind is SubmissionKind.COMMENT and paper.sender.organisation_id is not None:
        errors["organisation"] = "organisation_sends_letters"
    if errors:
        raise Invalid(errors)


def _submission(paper: Paper, recorded_by: UUID | None, now: datetime) -> NewSubmission:
    return NewSubmission(
        comments=paper.comments,
        arrived_at=now,
        idempotency_key=paper.idempotency_key,
        kind=paper.kind,
        channel=paper.channel,
        sender=paper.sender,
        letter=paper.letter,
        critique=paper.critique,
        attachments=paper.scans,
        consent_version="",
        received_at=received_moment(paper.received_on, now),
        received_reason=paper.received_reason,
        recorded_by_id=recorded_by,
    )


def received_moment(day: date, now: datetime) -> datetime | None:
    """The instant that stands for an earlier day of receipt: its last second, since a paper that came on the last day
    came in time. None for today: then the moment of entry is that of receipt."""
    if day >= clock.local_day(now):
        return None
    return clock.start_of_day(day + timedelta(days=1)) - timedelta(seconds=1)
