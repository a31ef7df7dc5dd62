"""How comments are sorted in the demonstration: a tag, a rule, one handed over with a reason, and what a sender asks of
their data."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from sqlalchemy import select

from consult.consultations.words import Procedure
from consult.demo import moved
from consult.demo.matters import Scene
from consult.demo.voices import Act
from consult.errors import NoneTaken
from consult.responses.data_requests import service as data_requests
from consult.responses.desk.transfer import transfer
from consult.responses.rules import service as rules
from consult.responses.rules.matching import NewRule
from consult.responses.tags import service as tags
from consult.submissions.models import Submission

TAG = "Điều kiện vùng cao"
WHY = "Nội dung này thuộc việc của người được chuyển; xin trả lời giúp."
ASKED = "Xin sửa tên tôi cho đúng giấy tờ: tôi ghi thiếu tên đệm."
FIRST = 3


def acts(scene: Scene) -> Iterator[Act]:
    """What was attached to a wrong place; and on an open matter a tag on the first comments, a rule by it, a comment
    handed over, and a request."""
    yield from moved.acts(scene)
    if scene.row["concluded"] is not None or scene.consultation.procedure is not Procedure.COMMENT:
        return
    for day, hour, act in ((-2, "16:45", _sort), (-1, "16:50", _hand_over), (-1, "17:10", _ask)):
        moment = scene.calendar.at(day, hour)
        yield moment, partial(act, scene, moment)


def _sort(scene: Scene, now: datetime) -> None:
    session, matter, unit = scene.session, scene.consultation, scene.cast.unit_of(scene.row["answering_body"])
    numbers = sorted(scene.numbers.values())[:FIRST]
    if not numbers or unit is None:
        return
    tags.put_on(session, matter, numbers, TAG, scene.officer, now)
    tag = tags.by_name(session, matter, TAG)
    if tag is not None:
        rules.save(session, matter, NewRule(tag=tag.number, unit_id=unit), scene.officer, now)
        rules.carry_out(session, matter, scene.officer, now)


def _hand_over(scene: Scene, now: datetime) -> None:
    for number in sorted(scene.numbers.values())[:1]:
        try:
            transfer(scene.session, scene.consultation, [number], None, scene.officer.user_id, WHY, scene.officer, now)
        except NoneTaken:
            return


def _ask(scene: Scene, now: datetime) -> None:
    sent = scene.session.scalars(
        select(Submission)
        .where(Submission.consultation_id == scene.consultation.id, Submission.organisation_id.is_(None))
        .where(Submission.sender_name != "")
        .order_by(Submission.number)
        .limit(1)
    ).first()
    if sent is not None:
        data_requests.ask(scene.session, scene.consultation, sent, "correction", ASKED, now)
