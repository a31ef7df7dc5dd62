"""What the API gives to read: the resources, their bounds, and that it agrees with the outsiders' verifier."""

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.models import Consultation
from consult.stages import Stage
from tests.api.conftest import Ask
from tests.builders import make_consultation, period_of
from tests.live import served
from tests.transparency.lively import Lively

VERIFIER = Path(__file__).resolve().parents[2] / "docs" / "verify_ledger.py"


def verified(*arguments: str) -> subprocess.CompletedProcess[str]:
    """What docs/verify_ledger.py says, run as anybody runs it."""
    return subprocess.run(
        [sys.executable, str(VERIFIER), *arguments], capture_output=True, text=True, check=False, timeout=120
    )


def test_the_outsiders_verifier_agrees_over_http(app: Flask, lively: Lively, tmp_path: Path) -> None:
    with served(app) as address:
        said = verified(address, lively.slug, "--every-proof", "--save", str(tmp_path / "kept"))
    assert said.returncode == 0, said.stdout + said.stderr
    again = verified(str(tmp_path / "kept"), lively.slug)
    assert again.returncode == 0, again.stdout


def test_a_matter_and_its_documents(ask: Ask, lively: Lively) -> None:
    one = ask(f"/consultations/{lively.slug}")
    assert one["stage"] == "responding"
    assert [(each["document"], each["revision"]) for each in one["documents"]] == [(1, 1), (1, 2)]
    tree = ask(f"/consultations/{lively.slug}/revisions/1/1")
    assert [node["path"] for node in tree["provisions"]] == ["x1", "ci", "cii"]
    assert tree["provisions"][1]["children"][1]["path"] == "d2"
    ask(f"/consultations/{lively.slug}/revisions/1/9", 404)
    ask(f"/consultations/{lively.slug}/revisions/2/1", 404)


def test_comments_come_in_pages_and_tell_no_more_than_they_may(
    ask: Ask, lively: Lively, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("consult.api.comments.PAGE_SIZE", 5)
    found, cursor = [], None
    while True:
        page = ask(f"/consultations/{lively.slug}/comments", **({"cursor": cursor} if cursor else {}))
        found += page["comments"]
        cursor = page["next"]
        if cursor is None:
            break
    assert [one["number"] for one in found] == list(range(1, len(found) + 1))
    waiting = found[lively.private - 1]
    assert (waiting["outcome"], waiting["visibility"], waiting["text"]) == ("open", "unreleased", None)
    assert found[0]["label"] == "khoản 1 Điều 2 (bản dự thảo lần 1)"
    assert {one["outcome"] for one in found} == {"withdrawn", "invalid", "split", "answered", "open"}
    assert {one["visibility"] for one in found} == {"public", "redacted", "withheld", "unreleased"}
    passed_on = [one for one in found if one["outcome"] == "open"]
    assert len(passed_on) > ask(f"/consultations/{lively.slug}/sums")["outcome"]["awaiting"]


@pytest.mark.parametrize(
    ("path", "query", "field"),
    [
        ("comments", {"cursor": "nonsense"}, "cursor"),
        ("comments", {"cursor": ""}, "cursor"),
        ("comments", {"cursor": "YWZ0ZXIgMQ=="}, "cursor"),
        ("ledger/entries", {"count": "501"}, "count"),
        ("ledger/entries", {"start": "-1"}, "start"),
        ("ledger/entries", {"start": "99999999999999999999999"}, "start"),
        ("ledger/proof", {"index": "0"}, "size"),
        ("ledger/proof", {"index": "1", "size": "1"}, "index"),
        ("ledger/proof", {"index": "0", "size": "999999"}, "size"),
        ("ledger/consistency", {"first": "0", "second": "1"}, "first"),
        ("ledger/consistency", {"first": "1", "second": "999999"}, "second"),
        ("ledger/consistency", {"first": "٣", "second": "4"}, "first"),
    ],
)
def test_what_is_out_of_bounds_is_told_by_its_name(
    ask: Ask, lively: Lively, path: str, query: dict[str, str], field: str
) -> None:
    assert field in ask(f"/consultations/{lively.slug}/{path}", 422, **query)["errors"]


def test_what_is_being_prepared_does_not_exist(ask: Ask, app_session: Session) -> None:
    drafting = make_consultation(app_session, Stage.DRAFTING)
    for path in ("", "/comments", "/sums", "/ledger", "/revisions/1/1", "/facts"):
        assert ask(f"/consultations/{drafting.slug}{path}", 404) == {"reason": "not_found"}
    assert ask("/consultations")["consultations"] == []
    ask("/consultations/%00", 404)
    ask("/consultations/Không", 404)


def test_a_revision_that_is_not_public_yet_does_not_exist(ask: Ask, matter: Consultation, app_session: Session) -> None:
    from_log = ask(f"/consultations/{matter.slug}/ledger/entries", start=0, count=1)["entries"]
    assert json.loads(from_log[0]["entry"])["kind"] == "published"
    ask(f"/consultations/{matter.slug}/revisions/1/2", 404)


def test_reading_sets_no_cookie(app: Flask, lively: Lively) -> None:
    for path in ("ledger", "comments", "sums"):
        answer = app.test_client().get(f"/api/v1/consultations/{lively.slug}/{path}")
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-cache"


def test_an_end_is_told_as_the_moment_after_it_and_as_its_last_day(ask: Ask, app_session: Session) -> None:
    """Who reads `closes` as the last day would take a day too many."""
    matter = make_consultation(app_session, now=clock.now())
    closes = period_of(app_session, matter).closes_at
    assert closes is not None
    last = (closes + timedelta(hours=7) - timedelta(days=1)).date().isoformat()
    one = ask(f"/consultations/{matter.slug}")
    [listed] = [each for each in ask("/consultations")["consultations"] if each["slug"] == matter.slug]
    public = next(period for period in one["periods"] if period["audience"] == "public")
    for told in (one, listed, public):
        assert (told["closes"], told["last_day"]) == (closes.strftime("%Y-%m-%dT%H:%M:%SZ"), last)
    assert all((period["closes"] is None) == (period["last_day"] is None) for period in one["periods"])
    described = ask("/openapi.json")["components"]["schemas"]["Matter"]["properties"]
    assert "exclusive" in described["closes"]["description"] and "inclusive" in described["last_day"]["description"]


def test_a_cursor_behind_everything_finds_nothing(ask: Ask, lively: Lively) -> None:
    for address in ("/consultations", f"/consultations/{lively.slug}/comments"):
        told = ask(address, cursor="999999999999999")
        assert told["next"] is None and not (told.get("comments") or told.get("consultations"))
