"""The library as people meet it: a leaflet put in, taken away and counted, ordered and delivered."""

from datetime import timedelta

from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.files.signed_files import KeptFile
from consult.people.words import Role
from tests.application import sign_in
from tests.builders import make_user
from tests.files import made
from tests.pages import Browser
from tests.programme.materials.scene import Library
from tests.programme.scene import make_parties
from tests.statements import statements_of


def shelf_of(app: Flask, session: Session) -> Library:
    """A library whose file is kept."""
    file = KeptFile(app.extensions["consult.files"].put(made.pdf()), "to-roi.pdf", "application/pdf", 1024)
    return Library(make_parties(session, clock.now()), file)


def test_from_a_leaflet_that_is_put_in_to_one_that_is_delivered(
    app: Flask, app_session: Session, browser: Browser
) -> None:
    shelf = shelf_of(app, app_session)
    parties, slug = shelf.parties, shelf.programme.matter.slug
    writer, signer, officer, parish = (Browser(app) for _each in range(4))
    sign_in(writer, make_user(app_session, parties.front, [Role.DRAFTER]))
    sign_in(signer, make_user(app_session, parties.front, [Role.SENDER]))
    sign_in(officer, make_user(app_session, parties.department, [Role.OFFICER]))
    sign_in(parish, make_user(app_session, parties.commune, [Role.OFFICER]))
    typed = {
        "title": "Tờ <b>rơi</b>", "topic": "plastic", "form": "leaflet", "language": "dao", "made_by": "Sở",
        "licence": "free",
    }  # fmt: skip
    page = writer.get(f"/phoi-hop/thu-vien/{slug}/").submit(typed, button="Lưu")
    assert page.status == 422
    page = page.submit({**typed, "file": (made.pdf(), "to-roi.pdf")}, button="Lưu")
    browser.get(f"/chuong-trinh/{slug}/thu-vien/1/", status=404)
    signer.get(page.address).submit({}, button="Công khai")
    shown = browser.get("/thu-vien/?tieng=dao").click("Tờ <b>rơi</b>")
    assert shown.submit({}, button="Tải về bản 1").body.startswith(b"%PDF")
    assert "Số lượt tải1" in browser.get(shown.address).text.replace("tải 1", "tải1")
    order = {
        "material": str(shelf.put_in(title="Khác").id), "copies": "200", "specialist": "1",
        "needed_on": (parties.today + timedelta(days=3)).isoformat(),
    }  # fmt: skip
    desk = f"/phoi-hop/dat-tai-lieu/{slug}/"
    mine = parish.get(desk).submit(order, button="Gửi đơn đặt").address
    assert "chờ trả lời" in parish.get(mine).text
    assert officer.get(mine).submit({}, button="Từ chối").status == 422
    officer.get(mine).submit({"answer": "Chủ nhật có cán bộ."}, button="Xác nhận")
    told = {"delivered_on": parties.today.isoformat(), "delivered_copies": "200"}
    officer.get(mine).submit(told, button="Lưu")
    assert "Chủ nhật có cán bộ." in parish.get(mine).text
    assert "đã giao" in parish.get(desk).text
    writer.get(mine, status=404)
    assert "Tờ <b>rơi</b>" in browser.get("/thu-vien/thu-vien.csv").body.decode()


def test_a_film_is_kept_as_it_came_and_nothing_else_is_taken_for_one(app: Flask, app_session: Session) -> None:
    shelf = shelf_of(app, app_session)
    writer = Browser(app)
    sign_in(writer, make_user(app_session, shelf.parties.front, [Role.DRAFTER]))
    typed = {
        "title": "Phim", "topic": "waste", "form": "film", "language": "vi", "made_by": "Sở", "licence": "ask",
    }  # fmt: skip
    film = b"\0\0\0\x18ftypisom" + b"\0" * 100
    page = writer.get(f"/phoi-hop/thu-vien/{shelf.programme.matter.slug}/")
    assert "không phải phim" in page.submit({**typed, "file": (b"GIF89a", "phim.mp4")}, button="Lưu").text
    made_page = page.submit({**typed, "file": (film, "phim.mp4")}, button="Lưu")
    assert made_page.click("phim.mp4").body == film


def test_an_old_form_gives_the_file_and_counts_nothing(app: Flask, app_session: Session, browser: Browser) -> None:
    shelf = shelf_of(app, app_session)
    one = shelf.put_in()
    address = f"/chuong-trinh/{shelf.programme.matter.slug}/thu-vien/{one.number}/"
    answer = browser.get(address).submit({"ticket": "x"}, button="Tải về bản 1")
    assert answer.body.startswith(b"%PDF")
    assert "Số lượt tải0" in browser.get(address).text.replace("tải 0", "tải0")


def test_the_statements_of_the_library_do_not_grow(app: Flask, app_session: Session, browser: Browser) -> None:
    shelf, counts = shelf_of(app, app_session), set()
    slug, officer = shelf.programme.matter.slug, Browser(app)
    sign_in(officer, make_user(app_session, shelf.parties.department, [Role.OFFICER]))
    for many in (1, 4):
        for _each in range(many):
            shelf.ordered(shelf.put_in())
        found = []
        for who, address in (
            (browser, "/thu-vien/"), (browser, "/thu-vien/thu-vien.csv"),
            (officer, f"/phoi-hop/thu-vien/{slug}/"), (officer, f"/phoi-hop/dat-tai-lieu/{slug}/"),
        ):  # fmt: skip
            with statements_of(app_session) as told:
                who.get(address)
            found.append(len(told))
        counts.add(tuple(found))
    assert len(counts) == 1, counts
