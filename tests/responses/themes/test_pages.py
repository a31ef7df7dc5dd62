"""The desk's pages of themes: built by the worker, named, signed, merged and split; a filter of the list; judged by two
people."""

import pytest
from flask import Flask

from consult import clock
from consult.similar.theming.building import build
from tests.pages import Page
from tests.responses.conftest import Enter
from tests.responses.desk_builder import Desk
from tests.similar.campaign import followed
from tests.similar.themes.topics import TOPICS
from tests.statements import statements_of


@pytest.fixture
def themed(desk: Desk) -> Desk:
    for own in TOPICS.values():
        for text in own:
            desk.receive(text)
    followed(desk)
    build(desk.session, desk.matter.id, clock.now())
    return desk


def at(desk: Desk, rest: str = "") -> str:
    return f"/xu-ly/{desk.matter.slug}/chu-de/{rest}"


def theme_with(page: Page, words: str) -> Page:
    """The page of the theme whose words these are."""
    return page.click(next(one for one in page.words("//main//table//a") if words in one))


def test_rare_ones_stand_first_and_no_people_are_counted(themed: Desk, enter: Enter) -> None:
    page = enter("officer").get(at(themed))
    sizes = [int(one) for one in page.words("//td[@data-label='Nội dung khác nhau']/span")]
    assert sizes == sorted(sizes) and sum(sizes) == sum(map(len, TOPICS.values()))
    largest = page.click("Chủ đề lớn xếp trước")
    assert [int(one) for one in largest.words("//td[@data-label='Nội dung khác nhau']/span")] == sizes[::-1]


def test_a_theme_is_named_and_signed(themed: Desk, enter: Enter) -> None:
    page = theme_with(enter("officer").get(at(themed)), "lắp camera")
    wrong = page.submit({}, "Ký xác nhận chủ đề")
    assert wrong.status == 409 and "Xin đặt tên cho chủ đề trước khi ký." in wrong.text
    page = page.submit({"Tên chủ đề": "Camera ở thôn"}, "Lưu tên")
    assert page.heading == "Camera ở thôn"
    signed = page.submit({}, "Ký xác nhận chủ đề")
    assert "Trần Văn Bình ký ngày" in signed.text


def test_it_is_a_filter_of_the_list(themed: Desk, enter: Enter) -> None:
    page = theme_with(enter("officer").get(at(themed)), "lắp camera")
    found = page.click("Xem các ý kiến của chủ đề trong danh sách")
    assert "2 ý kiến khớp với bộ lọc" in found.text


def test_texts_are_split_off_and_put_back(themed: Desk, enter: Enter) -> None:
    page = theme_with(enter("officer").get(at(themed)), "lắp camera")
    number = page.address.split("/")[-2]
    box = page.find("//input[@name='sample']")[0].get("value")
    wrong = page.submit({"sample": [box]}, "Tách các nội dung đã chọn thành chủ đề riêng")
    assert wrong.status == 422
    new = page.submit({"sample": [box], "Lý do": "Việc khác."}, "Tách các nội dung đã chọn thành chủ đề riêng")
    assert "Đã tách thành chủ đề riêng." in new.text and "1 nội dung" in new.text
    back = new.submit({"Lý do": "Vẫn là một việc.", "Gộp vào chủ đề số": number}, "Gộp chủ đề")
    assert "Đã gộp chủ đề." in back.text and "2 nội dung" in back.text
    assert "Lý do: Việc khác." in back.text


def test_who_sees_an_older_page_does_not_sign_what_was_changed_since(themed: Desk, enter: Enter) -> None:
    page = theme_with(enter("officer").get(at(themed)), "lắp camera")
    theme_with(enter("second_officer").get(at(themed)), "lắp camera").submit({"Tên chủ đề": "Khác"}, "Lưu tên")
    assert page.submit({}, "Ký xác nhận chủ đề").status == 409


def test_two_people_judge_and_the_page_tells(themed: Desk, enter: Enter) -> None:
    for who in ("officer", "second_officer"):
        page = enter(who).get(at(themed, "cham-cap/"))
        page.submit({}, "Cùng một chủ đề")
    told = enter("officer").get(at(themed)).text
    assert "Hai người đã chấm 1 cặp, mỗi người tự chấm; cùng ý kiến ở 1 cặp." in told
    assert "Độ chính xác: 1 trên 1 cặp" in told


def test_the_button_only_asks_and_the_worker_builds(app: Flask, desk: Desk, enter: Enter) -> None:
    desk.receive(TOPICS["camera"][0])
    followed(desk)
    page = enter("officer").get(at(desk))
    assert "Chưa xếp chủ đề nào." in page.text
    asked = page.submit({}, "Xếp chủ đề")
    assert "Máy đang xếp chủ đề" in asked.text and "Chưa xếp chủ đề nào." in asked.text
    while app.extensions["consult.worker"].work_once(clock.now()):
        pass
    assert "1 chủ đề" in enter("officer").get(at(desk)).text


def test_who_may_not_answer_reads_and_decides_nothing(themed: Desk, enter: Enter) -> None:
    page = theme_with(enter("publisher").get(at(themed)), "lắp camera")
    assert "Ký xác nhận chủ đề" not in page.text
    assert enter("publisher").get(at(themed, "cham-cap/"), status=None).status in {403, 404}


def test_the_statements_do_not_grow_with_themes(themed: Desk, enter: Enter) -> None:
    officer = enter("officer")
    officer.get(at(themed))
    with statements_of(themed.session) as few:
        officer.get(at(themed))
    for text in ("Xin mở thêm tuyến xe buýt.", "Đường liên thôn lầy lội.", "Chợ phiên thiếu chỗ gửi xe."):
        themed.receive(text)
    followed(themed)
    build(themed.session, themed.matter.id, clock.now())
    officer.get(at(themed))
    with statements_of(themed.session) as more:
        officer.get(at(themed))
    assert len(more) == len(few)


@pytest.mark.parametrize("into", ["", "bảy", "9999"])
def test_a_theme_that_is_not_there_is_told_and_the_reason_kept(themed: Desk, enter: Enter, into: str) -> None:
    page = theme_with(enter("officer").get(at(themed)), "lắp camera")
    wrong = page.submit({"into": into, "reason": "Cùng nói về camera."}, "Gộp chủ đề")
    assert wrong.status == 422 and wrong.errors()[0].startswith("Gộp vào chủ đề số: ")
    assert wrong.words("//textarea[@name = 'reason']") == ["Cùng nói về camera."]


def test_two_who_name_one_theme_see_both_names(themed: Desk, enter: Enter) -> None:
    one, other = (theme_with(enter(who).get(at(themed)), "lắp camera") for who in ("officer", "second_officer"))
    one.submit({"Tên chủ đề": "Camera ở thôn"}, "Lưu tên")
    told = other.submit({"Tên chủ đề": "Lắp camera"}, "Lưu tên")
    assert told.status == 409 and "Camera ở thôn" in told.text and "Lắp camera" in told.text
