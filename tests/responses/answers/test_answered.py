"""That an answer was published is an act on the comment: no other answer has to be looked at to know it."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, event, select, update
from sqlalchemy.orm import Session

from consult.consultations.words import Disclosure
from consult.db import new_id
from consult.files.store import FileStore
from consult.ledger import comment_entries
from consult.ledger import service as ledger
from consult.responses.answers.publication import publish_answers
from consult.responses.desk.comment_case import case_of
from consult.submissions.acts import service as acts
from consult.submissions.comments.comment_state import read
from consult.submissions.comments.outcome import Outcome, Visibility
from consult.submissions.models import Comment, CommentAct
from consult.submissions.words import CommentActKind
from consult.transparency.verification.service import Tampered, verify
from tests.builders import NOW, TODAY
from tests.responses.desk_builder import SIGNER, Desk, make_desk
from tests.transparency.lively import make_lively

ANSWERED = CommentActKind.ANSWERED


def acts_on(session: Session, desk: Desk, number: int) -> list[CommentAct]:
    [one] = read(session, desk.matter.id, [number])
    return [act for act in one.acts if act.kind is ANSWERED]


def test_each_publication_is_an_act_on_each_of_its_comments(session: Session) -> None:
    desk = make_desk(session)
    desk.receive("Một.", "Hai.", "Ba.")
    response = desk.answer(1, 2)
    assert [one.outcome for one in read(session, desk.matter.id, [1, 2, 3])] == [
        Outcome.ANSWERED, Outcome.ANSWERED, Outcome.AWAITING,
    ]  # fmt: skip
    desk.draft(1, 2, text="Tiếp thu, có sửa.", response_id=response.id)
    desk.approve(response)
    publish_answers(session, desk.matter, [response.id], desk.publisher, NOW)
    for number in (1, 2):
        found = acts_on(session, desk, number)
        assert [act.details for act in found] == [{"response": 1, "version": 1}, {"response": 1, "version": 2}]
        assert {act.by_id for act in found} == {desk.publisher.user_id} and all(act.effective_at for act in found)
    assert acts_on(session, desk, 3) == []


def test_what_is_shown_with_its_answer_is_public_when_the_act_is_there(session: Session) -> None:
    desk = make_desk(session, disclosure=Disclosure.WITH_ANSWERS)
    desk.receive("Một.", "Hai.")
    desk.answer(1)
    assert [one.visibility for one in read(session, desk.matter.id, [1, 2])] == [
        Visibility.PUBLIC, Visibility.IN_CHECK,
    ]  # fmt: skip


def test_the_desk_is_told_of_a_publication_once(session: Session) -> None:
    desk = make_desk(session)
    desk.receive("Một.")
    desk.answer(1)
    case = case_of(session, desk.matter, 1, None, TODAY, True)
    assert case.acts == [] and case.line.answer is not None and len(case.line.answer.publications) == 1


@contextmanager
def asked(session: Session) -> Iterator[list[tuple[str, int]]]:
    """Every statement that runs, and how many rows it gave or changed (-1 where the driver does not say)."""
    said: list[tuple[str, int]] = []
    bind = session.get_bind()

    def note(_connection: object, cursor: Any, statement: str, *_rest: object) -> None:
        said.append((statement, cursor.rowcount))

    event.listen(bind, "after_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(bind, "after_cursor_execute", note)


def answer_many(session: Session, desk: Desk, many: int) -> None:
    """Answers comment 2 so often, as the log and the acts have it."""
    told = [comment_entries.answered([2], number, 1, "noted", "0" * 64) for number in range(100, 100 + many)]
    ledger.append(session, desk.matter.id, told, desk.now)
    [other] = read(session, desk.matter.id, [2])
    session.add_all(
        CommentAct(
            consultation_id=desk.matter.id, id=new_id(), comment_id=other.comment.id, kind=ANSWERED, at=desk.now,
            effective_at=desk.now, reason="", details={"response": entry.fields["response"], "version": 1},
        )
        for entry in told
    )  # fmt: skip
    session.commit()


DONE: dict[str, Callable[[Session, Desk], object]] = {
    "read": lambda session, desk: read(session, desk.matter.id, [1]),
    "quarantine": lambda session, desk: acts.quarantine(session, desk.matter, 1, "", desk.officer, NOW),
    "release": lambda session, desk: acts.release(session, desk.matter, [1], desk.officer, NOW),
    "propose": lambda session, desk: acts.propose(
        session, desk.matter, 1, CommentActKind.WITHHELD, "insult", desk.officer, NOW + timedelta(minutes=1)
    ),
    "draft": lambda session, desk: desk.draft(1),
}


_OTHER = re.compile("ledger|SAVEPOINT")
"""Statements that are not counted: the log has its own tests, and savepoints have numbers."""


def test_an_act_on_one_comment_costs_the_same_however_much_was_answered(session: Session) -> None:
    told = []
    for many in (0, 2_000):
        desk = make_desk(session)
        desk.receive("Một.", "Hai.")
        if many:
            answer_many(session, desk, many)
        cost = {}
        for name, act in DONE.items():
            session.expire_all()
            session.refresh(desk.matter)
            with asked(session) as said:
                act(session, desk)
            texts = [text for text, _rows in said if "ledger_node" not in text]
            assert not any("body" in text and text.startswith("SELECT") for text in texts), name
            cost[name] = [(text, rows) for text, rows in said if not _OTHER.search(text)]
        told.append(cost)
    assert told[0] == told[1]


CHANGES: dict[str, Callable[[Session, CommentAct], object]] = {
    "no act does": lambda session, act: session.execute(delete(CommentAct).where(CommentAct.id == act.id)),
    "no entry answers": lambda session, act: session.add(copy_of(act)),
    "answers it": lambda session, act: session.execute(
        update(CommentAct).where(CommentAct.id == act.id).values(details={"response": 1, "version": 9})
    ),
    "its moment is not that": lambda session, act: session.execute(
        update(CommentAct)
        .where(CommentAct.id == act.id)
        .values(at=act.at + timedelta(days=1), effective_at=act.at + timedelta(days=1))
    ),
    "its reason is not that": lambda session, act: session.execute(
        update(CommentAct).where(CommentAct.id == act.id).values(reason="noted")
    ),
}


def copy_of(act: CommentAct) -> CommentAct:
    columns = {column.name: getattr(act, column.name) for column in CommentAct.__table__.columns}
    return CommentAct(**{**columns, "id": new_id()})


@pytest.mark.parametrize("told", CHANGES)
def test_the_site_finds_an_act_that_no_answer_is_behind_and_the_other_way(
    session: Session, tmp_path: Path, told: str
) -> None:
    files = FileStore(tmp_path)
    lively = make_lively(session, files)
    assert list(verify(session, lively.matter, files, SIGNER))
    act = session.scalars(select(CommentAct).where(CommentAct.kind == ANSWERED).limit(1)).one()
    number = session.get_one(Comment, (act.consultation_id, act.comment_id)).number
    CHANGES[told](session, act)
    session.commit()
    session.expire_all()
    with pytest.raises(Tampered, match=told) as found:
        list(verify(session, lively.matter, files, SIGNER))
    assert f"comment {number}" in str(found.value)
