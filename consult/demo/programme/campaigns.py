"""Two campaigns: one that is over with a result that was corrected and one that waits, and one under way."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from consult.demo import content
from consult.demo.cast import Cast
from consult.demo.content import Calendar
from consult.demo.drawn import sketches
from consult.files.signed_files import KeptFile
from consult.files.store import FileStore
from consult.programme.campaigns import planning, results
from consult.programme.campaigns.models import Campaign
from consult.programme.campaigns.typed import NewCampaign, NewResult
from consult.programme.head_models import Programme

Row = dict[str, Any]
Timed = tuple[datetime, Callable[[], Any]]


class CampaignScene:
    """Tells what happens to the campaigns of a programme, each act with its moment."""

    def __init__(self, session: Session, people: Cast, calendar: Calendar, files: FileStore) -> None:
        self.session = session
        self.people = people
        self.calendar = calendar
        self.files = files
        self.told = content.campaigns()
        self.made: dict[str, Campaign] = {}

    def acts(self, programme: Programme, key: str) -> Iterator[Timed]:
        """All of one programme."""
        for row in self.told["campaigns"] if self.told["programme"] == key else ():
            yield self.calendar.at(row["planned"]), partial(self._plan, programme, row)
            yield self.calendar.at(row["released"]), partial(self._release, row, row["released"])
            if said := row.get("corrected"):
                yield self.calendar.at(said["written"]), partial(self._correct, row, said)
                yield self.calendar.at(said["released"]), partial(self._release, row, said["released"])
            for result in row["results"]:
                yield self.calendar.at(result["at"]), partial(self._enter, row, result)

    def _plan(self, programme: Programme, row: Row) -> None:
        writer, now = self.people.actors[self.told["writer"]], self.calendar.at(row["planned"])
        self.made[row["key"]] = planning.begin(self.session, programme, self._new(row), writer, now)
        self.session.flush()

    def _new(self, row: Row) -> NewCampaign:
        facts = {name: row[name] for name in ("title", "kind", "about", "measures")}
        return NewCampaign(
            **facts, starts_on=self.calendar.day(row["starts"]), ends_on=self.calendar.day(row["ends"]),
            bodies=tuple(self.people.organisations[body].id for body in row["bodies"]),
            areas=tuple(self.people.areas[tuple(area)] for area in row["areas"]),
        )  # fmt: skip

    def _correct(self, row: Row, said: Row) -> None:
        new = replace(self._new(row), ends_on=self.calendar.day(said["ends"]), reason=said["reason"])
        writer, now = self.people.actors[self.told["writer"]], self.calendar.at(said["written"])
        planning.correct(self.session, self.made[row["key"]], new, writer, now)
        self.session.flush()

    def _release(self, row: Row, day: int) -> None:
        signer, now = self.people.actors[self.told["signer"]], self.calendar.at(day)
        planning.release(self.session, self.made[row["key"]], signer, now)

    def _enter(self, row: Row, result: Row) -> None:
        one, actor = self.made[row["key"]], self.people.actors[result["by"]]
        new = self._counted(result)
        number = results.enter(self.session, one, new, actor, self.calendar.at(result["at"])).number
        self._publish(one, number, result["at"], result["released"])
        if said := result.get("corrected"):
            now = self.calendar.at(said["at"])
            right = replace(new, amount=said["amount"], reason=said["reason"])
            results.correct(self.session, one, number, right, actor, now)
            self._publish(one, number, said["at"], True)

    def _counted(self, result: Row) -> NewResult:
        facts = {name: result[name] for name in ("measure", "amount", "place", "source")}
        consent = result.get("picture", "")
        return NewResult(
            self.people.organisations[result["body"]].id, self.people.areas[tuple(result["area"])],
            self.calendar.day(result["day"]), **facts, consent=consent, file=self._picture() if consent else None,
        )  # fmt: skip

    def _picture(self) -> KeptFile:
        drawn = sketches.attached(self.files, "ho-u.png")
        return KeptFile(drawn.file_hash, drawn.file_name, drawn.media_type, drawn.file_size)

    def _publish(self, one: Campaign, number: int, day: int, public: bool) -> None:
        self.session.flush()
        if public:
            signer, now = self.people.actors[self.told["signer"]], self.calendar.at(day, "15:00")
            results.release(self.session, one, number, signer, now)
