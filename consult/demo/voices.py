"""What people send, each at their own moment and by their own channel, and what they change afterwards."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from consult.consultations.models import Consultation
from consult.demo import content
from consult.demo.drawn import sketches
from consult.demo.matters import Scene
from consult.responses.intake import service as intake
from consult.submissions import anchors
from consult.submissions.inputs import CommentInput, NewSubmission, Receipt, Sender
from consult.submissions.models import Submission
from consult.submissions.receiving import service as receiving
from consult.submissions.sender import amendment
from consult.submissions.words import Channel, ContactKind, Stance, SubmissionKind, Topic

Act = tuple[datetime, Callable[[], Any]]
SELF_SENT = {"web", "api"}


def acts(scene: Scene) -> Iterator[Act]:
    """Everything that people send on a matter, with its moment."""
    for row in content.parts(scene.slug, "comments"):
        yield scene.calendar.at(row["day"], row["time"]), once(_citizen, scene, row)
    for row in content.parts(scene.slug, "amendments"):
        moment = scene.calendar.at(row["day"], row["time"])
        yield moment, once(_amend, scene, row, moment)


def comment_rows(scene: Scene) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Every citizen's comment with the submission it is part of."""
    for row in content.parts(scene.slug, "comments"):
        for comment in row["comments"]:
            yield row, comment


def submission_of(scene: Scene, key: str) -> Submission:
    """A submission that was received, by its key."""
    return scene.session.scalars(
        select(Submission).where(
            Submission.consultation_id == scene.consultation.id, Submission.number == scene.submissions[key]
        )
    ).one()


def once(act: Callable[..., Any], *arguments: Any) -> Callable[[], Any]:
    """An act that waits for its moment."""
    return lambda: act(*arguments)


def remember(scene: Scene, row: dict[str, Any], receipt: Receipt, more: Sequence[str] = ()) -> None:
    """Keeps the public numbers of what was received, by the keys of the content and, behind them, `more`."""
    scene.submissions[row["key"]] = receipt.submission_number
    keys = [*(comment["key"] for comment in row["comments"]), *more]
    scene.numbers.update(zip(keys, receipt.comment_numbers, strict=True))


def _citizen(scene: Scene, row: dict[str, Any]) -> None:
    moment = scene.calendar.at(row["day"], row["time"])
    key = key_of(scene.consultation, row["key"])
    comments = tuple(_comment(one) for one in row["comments"])
    if row["channel"] in SELF_SENT:
        files = tuple(sketches.attached(scene.files, name) for name in row.get("files", ()))
        channel, sender = Channel(row["channel"]), _sender(scene, row)
        new = NewSubmission(comments, moment, key, channel=channel, sender=sender, attachments=files)
        receipt = receiving.receive(scene.session, scene.consultation, new, moment, scene.signer, scene.codes)
    else:
        receipt = intake.record(
            scene.session, scene.consultation, _paper(scene, row, comments, key), scene.officer, moment,
            scene.signer, scene.codes,
        )  # fmt: skip
    remember(scene, row, receipt)


def _amend(scene: Scene, row: dict[str, Any], now: datetime) -> None:
    sent = submission_of(scene, row["submission"])
    changed = _comment({"anchor": None, **row})
    amendment.amend(scene.session, scene.consultation, sent, scene.numbers[row["comment"]], changed, now, now)


def _paper(scene: Scene, row: dict[str, Any], comments: tuple[CommentInput, ...], key: str) -> intake.Paper:
    return intake.Paper(
        kind=SubmissionKind.COMMENT,
        channel=Channel(row["channel"]),
        comments=comments,
        sender=_sender(scene, row),
        letter=NewSubmission((), scene.calendar.at(0), "").letter,
        received_on=scene.calendar.day(row["day"] if row["received_day"] is None else row["received_day"]),
        received_reason=row["received_reason"] or row["place"] or "",
        idempotency_key=key,
    )


def _sender(scene: Scene, row: dict[str, Any]) -> Sender:
    said = row["sender"]
    contact = said.get("contact") or {"kind": "none", "value": None}
    return Sender(
        name=said["name"] or "",
        publish_name=bool(said["publish_name"]),
        area_id=scene.cast.areas[tuple(said["area"])] if said["area"] else None,
        contact_kind=ContactKind(contact["kind"]),
        contact=contact["value"] or "",
    )


def _comment(row: dict[str, Any]) -> CommentInput:
    stance = Stance(row["stance"]) if row["stance"] else None
    topic = Topic(row["topic"]) if row.get("topic") else None
    anchor = anchors.parse(row["anchor"] or "")
    if anchor is not None and row.get("quote"):
        anchor = replace(anchor, quote=row["quote"])
    return CommentInput(row["text"], anchor, stance, row["proposed"] or "", row["reason"] or "", topic)


def key_of(consultation: Consultation, key: str) -> str:
    """The idempotency key of what the content calls `key`."""
    return hashlib.sha256(f"{consultation.id}:{key}".encode()).hexdigest()
