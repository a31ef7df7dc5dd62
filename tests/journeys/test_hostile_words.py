"""What was made to break pages, typed by a citizen, an organisation and an officer: read back everywhere as typed."""

import csv
import json
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from flask import Flask
from lxml import etree
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.consultations.words import Disclosure
from consult.people.words import OrganisationKind, Role
from consult.responses.models import Response
from consult.responses.publishing import publish_answers
from consult.text import one_line, stored
from tests.application import sign_in
from tests.builders import NOW, make_organisation, make_user
from tests.pages import Browser, Page
from tests.responses.desk import Desk, comment, make_desk

pytestmark = pytest.mark.real

RUNS = "//main//*[self::script or self::iframe or self::object or self::embed or self::base or self::style or @onerror]"


@pytest.fixture
def words(samples: Path) -> list[str]:
    """Sixty strings from all over the suite, those with markup first."""
    suite = samples / "suites" / "xss"
    typed = json.loads((suite / "blns.json").read_text(encoding="utf-8"))
    typed += (suite / "html5sec-vectors.txt").read_text(encoding="utf-8").splitlines()
    kept = [word for word in dict.fromkeys(stored(word) for word in typed) if one_line(word) and "\n" not in word]
    marked = [word for word in kept if "<" in word and len(word) < 2000]
    formulas = [word for word in kept if word[0] in "=+-@"]
    return marked[:: len(marked) // 50][:50] + formulas[:4] + kept[:: len(kept) // 6][:6]


def harmless(page: Page) -> Page:
    """The page, when nothing of it runs."""
    assert not page.find(RUNS), page.address
    assert not page.find("//main//@*[starts-with(name(), 'on')] | //main//a[starts-with(@href, 'javascript')]")
    return page


def said(page: Page) -> set[str]:
    """Every text that stands on the page by itself."""
    return {"".join(element.itertext()) for element in page.find("//main//*[contains(@class, 'pre')]")}


@pytest.fixture
def desk(app_session: Session, words: list[str]) -> Desk:
    """A desk with a comment of each string, all public at once."""
    desk = make_desk(app_session, slug="thu-nghiem", disclosure=Disclosure.AT_ONCE, title=f"Dự thảo {words[3][:200]}")
    desk.receive(*(comment(word, proposed=word, reason=word) for word in words))
    return desk


def test_comments_and_answers(app: Flask, desk: Desk, words: list[str]) -> None:
    officer, browser = Browser(app), Browser(app)
    sign_in(officer, desk.people["officer"])
    for number in (1, 2, 3):
        form = harmless(officer.get(f"/xu-ly/thu-nghiem/tra-loi/?comment={number}"))
        text, change = "\n".join(words), words[number]
        typed = {"disposition": "not_accepted", "text": text, "change": change}
        assert officer.send(form, form.form("disposition").fill(typed)).status == 200
    for address in ("", "?page=2", "?q=" + "%3Cscript%3E", "y-kien/1/", "phe-duyet/", "tiep-nhan/"):
        harmless(officer.get(f"/xu-ly/thu-nghiem/{address}"))
    assert "\n".join(words) in said(officer.get("/xu-ly/thu-nghiem/phe-duyet/"))
    _publish(desk)
    for number, word in enumerate(words, start=1):
        page = harmless(browser.get(f"/lay-y-kien/thu-nghiem/y-kien/{number}/"))
        assert word in said(page), word
    assert "\n".join(words) in said(browser.get("/lay-y-kien/thu-nghiem/y-kien/1/"))
    for address in ("", "y-kien/", "y-kien/?trang=2", "tong-hop/"):
        harmless(browser.get(f"/lay-y-kien/thu-nghiem/{address}"))


def _publish(desk: Desk) -> None:
    desk.session.rollback()
    drafted = desk.session.scalars(select(Response)).all()
    desk.approve(*drafted)
    publish_answers(desk.session, desk.matter, [response.id for response in drafted], desk.publisher, NOW)


def test_exports(app: Flask, desk: Desk, words: list[str]) -> None:
    browser = Browser(app)
    table = browser.get("/lay-y-kien/thu-nghiem/tong-hop.json")
    assert all(any(word in text for text in _strings(json.loads(table.body))) for word in words)
    rows = list(csv.reader(StringIO(browser.get("/lay-y-kien/thu-nghiem/tong-hop.csv").body.decode("utf-8-sig"))))
    cells = [cell for row in rows for cell in row]
    assert all(any(word in cell for cell in cells) for word in words)
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r")], "a spreadsheet would run these"
    with ZipFile(BytesIO(browser.get("/lay-y-kien/thu-nghiem/tong-hop.docx").body)) as archive:
        document = etree.fromstring(archive.read("word/document.xml"))
    text = "".join(document.itertext())
    assert not [word for word in words if word.replace("\t", "") not in text.replace("\t", "")]


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for one in inner for text in _strings(one)]


def test_search_and_look_up(app: Flask, desk: Desk, words: list[str]) -> None:
    while app.extensions["consult.worker"].work_once(NOW):
        pass
    browser = Browser(app)
    for word in words:
        for address, name in (("/tim-kiem/", "q"), ("/tra-cuu/", "ma"), ("/lay-y-kien/", "tu-khoa")):
            page = harmless(browser.get(address, None, query_string={name: word}))
            assert page.status in (200, 404, 422), (address, word)


def test_an_organisations_draft(app: Flask, app_session: Session, matter: Consultation, words: list[str]) -> None:
    body = make_organisation(app_session, OrganisationKind.RELIGIOUS, name=f"Giáo xứ {words[5][:80]}")
    drafter = Browser(app)
    sign_in(drafter, make_user(app_session, body, [Role.DRAFTER], f"Bà {words[7][:80]}"))
    page = harmless(drafter.get("/to-chuc/")).click("Soạn văn bản")
    page = harmless(page.submit(button="Soạn văn bản góp ý"))
    typed = {"letter_number": one_line(words[9][:100]), "signatory_name": one_line(words[11][:100])}
    for word in words[:20]:
        page = harmless(page.submit({**typed, f"comments.{_last(page)}.text": word, "tai": ""}, "add"))
    values = page.form("comments.0.text").values()
    assert [values[f"comments.{index}.text"] for index in range(20)] == words[:20]
    assert values["letter_number"] == typed["letter_number"]
    check = harmless(page.submit(button="Xem toàn bộ"))
    assert set(words[:20]) <= said(check)


def _last(page: Page) -> int:
    return len(page.find("//textarea[contains(@name, '.text')]")) - 1
