"""Two people at the same moment: the second sees the first, and nothing happens twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from consult.consultations.finding import by_slug
from consult.db import Database
from consult.errors import Refused
from consult.policy import Actor
from consult.responses import answers
from consult.responses.answering import draft_answer
from consult.responses.publishing import publish_answers
from tests.builders import NOW
from tests.responses.desk import make_desk


def _at_once(*acts: Callable[[], object]) -> list[str]:
    """What became of acts that begin together: `done`, or the reason of the refusal."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> str:
        start.wait(timeout=20)
        try:
            act()
        except Refused as refused:
            return refused.reason
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


def test_two_officers_answer_one_comment(database: Database) -> None:
    with database.session() as session:
        desk = make_desk(session)
        (number,) = desk.receive("Một.")

    def draft(actor: Actor) -> None:
        with database.session() as own:
            draft_answer(own, by_slug(own, desk.matter.slug), [number], "accepted", actor.name, actor, NOW)

    assert _at_once(lambda: draft(desk.officer), lambda: draft(desk.second_officer)) == ["done", "has_response"]
    with database.session() as session:
        assert len(answers.read(session, desk.matter.id)) == 1


def test_two_publishers_publish_one_answer(database: Database) -> None:
    with database.session() as session:
        desk = make_desk(session)
        response = desk.draft(*desk.receive("Một."))
        desk.approve(response)

    def publish() -> None:
        with database.session() as own:
            publish_answers(own, by_slug(own, desk.matter.slug), [response.id], desk.publisher, NOW)

    assert _at_once(publish, publish) == ["done", "not_approved"]
    with database.session() as session:
        assert len(answers.one(session, desk.matter.id, response.id).publications) == 1
