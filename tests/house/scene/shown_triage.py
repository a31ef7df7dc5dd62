"""Tags, rules and requests about personal data, for the scene."""

from typing import TYPE_CHECKING

from sqlalchemy import select

from consult import clock
from consult.responses.data_requests import service as data_requests
from consult.responses.rules import service as rules
from consult.responses.rules.matching import NewRule
from consult.responses.tags import service as tags
from consult.submissions.inputs import Sender
from consult.submissions.models import Comment, Submission
from tests.responses.desk_builder import Desk

if TYPE_CHECKING:
    from tests.house.scene.shown_scene import Scene


def of_triage(scene: "Scene", desk: Desk) -> None:
    """A tag, a rule by it, and what a sender asks of their data."""
    session, matter, now, slug = desk.session, desk.matter, clock.now(), desk.matter.slug
    (number,) = desk.receive("Bảy.", sender=Sender(name="Hoa Thị Mơ"))
    tags.put_on(session, matter, [number], "Nhãn", desk.officer, now)
    rule = rules.save(session, matter, NewRule(tag=1, unit_id=desk.unit.id), desk.officer, now)
    sent = session.scalars(
        select(Submission)
        .join(Submission.comments)
        .where(Submission.consultation_id == matter.id, Comment.number == number)
    ).one()
    asked = data_requests.ask(session, matter, sent, "erasure", "", now)
    scene.add("desk.blanks.decide", {"act": "propose", "comment": str(number)}, slug=slug)
    moved = {"comment": str(number), "document": "0", "reason": "Ý kiến nói chung."}
    scene.add("desk.moving.move", moved, slug=slug)
    scene.add("desk.tags.change", {"act": "rename", "tag_name": "Nhãn khác"}, slug=slug, number=1)
    scene.add("desk.rules.carry_out", slug=slug)
    scene.add("desk.rules.end", slug=slug, number=rule.number)
    proposed = {"act": "propose", "scope": "sender"}
    scene.add("desk.data_requests.do", proposed, slug=slug, number=asked.number)
