"""Three proposals to commend somebody: one that is public, one that waits, one that was refused."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from consult.demo import content
from consult.demo.cast import Cast
from consult.demo.content import Calendar
from consult.demo.drawn.typesetting import pdf_of
from consult.files.signed_files import KeptFile, keep_file
from consult.files.store import FileStore
from consult.policy import Actor
from consult.programme.commendations import checking, consents, deciding, proposing
from consult.programme.commendations.deciding import NewDecision
from consult.programme.commendations.models import Commendation
from consult.programme.commendations.proposing import NewCommendation
from consult.programme.head_models import Programme

Row = dict[str, Any]
Timed = tuple[datetime, Callable[[], Any]]


class PraiseScene:
    """Tells what happens to the proposals of a programme, each act with its moment."""

    def __init__(self, session: Session, people: Cast, calendar: Calendar, files: FileStore) -> None:
        self.session = session
        self.people = people
        self.calendar = calendar
        self.files = files
        self.told = content.commendations()
        self.made: dict[int, Commendation] = {}

    def acts(self, programme: Programme, key: str) -> Iterator[Timed]:
        """All of one programme."""
        if self.told["programme"] != key:
            return
        for place, row in enumerate(self.told["commendations"]):
            yield self.calendar.at(row["proposed"]), partial(self._propose, programme, place, row)
            for name, act in (("checked", self._check), ("public", self._publish)):
                if name in row:
                    yield self.calendar.at(row[name]), partial(act, place, row)
            for name, act in (("decided", self._decide), ("agreed", self._agree), ("refused", self._refuse)):
                if name in row:
                    yield self.calendar.at(row[name]["at"]), partial(act, place, row)

    @property
    def _officer(self) -> Actor:
        return self.people.actors[self.told["officer"]]

    @property
    def _signer(self) -> Actor:
        return self.people.actors[self.told["signer"]]

    def _propose(self, programme: Programme, place: int, row: Row) -> None:
        body = self.people.organisations[row["organisation"]].id if "organisation" in row else None
        new = NewCommendation(
            row["kind"], row["merits"], row["evidence"], self.people.organisations[row["proposer"]].id, body,
            row.get("name", ""), self.people.areas[tuple(row["area"])], row["practice"], self._file(row),
        )  # fmt: skip
        actor, now = self.people.actors[row["by"]], self.calendar.at(row["proposed"])
        self.made[place] = proposing.propose(self.session, programme, new, actor, now)
        self.session.flush()
        self.session.refresh(self.made[place])

    def _file(self, row: Row) -> KeptFile | None:
        if "file" not in row:
            return None
        return keep_file(self.files, pdf_of([f"# Biên bản\n\n{row['evidence']}"]), "minh-chung.pdf")

    def _check(self, place: int, row: Row) -> None:
        checking.check(self.session, self.made[place], row["note"], self._officer, self.calendar.at(row["checked"]))

    def _decide(self, place: int, row: Row) -> None:
        said, now = row["decided"], self.calendar.at(row["decided"]["at"])
        body, day = self.people.organisations[said["body"]].id, self.calendar.day(said["day"])
        new = NewDecision(said["form"], said["number"], day, body)
        deciding.decide(self.session, self.made[place], new, (said["form"],), self._officer, now)

    def _agree(self, place: int, row: Row) -> None:
        said, actor = row["agreed"], self.people.actors[row["by"]]
        day, now = self.calendar.day(said["at"]), self.calendar.at(said["at"])
        consents.give(self.session, self.made[place], day, said["how"], actor, now)
        self.session.flush()

    def _refuse(self, place: int, row: Row) -> None:
        said = row["refused"]
        deciding.refuse(self.session, self.made[place], said["reason"], self._signer, self.calendar.at(said["at"]))

    def _publish(self, place: int, row: Row) -> None:
        deciding.release(self.session, self.made[place], self._signer, self.calendar.at(row["public"]))
