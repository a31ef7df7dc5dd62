"""What somebody who asks for a table is given, and how much is made for them: a small one while they wait, of a large
one what the worker has made."""

from contextlib import suppress
from datetime import datetime
from io import BytesIO
from os import SEEK_END
from typing import IO

from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.exports import page_file, service
from consult.exports.cell_texts import Say
from consult.exports.official_language import official
from consult.exports.printed.table_pdf import TooLong
from consult.exports.service import PAGES, Format, TablePage
from consult.exports.table_state import TableState, small, state_of
from consult.exports.table_store import TableStore
from consult.files.made_files import LatestFiles
from consult.submissions.comments import taken_back


class TableDelivery:
    """The table of one published matter as it is given at the instant `now`. `notice` marks made-up data."""

    def __init__(
        self, session: Session, consultation: Consultation, now: datetime, tables: TableStore, notice: str
    ) -> None:
        self.session, self.consultation, self.now = session, consultation, now
        self.tables, self.notice = tables, notice
        self.state: TableState = state_of(session, consultation, now, notice)

    def file(self, wanted: Format) -> IO[bytes] | None:
        """The file, open; None while the worker is making it. An older one of a large table is given as long as nothing
        that stands in it was taken back. Raises TooLong for a PDF of more rows than one may have."""
        made = self._small(wanted.value)
        if made is not None:
            return BytesIO(made)
        newest = self.tables.newest(self.consultation.id)
        if newest is None or self._void(newest):
            return None
        found = self._opened(wanted.value)
        if found is not None and self._empty(found):
            found.close()
            raise TooLong
        return found

    def has_pdf(self) -> bool:
        """Whether the table has no more rows than a PDF may have, as far as that is known."""
        if small(self.session, self.state):
            return True
        found = self._opened(Format.PDF.value)
        if found is None:
            return True
        with found:
            return not self._empty(found)

    def at_hand(self, wanted: Format) -> bool:
        """Whether the file can be given without making it."""
        return self.tables.found(self.state, wanted.value) is not None or not small(self.session, self.state)

    def sheet(self, number: int, say: Say) -> tuple[TablePage, bool] | None:
        """Page `number` of the table, and whether it is the newest there can be; None while the worker is making the
        first. The page of a large table is cut as it was when the worker made it, and says of each comment what may be
        said now."""
        made = self._small(PAGES)
        file: IO[bytes] | None = BytesIO(made) if made is not None else self._opened(PAGES)
        if file is None:
            return None
        with file:
            cut = page_file.read(file, number)
        newest = self.tables.newest(self.consultation.id)
        current = made is not None or (newest is not None and newest.state == self.state.name)
        return service.sheet(self.session, self.consultation, cut, say), current

    def _small(self, suffix: str) -> bytes | None:
        found = self.tables.found(self.state, suffix)
        if found is None and small(self.session, self.state):
            return self.tables.once(self.state, suffix, lambda: self._made(suffix))
        return found

    def _made(self, suffix: str) -> bytes:
        made = BytesIO()
        if suffix == PAGES:
            page_file.write(made, *service.pages(self.session, self.consultation, self.now))
        else:
            wanted = Format(suffix)
            service.write(made, self.session, self.consultation, wanted, self.now, official, self.notice)
        return made.getvalue()

    def _opened(self, suffix: str) -> IO[bytes] | None:
        for _ in range(2):
            newest = self.tables.newest(self.consultation.id)
            if newest is None:
                return None
            # A newer one may take its place just now.
            with suppress(FileNotFoundError):
                return self.tables.open(self.consultation.id, newest, suffix)
        return None

    @staticmethod
    def _empty(file: IO[bytes]) -> bool:
        empty = file.seek(0, SEEK_END) == 0
        file.seek(0)
        return empty

    def _void(self, newest: LatestFiles) -> bool:
        return taken_back.anything_since(self.session, self.consultation.id, newest.taken_back, newest.received)
