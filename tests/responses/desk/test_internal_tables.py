"""The tables for the office as the desk takes them: listed on its page, kept nowhere on the way."""

import pytest

from consult.submissions.inputs import Sender
from tests.pages import Browser
from tests.responses.conftest import Enter
from tests.responses.desk_builder import Desk

FILES = ("co-ten-nguoi-gui", "ban-lam-viec")


@pytest.mark.parametrize("who", ["officer", "leader", "publisher"])
def test_the_desk_takes_them_from_its_page(desk: Desk, enter: Enter, who: str) -> None:
    desk.receive("Nên giữ.", sender=Sender("Lý Thị Kín"))
    page = enter(who).get(f"/xu-ly/{desk.matter.slug}/")
    for words, name in zip(("Bảng có tên người gửi", "Bản làm việc"), FILES, strict=True):
        file = page.click(words)
        assert file.headers["Cache-Control"] == "no-store"
        assert f'filename="noi-bo-{name}-{desk.matter.slug}.docx"' in file.headers["Content-Disposition"]


def test_nobody_else_gets_them(desk: Desk, browser: Browser) -> None:
    for name in FILES:
        page = browser.get(f"/xu-ly/{desk.matter.slug}/noi-bo/{name}.docx")
        assert page.is_html and "Đăng nhập" in page.heading


@pytest.mark.parametrize("ending", ["docx", "xlsx", "pdf", "csv", "json"])
def test_every_file_of_both_is_given_and_kept_nowhere(desk: Desk, enter: Enter, ending: str) -> None:
    desk.receive("Nên giữ.", sender=Sender("Lý Thị Kín"))
    officer = enter("officer")
    for name in FILES:
        file = officer.client.get(f"/xu-ly/{desk.matter.slug}/noi-bo/{name}.{ending}")
        assert file.status_code == 200 and file.headers["Cache-Control"] == "no-store"
        assert f'filename="noi-bo-{name}-{desk.matter.slug}.{ending}"' in file.headers["Content-Disposition"]


def test_the_page_offers_every_file(desk: Desk, enter: Enter) -> None:
    page = enter("officer").get(f"/xu-ly/{desk.matter.slug}/ho-so/")
    for name in FILES:
        for ending in ("docx", "xlsx", "pdf", "csv", "json"):
            assert f'/noi-bo/{name}.{ending}"' in page.body.decode()
