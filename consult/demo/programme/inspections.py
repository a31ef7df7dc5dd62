"""Results of inspections in the demonstration: one remedy late, one carried out, one of a person, corrected once, and
one without a breach."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from consult.demo.cast import Cast
from consult.demo.content import Calendar
from consult.demo.drawn.typesetting import pdf_of
from consult.files.signed_files import KeptFile, keep_file
from consult.files.store import FileStore
from consult.programme import promises
from consult.programme.head_models import Programme
from consult.programme.inspections import service
from consult.programme.inspections.models import Inspection
from consult.programme.inspections.typed import NewInspection

Row = dict[str, Any]
Timed = tuple[datetime, Callable[[], Any]]


class InspectionScene:
    """What a body published of its inspections under a programme, each act on its day."""

    def __init__(self, session: Session, people: Cast, calendar: Calendar, files: FileStore) -> None:
        self.session = session
        self.people = people
        self.calendar = calendar
        self.files = files

    def acts(self, programme: Programme, rows: list[Row]) -> Iterator[Timed]:
        """All of them, with their moments."""
        for row in rows:
            made: list[Inspection] = []
            yield self._at(row["recorded"]), partial(self._begin, programme, row, made)
            yield self._at(row["published"]), partial(self._publish, row, row, made)
            if "corrected" in row:
                yield self._at(row["corrected"]["recorded"]), partial(self._correct, row, made)
                yield self._at(row["corrected"]["published"]), partial(self._publish, row, row["corrected"], made)
            for said in row["said"]:
                yield self._at(said["decided"]), partial(self._say, said, made)

    def _begin(self, programme: Programme, row: Row, made: list[Inspection]) -> None:
        writer, now = self.people.actors[row["writer"]], self._at(row["recorded"])
        made.append(service.begin(self.session, programme, self._new(row), False, writer, now))

    def _publish(self, row: Row, act: Row, made: list[Inspection]) -> None:
        service.release(self.session, made[0], self.people.actors[row["signer"]], self._at(act["published"]))

    def _correct(self, row: Row, made: list[Inspection]) -> None:
        new, writer = self._new({**row, **row["corrected"]}), self.people.actors[row["writer"]]
        service.record(self.session, made[0], new, False, writer, self._at(row["corrected"]["recorded"]))

    def _say(self, said: Row, made: list[Inspection]) -> None:
        promise = made[0].promise
        assert promise is not None
        writer, signer = self.people.actors[said["writer"]], self.people.actors[said["by"]]
        now, day = self._at(said["decided"]), self.calendar.day(said["day"]) if said["kind"] == "done" else None
        act = promises.say(self.session, promise, said["kind"], said["text"], day, writer, now)
        promises.release(self.session, promise, act.number, signer, now)

    def _new(self, row: Row) -> NewInspection:
        due = None if row["due"] is None else self.calendar.day(row["due"])
        inspected = self.people.organisations[row["inspected"]].id if row["inspected"] else None
        area = self.people.areas[tuple(row["area"])] if row["area"] else None
        return NewInspection(
            row["subject"], row["kind"], self.calendar.day(row["inspected_on"]), row["number"],
            self.calendar.day(row["decided"]), inspected, row["name"], area, "\n".join(row["breaches"]), row["fine"],
            row["remedy"], due, row.get("reason", ""), file=self._file(row),
        )  # fmt: skip

    def _file(self, row: Row) -> KeptFile | None:
        if not row["file"]:
            return None
        return keep_file(self.files, pdf_of([f"# {row['number']}\n\n{row['subject']}\n\n**Đã ký**"]), "ket-luan.pdf")

    def _at(self, day: int) -> datetime:
        return self.calendar.at(day)
