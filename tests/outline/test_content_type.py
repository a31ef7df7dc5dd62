"""What a file is, by its content; and what is refused, with the right code."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from consult.outline.blocks import Unreadable
from consult.outline.content_type import DOCX, LARGEST_FILE, PDF, TEXT, sniff
from consult.outline.docx import package as docx_package
from consult.outline.readers import read
from tests.outline.docx_builder import MACRO_TYPE, docx, package, paragraph
from tests.outline.reading_text import doubts

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
TEMPLATE = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
LAUGHS = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def refusal(data: bytes, name: str = "file") -> str:
    """The code under which these bytes are refused."""
    with pytest.raises(Unreadable) as caught:
        read(data, name)
    return caught.value.code


def named_stream(name: str) -> bytes:
    return COMPOUND + name.encode("utf-16-le") + b"\0" * 600


def encrypted_zip() -> bytes:
    data = bytearray(docx(paragraph("x")))
    with zipfile.ZipFile(BytesIO(data)) as archive:
        place = data.rindex(b"PK\x01\x02", 0, archive.start_dir + 4)
    data[place + 8] |= 1
    return bytes(data)


def overlapping() -> bytes:
    """Two directory entries for the same packed bytes, as the densest bombs have them."""
    data = package({"a.xml": "x" * 1000, "b.xml": "x" * 1000})
    first = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", first + 4)
    return data[: second + 42] + data[first + 42 : first + 46] + data[second + 46 :]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (docx(paragraph("x")), DOCX),
        (docx(paragraph("x"), main_type=TEMPLATE), DOCX),
        (b"%PDF-1.7\n", PDF),
        (b"\n\njunk before\n%PDF-1.4\n", PDF),
        ("Điều 1. Phạm vi".encode(), TEXT),
        ("\ufeffĐiều 1".encode("utf-16"), TEXT),
        ("Điều 1".encode("utf-8-sig"), TEXT),
        ("Đi\u00ea\u0300u 1".encode("cp1258"), TEXT),
    ],
)
def test_kinds(data: bytes, kind: str) -> None:
    assert sniff(data) == kind


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n\t\0", "empty"),
        (named_stream("WordDocument"), "old_word"),
        (named_stream("EncryptedPackage"), "encrypted"),
        (named_stream("Workbook"), "wrong_type"),
        (b"\xdb\xa5\x2d\x00" + b"x" * 50, "old_word"),
        (docx(paragraph("x"), main_type=MACRO_TYPE), "macro_document"),
        (docx(paragraph("x"), extra={"word/vbaProject.bin": b"x"}), "macro_document"),
        (docx(paragraph("x"), main_type="application/xml"), "wrong_type"),
        (package({"hello.txt": "x"}), "wrong_type"),
        (docx(paragraph("x"))[:-30], "damaged"),
        (b"PK\x03\x04 torn", "damaged"),
        (encrypted_zip(), "encrypted"),
        (b"{\\rtf1 x}", "rich_text"),
        (b"\xef\xbb\xbf{\\rtf1 x}", "rich_text"),
        (b"\r\n {\\rtf1 x}", "rich_text"),
        (b"<!DOCTYPE html><p>x", "wrong_type"),
        (b"<p><b>1.</b> x</p>\n<p>2. <i>y</i></p>", "wrong_type"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x", "wrong_type"),
        (b"From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<p>", "wrong_type"),
        (b"\xef\xbb\xbf  <?xml version='1.0'?><a/>", "wrong_type"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "wrong_type"),
        (bytes(range(1, 32)) * 10, "wrong_type"),
        (b"%PDF-1.7 and nothing more", "damaged"),
    ],
)
def test_refusals(data: bytes, code: str) -> None:
    assert refusal(data) == code


def test_a_file_too_large_is_refused_unread() -> None:
    assert refusal(b"x" * (LARGEST_FILE + 1)) == "too_large"


def test_a_text_that_claims_to_be_something_else_is_torn() -> None:
    assert refusal(b"oops", "draft.pdf") == "damaged"
    assert refusal(b"oops", "C:\\drafts\\draft.DOCX") == "damaged"
    assert read(b"oops", "draft").media_type == TEXT


def test_a_dense_part_is_a_bomb() -> None:
    assert refusal(docx(paragraph("x"), extra={"word/media/a.bin": b"\0" * 3_000_000})) == "bomb"


def test_too_much_in_all_is_a_bomb(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_package, "LARGEST_TOTAL", 3_000)
    assert refusal(docx(paragraph("x" * 3_000))) == "bomb"


def test_too_many_entries_are_a_bomb() -> None:
    assert refusal(package({f"{number}": "" for number in range(docx_package.MOST_ENTRIES + 1)})) == "bomb"


def test_overlapping_entries_are_a_bomb() -> None:
    assert refusal(overlapping()) == "bomb"


def test_a_directory_that_lies_about_sizes_is_damage() -> None:
    data = bytearray(docx(paragraph("x" * 500)))
    place = data.rindex(b"word/document.xml") - 46
    assert data[place : place + 4] == b"PK\x01\x02"
    data[place + 24 : place + 28] = (100).to_bytes(4, "little")
    assert refusal(bytes(data)) == "damaged"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_a_bomb(encoding: str) -> None:
    document = f'<?xml version="1.0" encoding="{encoding}"?>{LAUGHS}<w>&b;</w>'.encode(encoding)
    assert refusal(docx("", extra={"word/document.xml": document})) == "bomb"


def test_an_external_entity_is_never_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    prolog = f'<!DOCTYPE w [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    assert refusal(docx(paragraph("&x;"), prolog=prolog)) == "bomb"


def test_torn_xml_and_absurd_depth_are_damage() -> None:
    assert refusal(docx("<w:p>")) == "damaged"
    assert refusal(docx("<w:sdt>" * 5_000 + "</w:sdt>" * 5_000)) == "damaged"


def test_a_part_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_package, "LARGEST_PART", 2_000)
    assert refusal(docx(paragraph("x" * 3_000))) == "part_too_large"


def test_a_file_without_text_is_read_with_a_doubt() -> None:
    source = read(docx(""), "empty.docx")
    assert (source.blocks, [doubt.code for doubt in source.doubts]) == ((), ["no_text"])


@pytest.mark.real
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("legal/Luat-15-2012-QH13-XLVPHC.doc", "old_word"),
        ("suites/office/encrypted.docx", "encrypted"),
        ("suites/office/encrypted.xlsx", "encrypted"),
        ("suites/office/embedded-simple-2007.docm", "macro_document"),
        ("suites/office/oleform-PR314.docm", "macro_document"),
        ("suites/office/dde-in-excel2003.xml", "wrong_type"),
        ("suites/office/harmless-clean.xml", "wrong_type"),
        ("suites/office/harmless-clean-2003.xml", "wrong_type"),
    ],
)
def test_real_refusals(samples: Path, name: str, code: str) -> None:
    assert refusal((samples / name).read_bytes(), name) == code


@pytest.mark.real
@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("dde-test.docx", {"field"}),
        ("embedded-simple-2007.docx", {"embedded_object"}),
        ("harmless-clean.docx", set()),
        ("sample_with_external_link_to_doc.docx", {"external_link", "no_text", "picture_not_shown"}),
    ],
)
def test_real_office_files_that_are_read_with_doubts(samples: Path, name: str, codes: set[str]) -> None:
    source = read((samples / "suites" / "office" / name).read_bytes(), name)
    assert {doubt.code for doubt in doubts(source)} == codes
