"""What of a critique is owed an answer: every content that says something, and every recommendation, word for word."""

import json
import unicodedata
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.errors import Invalid
from consult.ledger.commitment import opens
from consult.ledger.models import LedgerEntry
from consult.outline.grammar.conclusions import recommendations, says_something
from consult.people.words import OrganisationKind
from consult.submissions.inputs import CommentInput, CritiqueInput, NewSubmission, Sender
from consult.submissions.models import Comment, Critique
from consult.submissions.receiving.critique_parts import MOST_RECOMMENDATIONS, answerable_parts
from consult.submissions.receiving.service import content_hash, receive
from consult.submissions.words import SubmissionKind
from tests.submissions.rows import CODES, MIDWAY, SIGNER, comment, matter, new, organisation

SILENT = [
    "", " \n ", "-", "…", "//", "Không", "không.", "KHÔNG", "Không có", "Không có gì", "Không có ý kiến",
    "KHÔNG CÓ Ý KIẾN!", "“Không có ý kiến.”", "Không có ý kiến khác", "Không có ý kiến gì thêm.", "Chưa có ý kiến",
    "Không có ý kiến góp ý", "Không có kiến nghị", "1. Không có ý kiến", "- Không", "khong co y kien", "Nhất trí",
    "NHẤT TRÍ.", "nhat tri", "Thống nhất", "Thống nhất cao", "Hoàn toàn nhất trí", "Đồng ý", "Tán thành",
    "Nhất trí, không có ý kiến gì thêm.", "Thống nhất và không có ý kiến khác", "Nhất trí\nKhông có ý kiến",
    "Không\u00a0có\u200bý kiến",
]  # fmt: skip
SAYS = [
    "Cần thiết", "Không đồng ý", "Không nhất trí", "Không, nhất trí", "Không cần thiết", "Không phát sinh tác động",
    "Thống nhất với dự thảo", "Cơ bản nhất trí", "Nhất trí, trừ Điều 5", "Không có ý kiến về kinh phí", "Nhất trí?",
    "Không có ý kiến nhưng đề nghị rà soát", "Đông y", "dong y, sua Dieu 5", "Chưa thống nhất", "5",
    "Không có cơ sở", "No", "1. Không có ý kiến\n2. Bỏ Điều 6",
]  # fmt: skip


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("text", SILENT)
def test_what_says_no_more_than_that_there_is_no_opinion(text: str, form: Any) -> None:
    assert not says_something(unicodedata.normalize(form, text))


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("text", SAYS)
def test_what_is_in_doubt_says_something(text: str, form: Any) -> None:
    assert says_something(unicodedata.normalize(form, text))


DIVIDED = {
    "numbers": ("Cơ bản thống nhất. Đề nghị:\n1. Sửa Điều 5;\n2. Bỏ Điều 6:\n- một\n- hai\n3) Thêm 5.000 đồng.",
                ["Cơ bản thống nhất. Đề nghị:\n1. Sửa Điều 5;", "2. Bỏ Điều 6:\n- một\n- hai", "3) Thêm 5.000 đồng."]),
    "behind a sentence": ("Thống nhất ban hành.\n1. A\n2. B", ["Thống nhất ban hành.", "1. A", "2. B"]),
    "dashes": ("- A\n- B\n+ c\n– D", ["- A", "- B\n+ c\n– D"]),
    "letters": ("Kiến nghị\na) A\nb) B", ["Kiến nghị\na) A", "b) B"]),
    "words": ("Thứ nhất, A.\nThứ hai, B.", ["Thứ nhất, A.", "Thứ hai, B."]),
    "below headings": ("I. Đánh giá\nCần thiết.\nII. Kiến nghị\n1. A\n2. B",
                       ["I. Đánh giá\nCần thiết.", "II. Kiến nghị\n1. A", "2. B"]),
    "paragraphs": ("Đề nghị A.\nĐề nghị B\ntheo luật.\n\nĐề nghị C",
                   ["Đề nghị A.", "Đề nghị B\ntheo luật.", "Đề nghị C"]),
    "one": ("Đề nghị A; đề nghị B.", ["Đề nghị A; đề nghị B."]),
    "years and sums": ("Trong năm\n2026, chi\n5.000 đồng", ["Trong năm\n2026, chi\n5.000 đồng"]),
}  # fmt: skip


@pytest.mark.parametrize("name", DIVIDED)
def test_a_conclusion_is_divided_where_its_writer_did(name: str) -> None:
    text, pieces = DIVIDED[name]
    assert recommendations(text) == pieces


LINES = st.lists(st.sampled_from(["1. A", "2) B", "- c", "I. D.", "E:", "", "G.", "a) h", "A. k", "Thứ nhất, l"]))


@given(LINES)
def test_no_word_of_a_conclusion_is_lost(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert "\n".join(recommendations(text)).split() == text.split()


def test_a_critique_that_only_agrees_is_answered_for_its_conclusion() -> None:
    said = CritiqueInput("written", {"necessity": "Không"}, "Nhất trí.")
    assert [(one.critique_part, one.text) for one in answerable_parts(said, 0)] == [("conclusion", "Nhất trí.")]
    assert answerable_parts(said, 1) == []


CRITERIA = {
    "necessity": "Rất cần thiết.", "conformity": "Không có ý kiến", "soundness": "Thiếu kinh phí.",
    "impact": {"politics": "Không", "society": "Hộ nghèo chịu thêm phí."}, "balance": "",
}  # fmt: skip
SAID = CritiqueInput("conference", CRITERIA, "Đề nghị:\n1. Giảm phí;\n2. Lùi hạn.")
PARTS = [
    ("necessity", "Rất cần thiết."), ("soundness", "Thiếu kinh phí."), ("society", "Hộ nghèo chịu thêm phí."),
    ("conclusion", "Đề nghị:\n1. Giảm phí;"), ("conclusion", "2. Lùi hạn."),
]  # fmt: skip


def test_each_is_received_as_a_comment_that_the_log_commits_to(session: Session) -> None:
    consultation = matter(session)
    front = organisation(session, "Ủy ban Mặt trận", OrganisationKind.FRONT_COMMITTEE)
    session.commit()
    sent = new(comment(), kind=SubmissionKind.CRITIQUE, sender=Sender(organisation_id=front.id), critique=SAID)
    receipt = receive(session, consultation, sent, MIDWAY, SIGNER, CODES)
    assert receipt.comment_numbers == (1, 2, 3, 4, 5, 6)
    own = session.scalars(select(Comment).order_by(Comment.number)).all()
    assert [(one.critique_part, one.versions[0].text) for one in own[1:]] == PARTS
    assert own[0].critique_part is None and session.scalars(select(Critique.divided_at)).one() == MIDWAY
    rows = session.execute(select(LedgerEntry.comment_number, LedgerEntry.body))
    by_number = {number: body for number, body in rows}
    for one, item in zip(own[1:], receipt.proof["comments"][1:], strict=True):
        entry = json.loads(by_number[one.number])
        assert (entry["anchor"], entry["part_of"], entry["submission_kind"]) == (None, None, "critique")
        value = {"critique_part": one.critique_part, "stance": None, "text": one.versions[0].text, "proposed": "",
                 "reason": "", "quote": "", "box": None}  # fmt: skip
        assert opens(entry["commitments"]["text"], "text", value, one.versions[0].text_salt or b"")
        assert item["number"] == one.number


def test_opinions_that_differ_from_the_conclusion_stand_apart_and_are_answered() -> None:
    said = CritiqueInput("conference", {"differing": "- Giữ như cũ.\n- Chưa ban hành."}, "Tán thành.")
    found = [(one.critique_part, one.text) for one in answerable_parts(said, 1)]
    assert found == [("differing", "- Giữ như cũ."), ("differing", "- Chưa ban hành.")]


def test_too_many_recommendations_are_told(session: Session) -> None:
    consultation = matter(session)
    front = organisation(session, "Ủy ban Mặt trận", OrganisationKind.FRONT_COMMITTEE)
    session.commit()
    many = CritiqueInput("written", {}, "\n".join(f"- Kiến nghị {place}" for place in range(MOST_RECOMMENDATIONS + 1)))
    sent = new(comment(), kind=SubmissionKind.CRITIQUE, sender=Sender(organisation_id=front.id), critique=many)
    with pytest.raises(Invalid) as told:
        receive(session, consultation, sent, MIDWAY, SIGNER, CODES)
    assert told.value.errors == {"conclusion": "too_many"}


def test_a_comment_by_clause_has_the_hash_it_always_had() -> None:
    """What was sent before there were parts is known again when it is sent once more."""
    sent = NewSubmission((CommentInput("Nên nêu rõ nơi nhận."),), datetime(2027, 3, 10, tzinfo=UTC), "k" * 32)
    assert content_hash(sent) == "1be8a38f268ad80d44462dc715404f38792bf9ff3d12d6f67d535b697cf4a0ca"
