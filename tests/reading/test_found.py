"""How the site is named elsewhere: what is said of its pages, lists for search engines, who is told of faults."""

import re

from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.preparation.summaries import NewSummary, put_summary
from consult.people.words import Role
from consult.stages import Stage
from tests.builders import make_actor, make_consultation, make_organisation
from tests.pages import Browser, Page


def told(page: Page, name: str) -> str:
    """What a page says of itself under a name."""
    [content] = page.find(f"//head/meta[@name = '{name}' or @property = '{name}']/@content")
    return str(content)


def test_a_matter_says_what_it_is_and_until_when(app_session: Session, browser: Browser) -> None:
    found = make_consultation(app_session, now=clock.now(), title="Rác thải", summary="Phân rác tại nhà.")
    page = browser.get(f"/lay-y-kien/{found.slug}/")
    assert told(page, "og:title") == "Rác thải"
    assert re.fullmatch(r"Nhận góp ý đến hết ngày \d+/\d+/\d{4}\. Phân rác tại nhà\.", told(page, "description"))
    assert page.find("//link[@rel = 'canonical']/@href") == [f"http://localhost/lay-y-kien/{found.slug}/"]
    assert page.find("//link[@hreflang = 'en']/@href") == [f"http://localhost/en/lay-y-kien/{found.slug}/"]


def test_pages_about_one_person_are_named_nowhere(app_session: Session, browser: Browser) -> None:
    found = make_consultation(app_session, now=clock.now())
    for path in ("/tra-cuu/", "/dang-nhap/", f"/lay-y-kien/{found.slug}/gop-y/"):
        assert not browser.get(path).find("//link[@rel = 'canonical'] | //meta[starts-with(@property, 'og:')]"), path


def test_robots_find_what_is_public_and_nothing_else(app_session: Session, browser: Browser) -> None:
    found = make_consultation(app_session, now=clock.now(), slug="rac-thai")
    make_consultation(app_session, Stage.DRAFTING, now=clock.now(), slug="chua-cong-bo")
    assert "Sitemap: http://localhost/sitemap.xml" in browser.client.get("/robots.txt").get_data(as_text=True)
    listed = re.findall("<loc>http://localhost([^<]+)</loc>", browser.client.get("/sitemap.xml").get_data(as_text=True))
    assert f"/lay-y-kien/{found.slug}/du-thao/1/" in listed and not [path for path in listed if "chua-cong-bo" in path]
    for path in listed:
        browser.get(path, status=200)


def test_what_is_set_is_said_and_what_is_not_is_not(app: Flask, browser: Browser) -> None:
    browser.get("/.well-known/security.txt", status=404)
    assert not browser.get("/lien-he/").find("//*[@id = 'co-quan']")
    app.config["OWNER"] |= {
        "security_contact": "mailto:bao-mat@example.invalid",
        "telephone": "0208 000 000",
        "mail": "so@example.invalid",
    }
    app.extensions["consult.page_cache"].clear()
    told = browser.client.get("/.well-known/security.txt").get_data(as_text=True)
    assert "Contact: mailto:bao-mat@example.invalid\nExpires: 20" in told
    page = browser.get("/lien-he/")
    assert page.find("//a/@href[. = 'tel:0208000000' or . = 'mailto:so@example.invalid']")
    assert page.find("//a[@href = 'mailto:bao-mat@example.invalid']") and "0208 000 000" in page.text


def test_a_fragment_names_whole_addresses_and_loads_nothing(app_session: Session, browser: Browser) -> None:
    found = make_consultation(app_session, now=clock.now(), title="Rác <thải>")
    answer = browser.client.get(f"/lay-y-kien/{found.slug}/manh-tin.html")
    html = answer.get_data(as_text=True)
    assert "Rác &lt;thải&gt;" in html and f'href="http://localhost/lay-y-kien/{found.slug}/"' in html
    assert not re.search("<(script|link|img|style|html)", html)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_a_matter_is_told_in_english_in_its_place(app_session: Session, browser: Browser) -> None:
    body = make_organisation(app_session)
    found = make_consultation(app_session, now=clock.now(), title="Rác thải", summary="Phân rác tại nhà.", lead=body)
    words = NewSummary("en", "Three groups of waste.", title="Waste at home", question="Can you sort it?")
    put_summary(app_session, found, words, make_actor(app_session, body, Role.OFFICER), clock.now())
    for path in ("/en/", "/en/lay-y-kien/"):
        assert "Waste at home" in browser.get(path).text and "Can you sort it?" in browser.get(path).text
    page = browser.get(f"/en/lay-y-kien/{found.slug}/")
    assert page.heading == "Waste at home" and not page.find("//h1/@lang")
    assert "Can you sort it?" in page.text and "Three groups of waste." in page.text
    assert browser.get(f"/lay-y-kien/{found.slug}/").heading == "Rác thải"


def test_every_page_of_a_matter_calls_it_as_it_is_told(app_session: Session, browser: Browser) -> None:
    body = make_organisation(app_session)
    found = make_consultation(app_session, now=clock.now(), title="Rác thải", lead=body)
    words = NewSummary("en", "Three groups of waste.", title="Waste at home", question="Can you sort it?")
    put_summary(app_session, found, words, make_actor(app_session, body, Role.OFFICER), clock.now())
    own = f"/lay-y-kien/{found.slug}/"
    parts = ("y-kien/", "y-kien/thong-ke/", "y-kien/quan-diem/", "du-thao/1/", "du-thao/1/dieu-khoan/d1/", "tong-hop/",
             "han-tra-loi/", "van-ban/", "so-lieu/")  # fmt: skip
    others = (f"/nhat-ky/{found.slug}/", f"/nhat-ky/{found.slug}/0/", "/nhat-ky/", "/du-lieu/", "/theo-doi/")
    for path in (*(own + part for part in parts), *others):
        page = browser.get(f"/en{path}")
        assert "Waste at home" in page.text, path
        assert "Rác thải" not in "".join(page.find("//title/text()")), path
        assert "Waste at home" not in browser.get(path).text, path


def test_whom_to_call_stands_in_one_place(app_session: Session, browser: Browser) -> None:
    body = make_organisation(app_session, name="Sở Xây dựng")
    body.telephone = "0209 3 870 000"
    for title in ("Một", "Hai"):
        make_consultation(app_session, now=clock.now(), title=title, lead=body)
    page = browser.get("/tra-cuu/").click("Số điện thoại, địa chỉ các cơ quan")
    assert page.heading == "Liên hệ" and page.words("//h3").count("Sở Xây dựng") == 1
    assert page.find("//a[@href = 'tel:02093870000']")
