"""The officer's way to a further revision: upload, outline, what became of what, publication, or away with it."""

from pathlib import Path

import pytest
from sqlalchemy import event

from consult import clock
from consult.consultations.desk.shown_documents import OUTLINE
from consult.consultations.document_models import Provision
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.people.words import Role
from consult.policy import ANYBODY
from consult.shown import About
from consult.stages import Stage
from consult.text import one_line
from tests.application import sign_in
from tests.builders import make_consultation, make_user
from tests.consultations.conftest import Desk
from tests.consultations.revised import SECOND, matches
from tests.demo.suite import Suite
from tests.pages import Browser, Page


def opened(desk: Desk, stage: Stage = Stage.OPEN) -> Consultation:
    """A matter of the department."""
    return make_consultation(desk.session, stage, now=clock.now(), lead=desk.department, answering=desk.department)


def upload(desk: Desk, made: Consultation, content: bytes = SECOND.encode(), name: str = "lan-2.md") -> Page:
    """The officer uploads the second revision; the page after it."""
    page = desk.browser.get(f"/xu-ly/{made.slug}/dot/").click("Thêm bản dự thảo mới")
    return page.submit({"Thêm bản dự thảo mới (lần 2)": (content, name)}, button="Tải lên")


def test_from_the_file_to_the_public_page(desk: Desk) -> None:
    made = opened(desk)
    outline = upload(desk, made)
    assert outline.heading.startswith("Bố cục") and "Bản dự thảo lần 2" in outline.text
    steps = outline.click("Bố cục đã đúng, tiếp tục")
    assert "Chưa đối chiếu." in steps.text
    found = steps.submit(button="Đối chiếu")
    assert found.words("//article/h2") == [
        "khoản 1 Điều 2",
        "khoản 2 Điều 2 → (không còn)",
        "(không có) → Điều 4",
    ]
    form = found.click("Chọn lại phần của lần 2 ứng với khoản 2 Điều 2 (lần 1)")
    back = form.submit({"others": ["d4"]}, button="Lưu")
    assert "Đã sửa kết quả đối chiếu." in back.text and "đã sửa tay" in back.text
    steps = back.click("Tiếp tục")
    assert "sửa lời văn: 2" in steps.text
    done = steps.click("Xem trước khi công bố").submit(button="Công bố bản dự thảo lần 2")
    assert "Đã công bố bản dự thảo mới." in done.text
    again = done.click("đối chiếu với lần 1")
    assert "hiện ngay trên trang công khai" in again.text
    public = Browser(desk.app).get(f"/lay-y-kien/{made.slug}/du-thao/2/so-voi/1/")
    assert "lần 1: khoản 2 Điều 2 → lần 2: Điều 4" in public.text
    again.click("Chọn lại phần của lần 1 ứng với Điều 4 (lần 2)").submit({"others": []}, button="Lưu")
    assert "lần 2: Điều 4" in Browser(desk.app).get(f"/lay-y-kien/{made.slug}/du-thao/2/so-voi/1/?loai=added").text


def test_an_officer_prepares_it_and_the_publisher_makes_it_public(desk: Desk) -> None:
    made, officer = opened(desk), Browser(desk.app)
    person = make_user(desk.session, desk.department, [Role.OFFICER])
    desk.session.commit()
    sign_in(officer, person)
    upload(desk, made)
    address = f"/xu-ly/{made.slug}/ban-moi/1/cong-bo/"
    page = officer.get(address)
    assert "Người công bố của cơ quan công bố bản này" in page.text
    assert not [form for form in page.forms() if form.action == ""]
    form = desk.browser.get(address).form("Công bố bản dự thảo lần 2").values()
    token = officer.get(f"/xu-ly/{made.slug}/ban-moi/1/").form("Đối chiếu").values()["csrf_token"]
    officer.post(address, form | {"csrf_token": token}, 404)
    assert "Bản dự thảo mới đã tải lên" in officer.get("/xu-ly/").text
    desk.browser.get(address).submit(button="Công bố bản dự thảo lần 2")
    Browser(desk.app).get(f"/lay-y-kien/{made.slug}/du-thao/2/")


def test_correcting_the_outline_compares_anew(desk: Desk) -> None:
    made = opened(desk)
    upload(desk, made)
    steps = desk.browser.get(f"/xu-ly/{made.slug}/ban-moi/1/")
    steps.submit(button="Đối chiếu")
    edit = desk.browser.get(f"/xu-ly/{made.slug}/ban-moi/1/bo-cuc/sua/?tai=d4")
    assert "những chỗ đã nối tay không còn" in edit.text
    edit.submit({"Số, ký hiệu đúng": "5"}, button="Đổi số")
    assert "Chưa đối chiếu." in desk.browser.get(f"/xu-ly/{made.slug}/ban-moi/1/").text
    desk.browser.get(f"/xu-ly/{made.slug}/doi-chieu/1/2/", 404)
    desk.browser.get(f"/xu-ly/{made.slug}/ban-moi/1/cong-bo/").submit(button="Công bố bản dự thảo lần 2")
    desk.session.rollback()
    second = queries.current_revision(desk.session, made.id)
    assert (None, "d5", "added") in matches(desk.session, second)


def test_a_revision_is_discarded(desk: Desk) -> None:
    made = opened(desk)
    upload(desk, made)
    asked = desk.browser.get(f"/xu-ly/{made.slug}/ban-moi/1/").click("Bỏ bản này")
    assert asked.heading == "Bỏ bản dự thảo lần 2?" and "lan-2.md" in asked.text
    desk.browser.get(f"/xu-ly/{made.slug}/ban-moi/1/")
    page = asked.submit(button="Bỏ bản dự thảo này")
    assert "Đã bỏ bản dự thảo chưa công bố." in page.text
    desk.browser.get(f"/xu-ly/{made.slug}/ban-moi/1/", 404)
    again = asked.submit(button="Bỏ bản dự thảo này")
    assert again.heading == page.heading and "Đã bỏ bản dự thảo" not in again.text
    assert upload(desk, made).heading.startswith("Bố cục")


def test_what_is_discarded_is_what_was_seen(desk: Desk) -> None:
    made = opened(desk)
    upload(desk, made)
    asked = desk.browser.get(f"/xu-ly/{made.slug}/ban-moi/1/bo/")
    edit = desk.browser.get(f"/xu-ly/{made.slug}/ban-moi/1/bo-cuc/sua/?tai=d4")
    edit.submit({"Số, ký hiệu đúng": "5"}, button="Đổi số")
    again = asked.submit(button="Bỏ bản dự thảo này")
    assert again.status == 409 and "label d4" in again.text and desk.browser.get(f"/xu-ly/{made.slug}/ban-moi/1/")
    assert "Đã bỏ bản dự thảo chưa công bố." in again.submit(button="Đã xem, gửi lại").text


def test_what_is_shown_of_one_provision_is_found_without_the_others(desk: Desk) -> None:
    made, read = opened(desk), list[str]()
    upload(desk, made)
    desk.session.rollback()

    def note(provision: Provision, _context: object) -> None:
        read.append(provision.path)

    event.listen(Provision, "load", note)
    try:
        [shown] = OUTLINE.now(About(desk.session, ANYBODY, clock.now(), made, {"number": 1, "path": "d4"}))
    finally:
        event.remove(Provision, "load", note)
    assert shown.texts["place"].startswith("4 ")
    assert read == ["d4"]


def test_what_is_refused_is_said_where_it_was_done(desk: Desk) -> None:
    made = opened(desk)
    assert upload(desk, made, b"").status == 422
    assert upload(desk, made, b"", "").errors()
    upload(desk, made)
    desk.browser.get(f"/xu-ly/{made.slug}/ban-moi/1/").submit(button="Đối chiếu")
    form = desk.browser.get(f"/xu-ly/{made.slug}/doi-chieu/1/2/sua/?cu=d1")
    wrong = form.submit({"Mục khác": "d99"}, button="Lưu")
    assert wrong.status == 422 and wrong.title.startswith("Lỗi: ") and len(wrong.errors()) == 1
    # Of a revision that is neither the old nor the new one nothing was shown.
    assert form.submit({"side": "neither", "others": []}, button="Lưu").status == 409
    assert form.submit({"others": [], "Mục khác": "điều 4"}, button="Lưu").status == 200
    assert "Điều 1 → Điều 4" in desk.browser.get(f"/xu-ly/{made.slug}/doi-chieu/1/2/").text
    for address in ("sua/?cu=d99", "sua/", "?loai=nothing", "?trang=0"):
        desk.browser.get(f"/xu-ly/{made.slug}/doi-chieu/1/2/{address}", 404)


def test_who_may_not_revise_does_not_see_it(desk: Desk) -> None:
    made, other = opened(desk), Browser(desk.app)
    sign_in(other, make_user(desk.session, desk.department, [Role.LEADER]))
    desk.session.rollback()
    upload(desk, made)
    assert "Thêm bản dự thảo mới" not in other.get(f"/xu-ly/{made.slug}/dot/").text
    for address in ("ban-moi/", "ban-moi/1/", "ban-moi/1/bo-cuc/", "doi-chieu/1/2/"):
        other.get(f"/xu-ly/{made.slug}/{address}", 404)
    desk.session.rollback()
    # The text that was issued is the last revision of a matter that is concluded.
    for stage, status in ((Stage.CONCLUDED, 200), (Stage.WITHDRAWN, 409)):
        over = opened(desk, stage)
        desk.browser.get(f"/xu-ly/{over.slug}/ban-moi/", status)
        desk.session.rollback()


def test_sources_are_given_many_at_a_time(desk: Desk) -> None:
    made = opened(desk)
    upload(desk, made)
    done = desk.browser.get(f"/xu-ly/{made.slug}/ban-moi/1/cong-bo/").submit(button="Công bố bản dự thảo lần 2")
    page = done.click("nguồn của những chỗ sửa không từ góp ý")
    boxes = page.find("//input[@name = 'change']/@value")
    assert len(boxes) == 3 and page.text.count("chưa nêu nguồn") == 3
    wrong = page.submit({"change": boxes[:2], "source": "other"}, button="Lưu cho các chỗ đã chọn")
    assert wrong.status == 422 and wrong.errors()[0].startswith("Ghi chú: ")
    assert len(wrong.find("//input[@name = 'change'][@checked]")) == 2
    none = page.submit({"change": [], "source": "appraisal"}, button="Lưu cho các chỗ đã chọn")
    assert none.errors() == ["Chỗ sửa: Xin chọn ít nhất một chỗ"]
    told = page.submit({"change": boxes[:2], "source": "appraisal"}, button="Lưu cho các chỗ đã chọn")
    assert "Đã lưu nguồn" in told.text and told.text.count("chưa nêu nguồn") == 1
    public = told.click("Xem trang công khai")
    assert public.text.count("Nguồn: thẩm định") == 2 and public.text.count("chưa nêu nguồn") == 1


@pytest.mark.real
def test_a_note_to_a_source_comes_back_as_typed(desk: Desk, samples: Path) -> None:
    made = opened(desk)
    upload(desk, made)
    done = desk.browser.get(f"/xu-ly/{made.slug}/ban-moi/1/cong-bo/").submit(button="Công bố bản dự thảo lần 2")
    page = done.click("nguồn của những chỗ sửa không từ góp ý")
    boxes = page.find("//input[@name = 'change']/@value")
    for note in [word for word in Suite(samples).all if len(word.splitlines()) == 1 and "<" in word][:12]:
        told = page.submit({"change": boxes, "source": "other", "note": note[:500]}, button="Lưu cho các chỗ đã chọn")
        wanted = one_line(note[:500])
        assert told.text.count(wanted) >= 3 and told.click("Xem trang công khai").text.count(wanted) >= 3
        page = told
