"""What a list outside names and the database does not know is closed, on both kinds of database."""

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from consult.db import new_id
from consult.ledger.closing_list import LIST, Closing, ClosingList
from consult.stages import Stage
from consult.submissions.closed_again import lost
from consult.submissions.closed_again.service import ClosedAgain, close_again
from consult.submissions.comments import comment_state
from consult.submissions.comments.outcome import Outcome, Visibility
from consult.submissions.inputs import Sender
from tests.builders import NOW
from tests.responses.desk_builder import Desk, make_desk


@pytest.fixture
def desk(session: Session) -> Desk:
    """Three public comments, the first of a named person, and one that nobody looked at."""
    desk = make_desk(session, Stage.OPEN, now=NOW)
    desk.receive("Một", sender=Sender("Hoàng Thị Nêu", publish_name=True))
    desk.receive("Hai", "Ba", "Bốn")
    desk.release(1, 2, 3)
    session.commit()
    return desk


def seen(desk: Desk) -> list[tuple[Outcome, Visibility]]:
    desk.session.rollback()
    desk.session.expire_all()
    found = comment_state.read(desk.session, desk.matter.id, [1, 2, 3, 4])
    desk.session.rollback()
    return [(one.outcome, one.visibility) for one in found]


def test_each_is_closed_as_its_line_says_and_once(desk: Desk, tmp_path: Path) -> None:
    states = comment_state.read(desk.session, desk.matter.id, [1, 2, 3, 4])
    by = desk.people["officer"].id, desk.people["second_officer"].id
    listed, at = ClosingList(tmp_path), NOW.isoformat()
    wanted = zip(("withdrawn", "kept_back", "open", "set_apart"), states, strict=True)
    listed.note([Closing(kind, desk.matter.id, one.comment.id, new_id(), at, "insult", by) for kind, one in wanted])
    sender = states[0].comment.submission_id
    listed.note([Closing("name_hidden", desk.matter.id, sender, sender, at)])
    desk.session.rollback()
    done = close_again(desk.session, desk.matter.id, listed, NOW)
    assert (done.closed, done.shown) == (3, 0)
    assert seen(desk) == [
        (Outcome.WITHDRAWN, Visibility.WITHHELD),
        (Outcome.AWAITING, Visibility.WITHHELD),
        (Outcome.AWAITING, Visibility.PUBLIC),
        (Outcome.AWAITING, Visibility.QUARANTINED),
    ]
    assert close_again(desk.session, desk.matter.id, listed, NOW) == ClosedAgain()


def test_thousands_are_asked_for_in_parts(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lost, "AT_ONCE", 1)
    states = comment_state.read(desk.session, desk.matter.id, [1, 2, 3])
    lines = [Closing("withdrawn", desk.matter.id, one.comment.id, new_id(), NOW.isoformat()) for one in states]
    assert [one.comment.number for one, _line in lost.find(desk.session, desk.matter.id, lines).texts] == [1, 2, 3]


@pytest.mark.parametrize("written", ["{}", "[]", '{"kind": "withdrawn"}', "\x00", '{"consultation_id": 7'])
def test_a_line_that_says_nothing_is_read_past(tmp_path: Path, written: str) -> None:
    listed = ClosingList(tmp_path)
    line = Closing("open", None, new_id(), new_id(), datetime(2026, 12, 1).isoformat())
    (tmp_path / LIST).write_text(written)
    listed.note([line, line])
    assert listed.all() == [line]
