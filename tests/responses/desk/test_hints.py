"""What may be personal data or a denunciation stands before the officer's eyes before anybody else reads it."""

from tests.responses.conftest import Enter
from tests.responses.desk_builder import Desk

CALLED = "Nhà tôi ngập, gọi 0912 345 678 gặp ông Thắng."


def _at(desk: Desk, rest: str = "") -> str:
    return f"/xu-ly/{desk.matter.slug}/{rest}"


def test_it_is_marked_and_the_redaction_prepared(desk: Desk, enter: Enter) -> None:
    (number,) = desk.receive(CALLED)
    officer = enter("officer")
    page = officer.get(_at(desk, f"y-kien/{number}/"))
    assert page.words("//mark") == ["số điện thoại: 0912 345 678", "tên người: Thắng"]
    assert "số điện thoại (1), tên người (1)" in page.text
    form = officer.get(_at(desk, f"y-kien/{number}/de-xuat/?kind=redacted&luoc=1"))
    assert form.form("Gửi đề xuất").values()["shown_text"] == "Nhà tôi ngập, gọi […] gặp ông […]."
    assert (
        officer.get(_at(desk, f"y-kien/{number}/de-xuat/?kind=redacted")).form("Gửi đề xuất").values()["shown_text"]
        == CALLED
    )


def test_once_it_is_decided_nothing_is_pointed_out(desk: Desk, enter: Enter) -> None:
    (number,) = desk.receive(CALLED)
    desk.release(number)
    assert "Có thể có dữ liệu cá nhân" not in enter("officer").get(_at(desk, f"y-kien/{number}/")).text


def test_a_denunciation_is_told(desk: Desk, enter: Enter) -> None:
    (number,) = desk.receive("Tôi xin tố cáo ông trưởng thôn.")
    assert "có dấu hiệu tố cáo" in enter("officer").get(_at(desk, f"y-kien/{number}/")).text


def test_release_of_all_leaves_out_what_is_to_be_looked_at(desk: Desk, enter: Enter) -> None:
    desk.receive(CALLED, *(f"Nên thu gom ngày {day} hằng tuần." for day in range(2, 60)))
    officer = enter("officer")
    page = officer.get(_at(desk))
    assert "cần xem trước khi công khai" in page.text
    done = page.submit({}, "Cho công khai cả 59 ý kiến khớp bộ lọc")
    assert "Ý kiến số 1 có thể có dữ liệu cá nhân" in done.text
    assert "1 ý kiến" in officer.get(_at(desk, "?visibility=in_check")).text
