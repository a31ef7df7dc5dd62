"""The whole package, section by section, in an order that never changes; and the office's tables beside it."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryFile

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.exports import internal, service
from consult.exports.internal import Internal
from consult.exports.official_language import official
from consult.exports.package import sections
from consult.exports.package.making import Making, Tools
from consult.exports.printed.table_pdf import TooLong
from consult.exports.service import Format
from consult.files.archive import Archive
from consult.ledger.models import LedgerEntry

ARCHIVE, MANIFEST = "ho-so.zip", "MANIFEST.txt"
TABLES = "2-bang-tong-hop"
TABLE_FILES: Mapping[Format, str] = {
    Format.DOCX: "bang-tong-hop.docx", Format.XLSX: "bang-tong-hop.xlsx", Format.PDF: "bang-tong-hop.pdf",
    Format.ROWS_XLSX: "du-lieu.xlsx", Format.CSV: "du-lieu.csv", Format.JSON: "du-lieu.json",
}  # fmt: skip
OFFICE_FILES = {
    f"{wanted}.{ending}": (wanted, form)
    for wanted in Internal
    for ending, form in (("docx", Format.DOCX), ("xlsx", Format.XLSX))
}
"""The tables for the office by the names under which they lie beside the archive."""
SECTIONS = (
    sections.write_letters, sections.write_replies, sections.write_report, sections.write_signed,
)  # fmt: skip
STEPS = len(OFFICE_FILES) + len(TABLE_FILES) + len(SECTIONS) + 2
"""How many parts are told to whoever waits."""

Done = Callable[[int], None]


def write(
    folder: Path, session: Session, consultation: Consultation, tools: Tools, now: datetime,
    done: Done = lambda _parts: None,
) -> None:  # fmt: skip
    """Writes the archive and the office's tables into the folder; `done` hears how many of STEPS are done. Nothing in
    the archive of a concluded matter tells when it was made: as long as nothing new is recorded, it is the same bytes.
    Raises DamagedFile."""
    step, now = 0, _as_of(session, consultation, now)
    for name, (wanted, form) in OFFICE_FILES.items():
        with (folder / name).open("wb") as file:
            internal.write(file, session, consultation, wanted, False, now, official, tools.notice, form)
        done(step := step + 1)
    with (folder / ARCHIVE).open("wb") as file, Archive(file) as archive:
        making = Making(archive, session, consultation, tools, now)
        names = folder / f"{Internal.NAMES}.docx"
        sections.write_drafts(making)
        done(step := step + 1)
        for wanted_file, called in TABLE_FILES.items():
            _write_table(making, wanted_file, called)
            done(step := step + 1)
        with names.open("rb") as source:
            archive.copy(f"{TABLES}/noi-bo-co-ten-nguoi-gui.docx", source)
        for write_section in SECTIONS:
            write_section(making)
            done(step := step + 1)
        told = {"making": making, "consultation": consultation, "notice": tools.notice, "parts": list(archive.hashes)}
        archive.add(MANIFEST, tools.render("exports/package_manifest.txt", **told).encode())
    done(step + 1)


def _as_of(session: Session, consultation: Consultation, now: datetime) -> datetime:
    """Of a concluded matter the moment of the newest entry of its log, after which nothing changed."""
    if consultation.concluded_at is None:
        return now
    own = select(LedgerEntry.at).where(LedgerEntry.consultation_id == consultation.id)
    return session.scalar(own.order_by(LedgerEntry.index.desc()).limit(1)) or now


def _write_table(making: Making, wanted: Format, name: str) -> None:
    """One file of the table; a PDF of too many rows is not in the package."""
    with TemporaryFile() as made, suppress(TooLong):
        session, matter, notice = making.session, making.consultation, making.tools.notice
        service.write(made, session, matter, wanted, making.now, official, notice)
        made.seek(0)
        making.archive.copy(f"{TABLES}/{name}", made)
