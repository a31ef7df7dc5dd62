"""What is erased stands nowhere any more: no table, index, file or page has a word of it, and the log still holds."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.db import new_id
from consult.models import metadata
from consult.responses.questions import service as questions
from consult.submissions.acts import moving
from consult.submissions.acts import service as acts
from consult.submissions.inputs import AttachmentInput, Sender
from consult.submissions.models import Submission
from consult.submissions.sender import contacts
from consult.submissions.sender.models import TypingCheck
from consult.submissions.words import CommentActKind, ContactKind
from consult.transparency.verification.service import verify
from tests.api.test_reading import verified
from tests.builders import DRAFT, make_area
from tests.live import served
from tests.pages import Browser
from tests.responses.conftest import Enter
from tests.responses.desk_builder import SIGNER, Desk, comment

NAME, CONTACT, NEW_CONTACT, PLACE = "Đinh Thị Quỳnhxoá", "0977 313 131", "0977 313 132", "Xóm Khuổixoá"
SAID = "Lời rấtxoá dài về bãi rác cạnh nhà văn hoá xóm của chúng tôi"
FILE = b"%PDF-1.4 giayxoa " + bytes(range(64))
WORDS = ("xoá", "xoa ", "giayxoa", "0977 313 13", "0977313", "Khuổi")
"""What must not be found afterwards: as it was sent, and folded as an index has it."""


@pytest.fixture
def numbers(app: Flask, desk: Desk) -> list[int]:
    """Public and answered; redacted and answered; waiting, moved, with a question and its reply; split in two."""
    app.extensions["consult.signer"] = SIGNER
    files = app.extensions["consult.files"]
    files.put(DRAFT.encode())
    attached = AttachmentInput(files.put(FILE), "đơn-quỳnhxoá.pdf", "application/pdf", len(FILE), "attachment")
    sender = Sender(NAME, True, make_area(desk.session).id, ContactKind.TELEPHONE, CONTACT, place_said=PLACE)
    found = desk.receive(
        comment(f"{SAID} một.", proposed="Ghi rõ bãi rấtxoá.", reason="Vì rấtxoá gần."),
        *(f"{SAID} {word}." for word in ("hai", "ba", "bốn")),
        sender=sender, attachments=(attached,),
    )  # fmt: skip
    desk.release(found[0], found[3])
    desk.by_two(found[1], CommentActKind.REDACTED, "personal_data", text="Lời […] rấtxoá.", note="Nhà bà Quỳnhxoá")
    desk.answer(found[0], found[1], text="Tiếp thu.")
    acts.split(desk.session, desk.matter, found[3], [comment("Phần rấtxoá một"), comment("Phần rấtxoá hai")],
               desk.officer, desk.now)  # fmt: skip
    moving.move(desk.session, desk.matter, [found[2]], None, "Bãi rấtxoá ở cả xóm.", desk.officer, desk.now)
    questions.ask(desk.session, desk.matter, found[2], "Bãi rấtxoá nào?", 5, desk.officer, desk.now)
    questions.reply(desk.session, desk.matter, found[2], "Bãi rấtxoá ấy.", None, desk.now)
    _of_the_sender(desk)
    desk.receive("Người khác nói chuyện khác hẳn về ngày thu gom và xe chở.")
    return found


def _of_the_sender(desk: Desk) -> None:
    sent = _submission(desk)
    contacts.correct(desk.session, desk.matter, sent.id, NEW_CONTACT, "Bà Quỳnhxoá đổi số", desk.officer, desk.now)
    desk.session.add(
        TypingCheck(
            consultation_id=desk.matter.id, id=new_id(), submission_id=sent.id, at=desk.now, right=False,
            said="Sai chữ rấtxoá", texts={"1": {"text": "rấtxoá"}},
        )
    )  # fmt: skip
    desk.session.commit()


def _submission(desk: Desk) -> Submission:
    return desk.session.scalars(select(Submission).order_by(Submission.number)).first()  # type: ignore[return-value]


def _work(app: Flask, session: Session) -> None:
    """What the worker has to do; nobody reads what was meanwhile."""
    session.rollback()
    while app.extensions["consult.worker"].work_once(clock.now() + timedelta(minutes=1)):
        pass


def _rows(session: Session) -> Iterator[tuple[str, str]]:
    for table in metadata.sorted_tables:
        for row in session.execute(select(table)):
            yield table.name, str(row)


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    return ((str(path), path.read_bytes()) for path in folder.rglob("*") if path.is_file())


def _found(app: Flask, session: Session) -> list[tuple[str, str]]:
    session.rollback()
    rows = [(name, word) for name, row in _rows(session) for word in WORDS if word in row]
    database = Path(str(app.extensions["consult.database"].engine.url.database))
    beside = [(one.name, one.read_bytes()) for one in database.parent.glob(f"{database.name}*")]
    kept = [*_files(app.config["INSTANCE"]), *beside]
    return rows + [(name, word) for name, data in kept for word in WORDS if word.encode() in data]


def _erase(desk: Desk, enter: Enter, number: int, *scope: str) -> None:
    """An officer takes the request down and proposes; another confirms."""
    address = f"/xu-ly/{desk.matter.slug}/du-lieu-ca-nhan/"
    asked = {"comment": str(number), "data_kind": "erasure", "said": "Xin xoá rấtxoá.", "checked": "codes"}
    taken = enter("officer").get(address).submit(asked, "Ghi yêu cầu")
    taken.submit({"scope": list(scope)}, "Đề xuất xóa")
    done = enter("second_officer").get(f"{address}1/").submit({}, "Xác nhận và xóa")
    assert "Đã xóa." in done.text


def test_no_word_of_it_is_left(app: Flask, desk: Desk, enter: Enter, numbers: list[int]) -> None:
    _work(app, desk.session)
    officer = enter("officer")
    form = officer.get(f"/xu-ly/{desk.matter.slug}/y-kien/{numbers[0]}/de-xuat/?kind=redacted")
    form.submit({"shown_text": f"{SAID}"}, "Gửi đề xuất")
    assert Browser(app).get(f"/lay-y-kien/{desk.matter.slug}/y-kien/{numbers[0]}/").text.count("rấtxoá")
    assert {name for name, _word in _found(app, desk.session)} > {"comment_version", "submission", "comment_act"}
    _erase(desk, enter, numbers[0], "sender", "words")
    _work(app, desk.session)
    assert _found(app, desk.session) == []


def test_the_log_holds_and_nothing_waits(app: Flask, desk: Desk, enter: Enter, numbers: list[int]) -> None:
    _erase(desk, enter, numbers[0], "sender", "words")
    desk.session.rollback()
    desk.session.expire_all()
    assert list(verify(desk.session, desk.matter, app.extensions["consult.files"], SIGNER))
    page = Browser(app).get(f"/lay-y-kien/{desk.matter.slug}/y-kien/{numbers[0]}/")
    assert "rấtxoá" not in page.html and NAME not in page.html
    waiting = enter("officer").get(f"/xu-ly/{desk.matter.slug}/?outcome=awaiting")
    assert "1 ý kiến" in waiting.text


def test_nothing_of_it_is_found(app: Flask, desk: Desk, enter: Enter, numbers: list[int]) -> None:
    _work(app, desk.session)
    browser = Browser(app)
    assert SAID[:20] in browser.get("/tim-kiem/?q=nhà+văn+hoá+xóm").text
    _erase(desk, enter, numbers[0], "words")
    _work(app, desk.session)
    assert SAID[:20] not in browser.get("/tim-kiem/?q=nhà+văn+hoá+xóm").text


def test_only_the_sender_is_erased_when_only_that_was_asked(
    app: Flask, desk: Desk, enter: Enter, numbers: list[int]
) -> None:
    _erase(desk, enter, numbers[0], "sender")
    desk.session.rollback()
    desk.session.expire_all()
    sent = _submission(desk)
    assert (sent.sender_name, sent.contact, sent.place_said, sent.identity_salt) == ("", "", "", None)
    assert SAID in Browser(app).get(f"/lay-y-kien/{desk.matter.slug}/y-kien/{numbers[0]}/").text
    # What waits may still be split: what the log commits to stands in its first entry.
    acts.split(desk.session, desk.matter, numbers[2], [comment("Phần ba"), comment("Phần bốn")], desk.officer, desk.now)
    assert list(verify(desk.session, desk.matter, app.extensions["consult.files"], SIGNER))


def test_the_outsiders_verifier_agrees_before_and_after(
    app: Flask, desk: Desk, enter: Enter, numbers: list[int]
) -> None:
    with served(app) as address:
        before = verified(address, desk.matter.slug, "--every-proof")
    _erase(desk, enter, numbers[0], "sender", "words")
    with served(app) as address:
        after = verified(address, desk.matter.slug, "--every-proof")
    assert (before.returncode, after.returncode) == (0, 0), after.stdout + after.stderr


def test_files_and_tables_have_no_word_of_it(app: Flask, desk: Desk, enter: Enter, numbers: list[int]) -> None:
    addresses = [f"/lay-y-kien/{desk.matter.slug}/tong-hop.{suffix}" for suffix in ("csv", "json")]
    _erase(desk, enter, numbers[0], "sender", "words")
    officer = enter("officer")
    inside = [f"/xu-ly/{desk.matter.slug}/", f"/xu-ly/{desk.matter.slug}/y-kien/{numbers[0]}/"]
    for address in (*addresses, *inside):
        page = officer.get(address, None)
        assert not [word for word in WORDS if word.encode() in page.body], address
