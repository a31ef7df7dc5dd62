"""Typing letters at the desk: the scan beside the text, points pasted and put in where they belong, and a slip that
reload and Back find again."""

import io

import pytest
from PIL import Image, ImageDraw

from tests.pages import Page
from tests.responses.conftest import Enter
from tests.responses.desk_builder import Desk
from tests.responses.intake.test_again import RECORD, _form, _letter, _received
from tests.responses.intake.test_service import PDF


def scan(width: int = 60, height: int = 100) -> bytes:
    """A photograph that is dark at its top."""
    held, picture = io.BytesIO(), Image.new("L", (width, height), 250)
    ImageDraw.Draw(picture).rectangle((0, 0, width, height // 4), fill=20)
    picture.save(held, "PNG")
    return held.getvalue()


def drawn(page: Page) -> Image.Image:
    """The scan as it stands beside the form."""
    answer = page.browser.get(page.find("//fieldset[@id='ban-chup']//img/@src")[0])
    assert answer.headers["Content-Type"] == "image/webp"
    return Image.open(io.BytesIO(answer.body)).convert("L")


def typed(page: Page) -> list[tuple[str, str]]:
    """Place and text of each comment of the form."""
    held = page.form(RECORD).values()
    return [
        (held.get(f"comments.{n}.place", "").strip(), held.get(f"comments.{n}.text", "").strip())
        for n in range(int(held["blocks"]))
    ]


def test_the_slip_has_an_address_of_its_own(desk: Desk, enter: Enter) -> None:
    slip = _form(desk, enter).submit(_letter(desk, **{"comments.0.text": "Một.", "name": "Lý Thị Hoa"}), RECORD)
    assert "/tiep-nhan/phieu/" in slip.address
    again = slip.browser.get(slip.address)
    assert again.words("//strong[@class = 'code']") == slip.words("//strong[@class = 'code']")
    assert "Lý Thị Hoa" in again.text and len(_received(desk)) == 1
    enter("officer").get(slip.address[:-3] + "/", status=404)


def test_a_form_used_again_after_back_is_told_of(desk: Desk, enter: Enter) -> None:
    page = _form(desk, enter)
    first = page.submit(_letter(desk, **{"comments.0.text": "Một."}), RECORD)
    second = page.submit(_letter(desk, **{"comments.0.text": "Hai."}), RECORD)
    assert "trước đó đã dùng để ghi phiếu số 1" in second.text and "trước đó" not in first.text


def test_a_round_of_the_form_is_found_again_and_goes_on_where_it_was(desk: Desk, enter: Enter) -> None:
    page = _form(desk, enter).submit({"comments.0.text": "Một."}, "Thêm ý kiến")
    assert "giu=" in page.address
    again = page.browser.get(page.address)
    assert typed(again) == [("", "Một."), ("", "")]
    wrong = page.submit({"comments.0.place": "Điều 99"}, RECORD)
    assert wrong.status == 422 and wrong.browser.get(wrong.address, status=422).errors()
    page.browser.get(page.address.split("giu=")[0] + "giu=" + "0" * 64)


def test_a_comment_is_put_in_where_it_belongs(desk: Desk, enter: Enter) -> None:
    page = _form(desk, enter).submit({"comments.0.text": "Một."}, "Thêm ý kiến")
    page = page.submit({"comments.1.text": "Ba.", "comments.1.place": "Điều 2"}, "more:0")
    assert typed(page) == [("", "Một."), ("", ""), ("Điều 2", "Ba.")]
    assert page.find("//fieldset[@id='y-kien-2']")


def test_pasted_lines_are_comments(desk: Desk, enter: Enter) -> None:
    pasted = "khoản 1 Điều 2: Thu hằng ngày.\nĐiều 2, khoản 1 – Thu buổi tối.\nđiều 99: Bỏ.\nCần thêm thùng.\n\n"
    page = _form(desk, enter).submit({"comments.0.text": "Chung.", "pasted": pasted}, "split:")
    assert typed(page) == [
        ("", "Chung."),
        ("khoản 1 Điều 2", "Thu hằng ngày."),
        ("khoản 1 Điều 2", "Thu buổi tối."),
        ("điều 99", "Bỏ."),
        ("", "Cần thêm thùng."),
    ]
    asked = page.submit(_letter(desk), RECORD)
    assert asked.status == 422 and "Ý kiến thứ 4" in asked.errors()[0]
    slip = asked.submit({"comments.3.place": "Điều 2"}, RECORD)
    assert slip.heading == "Phiếu tiếp nhận ý kiến" and len(_received(desk)[0].comments) == 5


def test_the_scan_lies_beside_the_text_turned_and_enlarged(desk: Desk, enter: Enter) -> None:
    given = {"scan": (scan(), "anh.png"), "comments.0.text": "Một."}
    page = _form(desk, enter).submit(given, "look:")
    assert drawn(page).size == (60, 100) and drawn(page).getpixel((30, 5)) < 80
    turned = page.submit({}, "Xoay phải")
    assert drawn(turned).size == (100, 60) and drawn(turned).getpixel((95, 30)) < 80
    assert turned.submit({}, "Phóng to").find("//img[@class='large']")
    assert typed(turned) == [("", "Một.")]
    gone = turned.submit({}, "drop:0")
    assert not gone.find("//fieldset[@id='ban-chup']//img")
    replaced = gone.submit({"scan": (PDF, "dung.pdf")}, "look:")
    assert "dung.pdf" in replaced.text and "anh.png" not in replaced.text


FOUR = [
    "khoản 1 Điều 2\tRác thải được thu gom.\nHai ngày một lần.\tThu gom hằng ngày.\tNgõ hẹp.\nMùa hè nóng.",
    "\tRác thải …\t\tCần nêu rõ giờ thu gom.",
    'Điều 99\tKhông có\t"Bỏ ""điều"" này.\nVì thừa."\tTrùng luật.',
]


@pytest.mark.parametrize("head", ["", "Điều/khoản\tNội dung dự thảo\tĐề nghị sửa thành\tCăn cứ, lý do góp ý\n"])
def test_the_four_columns_of_an_agency_are_comments(desk: Desk, enter: Enter, head: str) -> None:
    page = _form(desk, enter).submit({"pasted": head + "\n".join(FOUR)}, "split:")
    typed = page.form("Tiếp nhận và in phiếu").values()
    rows = [[typed[f"comments.{at}.{name}"].strip() for name in ("place", "proposed", "reason")] for at in range(3)]
    assert rows == [
        ["khoản 1 Điều 2", "Thu gom hằng ngày.", "Ngõ hẹp.\nMùa hè nóng."],
        ["khoản 1 Điều 2", "", "Cần nêu rõ giờ thu gom."],
        ["Điều 99", 'Bỏ "điều" này.\nVì thừa.', "Trùng luật."],
    ]
    assert not typed.get("pasted", "").strip()


def test_a_table_may_count_its_rows_and_have_fewer_columns(desk: Desk, enter: Enter) -> None:
    page = _form(desk, enter).submit({"pasted": "1\tĐiều 2\tThu hằng ngày.\n2\tĐiều 1\tBỏ cụm từ này."}, "split:")
    typed = page.form("Tiếp nhận và in phiếu").values()
    assert [typed[f"comments.{at}.text"].strip() for at in (0, 1)] == ["Thu hằng ngày.", "Bỏ cụm từ này."]


def test_a_scan_is_looked_at_with_its_token_alone(desk: Desk, enter: Enter) -> None:
    page = _form(desk, enter).submit({"scan": (scan(), "anh.png")}, "look:")
    address = page.find("//fieldset[@id='ban-chup']//img/@src")[0]
    page.browser.get(address.rstrip("/")[:-2] + "/", status=404)
