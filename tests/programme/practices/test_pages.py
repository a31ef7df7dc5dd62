"""Models as people meet them: written down, made public with pictures painted anew, copied, and scored areas."""

from io import BytesIO

from flask import Flask
from PIL import Image
from sqlalchemy.orm import Session

from consult import clock
from consult.people.words import Role
from consult.programme.practices import registry
from tests.application import sign_in
from tests.builders import make_user
from tests.files import made
from tests.pages import Browser
from tests.programme.practices.scene import CRITERIA, Models
from tests.programme.scene import make_parties
from tests.statements import statements_of


def test_from_a_model_that_is_written_down_to_one_that_copies_it(
    app: Flask, app_session: Session, browser: Browser
) -> None:
    models = Models(make_parties(app_session, clock.now()))
    parties, slug = models.parties, models.programme.matter.slug
    writer, signer, parish = Browser(app), Browser(app), Browser(app)
    sign_in(writer, make_user(app_session, parties.front, [Role.DRAFTER]))
    sign_in(signer, make_user(app_session, parties.front, [Role.SENDER]))
    sign_in(parish, make_user(app_session, parties.commune, [Role.OFFICER]))
    typed = {
        "title": "Tổ <b>phân loại</b> rác", "kind": "separation", "setting": "community",
        "lead": str(parties.front.id), "area": str(models.area.id), "started_on": "2024-05-01",
        "summary": "Mỗi hộ hai thùng.", "households": "45", "contact": "0900 000 001",
    }  # fmt: skip
    page = writer.get(f"/phoi-hop/mo-hinh/{slug}/").submit({**typed, "started_on": "hôm nào"}, button="Lưu")
    assert (page.status, "Mỗi hộ hai thùng." in page.text) == (422, True)
    work = writer.get(f"/phoi-hop/mo-hinh/{slug}/").submit(typed, button="Lưu").address
    public = f"/chuong-trinh/{slug}/mo-hinh/1/"
    browser.get(public, status=404)
    picture = {
        "act": "picture", "text": "Hố ủ", "consent": "Chủ hộ đồng ý", "picture": (made.picture(), "anh.jpg"),
    }  # fmt: skip
    for _one in range(2):
        signer.get(work).submit({}, button="Công khai")
        writer.get(work).submit(picture, button="Lưu")
    shown = browser.get("/mo-hinh/").click("Tổ <b>phân loại</b> rác")
    assert ("Hố ủ" in shown.text, "0900" in shown.text, "Chủ hộ đồng ý" in shown.text) == (True, False, False)
    with Image.open(BytesIO(browser.get(f"{public}2/hinh/").body)) as opened:
        assert not opened.getexif()
    browser.get(f"{public}3/hinh/", status=404)
    asking = parish.get("/phoi-hop/mo-hinh/" + slug + "/1/lam-theo/")
    assert "0900 000 001" not in asking.text
    assert "0900 000 001" in asking.submit({"text": "Thôn Nà Tu"}, button="Gửi đề nghị").text
    assert "Thôn Nà Tu" in writer.get(work).text
    copy = {
        **typed, "title": "Làm theo", "lead": str(parties.commune.id), "parent": str(models.made(title="Gốc").id),
    }  # fmt: skip
    mine = parish.get(f"/phoi-hop/mo-hinh/{slug}/").submit(copy, button="Lưu").address
    signer.get(mine).submit({}, button="Công khai")
    assert "Làm theo" in browser.get("/mo-hinh/nhan-rong/").text
    table = browser.get("/mo-hinh/mo-hinh.csv").body.decode()
    assert ("Làm theo" in table, "0900" in table) == (True, False)
    assert "Mô hình số 1" in browser.get(f"/chuong-trinh/{slug}/nhat-ky/").text


def test_a_picture_is_what_was_painted_anew_and_nothing_else(
    app: Flask, app_session: Session, browser: Browser
) -> None:
    models = Models(make_parties(app_session, clock.now()))
    one, slug, writer = models.made(), models.programme.matter.slug, Browser(app)
    sign_in(writer, make_user(app_session, models.parties.front, [Role.DRAFTER]))
    work = f"/phoi-hop/mo-hinh/{slug}/{one.number}/"
    typed = {"act": "picture", "text": "Hố ủ", "consent": "Không có người", "file": (made.pdf(), "anh.pdf")}
    assert writer.get(work).submit(typed, button="Lưu").status == 422
    ended = {
        "act": "ended", "text": "Hết kinh phí", "day": models.parties.today.isoformat(),
        "picture": (made.picture(), "anh.jpg"),
    }  # fmt: skip
    writer.get(work).submit(ended, button="Lưu")
    app_session.expire_all()
    assert [(act.kind, act.file_hash) for act in one.acts][1:] == [("ended", "")]


def test_whoever_releases_a_correction_reads_all_of_it_and_so_does_everybody(
    app: Flask, app_session: Session, browser: Browser
) -> None:
    models = Models(make_parties(app_session, clock.now()))
    parties, one, slug, signer = models.parties, models.made(), models.programme.matter.slug, Browser(app)
    sign_in(signer, make_user(app_session, parties.front, [Role.SENDER]))
    root, commune = models.made(title="Mô hình gốc"), parties.commune.name
    new = models.new(kind="water", lead_id=parties.front.id, parent_id=root.id, reason="Ghi nhầm")
    registry.correct(app_session, one, new, parties.writer, parties.now)
    app_session.commit()
    page = signer.get(f"/phoi-hop/mo-hinh/{slug}/{one.number}/")
    waiting = page.text[page.text.index("Ghi nhầm") : page.text.index("Ghi thêm")]
    assert (parties.front.name in waiting, "Mô hình gốc" in waiting, "– Xã" in waiting) == (True, True, False)
    page.submit({}, button="Công khai")
    text = browser.get(f"/chuong-trinh/{slug}/mo-hinh/{one.number}/").text
    traced = text[text.index("Đã đính chính") :]
    assert (commune in traced, "Cơ quan, tổ chức chủ trì" in traced, "Mô hình về" in traced) == (True, True, True)


def test_residential_areas_are_scored_by_a_public_checklist(app: Flask, app_session: Session, browser: Browser) -> None:
    models = Models(make_parties(app_session, clock.now()))
    parties, slug, year = models.parties, models.programme.matter.slug, models.parties.today.year
    writer, signer = Browser(app), Browser(app)
    sign_in(writer, make_user(app_session, parties.front, [Role.DRAFTER]))
    sign_in(signer, make_user(app_session, parties.front, [Role.SENDER]))
    work = f"/phoi-hop/mo-hinh/{slug}/khu-dan-cu/{year}/"
    public = f"/chuong-trinh/{slug}/khu-dan-cu/{year}/"
    assert writer.get(work).submit({"checklist": "Sạch", "needed": "1"}, button="Lưu tiêu chí").status == 422
    writer.get(work).submit({"checklist": CRITERIA, "needed": "70"}, button="Lưu tiêu chí")
    browser.get(public, status=404)
    signer.get(work).submit({}, button="Công khai tiêu chí")
    points = {
        "area": str(models.area.id), "village": "Thôn Nà Pha", "points-0": "50", "points-1": "99",
        "scored_on": parties.today.isoformat(),
    }  # fmt: skip
    page = writer.get(work).submit(points, button="Lưu điểm")
    assert (page.status, "Nhiều hơn số điểm tối đa" in page.text) == (422, True)
    page.submit({"points-1": "30"}, button="Lưu điểm")
    assert "Thôn Nà Pha" not in browser.get(public).text
    signer.get(work).submit({}, button="Công khai")
    assert "kiểu mẫu" in browser.get(public).text
    assert "Thôn Nà Pha" in browser.get(f"{public}khu-dan-cu.csv").body.decode()


def test_the_statements_of_scores_that_wait_do_not_grow(app: Flask, app_session: Session) -> None:
    models, counts, writer = Models(make_parties(app_session, clock.now())), set(), Browser(app)
    sign_in(writer, make_user(app_session, models.parties.front, [Role.DRAFTER]))
    slug, year = models.programme.matter.slug, models.parties.today.year
    models.checklist()
    for many in (1, 3):
        for each in range(many):
            models.scored("60", "30", public=False, village=f"Thôn {many}.{each}")
        with statements_of(app_session) as told:
            writer.get(f"/phoi-hop/mo-hinh/{slug}/khu-dan-cu/{year}/")
        counts.add(len(told))
    assert len(counts) == 1, counts


def test_the_statements_of_models_do_not_grow(app: Flask, app_session: Session, browser: Browser) -> None:
    models, counts = Models(make_parties(app_session, clock.now())), set()
    writer = Browser(app)
    sign_in(writer, make_user(app_session, models.parties.front, [Role.DRAFTER]))
    slug = models.programme.matter.slug
    for many in (1, 4):
        root = models.made()
        for _each in range(many):
            models.made(parent_id=root.id)
            models.said(root, "evaluation", year=str(models.parties.today.year))
        found = []
        for who, address in (
            (browser, "/mo-hinh/"), (browser, "/mo-hinh/nhan-rong/"), (browser, "/mo-hinh/mo-hinh.csv"),
            (browser, f"/chuong-trinh/{slug}/mo-hinh/{root.number}/"), (browser, f"/chuong-trinh/{slug}/"),
            (writer, f"/phoi-hop/mo-hinh/{slug}/"), (writer, f"/phoi-hop/mo-hinh/{slug}/{root.number}/"),
        ):  # fmt: skip
            with statements_of(app_session) as told:
                who.get(address)
            found.append(len(told))
        counts.add(tuple(found))
    assert len(counts) == 1, counts
