"""The whole package, section by section, in an order that never changes. What everybody gets is made once."""

import json
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO

from sqlalchemy.orm import Session

from consult.api.saved_answers import as_of
from consult.appraisal.package import files_sent, log_files, opinions
from consult.appraisal.package.making import Making, Tools
from consult.appraisal.posting_facts import as_json, for_everybody, posting_facts
from consult.appraisal.readable import Taker
from consult.consultations.models import Consultation
from consult.consultations.preparation import service as preparation
from consult.exports import papers
from consult.exports import service as tables
from consult.exports.official_language import official
from consult.exports.service import Format
from consult.files.archive import Archive, Together
from consult.ledger import service as ledger
from consult.responses.appraisal.service import packages_of

MANIFEST, NOTICE = "MANIFEST.txt", "thong-bao.txt"
TABLES, CERTIFIED = "3-bang-tong-hop", "5-xac-nhan"
TABLE_FILES = {
    Format.DOCX: "bang-tong-hop.docx", Format.ROWS_XLSX: "bang-tong-hop.xlsx", Format.CSV: "bang-tong-hop.csv",
    Format.JSON: "bang-tong-hop.json",
}  # fmt: skip
CERTIFICATE = "xac-nhan-dang-tai"
STEPS = 3 + len(TABLE_FILES) + len(Taker)
"""How many parts are told to whoever waits: reports, each table, what is certified, the log, what each may read."""

Done = Callable[[int], None]


def write(
    files: Mapping[Taker, IO[bytes]], session: Session, consultation: Consultation, tools: Tools, now: datetime,
    done: Done = lambda _parts: None,
) -> int:  # fmt: skip
    """Writes the package as each may have it into their file, and gives how many entries of the log are in it; `done`
    hears how many of STEPS are done. Nothing in it tells when it was made: as long as nothing new is recorded, it is
    the same bytes. Raises NotSigning and DamagedFile."""
    moment = as_of(session, consultation, now)
    with ExitStack() as held:
        archives = {taker: held.enter_context(Archive(file)) for taker, file in files.items()}
        making = Making(Together(list(archives.values())), session, consultation, tools, moment)
        files_sent.write_reports(making)
        done(1)
        for step, (wanted, name) in enumerate(TABLE_FILES.items(), start=2):
            _write_table(making, wanted, name)
            done(step)
        _write_facts(making)
        done(STEPS - len(Taker) - 1)
        log_files.write_log(making)
        done(STEPS - len(Taker))
        for step, (taker, archive) in enumerate(archives.items(), start=STEPS - len(Taker) + 1):
            _write_own(replace(making, parts=archive, named=dict(making.named), left_out={}), taker)
            done(step)
    return ledger.size(session, consultation.id)


def _write_own(making: Making, taker: Taker) -> None:
    """What only `taker` gets, and what is in it and what is not."""
    files_sent.write_letters(making, taker)
    opinions.write_opinions(making, taker, official)
    _write_numbers(making, taker)
    session, consultation = making.session, making.consultation
    told = {
        "making": making, "consultation": consultation, "taker": taker.value, "notice": making.tools.notice,
        "entries": ledger.size(session, consultation.id), "packages": packages_of(session, consultation.id),
    }  # fmt: skip
    making.parts.add(MANIFEST, making.tools.render("appraisal/manifest.txt", **told).encode())


def _write_table(making: Making, wanted: Format, name: str) -> None:
    with TemporaryFile() as made:
        session, matter, notice = making.session, making.consultation, making.tools.notice
        tables.write(made, session, matter, wanted, making.now, official, notice)
        made.seek(0)
        making.parts.copy(f"{TABLES}/{name}", made)


def _write_facts(making: Making) -> None:
    """The notice under which people took part, and the certificate for the posting body to sign."""
    given = {"consultation": making.consultation, "notice": making.tools.notice}
    periods = preparation.periods_of(making.session, making.consultation.id)
    making.parts.add(NOTICE, making.tools.render("appraisal/notice.txt", periods=periods, **given).encode())
    wanted = papers.PAPERS[CERTIFICATE]
    told = papers.told(making.session, making.consultation, wanted, None, making.now)
    making.parts.add(f"{CERTIFIED}/{CERTIFICATE}.docx", making.tools.paper(wanted.template, **told))


def _write_numbers(making: Making, taker: Taker) -> None:
    """What the posting body certifies, in numbers."""
    facts = posting_facts(making.session, making.consultation, making.now)
    if taker is Taker.PUBLIC:
        facts = for_everybody(facts)
    told = {"consultation": making.consultation, "notice": making.tools.notice, "facts": facts}
    making.parts.add(f"{CERTIFIED}/so-lieu.txt", making.tools.render("appraisal/certificate.txt", **told).encode())
    said = json.dumps(as_json(facts), ensure_ascii=False, indent=1)
    making.parts.add(f"{CERTIFIED}/so-lieu.json", said.encode())
