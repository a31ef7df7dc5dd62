"""The place that an answer names is of the draft that was public when it was written, whenever it was published."""

from datetime import timedelta

from sqlalchemy.orm import Session

from consult.consultations.words import Disclosure
from consult.responses.answers.publication import publish_answers
from consult.responses.answers.published import all_published
from consult.responses.changes.named_change import Changed, changed
from tests.builders import NOW
from tests.consultations.articles import FIRST, INSERTED, next_draft, on, text_of
from tests.responses.desk_builder import make_desk


def test_a_draft_that_came_before_the_answer_was_published_does_not_move_it(session: Session) -> None:
    """Written of Điều 5 as it was, published when that is Điều 6."""
    desk = make_desk(session, text=text_of(*FIRST), disclosure=Disclosure.AT_ONCE)
    (number,) = desk.receive(on("d5", 1))
    response = desk.draft(number, change="Sửa mức phạt.", change_path="d5")
    desk.approve(response)
    next_draft(desk, *INSERTED, now=NOW + timedelta(hours=1))
    publish_answers(session, desk.matter, [response.id], desk.publisher, NOW + timedelta(hours=2))
    (answer,) = all_published(session, desk.matter).values()
    assert changed(session, desk.matter, answer) == Changed(2, "d6")
