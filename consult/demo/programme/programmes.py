"""The programmes, a plan of the year under each, and one round of supervision with what it recommends."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from consult.demo import content
from consult.demo.cast import Cast
from consult.demo.content import Calendar
from consult.demo.drawn import sketches
from consult.demo.drawn.typesetting import pdf_of
from consult.demo.programme.campaigns import CampaignScene
from consult.demo.programme.commendations import PraiseScene
from consult.demo.programme.indicators import IndicatorScene
from consult.demo.programme.inspections import InspectionScene
from consult.demo.programme.materials import LibraryScene
from consult.demo.programme.meetings import MeetingScene, further, signers
from consult.demo.programme.practices import PracticeScene
from consult.demo.programme.surveys import SurveyScene
from consult.demo.programme.training import TrainingScene
from consult.files.signed_files import KeptFile, keep_file
from consult.files.store import FileStore
from consult.programme import promises
from consult.programme.head_models import Programme
from consult.programme.promise_models import Promise
from consult.programme.rounds import planning, recommendations, steps
from consult.programme.rounds.models import Round
from consult.programme.rounds.planning import NewRound
from consult.programme.rounds.steps import NewStep
from consult.programme.rounds.terms import RoundTerms
from consult.programme.year import programmes, task_list, tasks
from consult.programme.year.parties import NewParty
from consult.programme.year.programmes import NewProgramme
from consult.programme.year.tasks import NewTask
from consult.submissions.inputs import Codes

Row = dict[str, Any]
Timed = tuple[datetime, Callable[[], Any]]


class ProgrammeScene:
    """Plays what the content says of programmes, each act on its day."""

    def __init__(self, session: Session, people: Cast, calendar: Calendar, files: FileStore, codes: Codes) -> None:
        self.session = session
        self.people = people
        self.calendar = calendar
        self.files = files
        self.codes = codes

    def play(self) -> None:
        """All of them, those of the province first, each act of a programme after those before it."""
        made: dict[str, Programme] = {}
        here = self.session, self.people, self.calendar
        beside: list[
            PracticeScene | LibraryScene | TrainingScene | CampaignScene | PraiseScene | IndicatorScene
        ] = [
            PracticeScene(*here, self.files), LibraryScene(*here, self.files), TrainingScene(*here, self.codes),
            CampaignScene(*here, self.files), PraiseScene(*here, self.files), IndicatorScene(*here, self.files),
        ]  # fmt: skip
        for row in content.programmes():
            parent = made[row["parent"]].consultation_id if row["parent"] else None
            one = made[row["key"]] = self._programme(row, replace(self._new(row), parent_id=parent))
            own, acts = self._plan(one, row)
            acts += [*self._said(own, row["said"], "task"), *self._round(one, row["round"])]
            acts += InspectionScene(self.session, self.people, self.calendar, self.files).acts(one, row["inspections"])
            acts += MeetingScene(self.session, self.people, self.calendar, self.files).acts(one, row)
            acts += [act for scene in beside for act in scene.acts(one, row["key"])]
            for survey in (each for each in content.surveys() if each["programme"] == row["key"]):
                acts += SurveyScene(self.session, one, survey, self.people, self.calendar).acts(self.files, self.codes)
            for _moment, act in sorted(acts, key=lambda timed: timed[0]):
                act()

    def _new(self, row: Row) -> NewProgramme:
        first = self.calendar.day(row["signed"])
        paper = pdf_of([f"# {row['title']}\n\n" + "\n\n".join(row["sentences"]) + "\n\n**Đã ký**"])
        return NewProgramme(
            row["title"], self._body(row["first_party"]), self._body(row["second_party"]), date(first.year, 1, 1),
            date(first.year + row["years"] - 1, 12, 31), row["first_unit"], row["second_unit"], row["number"], first,
            "\n".join(row["sentences"]), file=keep_file(self.files, paper, "chuong-trinh.pdf"),
            further=tuple(NewParty(self._body(one["body"]), one["unit"], one["signs_as"]) for one in further(row)),
        )  # fmt: skip

    def _programme(self, row: Row, new: NewProgramme) -> Programme:
        made = programmes.record(self.session, new, self.people.actors[row["writer"]], self.calendar.at(row["written"]))
        for signer in signers(row):
            programmes.agree(self.session, made, self.people.actors[signer], self.calendar.at(row["agreed"]))
        return made

    def _plan(self, one: Programme, row: Row) -> tuple[list[Promise], list[Timed]]:
        """The tasks of a public plan, and what is done to them later."""
        plan, writer, year = row["plan"], self.people.actors[row["writer"]], self.calendar.today.year
        typed = [self._task(task) for task in plan["tasks"]]
        made = [tasks.add(self.session, one, year, task, writer, self.calendar.at(plan["written"])) for task in typed]
        for signer in signers(row):
            tasks.agree(self.session, one, year, self.people.actors[signer], self.calendar.at(plan["agreed"]))
        own, changed = [task.promise for task in made], plan["changed"]
        if not changed:
            return own, []
        task = replace(typed[changed["task"]], output=changed["output"], reason=changed["reason"])
        at = self.calendar.at(changed["day"])
        number = own[changed["task"]].number
        return own, [(at, partial(tasks.change, self.session, one, year, number, task, writer, at))]

    def _task(self, row: Row) -> NewTask:
        # Whatever the day of today, what a plan of a year asks for is due within it.
        year = self.calendar.today.year
        due = min(max(self.calendar.day(row["due"]), date(year, 1, 1)), date(year, 12, 31))
        details = {name: row[name] for name in task_list.DETAILS}
        return NewTask(row["text"], self._body(row["by"]), due, **details)

    def _said(self, own: list[Promise], rows: list[Row], kind: str) -> Iterator[Timed]:
        """What is said of promises, and what is decided about that; `own` may be filled by then."""
        for row in rows:
            at = self.calendar.at(row["at"] if "at" in row else row["day"])
            yield at, partial(self._say, own, row, kind, at)

    def _say(self, own: list[Promise], row: Row, kind: str, at: datetime) -> None:
        promise, writer, by = own[row[kind]], self.people.actors[row["writer"]], self.people.actors[row["by"]]
        day = self.calendar.day(row["day"]) if row["kind"] in ("move", "done") else None
        said = promises.say(self.session, promise, row["kind"], row["text"], day, writer, at)
        if "refused" in row:
            refused = self.calendar.at(row["refused"])
            promises.refuse(self.session, promise, said.number, row["reason"], by, refused)
        elif row["decided"] is not None:
            promises.release(self.session, promise, said.number, by, self.calendar.at(row["decided"]))

    def _round(self, programme: Programme, row: Row | None) -> Iterator[Timed]:
        """A round of supervision step by step, and what becomes of what it recommends."""
        if not row:
            return
        new = NewRound(
            row["subject"], self._body(row["lead"]), self._body(row["supervised"]), self.calendar.day(row["starts"]),
            self.calendar.day(row["ends"]), row["content"], row["members"], self.people.areas[tuple(row["area"])],
        )  # fmt: skip
        recommended: list[Promise] = []
        planned, writer = self.calendar.at(row["planned"]), self.people.actors[row["writer"]]
        yield planned, partial(planning.begin, self.session, programme, new, RoundTerms(), writer, planned)
        for step in row["steps"]:
            yield self.calendar.at(step["day"]), partial(self._record, programme, row, step, recommended)
        yield from self._said(recommended, row["said"], "recommendation")

    def _record(self, programme: Programme, row: Row, step: Row, recommended: list[Promise]) -> None:
        one = planning.rounds_of(self.session, programme, public=False)[0]
        if step["kind"] == "report":
            recommended += self._recommend(one, row)
        writer, signer = (self.people.actors[row[name]] for name in ("writer", "signer"))
        made = steps.record(self.session, one, self._step(step), writer, self.calendar.at(step["day"]))
        steps.release(self.session, one, made.number, signer, self.calendar.at(step["day"], "15:00"))

    def _recommend(self, one: Round, row: Row) -> list[Promise]:
        writer, now = self.people.actors[row["writer"]], self.calendar.at(row["steps"][-1]["day"], "08:00")
        made = [
            recommendations.recommend(
                self.session,
                one,
                each["text"],
                self._body(each["to"]),
                self.calendar.day(each["due"]),
                None,
                writer,
                now,
            )
            for each in row["recommendations"]
        ]
        return [each.promise for each in made]

    def _step(self, row: Row) -> NewStep:
        text, file = row["text"], None
        if row.get("letter_number"):
            file = keep_file(self.files, pdf_of([f"{text}\n\n**Đã ký**"]), f"{row['kind']}.pdf")
        return NewStep(
            row["kind"], self.calendar.day(row["day"]), text, row.get("place", ""), row.get("letter_number", ""), file,
            self._pictures(row),
        )  # fmt: skip

    def _pictures(self, row: Row) -> tuple[tuple[KeptFile, str], ...]:
        if "picture" not in row:
            return ()
        drawn = sketches.attached(self.files, row["picture"])
        return ((KeptFile(drawn.file_hash, drawn.file_name, drawn.media_type, drawn.file_size), row["caption"]),)

    def _body(self, key: str) -> Any:
        return self.people.organisations[key].id
