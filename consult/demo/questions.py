"""What senders are asked back in the demonstration: one is waited for, one has replied."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from consult.consultations.words import Procedure
from consult.demo import content
from consult.demo.matters import Scene
from consult.demo.voices import Act
from consult.responses.questions import service as questions
from consult.submissions.comments import comment_state

ASKED = ("Xin ông/bà cho biết chỗ nói đến nằm ở thôn nào, để cơ quan đến xem trước khi trả lời?",
         "Xin ông/bà nói rõ thêm: điều này xảy ra quanh năm hay chỉ vào mùa mưa?")  # fmt: skip
REPLY = "Chỉ vào mùa mưa, từ tháng 5 đến tháng 9."
MOST_DAYS = 10
DAYS = (-2, -4)


def acts(scene: Scene) -> Iterator[Act]:
    """A question for each of the first comments of an open matter that nobody has begun to answer."""
    if scene.row["concluded"] is not None or scene.consultation.procedure is not Procedure.COMMENT:
        return
    for place, day in enumerate(DAYS):
        moment = scene.calendar.at(day, "15:30")
        yield moment, partial(_ask, scene, place, moment)
    replied = scene.calendar.at(-1, "19:00")
    yield replied, lambda: _reply(scene, replied)


def _ask(scene: Scene, place: int, moment: datetime) -> None:
    begun = {key for row in content.parts(scene.slug, "answers") for key in row["comments"]}
    numbers = sorted(number for key, number in scene.numbers.items() if key not in begun)
    for one in comment_state.read(scene.session, scene.consultation.id, numbers) if numbers else ():
        asked = questions.question_of(scene.session, one.comment)
        if asked is None and not questions.why_not(scene.session, one):
            number, text = one.comment.number, ASKED[place]
            questions.ask(scene.session, scene.consultation, number, text, MOST_DAYS, scene.officer, moment)
            return


def _reply(scene: Scene, moment: datetime) -> None:
    """To the question that was asked first."""
    numbers = sorted(scene.numbers.values())
    for one in comment_state.read(scene.session, scene.consultation.id, numbers) if numbers else ():
        asked = questions.question_of(scene.session, one.comment)
        if asked is not None and asked.text == ASKED[1]:
            questions.reply(scene.session, scene.consultation, one.comment.number, REPLY, None, moment)
