"""The consolidated table in the archive: as files with every comment, and as pages in the order of print."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryFile

from consult.archive.making import Making
from consult.archive.paging import Place, paged, pages_for
from consult.exports import service
from consult.exports.lines import TableHead
from consult.exports.official_language import official
from consult.exports.one_reading import read_once
from consult.exports.open_data.rows import COLUMNS as IN_WORDS
from consult.exports.plain import critique_csv, table_csv
from consult.exports.service import Format
from consult.reading.letters.critiques import every
from consult.responses.words import Disposition
from consult.submissions.words import Channel, Stance, SubmissionKind

FOLDER, PAGES = "du-lieu", "bang"
NAMES = {
    Format.CSV: "tong-hop.csv", Format.JSON: "tong-hop.json", Format.ROWS_CSV: "tong-hop.vi.csv",
    Format.ROWS_XLSX: "tong-hop.xlsx",
}  # fmt: skip
ROWS_ON_A_PAGE = 100
CODES = (("submission_kind", SubmissionKind), ("channel", Channel), ("stance", Stance), ("disposition", Disposition))
"""The columns whose codes the dictionary says one by one."""


def write_tables(making: Making, folder: Path) -> TableHead:
    """All of them, with `folder` for what lies on the disk meanwhile; gives what stands above the table."""
    session, matter, notice = making.session, making.consultation, making.tools.notice
    above, lines = service.read(session, matter, False, making.now, official, notice)
    with read_once(lines, folder) as kept:
        for wanted, name in NAMES.items():
            with TemporaryFile(dir=folder) as made:
                service.write_read(made, above, kept, wanted, official)
                made.seek(0)
                making.parts.copy(f"{FOLDER}/{name}", made)
    told = critique_csv.csv_of(matter.slug, notice, every(session, matter), official)
    making.parts.add(f"{FOLDER}/phan-bien.csv", told)
    _write_pages(making)
    return above


def _write_pages(making: Making) -> None:
    """The printed form, a hundred rows on a page."""
    session, matter = making.session, making.consultation
    above, lines = service.read(session, matter, True, making.now, official, making.tools.notice)
    rows = len(service.printed(session, matter, making.now)[1])
    count, written = pages_for(rows, ROWS_ON_A_PAGE), 0
    for number, some in paged(lines, ROWS_ON_A_PAGE):
        written = number
        making.page(
            Place(PAGES, number, count).name, "table", lines=some, where=Place(PAGES, number, count), head=above
        )
    if not written:
        making.page(Place(PAGES, 1, 1).name, "table", lines=(), where=Place(PAGES, 1, 1), head=above)


def dictionary() -> Sequence[tuple[str, str, str]]:
    """Every column of the files with codes and of those in words, and every code that stands in the former: the file,
    the name there, and the code under which both catalogues say what it means."""
    return [
        *(("tong-hop.csv", name, f"data_about.{name}") for name in table_csv.COLUMNS),
        *(("tong-hop.csv", f"{name}={one.value}", f"{name}.{one.value}") for name, codes in CODES for one in codes),
        *(("tong-hop.vi.csv", official(f"data_column.{name}"), f"data_about.{name}") for name in IN_WORDS),
    ]
