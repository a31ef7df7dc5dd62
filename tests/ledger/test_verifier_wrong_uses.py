"""Whatever is wrong with how the verifier is called or with what it is given is said in one sentence, in English and in
Vietnamese: what was asked, what came, what to try; and the exit code says that nothing was checked."""

import json
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import ModuleType

import pytest

PAGE = b"<!doctype html><title>Cong</title>"
ANSWERS = {
    "/page/": (200, "text/html", PAGE),
    "/garbled/": (200, "application/json", b"{"),
    "/busy/": (503, "text/plain", b""),
    "/often/": (429, "text/plain", b""),
}
KEY = "x+00000000+AAAA"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status, kind, data = next(
            (one for at, one in ANSWERS.items() if self.path.startswith(at)), (404, "text/html", PAGE)
        )
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_said: object) -> None:
        pass


@pytest.fixture
def address() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def said(verifier: ModuleType, capsys: pytest.CaptureFixture[str], *given: str) -> tuple[str, str]:
    """What it says when it checked nothing: a line in English, a line in Vietnamese, and nothing else."""
    assert verifier.main(list(given)) == 2
    out, err = capsys.readouterr()
    assert "Traceback" not in err and "Everything holds" not in out and "FAILED" not in out
    english, vietnamese = err.splitlines()
    assert english.startswith("could not ask: ") and english.endswith(".")
    assert vietnamese.startswith("chưa kiểm tra được: ") and vietnamese.endswith(".")
    return english, vietnamese


@pytest.mark.parametrize(
    ("given", "english", "vietnamese"),
    [
        (("rac-thai",), "(HTTP 404): look at the address of the site again", "xin xem lại địa chỉ trang"),
        (("rac-thai", "--programme"), "programmes/rac-thai", "chương trình phối hợp thì thêm --programme"),
        (("toan-trang",), "give --site-log in place of a name", "xin gọi lại với --site-log"),
        (("--site-log",), "this site has no log of the whole site", "trang này không có nhật ký của toàn trang"),
        (("--site-log", "rac-thai"), "/api/v1/site-log/ledger", "xin kiểm tra từng đợt"),
    ],
)
def test_what_a_site_has_not_is_more_than_a_bare_404(
    verifier: ModuleType, address: str, capsys: pytest.CaptureFixture[str], given: tuple[str, ...], english: str,
    vietnamese: str,
) -> None:  # fmt: skip
    told = said(verifier, capsys, address, *given)
    assert english in told[0] and vietnamese in told[1]
    assert all(f"{address}/api/v1/" in one and "HTTP 404" in one for one in told)


@pytest.mark.parametrize(
    ("at", "english", "vietnamese"),
    [
        ("/page", "a page of HTML instead of the data", "một trang HTML chứ không phải dữ liệu"),
        ("/garbled", "cannot read the answer", "câu trả lời không đọc được"),
        ("/busy", "(HTTP 503): try again in some minutes", "xin thử lại sau ít phút"),
        ("/often", "(HTTP 429): try again in some minutes", "xin thử lại sau ít phút"),
    ],
)
def test_what_else_a_site_may_answer(
    verifier: ModuleType, address: str, capsys: pytest.CaptureFixture[str], at: str, english: str, vietnamese: str
) -> None:
    told = said(verifier, capsys, address + at, "rac-thai")
    assert english in told[0] and vietnamese in told[1]


@pytest.mark.parametrize(
    ("source", "english"),
    [
        ("http://127.0.0.1:9", "there is no line to http://127.0.0.1:9/"),
        ("http://khong-co.invalid", "there is no line to http://khong-co.invalid/"),
        ("http://[::bad", "is no address of a site"),
        ("trang.example", "an address begins with https://"),
        ("ftp://trang.example", "an address begins with https://"),
    ],
)
def test_without_a_line_and_without_an_address(
    verifier: ModuleType, capsys: pytest.CaptureFixture[str], source: str, english: str
) -> None:
    assert english in said(verifier, capsys, source, "rac-thai")[0]


def test_files_that_are_others(verifier: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page, missing, table = tmp_path / "bien-nhan.json", str(tmp_path / "mat.json"), tmp_path / "bang.json"
    page.write_bytes(PAGE)
    table.write_text(json.dumps([1, 2]), "utf-8")
    site = ("http://127.0.0.1:9", "rac-thai")
    for option in ("--receipt", "--checkpoint"):
        assert "not the page that shows it" in said(verifier, capsys, *site, option, str(page))[0]
        assert "look at its name and path again" in said(verifier, capsys, *site, option, missing)[0]
    assert "(list)" in said(verifier, capsys, *site, "--receipt", str(table))[0]
    anybody = tmp_path / "quy-tac.tlog-policy"
    anybody.write_text("quorum none\n", "utf-8")
    for proof, policy in ((page, anybody), (table, page), (table, table)):
        rest = ("--proof", str(proof), "--policy", str(policy))
        assert "is not a file of that kind" in said(verifier, capsys, *rest)[0]
    for option in ("--key", "--witness"):
        assert "copy the whole line of the key again" in said(verifier, capsys, *site, option, KEY)[0]


def test_a_folder_that_was_not_saved_to_the_end(
    verifier: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "only what --save kept to the end" in said(verifier, capsys, str(tmp_path), "rac-thai")[0]
    (tmp_path / "rac-thai").mkdir()
    (tmp_path / "rac-thai" / "ledger.json").write_bytes(PAGE)
    assert "is not a file of that kind" in said(verifier, capsys, str(tmp_path), "rac-thai")[0]


def test_half_an_archive_and_none(verifier: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole, half, page = tmp_path / "luu-tru.zip", tmp_path / "nua.zip", tmp_path / "trang.zip"
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("SHA256SUMS", "x" * 90_000)
    data = whole.read_bytes()
    half.write_bytes(data[: len(data) // 2])
    page.write_bytes(PAGE)
    english, vietnamese = said(verifier, capsys, str(half))
    assert "as when a download was cut" in english and "như khi tải chưa xong" in vietnamese
    assert "is not the archive of a consultation" in said(verifier, capsys, str(page))[0]
    assert verifier.main([str(whole)]) == 1, "a whole ZIP that does not hold is told part by part, as before"
    assert "SAI" in capsys.readouterr().out


def test_every_sentence_is_there_in_both_languages(verifier: ModuleType) -> None:
    for vietnamese, english in verifier.ADVICE.values():
        assert "{asked}" in vietnamese and "{asked}" in english
        assert ("{came}" in vietnamese) is ("{came}" in english)
        assert not vietnamese.endswith(".") and not english.endswith(".")
