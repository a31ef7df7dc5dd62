"""Cases for anybody: narrowed, on a map, as file and feed; and what no page tells."""

import csv
from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy.orm import Session

from consult import clock
from consult.people.words import Role
from consult.programme.sightings import map_drawing, solved, standing
from consult.programme.sightings.listing import CaseLine
from consult.programme.sightings.models import SightingCase
from consult.programme.sightings.solved import SolvedQuestions
from consult.transparency.verification.service import verify
from tests.api.test_reading import verified
from tests.application import sign_in
from tests.builders import make_area, make_user
from tests.files import made
from tests.live import served
from tests.pages import Browser
from tests.programme.sightings.scene import HERE, HOA, Seen, make_seen
from tests.responses.desk_builder import SIGNER
from tests.statements import statements_of


@pytest.fixture
def seen(app_session: Session) -> Seen:
    """A desk that takes sightings, today."""
    return make_seen(app_session, clock.now())


def test_the_list_is_narrowed_and_file_and_page_tell_the_same(browser: Browser, seen: Seen) -> None:
    area = make_area(seen.session, "Xã Nà Khương")
    seen.case(area_id=area.id, text="=Thu dọn")
    seen.case(kind="air", text="Dập lò than")
    seen.end(seen.case(text="Đã xong rồi"))
    assert [word in browser.get("/phan-anh/").text for word in ("=Thu dọn", "Dập lò", "Đã xong")] == [True, True, False]
    page = browser.get(f"/phan-anh/?dia-ban={area.id}")
    assert "=Thu dọn" in page.text and "Dập lò than" not in page.text
    assert "Dập lò than" in browser.get("/phan-anh/?loai=air&tinh-trang=all").text
    rows = list(csv.DictReader(browser.get("/phan-anh/vu-viec.csv").body.decode("utf-8-sig").splitlines()))
    assert [row["text"] for row in rows] == ["'=Thu dọn", "Dập lò than"]
    assert rows[0]["point"] == "22.82345, 104.98412" and rows[0]["sightings"] == "1"


def test_late_first_and_on_the_board_of_promises(browser: Browser, seen: Seen) -> None:
    today = clock.local_day(clock.now())
    for days in (20, 3):
        seen.case(due_on=today + timedelta(days=days), text=f"Việc {days}")
    text = browser.get("/phan-anh/").text
    assert text.index("Việc 3") < text.index("Việc 20")
    board = browser.get("/cam-ket/?loai=case")
    assert board.click("Việc 3").heading == "Vụ việc 2"


def test_the_map_has_each_point_and_the_table_leads_to_it(browser: Browser, seen: Seen) -> None:
    one = seen.case()
    seen.case(point=None, text="Không có toạ độ")
    page = browser.get("/phan-anh/")
    address = f"/phan-anh/{seen.desk.matter.slug}/{one.promise.number}/"
    assert page.find(f"//main//table//a[@href = '{address}']") and not page.find("//*[local-name()='svg']//a")
    assert "22.82345, 104.98412" in page.text and "Không có toạ độ" in page.text
    english = browser.get("/en/phan-anh/")
    assert english.find(f"//main//table//a[@href = '/en{address}']")
    [told] = english.find("//*[local-name()='svg']//*[local-name()='title']/@lang")
    assert told == "vi"


def test_points_lie_as_they_lie_on_the_ground(seen: Seen) -> None:
    def line(point: tuple[float, float]) -> CaseLine:
        return CaseLine(SightingCase(latitude=point[0], longitude=point[1]), 1, 0)

    north, east = (HERE[0] + 0.1, HERE[1]), (HERE[0], HERE[1] + 0.1)
    drawing = map_drawing.drawn([line(HERE), line(north), line(east)])
    assert drawing is not None
    here, above, right = drawing.points
    assert here.x == above.x and above.y < here.y == right.y and right.x > here.x
    # At 22.9 degrees north a degree of longitude is 0.921 of one of latitude.
    assert round((right.x - here.x) / (here.y - above.y), 2) == 0.92
    assert map_drawing.drawn([]) is None


def test_the_feed_tells_what_is_new_ended_and_opened_again(browser: Browser, seen: Seen) -> None:
    case, now = seen.case(seen.see(mail=HOA)), clock.now()
    seen.end(case)
    feed = browser.get("/phan-anh/tin.atom").body.decode()
    assert (
        "Vụ việc mới: Thu dọn" in feed
        and "Đã kết thúc: Thu dọn" in feed
        and "Mở lại" not in feed.partition("<entry>")[2]
    )
    later = now + timedelta(weeks=4)
    SolvedQuestions(4).ask(seen.session, later)
    seen.session.expire_all()
    solved.say(seen.session, case.words[0], False, "", later)
    assert "Mở lại: Thu dọn" in browser.get("/phan-anh/tin.atom").body.decode()


def test_an_outsider_checks_the_log_of_it(app: Flask, seen: Seen) -> None:
    case, later = seen.case(seen.see(mail=HOA)), clock.now() + timedelta(weeks=4)
    seen.end(case)
    SolvedQuestions(4).ask(seen.session, later)
    seen.session.expire_all()
    solved.say(seen.session, case.words[0], False, "", later)
    with served(app) as address:
        told = verified(address, seen.desk.matter.slug)
    assert told.returncode == 0, told.stdout + told.stderr


def test_what_is_not_public_is_not_found_and_no_point_of_a_telephone_is_told(browser: Browser, seen: Seen) -> None:
    number = seen.see(point=(22.9, 105.1), text="Rác thải\nNơi: bờ suối")
    hidden = seen.case(number, public=False)
    slug = seen.desk.matter.slug
    browser.get(f"/phan-anh/{slug}/{hidden.promise.number}/", status=404)
    seen.desk.release(number)
    for address in (f"/lay-y-kien/{slug}/y-kien/{number}/", f"/api/v1/consultations/{slug}/comments/{number}"):
        page = browser.get(address, status=None).body.decode()
        assert "22.9" not in page and "105.1" not in page and "Hoà" not in page
    browser.get("/phan-anh/xong-chua/xyz/", status=404)


def test_the_commune_reads_no_sightings(app: Flask, seen: Seen) -> None:
    seen.case()
    officer = Browser(app)
    sign_in(officer, make_user(seen.session, seen.commune, [Role.OFFICER, Role.LEADER]))
    officer.get(f"/xu-ly/{seen.desk.matter.slug}/vu-viec/", status=404)


def test_the_statements_of_both_lists_do_not_grow(app: Flask, browser: Browser, seen: Seen) -> None:
    officer = Browser(app)
    sign_in(officer, seen.desk.people["officer"])
    counts = []
    for more in (1, 6):
        for _time in range(more):
            seen.case(seen.see(), seen.see())
        for _time in range(more):
            seen.see(days=more)
        found = []
        for who, address in ((browser, "/phan-anh/"), (officer, f"/xu-ly/{seen.desk.matter.slug}/vu-viec/")):
            who.get(address)
            with statements_of(seen.session) as statements:
                who.get(address)
            found.append(len(statements))
        counts.append(found)
    assert counts[0] == counts[1]


def test_pictures_of_what_was_done_are_painted_anew_and_public_with_it(
    app: Flask, browser: Browser, seen: Seen
) -> None:
    case, today = seen.case(), clock.local_day(clock.now())
    officer, leader = Browser(app), Browser(app)
    sign_in(officer, make_user(seen.session, seen.commune, [Role.OFFICER]))
    sign_in(leader, seen.desk.people["leader"])
    slug, number = seen.desk.matter.slug, case.promise.number
    address, public = f"/phoi-hop/cam-ket/{slug}/{number}/", f"/phan-anh/{slug}/{number}/"
    said = {"kind": "done", "text": "Đã dọn.", "day": today.isoformat(), "caption": "Sau khi <b>dọn</b>"}
    page = officer.get(address).submit({**said, "pictures": (b"no picture", "anh.jpg")}, button="Lưu")
    assert page.status == 422 and "Sau khi &lt;b&gt;dọn" in page.html
    page = page.submit({"pictures": (made.picture(), "anh.jpg")}, button="Lưu")
    [source] = page.find("//main//img/@src")
    with Image.open(BytesIO(officer.get(source).body)) as opened:
        assert not opened.getexif()
    browser.get(f"{public}1/hinh/1/", status=404)
    leader.get(address).submit({}, button="Công khai")
    assert "Sau khi <b>dọn</b>" in browser.get(public).text
    [source] = browser.get(public).find("//main//ol//img/@src")
    assert source == f"{public}1/hinh/1/" and browser.get(source).body
    browser.get(f"{public}1/hinh/2/", status=404)
    assert list(verify(seen.session, seen.desk.matter, app.extensions["consult.files"], SIGNER))


def test_of_an_ended_case_that_nobody_reports_the_desk_says_what_brings_it_back(browser: Browser, seen: Seen) -> None:
    open_one, ended = seen.case(), seen.case()
    seen.end(ended)
    for case in (open_one, ended):
        seen.set_apart(case.sightings[0].comment.number)
        standing.settle(seen.session, case, seen.desk.now)
        seen.session.commit()
    sign_in(browser, make_user(seen.session, seen.desk.matter.answering, [Role.OFFICER]))
    told = [
        "Gộp thêm một phản ánh thì"
        in browser.get(f"/xu-ly/{seen.desk.matter.slug}/vu-viec/{case.promise.number}/").text
        for case in (open_one, ended)
    ]
    assert told == [True, False]
