"""Two people at the same moment: the second sees the first, and nothing happens twice."""

from sqlalchemy.orm import Session

from consult.consultations.matter.queries import by_slug
from consult.db import Database
from consult.policy import Actor
from consult.responses.answers import answer_state
from consult.responses.answers.drafting import draft_answer
from consult.responses.answers.publication import publish_answers
from consult.submissions.acts import service as acts
from tests.builders import NOW
from tests.races import Act, at_once
from tests.responses.desk_builder import Desk, make_desk


def prepared(database: Database, *comments: str) -> tuple[Desk, str, list[int]]:
    """A desk, the address of its matter, and the comments received."""
    with database.session() as session:
        desk = make_desk(session)
        return desk, desk.matter.slug, desk.receive(*comments)


def test_two_officers_answer_one_comment(database: Database) -> None:
    desk, slug, [number] = prepared(database, "Một.")

    def draft(actor: Actor) -> Act:
        return lambda own: draft_answer(own, by_slug(own, slug), [number], "accepted", actor.name, actor, NOW)

    assert at_once(database, draft(desk.officer), draft(desk.second_officer)) == ["done", "has_response"]
    with database.session() as session:
        assert len(answer_state.read(session, by_slug(session, slug).id)) == 1


def test_two_publishers_publish_one_answer(database: Database) -> None:
    with database.session() as session:
        desk = make_desk(session)
        response = desk.draft(*desk.receive("Một."))
        desk.approve(response)
        slug, answer_id = desk.matter.slug, response.id

    def publish(own: Session) -> None:
        publish_answers(own, by_slug(own, slug), [answer_id], desk.publisher, NOW)

    assert at_once(database, publish, publish) == ["done", "not_approved"]
    with database.session() as session:
        assert len(answer_state.one(session, by_slug(session, slug).id, answer_id).publications) == 1


def test_a_comment_is_released_once(database: Database) -> None:
    desk, slug, numbers = prepared(database, "Một.")

    def release(own: Session) -> None:
        acts.release(own, by_slug(own, slug), numbers, desk.officer, NOW)

    assert at_once(database, release, release) == ["done", "not_releasable"]
