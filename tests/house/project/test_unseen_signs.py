"""Signs that turn the line stand in no name, and what only looks empty is no text: one rule, in `consult.text`."""

import re

import pytest
from werkzeug.datastructures import MultiDict

from consult import text
from consult.consultations.desk.forms_fields import FormFields
from consult.consultations.files.uploaded_files import clean_name
from consult.files import kinds
from consult.submissions.inputs import CommentInput, NewSubmission, Sender
from consult.submissions.receiving import normalization
from consult.web.files import downloads
from tests.builders import NOW
from tests.house.rooms import HOUSE, modules

TURNING = [chr(point) for point in (0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))]
EMPTY = [
    "\u3164",
    "\u115f",
    "\u1160",
    "\uffa0",
    "\u2800",
    "\u00ad",
    "\ufe0f",
    "\U000e0101",
    "\u200b",
    "\u180e",
    "\u2060",
]
NAMED = re.compile(r"20(?:2[a-e]|6[6-9]|0[ef])|\\N\{(?:left|right)", re.IGNORECASE)


def test_no_other_module_knows_these_signs() -> None:
    found = [
        str(path.relative_to(HOUSE))
        for path in modules()
        if path.name != "text.py"
        for word in re.findall(r"\\u([0-9a-fA-F]{4})|0x([0-9A-Fa-f]{4})\b", path.read_text(encoding="utf-8"))
        if NAMED.fullmatch("".join(word))
    ]
    assert found == []


@pytest.mark.parametrize("sign", TURNING)
def test_no_name_turns_the_line(sign: str) -> None:
    typed = f"Nguyễn {sign}Văn A{sign}.pdf"
    assert text.one_line(typed) == "Nguyễn Văn A.pdf"
    assert FormFields(MultiDict({"title": typed})).line("title") == "Nguyễn Văn A.pdf"
    assert clean_name(typed) == kinds.named(typed, kinds.PDF, "tep") == downloads.tidied(typed) == "Nguyễn Văn A.pdf"
    cleaned = normalization.cleaned(NewSubmission((CommentInput("Ý kiến"),), NOW, "key", sender=Sender(name=typed)))
    assert cleaned.sender.name == "Nguyễn Văn A.pdf"


@pytest.mark.parametrize("sign", [*EMPTY, *TURNING])
def test_what_only_looks_empty_is_nothing(sign: str) -> None:
    typed = f" {sign}\n{sign}{sign} "
    assert text.stored(typed) == text.one_line(typed) == ""
    assert text.blank(typed)
    form = FormFields(MultiDict({"title": typed, "summary": typed}))
    assert (form.line("title", required=True), form.text("summary", required=True)) == ("", "")
    assert form.errors == {"title": "required", "summary": "required"}


@pytest.mark.parametrize("typed", ["Đồng ý", "한국어", "👍🏽", "क्षि", "a\u200db", "1"])
def test_what_is_seen_stays(typed: str) -> None:
    assert text.stored(typed) == typed
