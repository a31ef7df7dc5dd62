"""What came on paper, by mail, at a meeting or by telephone, entered by an officer: the same way in as all the rest."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.models import Consultation
from consult.db import Lock, writing
from consult.errors import Invalid, Refused
from consult.files.letter_scans import Scan
from consult.files.store import FileStore
from consult.ledger.service import Signer
from consult.policy import Action, Actor, require
from consult.responses.intake import typed_bodies
from consult.responses.intake.typed_bodies import TypedBody
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
from consult.submissions.models import Submission
from consult.submissions.receiving import same_letter as same_letters
from consult.submissions.receiving.lookup_codes import key_hash
from consult.submissions.receiving.service import content_hash, other_key, receive
from consult.submissions.words import Channel, SubmissionKind

PAPER = (Channel.POST, Channel.IN_PERSON, Channel.MAIL, Channel.MEETING, Channel.TELEPHONE)
"""The channels that the desk enters; on the others people send for themselves."""


@dataclass(frozen=True)
class Paper:
    """What an officer enters. `received_on` is the local day it was legally received; `received_reason` says why that
    day is before today (a postmark, the minutes of a meeting). One that comes `once` has its key printed on it: with
    other content it is the same again, never a new one."""

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
    typed_body: TypedBody | None = None
    """Who sent it, when that is a body which is not known yet."""
    once: bool = False


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
    those of `receive`. Entering the same again with the same key gives the same receipt; another letter is a new one.
    """
    require(actor, Action.RECORD_PAPER, consultation, now)
    _check(paper, now)
    if paper.typed_body is None:
        return _received(session, consultation, _submission(paper, actor.user_id, now), now, signer, codes, paper.once)
    # The letter and the body that sent it are there both or neither.
    with writing(session, Lock.PEOPLE):
        body_id = typed_bodies.added(session, paper.typed_body, paper.sender.area_id, actor.user_id, now)
        new = _submission(replace(paper, sender=_from(paper, body_id)), actor.user_id, now)
        return _received(session, consultation, new, now, signer, codes, paper.once)


def with_known_body(session: Session, paper: Paper) -> Paper:
    """The same, from the body that has the typed name already, if there is one."""
    there = typed_bodies.known(session, paper.typed_body) if paper.typed_body is not None else None
    return paper if there is None else replace(paper, sender=_from(paper, there), typed_body=None)


def _from(paper: Paper, body_id: UUID) -> Sender:
    return replace(paper.sender, organisation_id=body_id)


def _received(
    session: Session,
    consultation: Consultation,
    new: NewSubmission,
    now: datetime,
    signer: Signer,
    codes: Codes,
    once: bool,
) -> Receipt:
    # A wrong field of the service bears the name of the field of the form.
    try:
        try:
            return receive(session, consultation, new, now, signer, codes)
        except Refused as refused:
            if refused.reason != "same_key_other_content" or once:
                raise
        # The form of a letter that is in, filled with the next one: after Back, or in a second tab.
        return receive(session, consultation, replace(new, idempotency_key=other_key(new)), now, signer, codes)
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
    if paper.kind is SubmissionKind.COMMENT and (paper.sender.organisation_id or paper.typed_body) is not None:
        errors["organisation"] = "organisation_sends_letters"
    if errors:
        raise Invalid(errors)


def same_letter(session: Session, consultation: Consultation, paper: Paper, now: datetime) -> Submission | None:
    """A submission that is in already with the same sender, number and day (`same_letter.find`), other than this very
    paper sent again."""
    new = _submission(paper, None, now)
    own = {key_hash(new.idempotency_key), key_hash(other_key(new))}
    return same_letters.find(
        session, consultation.id, paper.letter, paper.sender,
        lambda one: one.idempotency_hash not in own or one.body_hash != content_hash(new),
    )  # fmt: skip


def same_form(session: Session, consultation: Consultation, paper: Paper, now: datetime) -> int:
    """The number of the submission that this very form was used for before, with other content; 0 when it is new."""
    new = _submission(paper, None, now)
    found = session.scalar(
        select(Submission).where(
            Submission.consultation_id == consultation.id,
            Submission.idempotency_hash == key_hash(new.idempotency_key),
        )
    )
    return found.number if found is not None and found.body_hash != content_hash(new) else 0


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
