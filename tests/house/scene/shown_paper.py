"""A paper that was typed from a scan, for the scene of all acts."""

from typing import Any

from sqlalchemy import select

from consult.submissions.inputs import AttachmentInput
from consult.submissions.models import Comment, Submission
from tests.responses.desk_builder import Desk


def of_a_paper(scene: Any, desk: Desk) -> None:
    """Its typing is put right by the desk."""
    scan = AttachmentInput("e" * 64, "giay.png", "image/png", 10, "scan")
    [number] = desk.receive("Từ giấy.", attachments=(scan,), recorded_by_id=desk.officer.user_id)
    paper = scene.session.scalars(
        select(Submission).join(Submission.comments).where(
            Submission.consultation_id == desk.matter.id, Comment.number == number
        )
    ).one()  # fmt: skip
    scene.add("desk.typed.save", {f"comments.{number}.text": "Khác."}, slug=desk.matter.slug, number=paper.number)
