"""What a wording becomes in the file: what goes, what comes, and what cannot be put in."""

from base64 import b64decode
from typing import Any

import pytest

from consult.outline import Outline, read_outline
from consult.outline.redlining.entry import CONFLICTS, redlined
from consult.submissions.receiving.clause_wording import redline
from tests.outline.docx_builder import abstract, docx, level, listed, numbered, paragraph, run
from tests.outline.redlining.accepting import paragraphs, words
from tests.outline.redlining.wordings import clause_words, lines_of

HEAD = paragraph(run("Điều 1. Thu gom", "<w:b/>"))
ONE = paragraph(run("1. Hộ gia đình ") + run("phải", "<w:i/>") + run(" nộp phí hằng tháng."))
TWO = paragraph(run("2. Xã thu phí."))
Wording = tuple[str, str]


def made(body: str, *wanted: Wording, **parts: str) -> tuple[bytes, bytes, list[dict[str, Any]]]:
    """The file, the one with these wordings (path, proposed), and what became of each."""
    data = docx(body, **parts)
    outline = Outline.from_json(read_outline(data, "a.docx"))
    lines = lines_of(outline)
    given = [
        {
            "path": path, "author": f"Ý kiến {number}", "date": "2026-11-29T08:00:00Z", "remark": ["Tiếp thu."],
            "apart": dict.fromkeys(CONFLICTS, [f"Xung đột {number}"]),
            "pieces": [[piece.op, piece.text] for piece in redline(clause_words(lines, path), text)],
        }
        for number, (path, text) in enumerate(wanted, 1)
    ]  # fmt: skip
    told = redlined(data, lines, given)
    return data, b64decode(told["file"]), told["outcomes"]


def codes(body: str, *wanted: Wording, **parts: str) -> list[str]:
    """What became of each wording; rejecting all is the original whatever went in."""
    data, file, outcomes = made(body, *wanted, **parts)
    assert paragraphs(file, accept=False) == paragraphs(data, accept=False)
    return [one["code"] for one in outcomes]


def accepted(body: str, *wanted: Wording, **parts: str) -> list[str]:
    """The paragraphs with everything accepted, which all went in."""
    assert set(codes(body, *wanted, **parts)) == {""}
    return words(made(body, *wanted, **parts)[1], accept=True)


def test_words_take_the_looks_of_those_they_replace() -> None:
    _, file, _ = made(HEAD + ONE, ("d1.k1", "1. Hộ gia đình được nộp phí hằng tháng."))
    signs = paragraphs(file, accept=True)[1]
    assert "".join(sign for sign, _ in signs) == "1. Hộ gia đình được nộp phí hằng tháng."
    looks = {sign_looks for sign, sign_looks in signs[15:19]}
    assert len(looks) == 1 and ":i />" in looks.pop()


@pytest.mark.parametrize(
    ("path", "proposed", "lines"),
    [
        ("d1.k1", "1. Hộ gia đình phải nộp phí hằng tháng.\n1a. Hộ nghèo.", ["1a. Hộ nghèo.", "2. Xã thu phí."]),
        ("d1", "Điều 1. Thu gom\n1. Hộ gia đình phải nộp phí hằng tháng.", []),
        ("d1", "Điều 1. Thu gom rác\n2. Xã thu phí.", None),
        ("d1.k1", "1. Hộ gia đình\n1a. Phải nộp phí hằng tháng.", ["1a. Phải nộp phí hằng tháng.", "2. Xã thu phí."]),
        ("d1.k2", "2. Xã thu phí.\n3. Tỉnh quyết định.", ["2. Xã thu phí.", "3. Tỉnh quyết định."]),
    ],
)  # fmt: skip
def test_lines_come_and_go(path: str, proposed: str, lines: list[str] | None) -> None:
    found = accepted(HEAD + ONE + TWO, (path, proposed))
    assert found == ["Điều 1. Thu gom rác", "2. Xã thu phí."] if lines is None else found[2:] == lines


def test_several_wordings_in_one_clause() -> None:
    wanted = [
        ("d1.k1", "1. Mọi hộ gia đình phải nộp phí hằng tháng."),
        ("d1.k1", "1. Hộ gia đình phải nộp phí hằng năm."),
    ]
    assert accepted(HEAD + ONE, *wanted)[1] == "1. Mọi hộ gia đình phải nộp phí hằng năm."


def test_two_wordings_on_the_same_words_are_a_conflict() -> None:
    wanted = [
        ("d1.k1", "1. Hộ gia đình được nộp phí hằng tháng."),
        ("d1", "Điều 1. Thu gom\n1. Hộ gia đình nên nộp phí hằng tháng."),
    ]
    data, file, outcomes = made(HEAD + ONE, *wanted)
    assert outcomes == [{"code": "overlap", "beside": [1]}, {"code": "overlap", "beside": [0]}]
    assert paragraphs(file, accept=True) == paragraphs(data)
    assert words(file) == words(data)


def test_two_lines_at_the_same_place_are_a_conflict() -> None:
    more = "2. Xã thu phí.\n3. {}."
    assert codes(HEAD + ONE + TWO, ("d1.k2", more.format("Một")), ("d1.k2", more.format("Hai"))) == ["overlap"] * 2


def test_a_text_already_under_revision_is_a_conflict() -> None:
    revised = paragraph(
        run("1. Hộ ") + '<w:ins w:id="7" w:author="A">' + run("gia đình ") + "</w:ins>" + run("nộp phí.")
    )
    assert codes(HEAD + revised + TWO, ("d1.k1", "1. Hộ gia đình nộp lệ phí.")) == ["under_revision"]
    assert codes(HEAD + revised + TWO, ("d1.k2", "2. Xã thu lệ phí.")) == [""]


def test_what_is_no_plain_text_is_left() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF a</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + run("Điều 9")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    body = HEAD + paragraph(run("1. Hộ theo ") + field + run(" nộp phí cho xã mình."))
    assert codes(body, ("d1.k1", "1. Hộ theo Điều 8 nộp phí cho xã mình.")) == ["not_plain"]
    assert codes(body, ("d1.k1", "1. Hộ theo Điều 9 nộp phí cho tỉnh mình.")) == [""]


NUMBERING = {"numbering": abstract(1, level(0, "%1."), level(1, "%2)", "lowerLetter")) + listed(5, 1)}


def test_an_automatic_number_is_no_text() -> None:
    body = HEAD + numbered("Hộ gia đình nộp phí hằng tháng.", 5) + numbered("Xã thu phí cho tỉnh.", 5)
    assert accepted(body, ("d1.k1", "1. Hộ gia đình nộp lệ phí hằng tháng."), **NUMBERING)[1] == (
        "Hộ gia đình nộp lệ phí hằng tháng."
    )
    assert codes(body, ("d1.k1", "3. Hộ gia đình nộp phí hằng tháng."), **NUMBERING) == ["automatic_number"]
    more = accepted(body, ("d1.k1", "1. Hộ gia đình nộp phí hằng tháng.\n1a. Hộ nghèo thì không."), **NUMBERING)
    assert more[2] == "1a. Hộ nghèo thì không."


def test_a_line_that_comes_before_a_table() -> None:
    table = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Ô</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    found = accepted(HEAD + TWO.replace("2.", "1.") + table, ("d1.k1", "1. Xã thu phí.\n2. Tỉnh quyết định."))
    assert found[1:] == ["1. Xã thu phí.", "2. Tỉnh quyết định.", "Ô"]


def test_letters_and_marks_apart() -> None:
    apart = paragraph(run("1. Hô\u0323 gia đi\u0300nh nộp phí."))
    assert accepted(HEAD + apart, ("d1.k1", "1. Hộ gia đình nộp lệ phí."))[1].endswith("nộp lệ phí.")


def test_a_clause_that_is_not_there_or_reads_otherwise() -> None:
    data = docx(HEAD + ONE)
    lines = lines_of(Outline.from_json(read_outline(data, "a.docx")))
    given = {"author": "A", "date": "2026-11-29T08:00:00Z", "remark": ["x"], "apart": dict.fromkeys(CONFLICTS, ["y"])}
    wanted = [
        {**given, "path": "d9", "pieces": [["same", "Khác"], ["added", " nữa"]]},
        {**given, "path": "d1.k1", "pieces": [["same", "1. Câu khác"], ["added", " nữa"]]},
    ]
    assert [one["code"] for one in redlined(data, lines, wanted)["outcomes"]] == ["not_found", "not_the_clause"]
