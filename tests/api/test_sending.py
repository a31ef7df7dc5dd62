"""Sending comments through the API: what is taken, what is not, and that no body breaks it."""

import json
import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from consult import clock, size_limits
from consult.consultations.models import Consultation
from consult.consultations.words import Kind
from consult.stages import Stage
from consult.submissions.acts.service import release
from consult.submissions.inputs import CONSENT_VERSION, NewSubmission
from consult.submissions.joining.service import NewJoining, join, leave
from consult.submissions.models import Comment, CommentVersion, Submission
from consult.submissions.receiving.service import receive
from consult.text import stored
from consult.tracking.lookup import find_joiner
from tests.api.conftest import Ask
from tests.builders import NOW, make_area, make_consultation, period_of
from tests.responses.desk_builder import CODES, SIGNER, comment, make_desk

Post = Callable[..., TestResponse]


@pytest.fixture
def post(app: Flask, matter: Consultation) -> Post:
    """Sends a body to the open matter."""

    def sent(body: Any, key: str | None = "", slug: str = matter.slug, **options: Any) -> TestResponse:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {} if key is None else {"Idempotency-Key": key or secrets.token_urlsafe(16)}
        address = f"/api/v1/consultations/{slug}/submissions"
        kind = options.pop("content_type", "application/json")
        return app.test_client().post(address, data=data, headers=headers, content_type=kind, **options)

    return sent


def body(**changes: Any) -> dict[str, Any]:
    """The least that can be sent."""
    return {"consent": CONSENT_VERSION, "comments": [{"text": "Đề nghị giữ ba nhóm."}], **changes}


def how_many(session: Session) -> int:
    session.rollback()
    return session.scalar(select(func.count(Submission.id))) or 0


def test_a_clause_left_as_it_is_proposes_nothing(post: Post, app_session: Session) -> None:
    clause = "2. Hộ gia đình giao chất thải  đúng ngày, đúng nơi.\n"
    told = [("d2.k2", clause), ("d2.k2", clause.replace("ngày", "giờ")), (None, clause)]
    comments = [{"anchor": path, "text": "Rõ rồi", "proposed": proposed} for path, proposed in told]
    assert post(body(comments=comments)).status_code == 201
    app_session.rollback()
    kept = app_session.scalars(select(CommentVersion.proposed).join(Comment).order_by(Comment.number)).all()
    assert kept == ["", *(stored(proposed) for _path, proposed in told[1:])]


def test_only_a_report_of_impacts_has_topics(post: Post, app_session: Session, matter: Consultation) -> None:
    named = body(comments=[{"text": "Khói bụi"}, {"text": "Tiếng ồn", "topic": "impacts"}])
    answer = post(named)
    assert (answer.status_code, how_many(app_session)) == (422, 0)
    assert answer.get_json()["errors"] == {"comments.1.topic": "not_a_choice"}
    app_session.get_one(Consultation, matter.id).kind = Kind.EIA_REPORT
    app_session.commit()
    assert (post(named).status_code, how_many(app_session)) == (201, 1)


def test_a_submission_is_received_with_its_proof(
    post: Post, ask: Ask, matter: Consultation, app_session: Session
) -> None:
    area = make_area(app_session, "Xã Phong Quang")
    comments = [
        {"anchor": None, "text": "Ý kiến chung"},
        {"anchor": "d2.k1.pdd", "stance": "support", "text": "Đồng ý", "proposed": "Sửa", "reason": "Vì rõ hơn"},
        {"anchor": {"document": 1, "revision": 1, "path": "d2.k1", "quote": "thành ba nhóm"}, "text": "Rõ"},
        {"anchor": {"document": 1}, "text": "Cả dự thảo"},
    ]
    place = {"code": area.code, "valid_from": area.valid_from.isoformat()}
    answer = post(body(comments=comments, name="Ma Văn A", contact="a@example.invalid", area=place, publish_name=True))
    assert answer.status_code == 201, answer.get_data(as_text=True)
    told = answer.get_json()
    assert told["comments"] == [1, 2, 3, 4]
    assert answer.headers["Cache-Control"] == "no-store"
    entry = json.loads(told["ledger"]["comments"][1]["entry"])
    assert (entry["channel"], entry["anchor"]["path"]) == ("api", "d2.k1.pdd")
    stands = ask(f"/status/{told['code']}")
    assert [one["outcome"] for one in stands["comments"]] == ["open"] * 4
    assert told["secret"] not in json.dumps(stands)
    ask("/status/001-000-000-000-000-000", 404)


def test_status_tells_public_answers_and_no_more(ask: Ask, app: Flask, app_session: Session) -> None:
    desk = make_desk(app_session)
    new = NewSubmission((comment("Công khai"), comment("Chưa công khai")), desk.matter.opens_at, "k" * 32)  # type: ignore[arg-type]
    receipt = receive(app_session, desk.matter, new, NOW, SIGNER, CODES)
    release(app_session, desk.matter, [receipt.comment_numbers[0]], desk.officer, NOW)
    for number in receipt.comment_numbers:
        desk.answer(number, text=f"Trả lời {number}")
    told = ask(f"/status/{receipt.code}")["comments"]
    assert [one["outcome"] for one in told] == ["answered", "answered"]
    assert told[0]["answer"]["text"] == "Trả lời 1"
    assert told[1]["answer"] is None
    assert receipt.secret not in json.dumps(told)


def test_status_knows_who_joined_a_comment(ask: Ask, app: Flask, app_session: Session) -> None:
    desk = make_desk(app_session)
    [number] = desk.receive(comment("Công khai"))
    release(app_session, desk.matter, [number], desk.officer, NOW)
    at = (desk.matter.opens_at or NOW) + timedelta(days=1)
    kept, gone = (
        join(app_session, desk.matter, number, NewJoining(word * 32, at, "0912345678"), at, SIGNER, CODES)
        for word in "kg"
    )
    leave(app_session, find_joiner(app_session, gone.code, CODES), at, at)
    desk.answer(number, text="Cùng một trả lời")
    told, day = ask(f"/status/{kept.code}"), clock.local_day(at).isoformat()
    assert (told["consultation"], told["joiner"], told["day"], told["withdrawn"]) == (desk.matter.slug, 1, day, None)
    [stands] = told["comments"]
    assert (stands["number"], stands["outcome"], stands["answer"]["text"]) == (number, "answered", "Cùng một trả lời")
    assert kept.secret not in json.dumps(told) and "0912345678" not in json.dumps(told)
    assert ask(f"/status/{gone.code}")["withdrawn"] == day


def test_the_same_key_and_body_give_the_same_answer_even_after_closing(
    post: Post, matter: Consultation, app_session: Session
) -> None:
    key = secrets.token_hex(16)
    first = post(body(), key)
    app_session.rollback()
    period_of(app_session, matter).closes_at = clock.now()
    app_session.commit()
    assert post(body()).status_code == 409
    again = post(body(), key)
    assert (again.status_code, again.get_json()) == (201, first.get_json())
    other = post(body(name="Người khác"), key)
    assert other.status_code == 422
    assert other.get_json() == {"errors": {"idempotency_key": "same_key_other_content"}}
    assert how_many(app_session) == 1


def test_null_is_the_same_as_leaving_out(post: Post, app_session: Session) -> None:
    comment = {"anchor": None, "stance": None, "topic": None, "text": "Rõ", "proposed": None, "reason": None}
    places = ("document", "revision", "path", "quote", "page", "box")
    in_text = {**dict.fromkeys(places), "document": 1, "path": "d2.k1"}
    told = body(comments=[comment, {**comment, "anchor": in_text}])
    told |= dict.fromkeys(("name", "contact", "area", "publish_name"))
    assert post(told).status_code == 201
    app_session.rollback()
    assert app_session.scalars(select(Comment.path).order_by(Comment.number)).all() == ["", "d2.k1"]
    for name in ("consent", "comments"):
        assert post({**told, name: None}).get_json() == {"errors": {name: "required"}}
    assert post(body(comments=[{**comment, "text": None}])).get_json() == {"errors": {"comments.0.text": "required"}}
    assert post({**told, "else": None}).get_json() == {"errors": {"else": "unknown_field"}}


def test_a_way_that_is_not_there_is_answered_with_those_that_are(app: Flask, matter: Consultation) -> None:
    for address in (f"/api/v1/consultations/{matter.slug}/submissions", f"/lay-y-kien/{matter.slug}/"):
        answer = app.test_client().delete(address)
        assert answer.status_code == 405
        assert {"POST", "GET"} & set(answer.headers["Allow"].split(", "))


@pytest.mark.parametrize("key", [None, "short", "a" * 31, "-".join("a" * 31), "x" * 201, "é" * 30, "a b" * 12])
def test_a_key_that_could_be_guessed_is_not_taken(post: Post, app_session: Session, key: str | None) -> None:
    answer = post(body(), key)
    assert answer.status_code == 422
    assert list(answer.get_json()["errors"]) == ["idempotency_key"]
    assert how_many(app_session) == 0


def test_what_comes_too_early_or_too_late_is_not_taken(post: Post, app_session: Session) -> None:
    for stage, reason in (
        (Stage.ANNOUNCED, "not_open_yet"),
        (Stage.RESPONDING, "too_late"),
        (Stage.WITHDRAWN, "withdrawn"),
    ):
        matter = make_consultation(app_session, stage, now=clock.now())
        answer = post(body(), slug=matter.slug)
        assert (answer.status_code, answer.get_json()) == (409, {"reason": reason})
    assert how_many(app_session) == 0


@pytest.mark.parametrize(
    ("given", "errors"),
    [
        ({"comments": [{"text": " "}]}, {"comments.0.text": "required"}),
        ({"comments": [{}]}, {"comments.0.text": "required"}),
        ({"comments": []}, {"comments": "required"}),
        ({"comments": "ý kiến"}, {"comments": "not_this_type"}),
        ({"comments": [1]}, {"comments.0": "not_this_type"}),
        ({"comments": [{"text": 5}]}, {"comments.0.text": "not_this_type"}),
        ({"comments": [{"text": "a\0b"}]}, {"comments.0.text": "not_text"}),
        ({"comments": [{"text": "a", "stance": "love"}]}, {"comments.0.stance": "not_a_choice"}),
        ({"comments": [{"text": "a", "stance": []}]}, {"comments.0.stance": "not_this_type"}),
        ({"comments": [{"text": "a", "anchor": "d99"}]}, {"comments.0.anchor": "unknown_place"}),
        ({"comments": [{"text": "a", "anchor": ""}]}, {"comments.0.anchor": "unknown_place"}),
        ({"comments": [{"text": "a", "anchor": {}}]}, {"comments.0.anchor": "unknown_place"}),
        ({"comments": [{"text": "a", "anchor": {"path": ""}}]}, {"comments.0.anchor": "unknown_place"}),
        (
            {"comments": [{"text": "a", "anchor": {"document": 1, "box": [1, 1, 1, 1]}}]},
            {"comments.0.anchor": "unknown_place"},
        ),
        ({"comments": [{"text": "a", "anchor": []}]}, {"comments.0.anchor": "not_this_type"}),
        ({"comments": [{"text": "a", "anchor": {"page": 10**30}}]}, {"comments.0.anchor.page": "out_of_range"}),
        ({"comments": [{"text": "a", "anchor": {"page": True}}]}, {"comments.0.anchor.page": "not_this_type"}),
        ({"comments": [{"text": "a", "anchor": {"page": 1, "path": "d1"}}]}, {"comments.0.anchor": "path_or_page"}),
        ({"comments": [{"text": "a", "anchor": {"page": 1, "box": [1]}}]}, {"comments.0.anchor.box": "not_this_type"}),
        ({"name": 3}, {"name": "not_this_type"}),
        ({"name": "a" * 301}, {"name": "too_long"}),
        ({"contact": "không phải"}, {"contact": "no_telephone_in_it"}),
        ({"contact": "nguyễnvăna@example.org"}, {"contact": "not_a_mail_accents"}),
        ({"contact": "a@b.vn, c@d.vn"}, {"contact": "not_a_mail_name"}),
        ({"contact": "a@b.vn\nBcc: c@d.vn"}, {"contact": "not_a_mail_name"}),
        ({"publish_name": "yes"}, {"publish_name": "not_this_type"}),
        ({"consent": "2020-01"}, {"consent": "not_a_choice"}),
        ({"consent": ""}, {"consent": "required"}),
        ({"area": {"code": "1"}}, {"area.valid_from": "not_a_date"}),
        ({"area": {"code": "1", "valid_from": "2025-07-01"}}, {"area": "unknown_area"}),
        ({"organisation": "x"}, {"organisation": "unknown_field"}),
    ],
)
def test_what_is_wrong_is_told_by_its_place(
    post: Post, app_session: Session, given: dict[str, Any], errors: dict[str, str]
) -> None:
    answer = post(body(**given))
    told = answer.get_json()
    if "path_or_page" in errors.values():
        assert told["errors"]["comments.0.anchor"] == "path_or_page"
    else:
        assert (answer.status_code, told) == (422, {"errors": errors})
    assert how_many(app_session) == 0


@pytest.mark.parametrize(
    "data",
    [
        b"", b"{", b"[]", b"null", b'"a"', b"\xff\xfe{}", b'{"comments": NaN}', b'{"comments": Infinity}',
        b'{"comments": 1e999}', b"[" * 100_000, b'{"a":' * 50_000, b'{"comments": ' + b"9" * 5000 + b"}",
        b'{"name": "a", "name": "b", "consent": "2026-11", "comments": [{"text": "x"}]}',
        b'{"consent": "2026-11", "comments": [{"text": "\\ud800"}]}',
        b'{"consent": "2026-11", "comments": [{"text": "\xed\xa0\x80"}]}',
    ],
)  # fmt: skip
def test_no_body_breaks_it(post: Post, app_session: Session, data: bytes) -> None:
    answer = post(data)
    assert answer.status_code == 422, answer.get_data(as_text=True)[:200]
    assert how_many(app_session) == 0


def test_forms_of_other_sites_and_too_much_are_not_taken(post: Post, app_session: Session) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        assert post(body(), content_type=kind).status_code == 415
    assert post(b" " * (size_limits.form_bytes() + 1)).status_code == 413
    assert how_many(app_session) == 0
    assert "Access-Control-Allow-Origin" not in post(body()).headers


def test_a_program_sends_no_more_in_a_minute_than_the_form(app: Flask, post: Post, app_session: Session) -> None:
    app.config["SUBMISSIONS_PER_MINUTE"] = 3
    answers = [post(body()) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [201] * 3 + [429] * 2
    assert answers[-1].get_json() == {"reason": "too_many"} and int(answers[-1].headers["Retry-After"]) >= 1
    assert how_many(app_session) == 3


def test_communes_and_the_consent(ask: Ask, app_session: Session) -> None:
    area = make_area(app_session, "Xã Phong Quang")
    found = ask("/areas", q="phong quang")["areas"][0]
    assert (found["code"], found["valid_from"]) == (area.code, area.valid_from.isoformat())
    assert ask("/areas", 422)["errors"] == {"q": "required"}
    assert ask("/areas", q="%_")["areas"] == []
    assert ask("/consent")["version"] == CONSENT_VERSION
