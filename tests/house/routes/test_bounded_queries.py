"""No page that anybody may ask for costs more the more comments there are, whatever stands in its query.

A new route, or a new parameter of one, has to be named here with values to try. What counts all comments once more each
time it is made is named with its bound too, and is made no oftener than its page is let go.
"""

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from bench import volume
from bench.matter import Bench
from consult.api.routes import OPERATIONS
from consult.people.words import Role
from tests.application import end, make_app
from tests.builders import DRAFT, NOW
from tests.database import SqliteDatabases
from tests.responses.desk_builder import make_desk

FEW, MANY = 1_000, 4_000
STEPS = 60_000
GROWTH = 10_000
"""What a page takes at most, and how much more of it with four times the comments."""
EVERY = 50
FIRST_STEPS, OF_EACH = 600_000, 600
"""What a page takes at most for who asks first after a change, when what is kept of a matter is counted: of everything,
but of each comment once. What is held against one another takes more with four times the comments than that."""

PAGES = ("2", "01", "5000", "999999999", "9" * 30, "x", "")
TRIED: dict[str, dict[str, Sequence[str]]] = {
    "reading.comments": {
        "tai": ("d2", "d99", "du-thao/1/d2", "tai-lieu/1/1", "x"), "ket-qua": ("answered", "referred", "split"),
        "nguon": ("comment", "critique"), "noi-dung": ("measures",), "thu-tu": ("cung-y-kien",),
        "truoc": ("900", "1", "0999", "9" * 9), "trang": PAGES,
    },
    "data_catalogue.changed": {"tu": ("0", "3.0", "x", "9" * 9)},
    "reading.compared": {"loai": ("changed",), "tai": ("d2",), "trang": PAGES},
    "reading.not_yet_seen": {"trang": PAGES},
    "reading.issued": {"trang": PAGES},
    "reading.draft": {"trang": (*PAGES, "tat-ca"), "tai": ("d2", "d99")},
    "reading.document": {"trang": PAGES, "tai": ("d2",)},
    "reading.live": {"tai": ("du-thao/1", "d2"), "trang": PAGES},
    "reading.index": {"giai-doan": ("open",), "loai": ("plan",), "tu-khoa": ("rác", "x" * 300)},
    "reading.participation_page": {"don-vi": ("cu", "x")},
    "exports.participation": {"don-vi": ("cu", "x")},
    "reading.area_index": {"ten": ("phu thong", "xã", "x" * 300)},
    "exports.table": {"trang": PAGES},
    "transparency.index": {"trang": PAGES},
    "transparency.show": {"trang": PAGES},
    "search.page": {
        "q": ("rac",), "loai": ("comment",), "dot": ("x",), "nguon": ("critique",), "ket-qua": ("answered",),
        "nam": ("2027",), "dung": ("1",), "trang": PAGES,
    },
    "status.look_up": {"ma": ("123",)},
    "status.picture": {"nk": ("0123abcd.1.5." + 43 * "A", "x" * 300)},
    "status.own": {"xong": ("1",)},
    "status.own_collected": {"xong": ("1", "x")},
    "status.show": {"xong": ("1",)},
    "branch.gathering.show": {"xong": ("added", "x")},
    "branch.middle.opinions": {"dau-moi": ("1", "x"), "dia-ban": ("x",), "dieu": ("du-thao/1/d2",),
                               "quan-diem": ("oppose",), "da-chuyen": ("open",), "trang": PAGES},
    "branch.middle.new": {"y-kien": ("1,2", "x"), "tong-hop": ("1", "9" * 9)},
    "status.rating": {"xong": ("1",)},
    "following.index": {"xa": ("phong quang", "x" * 300)},
    "submissions.write": {
        "tai": ("d2",), "trich": ("Phân loại",), "sua": ("1",), "trong": ("1",), "tim": ("rác", "x" * 300),
        "buoc": ("noi", "chon", "x"), "phieu": ("x",), "y": ("0", "x"),
    },
    "submissions.voice": {"y": ("0", "9" * 30), "phieu": ("x",)},
    "following.works": {"xong": ("1",)},
    "sign_in.sign_in": {"next": ("/xu-ly/",)},
    "provider_sign_in.go": {"next": ("/xu-ly/",)},
    "provider_sign_in.back": {"code": ("x",), "state": ("x" * 43,), "iss": ("https://id.vn",), "error": ("x",)},
    "condition.ready": {"well": ("",)},
    "api.consultations": {"cursor": PAGES},
    "api.listing": {"cursor": ("1", "450", "999999999999999", "-1", "x")},
    "api.critiques_of": {"cursor": PAGES},
    "api.pages": {"cursor": PAGES},
    "api.matches": {"cursor": PAGES},
    "api.entries": {"start": ("0", "99999999"), "count": ("500", "501")},
    "api.proof": {"index": ("0",), "size": ("1",)},
    "api.consistency": {"first": ("1",), "second": ("1",)},
    "api.areas": {"q": ("lang son",)},
    "api.programme_entries": {"start": ("0", "99999999"), "count": ("500", "501")},
    "api.programme_proof": {"index": ("0",), "size": ("1",)},
    "api.programme_consistency": {"first": ("1",), "second": ("1",)},
    "programme_logs.show": {"trang": PAGES},
    "site_log.show": {"trang": PAGES},
    "api.site_entries": {"start": ("0", "99999999"), "count": ("500", "501")},
    "api.site_proof": {"index": ("0",), "size": ("1",)},
    "api.site_consistency": {"first": ("1",), "second": ("1",)},
    "public_programmes.index": {"trang": PAGES},
    "public_reports.listed": {"trang": PAGES},
    "public_surveys.index": {"trang": PAGES},
    "public_indicators.show": {"trang": PAGES},
    "promise_board.index": {
        "co-quan": (str(UUID(int=0)), "x"), "dia-ban": ("x",), "loai": ("task", "x"), "tinh-trang": ("late", "x"),
        "trang": PAGES,
    },
    "public_inspections.index": {
        "co-quan": (str(UUID(int=0)), "x"), "dia-ban": ("x",), "nam": ("2026", "x"), "tinh-trang": ("late", "x"),
        "trang": PAGES,
    },
    "public_inspections.table": {
        "co-quan": (str(UUID(int=0)), "x"), "dia-ban": ("x",), "nam": ("0000",), "tinh-trang": ("breach",),
    },
    "public_practices.index": {
        "dia-ban": (str(UUID(int=0)), "x"), "loai": ("separation", "x"), "noi": ("parish", "x"),
        "tinh-trang": ("alive", "x"), "trang": PAGES,
    },
    "public_practices.table": {
        "dia-ban": ("x",), "loai": ("roads",), "noi": ("school",), "tinh-trang": ("ended",),
    },
    "public_practices.spread": {"trang": PAGES},
    "public_practices.areas": {"trang": PAGES},
    "public_materials.index": {
        "chu-de": ("waste", "x"), "hinh-thuc": ("film", "x"), "tieng": ("dao", "x"), "trang": PAGES,
    },
    "public_materials.table": {"chu-de": ("waste",), "hinh-thuc": ("x",), "tieng": ("x",)},
    "public_campaigns.index": {
        "dia-ban": (str(UUID(int=0)), "x"), "loai": ("plastic", "x"), "nam": ("2026", "x"),
        "tinh-trang": ("live", "x"), "trang": PAGES,
    },
    "public_campaigns.table": {"dia-ban": ("x",), "loai": ("customs",), "nam": ("0000",), "tinh-trang": ("done",)},
    "public_campaigns.show": {"trang": PAGES},
    "public_commendations.index": {
        "dia-ban": (str(UUID(int=0)), "x"), "loai": ("person", "x"), "nam": ("2026", "x"), "trang": PAGES,
    },
    "public_commendations.table": {"dia-ban": ("x",), "loai": ("body",), "nam": ("0000",)},
    "public_training.index": {"trang": PAGES},
    "village.home": {"xong": ("12", "x" * 300)},
    "signing_in.ask": {"xong": ("co", "x")},
    "public_training.check": {"ma": ("2" * 16, "x")},
    "public_sightings.index": {
        "dia-ban": (str(UUID(int=0)), "x"), "loai": ("waste", "x"), "tinh-trang": ("late", "all", "x"), "trang": PAGES,
    },
    "public_sightings.table": {"dia-ban": ("x",), "loai": ("air",), "tinh-trang": ("late",)},
    "promise_board.table": {
        "co-quan": (str(UUID(int=0)), "x"), "dia-ban": ("x",), "loai": ("task",), "tinh-trang": ("late",),
    },
}  # fmt: skip
"""The parameters of every route that takes any, each with what strangers may write there."""

STEPS_OF_TWO_HUNDRED = {"api.listing": 150_000}
"""Programs are given two hundred comments at once."""

COUNTS_ALL = {"reading.draft": 30, "reading.document": 30, "reading.live": 30}
"""Pages that say beside each clause how many comments it has, with the steps for each comment."""
NOT_HERE = {
    "archives.download",
    "exports.download",
    "exports.whole_site",
    "exports.table",
    "condition.ready",
    "search.page",
}
"""What may say that something is not there: the worker has made no files and no index, and the schema has no mark.
A table is made once and kept, and its pages are cut from it (tests/exports, and in tests/reading/comments
test_long_lists.py)."""
VALUES: dict[str, Any] = {
    "quarter": f"{NOW.year}-q{(NOW.month + 2) // 3}",
    "suffix": "csv",
    "path": "d1",
    "language": "vi",
    "token": "x",
    "code": "1",
    "name": "x",
    "followed": "dot",
    "kind": "pdf",
    "ending": "pdf",
    "organisation_id": UUID(int=0),
}


@contextmanager
def steps(app: Flask) -> Iterator[list[int]]:
    """How many steps SQLite's machine takes in the block on any connection of the site, in units of EVERY."""
    taken, counted = [0], []

    def step() -> int:
        taken[0] += EVERY
        return 0

    def count(connection: Any, *_rest: object) -> None:
        connection.set_progress_handler(step, EVERY)
        counted.append(connection)

    engine = app.extensions["consult.database"].engine
    event.listen(engine, "checkout", count)
    try:
        yield taken
    finally:
        event.remove(engine, "checkout", count)
        for connection in counted:
            connection.set_progress_handler(None, 0)


def public(app: Flask) -> dict[str, set[str]]:
    """Every route that anybody may read, with the parameters that it declares."""
    found: dict[str, set[str]] = {}
    own = {f"api.{one.name}": one.parameters for one in OPERATIONS if one.method == "get"}
    for rule in app.url_map.iter_rules():
        access = getattr(app.view_functions[rule.endpoint], "access", None)
        if access is None or access[0] != "public" or "GET" not in (rule.methods or ()):
            continue
        asks = getattr(app.view_functions[rule.endpoint], "asks", None)
        judged = {one.name for one in own.get(rule.endpoint, ()) if one.place == "query"}
        assert asks is not None or rule.endpoint in own, f"{rule.endpoint} declares nothing"
        found[rule.endpoint] = judged if asks is None else set(asks)
    return found


def addresses(app: Flask, slug: str) -> Iterator[tuple[str, str]]:
    """Each route bare, with each value of each parameter, and with what it does not know."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint not in public(app) or "GET" not in (rule.methods or ()):
            continue
        values = {name: slug if name == "slug" else VALUES.get(name, 1) for name in rule.arguments}
        with app.test_request_context():
            built = rule.build(values, append_unknown=False)
        assert built is not None, rule.rule
        tried = TRIED.get(rule.endpoint, {})
        queries = ["", "?khong-co=1", *(f"?{name}={one}" for name, all_of in tried.items() for one in all_of)]
        if len(tried) > 2:
            queries.append("?" + "&".join(f"{name}={all_of[0]}" for name, all_of in tried.items()))
        yield from ((rule.endpoint, built[1] + query) for query in queries)


def measured(app: Flask, session: Session, comments: int) -> dict[tuple[str, str], tuple[int, int]]:
    """The steps of each address when it is asked for first, and when it is made anew while everything that is kept of a
    matter is."""
    app.extensions["consult.files"].put(DRAFT.encode())
    desk = make_desk(session, slug="dot-nay")
    session.commit()
    volume.fill(Bench(app, desk.matter.slug, {Role.OFFICER: desk.officer}, random.Random(1)), comments, NOW)
    app.extensions["consult.page_cache"].limit = app.extensions["consult.search_pages"].limit = 0
    client, found = app.test_client(), {}
    for endpoint, address in addresses(app, desk.matter.slug):
        with steps(app) as first:
            client.get(address).close()
        with steps(app) as taken, client.get(address) as answer:
            assert answer.status_code < 500 or endpoint in NOT_HERE, address
        found[endpoint, address] = first[0], taken[0]
    return found


def test_every_parameter_of_what_anybody_may_read_is_named(app: Flask) -> None:
    declared = {endpoint: asks for endpoint, asks in public(app).items() if asks}
    assert {endpoint: set(tried) for endpoint, tried in TRIED.items()} == declared


def test_no_query_costs_more_with_more_comments(sqlite_databases: SqliteDatabases, tmp_path: Path) -> None:
    both = []
    for number in (FEW, MANY):
        app = make_app(sqlite_databases.fresh(), tmp_path / str(number))
        with app.extensions["consult.database"].session() as session:
            both.append(measured(app, session, number))
        end(app)
    few, many = both
    wrong = {}
    for (endpoint, address), (first, count) in many.items():
        before_first, before = few[endpoint, address]
        of_comments = COUNTS_ALL.get(endpoint, 0)
        most = STEPS_OF_TWO_HUNDRED.get(endpoint, STEPS) + of_comments * MANY
        if count - before > GROWTH + of_comments * (MANY - FEW) or count > most:
            wrong[address] = (before, count)
        if first - before_first > OF_EACH * (MANY - FEW) or first > FIRST_STEPS + OF_EACH * MANY:
            wrong[f"{address} first"] = (before_first, first)
    assert wrong == {}
