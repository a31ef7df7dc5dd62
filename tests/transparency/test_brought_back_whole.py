"""What a receipt does not hold, a recording, and what its sender changed later come back too, and nothing silently."""

import copy
import io
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from consult import clock
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.people.words import Role
from consult.submissions.inputs import AttachmentInput, CommentInput, NewSubmission
from consult.submissions.models import Comment, CommentVersion, Submission
from consult.submissions.receiving.models import Attachment
from consult.submissions.receiving.service import receive
from consult.submissions.sender import amendment
from consult.submissions.words import VOICE
from tests.application import sign_in
from tests.builders import make_user
from tests.files.made import wav
from tests.pages import Browser, Page
from tests.transparency.set_back import BEFORE, LOST, SetBack, receipt_file, set_back, verified

LATER, ONCE_MORE = "Sửa lần thứ nhất.", "Sửa lần thứ hai."


def spoken_and_amended(app: Flask, slug: str, before: dict[str, Any], lost: dict[str, Any]) -> dict[str, Any]:
    """A spoken comment, and both written ones changed; gives the codes and newer receipts of all."""
    now, sound = clock.now(), wav()
    with app.extensions["consult.database"].session() as session:
        matter = queries.by_slug(session, slug)
        name = app.extensions["consult.files"].put(sound)
        voice = AttachmentInput(name, "y-kien.wav", "audio/wav", len(sound), VOICE, 0, "mong", 3)
        new = NewSubmission((CommentInput(""),), now, f"{'spoken':->32}", attachments=(voice,))
        tools = app.extensions["consult.signer"], app.extensions["consult.codes"]
        said = receive(session, matter, new, now, *tools)
        for number, words in ((1, LATER), (1, ONCE_MORE), (2, LATER)):
            comment = session.scalars(select(Comment).where(Comment.number == number)).one()
            own = session.get_one(Submission, (matter.id, comment.submission_id))
            now += timedelta(seconds=1)
            amendment.amend(session, matter, own, number, CommentInput(words), now, now)
    sent = {"code": said.code, "secret": said.secret}
    return {"sound": sound, "spoken": {**sent, "receipt": receipt_file(app, sent)},
            "before": {**before, "receipt": receipt_file(app, before)},
            "lost": {**lost, "receipt": receipt_file(app, lost)}}  # fmt: skip


@pytest.fixture
def back(sqlite_databases: Any, tmp_path: Path) -> Iterator[SetBack]:
    """The site in its second epoch."""
    urls = (sqlite_databases.upgraded(), sqlite_databases.bare())
    with set_back(urls, tmp_path, spoken_and_amended) as made:
        made.command("ledger", "new-epoch", made.slug, "--reason", "Khôi phục", "--yes")
        made.app.extensions["consult.files"].folder.mkdir(exist_ok=True)
        yield made


@pytest.fixture
def officer(back: SetBack) -> Browser:
    """An officer of the body that leads the matter."""
    browser = Browser(back.app)
    with back.session as session:
        user = make_user(session, session.scalars(select(Consultation)).one().lead, (Role.OFFICER,))
        session.commit()
        sign_in(browser, user)
    return browser


def entered(officer: Browser, back: SetBack, receipt: Any, code: str, secret: str = "", *files: bytes) -> Page:
    """The page after entering a receipt with files."""
    address = f"/xu-ly/{back.slug}/nhap-lai/"
    form = officer.get(address).form("Nhập lại")
    chosen = [(io.BytesIO(data), f"tep-{place}") for place, data in enumerate(files)]
    file = (io.BytesIO(json.dumps(receipt).encode()), "bien-nhan.json")
    data = {**form.values(), "receipt": file, "files": chosen, "code": code, "secret": secret}
    return officer.post(address, data, None, content_type="multipart/form-data")


def voice_of(back: SetBack) -> Attachment:
    with back.session as session:
        return session.scalars(select(Attachment)).one()


@pytest.mark.parametrize("hinted", [True, False])
def test_a_recording_given_again_is_heard(back: SetBack, officer: Browser, hinted: bool) -> None:
    spoken = back.more["spoken"]
    if not hinted:
        spoken["receipt"]["comments"][0].pop("voice")
    page = entered(officer, back, spoken["receipt"], spoken["code"], spoken["secret"], back.more["sound"])
    assert page.heading == "Phiếu tiếp nhận ý kiến"
    voice = voice_of(back)
    assert (voice.role, voice.lost_at, voice.media_type, voice.comment_id is not None) == (
        VOICE,
        None,
        "audio/wav",
        True,
    )
    assert voice.language == ("mong" if hinted else "")
    sound = officer.get(f"/xu-ly/{back.slug}/y-kien/2/nghe/")
    assert sound.find("//audio")
    assert back.command("ledger", "verify", back.slug)[0] == 0


def test_a_recording_that_is_lost_is_told_and_comes_back_later(
    back: SetBack, officer: Browser, verifier: ModuleType
) -> None:
    spoken = back.more["spoken"]
    arguments = (officer, back, spoken["receipt"], spoken["code"], spoken["secret"])
    assert "mã băm không khớp" in entered(*arguments, b"another recording").text
    page = entered(*arguments)
    assert "y-kien.wav" in page.text and "đã mất" in page.text
    assert voice_of(back).lost_at is not None
    assert "chưa ai nghe" in officer.get(f"/xu-ly/{back.slug}/y-kien/2/").text
    hearing = officer.get(f"/xu-ly/{back.slug}/y-kien/2/nghe/")
    assert "Bản ghi âm đã mất" in hearing.text and not hearing.find("//audio")
    own = Browser(back.app).get(f"/tra-cuu/{spoken['code']}/").submit({"ma_bi_mat": spoken["secret"]}, button="Mở")
    assert "đã mất tệp này" in own.text
    lines = verified(verifier, back, receipt=spoken["receipt"])
    assert any("was brought back as comment 2" in line for line in lines)
    assert back.command("ledger", "verify", back.slug)[0] == 0
    assert "đã được nhập lại" in entered(*arguments).text
    later = entered(*arguments, back.more["sound"])
    assert "Tệp được gửi lại" in later.text and voice_of(back).lost_at is None
    assert "chưa ai nghe" not in officer.get(f"/xu-ly/{back.slug}/y-kien/2/").text


def test_reload_and_back_send_nothing_twice(back: SetBack, officer: Browser) -> None:
    refused = entered(officer, back, back.receipt, "123")
    again = refused.submit({"code": back.lost["code"], "secret": back.lost["secret"]}, button="Nhập lại")
    assert again.heading == "Phiếu tiếp nhận ý kiến" and back.lost["code"] in again.text
    address = f"/xu-ly/{back.slug}/nhap-lai/2/"
    assert back.lost["secret"] in officer.get(address).text
    answer = Browser(back.app).client.get(address)
    assert back.lost["secret"] not in answer.get_data(as_text=True)
    with back.session as session:
        assert len(session.scalars(select(Comment)).all()) == 2


def test_versions_made_after_the_receipt_come_back(back: SetBack, officer: Browser, verifier: ModuleType) -> None:
    before = back.more["before"]
    lines = verified(verifier, back, receipt=before["receipt"])
    assert any("version 3 of comment 1 was entry" in line and "has not been brought back" in line for line in lines)
    page = entered(officer, back, before["receipt"], "")
    assert "Đã nhập lại nội dung đã sửa" in page.text
    with back.session as session:
        versions = session.scalars(select(CommentVersion).order_by(CommentVersion.version)).all()
        assert [one.text for one in versions] == [BEFORE, LATER, ONCE_MORE]
    lines = verified(verifier, back, receipt=before["receipt"])
    assert any("version 3 of comment 1 was entry" in line and "was brought back as comment 1" in line for line in lines)
    assert back.command("ledger", "verify", back.slug)[0] == 0
    assert "đã được nhập lại" in entered(officer, back, before["receipt"], "").text
    newest = receipt_file(back.app, before)
    assert any("version 3 of comment 1 is entry" in line for line in verified(verifier, back, receipt=newest))


def test_a_lost_comment_comes_back_with_its_versions(back: SetBack, officer: Browser) -> None:
    lost = back.more["lost"]
    page = entered(officer, back, lost["receipt"], lost["code"], lost["secret"])
    assert page.heading == "Phiếu tiếp nhận ý kiến" and "nội dung đã sửa của ý kiến số: 2" in page.text
    with back.session as session:
        second = (
            select(CommentVersion).join(Comment, CommentVersion.comment_id == Comment.id).where(Comment.number == 2)
        )
        versions = session.scalars(second.order_by(CommentVersion.version)).all()
        assert [one.text for one in versions] == [LOST, LATER]
    assert back.command("ledger", "verify", back.slug)[0] == 0


def test_what_was_changed_since_is_kept_and_what_is_forged_is_refused(back: SetBack, officer: Browser) -> None:
    before = back.more["before"]
    forged = copy.deepcopy(before["receipt"])
    forged["comments"][0]["amended"][0]["text"]["value"]["text"] = "Khác"
    assert "đã bị sửa" in entered(officer, back, forged, "").text
    forged = copy.deepcopy(before["receipt"])
    forged["later"]["checkpoint"] = back.receipt["checkpoint"]
    assert "đã bị sửa" in entered(officer, back, forged, "").text
    with back.session as session:
        matter, now = session.scalars(select(Consultation)).one(), clock.now()
        own = session.scalars(select(Submission)).one()
        amendment.amend(session, matter, own, 1, CommentInput("Mới hơn."), now, now)
    assert "sửa ý kiến này lần nữa" in entered(officer, back, before["receipt"], "").text
