"""The only way in: every submission, by whatever channel, is received here."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import is_dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.orm import Session

from consult.compiled_statements import Executor
from consult.consultations.matter import policy_facts
from consult.consultations.matter.policy_facts import PolicyFacts
from consult.consultations.models import Consultation
from consult.consultations.words import Kind
from consult.db import Database, writing
from consult.errors import Invalid
from consult.ledger.signer import Signer
from consult.people.models import Area
from consult.submissions.inputs import COMMENT_LIMIT, Codes, CommentInput, NewSubmission, Receipt
from consult.submissions.receiving import clause_wording, counted, lookup_codes, normalization, validation
from consult.submissions.receiving.admission import PendingSubmission, admit, received_before
from consult.submissions.receiving.anchor_resolution import Place, resolve
from consult.submissions.receiving.commitments import AreaKey
from consult.submissions.receiving.critique_parts import answerable_parts
from consult.submissions.receiving.submission_rows import Hashes, rows_of
from consult.text import normal

_KIND = select(Consultation.kind).where(Consultation.id == bindparam("consultation"))
_NOT_CONTENT = ("arrived_at", "idempotency_key", "language", "recorded_by_id")
_CAME_LATER = ("cosigned", "critique_part", "lost", "place", "place_said", "proceedings", "sighting")


@counted.counted
def receive(
    session: Session,
    consultation: Consultation | PolicyFacts,
    new: NewSubmission,
    now: datetime,
    signer: Signer,
    keys: Codes,
) -> Receipt:
    """Takes a submission in and hands over its receipt; commits, with its ledger entries, before it returns.

    What is in time is decided by `new.arrived_at` (for paper by `received_at`); `now` is when it is recorded. The same
    idempotency key with the same content gives the same receipt again (`repeated`), even after closing.

    Raises Invalid with every error found ({"comments.0.text": "required"}), and Refused: `same_key_other_content`,
    `not_published_yet`, `not_open_yet`, `too_late`, `withdrawn`, `already_submitted`, or the reason why an
    organisation may not lead a critique.
    """
    pending = _prepared(session, consultation, new, now, signer, keys)
    if isinstance(pending, Receipt):
        return pending
    _admit(session, consultation.id, pending)
    if isinstance(consultation, Consultation) and consultation in session:
        _reread(session, consultation)
    return _receipt_of(pending)


@counted.counted
def receive_at_once(
    database: Database,
    connection: Connection,
    matter: PolicyFacts,
    new: NewSubmission,
    now: datetime,
    signer: Signer,
    keys: Codes,
) -> Receipt:
    """The same without a session, for what everybody sends. `connection` is for reading, and closed once prepared."""
    pending = _prepared(connection, matter, new, now, signer, keys)
    if isinstance(pending, Receipt):
        return pending
    # Who waits for their turn must not keep a reading transaction open.
    connection.close()
    database.group_commit(matter.id, admit).submit(pending)
    return _receipt_of(pending)


def check(session: Session, consultation: Consultation | PolicyFacts, new: NewSubmission, now: datetime) -> None:
    """Raises Invalid with all that receiving would find wrong, and receives nothing."""
    _checked(session, consultation.id, new, now)


def checked_points(
    executor: Executor, consultation_id: UUID, typed: Sequence[CommentInput]
) -> list[tuple[CommentInput, Place | None]]:
    """Comments that are added to a submission later, cleaned, with what they are about. Raises Invalid as `receive`."""
    ready = [normalization.cleaned_comment(one) for one in typed]
    wrong: dict[str, str] = {}
    for position, one in enumerate(ready):
        wrong |= validation.of_comment(one, f"comments.{position}.")
    known = [None if f"comments.{position}.anchor" in wrong else one.anchor for position, one in enumerate(ready)]
    places, lost = resolve(executor, consultation_id, known)
    wrong |= {f"comments.{position}.anchor": code for position, code in lost.items()}
    if wrong := wrong | _topics(executor, consultation_id, ready):
        raise Invalid(wrong)
    said = clause_wording.without_unchanged(executor, consultation_id, ready, places)
    return list(zip(said, places, strict=True))


def content_hash(new: NewSubmission) -> str:
    """What tells whether two submissions with one key say the same; composed and decomposed letters are the same."""
    said = {name: value for name, value in _plain(new).items() if name not in _NOT_CONTENT}
    written = json.dumps(said, sort_keys=True, ensure_ascii=False, default=_plain)
    return hashlib.sha256(normal("NFC", written).encode("utf-8", "surrogatepass")).hexdigest()


def other_key(new: NewSubmission) -> str:
    """The key under which this is another submission, where its own was used for other content: always the same for the
    same content, so that sending it again is no third one."""
    return hashlib.sha256(f"{new.idempotency_key}\0{content_hash(new)}".encode()).hexdigest()[:32]


def area_of(executor: Executor, area_id: UUID | None) -> tuple[AreaKey | None, dict[str, str]]:
    """The code and first day of an area, or the error when there is none such."""
    if area_id is None:
        return None, {}
    row = executor.execute(select(Area.code, Area.valid_from).where(Area.id == area_id)).first()
    return (None, {"area": "unknown_area"}) if row is None else ((row[0], row[1]), {})


def _plain(value: Any) -> Any:
    if not is_dataclass(value):
        return str(value)
    # A member that came later tells nothing while it is empty: the same as was sent before it came has the same hash.
    return {name: said for name, said in vars(value).items() if name not in _CAME_LATER or said}


class _Checked(NamedTuple):
    """A submission in which nothing is wrong, cleaned, with what its comments are about and the sender's area."""

    new: NewSubmission
    places: list[Place | None]
    area: AreaKey | None


def _prepared(
    executor: Executor,
    matter: Consultation | PolicyFacts,
    new: NewSubmission,
    now: datetime,
    signer: Signer,
    keys: Codes,
) -> PendingSubmission | Receipt:
    """A submission in which nothing is wrong, all that is slow done; or the receipt of one that came before."""
    new = _nameless(new) if matter.kind is Kind.SIGHTINGS else new
    content = content_hash(new)
    try:
        checked = _checked(executor, matter.id, new, now)
    except Invalid:
        # What was received once stays received, even if a newer draft no longer has the clause it was about.
        before = received_before(executor, policy_facts.by_id(executor, matter.id), new, content, keys)
        if before is None:
            raise
        return before
    code, secret = _codes(matter, new, keys)
    hashes = Hashes(
        key=lookup_codes.key_hash(new.idempotency_key),
        content=content,
        code=lookup_codes.code_hash(code, keys),
        secret=lookup_codes.secret_hash(code, secret, keys),
    )
    rows = rows_of(matter.id, checked.new, checked.places, checked.area, hashes, now)
    return PendingSubmission(new, rows, content, code, secret, now, signer, keys)


def _nameless(new: NewSubmission) -> NewSubmission:
    """Who saw something at a place is never named in public, whatever was ticked on whichever way."""
    return replace(new, sender=replace(new.sender, publish_name=False))


def _codes(matter: Consultation | PolicyFacts, new: NewSubmission, keys: Codes) -> tuple[str, str]:
    """Both codes: made new, but for what is brought back with those that its sender has."""
    if new.brought_back is not None:
        return new.brought_back.code, new.brought_back.secret
    return lookup_codes.make(matter.short_key, matter.id, new.idempotency_key, keys)


def _receipt_of(pending: PendingSubmission) -> Receipt:
    if pending.receipt is None:
        raise pending.refused or RuntimeError("neither received nor refused")
    return pending.receipt


def _checked(executor: Executor, consultation_id: UUID, new: NewSubmission, now: datetime) -> _Checked:
    """Raises Invalid with all that is wrong. All that is slow happens here."""
    ready = normalization.cleaned(new)
    points = [comment for comment in ready.comments if comment.critique_part is None]
    odd = {} if len(points) <= COMMENT_LIMIT else {"comments": "too_many_comments"}
    places, lost = _places(executor, consultation_id, ready) if not odd else ([], {})
    area, unknown = area_of(executor, ready.sender.area_id)
    other = {**odd, **{f"comments.{position}.anchor": code for position, code in lost.items()}, **unknown}
    if places and not lost:
        said = clause_wording.without_unchanged(executor, consultation_id, ready.comments, places)
        ready = replace(ready, comments=said)
    validation.check(ready, now, {**other, **_topics(executor, consultation_id, ready.comments)})
    if ready.critique is not None and ready.brought_back is None:
        parts = answerable_parts(ready.critique, len(points))
        ready, places = replace(ready, comments=(*ready.comments, *parts)), [*places, *[None] * len(parts)]
    return _Checked(ready, places, area)


def _places(
    executor: Executor, consultation_id: UUID, ready: NewSubmission
) -> tuple[list[Place | None], dict[int, str]]:
    anchors = [
        None if validation.of_comment(comment, "").get("anchor") else comment.anchor for comment in ready.comments
    ]
    return resolve(executor, consultation_id, anchors)


def _topics(executor: Executor, consultation_id: UUID, comments: Sequence[CommentInput]) -> dict[str, str]:
    """The errors of topics where there are none: only comments on an environmental impact report have one."""
    named = [position for position, comment in enumerate(comments) if comment.topic]
    if not named or executor.scalar(_KIND, {"consultation": consultation_id}) is Kind.EIA_REPORT:
        return {}
    return {f"comments.{position}.topic": "not_a_choice" for position in named}


def _reread(session: Session, consultation: Consultation) -> None:
    """The matter as it is now; what the session reads afterwards is of a later moment than this reading."""
    session.refresh(consultation)
    if not session.info.get("writing"):
        # Nothing was written: this ends the reading and, unlike a rollback, forgets nothing of what was read.
        session.commit()


def _admit(session: Session, consultation_id: UUID, pending: PendingSubmission) -> None:
    """Alone inside a transaction that is under way, otherwise together with what arrives at the same time."""
    database: Database | None = session.info.get("database")
    if database is None or session.info.get("writing"):
        with writing(session, consultation_id):
            session.flush()
            admit(consultation_id, session.connection(), [pending])
        return
    # Who waits for their turn must not keep a reading transaction open.
    session.rollback()
    database.group_commit(consultation_id, admit).submit(pending)
