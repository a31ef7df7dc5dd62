"""What the desk does in the demonstration: checking, assigning, answering, approving, publishing, concluding."""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from consult.demo import content, letters
from consult.demo.matters import Scene
from consult.demo.voices import Act, comment_rows, submission_of
from consult.policy import Actor
from consult.responses.answers import approval, conclusion, drafting, publication
from consult.responses.answers.answer_state import read
from consult.responses.answers.warnings.words import AnswerWarning
from consult.responses.desk import assignment, set_apart
from consult.submissions.acts import decisions
from consult.submissions.acts import service as acts_on_comments
from consult.submissions.disclosure import waits_for_release
from consult.submissions.sender import amendment
from consult.submissions.words import CommentActKind, InvalidReason, WithheldReason

CHECKED_UNTIL = -2
"""What came after this day is still in check, so that there is something to do."""


def acts(scene: Scene) -> Iterator[Act]:
    """Everything the desk does on a matter, with its moment."""
    yield from _each_day(scene)
    for row, comment in comment_rows(scene):
        if comment["treatment"]:
            moment = scene.calendar.at(min(row["day"] + 1, 0), "00:30" if row["day"] >= -1 else "10:00")
            yield moment, _treat(scene, row, comment, moment)
    yield from _answers(scene)
    if scene.row["concluded"] is not None:
        moment = scene.calendar.at(scene.row["concluded"], "17:00")
        publisher = scene.actor(scene.row["publisher"])
        yield moment, lambda: conclusion.conclude(scene.session, scene.consultation, publisher, moment)


def _each_day(scene: Scene) -> Iterator[Act]:
    """Each afternoon what came the day before is given to the unit and, when nothing is wrong with it, released."""
    came = [(row["day"], comment) for row, comment in comment_rows(scene)] + list(letters.comment_rows(scene))
    for day, pairs in groupby(sorted(came, key=itemgetter(0)), key=itemgetter(0)):
        if day > CHECKED_UNTIL:
            continue
        keys = [comment["key"] for _, comment in pairs if comment.get("treatment") is None]
        moment = scene.calendar.at(day + 1, "16:30")
        yield moment, _handle(scene, keys, moment)


def _handle(scene: Scene, keys: list[str], now: datetime) -> Callable[[], None]:
    def handle() -> None:
        numbers = [scene.numbers[key] for key in keys]
        if not numbers:
            return
        unit = scene.cast.unit_of(scene.row["answering_body"])
        if unit is not None:
            assignment.assign(scene.session, scene.consultation, numbers, unit, None, scene.officer, now)
        if waits_for_release(scene.consultation.disclosure):
            acts_on_comments.release(scene.session, scene.consultation, numbers, scene.officer, now)

    return handle


def _treat(scene: Scene, row: dict[str, Any], comment: dict[str, Any], now: datetime) -> Callable[[], None]:
    def treat() -> None:
        number = scene.numbers[comment["key"]]
        treatment = comment["treatment"]
        if treatment == "withdraw":
            sent = submission_of(scene, row["key"])
            amendment.withdraw(scene.session, scene.consultation, sent, [number], now, now)
        elif treatment == "quarantine":
            reason = comment["treatment_reason"]
            acts_on_comments.quarantine(scene.session, scene.consultation, number, reason, scene.officer, now)
            set_apart.open_text(scene.session, scene.consultation, number, scene.officer, now)
        elif treatment == "propose_withholding":
            details = {"note": comment["treatment_reason"]}
            _propose(scene, number, CommentActKind.WITHHELD, WithheldReason.PERSONAL_DATA, details, now)
        elif treatment == "invalid":
            _decide(scene, number, CommentActKind.INVALID, InvalidReason.ADVERTISING, {}, now)
        else:
            details = {"text": comment["redacted_text"], "stance": comment["stance"]}
            _decide(scene, number, CommentActKind.REDACTED, WithheldReason.PERSONAL_DATA, details, now)

    return treat


def _propose(
    scene: Scene, number: int, kind: CommentActKind, reason: str, details: dict[str, Any], now: datetime
) -> UUID:
    act = decisions.propose(scene.session, scene.consultation, number, kind, reason, scene.officer, now, details)
    return act.id


def _decide(
    scene: Scene, number: int, kind: CommentActKind, reason: str, details: dict[str, Any], now: datetime
) -> None:
    act_id = _propose(scene, number, kind, reason, details, now)
    decisions.confirm(scene.session, scene.consultation, act_id, scene.second_person, now)


def _answers(scene: Scene) -> Iterator[Act]:
    rows = content.parts(scene.slug, "answers")
    made: dict[str, UUID] = {}
    for row in rows:
        moment = scene.calendar.at(row["drafted_day"], "09:30")
        yield moment, _draft(scene, row, moment, made)
    for step, field, local_time in ((_approve, "approved_day", "14:00"), (_publish, "published_day", "16:00")):
        due = sorted((row for row in rows if row[field] is not None), key=lambda row: row[field])
        for day, group in groupby(due, key=lambda row: row[field]):
            moment = scene.calendar.at(day, local_time)
            yield moment, step(scene, [row["key"] for row in group], moment, made)


def _draft(scene: Scene, row: dict[str, Any], now: datetime, made: dict[str, UUID]) -> Callable[[], None]:
    def draft() -> None:
        numbers = [scene.numbers[key] for key in row["comments"]]
        text = "\n\n".join(part for part in (row["text"], row["reason"]) if part)
        response = drafting.draft_answer(
            scene.session, scene.consultation, numbers, row["disposition"], text, scene.actor(row["drafter"]), now,
            change_path=row["changes"] or "", ticked=tuple(AnswerWarning),
        )  # fmt: skip
        made[row["key"]] = response.id

    return draft


def _approve(scene: Scene, keys: list[str], now: datetime, made: dict[str, UUID]) -> Callable[[], None]:
    def approve() -> None:
        wanted = {made[key] for key in keys}
        answers = read(scene.session, scene.consultation.id, wanted)
        choices = [(answer.response.id, answer.versions[-1].hash) for answer in answers]
        leader: Actor = scene.actor(scene.row["leader"])
        approval.approve(scene.session, scene.consultation, choices, leader, now, warned=True)

    return approve


def _publish(scene: Scene, keys: list[str], now: datetime, made: dict[str, UUID]) -> Callable[[], None]:
    def publish() -> None:
        publisher = scene.actor(scene.row["publisher"])
        publication.publish_answers(scene.session, scene.consultation, [made[key] for key in keys], publisher, now)

    return publish
