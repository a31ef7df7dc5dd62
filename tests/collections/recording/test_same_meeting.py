"""The same place and day is the same meeting: told wherever it came in once more."""

from sqlalchemy.orm import Session

from consult.collections.inputs import NewGathering
from consult.collections.recording import same_meeting
from consult.collections.words import Gathered, WayIn
from tests.collections.conftest import Site
from tests.collections.scene import HELD, collecting, meeting, paper, record


def test_the_place_may_be_typed_otherwise(session: Session) -> None:
    branch = collecting(session, "Xã A").branches["Xã A"]
    record(session, branch, meeting("Nhà văn hóa thôn Bản Mạ"), "Một", at="a")
    program = NewGathering(Gathered.MEETING, WayIn.PROGRAM, "nhà văn hoá, thôn bản mạ", HELD, 40)
    record(session, branch, program, "Hai", at="b")
    record(session, branch, meeting("Thôn khác"), "Ba", at="c")
    record(session, branch, paper(), "Bốn", at="d")
    assert same_meeting.doubles(same_meeting.standing(session, branch.id)) == {1: [2], 2: [1], 3: []}


def test_the_branch_and_the_level_above_are_told(site: Site) -> None:
    browser = site.branches["Xã A"]
    for place in ("Thôn 1", "thôn 1."):
        typed = {"place": place, "held_on": "2026-11-20", "text": "Một"}
        page = browser.get(site.at("Xã A", "ghi/hop/")).submit(typed, button="Ghi nhận")
    assert "có thể đã được ghi" in page.text and page.link("1")
    assert browser.get(site.at("Xã A")).text.count("Có thể đã ghi hai lần") == 2
    number = site.scene.branches["Xã A"].number
    assert "Có thể đã ghi hai lần" in site.secretary.get(site.work(f"dau-moi/{number}/")).text
    sua = page.click("Sửa hoặc rút").submit({"why": "Ghi thừa"}, button="withdraw")
    assert "có thể đã được ghi" not in browser.get(sua.address).text
