"""Every address with what no person would send: it may be refused, it never breaks. On both kinds of database."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from werkzeug.routing import AnyConverter, BaseConverter, IntegerConverter, Rule, UUIDConverter
from werkzeug.test import encode_multipart

from consult import clock
from consult.people.words import Role
from consult.policy import Action
from consult.search.handlers import IndexHandlers
from consult.stages import Stage
from consult.submissions.receiving.service import receive
from tests.application import end, make_app, sign_in
from tests.builders import DRAFT, make_consultation, make_organisation, make_unit, make_user
from tests.database import Databases
from tests.pages import Browser
from tests.submissions.rows import CODES, comment, new

TEMPLATES = Path(__file__).resolve().parents[3] / "templates"
HUGE = "9" * 25
WORDS = (
    "a\x00b", HUGE, "٣²", "9999-12-31", "%s %(x)s {{7*7}} <b>", "\ud7ff\ue000\uffff", "du-thao/1/d1.k1",
    f"tai-lieu/{HUGE}/1/trang/1",
)  # fmt: skip
LONG = f"{UUID(int=0)}:" + "ổ" * 3_000
QUERIES = ("\x00", HUGE, "٣²", f"{UUID(int=0)}")
RAW = (b"a=%ff%fe&b=%00&%00=x&%ff=1&&==&=" + b"%" * 500, b"\xff\xfe\x00" * 99, b"comment=1&" * 2500)
PATHS = ("a%00b", "%ff", "..%2f", HUGE, "a" * 3000)
NUMBERS = ("0", "999999999", "9223372036854775808", "1" * 5000)
KEYS = (str(UUID(int=0)), "x")
# Names that addresses are made with: a query that has them must not get between.
IN_THE_WAY = ("slug", "endpoint", "number", "values", "consultation", "done", "_external", "_scheme", "_anchor", "self")
HEADERS: tuple[dict[str, str], ...] = (
    {"Origin": "http://["}, {"Origin": "null"}, {"Origin": "\xff"}, {"Host": "[::"}, {"Host": "a b"}, {"Host": ""},
    {"Cookie": "consult=x; consult=\xff; =;"}, {"Cookie": "consult=" + "A" * 5000}, {"Range": "bytes=9-1,x"},
    {"If-None-Match": '"'}, {"If-Modified-Since": "never"}, {"Accept-Encoding": "gzip;q=x,,;"}, {"Accept": "\xff;q=z"},
    {"Accept-Language": "x" * 4000}, {"Content-Type": "multipart/form-data"}, {"Content-Type": "text/\xff; charset=no"},
    {"Content-Type": "application/json; charset=utf-7"},
    {"X-Forwarded-For": "x,,\xff", "X-Forwarded-Host": "[", "X-Forwarded-Proto": "\xff"}, {"Referer": "http://["},
    {"Transfer-Encoding": "x"}, {"Sec-Fetch-Site": "cross-site"}, {"Idempotency-Key": "\xff" * 40},
)  # fmt: skip
JSON = (
    b"", b"{", b"[]", b"null", b'"x"', b"1e999", b"[" * 50_000, b'{"comments": ' * 5_000, b"\xff\xfe", b'{"a": NaN}',
    b'{"comments": [null, 1, "x", [], {}]}', b'{"comments": [{"text": "\\ud800", "anchor": "\\u0000"}], "consent": 1}',
    b'{"comments": [{"text": {"a": 1}, "anchor": {"document": 1e400, "revision": -9e99, "page": %s}}]}' % HUGE.encode(),
    b'{"comments": [{"text": "x", "anchor": {"document": true, "revision": null, "page": 1, "box": [1, 2]}}]}',
    b'{"area": {"code": "\\u0000", "valid_from": "9999-99-99"}, "name": [], "contact": {}, "comments": "x"}',
)  # fmt: skip


@dataclass
class Hostile:
    """Somebody who may do much, and means no good. `broke` gathers what they brought down."""

    client: FlaskClient
    broke: list[str]
    tried: int = 0

    def tries(self, address: str, method: str = "GET", **sent: Any) -> None:
        """One request; whatever is not refused cleanly is noted down."""
        self.tried += 1
        try:
            answer = self.client.open(address, method=method, **sent)
        except Exception as error:
            self.broke.append(f"{_said(method, address, sent)}: {error!r:.300}")
            return
        later = answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE and "Retry-After" in answer.headers
        unmade = later and "/luu-tru.zip" in address
        if answer.status_code >= 500 and not unmade and not address.startswith("/readyz"):
            self.broke.append(f"{_said(method, address, sent)}: {answer.status_code}")
        answer.close()


def _said(method: str, address: str, sent: dict[str, Any]) -> str:
    return f"{method} {address[:160]} {str(sent)[:240]}"


@pytest.fixture(scope="module")
def hostile(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """A site with a matter at three stages, and three who are hostile: a stranger, a desk, an administration."""
    url = databases.fresh()
    app = make_app(url, tmp_path_factory.mktemp("garbage"), WTF_CSRF_METHODS=())
    with app.extensions["consult.database"].session() as session:
        body = make_organisation(session)
        values: dict[str, Any] = {"organisation_id": body.id, "unit_id": make_unit(session, body).id}
        stages = (Stage.DRAFTING, Stage.OPEN, Stage.RESPONDING)
        slugs = [make_consultation(session, stage, now=clock.now(), lead=body).slug for stage in stages]
        app.extensions["consult.files"].put(DRAFT.encode())
        matter = make_consultation(session, Stage.OPEN, now=clock.now(), lead=body)
        sent = new(comment("Nên ghi rõ ngày thu gom.", "d2.k1"), at=clock.now())
        given = receive(session, matter, sent, clock.now(), app.extensions["consult.signer"], CODES)
        people = [Browser(app) for _ in range(3)]
        desk = make_user(session, body, [Role.OFFICER, Role.LEADER, Role.PUBLISHER, Role.SENDER])
        administrator = make_user(session, body, [Role.ADMINISTRATOR])
        values |= {"user_id": desk.id, "code": given.code}
        sign_in(people[1], desk)
        sign_in(people[2], administrator)
        IndexHandlers(app.extensions["consult.search"]).rebuild(session, clock.now())
    yield {
        "app": app,
        "people": [one.client for one in people],
        "slugs": [*slugs, matter.slug],
        "values": values,
        "broke": [],
    }
    end(app)
    databases.drop(url)


def field_names() -> list[str]:
    """Every name that a field of ours has, as far as it stands in a template, and those that are counted."""
    found = {name for path in TEMPLATES.rglob("*.html") for name in re.findall(r'name="([^"{}]+)"', path.read_text())}
    counted = {f"comments.{index}.{name}" for index in (0, 1) for name in ("text", "anchor", "stance", "place")}
    more = {"tai", "trang", "q", "ma", "page", "after", "limit", "text.0", "place.0", "stance.0", "to_unit", "to_user"}
    return sorted(found | counted | more)


def buttons() -> list[tuple[str, str]]:
    """Name and value of every button that has both in a template: what a form does depends on them."""
    pattern = r'<button[^>]*name="([^"{}]+)"[^>]*value="([^"{}]+)"'
    return sorted({pair for path in TEMPLATES.rglob("*.html") for pair in re.findall(pattern, path.read_text())})


def encoded(fields: dict[str, str]) -> str:
    """Fields as a query and as a form has them, in the letters of werkzeug's client: written once for all addresses."""
    return urlencode(fields, safe="!$'()*,/:;?@")


def addresses(rule: Rule, site: dict[str, Any], garbage: bool) -> Iterator[str]:
    """A rule's address with arguments that exist, or each in turn with every kind of garbage in all its arguments."""
    fitting = {name: _fitting(rule._converters[name]) for name in rule.arguments}
    if not garbage:
        for slug in site["slugs"] if "slug" in fitting else [""]:
            yield _filled(rule, {**fitting, "slug": slug, **site["values"]})
        return
    good = {**fitting, "slug": site["slugs"][-1], **site["values"]}
    for name in fitting:
        for word in _garbage(rule._converters[name]):
            yield _filled(rule, {**good, name: word})


def _fitting(converter: BaseConverter) -> str:
    """What an argument of that kind takes; the site's own kinds are of these too."""
    if isinstance(converter, AnyConverter):
        return str(min(converter.items))
    kinds = {IntegerConverter: "1", UUIDConverter: str(UUID(int=0))}
    return next((word for kind, word in kinds.items() if isinstance(converter, kind)), "x")


def _garbage(converter: BaseConverter) -> tuple[str, ...]:
    kinds = {IntegerConverter: NUMBERS, UUIDConverter: KEYS}
    return next((words for kind, words in kinds.items() if isinstance(converter, kind)), PATHS)


def _filled(rule: Rule, values: dict[str, Any]) -> str:
    return re.sub(r"<(?:[^<>:]*:)?(\w+)>", lambda found: str(values[found[1]]), rule.rule)


def each(site: dict[str, Any], *methods: str) -> Iterator[tuple[Hostile, Rule, str]]:
    """Before every rule somebody hostile whom it lets in, with each of these methods that it has."""
    stranger, desk, administrator = (Hostile(client, site["broke"]) for client in site["people"])
    for rule in site["app"].url_map.iter_rules():
        kind, action, _of = getattr(site["app"].view_functions[rule.endpoint], "access", ("public", None, None))
        inside = administrator if action is Action.ADMINISTER else desk
        who = stranger if kind == "public" else inside
        yield from ((who, rule, method) for method in methods if method in (rule.methods or ()))


def check(site: dict[str, Any]) -> None:
    """Fails with what was brought down."""
    broke = list(dict.fromkeys(site["broke"]))
    site["broke"].clear()
    assert not broke, f"{len(broke)} broke:\n" + "\n".join(broke)


def test_what_is_sent_reaches_its_route(hostile: dict[str, Any]) -> None:
    urls = hostile["app"].url_map.bind("localhost")
    for _who, rule, method in each(hostile, "GET", "POST"):
        for address in addresses(rule, hostile, garbage=False):
            assert urls.match(address, method, return_rule=True)[0].rule == rule.rule


def test_addresses_that_nobody_made(hostile: dict[str, Any]) -> None:
    for who, rule, method in each(hostile, "GET", "POST", "OPTIONS", "HEAD"):
        for address in addresses(rule, hostile, garbage=True) if method in {"GET", "POST"} else [rule.rule]:
            who.tries(address, method)
    check(hostile)


def test_queries_that_no_page_links_to(hostile: dict[str, Any]) -> None:
    asked = [encoded(dict.fromkeys(field_names(), word)) for word in QUERIES]
    for who, rule, _method in each(hostile, "GET"):
        for address in list(addresses(rule, hostile, garbage=False))[-1:]:
            for query in (*asked, encoded(dict.fromkeys(IN_THE_WAY, "x"))):
                who.tries(address, query_string=query)
            who.tries(address, query_string="%ff=%fe&tai=%ff&trang=%00&q=%ed%a0%80&comment=1&comment=x&page=0&page=")
    check(hostile)


def test_forms_that_no_page_has(hostile: dict[str, Any]) -> None:
    names, pressed = field_names(), buttons()
    typed = []
    for number, word in enumerate(WORDS):
        button, value = pressed[number % len(pressed)]
        typed.append(encoded({**dict.fromkeys(names, word), button: value}).encode())
    # As parts: spelled with per cent signs the reading of it takes longer than all the rest.
    boundary, long = encode_multipart(dict.fromkeys(names, LONG))
    for who, rule, _method in each(hostile, "POST"):
        address = list(addresses(rule, hostile, garbage=False))[-1]
        who.tries(address, "POST", data=long, content_type=f"multipart/form-data; boundary={boundary}")
        for raw in (*typed, *RAW):
            who.tries(address, "POST", data=raw, content_type="application/x-www-form-urlencoded")
        query = dict.fromkeys(IN_THE_WAY, "x")
        who.tries(address, "POST", query_string=query, data={"comment": "1", "act": "assign"})
    check(hostile)


def test_bodies_that_are_no_forms(hostile: dict[str, Any]) -> None:
    parts = "multipart/form-data; boundary=x"
    for who, rule, _method in each(hostile, "POST"):
        address = list(addresses(rule, hostile, garbage=False))[-1]
        for body in (b"--x", b'--x\r\nContent-Disposition: form-data; name="a"\r\n', b"\x00" * 99):
            who.tries(address, "POST", data=body, content_type=parts)
        for body in JSON if rule.rule.startswith("/api/") else JSON[:2]:
            key = {"Idempotency-Key": "k" * 32}
            who.tries(address, "POST", data=body, content_type="application/json", headers=key)
    check(hostile)


def test_files_that_are_none(hostile: dict[str, Any]) -> None:
    for who, rule, _method in each(hostile, "POST"):
        if rule.endpoint in {"desk.intake.record", "preparing.documents.add", "workspace.drafting.step"}:
            file = (BytesIO(b"%PDF-\x00"), "../\x00/../a.docx")
            data = {"file": file, "scan": (BytesIO(b"%PDF-"), "\x00"), "title": "x", "role": "further"}
            address = list(addresses(rule, hostile, garbage=False))[0 if "preparing" in rule.endpoint else -1]
            who.tries(address, "POST", data=data, content_type="multipart/form-data")
    check(hostile)


def test_headers_that_no_browser_sends(hostile: dict[str, Any]) -> None:
    wanted = {"reading.home", "reading.matter", "submissions.step", "api.send", "api.by_code", "status.open_own",
              "desk.many", "desk.index", "sign_in.check", "search.page", "static", "exports.download"}  # fmt: skip
    for who, rule, method in each(hostile, "GET", "POST"):
        if rule.endpoint in wanted:
            for headers in HEADERS:
                who.tries(list(addresses(rule, hostile, garbage=False))[-1], method, headers=headers)
    check(hostile)


def test_a_form_beyond_all_measure_is_refused(hostile: dict[str, Any]) -> None:
    stranger, address = hostile["people"][0], f"/lay-y-kien/{hostile['slugs'][-1]}/gop-y/"
    words = {"comments.0.text": "a" * (stranger.application.config["MAX_FORM_MEMORY_SIZE"] + 1)}
    assert stranger.post(address, data=words, follow_redirects=True).status_code == 413
    most = stranger.application.config["MAX_FORM_PARTS"]
    part = '--x\r\nContent-Disposition: form-data; name="a{}"\r\n\r\nx\r\n'
    parts = "".join(part.format(index) for index in range(most + 1)) + "--x--\r\n"
    sent = stranger.post(address, data=parts, content_type="multipart/form-data; boundary=x", follow_redirects=True)
    assert sent.status_code == 413
