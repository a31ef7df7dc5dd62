"""What changed since a program looked last."""

import json
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.archive.catalogue import changes
from consult.consultations.words import Disclosure
from consult.db import writing
from consult.ledger import service as ledger
from consult.ledger.entries import Act
from consult.stages import Stage
from consult.submissions.comments import taken_back
from tests.responses.desk_builder import Desk, make_desk


@pytest.fixture
def desk(app_session: Session) -> Desk:
    """An open matter with three public comments."""
    made = make_desk(app_session, Stage.OPEN, now=clock.now(), disclosure=Disclosure.AT_ONCE)
    made.receive("Một.", "Hai.", "Ba.")
    app_session.commit()
    return made


def told(app: Flask, desk: Desk, cursor: str = "") -> list[dict[str, Any]]:
    answer = app.test_client().get(f"/lay-y-kien/{desk.matter.slug}/thay-doi.jsonl?tu={cursor}")
    assert answer.status_code == 200 and answer.mimetype == "application/x-ndjson"
    return [json.loads(line) for line in answer.text.splitlines()]


def test_the_first_time_everything_and_then_what_is_new(app: Flask, desk: Desk) -> None:
    head, *comments = told(app, desk)
    assert [one["number"] for one in comments] == [1, 2, 3] and head["more"] is False
    assert told(app, desk, head["next"])[1:] == []
    desk.receive("Bốn.")
    desk.session.commit()
    again, *comments = told(app, desk, head["next"])
    assert [one["number"] for one in comments] == [4] and again["since"] == head["next"]


def test_what_was_taken_back_is_to_be_read_again(app: Flask, desk: Desk) -> None:
    head = told(app, desk)[0]
    assert head["again_from"] is None
    with writing(desk.session, desk.matter.id):
        taken_back.note(desk.session, desk.matter.id, [2])
    desk.session.commit()
    again = told(app, desk, head["next"])[0]
    assert again["again_from"] == 2
    assert told(app, desk, again["next"])[0]["again_from"] is None


def test_a_long_log_comes_in_pieces(app: Flask, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "AT_ONCE", 2)
    found, cursor, more = set[int](), "0", True
    while more:
        head, *comments = told(app, desk, cursor)
        found |= {one["number"] for one in comments}
        cursor, more = head["next"], head["more"]
    assert found == {1, 2, 3}


def test_an_answer_to_many_at_once_is_read_where_all_are(
    app: Flask, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = told(app, desk)[0]
    monkeypatch.setattr(changes, "ENOUGH", 2)
    desk.answer(2, 3, 1, text="Tiếp thu.")
    desk.session.commit()
    again, *comments = told(app, desk, head["next"])
    assert again["again_from"] == 1 and comments == [] and again["more"] is False


def test_what_was_agreed_in_a_dialogue_changes_what_it_was_over(app: Flask, desk: Desk) -> None:
    head = told(app, desk)[0]
    said = {"dialogue": 1, "agreed": [3], "open": [1], "minutes": "0" * 64, "hash": "0" * 64}
    with writing(desk.session, desk.matter.id):
        ledger.append(desk.session, desk.matter.id, [Act("dialogue_held", said)], clock.now())
    desk.session.commit()
    assert [one["number"] for one in told(app, desk, head["next"])[1:]] == [1, 3]


def test_a_place_that_there_is_not_is_not_found(app: Flask, desk: Desk) -> None:
    for wrong in ("x", "-1", "1.x", "999999", "1.1.1", "9" * 20):
        path = f"/lay-y-kien/{desk.matter.slug}/thay-doi.jsonl?tu={wrong}"
        assert app.test_client().get(path).status_code == 404, wrong
