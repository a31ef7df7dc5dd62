"""Every request has an id, and what is written and counted of it is nobody's: no address, query, words or code."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.outbox.service import emit
from consult.stages import Stage
from consult.traces import measurements, request_marks
from consult.web import errors
from consult.web.requests.json_lines import JsonLines
from consult.web.requests.marking import HEADER
from tests.builders import make_consultation
from tests.pages import Browser

OURS = "0123456789abcdef0123456789abcdef"
SECRETS = (
    "Nguyễn",
    "Van-An",
    "0912345678",
    "an@vidu.vn",
    "123456789012345",
    "so-dien-thoai",
    "<script>",
    "MKCOL",
    "ma-kin",
)


class Kept(logging.Handler):
    """Keeps lines as they would be written."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(JsonLines())
        self.written: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps one."""
        self.written.append(self.format(record))

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The lines as objects."""
        return [json.loads(one) for one in self.written]


@pytest.fixture
def kept() -> Iterator[Kept]:
    """What is written to the log, as lines of JSON."""
    log, handler = logging.getLogger("consult"), Kept()
    log.addHandler(handler)
    request_marks.lines.setLevel(logging.INFO)
    yield handler
    request_marks.lines.setLevel(logging.NOTSET)
    log.removeHandler(handler)


def test_an_answer_names_its_id_and_the_line_of_it_says_what_it_cost(app: Flask, kept: Kept) -> None:
    answer = app.test_client().get("/lay-y-kien/")
    answer.close()
    [line] = [one for one in kept.lines if "route" in one]
    assert line["id"] == answer.headers[HEADER] and request_marks.WELL_FORMED.fullmatch(line["id"])
    assert (line["method"], line["route"], line["status"]) == ("GET", "/lay-y-kien/", 200)
    assert line["statements"] > 0 and line["ms"] >= 0 and line["logger"] == "consult.lines"


def test_a_kept_page_is_told_as_one_with_its_route(app: Flask, kept: Kept) -> None:
    for _ in range(2):
        app.test_client().get("/lay-y-kien/").close()
    first, second = (one for one in kept.lines if one.get("route"))
    assert first["route"] == second["route"] == "/lay-y-kien/"
    assert "kept" not in first and second["kept"] is True and second["statements"] < first["statements"]


@pytest.mark.parametrize("proxies", [0, 1])
def test_an_id_is_taken_from_a_proxy_alone_and_only_when_it_is_one(app: Flask, proxies: int) -> None:
    app.wsgi_app.proxies = proxies  # type: ignore[attr-defined]
    asked = app.test_client()
    given = asked.get("/healthz", headers={HEADER: OURS}).headers[HEADER]
    assert (given == OURS) is bool(proxies)
    for strange in ("x" * 32, OURS.upper(), f"{OURS}0", "abc", "0123456789abcde\x7f"):
        assert asked.get("/healthz", headers={HEADER: strange}).headers[HEADER] != strange


def test_files_of_the_site_carry_no_header_more(app: Flask) -> None:
    assert HEADER not in app.test_client().get("/static/css/site.css").headers


def test_the_page_of_an_error_says_the_code_that_stands_in_the_log(app: Flask, kept: Kept) -> None:
    page = app.test_client().get("/en/khong-co/")
    page.close()
    [line] = [one for one in kept.lines if one.get("status") == 404]
    assert line["incident"] in page.text and "Incident code:" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert len(line["incident"]) == 11 and line["route"] == "none"


def test_what_never_became_a_request_has_a_code_too(app: Flask) -> None:
    request_marks.end()
    page = errors.outside(app, 500)
    mark = request_marks.Mark(page.headers[HEADER])
    assert page.status_code == 500 and mark.incident in page.get_data(as_text=True)
    request_marks.end()


def test_hostile_requests_leave_nothing_of_theirs_in_lines_and_numbers(
    app: Flask, app_session: Session, kept: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measurements, "_counts", [None])
    measurements.use(tmp_path / "counts")
    matter = make_consultation(app_session, Stage.OPEN)
    asked = app.test_client()
    said = {"text": "Nguyễn Van-An 0912345678", "mail": "an@vidu.vn", "ma": "123456789012345"}
    for path in (
        "/tra-cuu/123456789012345/", "/tim-kiem/?q=Nguyễn+an@vidu.vn&so-dien-thoai=0912345678",
        f"/lay-y-kien/{matter.slug}/gop-y/?ten=Nguyễn", "/Nguyễn/Van-An/<script>", "/loi-moi/ma-kin-cua-toi/",
        "/api/v1/status/123456789012345", "/theo-doi/thu/ma-kin-cua-toi/", "/thu-thap/vao/ma-kin-cua-toi/",
    ):  # fmt: skip
        for method in ("GET", "POST", "MKCOL"):
            headers = {"User-Agent": "Nguyễn".encode().decode("latin-1"), "Cookie": "consult=ma-kin", HEADER: "Van-An"}
            asked.open(path, method=method, data=said if method == "POST" else None, headers=headers).close()
    measured = json.dumps(list(measurements.totals()), ensure_ascii=False)
    assert len(kept.lines) >= 24 and "request_seconds_sum" in measured
    written = "\n".join(kept.written)
    for secret in SECRETS:
        assert secret not in written and secret not in measured, secret
    measurements.use(None)


def test_what_an_exception_says_is_not_written(kept: Kept) -> None:
    log = logging.getLogger("consult.test")
    try:
        int("Nguyễn Văn An, 0912345678")
    except ValueError:
        log.exception("reading failed for %s", "/tra-cuu/123456789012345/")
    [line] = kept.lines
    assert line["failure"] == ["ValueError"] and line["where"][0].endswith("test_what_an_exception_says_is_not_written")
    assert "Nguyễn" not in kept.written[0] and "123456789012345" not in kept.written[0]


def test_nothing_that_is_sent_breaks_the_line_of_a_sign_in() -> None:
    said = {"event": "provider_refused", "reason": '/tra-cuu/x"y', "address": None}
    record = logging.LogRecord("consult.sign_in", logging.INFO, "", 0, "%s", (json.dumps(said),), None)
    assert json.loads(JsonLines().format(record))["facts"] == {**said, "reason": '/tra-cuu/***"y'}


def test_a_fault_of_ours_names_the_route_and_not_the_address(app: Flask, kept: Kept) -> None:
    log = logging.getLogger("consult")
    request_marks.begin(rule="/tra-cuu/<code>/")
    log.error("Exception on %s [%s]", "/tra-cuu/Nguyễn/", "GET")
    request_marks.end()
    assert (kept.lines[-1]["said"], kept.lines[-1]["route"]) == ("Exception on", "/tra-cuu/<code>/")
    assert "Nguyễn" not in kept.written[-1]


def test_a_request_names_what_it_left_for_the_worker_whose_line_names_it_again(
    app: Flask, browser: Browser, app_session: Session, kept: Kept
) -> None:

    mark = request_marks.begin()
    message = emit(app_session, "matter_told", clock.now(), make_consultation(app_session, Stage.OPEN).id)
    app_session.commit()
    assert mark.messages[-1] == str(message)
    request_marks.end()
    app.extensions["consult.worker"].run_once(clock.now)
    told = [one for one in kept.lines if str(message) in one.get("handles", ())]
    assert [(one["worker"], one["failed"]) for one in told] == [("matter_told", [])]
    assert told[0]["id"] != mark.id
