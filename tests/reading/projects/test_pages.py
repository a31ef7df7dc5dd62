"""Several matters about one project: each names the others, and a page has what there is about all of them."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.models import Consultation
from consult.stages import Stage
from tests.builders import make_consultation
from tests.pages import Browser
from tests.reading.scene import Scene

NAME = "Dự án cải tạo đường Phủ Thông - Cẩm Giàng"
PAGE = "/du-an/du-an-cai-tao-duong-phu-thong-cam-giang/"
MEETING = {"meeting_on": "2099-12-03", "meeting_place": "Nhà văn hóa thôn Nà Hái"}


@pytest.fixture
def scene(app_session: Session, app: Flask) -> Scene:
    """A matter about the project."""
    made = Scene(app_session)
    made.matter.project = {"name": NAME, **MEETING}
    app_session.commit()
    return made


def beside(
    scene: Scene, stage: Stage = Stage.OPEN, name: str = "Dự án cải tạo đường Phủ Thông – Cẩm Giàng."
) -> Consultation:
    """Another matter, whose officer typed the name of the project a little otherwise."""
    made = make_consultation(scene.session, stage, now=clock.now(), slug="mat-tran-hoi-ve-con-duong")
    made.project, made.plain_words = {"name": name}, {"short_name": "Mặt trận hỏi về con đường"}
    scene.session.commit()
    return made


def test_each_matter_names_the_others_and_the_page_of_the_project(scene: Scene, browser: Browser) -> None:
    other = f"/lay-y-kien/{beside(scene).slug}/"
    assert [address in browser.get(scene.url).html for address in (other, PAGE)] == [True, True]
    assert [address in browser.get(other).html for address in (scene.url, PAGE)] == [True, True]


def test_the_project_has_its_matters_meetings_documents_and_one_time_line(scene: Scene, browser: Browser) -> None:
    other = beside(scene)
    page = browser.get(PAGE)
    assert page.find(f"//section[@aria-labelledby = 'cac-dot']//a[@href = '{scene.url}']")
    assert page.find(f"//section[@aria-labelledby = 'cac-dot']//a[@href = '/lay-y-kien/{other.slug}/']")
    assert MEETING["meeting_place"] in page.words("//section[@aria-labelledby = 'hop']")[0]
    assert page.find(f"//section[@aria-labelledby = 'tai-lieu']//a[@href = '{scene.url}du-thao/1/']")
    days = page.words("//section[@aria-labelledby = 'dien-bien']//li")
    assert "3/12/2099: họp cộng đồng dân cư" in days[-1] and "(chưa đến)" in days[-1]
    assert sum("công bố đợt lấy ý kiến" in one for one in days) == 2
    assert sum("ngày cuối nhận góp ý" in one for one in days) == 2


def test_what_is_not_public_is_named_nowhere(scene: Scene, browser: Browser) -> None:
    hidden = beside(scene, Stage.DRAFTING)
    assert [hidden.slug in browser.get(address).html for address in (scene.url, PAGE)] == [False, False]


def test_another_project_is_another_and_none_is_none(scene: Scene, browser: Browser) -> None:
    other = beside(scene, name="Dự án đường Phủ Thông")
    assert other.slug not in browser.get(PAGE).html
    browser.get("/du-an/khong-co-du-an-nay/", status=404)
    scene.matter.project = {}
    scene.matter.touch()
    scene.session.commit()
    browser.get(PAGE, status=404)
    assert "/du-an/" not in browser.get(scene.url).html
