"""Names that stand in the database as they were before names were cleaned: wherever they are shown, they turn nothing
around, and what only looks like a name is none."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from consult.exports.official_language import official
from consult.exports.plain.table_csv import neutral
from consult.exports.word import document as docx
from consult.notices.sending.mail_text import Writer
from consult.people.models import Area
from consult.resource_paths import TEMPLATES
from consult.submissions.inputs import Sender
from tests.application import sign_in
from tests.builders import make_area
from tests.exports.made import head, line
from tests.pages import Browser
from tests.reading.scene import Scene

TURNED = "Văn \u202eĐảo\u2067 Chiều\u2066"
STRAIGHT = "Văn Đảo Chiều"
SIGNS = [chr(point) for point in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))]
NAMES = ("organisation.name", "organisation.short_name", "unit.name", "app_user.name", "area.name",
         "consultation.title", "document.title", "revision.file_name")  # fmt: skip


@pytest.fixture
def scene(app_session: Session) -> Scene:
    """An open matter with a comment that is public under a name."""
    made = Scene(app_session)
    area: Area = make_area(app_session)
    number = made.send("Nên thêm nhóm thứ tư.", "d1", sender=Sender("Lò Thị Mở", True, area.id))
    made.release(number)
    return made


def store(scene: Scene, sender: str) -> None:
    """Puts names straight into every table that holds some."""
    for name in NAMES:
        table, column = name.split(".")
        scene.session.execute(text(f"UPDATE {table} SET {column} = :name"), {"name": TURNED})
    scene.session.execute(text("UPDATE submission SET sender_name = :name"), {"name": sender})
    scene.session.commit()


@pytest.mark.parametrize("language", ["", "/en"])
def test_no_page_is_turned_around(app: Flask, scene: Scene, language: str) -> None:
    store(scene, TURNED)
    officer = Browser(app)
    sign_in(officer, scene.desk.people["officer"])
    desk = f"/xu-ly/{scene.matter.slug}/"
    for address in ("/", scene.url, f"{scene.url}y-kien/", f"{scene.url}y-kien/1/", desk, f"{desk}y-kien/1/"):
        page = officer.get(language + address)
        assert STRAIGHT in page.text, address
        assert [sign for sign in SIGNS if sign in page.html] == [], address


@pytest.mark.parametrize("sender", ["\u3164", "\u200b \ufeff", "\u2066\u2069"])
def test_what_only_looks_like_a_name_is_none(app: Flask, scene: Scene, browser: Browser, sender: str) -> None:
    store(scene, sender)
    shown = browser.get(f"{scene.url}y-kien/1/")
    assert sender not in shown.html and "Công dân" in shown.text
    officer = Browser(app)
    sign_in(officer, scene.desk.people["officer"])
    assert sender not in officer.get(f"/xu-ly/{scene.matter.slug}/y-kien/1/").html


def test_nor_is_a_mail_or_a_file_of_the_table() -> None:
    writer = Writer(TEMPLATES / "notices", TURNED, "https://gopy.example.invalid")
    mail = writer.write("invited", "vi", {"name": TURNED, "token": "x"})
    file = BytesIO()
    docx.write(file, head(title=TURNED, body=TURNED), [line(1, sender=TURNED, organisation=TURNED)], official)
    with ZipFile(file) as package:
        parts = [package.read(name).decode() for name in package.namelist() if name.endswith(".xml")]
    for shown in (mail.subject, mail.body, neutral(TURNED), *parts):
        assert [sign for sign in SIGNS if sign in shown] == []
    assert any(STRAIGHT in part for part in parts) and STRAIGHT in mail.subject + mail.body


def test_what_is_typed_goes_back_as_it_came(browser: Browser, scene: Scene) -> None:
    page = browser.get(f"{scene.url}gop-y/").walk({"comments.0.text": TURNED}, "Xem lại trước khi gửi")
    assert STRAIGHT in page.text and TURNED not in page.text
    assert page.find("//input/@value | //textarea/text()").count(TURNED) == 1
