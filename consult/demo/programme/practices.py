"""Models in two generations under the two programmes, with what became of them, and residential areas that are
scored."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.demo import content
from consult.demo.cast import Cast
from consult.demo.content import Calendar
from consult.demo.drawn import sketches
from consult.demo.drawn.typesetting import pdf_of
from consult.files.signed_files import KeptFile, keep_file
from consult.files.store import FileStore
from consult.programme.head_models import Programme
from consult.programme.practices import acts, criteria, registry, scores
from consult.programme.practices.acts import NewAct
from consult.programme.practices.models import Practice
from consult.programme.practices.practice_facts import NewPractice
from consult.programme.practices.scores import NewScore

Row = dict[str, Any]
Timed = tuple[datetime, Callable[[], Any]]


class PracticeScene:
    """Tells what happens to models under a programme, each act with its moment."""

    def __init__(self, session: Session, people: Cast, calendar: Calendar, files: FileStore) -> None:
        self.session = session
        self.people = people
        self.calendar = calendar
        self.files = files
        self.made: dict[str, Any] = {}

    def acts(self, programme: Programme, key: str) -> Iterator[Timed]:
        """All of one programme."""
        for row in content.practices()["practices"]:
            if row["programme"] == key:
                yield from self._model(programme, row)
        if content.practices()["criteria"]["programme"] == key:
            yield from self._criteria(programme, content.practices()["criteria"])

    def _model(self, programme: Programme, row: Row) -> Iterator[Timed]:
        at, actors = self.calendar.at, self.people.actors
        yield at(row["recorded"]), partial(self._begin, programme, row)
        for act in row["acts"]:
            yield at(act["at"]), partial(self._record, row, act)
        for asked in row["asked"]:
            yield at(asked["at"]), partial(self._ask, row, asked, actors[asked["by"]])

    def _begin(self, programme: Programme, row: Row) -> None:
        new = NewPractice(
            row["title"], row["setting"], row["kind"], self.people.organisations[row["lead"]].id,
            self.people.areas[tuple(row["area"])], self.calendar.day(row["started"]), row["summary"], row["village"],
            row["cost"], row["households"], row["how"], self.made.get(row["parent"]), row["contact"],
        )  # fmt: skip
        writer, now = self.people.actors[row["writer"]], self.calendar.at(row["recorded"])
        one = registry.begin(self.session, programme, new, writer, now)
        self.session.flush()
        self.made[row["key"]] = one.id
        self._release(row, one, row["recorded"])

    def _record(self, row: Row, act: Row) -> None:
        one, writer = self._found(row), self.people.actors[row["writer"]]
        now = self.calendar.at(act["at"])
        if act["kind"] == "correct":
            new = replace(self._typed(one), households=act["households"], reason=act["reason"])
            registry.correct(self.session, one, new, writer, now)
        else:
            acts.record(self.session, one, self._act(act), writer, now)
        self.session.flush()
        self._release(row, one, act["at"])

    def _act(self, act: Row) -> NewAct:
        year = str(self.calendar.today.year + act["year"]) if "year" in act else ""
        day = self.calendar.day(act["day"]) if "day" in act else None
        told = {"consent": act.get("consent", ""), "households": act.get("counted", "")}
        return NewAct(act["kind"], act["text"], year, day=day, file=self._file(act), **told)

    def _file(self, act: Row) -> KeptFile | None:
        if act["kind"] == "material":
            return keep_file(self.files, pdf_of([f"# {act['text']}"]), "huong-dan.pdf")
        if act["kind"] != "picture":
            return None
        drawn = sketches.attached(self.files, "ho-u.png")
        return KeptFile(drawn.file_hash, drawn.file_name, drawn.media_type, drawn.file_size)

    def _ask(self, row: Row, asked: Row, actor: Any) -> None:
        body, now = self.people.organisations[asked["body"]].id, self.calendar.at(asked["at"])
        acts.ask(self.session, self._found(row), asked["text"], body, actor, now)

    def _release(self, row: Row, one: Practice, day: int) -> None:
        if row["signer"]:
            self.session.refresh(one)
            number = max(act.number for act in one.acts)
            signer, now = self.people.actors[row["signer"]], self.calendar.at(day, "15:00")
            acts.release(self.session, one, number, signer, now)

    def _found(self, row: Row) -> Practice:
        return self.session.scalars(select(Practice).where(Practice.id == self.made[row["key"]])).one()

    def _typed(self, one: Practice) -> NewPractice:
        return NewPractice(
            one.title, one.setting, one.kind, one.lead_id, one.area_id, one.started_on, one.summary, one.village,
            one.cost, str(one.households or ""), one.how_started, None, one.contact,
        )  # fmt: skip

    def _criteria(self, programme: Programme, row: Row) -> Iterator[Timed]:
        changed, items = row["changed"], row["items"]
        yield from self._checklist(programme, row, items, row)
        yield from self._checklist(programme, row, [*items, changed["item"]], changed)
        for score in row["scores"]:
            yield self.calendar.at(score["at"]), partial(self._score, programme, row, score)

    def _checklist(self, programme: Programme, row: Row, items: list[str], said: Row) -> Iterator[Timed]:
        year, at, actors = self.calendar.today.year, self.calendar.at, self.people.actors
        typed = "\n".join(items), said["needed"], said.get("reason", "")
        written, released = at(said["written"]), at(said["released"])
        writer, signer = actors[row["writer"]], actors[row["signer"]]
        yield written, partial(criteria.set_criteria, self.session, programme, year, *typed, writer, written)
        yield released, partial(criteria.release_criteria, self.session, programme, year, signer, released)

    def _score(self, programme: Programme, row: Row, score: Row) -> None:
        now, actors = self.calendar.at(score["at"]), self.people.actors
        area, day = self.people.areas[tuple(score["area"])], self.calendar.day(score["at"])
        new = NewScore(area, score["village"], tuple(score["points"]), day, score["note"])
        year = self.calendar.today.year
        made = scores.score(self.session, programme, year, new, actors[row["writer"]], now)
        self.session.flush()
        if score["released"]:
            signer = actors[row["signer"]]
            at = self.calendar.at(score["at"], "15:00")
            scores.decide(self.session, programme, year, made.number, False, signer, at)
