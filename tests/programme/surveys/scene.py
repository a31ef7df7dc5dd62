"""A survey under a programme with its communes and answers, made through the services."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from consult.files.store import FileStore
from consult.people.models import Area, Organisation
from consult.people.words import Level, OrganisationKind, Role
from consult.policy import Actor
from consult.programme.head_models import Programme
from consult.programme.surveys import opening, planning, sample
from consult.programme.surveys.entering import answers
from consult.programme.surveys.entering.paper import Paper
from consult.programme.surveys.models import Survey
from consult.programme.surveys.planning import NewSurvey
from consult.programme.surveys.publishing import results
from consult.programme.surveys.questions.question import Question
from consult.programme.surveys.sample import DrawnArea
from consult.programme.surveys.words import QuestionKind, Way
from tests.builders import make_actor, make_area, make_organisation
from tests.programme.scene import Parties, make_parties

POINTS = (
    ("1", "Rất không hài lòng"), ("2", "Không hài lòng"), ("3", "Bình thường"), ("4", "Hài lòng"),
    ("5", "Rất hài lòng"), ("khong_biet", "Không biết"),
)  # fmt: skip
QUESTIONS = (
    Question("khong_khi", QuestionKind.LIKERT, "Không khí nơi ông/bà ở", choices=POINTS, required=True),
    Question("nuoc", QuestionKind.LIKERT, "Nước mặt: sông, suối, hồ", choices=POINTS),
    Question("gioi", QuestionKind.SELECT_ONE, "Giới", choices=(("nam", "Nam"), ("nu", "Nữ"))),
    Question("gop_y", QuestionKind.TEXT, "Điều cần làm ngay"),
)


@dataclass
class Surveyed:
    """A programme, its parties, and communes with how many live there."""

    session: Session
    parties: Parties
    programme: Programme
    files: FileStore
    areas: list[Area] = field(default_factory=list)
    number: int = 0

    def new(self, **facts: Any) -> NewSurvey:
        """A survey of this year as typed, whose answers were taken until yesterday."""
        today = self.parties.today
        whole: dict[str, Any] = {
            "title": "Hài lòng về môi trường sống", "year": today.year, "starts_on": today - timedelta(days=60),
            "ends_on": today - timedelta(days=1), "least": 5,
        }  # fmt: skip
        return NewSurvey(**{**whole, **facts})

    def survey(
        self, populations: Sequence[int], questions: Sequence[Question] = QUESTIONS, areas: Sequence[Area] = (),
        opened: bool = True, **facts: Any,
    ) -> Survey:  # fmt: skip
        """A survey of the Department that draws from so many communes, open."""
        parties, session = self.parties, self.session
        made = planning.begin(session, self.programme, self.new(**facts), parties.officer, parties.now)
        planning.ask(session, made, questions, "bo-cau-hoi.xlsx", parties.officer, parties.now)
        own = list(areas) or [make_area(session, f"Xã Số {n}") for n in range(1, len(populations) + 1)]
        drawn = [DrawnArea(area, people, 10) for area, people in zip(own, populations, strict=True)]
        sample.keep(session, made, drawn, parties.officer)
        if opened:
            opening.open_(session, made, parties.leader, parties.now)
        self.areas = own
        return made

    def enter(self, one: Survey, area: Area, said: Sequence[dict[str, str]], way: Way = Way.DRAWN) -> None:
        """Papers of a commune, typed by the Department."""
        papers = [Paper(str(self.number + index), own) for index, own in enumerate(said, 1)]
        self.number += len(said)
        answers.enter(self.session, one, area.id, way, papers, self.parties.officer, self.parties.now)

    def publish(self, one: Survey) -> dict[str, Any]:
        """Frozen by one person, made public by another; gives the results."""
        results.freeze(self.session, one, self.files, self.parties.officer, self.parties.now)
        results.release(self.session, one, self.parties.leader, self.parties.now)
        return results.results_told(one)

    def front_of(self, area: Area) -> tuple[Organisation, Actor]:
        """The Front of a commune, and who writes for it."""
        body = make_organisation(
            self.session, OrganisationKind.FRONT_COMMITTEE, level=Level.COMMUNE, area=area, name=f"MTTQ {area.name}"
        )
        return body, make_actor(self.session, body, Role.DRAFTER)


def make_surveyed(
    session: Session, files: FileStore, parties: Parties | None = None, programme: Programme | None = None
) -> Surveyed:
    """Two parties with a public programme."""
    parties = parties or make_parties(session)
    return Surveyed(session, parties, programme or parties.programme(), files)


def make_published(surveyed: Surveyed) -> Survey:
    """A survey of two communes with its results public."""
    one = surveyed.survey([900, 1_200])
    for area in surveyed.areas:
        surveyed.enter(one, area, all_say(4, 6))
    surveyed.publish(one)
    return one


def all_say(point: int, times: int) -> list[dict[str, str]]:
    """So many papers that tick one point everywhere."""
    return [{"khong_khi": str(point), "nuoc": str(point)}] * times
