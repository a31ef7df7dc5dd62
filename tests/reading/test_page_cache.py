"""Public pages as shared bytes: bounded, compressed, named by content, and never older than what they show."""

import gzip
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask, Response, make_response, session
from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from consult import clock
from consult.compiled_statements import CompiledStatement
from consult.consultations.models import Consultation
from consult.consultations.preparation import publication
from consult.db import Database
from consult.reading.freshness import Freshness
from consult.stages import Stage
from consult.web.context import LANGUAGE
from consult.web.guard import public
from consult.web.page_cache import CachedPage, PageCache, kept, key_of, shared
from tests.builders import make_consultation, period_of
from tests.pages import Browser
from tests.reading.scene import Scene


@pytest.fixture
def scene(app_session: Session) -> Scene:
    """An open matter."""
    return Scene(app_session)


def cache_of(app: Flask) -> PageCache:
    """The cache of a site."""
    found: PageCache = app.extensions["consult.page_cache"]
    return found


def ask(app: Flask, address: str, method: str = "GET", **headers: str) -> Any:
    """An answer as it goes over the wire."""
    return app.test_client().open(address, method=method, headers=headers)


def test_a_page_is_made_once(app: Flask, scene: Scene) -> None:
    first, second = ask(app, scene.url), ask(app, scene.url)
    assert first.data == second.data
    assert first.headers["ETag"] == second.headers["ETag"]
    assert len(cache_of(app).pages) == 1


def test_it_is_compressed_for_those_who_take_that(app: Flask, scene: Scene) -> None:
    plain = ask(app, scene.url)
    zipped = ask(app, scene.url, **{"Accept-Encoding": "gzip, br"})
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.data) == plain.data
    assert plain.headers["Vary"] == zipped.headers["Vary"] == "Accept-Encoding"
    assert "Content-Encoding" not in ask(app, scene.url, **{"Accept-Encoding": "gzip;q=0, identity"}).headers


def test_a_reader_who_has_it_gets_nothing_but_that(app: Flask, scene: Scene) -> None:
    tag = ask(app, scene.url).headers["ETag"]
    again = ask(app, scene.url, **{"If-None-Match": f'"other", {tag}'})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == tag
    assert ask(app, scene.url, **{"If-None-Match": '"other"'}).status_code == 200


def test_head_says_the_same_without_the_page(app: Flask, scene: Scene) -> None:
    before = ask(app, scene.url, "HEAD")
    page = ask(app, scene.url)
    after = ask(app, scene.url, "HEAD")
    assert (before.status_code, before.data, after.data) == (200, b"", b"")
    assert after.headers["Content-Length"] == str(len(page.data))
    assert after.headers["ETag"] == page.headers["ETag"]


def test_headers_that_protect_stand_on_kept_pages_too(app: Flask, scene: Scene) -> None:
    for _ in range(2):
        answer = ask(app, scene.url)
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "Set-Cookie" not in answer.headers


def test_the_next_reader_sees_every_change(scene: Scene, browser: Browser) -> None:
    comments = scene.url + "y-kien/"
    assert "Chưa có ý kiến nào." in browser.get(comments).text
    number = scene.send("Điều chưa ai biết.")
    assert "đang được kiểm tra" in browser.get(comments).text
    scene.release(number)
    assert "Điều chưa ai biết." in browser.get(comments).text
    scene.hand_to_unit(number)
    assert "đang xem xét" in browser.get(f"{comments}{number}/").text
    scene.answer(number, text="Trả lời đầy đủ.")
    assert "Trả lời đầy đủ." in browser.get(f"{comments}{number}/").text
    assert "đã trả lời 1" in browser.get("/").text


def test_an_extension_and_a_withdrawal_are_seen_at_once(app_session: Session, scene: Scene, browser: Browser) -> None:
    browser.get(scene.url)
    now, period = clock.now(), period_of(app_session, scene.matter)
    later = clock.local_day(period.closes_at + timedelta(days=9))
    publication.extend(app_session, scene.matter, period.id, later, "Nhiều người hỏi thêm.", scene.desk.publisher, now)
    assert "Nhiều người hỏi thêm." in browser.get(scene.url).text
    publication.withdraw(app_session, scene.matter, "Soạn lại.", scene.desk.publisher, clock.now())
    assert "Soạn lại." in browser.get(scene.url).text
    assert "Góp ý" not in browser.get(scene.url + "du-thao/1/").words("//main//a")


def test_a_matter_is_on_the_home_page_once_published(app_session: Session, browser: Browser) -> None:
    assert "Hiện không có đợt lấy ý kiến nào đang mở." in browser.get("/").text
    make_consultation(app_session, Stage.OPEN, now=clock.now(), title="Đề án mới")
    assert "Đề án mới" in browser.get("/").text


def test_a_draft_being_prepared_is_neither_shown_nor_kept(app: Flask, app_session: Session, browser: Browser) -> None:
    draft = make_consultation(app_session, Stage.DRAFTING, now=clock.now())
    browser.get(f"/lay-y-kien/{draft.slug}/", status=404)
    assert not cache_of(app).pages


def test_the_day_and_the_stage_decide_too(app: Flask, scene: Scene) -> None:
    fresh = Freshness(app.extensions["consult.database"].engine)
    now, ends = clock.now(), scene.matter.closes_at
    assert ends is not None
    states = [fresh(scene.url, moment) for moment in (now, now + timedelta(days=1), ends - timedelta(seconds=1), ends)]
    assert len(set(states)) == 4
    assert ":open:" in str(states[2])
    assert ":responding:" in str(states[3])


def test_both_addresses_of_a_matter_whose_slug_the_site_took_are_kept(app: Flask, app_session: Session) -> None:
    # As a matter of an earlier release: no new one may be called so.
    make_consultation(app_session, now=clock.now()).slug = "so-lieu"
    app_session.commit()
    fresh = Freshness(app.extensions["consult.database"].engine)
    states = {fresh(f"/lay-y-kien/{written}/", clock.now()) for written in ("so-lieu", "so-lieu_")}
    assert len(states) == 1 and states != {None} and fresh("/lay-y-kien/khac_/", clock.now()) is None


@pytest.mark.parametrize(
    "rest", ["gop-y/", "tai-ve/1/1/", "y-kien", "du-thao/1/tep.docx", "tong-hop.docx", "dot-khac/", "../x/"]
)
def test_what_is_not_a_shared_page_has_no_state(app: Flask, scene: Scene, rest: str) -> None:
    assert Freshness(app.extensions["consult.database"].engine)(scene.url + rest, clock.now()) is None


def test_errors_and_free_words_are_not_kept(app: Flask, scene: Scene) -> None:
    for address in (scene.url + "y-kien/99/", scene.url + "du-thao/1/?tai=d99", "/lay-y-kien/?tu-khoa=rac"):
        ask(app, address)
    assert not cache_of(app).pages


def test_two_spellings_of_a_query_are_one_page(app: Flask, scene: Scene) -> None:
    scene.send()
    for query in ("tai=d2&ket-qua=received", "ket-qua=received&tai=d2"):
        assert ask(app, f"{scene.url}y-kien/?{query}").status_code == 200
    assert len(cache_of(app).pages) == 1


def test_english_is_a_page_of_its_own(app: Flask, scene: Scene) -> None:
    assert 'lang="vi"' in ask(app, scene.url).text
    assert 'lang="en"' in ask(app, "/en" + scene.url).text
    assert 'lang="vi"' in ask(app, scene.url).text
    assert len(cache_of(app).pages) == 2


def test_what_sets_a_cookie_is_passed_through(app: Flask) -> None:
    @public()
    def personal() -> Response:
        session["name"] = "somebody"
        return make_response("for one person")

    app.view_functions["reading.accessibility"] = personal
    for _ in range(2):
        assert "Set-Cookie" in ask(app, "/tiep-can/").headers
    assert not cache_of(app).pages


def test_style_and_script_are_kept_for_ever_and_small(app: Flask) -> None:
    style = ask(app, "/static/css/site.css?v=1", **{"Accept-Encoding": "gzip"})
    assert style.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert len(style.data) < 7_000
    assert ask(app, "/static/../config.py").status_code == 404


def test_the_cache_never_outgrows_its_room() -> None:
    cache = PageCache(10_000)
    for number in range(50):
        cache.put(("vi", f"/{number}/", ""), kept("1", bytes([number]) * 1_500, []))
        assert cache.weight <= cache.limit
        assert cache.weight == sum(page.weight for page in cache.pages.values())
    assert cache.get(("vi", "/49/", ""), "1") is not None
    assert cache.get(("vi", "/0/", ""), "1") is None


def test_a_page_replaces_what_it_showed_before_and_a_huge_one_is_not_kept() -> None:
    cache = PageCache(10_000)
    key = ("vi", "/", "")
    cache.put(key, kept("1", b"old", []))
    cache.put(key, kept("2", b"new", []))
    assert cache.get(key, "1") is None
    found = cache.get(key, "2")
    assert isinstance(found, CachedPage)
    assert found.body == b"new"
    cache.put(key, kept("3", b"x" * 20_000, []))
    assert (cache.get(key, "2"), cache.weight) == (None, 0)


@pytest.mark.parametrize("query", ["x" * 201, "tai=" + "d" * 200, "csrf=1", "q=rac"])
def test_strange_queries_have_no_key(query: str) -> None:
    environ = {"REQUEST_METHOD": "GET", "QUERY_STRING": query, "PATH_INFO": "/", "consult.language": "vi"}
    assert key_of(environ) is None


def test_the_state_is_the_same_on_both_kinds_of_database(database: Database) -> None:
    fresh, now = Freshness(database.engine), clock.now()
    with database.session() as session:
        matter = make_consultation(session, Stage.OPEN, now=now)
        slug, version = matter.slug, matter.content_version
        drafting = make_consultation(session, Stage.DRAFTING, now=now).slug
    assert fresh("/lay-y-kien/nothing-here/", now) is fresh(f"/lay-y-kien/{drafting}/", now) is None
    assert fresh(f"/lay-y-kien/{slug}/", now) == f"{version}:open:{clock.local_day(now)}"
    assert fresh("/", now) == f"1:{version}:{clock.local_day(now)}:{now:%H:%M}"


def test_what_goes_wrong_on_a_bare_connection_leaves_the_pool_in_order(database: Database) -> None:
    broken = CompiledStatement(select(Consultation.id).where(text("no_such_column = 1")))
    for _ in range(20):
        with pytest.raises(SQLAlchemyError):
            broken.first_by_itself(database.engine)
    assert Freshness(database.engine)("/", clock.now()) is not None
    assert database.engine.pool.checkedout() == 0  # type: ignore[attr-defined]


def test_without_its_database_the_site_still_answers(app: Flask, app_session: Session, scene: Scene) -> None:
    app.testing = False
    app_session.execute(text("ALTER TABLE period RENAME TO elsewhere"))
    app_session.commit()
    assert ask(app, scene.url).status_code == 500
    assert ask(app, "/tiep-can/").status_code == 200


@pytest.mark.parametrize("header", [("Set-Cookie", "a=b"), ("Vary", "Cookie"), ("Cache-Control", "no-store")])
def test_what_is_for_one_reader_is_shared_with_nobody(header: tuple[str, str]) -> None:
    plain = [("Content-Type", "text/html"), ("Vary", "Accept-Encoding"), ("Cache-Control", "no-cache")]
    assert shared(plain) and not shared([*plain, header])


@pytest.mark.parametrize("query", ["", "trang=2"])
def test_no_language_is_kept_for_another(query: str) -> None:
    asked = {"REQUEST_METHOD": "GET", "PATH_INFO": "/lay-y-kien/", "QUERY_STRING": query}
    keys = {key_of({**asked, LANGUAGE: language}) for language in ("vi", "en")}
    assert len(keys) == 2 and None not in keys
