"""What was made to break pages, typed by a citizen, an organisation and an officer: read back everywhere as typed."""

import csv
import json
from collections.abc import Iterable, Iterator
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
from consult.responses.answers.publication import publish_answers
from consult.responses.models import Response
from consult.submissions.inputs import CONSENT_VERSION
from consult.text import one_line, stored, unturned
from tests.application import sign_in
from tests.builders import NOW, make_organisation, make_user
from tests.pages import Browser, Page
from tests.responses.desk_builder import Desk, comment, make_desk

pytestmark = pytest.mark.real

MATTER = "/lay-y-kien/thu-nghiem"
RUNS = "//main//*[self::script or self::iframe or self::object or self::embed or self::base or self::style or @onerror]"
AT_ONCE = 250
SENT_AT_ONCE = 20
LONGEST_ANSWER = 15_000
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@pytest.fixture
def every(samples: Path) -> list[str]:
    """Every string of the suite, as it is stored."""
    suite = samples / "suites" / "xss"
    typed = json.loads((suite / "blns.json").read_text(encoding="utf-8"))
    typed += (suite / "html5sec-vectors.txt").read_text(encoding="utf-8").splitlines()
    return [word for word in dict.fromkeys(stored(word) for word in typed) if one_line(word)]


@pytest.fixture
def words(every: list[str]) -> list[str]:
    """Sixty strings from all over the suite, those with markup first."""
    kept = [word for word in every if "\n" not in word]
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


def read_as(texts: Iterable[str]) -> set[str]:
    """What people read of them: a page or a file for people holds no sign that turns its neighbours around."""
    return {unturned(text) for text in texts}


def parts(every: Iterable[str]) -> list[str]:
    """All strings in as few answers as they fit into."""
    found = [""]
    for word in every:
        longer = f"{found[-1]}\n{word}".strip("\n")
        found = [*found[:-1], longer] if len(longer) < LONGEST_ANSWER else [*found, word]
    return found


@pytest.fixture
def desk(app_session: Session, every: list[str], words: list[str]) -> Desk:
    """A desk with a comment of each string, proposed and given as a reason too, all public at once."""
    desk = make_desk(app_session, slug="thu-nghiem", disclosure=Disclosure.AT_ONCE, title=f"Dự thảo {words[3][:200]}")
    for start in range(0, len(every), AT_ONCE):
        desk.receive(*(comment(word, proposed=word, reason=word) for word in every[start : start + AT_ONCE]))
    return desk


def answered(desk: Desk, every: list[str]) -> list[str]:
    """Answers that hold all strings, published; gives them."""
    texts = parts(every)
    for number, text in enumerate(texts, start=1):
        desk.draft(number, text=text, change=every[number], disposition="accepted")
    _publish(desk)
    return texts


@pytest.fixture
def made_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The table's files made by whoever asks: what is in them is tested here, not who makes them."""
    monkeypatch.setattr("consult.exports.table_state.MOST_COMMENTS", 10_000)
    monkeypatch.setattr("consult.exports.table_state.MOST_LETTERS", 100_000_000)


def test_comments_and_answers(app: Flask, desk: Desk, every: list[str], made_at_once: None) -> None:
    officer, browser, texts = Browser(app), Browser(app), parts(every)
    sign_in(officer, desk.people["officer"])
    for number, text in enumerate(texts, start=1):
        form = harmless(officer.get(f"/xu-ly/thu-nghiem/tra-loi/?comment={number}"))
        typed = {"disposition": "not_accepted", "text": text, "change": every[number]}
        assert officer.send(form, form.form("disposition").fill(typed)).status == 200
    for address in ("", "?page=2", "?q=" + "%3Cscript%3E", "y-kien/1/", "phe-duyet/", "tiep-nhan/"):
        harmless(officer.get(f"/xu-ly/thu-nghiem/{address}"))
    sheets = [officer.get("/xu-ly/thu-nghiem/phe-duyet/")]
    while sheets[-1].find("//a[@rel='next']"):
        sheets.append(harmless(officer.get(sheets[-1].find("//a[@rel='next']/@href")[0])))
    assert read_as(texts) <= set().union(*map(said, sheets))
    _publish(desk)
    for number, text in enumerate(texts, start=1):
        assert unturned(text) in said(harmless(browser.get(f"{MATTER}/y-kien/{number}/")))
    for number in range(len(texts) + 1, len(every) + 1, 25):
        page = harmless(browser.get(f"{MATTER}/y-kien/{number}/"))
        text = unturned(every[number - 1])
        assert text in said(page), text
        assert sum("".join(one.itertext()) == text for one in page.find("//main//*[@class='pre']")) >= 3
    for address in ("", "tong-hop/", "tong-hop/?trang=2"):
        harmless(browser.get(f"{MATTER}/{address}"))


def _publish(desk: Desk) -> None:
    desk.session.rollback()
    drafted = desk.session.scalars(select(Response)).all()
    desk.approve(*drafted)
    publish_answers(desk.session, desk.matter, [response.id for response in drafted], desk.publisher, NOW)


def test_lists_of_comments(app: Flask, desk: Desk, every: list[str]) -> None:
    browser, read, page = Browser(app), set[str](), 0
    wanted = read_as(every)
    while not wanted <= read and page < len(every):
        page += 1
        listed = harmless(browser.get(f"{MATTER}/y-kien/?trang={page}"))
        found = said(listed)
        assert found, f"page {page} is empty, and {len(wanted - read)} were not read"
        read |= found
    assert wanted <= read


def test_files_of_the_table(app: Flask, desk: Desk, every: list[str], made_at_once: None) -> None:
    texts, browser = answered(desk, every), Browser(app)
    told = json.loads(browser.get(f"{MATTER}/tong-hop.json").body)
    assert {*every, *texts} <= set(_strings(told))
    rows = list(csv.DictReader(StringIO(browser.get(f"{MATTER}/tong-hop.csv").body.decode("utf-8-sig"), newline="")))
    for column in ("text", "proposed", "reason"):
        assert all(row[column] in (word, f"'{word}") for row, word in zip(rows, map(unturned, every), strict=True))
    assert all(row["answer"] in (text, f"'{text}") for row, text in zip(rows, map(unturned, texts), strict=False))
    cells = [cell for row in rows for cell in row.values()]
    assert not [cell for cell in cells if cell.startswith(FORMULA)], "a spreadsheet would run these"
    with ZipFile(BytesIO(browser.get(f"{MATTER}/tong-hop.docx").body)) as archive:
        document = etree.fromstring(archive.read("word/document.xml"))
        assert not [name for name in archive.namelist() if "vba" in name.lower() or "embeddings" in name]
    text = _plain("".join(document.itertext()))
    assert not [word for word in every if _plain(unturned(word)) not in text]


def _plain(text: str) -> str:
    return "".join(text.split())


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for one in inner:
        yield from _strings(one)


def test_the_api(app: Flask, desk: Desk, every: list[str]) -> None:
    texts, browser, read, query = answered(desk, every), Browser(app), list[dict[str, object]](), ""
    while query is not None:
        page = browser.get(f"/api/v1/consultations/thu-nghiem/comments{query}").json
        read += page["comments"]
        query = f"?cursor={page['next']}" if page["next"] else None
    for name in ("text", "proposed", "reason"):
        assert [comment["text"][name] for comment in read] == every
    assert [comment["answer"]["text"] for comment in read[: len(texts)]] == texts


def test_sending_by_the_api(app: Flask, app_session: Session, matter: Consultation, every: list[str]) -> None:
    matter.disclosure = Disclosure.AT_ONCE
    app_session.commit()
    client, address = app.test_client(), f"/api/v1/consultations/{matter.slug}"
    for start in range(0, len(every), SENT_AT_ONCE):
        some = [{"text": word, "proposed": word, "reason": word} for word in every[start : start + SENT_AT_ONCE]]
        answer = client.post(
            f"{address}/submissions",
            json={"consent": CONSENT_VERSION, "name": every[start][:60], "publish_name": True, "comments": some},
            headers={"Idempotency-Key": f"{start:032d}"},
        )
        assert answer.status_code == 201, answer.json
    read, query = list[dict[str, object]](), ""
    while query is not None:
        page = client.get(f"{address}/comments{query}").json
        read += page["comments"]
        query = f"?cursor={page['next']}" if page["next"] else None
    for name in ("text", "proposed", "reason"):
        assert [comment["text"][name] for comment in read] == every


def test_who_took_part_as_a_file(app: Flask, desk: Desk, every: list[str]) -> None:
    said = Browser(app).get(f"{MATTER}/thong-ke.csv").body.decode("utf-8-sig")
    rows = list(csv.reader(StringIO(said, newline="")))
    assert len(rows) > 5
    assert not [cell for row in rows for cell in row if cell.startswith(FORMULA)], "a spreadsheet would run these"


def test_search_and_look_up(app: Flask, desk: Desk, every: list[str]) -> None:
    while app.extensions["consult.worker"].work_once(NOW):
        pass
    browser, found = Browser(app), 0
    for word in every:
        page = harmless(browser.get("/tim-kiem/", None, query_string={"q": word}))
        assert page.status in (200, 422), word
        given = [one_line(typed) for typed in page.find("//main//input[@name='q' or @name='ma']/@value")]
        assert any(typed and one_line(word).startswith(typed) for typed in given), word
        found += bool(page.find("//main//article | //main//ol/li"))
    assert found > len(every) // 2
    for word in every[::8]:
        for address, name in (("/tra-cuu/", "ma"), ("/lay-y-kien/", "tu-khoa")):
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
