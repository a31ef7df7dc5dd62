"""Where staff read what the check of references found: in preparation, and where two drafts are laid side by side."""

from tests.consultations.conftest import Desk
from tests.consultations.desk.test_revisions import opened, upload

ARTICLES = (
    "# QUYẾT ĐỊNH\n\nQuy định về rác\n\n### Điều 1. Nộp\n\n1. Nộp phí.\n\n2. Miễn phí.\n\n"
    "### Điều 2. Xử lý\n\n1. Ai được miễn theo khoản 2 Điều 1 Quyết định này thì báo xã.\n\n"
    "2. Hồ sơ theo khoản 9 Điều 1 Quyết định này.\n\n3. Xem khoản 7.\n"
)


def test_the_page_of_the_outline_says_what_leads_nowhere(desk: Desk) -> None:
    page = upload(desk, opened(desk), ARTICLES.encode())
    assert "Có 1 lỗi dẫn chiếu, số đếm" in page.text
    assert "“khoản 9 Điều 1 Quyết định này” dẫn tới chỗ không có trong văn bản này." in page.text
    assert "Dẫn chiếu, từ ngữ: 1 chỗ cần xem" in page.text
    place = page.click("khoản 2 Điều 2")
    assert place.words("//main//h2")[0] == "khoản 2 Điều 2"


def test_what_another_draft_renumbered_is_said_beside_its_changes(desk: Desk) -> None:
    made = opened(desk)
    steps = upload(desk, made, ARTICLES.encode()).click("Bố cục đã đúng, tiếp tục")
    steps.submit(button="Đối chiếu").click("Tiếp tục").click("Xem trước khi công bố").submit(
        button="Công bố bản dự thảo lần 2"
    )
    third = ARTICLES.replace("1. Nộp phí.\n\n2. Miễn phí.", "1. Kê khai số rác.\n\n2. Nộp phí.\n\n3. Miễn phí.")
    added = desk.browser.get(f"/xu-ly/{made.slug}/ban-moi/").submit(
        {"Thêm bản dự thảo mới (lần 3)": (third.encode(), "lan-3.md")}, button="Tải lên"
    )
    found = added.click("Bố cục đã đúng, tiếp tục").submit(button="Đối chiếu")
    assert "giữ như lần trước, trong khi nội dung được dẫn nay là khoản 3 Điều 1." in found.text
    assert "giữ như lần trước" in desk.browser.get(f"/xu-ly/{made.slug}/ban-moi/1/bo-cuc/").text
