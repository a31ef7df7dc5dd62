"""The tables of the package, and those for the office beside it: each read once, whatever files it is written into."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryFile

from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.exports import internal, service
from consult.exports.internal import FORMS, Internal
from consult.exports.official_language import official
from consult.exports.one_reading import read_once
from consult.exports.package.making import Making
from consult.exports.printed.table_pdf import TooLong
from consult.exports.service import Format

TABLES = "2-bang-tong-hop"
PRINTED: Mapping[Format, str] = {
    Format.DOCX: "bang-tong-hop.docx", Format.XLSX: "bang-tong-hop.xlsx", Format.PDF: "bang-tong-hop.pdf",
}  # fmt: skip
EVERY_COMMENT: Mapping[Format, str] = {
    Format.ROWS_XLSX: "du-lieu.xlsx", Format.CSV: "du-lieu.csv", Format.JSON: "du-lieu.json",
}  # fmt: skip
WITH_NAMES = ("docx", "xlsx")
"""The files of the table with names that the package holds."""
STEPS = len(Internal) * len(FORMS) + len(PRINTED) + len(EVERY_COMMENT)
"""How many files there are."""

Done = Callable[[], None]


def write_office(
    folder: Path, session: Session, consultation: Consultation, notice: str, now: datetime, done: Done
) -> None:
    """Writes the tables for the office into the folder, under the names by which they are given out; a PDF of too many
    rows stays empty. `done` is called after each."""
    for wanted in Internal:
        above, lines = internal.read(session, consultation, wanted, False, now, official, notice)
        with read_once(lines, folder) as kept:
            for ending, form in FORMS.items():
                with (folder / f"{wanted}.{ending}").open("wb") as file, suppress(TooLong):
                    service.write_read(file, above, kept, form, official)
                done()


def write_archived(making: Making, folder: Path, done: Done) -> None:
    """Writes the public table into the archive, and that with names, which lies in the folder already."""
    for formats in (PRINTED, EVERY_COMMENT):
        _write_table(making, folder, formats, done)
    for ending in WITH_NAMES:
        with (folder / f"{Internal.NAMES}.{ending}").open("rb") as source:
            making.archive.copy(f"{TABLES}/noi-bo-{Internal.NAMES}.{ending}", source)


def _write_table(making: Making, folder: Path, formats: Mapping[Format, str], done: Done) -> None:
    """Some files of the public table; a PDF of too many rows is not in the package."""
    session, matter, notice = making.session, making.consultation, making.tools.notice
    above, lines = service.read(session, matter, formats is PRINTED, making.now, official, notice)
    with read_once(lines, folder) as kept:
        for wanted, name in formats.items():
            with TemporaryFile(dir=folder) as made, suppress(TooLong):
                service.write_read(made, above, kept, wanted, official)
                made.seek(0)
                making.archive.copy(f"{TABLES}/{name}", made)
            done()
