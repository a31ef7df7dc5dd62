"""What the real server does with what is too large, too slow or no request at all; and how it tells that it is well."""

import select
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

import config
from consult import size_limits
from consult.web import bounds, health
from consult.web.arrival import incoming
from tests.server.wire import NAME, RealSite, get

LARGE = "multipart/form-data; boundary=x"
NEXT_DROP = 0.5
LONGEST_DRIP = 30
LINGERS = 6
"""Seconds that gunicorn may still listen on a connection it ends, and that a busy machine needs."""
HELPLESS = "Internal Server Error"


def post(kind: str, length: int) -> bytes:
    """The head of a request with so long a body."""
    head = f"POST /dang-nhap/ HTTP/1.1\r\nHost: {NAME}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n"
    return head.encode()


@pytest.mark.parametrize(
    ("kind", "bound"),
    [
        ("multipart/form-data; boundary=x", "MAX_CONTENT_LENGTH"),
        ("application/x-www-form-urlencoded", "MAX_FORM_MEMORY_SIZE"),
    ],
)
def test_a_body_over_the_bound_is_not_waited_for(site: RealSite, kind: str, bound: str) -> None:
    status, _headers, page = site.raw(post(kind, size_limits.derived(config.settings({}))[bound] + 1))
    assert status == 413 and "Nội dung gửi lên quá lớn nên chưa được nhận." in page


@pytest.mark.parametrize(
    ("request_by_hand", "expected"),
    [
        (get("/", NAME, "X-Long: " + "x" * 9000), 431),
        (get("/" + "x" * 5000), 414),
        (get("/", NAME, *(f"X-{number}: y" for number in range(150))), 431),
        (b"GET / HTTP/1.1\r\nHost: a\r\nX Y: z\r\n\r\n", 400),
        (b"\xc4\x91\xc6\xa1n / HTTP/1.1\r\n\r\n", 400),
        (b"GET / HTTP/9.9\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n", 400),
    ],
)
def test_what_cannot_be_read_is_answered_by_a_page_of_the_site(
    site: RealSite, request_by_hand: bytes, expected: int
) -> None:
    status, headers, page = site.raw(request_by_hand)
    assert status == expected and f"Mã lỗi: {expected}" in page and HELPLESS not in page
    assert "content-security-policy" in headers and headers["content-type"].startswith("text/html")


def test_who_is_slow_keeps_nobody_waiting(site: RealSite) -> None:
    """More silent connections than there are threads, and some that stop within their first line."""
    with ExitStack() as open_ones:
        for _ in range(20):
            open_ones.enter_context(site.connection())
        for _ in range(3):
            open_ones.enter_context(site.connection()).sendall(b"GET / HT")
        assert [site.raw(get("/lay-y-kien/"))[0] for _ in range(6)] == [200] * 6


@pytest.mark.parametrize("host", ["evil.example", "evil.example:443", "localhost", ""])
@pytest.mark.parametrize("path", ["/", "/lay-y-kien", "/static/css/site.css"])
def test_no_other_name_is_answered_to(site: RealSite, host: str, path: str) -> None:
    status, headers, page = site.raw(get(path, host))
    assert status == 400 and "location" not in headers and "evil" not in page


def soon(site: RealSite, expected: int) -> str:
    """What /readyz says when it answers with that status, which it does within seconds, by each process."""
    until = time.monotonic() + 2 * health.TRUSTED_FOR
    while True:
        status, _headers, told = site.raw(get("/readyz"))
        if status == expected:
            return told
        assert time.monotonic() < until


def test_it_tells_whether_it_lives_and_is_ready(site: RealSite) -> None:
    files = Path(site.app.config["FILES_FOLDER"])
    for host in (NAME, "localhost"):
        assert site.raw(get("/healthz", host))[0] == site.raw(get("/readyz", host))[0] == 200
    aside = files.with_name("aside")
    if files.exists():
        files.rename(aside)
    # Nothing can be put into what is no folder, not even by root.
    files.write_text("")
    try:
        assert '"files":false' in soon(site, 503).replace(" ", "")
        assert site.raw(get("/healthz"))[0] == 200
    finally:
        files.unlink()
        if aside.exists():
            aside.rename(files)
    soon(site, 200)


def dripped(site: RealSite, head: bytes) -> tuple[int, float]:
    """The status of the answer to a request whose body comes in drops, and after how many seconds the connection of it
    was ended; a drop comes sooner than anybody loses patience."""
    with site.connection() as own:
        began = time.monotonic()
        own.sendall(head)
        ended, said = False, b""
        while not ended and time.monotonic() - began < LONGEST_DRIP:
            with suppress(OSError):
                own.sendall(b"x")
            if select.select([own], [], [], NEXT_DROP)[0]:
                piece = own.recv(65536)
                said += piece
                ended = not piece
        assert ended, "the thread is held still"
        return int(said.split(maxsplit=2)[1]), time.monotonic() - began


def test_a_body_that_drips_in_holds_no_thread(site: RealSite) -> None:
    """Three of them at once, as whoever wants to hold up a site would send them."""
    too_large = size_limits.derived(config.settings({}))["MAX_CONTENT_LENGTH"] + 1
    heads = {
        413: post(LARGE, too_large),
        # Refused before any of it was read.
        405: post("text/plain", 9_000).replace(b"/dang-nhap/", b"/lay-y-kien/"),
        # Waited for, since what was typed comes back with the answer.
        404: post(LARGE, 9_000).replace(b"/dang-nhap/", b"/khong-co/"),
    }
    with ThreadPoolExecutor(len(heads)) as pool:
        answers = dict(zip(heads, pool.map(lambda head: dripped(site, head), heads.values()), strict=True))
    assert {expected: status for expected, (status, _) in answers.items()} == {expected: expected for expected in heads}
    assert max(took for _, took in answers.values()) < max(bounds.ALTOGETHER, incoming.AT_FIRST) + LINGERS
