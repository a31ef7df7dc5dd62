"""In which commune a branch lies: as its line says, as the branch above it, or as it is put right."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.collections.models import Branch
from consult.people.words import Level, OrganisationKind
from tests.builders import make_area, make_organisation
from tests.collections.conftest import Site

ADD = "Thêm các đầu mối này"


def communes(session: Session) -> dict[str, str | None]:
    """Where each branch lies."""
    session.rollback()
    session.expire_all()
    return {one.name: one.area.name if one.area else None for one in session.scalars(select(Branch))}


def test_a_line_names_its_commune_and_no_commune_becomes_a_person(site: Site, app_session: Session) -> None:
    day = date(2025, 7, 1)
    make_area(app_session, "Xã Bằng Vân", valid_from=date(2000, 1, 1), valid_to=day)
    make_area(app_session, "Xã Bằng Vân", valid_from=day)
    page = site.secretary.get(site.work("them-dau-moi/"))
    wrong = page.submit({"lines": "Thôn 1; xã Bằng Vân; Ông Bình\nThôn 2; phường Không Có"}, button=ADD)
    assert wrong.errors() == ["Dòng 2: Không rõ là xã, phường nào; xin ghi đúng tên, hoặc bỏ đi nếu chưa biết"]
    wrong.submit({"lines": "Thôn 1; xã Bằng Vân; Ông Bình\nThôn 2; Bà Phường"}, button=ADD)
    assert communes(app_session) == {"Xã A": None, "Xã B": None, "Thôn 1": "Xã Bằng Vân", "Thôn 2": None}
    assert "Ông Bình" in site.secretary.get(site.work("dau-moi/3/")).html


def test_a_village_lies_in_the_commune_of_who_added_it(site: Site, app_session: Session) -> None:
    make_area(app_session, "Xã Phong Quang")
    page = site.secretary.get(site.work("dau-moi/1/"))
    wrong = page.submit({"area": "xã Nào Đó"}, button="Lưu")
    assert wrong.status == 422 and wrong.form("area").values()["area"] == "xã Nào Đó"
    saved = wrong.submit({"area": "phong quang"}, button="Lưu")
    assert saved.form("area").values()["area"] == "Xã Phong Quang"
    site.branches["Xã A"].get(site.at("Xã A", "ben-duoi/")).submit({"lines": "Thôn 1\nThôn 2"}, button="Thêm")
    found = communes(app_session)
    assert (found["Xã A"], found["Thôn 1"], found["Thôn 2"]) == ("Xã Phong Quang",) * 3
    saved.submit({"area": ""}, button="Lưu")
    assert communes(app_session)["Xã A"] is None


def test_a_whole_kind_is_added_with_one_tick_and_what_is_there_is_passed_over(site: Site, app_session: Session) -> None:
    province = make_area(app_session, "Tỉnh Thái Nguyên", level=Level.PROVINCE)
    for name in ("Xã A", "Xã Phong Quang"):
        make_area(app_session, name, parent=province)
    for kind, level, name in (
        (OrganisationKind.SOCIO_POLITICAL, Level.COMMUNE, "Hội Nông dân xã X"),
        (OrganisationKind.SOCIO_POLITICAL, Level.COMMUNE, "Hội Phụ nữ xã X"),
        (OrganisationKind.SOCIO_POLITICAL, Level.PROVINCE, "Hội Nông dân tỉnh"),
        (OrganisationKind.RELIGIOUS, Level.COMMUNE, "Xã B"),
    ):
        make_organisation(app_session, kind, level, name)
    page = site.secretary.get(site.work("them-dau-moi/"))
    wrong = page.submit({"group": ["socio_political.commune", "religious.commune"]}, button="Thêm tổ chức đã chọn")
    assert wrong.errors() == ["Xã B: Tên này đang được dùng"], "which body it is, and no line that nobody pasted"
    assert len(wrong.find("//input[@name='group'][@checked]")) == 2
    wrong.submit({"group": ["socio_political.commune"]}, button="Thêm tổ chức đã chọn")
    assert sorted(communes(app_session)) == ["Hội Nông dân xã X", "Hội Phụ nữ xã X", "Xã A", "Xã B"]
    page = site.secretary.get(site.work("them-dau-moi/"))
    assert "Hội Phụ nữ xã X" not in page.text and "Hội Nông dân tỉnh" in page.text
    page.submit({"province": str(province.id)}, button="Thêm mọi xã, phường của tỉnh")
    assert len(communes(app_session)) == 5
    page = site.secretary.get(site.work("them-dau-moi/"))
    again = page.submit({"province": str(province.id)}, button="Thêm mọi xã, phường của tỉnh")
    assert again.errors() == ["Mọi xã, phường của tỉnh này đã là đầu mối"]
