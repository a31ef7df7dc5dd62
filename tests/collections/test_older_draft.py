"""A further draft appears while opinions are gathered: each goes on being about the clause that it was said about, in
every form that opens it again, and who records it or hands it up is told what became of that clause."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.clock import now
from consult.collections.consolidated_models import ConsolidatedOpinion
from consult.collections.models import CollectedOpinion
from tests.builders import DRAFT, make_publisher
from tests.collections.conftest import Site
from tests.consultations.revised import revise
from tests.pages import Page

ONE_MORE = DRAFT.replace(
    "### Điều 3. Hiệu lực thi hành",
    "### Điều 3. Kinh phí\n\nNgân sách xã chi trả tiền xe.\n\n### Điều 4. Hiệu lực thi hành",
)
ABOUT, NOW_AT = "du-thao/1/d3", "Điều 3 (bản dự thảo lần 1): trong bản dự thảo lần 2 là Điều 4."


@pytest.fixture
def visit(site: Site) -> Page:
    """The form of a visit, opened while the first draft was the newest."""
    return site.branches["Xã A"].get(site.at("Xã A", "ghi/tham/"))


def second_draft(site: Site, session: Session) -> None:
    session.rollback()
    matter = site.scene.matter
    assert matter is not None
    revise(session, matter, make_publisher(session), ONE_MORE, now())
    session.commit()


def recorded(site: Site, session: Session, visit: Page) -> Page:
    second_draft(site, session)
    return visit.submit({"text": "Nên lùi một năm", "anchor": ABOUT, "place": "Thôn 1"}, button="Ghi nhận")


def selected(page: Page) -> list[str]:
    return [str(one) for one in page.find("//select[@name='anchor']/option[@selected]/@value")]


def test_a_branch_is_told_what_became_of_the_clause(site: Site, app_session: Session, visit: Page) -> None:
    page = recorded(site, app_session, visit)
    assert NOW_AT in page.text and page.find("//main//a[contains(@href,'du-thao/2/?tai=d4')]")


def test_putting_words_right_leaves_the_clause_alone(site: Site, app_session: Session, visit: Page) -> None:
    one = recorded(site, app_session, visit).click("Phiếu hẹn, sửa, rút")
    assert selected(one) == [ABOUT] and NOW_AT in one.text
    assert one.find(f"//option[@value='{ABOUT}' and contains(., 'bản dự thảo lần 1')]")
    one.submit({"text": "Nên lùi hai năm"}, button="Lưu")
    app_session.rollback()
    said = app_session.scalars(select(CollectedOpinion)).one()
    assert (said.text, said.anchor) == ("Nên lùi hai năm", ABOUT)


def test_what_is_given_back_still_names_its_clause(site: Site, app_session: Session, visit: Page) -> None:
    second_draft(site, app_session)
    page = visit.submit({"text": "Nên lùi", "anchor": ABOUT, "sharing": "mấy nhà"}, button="Ghi nhận")
    assert page.errors() and selected(page) == [ABOUT]


def test_what_is_handed_up_names_the_clause_of_its_sources(site: Site, app_session: Session, visit: Page) -> None:
    recorded(site, app_session, visit)
    page = site.secretary.get(site.work("y-kien/"))
    assert page.find(f"//select[@name='dieu']/option[@value='{ABOUT}']"), "the list is narrowed by it"
    page = site.secretary.get(site.work("tong-hop/viet/?y-kien=1"))
    assert selected(page) == [ABOUT] and NOW_AT in page.text
    page.submit({"text": "Đề nghị lùi"}, button="Lưu")
    page = site.secretary.get(site.work("tong-hop/1/"))
    assert selected(page) == [ABOUT]
    page.submit({"text": "Đề nghị lùi một năm"}, button="Lưu")
    app_session.rollback()
    assert app_session.scalars(select(ConsolidatedOpinion)).one().anchor == ABOUT


def test_what_was_said_of_a_clause_under_two_drafts_is_one_group(site: Site, app_session: Session, visit: Page) -> None:
    recorded(site, app_session, visit)
    newer = site.branches["Xã A"].get(site.at("Xã A", "ghi/tham/"))
    newer.submit({"text": "nên lùi MỘT năm", "anchor": "du-thao/2/d4", "place": "Thôn 2"}, button="Ghi nhận")
    page = site.secretary.get(site.work("y-kien/"))
    groups = page.find("//fieldset[.//input[@name='opinion']]")
    assert [[one.get("value") for one in group.findall(".//input")] for group in groups] == [["1", "2"]]
    [legend, told] = page.words("//fieldset[.//input[@name='opinion']]/legend | //fieldset/p[@class='hint'][1]")[:2]
    assert "Điều 4" in legend and "lần 2" in legend
    assert told == "trong đó 1 ý kiến về Điều 3 (bản dự thảo lần 1)"
    assert "1 nhóm ý kiến giống hệt nhau" in page.text
    for asked in (ABOUT, "du-thao/2/d4"):
        narrowed = site.secretary.get(site.work(f"y-kien/?dieu={asked}"))
        assert narrowed.find("//input[@name='opinion']/@value") == ["1", "2"]
    assert selected(site.secretary.get(site.work("tong-hop/viet/?y-kien=1,2"))) == ["du-thao/2/d4"]
    app_session.rollback()
    assert set(app_session.scalars(select(CollectedOpinion.anchor))) == {ABOUT, "du-thao/2/d4"}, "as it was said"


def test_the_kit_of_a_meeting_keeps_its_clauses(site: Site, app_session: Session) -> None:
    page = site.secretary.get(site.work("tai-lieu-hop/"))
    page.submit({"clauses.0.anchor": ABOUT, "clauses.0.words": "Bao giờ áp dụng"}, button="Lưu bộ tài liệu")
    second_draft(site, app_session)
    page = site.secretary.get(site.work("tai-lieu-hop/"))
    assert page.find(f"//select[@name='clauses.0.anchor']/option[@selected and @value='{ABOUT}']")
