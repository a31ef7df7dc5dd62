"""Surveys in the demonstration: one published, of 400 answers in twelve communes, and one that takes answers today."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from consult.demo.cast import Cast
from consult.demo.content import Calendar
from consult.files.store import FileStore
from consult.people.models import Area
from consult.programme.head_models import Programme
from consult.programme.surveys import opening, planning, sample
from consult.programme.surveys.entering import answers
from consult.programme.surveys.entering.paper import Paper
from consult.programme.surveys.models import Survey
from consult.programme.surveys.planning import NewSurvey
from consult.programme.surveys.publishing import results
from consult.programme.surveys.questions.question import Question
from consult.programme.surveys.sample import DrawnArea
from consult.programme.surveys.villages import links, papers
from consult.programme.surveys.words import QuestionKind, Way
from consult.submissions.inputs import Codes

Row = dict[str, Any]
SILENT = 0.06
"""How many do not know, or leave a question empty."""
SPREAD = 0.95


class SurveyScene:
    """Plays one survey, each act on its day; `chance` is the same each time, so that the figures are."""

    def __init__(self, session: Session, programme: Programme, row: Row, people: Cast, calendar: Calendar) -> None:
        self.session, self.programme, self.row = session, programme, row
        self.people, self.calendar, self.chance = people, calendar, Random(row["seed"])
        self.questions = tuple(map(_question, row["questions"]))
        self.tilts = {one["name"]: one.get("tilt", 0.0) for one in row["questions"]}
        self.often = {one["name"]: one["often"] for one in row["questions"] if "often" in one}
        self.made: Survey | None = None

    def acts(self, files: FileStore, codes: Codes) -> Iterator[tuple[datetime, Any]]:
        """What is done, and when."""
        if villages := self.row["villages"]:
            yield self.calendar.at(villages["at"]), partial(self._enter_by_links, villages, codes)
        for name, act in (("written", self._write), ("opened", self._open), ("entered", self._answer)):
            yield self.calendar.at(self.row[name]), act
        if self.row["frozen"] is not None:
            yield self.calendar.at(self.row["frozen"]), partial(self._freeze, files)
            yield self.calendar.at(self.row["released"]), self._release

    @property
    def survey(self) -> Survey:
        """The survey, once it was written down."""
        assert self.made is not None
        return self.made

    def _write(self) -> None:
        writer, now, row = self.people.actors[self.row["writer"]], self.calendar.at(self.row["written"]), self.row
        first, last = (self.calendar.day(row[name]) for name in ("starts", "ends"))
        new = NewSurvey(row["title"], self.calendar.today.year, first, last, row["least"])
        self.made = planning.begin(self.session, self.programme, new, writer, now)
        planning.ask(self.session, self.survey, self.questions, "bo-cau-hoi.xlsx", writer, now)
        drawn = [
            DrawnArea(self.session.get_one(Area, self.people.areas[tuple(one["area"])]), one["population"], 34)
            for one in row["areas"]
        ]
        sample.keep(self.session, self.survey, drawn, writer)

    def _open(self) -> None:
        opening.open_(self.session, self.survey, self._signer(), self.calendar.at(self.row["opened"]))

    def _answer(self) -> None:
        """Papers of each commune, those of a meeting in the first, and answers online, which are given earlier."""
        online = self.calendar.at(self.row["starts"] + 1)
        for number in range(self.row["open"]):
            own = self.row["areas"][number % len(self.row["areas"])]
            area_id, said = self.people.areas[tuple(own["area"])], self._said(own["mean"] - 0.7, whole=True)
            answers.answer_openly(self.session, self.survey, area_id, said, f"minh-hoa-{number}", online)
        first, *_others = self.row["areas"]
        for own, way, times in [(one, Way.DRAWN, one["answers"]) for one in self.row["areas"]] + [
            (first, Way.MEETING, self.row["meeting"])
        ]:
            self._enter(own, way, times)

    def _enter(self, own: Row, way: Way, times: int) -> None:
        begin = 0 if way is Way.DRAWN else 1_000
        papers = [Paper(str(begin + number), self._said(own["mean"])) for number in range(1, times + 1)]
        typist, now = self.people.actors[self.row["typist"]], self.calendar.at(self.row["entered"])
        if papers:
            area_id = self.people.areas[tuple(own["area"])]
            answers.enter(self.session, self.survey, area_id, way, papers, typist, now)

    def _enter_by_links(self, row: Row, codes: Codes) -> None:
        """Villages of a commune are given links, enter papers by them, and one link is ended."""
        actor, now, area_id = self.people.actors[row["by"]], self.calendar.at(row["at"]), self._area(row)
        made = links.add(self.session, self.survey, area_id, "\n".join(row["names"]), codes, actor, now)
        for village in made:
            for number in range(1, row["names"][village.name] + 1):
                paper = Paper(str(number), self._said(row["mean"]))
                papers.take(self.session, village, Way.DRAWN, paper, f"minh-hoa-{number}", now)
            if village.name == row["ended"]:
                links.end(self.session, village, actor, now)

    def _area(self, row: Row) -> Any:
        return self.people.areas[tuple(row["area"])]

    def _said(self, mean: float, whole: bool = False) -> dict[str, str]:
        own = mean + self.chance.gauss(0, 0.5)
        return {one.name: self._one(one, own, whole) for one in self.questions}

    def _one(self, one: Question, mean: float, whole: bool) -> str:
        silent = self.chance.random() < SILENT and not (whole and one.required)
        if one.kind is QuestionKind.TEXT or silent:
            return ""
        if not one.counted:
            codes = [code for code, _words in one.choices]
            return self.chance.choices(codes, self.often.get(one.name))[0] if codes else str(self.chance.randint(1, 7))
        low, high = one.points[0], one.points[-1]
        middle = low + (mean + self.tilts[one.name] - 1) / 4 * (high - low)
        return str(min(high, max(low, round(self.chance.gauss(middle, SPREAD)))))

    def _freeze(self, files: FileStore) -> None:
        writer, now = self.people.actors[self.row["writer"]], self.calendar.at(self.row["frozen"])
        results.freeze(self.session, self.survey, files, writer, now)

    def _release(self) -> None:
        results.release(self.session, self.survey, self._signer(), self.calendar.at(self.row["released"]))

    def _signer(self) -> Any:
        return self.people.actors[self.row["signer"]]


def _question(row: Row) -> Question:
    choices = tuple((code, words) for code, words in row.get("choices", ()))
    kind, required = QuestionKind(row["kind"]), row.get("required", False)
    bounds = {name: row[name] for name in ("low", "high") if name in row}
    return Question(row["name"], kind, row["label"], "", required, choices, **bounds)
