"""The whole archive, section by section. Parts stand in it by name, and nothing in it tells when it was made: as long
as nothing new is recorded, it is the same bytes."""

import csv
import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from io import StringIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from sqlalchemy.orm import Session

from consult.api.saved_answers import as_of
from consult.archive import draft_pages, log_files, tables
from consult.archive.comment_pages import CommentPages
from consult.archive.making import Making, Tools
from consult.archive.sorted_parts import SortedParts
from consult.archive.words import english
from consult.consultations.models import Consultation
from consult.exports.official_language import official
from consult.files.archive import Archive
from consult.resource_paths import DOCS

ARCHIVE, SEAL = "luu-tru.zip", "niem-phong.json"
"""The archive, and beside it what the site says of it: the hash of its list of hashes, its size, its log."""
CHECKS = "kiem-tra"
PROGRAMS = ("verify_ledger.py", "verify_archive.js", "ledger.md")
STEPS = 6
"""How many parts are told to whoever waits: log, comments, drafts, tables, pages, the archive itself."""

Done = Callable[[int], None]


def write(
    folder: Path, session: Session, consultation: Consultation, tools: Tools, now: datetime,
    done: Done = lambda _parts: None,
) -> int:  # fmt: skip
    """Writes the archive into the folder, and beside it what the site says of it; gives how many entries of the log are
    in it. `done` hears how many of STEPS are done. Raises NotSigning and DamagedFile."""
    now = as_of(session, consultation, now)
    with TemporaryFile(dir=folder) as meanwhile:
        parts = SortedParts(meanwhile)
        log = _write_parts(Making(parts, session, consultation, tools, now), folder, done)
        with (folder / ARCHIVE).open("w+b") as file:
            with Archive(file, now) as archive:
                parts.write_to(archive)
            size = file.tell()
    sums = hashlib.sha256(archive.listed().encode()).hexdigest()
    told = {"manifest": sums, "size": size, "entries": log["size"], "as_of": now.isoformat()}
    (folder / SEAL).write_text(json.dumps(told))
    done(STEPS)
    return int(log["size"])


def _write_parts(making: Making, folder: Path, done: Done) -> dict[str, Any]:
    answers = log_files.answers_of(making)
    log = dict(log_files.write_log(making, answers))
    done(1)
    matter, head = answers.matter(), tables.write_tables(making, folder)
    answers.sums()
    done(2)
    pages = CommentPages(making, head.outcome["received"])
    for some in answers.comments():
        pages.take(some)
        making.session.expire_all()
    pages.end()
    done(3)
    listed = draft_pages.write_drafts(making, answers, pages.at_clauses)
    done(4)
    _write_beside(making)
    making.page("index.html", "matter", matter=matter, head=head, log=log, documents=listed, pages=pages)
    done(5)
    return log


def _write_beside(making: Making) -> None:
    """What explains the archive, and the programs by which it is checked."""
    for name in PROGRAMS:
        making.parts.add(f"{CHECKS}/{name}", (DOCS / name).read_bytes())
    making.page(f"{CHECKS}/index.html", "check")
    columns = [(file, name, official(code), english(code)) for file, name, code in tables.dictionary()]
    making.page("chu-giai.html", "dictionary", columns=columns)
    making.parts.add(f"{tables.FOLDER}/chu-giai.csv", _as_csv(columns))
    making.parts.add("giao-dien.css", making.tools.render("archive/style.css").encode())
    making.parts.add("GIAY-PHEP.txt", making.tools.render("archive/licence.txt", tools=making.tools).encode())


def _as_csv(columns: list[tuple[str, str, str, str]]) -> bytes:
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(("file", "column", "vi", "en"))
    writer.writerows(columns)
    return text.getvalue().encode("utf-8-sig")
