"""The pages of an uploaded PDF: read by the worker part by part, and nothing public before the last one."""

from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from consult.consultations.document_models import Page, Revision
from consult.consultations.files import page_reading, pdf_pages, uploaded_files
from consult.consultations.files.ocr import OFF, TextRecogniser
from consult.consultations.files.page_reading import PageReadingHandler
from consult.consultations.files.pdf_pages import AT_ONCE, MOST_LOST, MOST_RECOGNISED, PdfReader
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.consultations.preparation import documents, publication, readiness
from consult.db import Database
from consult.errors import Invalid
from consult.files.damaged import DamageRecord
from consult.files.store import FileStore
from consult.outbox.models import OutboxMessage
from consult.outbox.worker import Worker
from consult.sandbox import Limits, SandboxFailure
from consult.stages import Stage
from tests.builders import NOW, make_consultation, make_publisher
from tests.house.texts import catalogue
from tests.outline.pdf.test_pages import one_line_pdf
from tests.pdfs import picture_pdf, stamped_pdf, turned_pdf, words_pdf
from tests.sandbox.walls import everything_taken

WORDS = [f"{number}.1. Nội dung số {number} của báo cáo" for number in range(1, 61)]
DYING = PdfReader(function="tests.sandbox.confined:read_and_die_at_seven")


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    """An empty store."""
    return FileStore(tmp_path / "files")


def prepared(session: Session, store: FileStore, data: bytes) -> Revision:
    """The main draft of a matter in preparation, with this PDF as it was uploaded."""
    upload = uploaded_files.read_upload(data, "dtm.pdf", store)
    matter = make_consultation(session, Stage.DRAFTING, upload=upload)
    return queries.current_revision(session, matter.id)


def messages(session: Session) -> list[OutboxMessage]:
    """The events that ask for pages, oldest first."""
    return list(
        session.scalars(select(OutboxMessage).where(OutboxMessage.event == "pages_waiting").order_by(OutboxMessage.id))
    )


def read_on(session: Session, reading: PageReadingHandler, most: int = 200) -> int:
    """Handles the newest event until none is new; returns how many there were."""
    handled: set[UUID] = set()
    while (message := messages(session)[-1]).id not in handled and len(handled) < most:
        reading.handle(session, [message], NOW)
        handled.add(message.id)
    return len(handled)


def pages(session: Session, revision: Revision) -> list[Page]:
    """The pages there are."""
    return list(session.scalars(select(Page).where(Page.revision_id == revision.id).order_by(Page.number)))


def matter_of(session: Session, revision: Revision) -> Consultation:
    """The matter of a revision."""
    return session.get_one(Consultation, revision.consultation_id)


def test_a_page_on_its_side_is_kept_with_its_turn(session: Session, store: FileStore) -> None:
    revision = prepared(session, store, turned_pdf(words_pdf(WORDS[:1]), 90))
    read_on(session, PageReadingHandler(store, PdfReader()))
    [page] = pages(session, revision)
    assert (page.text, page.turned, page.width < page.height) == (WORDS[0], 90, True)


def test_an_upload_counts_the_pages_and_leaves_them_to_the_worker(session: Session, store: FileStore) -> None:
    revision = prepared(session, store, words_pdf(WORDS))
    assert (revision.pages_total, revision.pages_read, pages(session, revision)) == (60, 0, [])
    [message] = messages(session)
    assert message.payload == {"revision": str(revision.id), "after": 0, "lost": 0}
    assert readiness.problems(session, matter_of(session, revision), NOW)["documents"] == "pages_waiting"


def test_the_worker_reads_them_part_by_part(session: Session, store: FileStore) -> None:
    revision = prepared(session, store, words_pdf(WORDS))
    reading = PageReadingHandler(store, PdfReader())
    reading.handle(session, messages(session), NOW)
    assert revision.pages_read == len(pages(session, revision)) == AT_ONCE
    assert read_on(session, reading) == 2
    assert [page.text for page in pages(session, revision)] == WORDS
    assert (revision.pages_read, revision.warnings, revision.pages_failed) == (60, [], "")
    assert revision.contents[:2] == [
        {"title": WORDS[0], "page": 1, "level": 2},
        {"title": WORDS[1], "page": 2, "level": 2},
    ]
    assert "documents" not in readiness.problems(session, matter_of(session, revision), NOW)


def test_a_part_asked_for_twice_is_read_once(session: Session, store: FileStore) -> None:
    revision = prepared(session, store, words_pdf(WORDS))
    reading = PageReadingHandler(store, PdfReader())
    first = messages(session)
    for _ in range(3):
        reading.handle(session, first, NOW)
    assert revision.pages_read == len(pages(session, revision)) == AT_ONCE and len(messages(session)) == 2


def test_its_own_bookmarks_are_the_contents(session: Session, store: FileStore) -> None:
    revision = prepared(session, store, words_pdf(["Chương 1\nMột", "Phụ lục\nHai"], headings=True))
    read_on(session, PageReadingHandler(store, PdfReader()))
    assert [(entry["title"], entry["page"]) for entry in revision.contents] == [("Chương 1", 1), ("Phụ lục", 2)]


def test_a_page_that_stops_the_reader_costs_itself_only(session: Session, store: FileStore) -> None:
    revision = prepared(session, store, words_pdf(WORDS[:12]))
    read_on(session, PageReadingHandler(store, DYING))
    read = pages(session, revision)
    assert [page.number for page in read] == list(range(1, 13))
    assert [page.number for page in read if not page.text] == [7]
    [warning] = revision.warnings
    assert (warning["code"], warning["message"]) == ("page_unreadable", "page 7: damaged")
    assert "documents" not in readiness.problems(session, matter_of(session, revision), NOW)


def test_a_file_of_which_no_page_can_be_read_is_given_up(session: Session, store: FileStore) -> None:
    revision = prepared(session, store, words_pdf(WORDS[:30]))
    read_on(session, PageReadingHandler(store, PdfReader(function="tests.sandbox.confined:die_at_every_page")))
    assert (revision.pages_failed, revision.pages_read) == ("damaged", MOST_LOST)
    matter = matter_of(session, revision)
    assert readiness.problems(session, matter, NOW)["documents"] == "pages_failed"
    with pytest.raises(Invalid):
        publication.publish(session, matter, make_publisher(session), NOW)


def test_a_crowd_at_the_sandbox_costs_no_page(
    session: Session, store: FileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing was looked at, so nothing is concluded: the worker comes again."""
    revision = prepared(session, store, words_pdf(WORDS[:3]))
    monkeypatch.setattr(pdf_pages, "LIMITS", Limits(seconds=0.1))
    with everything_taken(), pytest.raises(SandboxFailure):
        read_on(session, PageReadingHandler(store, PdfReader()))
    assert (revision.pages_read, revision.pages_failed, revision.warnings) == (0, "", [])
    monkeypatch.undo()
    read_on(session, PageReadingHandler(store, PdfReader()))
    assert revision.pages_read == 3


def test_a_file_that_was_changed_is_not_read(session: Session, store: FileStore) -> None:
    revision = prepared(session, store, words_pdf(WORDS[:2]))
    store.path(revision.file_hash).write_bytes(words_pdf(["Khác", "hẳn"]))
    read_on(session, PageReadingHandler(store, PdfReader()))
    assert (revision.pages_failed, revision.pages_read) == ("file_lost", 0)
    assert DamageRecord(store).found() == [revision.file_hash]


def test_a_file_that_is_away_is_told(session: Session, store: FileStore) -> None:
    revision = prepared(session, store, words_pdf(WORDS[:2]))
    store.path(revision.file_hash).unlink()
    assert read_on(session, PageReadingHandler(store, PdfReader())) == 1
    assert revision.pages_failed == "file_lost"


def test_another_file_in_its_place_is_read_instead(session: Session, store: FileStore) -> None:
    old = prepared(session, store, words_pdf(WORDS))
    matter = matter_of(session, old)
    first = messages(session)
    upload = uploaded_files.read_upload(words_pdf(["Bản khác"]), "khac.pdf", store)
    document = queries.document_of(session, matter.id, 1)
    fresh = documents.replace_file(session, matter, document, upload, make_publisher(session), NOW)
    reading = PageReadingHandler(store, PdfReader())
    reading.handle(session, first, NOW)
    read_on(session, reading)
    assert [page.text for page in pages(session, fresh)] == ["Bản khác"]


def test_a_published_revision_never_changes(session: Session, store: FileStore) -> None:
    revision = prepared(session, store, words_pdf(WORDS))
    session.execute(update(Revision).where(Revision.id == revision.id).values(published_at=NOW))
    session.commit()
    PageReadingHandler(store, PdfReader()).handle(session, messages(session), NOW)
    assert not pages(session, revision)


def test_everything_at_once_for_commands(session: Session, store: FileStore) -> None:
    upload = uploaded_files.read_upload(words_pdf(WORDS), "dtm.pdf", store, PdfReader())
    matter = make_consultation(session, Stage.OPEN, upload=upload)
    revision = queries.current_revision(session, matter.id)
    assert [page.text for page in pages(session, revision)] == WORDS
    assert (revision.pages_total, revision.pages_read, messages(session)) == (60, 60, [])
    assert len(revision.contents) == 60


@pytest.mark.parametrize(("setting", "read"), [("", True), (OFF, False), ("no-such-program", False)])
def test_pictures_are_recognised_where_there_is_a_program(
    session: Session, store: FileStore, setting: str, read: bool
) -> None:
    revision = prepared(session, store, picture_pdf("Nước thải đổ ra suối"))
    read_on(session, PageReadingHandler(store, PdfReader(TextRecogniser(setting))))
    [page] = pages(session, revision)
    assert (page.text, page.recognised) == (("Nước thải đổ ra suối", True) if read else ("", False))
    codes = [warning["code"] for warning in revision.warnings]
    assert codes == ([] if read else ["page_without_text", "no_text"])


def test_what_a_scanner_writes_on_its_picture_is_not_all_there_is_to_read(session: Session, store: FileStore) -> None:
    stamp = "Scanned with CamScanner"
    for recogniser, recognised in ((TextRecogniser(OFF), False), (TextRecogniser(), True)):
        revision = prepared(session, store, stamped_pdf("Nước thải đổ ra suối Nậm Cắt", stamp))
        read_on(session, PageReadingHandler(store, PdfReader(recogniser)))
        [page] = session.scalars(select(Page).where(Page.revision_id == revision.id))
        assert page.recognised == recognised == ("Nước thải đổ ra suối" in page.text) and stamp in page.text


def test_a_program_without_vietnamese_is_not_used(tmp_path: Path) -> None:
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\necho 'List of available languages (1):'\necho eng\n")
    program.chmod(0o755)
    assert TextRecogniser(str(program)).program is None


def test_recognising_is_cut_into_parts_of_its_own(session: Session, store: FileStore, tmp_path: Path) -> None:
    """A program that knows Vietnamese but reads nothing: only so many pages are tried in one part."""
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\necho vie\n")
    program.chmod(0o755)
    revision = prepared(session, store, words_pdf([""] * 7))
    reading = PageReadingHandler(store, PdfReader(TextRecogniser(str(program))))
    reading.handle(session, messages(session), NOW)
    assert revision.pages_read == MOST_RECOGNISED
    read_on(session, reading)
    assert revision.pages_read == 7


def test_a_worker_that_was_cut_off_goes_on(database: Database, store: FileStore) -> None:
    """The part was stored and the acknowledgement was not: nothing is read twice, nothing is left out."""
    with database.session() as session:
        revision = prepared(session, store, words_pdf(WORDS))
    reading = PageReadingHandler(store, PdfReader())
    worker = Worker(database.session, {"pages_waiting": (reading.handle,)}, frozenset({"pages_waiting"}))
    with database.session() as session:
        cut_off = worker._claim(session, NOW)
        reading.handle(session, cut_off, NOW)
    while worker.work_once(NOW):
        pass
    with database.session() as session:
        fresh = session.get_one(Revision, (revision.consultation_id, revision.id))
        assert fresh.pages_read == 60 and [page.text for page in pages(session, fresh)] == WORDS
        assert all(message.done_at for message in messages(session))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_failure_has_its_sentence(language: str) -> None:
    sentences = catalogue(language)
    assert not [code for code in page_reading.FAILURES if f"pages_failed.{code}" not in sentences]


@pytest.mark.real
def test_the_malformed_suite_is_taken_or_refused(session: Session, store: FileStore, samples: Path) -> None:
    """Whatever is taken is read to its end or given up, with a sentence either way."""
    taken = 0
    for file in sorted((samples / "suites" / "pdf").glob("*.pdf")):
        try:
            upload: Any = uploaded_files.read_upload(file.read_bytes(), file.name, store)
        except Invalid as refused:
            assert set(refused.errors.values()) <= uploaded_files.REFUSALS
            continue
        upload = replace(upload, name=file.name)
        matter = make_consultation(session, Stage.DRAFTING, upload=upload)
        revision = queries.current_revision(session, matter.id)
        read_on(session, PageReadingHandler(store, PdfReader()))
        assert revision.pages_read == revision.pages_total or revision.pages_failed in page_reading.FAILURES
        taken += 1
    assert taken > 20


def test_a_small_pdf_of_another_maker_is_read(session: Session, store: FileStore) -> None:
    revision = prepared(session, store, one_line_pdf("Trang mot"))
    read_on(session, PageReadingHandler(store, PdfReader()))
    assert [page.text for page in pages(session, revision)] == ["Trang mot"]


def test_a_draft_of_articles_has_them_when_its_last_page_was_read(session: Session, store: FileStore) -> None:
    words = [
        f"Điều {number}. Việc thứ {number}\n1. Một.\n2. Hai.\n{chr(65 + number % 26)}uy định riêng của việc này."
        for number in range(1, 31)
    ]
    revision = prepared(session, store, words_pdf(words))
    assert revision.grammar == "pages"
    reading = PageReadingHandler(store, PdfReader())
    read_on(session, reading, most=1)
    assert (revision.pages_read, revision.grammar) == (25, "pages")
    read_on(session, reading)
    assert (revision.pages_read, revision.grammar) == (30, "articles")
    tree = queries.provisions_of(session, revision)
    articles = {one.path: one.page for one in tree if one.kind == "article"}
    assert articles == {f"d{number}": number for number in range(1, 31)}
    assert len(pages(session, revision)) == 30
