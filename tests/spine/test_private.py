"""Nothing private in public HTML, API, exports, logs, or in mail to others: every public address is opened and read."""

import email
import email.policy
import itertools
import logging
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from gunicorn.config import Config
from gunicorn.glogging import Logger
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from consult.clock import local_day, now
from consult.ledger.models import LedgerEntry
from consult.people.models import Area
from consult.responses.figures import span
from consult.search.handlers import IndexHandlers
from consult.submissions.models import Comment, Submission
from consult.submissions.receiving import lookup_codes
from tests.application import end, make_app
from tests.responses.desk_builder import SIGNER
from tests.spine.private_things import FINDS, PRIVATE, Full, make_full
from tests.transparency import lively
from tests.unpacked import words_of

ELSEWHERE = ("static", "notices.", "branch.", "program.", "village.", "provider_sign_in.")
"""How the names of views begin that give the site's own files, the mails of a development site (tests/notices shows
that production has no such page), and what only a branch's link or key opens (tests/collections/test_who_sees_what.py
asks them all without; of a village of a survey tests/programme/surveys/test_villages.py), or what a site has that is
connected with a provider of identities (tests/sign_in/providers)."""
QUERIES = {
    "/tim-kiem/": (f"q={FINDS}", "q=Kinten", "q=chat+thai"),
    "/api/v1/areas": ("q=tan+ky",),
    "/lay-y-kien/<slug>/y-kien/": ("", "ket-qua=answered", "tai=d2.k1", "trang=2"),
    "/api/v1/consultations/<slug>/ledger/proof": ("index=0&size=5",),
    "/api/v1/consultations/<slug>/ledger/consistency": ("first=1&second=5",),
    "/lay-y-kien/<slug>/thay-doi.jsonl": ("", "tu=3.0"),
    "/dia-ban/": ("", "q=tan+ky"),
}


@pytest.fixture
def app(sqlite_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The site, with the keys of the builders so that receipts made by services hold on its pages."""
    app = make_app(sqlite_url, tmp_path)
    app.extensions["consult.signer"] = SIGNER
    yield app
    end(app)


@pytest.fixture
def full(app: Flask, app_session: Session) -> Full:
    """Everything private there is, indexed as the worker does it."""
    made = make_full(app, app_session)
    IndexHandlers(app.extensions["consult.search"]).rebuild(app_session, now())
    return made


def public_addresses(app: Flask, slugs: Sequence[str], code: str, session: Session) -> Iterator[str]:
    """Every address that the URL map has for anybody, with every value that exists, in both languages: of these matters
    and of a submission with this look-up code."""
    comments = session.scalar(select(func.count()).select_from(Comment)) or 0
    entries = session.scalar(select(func.count()).select_from(LedgerEntry)) or 0
    values: dict[str, Any] = {
        "slug": slugs,
        "number": range(1, comments + 2),
        "document": (1, 2),
        "page": (1,),
        "earlier": (1,),
        "path": ("d2", "d2.k1"),
        "language": ("en", "tyz"),
        "index": range(0, entries + 1, 7),
        "suffix": ("docx", "csv", "json"),
        "code": (code,),
        "token": ("x" * 43,),
        "name": ("a" * 64,),
        "given": ("x" * 43,),
        "link": ("x" * 43,),
        "kind": ("pdf", "png"),
        "key": ("duong-pho-thong-cam-giang",),
        "attachment": (UUID(int=0),),
        "file": (UUID(int=0),),
        "organisation_id": (UUID(int=0),),
        "year": (2026,),
        "step": (1,),
        "figure": ("tasks_planned",),
        "act": (1,),
        "version": (1,),
        "picture": (1,),
        "result": (1,),
        "indicator": ("rac", "khong-co"),
        "epoch": (1,),
        "old": (0, 2),
        "tile": ("0/000.p/5", f"entries/000.p/{min(entries, 20)}"),
        "quarter": (span.code(*span.quarter_of(local_day(now()))),),
    }
    areas = session.execute(select(Area.code, Area.valid_from)).all()
    of_area = {"code": [code for code, _since in areas], "since": [since.isoformat() for _code, since in areas]}
    followed = {
        "dot": slugs, "dieu": [f"{slug}/{path}" for slug in slugs for path in values["path"]],
        "dia-ban": [f"{code}/{since.isoformat()}" for code, since in areas], "linh-vuc": ["moi-truong"],
    }  # fmt: skip
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        for_anybody = "GET" in (rule.methods or ()) and getattr(view, "access", ("",))[0] == "public"
        if for_anybody and not rule.endpoint.startswith(ELSEWHERE):
            if "since" in rule.arguments:
                yield from _filled(app, rule, {**values, **of_area})
            elif "followed" in rule.arguments:
                for kind, keys in followed.items():
                    yield from _filled(app, rule, {**values, "key": keys}, followed=(kind,))
            else:
                yield from _filled(app, rule, values)


def _filled(app: Flask, rule: Rule, values: dict[str, Any], **chosen_for: Any) -> Iterator[str]:
    names = sorted(rule.arguments)
    given = {name: getattr(rule._converters[name], "items", values.get(name)) for name in names} | chosen_for
    missing = [name for name, value in given.items() if value is None]
    assert not missing, f"{rule} needs a value for {missing}: give it one here"
    addresses = app.url_map.bind("localhost")
    for chosen in itertools.product(*given.values()):
        path = addresses.build(rule.endpoint, dict(zip(names, chosen, strict=True)))
        for query in QUERIES.get(rule.rule, ("",)):
            for prefix in ("", "/en"):
                yield f"{prefix}{path}" + (f"?{query}" if query else "")


def words_in(answer: TestResponse) -> str:
    """Everything an answer says: headers, and the body, unpacked whatever file it is, without the marks that say of a
    part of an English page that it is Vietnamese: they may stand inside a name."""
    said = f"{answer.headers}\n{words_of(answer.get_data())}"
    return re.sub(r'<span lang="vi">|</span>', "", said)


def leaks(said: str, full: Full, address: str = "") -> list[str]:
    """What private things stand in a text. The look-up code may stand where it was asked for."""
    found = [what for what, words in PRIVATE.items() if words in said]
    digits = lookup_codes.typed(full.receipt.code)
    if full.receipt.code not in address and (full.receipt.code in said or digits in said):
        found.append("the look-up code")
    if re.search(rf"(?<![0-9A-Za-z]){full.receipt.secret}(?![0-9A-Za-z])", said):
        found.append("the secret number")
    return found


class AccessLog:
    """The access log as gunicorn writes it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        settings = Config()
        settings.set("accesslog", str(path))
        self.logger = Logger(settings)

    def note(self, address: str, answer: TestResponse) -> None:
        """One line for one answer."""
        path, _, query = address.partition("?")
        environ = {
            "REQUEST_METHOD": "GET", "RAW_URI": address, "PATH_INFO": path, "QUERY_STRING": query,
            "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1", "HTTP_REFERER": f"http://localhost{address}",
        }  # fmt: skip
        given = SimpleNamespace(status=answer.status, sent=len(answer.get_data()), headers=[])
        self.logger.access(given, SimpleNamespace(headers=[]), environ, now() - now())

    def close(self) -> str:
        """What it holds."""
        for handler in list(self.logger.access_log.handlers):
            self.logger.access_log.removeHandler(handler)
            handler.close()
        return self.path.read_text()


def opened(client: FlaskClient, address: str) -> TestResponse:
    """The answer to anybody; one that is a fault of ours proves nothing."""
    answer = client.get(address)
    assert answer.status_code != 500, f"{address} failed"
    answer.get_data()
    answer.close()
    return answer


def test_nothing_private_on_any_public_address_nor_in_logs(
    app: Flask, full: Full, app_session: Session, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client, log = app.test_client(), AccessLog(tmp_path / "access.log")
    seen: dict[str, int] = {}
    wrong = []
    for address in public_addresses(app, full.slugs, full.receipt.code, app_session):
        answer = opened(client, address)
        seen[address] = answer.status_code
        wrong += [f"{address}: {what}" for what in leaks(words_in(answer), full, address)]
        log.note(address, answer)
    assert not wrong, "\n".join(wrong)
    assert not leaks(caplog.text, full) and not leaks(log.close(), full)
    in_preparation = {status for address, status in seen.items() if full.preparing.slug in address}
    assert in_preparation == {404}, "what you may not see does not exist"
    found = sum(status == 200 for status in seen.values())
    assert found > 100, f"only {found} of {len(seen)} addresses were there: the walk proves little"


def test_the_walk_would_find_what_is_public(app: Flask, full: Full, app_session: Session) -> None:
    """The same walk finds a name that its owner made public, in the pages, the API and each kind of export."""
    client, slug = app.test_client(), full.lively.slug
    parts = (f"/lay-y-kien/{slug}/y-kien/1/", f"/en/lay-y-kien/{slug}/y-kien/1/", "docx", "csv")
    walked = [
        one
        for one in public_addresses(app, full.slugs, full.receipt.code, app_session)
        if any(part in one for part in parts)
    ]
    places = [address for address in walked if lively.PUBLIC_NAME in words_in(opened(client, address))]
    for part in parts:
        assert any(part in place for place in places), f"nothing public at {part}; only at {places}"


def test_mails_tell_each_only_their_own(app: Flask, full: Full, app_session: Session) -> None:
    worker = app.extensions["consult.worker"]
    while worker.work_once(now()):
        pass
    letters = [
        email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        for path in Path(app.config["MAIL_FOLDER"]).glob("*.eml")
    ]
    contacts = set(app_session.scalars(select(Submission.contact).where(Submission.contact.contains("@"))))
    assert {letter["To"] for letter in letters} >= contacts
    for letter in letters:
        said = str(letter)
        others = {what for what in leaks(said, full) if PRIVATE.get(what) not in (letter["To"], "@example.invalid")}
        allowed = {"an answer to senders only"} if letter["To"] == lively.CONTACT else set()
        assert others <= allowed, f"a mail to {letter['To']} tells {others}"
        assert not (contacts - {letter["To"]}) & set(re.findall(r"[\w.]+@[\w.]+", said))
