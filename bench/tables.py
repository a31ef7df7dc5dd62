"""`python -m bench.tables [COMMENTS] [--printed] [--open]`: the files of the table of a matter with so many comments
(50,000), each made by a process of its own: how long it takes, how much memory that process has beyond what it began
with and in all; the Word file beside python-docx writing the same lines row by row. With `--open` also how long
LibreOffice takes to open the Word file of 3,000 comments; with `--printed` the Word file and the workbook alone, as
`make bench` has them for 5,000."""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from docx import Document
from sqlalchemy.orm import Session

from bench import volume
from bench.matter import begin
from bench.one_table import written
from bench.packages import watched
from bench.site import ROOT, environment
from consult.consultations.matter import queries
from consult.db import Database
from consult.exports import cell_texts, service
from consult.exports.lines import TableHead, TableLine
from consult.exports.official_language import official
from consult.exports.printed import workbook
from consult.exports.rows import reader as row_reader
from consult.exports.service import Format
from consult.exports.word import document as docx

COMMENTS, SHORT, OPENED = 50_000, 5_000, 3_000
MOST_MIB, TIMES_FASTER, MOST_SECONDS_TO_OPEN = 80, 6, 120
"""What is wanted: of memory, beside python-docx, and of LibreOffice."""
WRITTEN = (Format.DOCX, Format.XLSX, Format.ROWS_XLSX, Format.CSV, Format.JSON)
HELD_TO = (Format.DOCX, Format.XLSX)
LINES = 5_000
"""So many lines are written by both, from memory: reading them would take both alike."""
MIB = 1024 * 1024


def main() -> int:
    """Prints the tables; 1 when something is below what is wanted."""
    parser = argparse.ArgumentParser(prog="python -m bench.tables", description=__doc__)
    parser.add_argument("comments", nargs="?", type=int, default=COMMENTS)
    parser.add_argument("--open", action="store_true", help="let LibreOffice open a Word file too")
    parser.add_argument("--printed", action="store_true", help="the Word file and the workbook alone")
    given = parser.parse_args()
    told, below = table(given.comments, HELD_TO if given.printed else WRITTEN)
    more, late = opened() if given.open else ([], [])
    print("\n".join([*told, *more, "", *below, *late]))
    return 1 if below or late else 0


def table(comments: int, wanted: Sequence[Format] = WRITTEN) -> tuple[list[str], list[str]]:
    """The lines that tell it, and what is below what is wanted."""
    with tempfile.TemporaryDirectory(prefix="consult-bench-") as name:
        url, slug = filled(Path(name), comments)
        rows = {one: _beside(url, slug, one, Path(name)) for one in wanted}
        pair = _pair(url, slug)
    told = [f"Files of the table, {comments} comments", "file          s    MiB beyond / in all   size MiB"]
    told += [
        f"{one.value:9} {seconds:6.1f} {grown:9.0f} / {most:6.0f} {size / MIB:12.1f}"
        for one, (seconds, grown, most, size) in rows.items()
    ]
    own, other, book = pair
    told.append(
        f"{LINES} lines: Word file {own:.2f} s, python-docx row by row {other:.2f} s ({other / own:.1f} ×), "
        f"workbook {book:.2f} s"
    )
    below = [
        f"below: {one.value} had {rows[one][1]:.0f} MiB beyond what it began with" for one in HELD_TO
        if rows[one][1] > MOST_MIB
    ]  # fmt: skip
    if other / own < TIMES_FASTER:
        below.append(f"below: only {other / own:.1f} times as quick as python-docx")
    return told, below


def filled(folder: Path, comments: int) -> tuple[str, str]:
    """A database with a matter of so many comments: its address, and the matter's."""
    given = environment(folder)
    subprocess.run(
        [sys.executable, "-m", "flask", "--app", "consult", "db", "upgrade"],
        cwd=ROOT, env=given, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    now = datetime.now(UTC)
    made = begin(given, now)
    volume.fill(made, comments, now)
    engine = made.app.extensions["consult.database"].engine
    url = engine.url.render_as_string(hide_password=False)
    engine.dispose()
    return url, made.slug


def _beside(url: str, slug: str, wanted: Format, folder: Path) -> tuple[float, float, float, float]:
    order = json.dumps([url, str(folder), slug, wanted.value])
    command = [sys.executable, "-m", "bench.one_table", order]
    program = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    most = watched(program)
    assert program.stdout is not None
    with program.stdout as said:
        seconds, before, size = json.loads(said.read())
    return seconds, most - before, most, size


def _pair(url: str, slug: str) -> tuple[float, float, float]:
    """Seconds for the same lines from memory: by the site, by python-docx, as a workbook."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(url, Path(folder))
        with database.session() as session:
            head, lines = _lines(session, slug)
        own = _timed(lambda: docx.write(BytesIO(), head, lines, official))
        book = _timed(lambda: workbook.write(BytesIO(), head, lines, official))
        return own, _timed(lambda: _row_by_row(head, lines)), book


def _lines(session: Session, slug: str) -> tuple[TableHead, list[TableLine]]:
    matter = queries.by_slug(session, slug)
    head, entries = service.printed(session, matter, datetime.now(UTC))
    return head, list(row_reader.lines(session, matter, entries[:LINES], official))


def _row_by_row(head: TableHead, lines: Sequence[TableLine]) -> None:
    """As one would write it with python-docx: a row, its cells, their paragraphs."""
    document = Document()
    made = document.add_table(rows=0, cols=len(head.columns))
    for position, line in enumerate(lines, start=1):
        cells = made.add_row().cells
        for cell, column in zip(cells, head.columns, strict=True):
            for place, words in enumerate(cell_texts.cell(column, line, position, official)):
                paragraph = cell.paragraphs[0] if not place else cell.add_paragraph()
                for part in words:
                    paragraph.add_run(part.text).bold = "bold" in part.look
    document.save(BytesIO())


def _timed(what: Callable[[], None]) -> float:
    began = time.process_time()
    what()
    return time.process_time() - began


def opened() -> tuple[list[str], list[str]]:
    """How long LibreOffice takes to open the Word file of OPENED comments and set it as pages."""
    office = shutil.which("soffice")
    if office is None:
        return ["LibreOffice is not here"], []
    with tempfile.TemporaryDirectory(prefix="consult-bench-") as name:
        folder = Path(name)
        url, slug = filled(folder, OPENED)
        written(url, name, slug, Format.DOCX.value)
        command = [office, f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless", "--convert-to", "pdf"]
        began = time.monotonic()
        subprocess.run(
            [*command, "--outdir", name, str(folder / "table.docx")], check=True, capture_output=True,
            env={**os.environ, "HOME": name},
        )  # fmt: skip
        seconds = time.monotonic() - began
    told = [f"LibreOffice opens {OPENED} comments and sets them as pages in {seconds:.0f} s"]
    return told, [f"below: {seconds:.0f} s"] if seconds > MOST_SECONDS_TO_OPEN else []


if __name__ == "__main__":
    sys.exit(main())
