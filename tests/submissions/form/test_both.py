"""One press sends the same words to two matters about one project; each receives them by itself, with its receipt."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.clock import now
from consult.consultations.models import Consultation
from consult.ledger.models import LedgerEntry
from consult.stages import Stage
from consult.submissions.inputs import TEXT_LIMIT
from consult.submissions.models import Comment, CommentVersion, Submission
from consult.submissions.receiving.models import Attachment
from tests.builders import DRAFT, make_consultation, period_of
from tests.files import made
from tests.files.test_lengths import wav_of
from tests.pages import Browser, Page

FORM = "/lay-y-kien/phan-loai-rac/gop-y/"
OTHER = "mat-tran-hoi"
TICKED = "gui-ca-cho-1"
CHECK = "Xem lại trước khi gửi"
ELSE = "# Báo cáo\n\n**Điều 1. Tuyến đường**\n\nTuyến đi qua thôn Nà Hái.\n"


@pytest.fixture
def consultation(app_session: Session) -> Consultation:
    return of_project(app_session, "phan-loai-rac")


def of_project(session: Session, slug: str, stage: Stage = Stage.OPEN, text: str = DRAFT) -> Consultation:
    matter = make_consultation(session, stage, text, now=now(), slug=slug)
    matter.project, matter.plain_words = {"name": "Đường Phủ Thông"}, {"short_name": f"Tên ngắn {slug}"}
    session.commit()
    return matter


def checked(browser: Browser, form: str = FORM, **typed: str) -> Page:
    return browser.get(form).walk({"comments.0.text": "Giữ con suối", **typed}, CHECK)


def received(session: Session, slug: str) -> list[str]:
    session.rollback()
    rows = select(CommentVersion.text).join(Comment, Comment.id == CommentVersion.comment_id)
    own = Comment.consultation_id == select(Consultation.id).where(Consultation.slug == slug).scalar_subquery()
    return list(session.scalars(rows.where(own).order_by(Comment.number)))


def codes(page: Page) -> list[str]:
    return page.words("//strong[@class='code']")


def test_both_receive_it_and_the_receipt_has_both_numbers(
    browser: Browser, consultation: Consultation, app_session: Session
) -> None:
    other = of_project(app_session, OTHER)
    check = checked(browser, name="Lò Thị Én", contact="0912 345 678")
    assert f"Gửi cả cho: Tên ngắn {OTHER} ({other.posting.name})" in check.text
    assert not check.find("//input[@name = 'also'][@checked]")
    page = check.submit({TICKED: True}, "Gửi")
    assert page.opened and page.heading == "Đã tiếp nhận ý kiến" and len(codes(page)) == 4
    assert [received(app_session, slug) for slug in ("phan-loai-rac", OTHER)] == [["Giữ con suối"], ["Giữ con suối"]]
    same = app_session.execute(select(Submission.sender_name, Submission.contact, Submission.consent_version)).all()
    assert len(same) == 2 and same[0] == same[1]
    logs = app_session.scalars(select(LedgerEntry.consultation_id).where(LedgerEntry.comment_number == 1)).all()
    assert {consultation.id, other.id} <= set(logs), "each log has its own entry"
    second = page.click(f"Phiếu tiếp nhận đầy đủ: {codes(page)[2]}")
    assert codes(second) == codes(page)[2:] and other.posting.name in second.text
    assert codes(browser.get(page.address)) == codes(page)
    assert [one.get("data-code") for one in page.find("//*[@data-keep]")] == [codes(page)[0], codes(page)[2]]
    for code, secret in (codes(page)[:2], codes(page)[2:]):
        assert "Giữ con suối" in browser.get(f"/tra-cuu/{code}/").submit({"ma_bi_mat": secret}, button="Mở").text


def test_pressing_twice_reloading_and_a_second_tab_send_once_each(
    browser: Browser, consultation: Consultation, app_session: Session
) -> None:
    of_project(app_session, OTHER)
    check = checked(browser)
    first, second = check.submit({TICKED: True}, "Gửi"), check.submit({TICKED: True}, "Gửi")
    back = browser.get(check.address)
    assert codes(first) == codes(second) == codes(back) and len(codes(first)) == 4
    assert [len(received(app_session, slug)) for slug in ("phan-loai-rac", OTHER)] == [1, 1]


def test_who_ticks_nothing_sends_to_one(browser: Browser, consultation: Consultation, app_session: Session) -> None:
    of_project(app_session, OTHER)
    page = checked(browser).submit(button="Gửi")
    assert len(codes(page)) == 2 and received(app_session, OTHER) == []


@pytest.mark.parametrize("end", ["closed", "withdrawn"])
def test_what_the_other_does_not_take_is_told_and_not_lost(
    browser: Browser, consultation: Consultation, app_session: Session, end: str
) -> None:
    other = of_project(app_session, OTHER)
    check = checked(browser)
    if end == "closed":
        period_of(app_session, other).closes_at = now() - timedelta(minutes=1)
    else:
        other.withdrawn_at, other.withdrawn_reason = now() - timedelta(minutes=1), "Soạn lại."
    app_session.commit()
    page = check.submit({TICKED: True}, "Gửi")
    assert page.heading == "Đã tiếp nhận ý kiến" and len(codes(page)) == 2
    assert f"Chưa gửi được cho: Tên ngắn {OTHER}" in page.text
    assert ("Đã hết thời hạn góp ý" if end == "closed" else "Đợt lấy ý kiến đã dừng") in page.text
    assert "Giữ con suối" in browser.get(page.link("Mở biểu mẫu của đợt đó để gửi"), 409).text
    assert f"Chưa gửi được cho: Tên ngắn {OTHER}" in browser.get(check.address).text
    assert [received(app_session, slug) for slug in ("phan-loai-rac", OTHER)] == [["Giữ con suối"], []]


def test_what_came_too_often_waits_in_the_form_of_the_other(
    app: Flask, browser: Browser, consultation: Consultation, app_session: Session
) -> None:
    of_project(app_session, OTHER)
    check = checked(browser)
    app.config["SUBMISSIONS_PER_MINUTE"] = 1
    page = check.submit({TICKED: True}, "Gửi")
    app.config["SUBMISSIONS_PER_MINUTE"] = 0
    assert len(codes(page)) == 2 and "Có quá nhiều lượt gửi" in page.text
    there = page.click("Mở biểu mẫu của đợt đó để gửi").submit(button="Gửi")
    again = check.submit({TICKED: True}, "Gửi")
    assert codes(again) == [*codes(page), *codes(there)]
    assert received(app_session, OTHER) == ["Giữ con suối"]


def test_where_the_clause_is_another_the_words_say_what_they_are_about(
    browser: Browser, consultation: Consultation, app_session: Session
) -> None:
    of_project(app_session, OTHER, text=ELSE)
    check = checked(browser, f"{FORM}?tai=d1", **{"comments.0.proposed": "Điều 1. Khác"})
    assert "Đợt này không có chỗ mà ý kiến 1 góp ý" in check.text
    check.submit({TICKED: True}, "Gửi")
    about = f"Về Điều 1 của “{consultation.title}”:\nGiữ con suối\nĐề nghị sửa thành: Điều 1. Khác"
    assert received(app_session, OTHER) == [about]
    places = {one.consultation_id: one.path for one in app_session.scalars(select(Comment))}
    assert places.pop(consultation.id) == "d1" and not any(places.values())


def test_where_the_clause_is_the_same_it_is_about_that(
    browser: Browser, consultation: Consultation, app_session: Session
) -> None:
    of_project(app_session, OTHER)
    check = checked(browser, f"{FORM}?tai=d2.k1")
    assert "Đợt này không có chỗ" not in check.text
    check.submit({TICKED: True}, "Gửi")
    assert [one.path for one in app_session.scalars(select(Comment))] == ["d2.k1", "d2.k1"]


def test_files_and_voices_go_to_both(
    app: Flask, browser: Browser, consultation: Consultation, app_session: Session
) -> None:
    other = of_project(app_session, OTHER, text=ELSE)
    spoken = browser.get(f"{FORM}?tai=d2.k1").submit(button="Nói")
    spoken = spoken.walk({"voice": (wav_of(3), "giọng.wav"), "comments.0.language": "tay"}, CHECK)
    written = spoken.submit(button="edit:0").submit(button="Viết")
    check = written.walk({"file": (made.picture(), "ảnh.jpg")}, CHECK)
    assert len(codes(check.submit({TICKED: True}, "Gửi"))) == 4
    app_session.rollback()
    kept = app_session.scalars(select(Attachment).order_by(Attachment.file_hash, Attachment.consultation_id)).all()
    assert [one.file_hash for one in kept[::2]] == [one.file_hash for one in kept[1::2]] and len(kept) == 4
    assert sorted(one.role for one in kept if one.consultation_id == other.id) == ["attachment", "voice"]
    assert all(app.extensions["consult.files"].get(one.file_hash) for one in kept)


def test_nothing_but_public_matters_of_the_project_is_sent_to(
    browser: Browser, consultation: Consultation, app_session: Session
) -> None:
    of_project(app_session, "ban-nhap", Stage.DRAFTING)
    make_consultation(app_session, now=now(), slug="du-an-khac")
    check = checked(browser)
    assert not check.find("//input[@name = 'also']")
    hostile = ["du-an-khac", "ban-nhap", "phan-loai-rac", "<b>", "", *map(str, range(5_000))]
    values = check.form().values() | {"do": "send"}
    for ticked in (hostile, hostile[1:], hostile[::-1]):
        page = browser.post(FORM, {**values, "also": ticked})
        assert page.heading == "Đã tiếp nhận ý kiến" and len(codes(page)) == 2 and "Chưa gửi được" not in page.text
    assert [received(app_session, slug) for slug in ("ban-nhap", "du-an-khac")] == [[], []]
    assert len(received(app_session, "phan-loai-rac")) == 1


def test_three_others_at_most_are_offered_and_what_is_ticked_stays(
    browser: Browser, consultation: Consultation, app_session: Session
) -> None:
    for number in range(4):
        of_project(app_session, f"dot-{number}")
    check = checked(browser)
    assert len(check.find("//input[@name = 'also']")) == 3
    back = check.submit({TICKED: True, "gui-ca-cho-3": True}, "edit:0").walk({"comments.0.text": "Đã sửa"}, CHECK)
    assert len(back.find("//input[@name = 'also'][@checked]")) == 2
    assert len(codes(back.submit(button="Gửi"))) == 6


def test_in_english_the_words_are_told_in_english(
    browser: Browser, consultation: Consultation, app_session: Session
) -> None:
    of_project(app_session, OTHER, text=ELSE)
    page = browser.get(f"/en{FORM}?tai=d2.k1").walk(
        {"comments.0.text": "Keep it"}, "Read it again before sending", "Continue"
    )
    assert "sent as a comment on the whole consultation" in page.text
    receipt = page.submit({TICKED: True}, "Send")
    assert receipt.opened and len(codes(receipt)) == 4 and receipt.address.startswith("/en/")
    assert received(app_session, OTHER)[0].startswith("On ") and received(app_session, OTHER)[0].endswith("\nKeep it")


def test_what_would_be_too_long_there_is_told_before_and_received_here(
    browser: Browser, consultation: Consultation, app_session: Session
) -> None:
    of_project(app_session, OTHER, text=ELSE)
    check = checked(browser, f"{FORM}?tai=d2.k1", **{"comments.0.text": "a" * TEXT_LIMIT})
    assert check.find(f"//input[@id = '{TICKED}'][@disabled]") and "Nội dung quá dài" in check.text
    page = browser.post(FORM, {**check.form().values(), "do": "send", "also": OTHER})
    assert len(codes(page)) == 2 and "Nội dung quá dài" in page.text and f"Tên ngắn {OTHER}" in page.text
    assert [len(received(app_session, slug)) for slug in ("phan-loai-rac", OTHER)] == [1, 0]


def test_what_was_changed_and_sent_anew_goes_to_both_anew(
    browser: Browser, consultation: Consultation, app_session: Session
) -> None:
    of_project(app_session, OTHER)
    check = checked(browser)
    check.submit({TICKED: True}, "Gửi")
    again = check.submit({TICKED: True}, "edit:0").walk({"comments.0.text": "Thêm nữa"}, CHECK).submit(button="Gửi")
    assert again.status == 409 and again.find(f"//input[@id = '{TICKED}'][@checked]")
    assert len(codes(again.submit(button="Gửi"))) == 4
    assert received(app_session, OTHER) == ["Giữ con suối", "Thêm nữa"]
