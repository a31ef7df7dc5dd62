"""Whatever people type comes back as they typed it, on every page, and nothing of it runs."""

import json
from itertools import groupby
from pathlib import Path
from unicodedata import combining, normalize

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from consult.clock import now
from consult.submissions.models import Comment, CommentVersion
from consult.text import folded, one_line, stored, unturned
from tests.builders import make_consultation
from tests.pages import Browser, Page

ADDRESS = "/lay-y-kien/thu-nghiem/gop-y/"


def naughty(samples: Path) -> list[str]:
    suite = samples / "suites" / "xss"
    vectors = (suite / "html5sec-vectors.txt").read_text(encoding="utf-8").splitlines()
    words = json.loads((suite / "blns.json").read_text(encoding="utf-8")) + vectors
    return [word for word in dict.fromkeys(stored(word) for word in words) if one_line(word)]


def shown(page: Page) -> set[str]:
    return {"".join(element.itertext()) for element in page.find("//p[@class='pre']")}


@pytest.mark.real
def test_hostile_strings_come_back_as_typed(app: Flask, app_session: Session, samples: Path) -> None:
    make_consultation(app_session, now=now(), slug="thu-nghiem")
    browser, words = Browser(app), naughty(samples)[:480]
    ticket = browser.get(ADDRESS).form().values()["ticket"]
    fields = MultiDict({f"comments.{index}.text": word for index, word in enumerate(words)})
    for name in ("name", "proposed", "comments.0.reason"):
        fields[name] = words[7]
    fields["ticket"], fields["do"] = ticket, "check"
    check = browser.post(ADDRESS, fields)
    fields["do"] = "send"
    receipt = browser.post(ADDRESS, fields)
    for page in (check, receipt):
        # A page shows no sign that would turn around what stands beside it; what is kept has them.
        assert {unturned(word) for word in words} <= shown(page)
        assert not page.find("//main//script | //iframe | //object | //embed | //base")
    kept = app_session.scalars(
        select(CommentVersion.text).join(Comment, Comment.id == CommentVersion.comment_id).order_by(Comment.number)
    )
    assert list(kept) == words


PILES = ["\u0323\u0301", "\u0301\u0316", "\u05b0\u0301", "\U0001d165\u0301"]


@pytest.mark.parametrize("pile", PILES)
def test_marks_piled_upon_a_letter_are_put_in_order_a_few_at_a_time(pile: str) -> None:
    """Ordering one run of marks takes as long as the square of its length."""
    typed = f"Tôi đồng ý{pile * 5000} với dự thảo"
    kept = stored(typed)
    assert stored(kept) == kept
    assert sorted(normalize("NFD", kept).replace("\u034f", "")) == sorted(normalize("NFD", typed))
    runs = groupby(kept, key=lambda sign: combining(sign) > 0)
    assert max(len(list(run)) for marks, run in runs if marks) <= 30
    assert folded(kept).replace("\u034f", "").endswith(" voi du thao")


def test_what_people_write_is_not_changed_by_it() -> None:
    typed = "Vie\u0323\u0302t Nam 👩‍👩‍👧‍👦" + "🇻🇳" * 40 + "!" * 100 + "e" + "\u0301\u0316" * 15
    assert stored(typed) == normalize("NFC", typed)


@pytest.mark.parametrize(
    "fields",
    [
        {"comments.0.text": "a\x00\x08\ud800b".encode("utf-8", "surrogatepass")},
        {"comments.0.text": "Được", "comments.0.stance": "yes"},
        {"comments.0.text": "Được", "comments.0.anchor": "../../etc"},
        {"comments.0.text": "Được", "comments.0.anchor": "tai-lieu/999999/1/trang/999999"},
        {"comments.0.text": "Được", "area": "xã", "area_of": "xã", "area_id": "x"},
        {"comments.0.text": "Được", "area": "xã", "area_of": "xã", "area_id": "0" * 32},
        {"comments.0.text": "Được", "contact": "khong phai so"},
        {"comments.0.text": "Được", "current": "99999", "website": "x"},
        {"current": "-1", "do": "remove:x"},
        {},
    ],
)
def test_what_no_form_of_ours_sends_is_answered_in_words(
    app: Flask, app_session: Session, fields: dict[str, str]
) -> None:
    make_consultation(app_session, now=now(), slug="thu-nghiem")
    browser = Browser(app)
    ticket = browser.get(ADDRESS).form().values()["ticket"]
    for button in ("send", "check", "add", "elsewhere", "edit:7", "remove:3", "nothing"):
        page = browser.post(ADDRESS, {"ticket": ticket, "do": button, **fields}, None)
        assert page.status in {200, 422}, page.text[:200]
