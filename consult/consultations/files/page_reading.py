"""Reading the pages of an uploaded PDF, by the worker: part by part, each its own short transaction.

An event of the outbox names a revision and how many of its pages were read when it was written. What is stored with a
part is the event for the next one, so that a worker that is cut off anywhere goes on where it was, and a part that is
asked for twice is read once.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.consultations.document_models import Document, Page, Revision
from consult.consultations.files import provision_rows
from consult.consultations.files.pdf_articles import articles_of
from consult.consultations.files.pdf_pages import MOST_LOST, Part, PdfReader, contents_of, of_all
from consult.db import writing
from consult.files.damaged import DamageRecord
from consult.files.store import DamagedFile, FileStore
from consult.outbox import service as outbox
from consult.outbox.models import OutboxMessage
from consult.outline.pdf.pages import MOST_CHARACTERS
from consult.text import one_line

FAILURES = frozenset({"damaged", "too_slow", "too_much_memory", "too_large", "too_many_characters", "file_lost"})
"""Codes of `Revision.pages_failed`, each with a sentence `pages_failed.<code>`."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class PageReadingHandler:
    """The worker's handler of `pages_waiting`: files from `files`, read by `reader`."""

    files: FileStore
    reader: PdfReader

    def handle(self, session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
        """Reads the next part for each message whose part was not read yet."""
        for message in messages:
            if message.consultation_id is not None:
                key = (message.consultation_id, UUID(message.payload["revision"]))
                self.next_part(session, key, message.payload["after"], message.payload["lost"], now)

    def next_part(self, session: Session, key: tuple[UUID, UUID], after: int, lost: int, now: datetime) -> None:
        """Reads and stores what follows page `after`, and asks for what follows that; `lost` pages stopped the reader
        before. Does nothing when the part is there already, or the document was replaced or removed meanwhile. Raises
        SandboxFailure while nothing can be read at all; the worker comes again."""
        revision = session.get(Revision, key)
        if revision is None or not _waits(revision, after):
            return
        part = self._read(revision.file_hash, after + 1, revision.pages_total)
        lost += bool(part.lost)
        articles = self._articles(session, revision, part)
        with writing(session, key[0]):
            fresh = session.get(Revision, key)
            if fresh is None or not _waits(fresh, after):
                return
            fresh.pages_failed = _failure(session, fresh, part, lost)
            if not fresh.pages_failed:
                _store(session, fresh, part, articles)
            if fresh.pages_read < fresh.pages_total and not fresh.pages_failed:
                outbox.emit(session, "pages_waiting", now, key[0], **provision_rows.waiting(fresh, lost))

    def _articles(self, session: Session, revision: Revision, part: Part) -> dict[str, Any] | None:
        """The articles of a document whose last pages are `part`, if it is a draft."""
        if revision.pages_read + len(part.pages) < revision.pages_total or not part.pages:
            return None
        return articles_of([*_pages(session, revision), *part.pages])

    def _read(self, file_hash: str, first: int, last: int) -> Part:
        try:
            with self.files.opened(file_hash) as file:
                return self.reader.some(file, first, last)
        except DamagedFile as damaged:
            DamageRecord(self.files).report(damaged)
            return Part([], [], "file_lost")


def unread(session: Session, consultation_id: UUID) -> list[Revision]:
    """The revisions of a matter that are not public and whose pages were not all read, in one statement."""
    return list(
        session.scalars(
            select(Revision)
            .join(Revision.document)
            .where(
                Revision.consultation_id == consultation_id,
                Revision.published_at.is_(None),
                Revision.pages_read < Revision.pages_total,
            )
            .order_by(Document.number)
        )
    )


def why_not(revision: Revision) -> str | None:
    """Why a revision cannot be made public because of its pages: they still wait, or could not be read."""
    if revision.pages_failed:
        return "pages_failed"
    return "pages_waiting" if revision.pages_read < revision.pages_total else None


def _waits(revision: Revision, after: int) -> bool:
    """Whether the part after that page is the next one to be read."""
    at_its_end = revision.pages_read == after < revision.pages_total
    return at_its_end and not revision.pages_failed and revision.published_at is None


def _failure(session: Session, revision: Revision, part: Part, lost: int) -> str:
    """The code of why the file is given up; empty while there is hope."""
    if not part.pages or lost > MOST_LOST:
        log.warning("the pages of revision %s were given up: %s", revision.id, part.lost)
        return part.lost if part.lost in FAILURES else "damaged"
    stored = session.scalar(
        select(func.sum(func.length(Page.text))).where(
            Page.consultation_id == revision.consultation_id, Page.revision_id == revision.id
        )
    )
    more = sum(len(page["text"]) for page in part.pages)
    return "too_many_characters" if (stored or 0) + more > MOST_CHARACTERS else ""


def _pages(session: Session, revision: Revision) -> list[dict[str, Any]]:
    """What is stored of the pages."""
    rows = session.execute(
        select(Page.number, Page.text, Page.recognised)
        .where(Page.consultation_id == revision.consultation_id, Page.revision_id == revision.id)
        .order_by(Page.number)
    )
    return [{"number": number, "text": text, "recognised": recognised} for number, text, recognised in rows]


def _store(session: Session, revision: Revision, part: Part, articles: dict[str, Any] | None) -> None:
    provision_rows.store_pages(session, revision, part.pages)
    revision.pages_read += len(part.pages)
    revision.warnings = [*revision.warnings, *part.warnings]
    if revision.pages_read == revision.pages_total:
        pages = _pages(session, revision)
        revision.contents = contents_of(revision.contents, pages)
        revision.warnings = [*revision.warnings, *of_all(any(page["text"] for page in pages))]
    if articles is not None:
        revision.grammar = articles["grammar"]
        revision.title = revision.title or one_line(articles["title"])
        revision.warnings = [*revision.warnings, *articles["warnings"]]
        provision_rows.store_tree(session, revision, articles["provisions"])
