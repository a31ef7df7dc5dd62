"""What the look-up says of a comment in every state that it can be in: what became of it, when, why and where to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.responses.referrals import service as referrals
from consult.responses.referrals.service import Passing, Reply
from consult.submissions.acts import moving
from consult.submissions.acts import service as acts
from consult.submissions.comments.outcome import Outcome, Visibility
from consult.submissions.inputs import AnchorInput, NewSubmission, Receipt
from consult.submissions.models import Submission
from consult.submissions.receiving.service import receive
from consult.submissions.sender import amendment
from consult.submissions.words import CommentActKind
from tests.builders import NOW, TODAY
from tests.days import as_read
from tests.pages import Browser, Page
from tests.responses.desk_builder import Desk, comment, make_desk

NOTE, WHERE_TO = "ghi chú kín của bàn xử lý", "Thanh tra tỉnh Lạng Sơn"
OWN = "Lời của tôi."


@dataclass(frozen=True)
class State:
    """How a comment comes into it, what of it both pages say, and what only the secret number opens."""

    bring: Callable[[Desk], object]
    said: tuple[str, ...]
    own: tuple[str, ...] = ()


def _pass_on(desk: Desk) -> None:
    acts.pass_on(desk.session, desk.matter, [1], NOTE, desk.officer, NOW, WHERE_TO)


def _split(desk: Desk) -> None:
    acts.split(desk.session, desk.matter, 1, [comment("Việc một."), comment("Việc hai.")], desk.officer, NOW)


def _withdraw(desk: Desk) -> None:
    opened = desk.matter.opens_at
    own = desk.session.query(Submission).filter_by(consultation_id=desk.matter.id).one()
    assert opened is not None
    amendment.withdraw(desk.session, desk.matter, own, [1], opened, NOW)


def _quarantine(desk: Desk) -> None:
    acts.quarantine(desk.session, desk.matter, 1, NOTE, desk.officer, NOW)


def _by_two(kind: CommentActKind, reason: str, **details: str) -> Callable[[Desk], None]:
    return lambda desk: desk.by_two(1, kind, reason, **details)


STATES: Mapping[str, State] = {
    Outcome.AWAITING: State(lambda _desk: None, ("chờ trả lời", "đang kiểm tra trước khi công khai")),
    Outcome.ANSWERED: State(lambda desk: desk.answer(1, text="Lời đáp."), ("đã trả lời",), ("Lời đáp.",)),
    Outcome.INVALID: State(
        _by_two(CommentActKind.INVALID, "trial"),
        ("được ghi nhận là không hợp lệ", "không được trả lời", "không xét công khai"),
    ),
    Outcome.SPLIT: State(_split, ("được tách thành ý kiến số 2, 3", "Ý kiến số 3")),
    Outcome.PASSED_ON: State(
        _pass_on, ("được chuyển đến", "không được trả lời trong đợt lấy ý kiến này"), (f"chuyển đến {WHERE_TO}",)
    ),
    Outcome.WITHDRAWN: State(_withdraw, ("Người gửi đã rút ngày",)),
    Visibility.IN_CHECK: State(lambda _desk: None, ("đang kiểm tra trước khi công khai",)),
    Visibility.PUBLIC: State(lambda desk: desk.release(1), ("công khai",)),
    Visibility.REDACTED: State(_by_two(CommentActKind.REDACTED, "insult", text="[…]"), ("công khai bản đã lược bỏ: ",)),
    Visibility.WITHHELD: State(_by_two(CommentActKind.WITHHELD, "personal_data"), ("không công khai: ",)),
    Visibility.QUARANTINED: State(_quarantine, ("chờ trả lời", "đang kiểm tra trước khi công khai")),
}
UNSAID = {Outcome.AWAITING, Outcome.ANSWERED, *Visibility}
"""Of these no day of an ending is told: there is none, or it stands beside the answer."""


def looked_up(app: Flask, desk: Desk, bring: Callable[[Desk], object]) -> tuple[Page, Page]:
    """Both pages of one comment: by the look-up code alone, and with the secret number."""
    opened = desk.matter.opens_at
    assert opened is not None
    codes, signer = app.extensions["consult.codes"], app.extensions["consult.signer"]
    sent: Receipt = receive(
        desk.session, desk.matter, NewSubmission((comment(OWN),), opened, f"{'one':-<32}"), opened, signer, codes
    )
    bring(desk)
    desk.session.commit()
    browser = Browser(app)
    alone = browser.get(f"/tra-cuu/{sent.code}/")
    return alone, browser.get(f"/tra-cuu/{sent.code}/").submit({"ma_bi_mat": sent.secret}, button="Mở")


def test_every_state_is_tried() -> None:
    assert set(STATES) == {*Outcome, *Visibility}


@pytest.mark.parametrize("name", list(STATES))
def test_the_look_up_says_how_a_comment_stands(app: Flask, app_session: Session, name: str) -> None:
    state, desk = STATES[name], make_desk(app_session)
    alone, own = looked_up(app, desk, state.bring)
    for words in state.said:
        assert words in alone.text and words in own.text
    for words in (*state.own, OWN):
        assert words in own.text and words not in alone.text
    day = as_read(clock.local_day(NOW))
    assert name in UNSAID or f"gày {day}" in alone.text
    if name in {Outcome.PASSED_ON, Outcome.INVALID, Outcome.WITHDRAWN}:
        assert "chờ trả lời" not in alone.text and "đang kiểm tra" not in alone.text
    assert NOTE not in alone.text + own.text
    assert "đang xem xét" not in alone.text + own.text


def test_the_look_up_says_where_a_comment_was_moved_to(app: Flask, app_session: Session) -> None:
    why = "Ý kiến nói về Điều 3."
    alone, own = looked_up(
        app,
        desk := make_desk(app_session),
        lambda _desk: moving.move(app_session, desk.matter, [1], AnchorInput(path="d3"), why, desk.officer, NOW),
    )
    for page in (alone, own):
        assert "Người gửi chọn: khoản 1 Điều 2." in page.text and "cơ quan xử lý xếp vào: Điều 3." in page.text
    # Nobody may read the text yet, and why it was moved may tell of it.
    assert why in own.text and why not in alone.text


def test_what_another_body_answers_to_a_text_that_is_not_public_is_for_its_sender_alone(
    app: Flask, app_session: Session
) -> None:
    desk, said = make_desk(app_session), "Đã sửa nhà ông Xuân."

    def bring(desk: Desk) -> None:
        desk.by_two(1, CommentActKind.WITHHELD, "personal_data")
        desk.answer(1, disposition="referred", text="Thuộc Sở Y tế.")
        made = referrals.pass_on(desk.session, desk.matter, 1, Passing("Sở Y tế", "", TODAY), desk.officer, NOW)
        referrals.record_reply(desk.session, desk.matter, made, Reply(said, "9/SYT", TODAY), desk.officer, NOW)
        referrals.release_reply(desk.session, desk.matter, made, desk.publisher, NOW)

    alone, own = looked_up(app, desk, bring)
    assert said in own.text and "9/SYT" in own.text
    here = f"/lay-y-kien/{desk.matter.slug}"
    public = [Browser(app).get(f"{here}/{page}").text for page in ("y-kien/1/", "tong-hop/")]
    assert "Ý kiến số 1" in public[0] and "chuyển cơ quan" in public[1].lower()
    assert not [page for page in (alone.text, *public) if said in page or "9/SYT" in page]
