"""The names of files on their way to a reader: any name arrives, none does harm."""

from urllib.parse import unquote

import pytest
from flask import Flask, Response
from hypothesis import given
from hypothesis import strategies as some
from werkzeug.http import parse_options_header

from consult.web.files.downloads import MOST_BYTES, attached, named, tidied
from tests.header_rules import problems_in

NAMES = {
    "don gop y.docx": ("don gop y.docx", "don gop y.docx"),
    "đơn góp ý.docx": ("don gop y.docx", "đơn góp ý.docx"),
    "Đơn.pdf": ("Don.pdf", "Đơn.pdf"),
    "e\u0301.pdf": ("e.pdf", "é.pdf"),
    "résumé.docx": ("resume.docx", "résumé.docx"),
    "ghi âm 🎙.m4a": ("ghi am .m4a", "ghi âm 🎙.m4a"),
    "日本.pdf": ("file.pdf", "日本.pdf"),
    "ảnh\u202egpj.exe": ("anhgpj.exe", "ảnhgpj.exe"),
    'nói "không" \\ có.pdf': ("noi _khong_ _ co.pdf", "nói _không_ _ có.pdf"),
    "một\r\nSet-Cookie: hai=ba.txt": ("mot Set-Cookie_ hai=ba.txt", "một Set-Cookie_ hai=ba.txt"),
    "../../etc/passwd": ("_.._etc_passwd", "_.._etc_passwd"),
    "C:\\Users\\đơn.doc": ("C__Users_don.doc", "C__Users_đơn.doc"),
    "100%25.pdf": ("100_25.pdf", "100%25.pdf"),
    "１／２.pdf": ("1_2.pdf", "１／２.pdf"),
    ".htaccess": ("htaccess", "htaccess"),
    "..": ("file", "file"),
    "": ("file", "file"),
    "\ud800.pdf": ("pdf", "pdf"),
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_arrives_in_ascii_and_as_it_is(name: str) -> None:
    said = read(named(name))
    assert said == NAMES[name]


@pytest.mark.parametrize("letter", ["a", "ư", "日", "🎙", "\u0301"])
@pytest.mark.parametrize("ending", [".docx", "", "." + "x" * 40])
def test_a_very_long_name_is_cut_between_letters_and_keeps_its_ending(letter: str, ending: str) -> None:
    plain, exact = read(named(letter * 250 + ending))
    assert 0 < len(exact.encode()) <= MOST_BYTES and "\ufffd" not in exact
    assert len(ending) > 20 or (plain.endswith(ending) and exact.endswith(ending))


@given(some.text())
def test_whatever_stands_in_a_name_the_header_can_be_sent(name: str) -> None:
    answer = attached(Response(), name)
    assert problems_in(answer.headers) == []
    plain, exact = read(named(name))
    assert exact == tidied(name) == tidied(exact)
    assert plain.strip(" .") and not set('/\\"%') & set(plain) and not set('/\\"') & set(exact)


def test_what_a_file_is_called_never_changes_that_it_is_saved(app: Flask) -> None:
    with app.test_request_context():
        answer = attached(Response(), 'x"; inline; filename="y.html')
    assert parse_options_header(answer.headers["Content-Disposition"])[0] == "attachment"


def read(parameters: str) -> tuple[str, str]:
    """The name in ASCII and the exact one, as a browser reads them."""
    plain, marked, exact = parameters.partition("; filename*=UTF-8''")
    assert plain.startswith('filename="') and plain.endswith('"')
    bare = plain.removeprefix('filename="').removesuffix('"')
    return bare, unquote(exact, errors="strict") if marked else bare
