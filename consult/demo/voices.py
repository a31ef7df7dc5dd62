"""What people and organisations send, each at its own moment and by its own channel."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import select

from consult.consultations.models import Consultation
from consult.demo import content
from consult.demo.matters import Scene
from consult.responses import intake
from consult.submissions import anchors, organisation_drafts, organisation_sending, receiving
from consult.submissions.inputs import CommentInput, NewSubmission, Receipt, Sender
from consult.submissions.models import Submission
from consult.submissions.organisation_content import DraftComment, DraftContent
from consult.submissions.words import Channel, ContactKind, Stance, SubmissionKind

Act = tuple[datetime, Callable[[], Any]]
SELF_SENT = {"web", "api"}


def acts(scene: Scene) -> Iterator[Act]:
    """Everything that is sent on a matter, with its moment."""
    for row in content.parts(scene.slug, "comments"):
        yield scene.calendar.at(row["day"], row["time"]), _once(_citizen, scene, row)
    for row in content.parts(scene.slug, "formal_opinions"):
        yield from _letter(scene, row, SubmissionKind.FORMAL)
    for row in content.parts(scene.slug, "critique"):
        yield from _letter(scene, row, SubmissionKind.CRITIQUE)


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


def _once(act: Callable[..., Any], *arguments: Any) -> Callable[[], Any]:
    return lambda: act(*arguments)


def _citizen(scene: Scene, row: dict[str, Any]) -> None:
    moment = scene.calendar.at(row["day"], row["time"])
    key = _key(scene.consultation, row["key"])
    comments = tuple(_comment(one) for one in row["comments"])
    if row["channel"] in SELF_SENT:
        new = NewSubmission(comments, moment, key, channel=Channel(row["channel"]), sender=_sender(scene, row))
        receipt = receiving.receive(scene.session, scene.consultation, new, moment, scene.signer, scene.codes)
    else:
        receipt = intake.record(
            scene.session, scene.consultation, _paper(scene, row, comments, key), scene.officer, moment,
            scene.signer, scene.codes,
        )  # fmt: skip
    _remember(scene, row, receipt)


def _remember(scene: Scene, row: dict[str, Any], receipt: Receipt) -> None:
    scene.submissions[row["key"]] = receipt.submission_number
    keys = [comment["key"] for comment in row["comments"]]
    scene.numbers.update(zip(keys, receipt.comment_numbers, strict=True))


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
    return CommentInput(
        row["text"], anchors.parse(row["anchor"] or ""), stance, row["proposed"] or "", row["reason"] or ""
    )


def _letter(scene: Scene, row: dict[str, Any], kind: SubmissionKind) -> Iterator[Act]:
    """A drafter prepares on the day of the letter, an authorised sender sends it on the day it came."""
    prepared, sent = scene.calendar.at(row["dated"], "15:00"), scene.calendar.at(row["received"], "16:00")
    kept: dict[str, Any] = {}
    yield prepared, _once(_draft, scene, row, kind, prepared, kept)
    yield sent, _once(_send, scene, row, sent, kept)


def _draft(scene: Scene, row: dict[str, Any], kind: SubmissionKind, now: datetime, kept: dict[str, Any]) -> None:
    organisation = scene.cast.organisations[row["organisation"]]
    drafter = scene.actor(row["drafter"])
    session, matter = scene.session, scene.consultation
    draft = organisation_drafts.start(session, matter, organisation.id, kind, drafter, now)
    saved = organisation_drafts.save(session, matter, draft.id, _content(scene, row), draft.version, drafter, now)
    organisation_sending.hand_over(session, matter, draft.id, drafter, now)
    kept.update(draft=draft.id, version=saved.version)


def _send(scene: Scene, row: dict[str, Any], now: datetime, kept: dict[str, Any]) -> None:
    receipt = organisation_sending.send(
        scene.session, scene.consultation, kept["draft"], kept["version"], scene.actor(row["sender"]), now,
        scene.signer, scene.codes,
    )  # fmt: skip
    _remember(scene, row, receipt)


def _content(scene: Scene, row: dict[str, Any]) -> DraftContent:
    critique: dict[str, Any] = {}
    if "criteria" in row:
        criteria = dict(row["criteria"])
        critique = {
            "form": row["form"],
            "held_on": scene.calendar.iso(row["held_on"]),
            "impact": criteria.pop("impact"),
            "criteria": criteria,
            "conclusion": "\n".join([row["conclusion"], *(row.get("minority_opinions") or [])]),
            "participants": "\n".join(row["participants"]),
        }
    return DraftContent(
        letter_number=row["number"],
        letter_on=scene.calendar.iso(row["dated"]),
        signatory_name=row["signatory"]["name"],
        signatory_office=row["signatory"]["office"],
        signing_line=row["signatory"]["signing_line"],
        comments=tuple(_draft_comment(one) for one in row["comments"]),
        **critique,
    )


def _draft_comment(row: dict[str, Any]) -> DraftComment:
    return DraftComment(
        row["anchor"] or "", row["stance"] or "", row["text"], row["proposed"] or "", row["reason"] or ""
    )


def _key(consultation: Consultation, key: str) -> str:
    return hashlib.sha256(f"{consultation.id}:{key}".encode()).hexdigest()
