"""Feeds and calendars: well formed, true to the facts, kept like other public pages, and without anybody's name."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from lxml import etree
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.preparation import publication
from consult.notices.following.calendar_file import CalendarDay, written
from consult.stages import Stage
from consult.submissions.inputs import Sender
from tests.builders import NOW, TODAY, make_area, make_consultation, make_publisher, period_of
from tests.consultations.revised import revise
from tests.pages import Browser, Page
from tests.responses.desk_builder import Desk, make_desk

ATOM = "{http://www.w3.org/2005/Atom}"
RELAX = """<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="http://www.w3.org/2005/Atom"
 datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
<start><element name="feed"><attribute name="lang" ns="http://www.w3.org/XML/1998/namespace"/>
 <ref name="head"/><ref name="author"/><zeroOrMore><ref name="entry"/></zeroOrMore></element></start>
<define name="entry"><element name="entry">
 <ref name="head"/><ref name="author"/><ref name="summary"/></element></define>
<define name="head"><element name="id"><data type="anyURI"><param name="minLength">8</param></data></element>
 <element name="title"><ref name="words"/></element><element name="updated"><data type="dateTime"/></element>
 <oneOrMore><ref name="link"/></oneOrMore></define>
<define name="words"><data type="string"><param name="minLength">1</param></data></define>
<define name="author"><element name="author"><element name="name"><ref name="words"/></element></element></define>
<define name="summary"><element name="summary"><ref name="words"/></element></define>
<define name="link"><element name="link"><attribute name="rel"/><attribute name="type"/>
 <attribute name="href"><data type="anyURI"/></attribute></element></define>
</grammar>"""
"""RFC 4287, as far as our feeds use it, and no further."""


def feed(browser: Browser, address: str) -> Any:
    """A feed that is one."""
    page = browser.get(address)
    assert page.headers["Content-Type"].startswith("application/atom+xml")
    root = etree.fromstring(page.body)
    etree.RelaxNG(etree.fromstring(RELAX)).assertValid(root)
    ids = [one.text for one in root.iter(f"{ATOM}id")]
    assert len(set(ids)) == len(ids), ids
    return root


def titles(root: Any) -> list[str]:
    """What the entries are called."""
    return [one.findtext(f"{ATOM}title") for one in root.iter(f"{ATOM}entry")]


def days(page: Page) -> list[dict[str, str]]:
    """The events of a calendar, as a strict reader takes it: RFC 5545, 3.1 and 3.4."""
    assert page.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert page.body.endswith(b"\r\n") and b"\n" not in page.body.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in page.body.split(b"\r\n"))
    lines = page.body.decode().replace("\r\n ", "").split("\r\n")[:-1]
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"] and lines[-1] == "END:VCALENDAR"
    found: list[dict[str, str]] = []
    for line in lines:
        name, colon, value = line.partition(":")
        assert colon, line
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found:
            found[-1][name] = value
    assert all({"UID", "DTSTAMP", "DTSTART;VALUE=DATE", "SUMMARY"} <= set(one) for one in found)
    return found


@pytest.fixture
def desk(app_session: Session) -> Desk:
    """A desk as pages see it now."""
    return make_desk(app_session, now=clock.now(), opened_before=70, title="Rác & <b>nước</b>; “thải”, 100%")


def test_a_matter_tells_what_happened_to_it(desk: Desk, browser: Browser) -> None:
    numbers = desk.receive("Một.", "Hai.", sender=Sender("Nguyễn Thị Mai", publish_name=True))
    desk.answer(*numbers)
    revise(desk.session, desk.matter, desk.publisher, now=desk.now)
    publication.withdraw(desk.session, desk.matter, "Soạn lại.", desk.publisher, clock.now())
    root = feed(browser, f"/theo-doi/dot/{desk.matter.slug}/tin.atom")
    told = [one.partition(":")[0] for one in titles(root)]
    assert told[0] == "Dừng lấy ý kiến" and told[-1] == "Bắt đầu công bố lấy ý kiến"
    assert {told[1].partition(" ")[0], told[2].partition(" ")[0]} == {"Đăng", "2"}
    assert "Mai" not in etree.tostring(root, encoding="unicode")
    english = feed(browser, f"/en/theo-doi/dot/{desk.matter.slug}/tin.atom")
    assert titles(english)[0].startswith("Stopped:") and english.find(f"{ATOM}id").text.count("/en/") == 1
    for link in root.iter(f"{ATOM}link"):
        if link.get("type") == "text/html":
            browser.get(link.get("href").replace("http://localhost", "").replace("http://127.0.0.1:5000", ""))


def test_a_clause_tells_of_its_own_answers_alone(desk: Desk, browser: Browser) -> None:
    desk.answer(*desk.receive("Một.", "Hai."))
    here, elsewhere = (
        titles(feed(browser, f"/theo-doi/dieu/{desk.matter.slug}/du-thao/1/{path}/tin.atom")) for path in ("d2", "d3")
    )
    assert len(here) == len(elsewhere) + 1 and here[0].startswith("2 ý kiến được trả lời")
    browser.get(f"/theo-doi/dieu/{desk.matter.slug}/du-thao/1/d99/tin.atom", status=404)


def test_a_commune_a_field_and_all(app_session: Session, browser: Browser) -> None:
    now, area = clock.now(), make_area(app_session, "Xã Phong Quang")
    there = make_consultation(app_session, now=now, area_id=area.id, field="Đất đai", title="Đường liên xã")
    make_consultation(app_session, now=now, field="Môi trường", title="Phân loại rác")
    make_consultation(app_session, Stage.DRAFTING, now=now, field="Môi trường", title="Chưa công bố")
    assert len(titles(feed(browser, "/theo-doi/tin.atom"))) == 2
    for place in (f"dia-ban/{area.code}/{area.valid_from}", "linh-vuc/dat-dai", f"dot/{there.slug}"):
        [only] = titles(feed(browser, f"/theo-doi/{place}/tin.atom"))
        assert only.endswith("Đường liên xã")
    empty = make_area(app_session, "Xã Không Có Gì")
    assert titles(feed(browser, f"/theo-doi/dia-ban/{empty.code}/{empty.valid_from}/tin.atom")) == []


@pytest.mark.parametrize(
    "place",
    [
        "dot/khong-co",
        "dieu/khong-co/du-thao/1/d1",
        "dia-ban/00000/2025-07-01",
        "dia-ban/1/x",
        "linh-vuc/khong-co",
        "dot/",
        "la/gi",
    ],
)
def test_what_is_not_there_is_not_found(place: str, browser: Browser) -> None:
    for what in ("", "tin.atom", "lich.ics"):
        browser.get(f"/theo-doi/{place}/{what}", status=404)


def test_a_matter_that_is_not_public_has_no_feed(app_session: Session, browser: Browser) -> None:
    hidden = make_consultation(app_session, Stage.DRAFTING)
    for what in ("", "tin.atom", "lich.ics"):
        browser.get(f"/theo-doi/dot/{hidden.slug}/{what}", status=404)


def test_the_calendar_has_opening_last_day_and_meeting(app_session: Session, browser: Browser) -> None:
    now = clock.now()
    made = make_consultation(app_session, now=now, title="Rác, “thải”; đường " * 8, days=20)
    in_a_week = (clock.local_day(now) + timedelta(days=7)).isoformat()
    made.project = {"meeting_on": in_a_week, "meeting_place": "Nhà văn hóa thôn Nà Hái"}
    app_session.commit()
    address = f"/theo-doi/dot/{made.slug}/lich.ics"
    before = {one["SUMMARY"].partition(":")[0]: one for one in days(browser.get(address))}
    assert set(before) == {
        "Bắt đầu nhận ý kiến", "Họp lấy ý kiến", "Ngày cuối nhận ý kiến", "Ngày cuối phải trả lời ý kiến"
    }  # fmt: skip
    closes, period = before["Ngày cuối nhận ý kiến"], period_of(app_session, made)
    assert closes["DTSTART;VALUE=DATE"] == f"{period.asked_day:%Y%m%d}" and closes["SEQUENCE"] == "0"
    assert "Nà Hái" in before["Họp lấy ý kiến"]["SUMMARY"] and "\\," in closes["SUMMARY"]
    later = period.asked_day + timedelta(days=30)
    publication.extend(app_session, made, period.id, later, "Bão lụt", make_publisher(app_session), now)
    [moved] = [one for one in days(browser.get(address)) if one["SUMMARY"].startswith("Ngày cuối nhận")]
    assert (moved["DTSTART;VALUE=DATE"], moved["SEQUENCE"], moved["UID"]) == (f"{later:%Y%m%d}", "1", closes["UID"])
    assert len(days(browser.get("/theo-doi/lich.ics"))) == 4


def test_they_are_kept_like_other_public_pages(app: Flask, desk: Desk, browser: Browser) -> None:
    for what in ("tin.atom", "lich.ics"):
        address = f"/theo-doi/dot/{desk.matter.slug}/{what}"
        page = browser.get(address)
        assert page.headers["ETag"] and page.headers["Cache-Control"] == "no-cache" and "Set-Cookie" not in page.headers
        again = browser.client.get(address, headers={"If-None-Match": page.headers["ETag"]})
        assert again.status_code == 304
        assert browser.get(address).headers["ETag"] == page.headers["ETag"]
    publication.withdraw(desk.session, desk.matter, "Soạn lại.", desk.publisher, clock.now())
    assert browser.get(address).headers["ETag"] != page.headers["ETag"]


def test_no_character_is_cut_where_a_line_is_folded() -> None:
    words = "Ủy ban nhân dân xã Phong Quang, " * 9
    day = CalendarDay("a@b", date(2026, 12, 1), words + "\n;\\\x07", "https://x.invalid/", NOW)
    body = written("x", "-//x//", [day])
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    for line in body.split(b"\r\n"):
        line.decode()
    unfolded = body.decode().replace("\r\n ", "")
    assert words.replace(",", "\\,") + "\\n\\;\\\\ " in unfolded and TODAY
