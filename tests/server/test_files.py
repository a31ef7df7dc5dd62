"""Files with names that people give them, through the real server; and once every page and file that is public."""

from collections.abc import Iterator
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.models import Consultation
from consult.people.models import User
from consult.people.words import Role
from tests.builders import DRAFT, make_consultation, make_unit, make_user
from tests.files import made
from tests.pages import Browser, Page
from tests.server.wire import RealSite, get
from tests.web.test_downloads import read

NAMES = {
    "đơn góp ý.docx": ("don gop y.docx", "đơn góp ý.docx"),
    "résumé.docx": ("resume.docx", "résumé.docx"),
    "ý kiến 🎙.docx": ("y kien .docx", "ý kiến 🎙.docx"),
    "ảnh\u202egpj.docx": ("anhgpj.docx", "ảnhgpj.docx"),
    "ư" * 60 + ".docx": ("u" * 60 + ".docx", "ư" * 60 + ".docx"),
}
MOST_PAGES = 400


@pytest.fixture
def matter(site: RealSite, rows: Session) -> Consultation:
    """An open matter, with its draft in the store."""
    site.app.extensions["consult.files"].put(DRAFT.encode())
    return make_consultation(rows, now=clock.now())


@pytest.fixture
def officer(rows: Session, matter: Consultation) -> User:
    """Who works at its desk."""
    return make_user(rows, matter.lead, [Role.OFFICER], unit=make_unit(rows, matter.lead))


def sent_with(browser: Browser, matter: Consultation, names: list[str]) -> Page:
    """The sender's own page after a comment with files of these names."""
    page = browser.get(f"/lay-y-kien/{matter.slug}/gop-y/")
    for number, name in enumerate(names):
        file = made.word((f"docProps/{number}.xml", b"<x/>")), name
        page = page.submit({f"comments.{number}.text": f"Ý kiến {number}", "file": file}, "Thêm ý kiến")
        assert not page.errors(), page.errors()
    receipt = page.walk({f"comments.{len(names)}.text": "Hết"}, "Xem lại trước khi gửi").submit(button="Gửi")
    code, secret = receipt.words("//*[contains(@class, 'code')]")
    return browser.get(f"/tra-cuu/{code}/").submit({"Mã bí mật": secret}, "Mở")


def offered(page: Page) -> tuple[str, str]:
    """Under which names a file is offered to be saved."""
    kind, _semicolon, names = page.headers["Content-Disposition"].partition("; ")
    assert kind == "attachment" and page.status == 200 and page.body.startswith(b"PK")
    return read(names)


def test_a_file_comes_back_under_its_name_to_its_sender_and_to_the_desk(
    site: RealSite, matter: Consultation, officer: User
) -> None:
    own = sent_with(site.browser(), matter, list(NAMES))
    buttons = [button.get("aria-label") or "" for button in own.find("//form[contains(@action, '/tep/')]//button")]
    forms = [form for form in own.forms() if "/tep/" in form.action]
    assert len(forms) == len(NAMES), buttons
    got = [offered(own.browser.send(own, form)) for form in forms]
    assert sorted(got) == sorted(NAMES.values())
    desk = site.signed_in(officer).get(f"/xu-ly/{matter.slug}/y-kien/1/")
    links = [str(link) for link in desk.find("//a[contains(@href, '/tep/')]/@href")]
    assert sorted(offered(desk.browser.get(link)) for link in dict.fromkeys(links)) == sorted(NAMES.values())


def test_the_cookie_is_good_in_both_languages(site: RealSite, matter: Consultation, officer: User) -> None:
    browser = site.signed_in(officer)
    for language in ("", "/en"):
        assert browser.get(f"{language}/xu-ly/{matter.slug}/").address.startswith(f"{language}/xu-ly/")


def test_every_public_page_and_file_passes_the_real_server(site: RealSite) -> None:
    seen: dict[str, int] = {}
    starts = [f"{language}{path}" for language in ("", "/en") for path in ("/", f"/lay-y-kien/{site.lively}/")]
    for page in walk(site.browser(), starts):
        seen[page.address] = page.status
    wrong = {address: status for address, status in seen.items() if status not in (200, 404)}
    assert not wrong and len(seen) > 60, (wrong, len(seen))
    files = [address for address in seen if "." in address.rsplit("/", 1)[1] or "/tai-ve/" in address]
    assert {".docx", ".csv", ".json", ".py"} <= {f".{address.rsplit('.', 1)[-1]}" for address in files}
    assert any("/tai-ve/" in address for address in files)


def walk(browser: Browser, addresses: list[str]) -> Iterator[Page]:
    """Every page that links lead to from some, each once: without queries, which only sort and narrow, and in the other
    language only where it starts."""
    known = set(addresses)
    while addresses:
        page = browser.get(addresses.pop(), status=None)
        yield page
        if not page.is_html or len(known) > MOST_PAGES:
            continue
        for link in page.find("//a/@href | //link/@href | //img/@src | //script/@src"):
            target = urldefrag(urljoin(page.address, str(link))).url
            other = urlsplit(target).netloc or urlsplit(target).query or target.startswith("/en/")
            if not other and target.startswith("/") and target not in known:
                known.add(target)
                addresses.append(target)


def test_headers_of_pages_are_those_of_the_house(site: RealSite) -> None:
    status, headers, _page = site.raw(get("/"))
    assert status == 200 and headers["x-content-type-options"] == "nosniff" and "set-cookie" not in headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"] and headers["etag"]
    # Where a query with typed words leads on, it stands in ASCII.
    status, headers, _page = site.raw(get("/xu-ly/?noi-dung=%C4%91%E1%BA%A5t%0D%0AX:y"))
    assert status == 302 and "\n" not in headers["location"] and "%25" in headers["location"]
