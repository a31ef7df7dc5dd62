"""What is kept of the words of comments is what they say by now, and can be made anew from it."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.outbox.models import OutboxMessage
from consult.people import corrections
from consult.responses.desk.listing import case_list
from consult.responses.desk.listing.case_filters import CaseFilters, Handler
from consult.responses.kept_words import bits, handlers, keeping
from consult.responses.kept_words.models import KeptWord
from consult.submissions.acts import service as acts
from consult.submissions.inputs import CommentInput, Sender
from consult.submissions.models import Submission
from consult.submissions.sender.amendment import amend
from tests.builders import TODAY, make_organisation
from tests.responses.desk_builder import Desk, make_desk
from tests.statements import statements_of


def found(desk: Desk, words: str, **filters: str) -> list[int]:
    """What the list of an officer shows."""
    asked = CaseFilters(words=words, **filters)  # type: ignore[arg-type]
    page = case_list.listed(desk.session, desk.matter, asked, Handler(None, senders=True), None, TODAY)
    return [line.number for line in page.lines]


def worked(desk: Desk) -> None:
    """The worker has come to everything."""
    messages = desk.session.scalars(select(OutboxMessage).where(OutboxMessage.done_at.is_(None))).all()
    for event in ("comment_received", "comment_changed"):
        own = [one for one in messages if one.event == event]
        handlers.after_comments(desk.session, own, desk.now)
        for one in own:
            one.done_at = desk.now
    desk.session.commit()


@pytest.fixture
def desk(session: Session) -> Desk:
    """Three comments that the worker has seen."""
    made = make_desk(session)
    made.receive("Đồ đạc thu gom.", sender=Sender("Vũ Thị Mỹ"))
    made.receive("Đo độ ồn.")
    made.receive("Do ai thu gom?")
    worked(made)
    return made


@pytest.mark.parametrize(
    ("words", "numbers"), [("do", [1, 2, 3]), ("đồ", [1, 2, 3]), ("đo", [2, 1, 3]), ("gom thu", [1, 3]), ("ồn độ", [2])]
)
def test_the_same_is_found_with_and_without_the_worker(desk: Desk, words: str, numbers: list[int]) -> None:
    kept = found(desk, words)
    for one in desk.session.scalars(select(KeptWord)).all():
        desk.session.delete(one)
    desk.session.commit()
    assert kept == found(desk, words)
    assert sorted(kept) == numbers if words == "đồ" else kept == numbers


def test_what_just_came_is_found(desk: Desk) -> None:
    [number] = desk.receive("Thu gom ban đêm.")
    assert found(desk, "thu gom") == [1, 3, number]
    worked(desk)
    assert found(desk, "thu gom") == [1, 3, number]


def test_no_text_is_read_that_words_are_kept_of(desk: Desk) -> None:
    with statements_of(desk.session) as statements:
        found(desk, "thu gom")
    texts = [one for one in statements if "comment_version.text" in one]
    assert len(texts) == 1, "the page that is shown, and nothing else"


def test_nobody_finds_what_is_set_apart_by_what_it_says(desk: Desk) -> None:
    acts.quarantine(desk.session, desk.matter, 1, "Có tên người.", desk.officer, desk.now)
    assert found(desk, "thu gom") == [3]


def test_words_and_other_filters_meet(desk: Desk) -> None:
    desk.release(3)
    assert found(desk, "thu gom", visibility="public") == [3]


def test_a_comment_that_says_something_else_is_found_by_that_alone(desk: Desk) -> None:
    sent = desk.session.scalars(select(Submission).where(Submission.number == 2)).one()
    at = sent.received_at + timedelta(hours=1)
    amend(desk.session, desk.matter, sent, 2, CommentInput("Về rác thải."), at, at)
    for _ in range(2):
        assert (found(desk, "ồn"), found(desk, "rác")) == ([], [2])
        worked(desk)
    assert keeping.differing(desk.session, desk.matter.id) == []


def test_a_body_whose_name_was_put_right_is_found_by_the_right_one_alone(desk: Desk) -> None:
    body = make_organisation(desk.session, name="Hội Nông dưn")
    [number] = desk.receive("Giữ nguyên.", sender=Sender(organisation_id=body.id))
    worked(desk)
    seen = corrections.of_organisation(body)
    new = seen | {"name": "Hội Nông dân"}
    corrections.correct_organisation(desk.session, body.id, seen, new, "Gõ nhầm", None, desk.now)
    assert (found(desk, "hội nông dân"), found(desk, "nông dưn")) == ([number], [])


def test_what_says_the_same_is_not_read_again(desk: Desk) -> None:
    desk.release(1, 2, 3)
    messages = desk.session.scalars(select(OutboxMessage).where(OutboxMessage.done_at.is_(None))).all()
    with statements_of(desk.session) as statements:
        handlers.after_comments(desk.session, messages, desk.now)
    assert messages and not statements


def test_kept_words_are_held_against_the_texts_and_made_anew(desk: Desk) -> None:
    assert keeping.differing(desk.session, desk.matter.id) == []
    wrong = desk.session.scalars(select(KeptWord).where(KeptWord.word == "gom")).one()
    wrong.bits = bits.stored(bits.read(wrong.bits) ^ 1 << 3)
    desk.session.commit()
    assert keeping.differing(desk.session, desk.matter.id) == [3]
    assert keeping.rebuild(desk.session, desk.matter.id) == 3
    assert keeping.differing(desk.session, desk.matter.id) == []


def test_many_comments_have_several_rows(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bits, "BLOCK", 2)
    desk = make_desk(session)
    desk.receive(*(f"Ý kiến thứ {number}." for number in range(1, 6)))
    worked(desk)
    rows = session.scalars(select(KeptWord.block).where(KeptWord.word == "kien").order_by(KeptWord.block)).all()
    assert rows == [0, 1, 2]
    assert found(desk, "kiến") == [1, 2, 3, 4, 5]
    assert found(desk, "4") == [4]


def test_a_worker_that_starts_keeps_what_nobody_kept(session: Session) -> None:
    desk = make_desk(session)
    desk.receive("Thu gom.")
    handlers.prepare(session, desk.now)
    assert keeping.unknown(session, desk.matter.id) == []
    assert keeping.differing(session, desk.matter.id) == []
