"""What people of the journeys find: a matter that is over, with comments and answers, signed by the site's own key."""

from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.preparation.summaries import NewSummary, put_summary
from consult.submissions.inputs import NewSubmission, Sender
from consult.submissions.models import Submission
from consult.submissions.receiving.service import Receipt, receive
from consult.submissions.sender import own_submission
from consult.submissions.words import CommentActKind
from tests.consultations.revised import revise
from tests.reading.scene import Scene
from tests.responses.desk_builder import Desk, comment

ASKED = "Đề nghị chia bốn nhóm cho dễ."
ENGLISH = NewSummary(
    "en",
    "The draft asks every household to sort its waste.\n\nIt says who collects it and when.\n\nIt is over.",
    title="Sorting household waste",
    question="Can your household sort its waste?",
)


def sent_at(desk: Desk) -> datetime:
    """A moment while the matter was open."""
    return (desk.matter.opens_at or clock.now()) + timedelta(days=1)


def sent(app: Flask, desk: Desk, *texts: str, sender: Sender | None = None) -> Receipt:
    """What one person sent in one go while the matter was open."""
    moment = sent_at(desk)
    typed = tuple(comment(text) for text in texts)
    new = NewSubmission(typed, moment, f"{'-'.join(texts)[:32]:-<32}", **({"sender": sender} if sender else {}))
    signer, codes = app.extensions["consult.signer"], app.extensions["consult.codes"]
    return receive(desk.session, desk.matter, new, moment, signer, codes)


def proof(app: Flask, desk: Desk, receipt: Receipt) -> dict[str, Any]:
    """The receipt file of what was sent."""
    own = Submission.number == receipt.submission_number
    found = desk.session.scalars(select(Submission).where(own)).one()
    return own_submission.receipt_file(desk.session, found, app.extensions["consult.signer"])


def concluded(app: Flask, session: Session) -> tuple[Desk, dict[str, Any]]:
    """A matter with its results: five comments, accepted, refused and withheld, a second draft, an English summary; and
    the receipt of the first, as its sender would hand it to somebody."""
    scene = Scene(session, opened_before=70)
    desk = scene.desk
    first = sent(app, desk, ASKED)
    numbers = [*first.comment_numbers, *sent(app, desk, "Chia bốn nhóm.", "Bốn nhóm là vừa.").comment_numbers]
    refused, hidden = sent(app, desk, "Bỏ hẳn quy định này.", "Điều kín đáo.").comment_numbers
    scene.release(*numbers, refused)
    scene.answer(*numbers, text="Tiếp thu, sửa thành bốn nhóm.")
    scene.answer(refused, disposition="not_accepted", text="Vì luật đã quy định.")
    scene.decide(hidden, CommentActKind.WITHHELD, "personal_data")
    scene.answer(hidden, text="Tiếp thu.")
    revise(session, desk.matter, desk.publisher, now=clock.now())
    put_summary(session, desk.matter, ENGLISH, desk.officer, clock.now())
    desk.matter.concluded_at = clock.now()
    desk.matter.touch()
    session.commit()
    return desk, proof(app, desk, first)
