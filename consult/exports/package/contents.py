"""The whole package, section by section, in an order that never changes; and the office's tables beside it."""

from collections.abc import Callable
from datetime import datetime
from itertools import count
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.exports.package import sections, tables
from consult.exports.package.making import Making, Tools
from consult.files.archive import Archive
from consult.ledger.models import LedgerEntry

ARCHIVE, MANIFEST = "ho-so.zip", "MANIFEST.txt"
SECTIONS = (
    sections.write_letters, sections.write_replies, sections.write_report, sections.write_signed,
)  # fmt: skip
STEPS = tables.STEPS + len(SECTIONS) + 2
"""How many parts are told to whoever waits."""

Done = Callable[[int], None]


def write(
    folder: Path, session: Session, consultation: Consultation, tools: Tools, now: datetime,
    done: Done = lambda _parts: None,
) -> None:  # fmt: skip
    """Writes the archive and the office's tables into the folder; `done` hears how many of STEPS are done. Nothing in
    the archive of a concluded matter tells when it was made: as long as nothing new is recorded, it is the same bytes.
    Raises DamagedFile."""
    now, steps = _as_of(session, consultation, now), count(1)

    def next_step() -> None:
        done(next(steps))

    tables.write_office(folder, session, consultation, tools.notice, now, next_step)
    with (folder / ARCHIVE).open("wb") as file, Archive(file) as archive:
        _write_archive(Making(archive, session, consultation, tools, now), folder, next_step)
    next_step()


def _write_archive(making: Making, folder: Path, next_step: Callable[[], None]) -> None:
    sections.write_drafts(making)
    next_step()
    tables.write_archived(making, folder, next_step)
    for write_section in SECTIONS:
        write_section(making)
        next_step()
    archive, tools = making.archive, making.tools
    told = {"consultation": making.consultation, "notice": tools.notice, "parts": list(archive.hashes)}
    archive.add(MANIFEST, tools.render("exports/package_manifest.txt", making=making, **told).encode())


def _as_of(session: Session, consultation: Consultation, now: datetime) -> datetime:
    """Of a concluded matter the moment of the newest entry of its log, after which nothing changed."""
    if consultation.concluded_at is None:
        return now
    own = select(LedgerEntry.at).where(LedgerEntry.consultation_id == consultation.id)
    return session.scalar(own.order_by(LedgerEntry.index.desc()).limit(1)) or now
