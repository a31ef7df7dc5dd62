"""What organisations prepare and send: letters, critiques, and drafts that still wait for somebody."""

from collections.abc import Iterator
from datetime import datetime
from itertools import count
from typing import Any
from uuid import UUID

from consult.demo import content
from consult.demo.matters import Scene
from consult.demo.voices import Act, once, remember
from consult.policy import Actor
from consult.submissions.inputs import CritiqueInput
from consult.submissions.receiving.critique_parts import answerable_parts
from consult.submissions.words import DIFFERING, CritiquePart, SubmissionKind
from consult.workspace import drafts, sending
from consult.workspace.content import DraftContent
from consult.workspace.cosigning import confirming, naming
from consult.workspace.points import Point
from consult.workspace.versions import saving

SEVERAL = (CritiquePart.CONCLUSION, CritiquePart.DIFFERING)
KINDS = {"formal_opinions": SubmissionKind.FORMAL, "critique": SubmissionKind.CRITIQUE}


def acts(scene: Scene) -> Iterator[Act]:
    """Everything that organisations prepare and send on a matter, with its moment."""
    for name, kind in KINDS.items():
        for row in content.parts(scene.slug, name):
            yield from _letter(scene, row, kind)
    for row in content.parts(scene.slug, "drafts"):
        moment = scene.calendar.at(row["day"], "15:00")
        yield moment, once(_draft, scene, row, SubmissionKind.FORMAL, moment, {})


def comment_rows(scene: Scene) -> Iterator[tuple[int, dict[str, Any]]]:
    """Every comment of a letter with the day on which it came."""
    for name in KINDS:
        for row in content.parts(scene.slug, name):
            for comment in row["comments"]:
                yield row["received"], comment
            for key in part_keys(row):
                yield row["received"], {"key": key}


def part_keys(row: dict[str, Any]) -> list[str]:
    """The keys of what a letter says beside its clauses, in the order received: `<letter>/necessity`, and those of its
    recommendations and differing opinions by number."""
    if "criteria" not in row:
        return []
    said = answerable_parts(CritiqueInput(row["form"], _criteria(row), row["conclusion"]), len(row["comments"]))
    numbers = {part: count(1) for part in SEVERAL}
    return [
        f"{row['key']}/{part}" + (f"-{next(numbers[part])}" if part in numbers else "")
        for one in said
        if (part := one.critique_part) is not None
    ]


def _criteria(row: dict[str, Any]) -> dict[str, Any]:
    """What it says under each head, with the opinions of participants that differ, if there are any."""
    apart = "\n".join(row.get("minority_opinions") or [])
    return {**row["criteria"], **({DIFFERING: apart} if apart else {})}


def _letter(scene: Scene, row: dict[str, Any], kind: SubmissionKind) -> Iterator[Act]:
    """A drafter prepares on the day of the letter, an authorised sender sends it on the day it came."""
    prepared, sent = scene.calendar.at(row["dated"], "15:00"), scene.calendar.at(row["received"], "16:00")
    kept: dict[str, Any] = {}
    yield prepared, once(_draft, scene, row, kind, prepared, kept)
    yield sent, once(_send, scene, row, sent, kept)


def _draft(scene: Scene, row: dict[str, Any], kind: SubmissionKind, now: datetime, kept: dict[str, Any]) -> None:
    organisation = scene.cast.organisations[row["organisation"]]
    drafter = scene.actor(row["drafter"])
    session, matter = scene.session, scene.consultation
    draft = drafts.start(session, matter, organisation.id, kind, drafter, now)
    saved = saving.save(session, matter, draft.id, _content(scene, row), draft.version, drafter, now).draft
    for one in row.get("cosigners", ()):
        _cosign(scene, draft.id, one, drafter, now)
    if row.get("handed_over", True):
        sending.hand_over(session, matter, draft.id, drafter, now)
    kept.update(draft=draft.id, version=saved.version)


def _cosign(scene: Scene, draft_id: UUID, row: dict[str, Any], drafter: Actor, now: datetime) -> None:
    """Another body is asked to sign too; it confirms where `by` says who does."""
    session, matter = scene.session, scene.consultation
    asked = naming.name(session, matter, draft_id, scene.cast.organisations[row["organisation"]].id, drafter, now)
    if row["by"]:
        confirming.answer(session, matter, asked.id, True, "", scene.actor(row["by"]), now)


def _send(scene: Scene, row: dict[str, Any], now: datetime, kept: dict[str, Any]) -> None:
    receipt = sending.send(
        scene.session, scene.consultation, kept["draft"], kept["version"], scene.actor(row["sender"]), now,
        scene.signer, scene.codes,
    )  # fmt: skip
    remember(scene, row, receipt, part_keys(row))


def _content(scene: Scene, row: dict[str, Any]) -> DraftContent:
    critique: dict[str, Any] = {}
    if "criteria" in row:
        criteria = _criteria(row)
        critique = {
            "form": row["form"],
            "held_on": scene.calendar.iso(row["held_on"]),
            "impact": criteria.pop("impact"),
            "criteria": criteria,
            "conclusion": row["conclusion"],
            "participants": "\n".join(row["participants"]),
            "held_at": row["place"] or "",
            **row.get("proceedings", {}),
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


def _draft_comment(row: dict[str, Any]) -> Point:
    return Point(row["anchor"] or "", row["stance"] or "", row["text"], row["proposed"] or "", row["reason"] or "")
