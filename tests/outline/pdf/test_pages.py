"""PDF files page by page; torn ones are refused, none brings the reader down."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from consult.outline.blocks import Unreadable
from consult.outline.pdf.pages import read_pdf
from consult.outline.readers import read
from consult.sandbox import SandboxFailure, run

REFUSED = {
    "encrypted": {"bad-encryption-length"},
    "damaged": {
        "bad35",
        "issue-100",
        "issue-119",
        "issue-99",
        "bad1",
        "issue-141a",
        "issue-147",
        "issue-263",
        "issue-335b",
    },
    "wrong_type": {"bad-content", "issue-143", "issue-1503"},
}


def one_line_pdf(text: str) -> bytes:
    """A PDF of one page with one line of text, its cross-reference table left for the reader to rebuild."""
    stream = f"BT /F1 12 Tf 20 100 Td ({text}) Tj ET"
    return (
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R"
        "/Resources<</Font<</F1 5 0 R>>>>>>endobj\n"
        f"4 0 obj<</Length {len(stream)}>>stream\n{stream}\nendstream endobj\n"
        "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n"
    ).encode("latin-1")


def test_a_page_with_its_text_and_size() -> None:
    source = read_pdf(one_line_pdf("Trang mot"))
    (page,) = source.pages
    assert (page.number, page.text, page.width, page.height) == (1, "Trang mot", 300.0, 200.0)
    assert (source.blocks, source.doubts) == ((), ())


def test_a_hyphen_at_the_end_of_a_line_stays() -> None:
    (page,) = read_pdf(one_line_pdf("cho cong-ten-) Tj 0 -14 Td (no tren xe")).pages
    assert page.text == "cho cong-ten-no tren xe"


def test_a_page_without_text_gives_a_doubt_and_no_error() -> None:
    scan = BytesIO()
    Image.new("1", (40, 60)).save(scan, "PDF")
    source = read(scan.getvalue(), "scan.pdf")
    assert [doubt.code for doubt in source.doubts] == ["page_without_text", "no_text"]


def test_a_torn_pdf_is_damaged() -> None:
    with pytest.raises(Unreadable, match="damaged"):
        read_pdf(b"%PDF-1.7\ntrailer<<>>")


@pytest.mark.real
def test_real_reports(samples: Path) -> None:
    report = read_pdf((samples / "eia" / "eia_report_3.pdf").read_bytes())
    assert (len(report.pages), report.doubts) == (44, ())
    assert sum(len(page.text) for page in report.pages) > 60_000
    scanned = read_pdf(next((samples / "eia").glob("Proposal_*.pdf")).read_bytes())
    assert [doubt.code for doubt in scanned.doubts] == ["page_without_text"] * 3


@pytest.mark.real
def test_the_malformed_suite_is_read_or_refused_in_the_sandbox(samples: Path) -> None:
    """All in one confined process: one that crashed would take the answers of all others with it."""
    files = sorted((samples / "suites" / "pdf").glob("*.pdf"))
    packed = b"".join(len(file.read_bytes()).to_bytes(8, "big") + file.read_bytes() for file in files)
    codes = run("tests.sandbox.confined:read_many", [file.name for file in files], data=packed)
    assert isinstance(codes, list)
    expected = [next((code for code, names in REFUSED.items() if file.stem in names), "") for file in files]
    assert dict(zip([file.stem for file in files], codes, strict=True)) == dict(
        zip([file.stem for file in files], expected, strict=True)
    )


@pytest.mark.real
def test_an_encrypted_pdf_through_the_sandbox(samples: Path) -> None:
    with pytest.raises(SandboxFailure) as caught:
        run("consult.outline.readers:read", "x.pdf", data=samples / "suites" / "pdf" / "bad-encryption-length.pdf")
    assert caught.value.code == "encrypted"
