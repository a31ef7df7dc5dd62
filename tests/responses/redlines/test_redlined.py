"""Which accepted wordings go into the drafter's file, under which name, and which cannot."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from consult.consultations.files import uploaded_files
from consult.consultations.matter import queries
from consult.consultations.revisions import next_revision
from consult.files.bounded_cache import BoundedCache
from consult.files.store import FileStore
from consult.responses.redlines import accepted
from consult.responses.redlines.redlined import Redlined, redlined
from consult.responses.redlines.remarks import Remarks
from consult.responses.redlines.word_drafts import WordDrafts
from consult.submissions.acts.moving import move
from consult.submissions.inputs import AnchorInput, Sender
from tests.builders import NOW
from tests.outline.docx_builder import docx, paragraph
from tests.outline.redlining.accepting import words
from tests.responses.desk_builder import Desk, comment
from tests.responses.redlines.scene import FEE, LINES, word_desk
from tests.statements import statements_of

REMARKS = Remarks(lambda code, **values: f"{code} {values}" if values else code, lambda number: f"/y-kien/{number}/")
BY_YEAR = FEE.replace("hằng tháng", "hằng năm")


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    """An empty store."""
    return FileStore(tmp_path / "files")


@pytest.fixture
def desk(session: Session, files: FileStore) -> Desk:
    """A desk whose draft is a Word file."""
    return word_desk(session, files)


def made(desk: Desk, files: FileStore) -> Redlined:
    """The file of today."""
    found = accepted.accepted(desk.session, desk.matter)
    drafts = WordDrafts(files, BoundedCache(files.folder / "converted", 1_000_000))
    return redlined(desk.session, found, drafts, REMARKS.author, REMARKS.lines)


def codes(desk: Desk, files: FileStore) -> list[tuple[tuple[int, ...], str]]:
    """The comments of each wording, and what became of it."""
    return [(one.wording.numbers, one.code) for one in made(desk, files).outcomes]


def proposes(desk: Desk, proposed: str, path: str = "d1.k1", **answer: str) -> int:
    """A comment that proposes a wording and is answered; its number."""
    (number,) = desk.receive(comment("Đề nghị sửa.", path, proposed=proposed))
    desk.release(number)
    desk.answer(number, **answer)
    return number


def test_what_was_accepted_goes_in_and_nothing_else(desk: Desk, files: FileStore) -> None:
    number = proposes(desk, BY_YEAR)
    proposes(desk, FEE.replace("Hộ", "Mọi hộ"), disposition="not_accepted", text="Không phù hợp.")
    found = made(desk, files)
    assert [one.wording.numbers for one in found.placed] == [(number,)] and len(found.outcomes) == 1
    assert words(found.file, accept=True) == [*LINES[:3], BY_YEAR, *LINES[4:]]
    assert words(found.file, accept=False) == list(LINES)


def test_what_was_accepted_in_part_goes_in_and_what_has_no_words_is_named(desk: Desk, files: FileStore) -> None:
    number = proposes(desk, BY_YEAR, disposition="partly_accepted", text="Tiếp thu một phần.")
    (bare,) = desk.receive(comment("Giảm phí.", "d1.k2"))
    desk.answer(bare)
    assert codes(desk, files) == [((number,), "")]
    assert accepted.accepted(desk.session, desk.matter).unworded == (bare,)


def test_an_answer_counts_once_a_leader_approved_it(desk: Desk, files: FileStore) -> None:
    (number,) = desk.receive(comment("Đề nghị sửa.", "d1.k1", proposed=BY_YEAR))
    response = desk.draft(number)
    assert codes(desk, files) == [((number,), "not_approved")]
    desk.approve(response)
    assert codes(desk, files) == [((number,), "")]


def test_the_same_wording_is_one_change_of_all_who_proposed_it(desk: Desk, files: FileStore) -> None:
    numbers = (proposes(desk, BY_YEAR), proposes(desk, f"  {BY_YEAR} "))
    found = made(desk, files)
    assert [(one.wording.numbers, one.code) for one in found.outcomes] == [(numbers, "")]
    assert REMARKS.author(found.outcomes[0].wording) == "redline.author {'numbers': '1, 2'}"


def test_two_wordings_for_the_same_words_are_told_with_each_other(desk: Desk, files: FileStore) -> None:
    one, other = proposes(desk, BY_YEAR), proposes(desk, FEE.replace("hằng tháng", "hằng quý"))
    found = made(desk, files)
    assert [(conflict.code, conflict.beside) for conflict in found.conflicts] == [
        ("overlap", (other,)),
        ("overlap", (one,)),
    ]
    assert words(found.file) == list(LINES)


def test_a_name_is_told_as_it_is_public(session: Session, desk: Desk, files: FileStore) -> None:
    sent = [
        desk.receive(
            comment("Sửa.", "d1.k1", proposed=BY_YEAR), sender=Sender(name="Nguyễn Văn An", publish_name=shown)
        )
        for shown in (True, False)
    ]
    for (number,) in sent:
        desk.answer(number)
    (wording,) = accepted.accepted(session, desk.matter).wordings
    assert REMARKS.author(wording) == "redline.author {'numbers': '1, 2'}"
    desk.release(1)
    (wording,) = accepted.accepted(session, desk.matter).wordings
    assert "Nguyễn Văn An" in REMARKS.author(wording)
    assert REMARKS.lines(wording, "") == ["disposition.accepted.", "Tiếp thu.", "/y-kien/1/", "/y-kien/2/"]


def test_what_cannot_be_laid_against_a_clause_says_why(desk: Desk, files: FileStore) -> None:
    told = {
        "no_clause": proposes(desk, "Giảm phí.", ""),
        "too_different": proposes(desk, "Nên miễn cho hộ nghèo."),
    }
    assert codes(desk, files) == [((told["no_clause"],), "no_clause"), ((told["too_different"],), "too_different")]


def test_a_table_is_a_conflict(session: Session, files: FileStore) -> None:
    table = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Mức phí</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    desk = word_desk(
        session, files, docx("".join(map(paragraph, LINES[:4])) + table + "".join(map(paragraph, LINES[4:])))
    )
    number = proposes(desk, BY_YEAR)
    assert codes(desk, files) == [((number,), "table")]


def test_a_comment_on_an_earlier_draft_goes_where_its_clause_still_says_the_same(desk: Desk, files: FileStore) -> None:
    first, second = proposes(desk, BY_YEAR), proposes(desk, LINES[4].replace("thôn", "tổ dân phố"), "d1.k2")
    changed = word_of(
        [*LINES[:3], "1. Xã lập danh sách hộ.", "2. " + FEE[3:], "3. Mức phí do tỉnh quyết định.", *LINES[5:]]
    )
    document = queries.document_of(desk.session, desk.matter.id, 1)
    upload = uploaded_files.read_upload(changed, "lan-2.docx", files)
    revision = next_revision.add_revision(desk.session, desk.matter, document, upload, desk.publisher, NOW)
    next_revision.publish_revision(desk.session, desk.matter, revision, desk.publisher, NOW)
    found = dict(codes(desk, files))
    assert found[(second,)] in {"clause_gone", "clause_changed"}
    assert found[(first,)] == ""
    assert "2. " + BY_YEAR[3:] in words(made(desk, files).file, accept=True)


def word_of(lines: list[str]) -> bytes:
    """A Word file of these lines."""
    return docx("".join(map(paragraph, lines)))


def test_statements_do_not_grow_with_comments(session: Session, desk: Desk, files: FileStore) -> None:
    def so_many() -> int:
        session.expire_all()
        with statements_of(session) as met:
            accepted.accepted(session, desk.matter)
        return len(met)

    proposes(desk, BY_YEAR)
    before = so_many()
    for text in ("một", "hai", "ba", "bốn"):
        proposes(desk, f"{FEE} Thu {text} lần.")
    assert so_many() <= before


def test_a_wording_that_was_proposed_for_another_clause_is_left_as_text(desk: Desk, files: FileStore) -> None:
    numbers = desk.receive(comment("Sửa.", "d1.k2", proposed=BY_YEAR), comment("Sửa.", "", proposed=BY_YEAR))
    for number in numbers:
        move(desk.session, desk.matter, [number], AnchorInput(path="d1.k1"), "Nói về khoản 1.", desk.officer, NOW)
    desk.now = NOW + timedelta(minutes=1)
    desk.approve(desk.draft(*numbers))
    # What was on no clause is written for the one at which it stands.
    assert sorted(codes(desk, files)) == [((numbers[0],), "moved"), ((numbers[1],), "")]
