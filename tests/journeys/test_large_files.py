"""A file that would be refused is told where it is chosen, and nothing is sent; a smaller one goes."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from consult import size_limits
from consult.consultations.models import Consultation
from tests.arriving import given
from tests.files import made
from tests.live import PHONE, Visitor

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("root", "field", "text", "button", "onward", "said"),
    [
        ("", "Tệp gửi kèm", "Nội dung ý kiến", "Tiếp tục", "Bỏ qua", "10 MB nên chưa thể gửi"),
        ("/en", "Attached files", "Text of the comment", "Continue", "Skip", "larger than the 10 MB allowed"),
    ],
)
def test_a_file_over_its_limit_is_told_at_once_and_not_sent(
    visitor: Callable[..., Visitor],
    matter: Consultation,
    tmp_path: Path,
    root: str,
    field: str,
    text: str,
    button: str,
    onward: str,
    said: str,
) -> None:
    large, small = tmp_path / "lon.pdf", tmp_path / "anh.jpg"
    large.write_bytes(bytes(10 * size_limits.MEGABYTE + 1))
    small.write_bytes(made.picture())
    person = visitor(screen=PHONE)
    page = person.open(f"{root}/lay-y-kien/{matter.slug}/gop-y/?tai=d2.k2")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    files = page.get_by_label(field)
    page.get_by_label(text).fill("Giữ lời này.")
    given(files, [large, small])
    told = page.get_by_role("alert")
    expect(told).to_contain_text(said)
    expect(files).to_have_attribute("aria-invalid", "true")
    person.check()
    page.get_by_role("button", name=button).click()
    expect(files).to_be_focused()
    assert sent == [] and page.get_by_label(text).input_value() == "Giữ lời này."
    given(files, [small])
    expect(told).to_have_count(0)
    page.get_by_role("button", name=button).click()
    page.get_by_role("button", name=onward).click()
    expect(page.locator("main")).to_contain_text("anh.jpg")
    assert len(sent) == 2


def test_a_file_chosen_before_the_script_came_is_told_too(
    visitor: Callable[..., Visitor], matter: Consultation, tmp_path: Path
) -> None:
    large = tmp_path / "lon.pdf"
    large.write_bytes(bytes(10 * size_limits.MEGABYTE + 1))
    person = visitor(screen=PHONE)
    held: list[Route] = []
    person.page.route("**/js/files.js*", lambda route: held.append(route))
    page = person.open(f"/lay-y-kien/{matter.slug}/gop-y/?tai=d2.k2")
    files = page.get_by_label("Tệp gửi kèm")
    given(files, [large])
    expect(page.get_by_role("alert")).to_have_count(0)
    [script] = held
    script.continue_()
    expect(page.get_by_role("alert")).to_contain_text("10 MB nên chưa thể gửi")
    expect(files).to_have_attribute("aria-invalid", "true")
