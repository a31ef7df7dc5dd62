"""A comment that was lost with its database is brought back from its sender's receipt, by an officer, over HTTP."""

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import select

from consult.consultations.models import Consultation
from consult.people.words import Role
from consult.submissions.models import Comment, Submission
from tests.application import sign_in
from tests.builders import make_user
from tests.pages import Browser
from tests.transparency.set_back import BEFORE, LOST, SetBack, receipt_file, set_back, verified


@pytest.fixture
def back(sqlite_databases: Any, tmp_path: Path) -> Iterator[SetBack]:
    """The site in its second epoch, with what the sender of the lost comment has."""
    with set_back((sqlite_databases.upgraded(), sqlite_databases.bare()), tmp_path) as made:
        made.command("ledger", "new-epoch", made.slug, "--reason", "Khôi phục", "--yes")
        yield made


@pytest.fixture
def officer(back: SetBack) -> Browser:
    """An officer of the body that leads the matter."""
    browser = Browser(back.app)
    with back.session as session:
        matter = session.scalars(select(Consultation)).one()
        user = make_user(session, matter.lead, (Role.OFFICER,))
        session.commit()
        sign_in(browser, user)
    return browser


def entered(officer: Browser, back: SetBack, receipt: Any, code: str, secret: str = "") -> str:
    """What the page says after entering a receipt."""
    address = f"/xu-ly/{back.slug}/nhap-lai/"
    form = officer.get(address).form("Nhập lại")
    file = (io.BytesIO(json.dumps(receipt).encode()), "bien-nhan.json")
    data = {**form.values(), "receipt": file, "code": code, "secret": secret}
    page = officer.post(address, data, None, content_type="multipart/form-data")
    return page.text


@pytest.mark.parametrize("source", ["the file", "the answer of the API"])
def test_it_counts_as_it_was_received(back: SetBack, officer: Browser, verifier: ModuleType, source: str) -> None:
    if source != "the file":
        back.receipt = back.lost
    back.send("Ý kiến khác, gửi sau khi khôi phục.")
    text = entered(officer, back, back.receipt, back.lost["code"], back.lost["secret"])
    assert "Phiếu tiếp nhận ý kiến" in text and back.lost["code"] in text
    with back.session as session:
        comment = session.scalars(select(Comment).where(Comment.number == 3)).one()
        entry = json.loads(back.lost["ledger"]["comments"][0]["entry"])
        assert comment.received_at.strftime("%Y-%m-%dT%H:%M:%SZ") == entry["at"]
        assert session.get_one(Submission, (comment.consultation_id, comment.submission_id)).channel == "receipt"
    own = Browser(back.app).get(f"/tra-cuu/{back.lost['code']}/")
    assert "nhập lại từ phiếu tiếp nhận" in own.text
    opened = own.submit({"ma_bi_mat": back.lost["secret"]}, button="Mở")
    assert LOST in opened.text and "nhập lại từ phiếu tiếp nhận" in opened.text
    desk = officer.get(f"/xu-ly/{back.slug}/y-kien/3/")
    assert "nhập lại từ phiếu tiếp nhận" in desk.text
    lines = verified(verifier, back, receipt=back.receipt)
    assert any(
        "was lost, and was brought back as comment 3 (entry 5); opened: attachments, contact, identity, text" in line
        for line in lines
    )
    assert "được nhập lại từ phiếu tiếp nhận" in Browser(back.app).get(f"/nhat-ky/{back.slug}/5/").text
    assert back.command("ledger", "verify", back.slug)[0] == 0
    assert "đã được nhập lại" in entered(officer, back, back.receipt, back.lost["code"])


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda receipt: receipt["comments"][0]["openings"]["text"]["value"].update(text="Khác"), "đã bị sửa"),
        (lambda receipt: receipt["comments"][0].update(number=9), "đã bị sửa"),
        (lambda receipt: receipt["comments"][0]["proof"].clear(), "đã bị sửa"),
        (lambda receipt: receipt.update(checkpoint=receipt["checkpoint"].replace("\n3\n", "\n4\n")), "đã bị sửa"),
        (lambda receipt: receipt["comments"][0].pop("openings"), "không kèm nội dung"),
        (lambda receipt: receipt.update(origin="khac/nhat-ky"), "không phải của đợt"),
        (lambda receipt: receipt.pop("comments"), "Không đọc được"),
    ],
)
def test_what_a_receipt_does_not_prove_is_refused(
    back: SetBack, officer: Browser, spoil: Callable[[Any], Any], said: str
) -> None:
    receipt = json.loads(json.dumps(back.receipt))
    spoil(receipt)
    assert said in entered(officer, back, receipt, back.lost["code"])
    with back.session as session:
        assert len(session.scalars(select(Comment)).all()) == 1


def test_the_code_must_be_one_of_this_matter_and_free(back: SetBack, officer: Browser) -> None:
    assert "Mã chưa đúng" in entered(officer, back, back.receipt, "123")
    before = back.send(BEFORE)
    assert "đã có trong dữ liệu" in entered(officer, back, back.receipt, before["code"])
    kept = receipt_file(back.app, before)
    assert "không mất" in entered(officer, back, kept, back.lost["code"])
