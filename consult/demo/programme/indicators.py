"""Results of protection by commune: what is measured in three years, and what two communes entered."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from consult.demo import content
from consult.demo.cast import Cast
from consult.demo.content import Calendar
from consult.demo.drawn.typesetting import pdf_of
from consult.files.signed_files import keep_file
from consult.files.store import FileStore
from consult.programme.head_models import Programme
from consult.programme.indicators import definitions, entering
from consult.programme.indicators.entering import NewValues

Row = dict[str, Any]
Timed = tuple[datetime, Callable[[], Any]]


class IndicatorScene:
    """Tells what is measured under a programme and what communes enter, each act with its moment."""

    def __init__(self, session: Session, people: Cast, calendar: Calendar, files: FileStore) -> None:
        self.session = session
        self.people = people
        self.calendar = calendar
        self.files = files

    def acts(self, programme: Programme, key: str) -> Iterator[Timed]:
        """All of one programme."""
        told = content.indicators()
        for row in told["years"] if told["programme"] == key else []:
            # The year before the communes were merged is told as long as it may be entered.
            year = row["year"] if row["year"] > 0 else self.calendar.today.year + row["year"]
            if year >= programme.valid_from.year - definitions.EARLIER_YEARS:
                yield from self._year(programme, told, row, year)

    def _year(self, programme: Programme, told: Row, row: Row, year: int) -> Iterator[Timed]:
        actors, session, typed = self.people.actors, self.session, "\n".join(row["items"])
        written, released = self._at(row["written"], year), self._at(row["released"], year)
        yield written, partial(
            definitions.set_list, session, programme, year, typed, actors[told["writer"]], written
        )  # fmt: skip
        yield released, partial(
            definitions.release_list, session, programme, year, actors[told["signer"]], released
        )  # fmt: skip
        for each in row["entered"]:
            yield self._at(each["at"], year), partial(self._enter, programme, year, each)

    def _enter(self, programme: Programme, year: int, row: Row) -> None:
        paper = pdf_of([f"# Biểu số liệu bảo vệ môi trường năm {year} (minh họa)\n\n**Đã ký**"])
        file, area = keep_file(self.files, paper, f"bieu-so-lieu-{year}.pdf"), self.people.areas[tuple(row["area"])]
        new = NewValues(year, area, row["values"], file, row["note"], row["reason"])
        writer, at = self.people.actors[row["by"]], self._at(row["at"], year)
        made = [one.number for one in entering.enter(self.session, programme, new, writer, at)]
        if row["signer"]:
            decided = self._at(row["confirmed"] if "confirmed" in row else row["refused"], year)
            signer = self.people.actors[row["signer"]]
            entering.decide(self.session, programme, made, row.get("why"), signer, decided)

    def _at(self, day: int, year: int) -> datetime:
        """The moment of a day, and nothing of this year before it began."""
        first = 1 - self.calendar.today.timetuple().tm_yday
        return self.calendar.at(max(day, first) if year == self.calendar.today.year else day)
