"""Makes all files of a large table: one reading of the database for all of them, so that they say the same, in bounded
memory. `consult.exports.program` does it beside the worker.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from uuid import UUID

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
from consult.submissions.comments import taken_back

STEPS = len(Format) + 1
"""How many parts are told to whoever waits: each file, and the pages."""


@dataclass(frozen=True)
class Order:
    """What is to be made as of `now`, and where from and to; `notice` marks made-up data."""

    consultation_id: UUID
    now: datetime
    database_url: str
    lock_folder: Path
    tables: TableStore
    notice: str

    def told(self) -> str:
        """The order as one line of text. It is not for a command line: the database's address may hold a password."""
        plain = (
            self.consultation_id,
            self.database_url,
            self.lock_folder,
            self.tables.place.address,
            self.tables.limit,
        )
        return json.dumps([*map(str, plain), self.now.isoformat(), self.notice])

    @classmethod
    def heard(cls, line: str) -> "Order":
        """The order in such a line."""
        matter, url, locks, folder, limit, now, notice = json.loads(line)
        tables = TableStore(folder, int(limit))
        return cls(UUID(matter), datetime.fromisoformat(now), url, Path(locks), tables, notice)


def make(session: Session, order: Order, seconds: Callable[[], float]) -> bool:
    """Makes the files, with `seconds` for a stopwatch; False when somebody else is making files of this matter."""
    with order.tables.alone(order.consultation_id) as mine:
        if mine:
            _make(session, order, order.now, seconds)
        return mine


def _make(session: Session, order: Order, now: datetime, seconds: Callable[[], float]) -> None:
    begun = seconds()
    # The mark first: what is taken back while the rest is read makes these files void.
    mark = taken_back.mark(session, order.consultation_id)
    consultation = session.get_one(Consultation, order.consultation_id)
    state = state_of(session, consultation, now, order.notice)
    name = f"{now:%Y%m%d%H%M%S%f}"
    folder = order.tables.begin(consultation.id, name)
    _write_files(session, order, consultation, folder)
    order.tables.note_done(consultation.id, STEPS - 1, STEPS)
    with (folder / PAGES).open("wb") as file:
        page_file.write(file, *service.pages(session, consultation, now))
    made = LatestFiles(name, state.name, state.received, mark, now.isoformat(), seconds() - begun)
    order.tables.finish(consultation.id, made)


def _write_files(session: Session, order: Order, consultation: Consultation, folder: Path) -> None:
    """Every format: those of the printed form from one reading, those with every comment from another."""
    note = partial(order.tables.note_done, consultation.id, of=STEPS)
    for begun, formats in ((0, tuple(service.PRINTED)), (len(service.PRINTED), service.EVERY_COMMENT)):
        note(begun)
        above, lines = service.read(session, consultation, not begun, order.now, official, order.notice)
        with read_once(lines, folder) as kept:
            for step, wanted in enumerate(formats, start=begun):
                note(step)
                # A PDF of too many rows stays empty, by which it is told from one that is not made yet.
                with (folder / wanted.value).open("wb") as file, suppress(TooLong):
                    service.write_read(file, above, kept, wanted, official)
