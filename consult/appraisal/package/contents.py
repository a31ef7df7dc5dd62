"""The whole package, section by section, in an order that never changes."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.appraisal.package import files_sent, log_files, opinions
from consult.appraisal.package.archive import Archive
from consult.appraisal.package.making import Making, Render
from consult.appraisal.posting_facts import as_json, posting_facts
from consult.appraisal.readable import Taker
from consult.consultations.models import Consultation
from consult.consultations.preparation import service as preparation
from consult.exports import papers
from consult.exports import service as tables
from consult.exports.official_language import official
from consult.exports.service import Format
from consult.files.store import FileStore
from consult.ledger import service as ledger
from consult.ledger.models import LedgerEntry
from consult.ledger.service import Signer

MANIFEST, NOTICE = "MANIFEST.txt", "thong-bao.txt"
TABLES, CERTIFIED = "3-bang-tong-hop", "5-xac-nhan"
TABLE_FILES = {
    Format.DOCX: "bang-tong-hop.docx", Format.ROWS_XLSX: "bang-tong-hop.xlsx", Format.CSV: "bang-tong-hop.csv",
    Format.JSON: "bang-tong-hop.json",
}  # fmt: skip


Paper = Callable[..., bytes]
CERTIFICATE = "xac-nhan-dang-tai"


@dataclass(frozen=True)
class Tools:
    """What the site gives: its files, its keys, its templates, its papers as Word files, and the mark of
    made-up data."""

    files: FileStore
    signer: Signer
    render: Render
    paper: Paper
    notice: str = ""


def write(
    file: IO[bytes], session: Session, consultation: Consultation, taker: Taker, tools: Tools, now: datetime
) -> int:
    """Writes the package as `taker` may have it, and gives how many entries of the log are in it. Nothing in it tells
    when it was made: as long as nothing new is recorded, it is the same bytes. Raises NotSigning and DamagedFile."""
    as_of = _as_of(session, consultation, now)
    with Archive(file) as archive:
        making = Making(
            archive, session, consultation, taker, tools.files, tools.signer, tools.render, as_of, tools.notice
        )
        files_sent.write_reports(making)
        files_sent.write_letters(making)
        _write_tables(making)
        opinions.write_opinions(making, official)
        _write_facts(making, tools.paper)
        log_files.write_log(making)
        size = ledger.size(session, consultation.id)
        told = {"making": making, "consultation": consultation, "entries": size, "taker": taker.value}
        archive.add(MANIFEST, tools.render("appraisal/manifest.txt", **told).encode())
    return size


def _write_tables(making: Making) -> None:
    for wanted, name in TABLE_FILES.items():
        with TemporaryFile() as made:
            tables.write(
                made, making.session, making.consultation, wanted, making.now, official, making.notice
            )  # fmt: skip
            made.seek(0)
            making.archive.copy(f"{TABLES}/{name}", made)


def _write_facts(making: Making, paper: Paper) -> None:
    """What the posting body certifies, and the notice under which people took part."""
    facts = posting_facts(making.session, making.consultation, making.now)
    given = {"consultation": making.consultation, "notice": making.notice}
    periods = preparation.periods_of(making.session, making.consultation.id)
    making.archive.add(NOTICE, making.render("appraisal/notice.txt", periods=periods, **given).encode())
    certificate = making.render("appraisal/certificate.txt", facts=facts, **given)
    making.archive.add(f"{CERTIFIED}/so-lieu.txt", certificate.encode())
    wanted = papers.PAPERS[CERTIFICATE]
    told = papers.told(making.session, making.consultation, wanted, None, making.now)
    making.archive.add(f"{CERTIFIED}/{CERTIFICATE}.docx", paper(wanted.template, **told))
    said = json.dumps(as_json(facts), ensure_ascii=False, indent=1)
    making.archive.add(f"{CERTIFIED}/so-lieu.json", said.encode())


def _as_of(session: Session, consultation: Consultation, now: datetime) -> datetime:
    """The last moment at which anything changed: of the newest entry, or when a period began or ended."""
    own = select(LedgerEntry.at).where(LedgerEntry.consultation_id == consultation.id)
    newest = session.scalar(own.order_by(LedgerEntry.index.desc()).limit(1))
    ends = [
        moment
        for period in preparation.periods_of(session, consultation.id)
        for moment in (period.opens_at, period.closes_at)
    ]
    passed = [moment for moment in (newest, *ends) if moment is not None and moment <= now]
    return max(passed, default=now)
