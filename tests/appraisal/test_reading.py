"""The appraising body reads every comment with its reasons and the log, does nothing, and learns nobody's name that is
not public nor how to reach them: by every page and file that its people may open."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.appraisal.posting_facts import posting_facts
from consult.responses.answers import public_sums
from consult.submissions.acts import service as acts
from tests.responses.investor_scene import SAID, Project, everything, make_project

NAMES_AND_CONTACTS = (
    "Hoàng Văn Kín", "0912 345 678", "kin@thu-rieng.example", "Trưởng ban Kín", "88/KIN", "kin-ky.pdf",
    "nộp tại nhà ông Kín", "Tày Văn Rút", "quán bà Kín",
)  # fmt: skip


@pytest.fixture
def project(app: Flask, app_session: Session) -> Iterator[Project]:
    """With everybody, on the real clock."""
    yield make_project(app, app_session)


def test_it_reads_every_word_and_nobodys_name(app: Flask, project: Project) -> None:
    told = everything(app, project, "appraising officer")
    words = "\n".join(told.values())
    assert [word for word in NAMES_AND_CONTACTS if word in words] == []
    assert "Bụi quá nhiều, gọi tôi số máy 0987." in words and "Nhà tôi ở địa chỉ ngõ Kín." in words
    assert SAID[2] in words and "Giáo xứ Kín" in words and "Công dân, xã Kín Đáo" in words
    own = f"{project.base}tham-dinh/"
    desk = [one for one in told if one.startswith(project.base) and not one.startswith((own, f"{project.base}ho-so-"))]
    assert desk == []


def test_what_may_be_a_denunciation_is_read_by_its_number_alone(project: Project) -> None:
    desk = project.desk
    (number,) = desk.receive("Tôi tố cáo ông Chủ tịch nhận tiền.")
    acts.quarantine(desk.session, desk.matter, number, "có dấu hiệu tố cáo", desk.officer, clock.now())
    page = project.enter("appraising officer").get(f"{project.base}tham-dinh/y-kien/{number}/")
    assert "tố cáo ông" not in page.text and "dấu hiệu" not in page.text and "tạm giữ" in page.text


def test_the_way_from_its_own_desk(project: Project) -> None:
    home = project.enter("appraising leader").get("/xu-ly/")
    assert "thẩm định" in home.text and "Xử lý ý kiến" not in home.text
    listed = home.click(project.desk.matter.title)
    assert "Mọi ý kiến" in listed.text
    hidden = listed.click("Chỉ xem ý kiến không công khai")
    assert "Nhà tôi ở địa chỉ ngõ Kín." in hidden.text and SAID[2] not in hidden.text
    one = hidden.click(str(project.withheld))
    assert "thông tin cá nhân" in one.text and not one.find("//main//form")
    # What the builders received was signed by another key than that of the site.
    assert "Có chỗ không đúng với nhật ký" in one.click("Đối chiếu nhật ký").text


@pytest.mark.parametrize("who", ["officer", "investor leader", "another Department", "Front", "administrator"])
def test_nobody_else_reads_there(project: Project, who: str) -> None:
    for name in ("", f"y-kien/{project.withheld}/", "nhat-ky/"):
        assert project.enter(who).client.get(f"{project.base}tham-dinh/{name}").status_code in (403, 404)


def test_the_facts_add_up_to_the_public_sum(project: Project) -> None:
    desk = project.desk
    facts = posting_facts(desk.session, desk.matter, clock.now())
    received = public_sums.outcome(desk.session, desk.matter.id)["received"]
    assert facts.received == received == sum(facts.by_channel.values()) == sum(facts.by_kind.values())
    assert facts.by_kind == {"people": 4, "religious": 1}
    assert facts.over and facts.first_day and facts.last_day
    assert facts.days == (facts.last_day - facts.first_day).days + 1
