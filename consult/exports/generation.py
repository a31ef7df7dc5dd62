"""Makes all files of a large table: one reading of the database for all of them, so that they say the same, in bounded
memory. `consult.exports.program` does it beside the worker.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.exports import page_file, service
from consult.exports.official_language import official
from consult.exports.one_reading import read_once
from consult.exports.printed.table_pdf import TooLong
from consult.exports.service import PAGES, Format
from consult.exports.table_state import state_of
from consult.exports.table_store import TableStore
from consult.files.made_files import LatestFiles
from consult.outbox.orders import SiteOrder
from consult.submissions.comments import taken_back

STEPS = len(Format) + 1
"""How many parts are told to whoever waits: each file, and the pages."""


@dataclass(frozen=True)
class Site:
    """Where the `tables` of the site lie, and of how many bytes of them it keeps at most; `notice` marks made-up
    data."""

    tables: str
    limit: int
    notice: str


class Order(SiteOrder[Site]):
    """What is to be made."""

    site_kind = Site

    @property
    def tables(self) -> TableStore:
        """Where they are made."""
        return TableStore(self.site.tables, self.site.limit)


def make(session: Session, order: Order, seconds: Callable[[], float]) -> bool:
    """Makes the files, with `seconds` for a stopwatch; False when somebody else is making files of this matter."""
    tables = order.tables
    with tables.alone(order.consultation_id) as mine:
        if mine:
            _make(session, order, tables, seconds)
        return mine


def _make(session: Session, order: Order, tables: TableStore, seconds: Callable[[], float]) -> None:
    begun, now = seconds(), order.now
    # The mark first: what is taken back while the rest is read makes these files void.
    mark = taken_back.mark(session, order.consultation_id)
    consultation = session.get_one(Consultation, order.consultation_id)
    state = state_of(session, consultation, now, order.site.notice)
    name = f"{now:%Y%m%d%H%M%S%f}"
    folder = tables.begin(consultation.id, name)
    _write_files(session, order, tables, consultation, folder)
    tables.note_done(consultation.id, STEPS - 1, STEPS)
    with (folder / PAGES).open("wb") as file:
        page_file.write(file, *service.pages(session, consultation, now))
    made = LatestFiles(name, state.name, state.received, mark, now.isoformat(), seconds() - begun)
    tables.finish(consultation.id, made)


def _write_files(session: Session, order: Order, tables: TableStore, consultation: Consultation, folder: Path) -> None:
    """Every format: those of the printed form from one reading, those with every comment from another."""
    note = partial(tables.note_done, consultation.id, of=STEPS)
    for begun, formats in ((0, tuple(service.PRINTED)), (len(service.PRINTED), service.EVERY_COMMENT)):
        note(begun)
        above, lines = service.read(session, consultation, not begun, order.now, official, order.site.notice)
        with read_once(lines, folder) as kept:
            for step, wanted in enumerate(formats, start=begun):
                note(step)
                # A PDF of too many rows stays empty, by which it is told from one that is not made yet.
                with (folder / wanted.value).open("wb") as file, suppress(TooLong):
                    service.write_read(file, above, kept, wanted, official)
