"""A commune between villages and the province, by its link: it reads, consolidates, and sees what came of it; the
province carries that in its own words, and the village hears the answer."""

from sqlalchemy.orm import Session

from consult.clock import now
from consult.collections.branches import keys
from consult.collections.branches import service as branches
from consult.collections.branches.service import NewBranch
from consult.collections.inputs import NewOpinion
from consult.collections.models import Branch
from consult.collections.recording import service as recording
from consult.submissions.views_frame import site_codes
from tests.collections.conftest import Site
from tests.collections.scene import key, paper
from tests.pages import Browser

NAME = "Bà Lý Thị Kín"


def villages(site: Site, session: Session) -> list[Branch]:
    """Two below Xã A, each with an opinion (1, 2) of somebody who left a telephone number."""
    with site.app.app_context():
        codes = site_codes()
    own = site.scene.branches["Xã A"]
    made = branches.add(session, site.scene.collection, own, [NewBranch("Thôn 1"), NewBranch("Thôn 2")], codes, now())
    for branch in made:
        said = NewOpinion(f"Suối ở {branch.name} đổi màu", person_name=NAME, contact="0987 111 222")
        recording.record(session, branch, paper(), [said], key(branch.name[-1]), None, codes, now())
    return made


def test_the_way_up_and_down_through_a_commune(site: Site, app_session: Session) -> None:
    below = villages(site, app_session)
    commune = site.branches["Xã A"]
    read = commune.get(site.at("Xã A")).click("Đọc ý kiến của các đầu mối bên dưới và tổng hợp")
    assert "Suối ở Thôn 2 đổi màu" in read.text and NAME not in read.html and "0987" not in read.html
    form = read.submit({"opinion": ["1", "2"]}, button="Viết ý kiến tổng hợp từ các ý kiến đã chọn")
    wrong = form.submit({"text": ""}, button="Lưu")
    assert wrong.status == 422 and wrong.find("//input[@id='nguon-2'][@checked]")
    done = wrong.submit({"text": "Suối trong xã đổi màu sau mưa"}, button="Lưu")
    assert "dựa trên 2 ý kiến: 1, 2" in done.text and "đang được xem xét" in done.text
    changed = done.click("Xem, sửa ý kiến tổng hợp số 1").submit({"reason": "Thấy từ tháng 3"}, button="Lưu")
    assert "dựa trên 2 ý kiến" in changed.text
    above = site.secretary.get(site.work("y-kien/"))
    assert "Đầu mối cấp dưới đã tổng hợp" in above.text and "đầu mối đã gộp trong ý kiến tổng hợp số 1" in above.text
    written = above.submit({"below": ["1"]}, button="Viết ý kiến tổng hợp từ các ý kiến đã chọn")
    written.submit({}, button="Lưu")
    assert "dựa trên 2 ý kiến: 1, 2" in site.secretary.get(site.work("tong-hop/")).text
    page = commune.get(site.at("Xã A", "ben-duoi/tong-hop/1/"))
    refused = page.submit({"text": "Khác"}, button="Lưu")
    assert refused.status == 409 and "cấp trên" in refused.text
    told = commune.get(site.at("Xã A", "ben-duoi/tra-loi/"))
    assert "Thôn 1" in told.text and "0 trong 1 ý kiến" in told.text
    commune.get(site.at("Xã A", f"ben-duoi/tra-loi/{below[0].number}/to-doc.pdf"), status=404)


def test_another_commune_reads_and_touches_nothing_of_it(site: Site, app_session: Session) -> None:
    below = villages(site, app_session)
    site.branches["Xã A"].get(site.at("Xã A", "ben-duoi/y-kien/")).submit(
        {"opinion": ["1"]}, button="Chuyển nguyên văn từng ý kiến"
    )
    other = site.branches["Xã B"]
    page = other.get(site.at("Xã B", "ben-duoi/y-kien/"))
    assert "Suối" not in page.text and "Không có ý kiến nào" in page.text
    ticket = other.get(site.at("Xã B", "ben-duoi/tong-hop/viet/?y-kien=1&tong-hop=1"))
    assert "Suối" not in ticket.text
    for said in ({"opinion": "1"}, {"below": "1"}):
        other.post(site.at("Xã B", "ben-duoi/tong-hop/viet/"), {"text": "Của tôi", **said}, status=404)
        other.post(site.at("Xã B", "ben-duoi/y-kien/"), {"do": "leave_out", "why": "Bỏ", **said}, status=404)
    other.get(site.at("Xã B", "ben-duoi/tong-hop/1/"), status=404)
    other.get(site.at("Xã B", f"ben-duoi/tra-loi/{below[0].number}/to-doc.pdf"), status=404)
    village = Browser(site.app)
    with site.app.app_context():
        village.get(f"/thu-thap/vao/{keys.of_branch(below[0], site_codes())}/")
    for rest in ("ben-duoi/y-kien/", "ben-duoi/tong-hop/", "ben-duoi/tra-loi/"):
        village.get(site.at("Xã A", rest), status=403)
