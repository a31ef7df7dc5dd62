"""Quarterly exchanges and reports of a programme, as the content tells them."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from consult import clock
from consult.demo.cast import Cast
from consult.demo.content import Calendar
from consult.files.store import FileStore
from consult.programme.exchanges import decisions, found, preparing
from consult.programme.exchanges.preparing import NewMinutes
from consult.programme.head_models import Programme
from consult.programme.reporting import reports

Row = dict[str, Any]
MONTHS = 3


def further(row: Row) -> list[Row]:
    """The parties of a programme beside the first two."""
    found: list[Row] = row.get("further", [])
    return found


def signers(row: Row) -> list[str]:
    """Who agrees for each party."""
    return [row["first_signer"], row["second_signer"], *(one["signer"] for one in further(row))]


class MeetingScene:
    """Plays what the parties did together, each act on its day."""

    def __init__(self, session: Session, people: Cast, calendar: Calendar, files: FileStore) -> None:
        self.session = session
        self.people = people
        self.calendar = calendar
        self.files = files

    def acts(self, one: Programme, row: Row) -> Iterator[tuple[datetime, Any]]:
        """What is done to a programme, with its moments."""
        for number, met in enumerate(row["exchanges"], 1):
            at = self.calendar.at(met["prepared"])
            yield at, partial(self._prepare, one, number, met, at)
            if met["held"] is not None:
                agreed = self.calendar.at(met["agreed"])
                yield agreed, partial(self._agree, one, number, row, met, agreed)
        for number, told in enumerate(row["reports"], 1):
            at = self.calendar.at(told["begun"])
            yield at, partial(self._begin, one, told, at)
            if told["agreed"] is not None:
                agreed = self.calendar.at(told["agreed"])
                yield agreed, partial(self._agree_report, one, number, row, agreed)

    def _prepare(self, one: Programme, number: int, met: Row, at: datetime) -> None:
        # The first is of the quarter before, whatever the day of today; a year has no quarter before its first.
        quarter = (self.calendar.today.month - 1) // MONTHS + 1
        year, quarter = self.calendar.today.year, max(quarter, 2) - (number == 1)
        writer = self.people.actors[met["by"]]
        made = preparing.prepare(self.session, one, year, quarter, writer, at)
        for each in met["decisions"]:
            by_id, due = self.people.organisations[each["by"]].id, self.calendar.day(each["due"])
            decisions.decide(self.session, made, each["text"], by_id, due, None, writer, at)

    def _agree(self, one: Programme, number: int, row: Row, met: Row, at: datetime) -> None:
        exchange = found.exchange_of(self.session, one, number)
        names = ("place", "first_leader", "second_leader", "attendants", "minutes", "further")
        notes = {str(item.id): met["note"] for item in exchange.items[:1]}
        new = NewMinutes(self.calendar.day(met["held"]), notes=notes, **{name: met[name] for name in names})
        preparing.write(self.session, exchange, new, self.people.actors[met["by"]], at)
        for signer in signers(row):
            preparing.agree(self.session, exchange, self.people.actors[signer], at)

    def _begin(self, one: Programme, told: Row, at: datetime) -> None:
        writer = self.people.actors[told["writer"]]
        made = reports.begin(self.session, one, told["kind"], clock.local_day(at).year, writer, at)
        numbers = reports.frozen(self.session, self.files, made, writer, at)
        reports.write(self.session, made, told["texts"], writer, at, numbers)

    def _agree_report(self, one: Programme, number: int, row: Row, at: datetime) -> None:
        report = reports.report_of(self.session, one, number)
        for signer in signers(row):
            reports.agree(self.session, report, self.people.actors[signer], at)
