"""A matter with very many comments, put into its tables directly: for measuring pages and plans, never for proving.

Sending 200,000 comments through the services would take an hour. What is left out is what no public page reads: the log
entries, the receipts, the codes. So the ledger of such a matter is empty, and nothing here may be taken for a check.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from bench.matter import ANSWERED_TOGETHER, BODIES, SUBJECTS, WISHES, Bench
from consult.consultations.document_models import Provision
from consult.consultations.matter import queries
from consult.consultations.models import Counter
from consult.db import new_id, writing
from consult.people.words import Role
from consult.responses.models import (
    Assignment,
    Response,
    ResponseApproval,
    ResponsePublication,
    ResponseTarget,
    ResponseVersion,
)
from consult.responses.words import Disposition
from consult.submissions.models import Comment, CommentAct, CommentVersion, Joiner, Submission
from consult.submissions.words import Channel, CommentActKind, InvalidReason, Stance, SubmissionKind, WithheldReason

MOST = 400_000
BATCH = 2_000
DAYS = 30
EVERY = {"withdrawn": 997, "invalid": 499, "withheld": 251, "formal": 200, "critique": 4_000, "in_check": 50}
"""One comment in so many is of that kind; the numbers share no divisor, so that the kinds meet too."""
JOINED = 20
ANSWERED = 2
"""One comment in so many has joiners, is answered."""


@dataclass
class Volume:
    """The rows of one batch, by table, and what all of them share."""

    consultation_id: UUID
    officer_id: UUID
    places: list[dict[str, Any]]
    begins: datetime
    chance: random.Random
    rows: dict[type[Any], list[dict[str, Any]]] = field(default_factory=dict)

    def add(self, table: type[Any], **values: Any) -> UUID:
        """One row under the matter, and its id."""
        row_id: UUID = values.pop("id", None) or new_id()
        own = {} if table is ResponseTarget else {"id": row_id}
        self.rows.setdefault(table, []).append({"consultation_id": self.consultation_id, **own, **values})
        return row_id


def fill(made: Bench, comments: int, now: datetime) -> None:
    """Adds so many comments (at most MOST) to a matter that has none, with acts, answers and joiners.

    Raises ValueError for more.
    """
    if not 0 < comments <= MOST:
        raise ValueError(f"between 1 and {MOST} comments")
    with made.app.extensions["consult.database"].session() as session:
        matter_id, places = _places(session, made.slug)
        officer = made.desk[Role.OFFICER].user_id
        assert officer is not None
        volume = Volume(matter_id, officer, places, now - timedelta(days=DAYS), random.Random(2026))
        numbers = iter(range(1, comments + 1))
        while batch := list(islice(numbers, BATCH)):
            for number in batch:
                _comment(volume, number, volume.begins + timedelta(days=DAYS) * (number / (comments + 1)))
            _answers(volume, batch, now)
            _put(session, volume)
        with writing(session, matter_id):
            for name in ("comment", "submission"):
                session.add(Counter(consultation_id=matter_id, name=name, value=comments))
            queries.by_slug(session, made.slug).touch()


def _places(session: Session, slug: str) -> tuple[UUID, list[dict[str, Any]]]:
    """The matter, and the columns by which a comment names each provision of its draft."""
    matter = queries.by_slug(session, slug)
    revision = queries.current_revision(session, matter.id)
    shared = {"document_id": revision.document_id, "revision_id": revision.id}
    provisions = select(Provision.id, Provision.path).where(
        Provision.consultation_id == matter.id, Provision.revision_id == revision.id
    )
    return matter.id, [{**shared, "provision_id": key, "path": path} for key, path in session.execute(provisions)]


def _put(session: Session, volume: Volume) -> None:
    with writing(session, volume.consultation_id):
        for table, rows in volume.rows.items():
            session.execute(insert(table), rows)
    volume.rows.clear()


def _comment(volume: Volume, number: int, at: datetime) -> None:
    chance, place = volume.chance, volume.chance.choice(volume.places)
    submission_id = volume.add(Submission, **_submission(number, at))
    comment_id = volume.add(
        Comment, number=number, submission_id=submission_id, position=1, page_id=None, quote="", box=None, topic=None,
        split_from_id=None, received_at=at, **place,
    )  # fmt: skip
    said = f"{chance.choice(BODIES)} {chance.choice(WISHES)} khi quản lý {chance.choice(SUBJECTS)}."
    volume.add(
        CommentVersion, comment_id=comment_id, version=1, at=at, stance=chance.choice(list(Stance)), text=said,
        proposed="", reason="Vì thực tế ở xã.", text_salt=None,
    )  # fmt: skip
    for kind, reason in acts(number):
        _act(volume, comment_id, kind, reason, at + timedelta(minutes=5))
    if number % JOINED == 0:
        for turn in range(chance.randint(1, 5)):
            _joiner(volume, comment_id, number * 10 + turn, at + timedelta(hours=1))


def _submission(number: int, at: datetime) -> dict[str, Any]:
    kinds = ((EVERY["critique"], SubmissionKind.CRITIQUE), (EVERY["formal"], SubmissionKind.FORMAL))
    kind = next((kind for every, kind in kinds if number % every == 0), SubmissionKind.COMMENT)
    nothing = dict.fromkeys(("recorded_by_id", "received_reason", "organisation_id", "area_id", "letter_on",
                             "identity_salt", "contact_salt", "attachments_salt"))  # fmt: skip
    made_up = {name: f"{name} {number}" for name in ("idempotency_hash", "body_hash", "code_hash", "secret_hash")}
    return {
        **nothing, **made_up, "number": number, "kind": kind, "channel": Channel.WEB, "arrived_at": at,
        "received_at": at, "recorded_at": at, "sender_name": "Nguyễn Văn Bình", "publish_name": True, "receipt": {},
    }  # fmt: skip


def acts(number: int) -> Iterator[tuple[CommentActKind, str]]:
    """What was done to the comment of this number before anybody answered it: the kinds, with their reasons."""
    if number % EVERY["withheld"] == 0:
        yield CommentActKind.WITHHELD, WithheldReason.PERSONAL_DATA.value
    elif number % EVERY["in_check"]:
        yield CommentActKind.RELEASED, ""
    if number % EVERY["invalid"] == 0:
        yield CommentActKind.INVALID, InvalidReason.OFF_TOPIC.value
    if number % EVERY["withdrawn"] == 0:
        yield CommentActKind.WITHDRAWN, ""


def _act(volume: Volume, comment_id: UUID, kind: CommentActKind, reason: str, at: datetime) -> None:
    volume.add(
        CommentAct, comment_id=comment_id, kind=kind, at=at, by_id=volume.officer_id, effective_at=at,
        confirmed_by_id=None, refused_at=None, reason=reason, details={},
    )  # fmt: skip


def _joiner(volume: Volume, comment_id: UUID, number: int, at: datetime) -> None:
    codes = {name: f"{name} {number}" for name in ("idempotency_hash", "code_hash", "secret_hash")}
    volume.add(Joiner, number=number, comment_id=comment_id, at=at, receipt={}, withdrawn_at=None, **codes)


def _answers(volume: Volume, numbers: list[int], now: datetime) -> None:
    """One comment in ANSWERED of the batch is given to somebody and answered, so many together."""
    comments = [row["id"] for row in volume.rows[Comment] if row["number"] % ANSWERED == 0]
    for start in range(0, len(comments), ANSWERED_TOGETHER):
        together = comments[start : start + ANSWERED_TOGETHER]
        response_id = volume.add(Response, number=numbers[0] + start, created_at=now, created_by_id=volume.officer_id)
        version_id = volume.add(
            ResponseVersion, response_id=response_id, version=1, disposition=volume.chance.choice(list(Disposition)),
            text="Tiếp thu, đã chỉnh sửa tại dự thảo.", written_at=now, hash=str(response_id),
            written_by_id=volume.officer_id,
        )  # fmt: skip
        volume.add(
            ResponseApproval,
            response_id=response_id,
            version_hash=str(response_id),
            approved=True,
            at=now,
            by_id=volume.officer_id,
        )
        volume.add(ResponsePublication, response_id=response_id, version_id=version_id, at=now, by_id=volume.officer_id)
        for comment_id in together:
            volume.add(ResponseTarget, comment_id=comment_id, response_id=response_id, at=now)
            _act(volume, comment_id, CommentActKind.ANSWERED, "", now)
            volume.add(
                Assignment,
                comment_id=comment_id,
                unit_id=None,
                user_id=volume.officer_id,
                at=now,
                by_id=volume.officer_id,
            )
