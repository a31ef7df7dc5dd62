"""The largest submission that is allowed passes every layer, however it is written; one more is told its limit, and
nothing of it is lost."""

import re
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from consult import size_limits
from consult.clock import now
from consult.outline.content_type import LARGEST_FILE
from consult.submissions.form.forms import COMMENT_FIELDS
from tests.builders import make_consultation
from tests.pages import Browser

ADDRESS = "/lay-y-kien/phan-loai-rac/gop-y/"
MULTIPART, URLENCODED = "multipart/form-data", "application/x-www-form-urlencoded"
CHECKOUT = Path(__file__).resolve().parents[3]
WORDS = "ếộữặẫỷĐ ớ"


@pytest.fixture
def client(app: Flask, app_session: Session) -> FlaskClient:
    """A browser on a site with an open matter."""
    make_consultation(app_session, now=now(), slug="phan-loai-rac")
    return app.test_client()


def letters(number: int) -> str:
    """So many characters of three bytes, or nearly."""
    return (WORDS * (number // len(WORDS) + 1))[: number - 1] + "ộ"


def filled(client: FlaskClient, comments: int, characters: int, kind: str, do: str = "check") -> TestResponse:
    """The answer to so many comments with so many characters in all, spread over their three long fields."""
    ticket = Browser(client.application).get(ADDRESS).form("Tiếp tục").values()["ticket"]
    each, left = divmod(characters, comments)
    fields: dict[str, Any] = {"ticket": ticket, "do": do}
    for place in range(comments):
        length = each + (left if place == 0 else 0)
        part = length // 3
        # None is empty: the test client writes those otherwise than browsers do.
        fields |= {f"comments.{place}.text": letters(length - 2 * part), f"comments.{place}.proposed": letters(part)}
        fields |= {f"comments.{place}.reason": letters(part), f"comments.{place}.stance": "oppose"}
    return posted(client, fields, kind)


def posted(client: FlaskClient, data: dict[str, Any], kind: str = MULTIPART) -> TestResponse:
    """The answer, with what the client wrote to the disk let go."""
    answer = client.post(ADDRESS, data=data, content_type=kind, follow_redirects=True)
    answer.request.environ["wsgi.input"].close()
    if answer.status_code == 303:
        return client.get(answer.location)
    return answer


def hidden(page: str) -> dict[str, str]:
    """What the check page carries."""
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page)
    return {unescape(name): unescape(value) for name, value in found}


@pytest.mark.parametrize("kind", [MULTIPART, URLENCODED])
def test_the_most_comments_and_the_longest_texts_are_received(client: FlaskClient, kind: str) -> None:
    check = filled(client, size_limits.COMMENTS, size_limits.ALL_TEXT, kind)
    assert check.status_code == 200, re.findall('href="#field-[^<]*', check.text)
    carried = hidden(check.text)
    assert sum(len(value) for name, value in carried.items() if name.startswith("comments.")) > size_limits.ALL_TEXT
    sent = posted(client, {**carried, "do": "send"}, URLENCODED)
    assert sent.status_code == 200 and "Mã tra cứu" in sent.text


def test_one_comment_more_is_told_the_limit_and_comes_back(client: FlaskClient) -> None:
    told = filled(client, size_limits.COMMENTS + 1, 5_000, MULTIPART)
    assert told.status_code == 422 and "nhiều nhất 500 ý kiến" in told.text
    assert len([name for name in hidden(told.text) if name.endswith(".text")]) == size_limits.COMMENTS


@pytest.mark.parametrize("kind", [MULTIPART, URLENCODED])
def test_a_little_more_text_is_told_the_limit_and_comes_back(client: FlaskClient, kind: str) -> None:
    told = filled(client, size_limits.COMMENTS, size_limits.ALL_TEXT + 1, kind)
    assert told.status_code == 422 and "1.000.000 chữ cái" in told.text
    assert letters(600)[:-1] in unescape(told.text)


def test_a_text_that_is_too_long_is_told_its_limit(client: FlaskClient) -> None:
    told = filled(client, 1, 3 * (size_limits.TEXT + 1), MULTIPART)
    assert told.status_code == 422 and letters(size_limits.TEXT + 1) in unescape(told.text)


def test_all_files_at_their_largest_arrive_and_one_more_is_told(app: Flask, client: FlaskClient) -> None:
    largest, most = app.config["ATTACHMENT_BYTES"], app.config["ATTACHMENTS"]
    files = [(BytesIO(bytes(largest + 1)), f"{place}.pdf") for place in range(most + 1)]
    told = posted(client, {"comments.0.text": "Giữ nguyên lời này.", "do": "check", "file": files})
    assert told.status_code == 422 and "mỗi tệp không quá 10 MB" in told.text and "Giữ nguyên lời này." in told.text


def test_what_is_beyond_all_measure_is_told_every_limit_and_the_way_back(app: Flask, client: FlaskClient) -> None:
    app.config["MAX_CONTENT_LENGTH"] = size_limits.MEGABYTE
    data = {"comments.0.text": "Một", "file": (BytesIO(bytes(2 * size_limits.MEGABYTE)), "a.pdf")}
    told = posted(client, data)
    assert told.status_code == 413
    for words in ("nhiều nhất 1 MB", "bản quét văn bản 20 MB", "nhiều nhất 5 tệp", "nút quay lại", "1.000.000"):
        assert words in told.text, words


def test_the_layers_in_front_let_through_what_the_site_takes(app: Flask) -> None:
    [megabytes] = re.findall(r"client_max_body_size (\d+)m;", (CHECKOUT / "deploy" / "nginx.conf.example").read_text())
    assert int(megabytes) * size_limits.MEGABYTE > 2 * app.config["MAX_CONTENT_LENGTH"]
    assert app.config["MAX_FORM_MEMORY_SIZE"] < app.config["MAX_CONTENT_LENGTH"]
    assert app.config["MAX_FORM_PARTS"] > size_limits.COMMENTS * len(COMMENT_FIELDS) + size_limits.SCANS


def test_a_site_that_takes_larger_files_reads_larger_requests(app: Flask) -> None:
    larger = {**app.config, "ATTACHMENT_BYTES": 100 * size_limits.MEGABYTE}
    assert size_limits.request_bytes(larger) > 600 * size_limits.MEGABYTE


def test_hints_name_the_same_limits() -> None:
    """What stands as a number in a page or a sentence is the number of `size_limits`."""
    sizes = {
        most // size_limits.MEGABYTE
        for most in (size_limits.SCAN, size_limits.DRAFT, size_limits.STATUS, size_limits.ON_DEVICE)
    }
    assert size_limits.DRAFT == LARGEST_FILE
    for path in (CHECKOUT / "templates").rglob("*.html"):
        for said in re.findall(r"(\d+) MB", path.read_text(encoding="utf-8")):
            assert int(said) in sizes, f"{path.name}: {said} MB"
