"""Very many rows of the programme, put into the tables of the demonstration directly: for measuring lists, never for
proving. Each is a copy of one that the demonstration made, with a number, a body, a commune and days of its own; there
are no log entries, so that nothing here may be taken for a check."""

import random
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation, Counter
from consult.consultations.words import Kind
from consult.db import Base, Lock, new_id, writing
from consult.people.models import Area, Organisation
from consult.people.words import Level
from consult.programme.inspections.models import Inspection, InspectionVersion
from consult.programme.materials.models import MaterialOrder
from consult.programme.practices.models import Practice, PracticeAct
from consult.programme.promise_models import Promise, PromiseAct
from consult.programme.rounds.models import Recommendation, Round, RoundStep
from consult.programme.sightings.models import CaseSighting, SightingCase
from consult.programme.surveys.models import Survey, SurveyAnswer
from consult.submissions.models import Comment, CommentAct, CommentVersion, Submission
from consult.submissions.sighting_models import SightingPlace

BATCH = 2_000
Row = dict[str, Any]
SHARES = {"case": 60, "remedy": 20, "recommendation": 20}
"""Of a hundred promises; five sightings belong to three cases."""
OF_A_ROUND = 50


class Rows:
    """Copies of what is there, by table, and what all of them share."""

    def __init__(self, session: Session, today: date) -> None:
        """Reads the bodies and communes that rows are spread over."""
        self.session, self.today, self.chance = session, today, random.Random(2026)
        self.bodies = list(session.scalars(select(Organisation.id)))
        communes = select(Area.id).where(Area.level == Level.COMMUNE, Area.valid_to.is_(None))
        self.communes = list(session.scalars(communes))
        self.made: dict[type[Base], list[Row]] = {}
        self.numbers: dict[tuple[UUID, str], int] = {}

    def template(self, table: type[Base], **where: Any) -> Row:
        """A row of the demonstration."""
        columns = table.__table__
        found = self.session.execute(select(columns).filter_by(**where).limit(1)).mappings().first()
        assert found is not None, f"the demonstration has no {table.__tablename__} with {where}"
        return dict(found)

    def add(self, table: type[Base], like: Row, **own: Any) -> UUID:
        """A copy with what is its own, and its id."""
        row_id: UUID = own.pop("id", None) or new_id()
        self.made.setdefault(table, []).append({**like, **({"id": row_id} if "id" in like else {}), **own})
        if sum(map(len, self.made.values())) >= BATCH:
            self.put()
        return row_id

    def number(self, matter: UUID, name: str) -> int:
        """The next number of a kind under a matter."""
        key = (matter, name)
        if key not in self.numbers:
            own = (Counter.consultation_id == matter, Counter.name == name)
            self.numbers[key] = self.session.scalar(select(Counter.value).where(*own)) or 0
        self.numbers[key] += 1
        return self.numbers[key]

    def put(self) -> None:
        """Writes what was made; keys are checked at the end of the transaction."""
        with writing(self.session, Lock.PEOPLE):
            for table, rows in self.made.items():
                self.session.execute(insert(table.__table__), rows)  # type: ignore[arg-type]
        self.made.clear()

    def counters(self) -> None:
        """Writes down which numbers were given."""
        with writing(self.session, Lock.PEOPLE):
            for (matter, name), value in self.numbers.items():
                self.session.merge(Counter(consultation_id=matter, name=name, value=value))

    def body(self) -> UUID:
        """One of the bodies."""
        return self.chance.choice(self.bodies)

    def area(self) -> UUID:
        """One of the communes."""
        return self.chance.choice(self.communes)

    def day(self, before: int, after: int = 0) -> date:
        """A day not longer ago or later than so many days."""
        return self.today + timedelta(days=self.chance.randint(-before, after))


def at(day: date) -> datetime:
    """An instant of a day."""
    return datetime.combine(day, time(3), UTC)


def fill(session: Session, rows: int, today: date) -> None:
    """Adds so many promises, sightings, models, orders and answers each."""
    made = Rows(session, today)
    for add in (_cases, _remedies, _recommendations, _practices, _orders, _answers):
        add(made, rows)
        made.put()
    made.counters()


def _promise(made: Rows, like: Row, **own: Any) -> tuple[UUID, UUID, date | None]:
    """A public promise: most ended, some late; its id, who owes it and when it ended."""
    matter, due = like["consultation_id"], made.day(500, 200)
    ended = None if made.chance.random() < 0.4 else min(due, made.day(300))
    by_id, first = made.body(), due - timedelta(days=20)
    facts: Row = {
        "by_id": by_id, "area_id": made.area(), "due_on": due, "first_due_on": first, "ended_on": ended,
        "ending": "done" if ended else None, "reminded_on": made.today,
        "public_at": at(made.day(600)) + timedelta(seconds=made.chance.randrange(40_000)),
    }  # fmt: skip
    promise = made.add(Promise, like, number=made.number(matter, "promise"), **{**facts, **own})
    return promise, by_id, ended


def _said(made: Rows, like: Row, promise: UUID, by_id: UUID, day: date | None) -> None:
    kind, when = ("done", at(day)) if day else ("answer", at(made.day(300)))
    made.add(
        PromiseAct, like, promise_id=promise, number=1, kind=kind, day=day, was=None, for_id=by_id, at=when,
        released_at=when, refused_at=None,
    )  # fmt: skip


def _cases(made: Rows, rows: int) -> None:
    promise = made.template(Promise, kind="case")
    case = made.template(SightingCase, id=promise["id"])
    joined = made.template(CaseSighting, case_id=promise["id"])
    act, seen = made.template(PromiseAct, promise_id=promise["id"]), _seen(made, joined["comment_id"])
    for number in range(rows * SHARES["case"] // 100):
        key, by_id, ended = _promise(made, promise, text=f"Xử lý vụ việc thứ {number}")
        point = {"latitude": made.chance.uniform(21.3, 22.7), "longitude": made.chance.uniform(105.4, 106.2)}
        made.add(SightingCase, case, id=key, seen_on=made.day(500), **point)
        _said(made, act, key, by_id, ended)
        for _ in range(2 if number % 3 else 1):
            made.add(CaseSighting, joined, comment_id=_sighting(made, seen), case_id=key)


def _seen(made: Rows, comment_id: UUID) -> Mapping[type[Base], Row]:
    comment = made.template(Comment, id=comment_id)
    own = {"comment_id": comment_id}
    return {
        Submission: made.template(Submission, id=comment["submission_id"]), Comment: comment,
        CommentVersion: made.template(CommentVersion, **own), SightingPlace: made.template(SightingPlace, **own),
        CommentAct: made.template(CommentAct, kind="released", **own),
    }  # fmt: skip


def _sighting(made: Rows, seen: Mapping[type[Base], Row]) -> UUID:
    matter = seen[Comment]["consultation_id"]
    number = made.number(matter, "submission")
    codes = {name: f"{name} {number}" for name in ("idempotency_hash", "body_hash", "code_hash", "secret_hash")}
    sent = made.add(Submission, seen[Submission], number=number, **codes)
    comment = made.add(Comment, seen[Comment], number=made.number(matter, "comment"), submission_id=sent)
    for table in (CommentVersion, CommentAct):
        made.add(table, seen[table], comment_id=comment)
    made.add(SightingPlace, seen[SightingPlace], comment_id=comment, area_id=made.area(), seen_on=made.day(500))
    return comment


def _remedies(made: Rows, rows: int) -> None:
    promise = made.template(Promise, kind="remedy")
    one = made.template(Inspection, promise_id=promise["id"])
    version = made.template(InspectionVersion, inspection_id=one["id"], number=1)
    for number in range(rows * SHARES["remedy"] // 100):
        key, _by, _ended = _promise(made, promise, text=f"Khắc phục theo quyết định thứ {number}")
        given = made.number(one["consultation_id"], "inspection")
        inspection = made.add(Inspection, one, number=given, promise_id=key, public_version=1)
        made.add(
            InspectionVersion, version, inspection_id=inspection, area_id=made.area(), decision_on=made.day(900),
            released_at=at(made.day(400)), file_hash="",
        )  # fmt: skip


def _recommendations(made: Rows, rows: int) -> None:
    like = made.template(Promise, kind="recommendation")
    own = made.template(Recommendation, id=like["id"])
    one, step = made.template(Round, id=own["round_id"]), made.template(RoundStep, round_id=own["round_id"])
    for key in _rounds(made, one, step, rows * SHARES["recommendation"] // 100 // OF_A_ROUND):
        for number in range(OF_A_ROUND):
            promise, _by, _ended = _promise(made, like, text=f"Kiến nghị thứ {number}")
            made.add(Recommendation, own, id=promise, round_id=key)


def _rounds(made: Rows, one: Row, step: Row, many: int) -> Iterator[UUID]:
    for _ in range(many):
        begins = made.day(1_500)
        number = made.number(one["consultation_id"], "round")
        key = made.add(Round, one, number=number, starts_on=begins, supervised_id=made.body())
        made.add(RoundStep, step, round_id=key, number=1, kind="report", released_at=at(begins))
        yield key


def _practices(made: Rows, rows: int) -> None:
    act = made.template(PracticeAct, kind="facts")
    one = made.template(Practice, id=act["practice_id"])
    for number in range(rows):
        given, since = made.number(one["consultation_id"], "practice"), made.day(1_500)
        spread = number % 3 and {"parent_matter_id": one["consultation_id"], "parent_number": 1 + number % 50}
        facts = {"number": given, "title": f"Mô hình thứ {given}", "area_id": made.area(), "lead_id": made.body()}
        key = made.add(Practice, one, **facts, started_on=since, public_at=at(since), **(spread or {}))
        made.add(PracticeAct, act, practice_id=key, number=1)


def _orders(made: Rows, rows: int) -> None:
    one = made.template(MaterialOrder)
    open_ = {"confirmed": None, "answer": "", "answered_at": None, "answered_by_id": None, "delivered_on": None}
    for number in range(rows):
        given = made.number(one["consultation_id"], "material_order")
        state = open_ if number % 20 == 0 else {}
        made.add(MaterialOrder, one, number=given, body_id=made.body(), needed_on=made.day(300, 60), **state)


def _answers(made: Rows, rows: int) -> None:
    """Answers of a survey that is open again, from its communes."""
    one = made.template(SurveyAnswer)
    with writing(made.session, Lock.PEOPLE):
        nothing = {"frozen_at": None, "results": None, "table_hash": "", "released_at": None}
        made.session.execute(update(Survey).where(Survey.id == one["survey_id"]).values(**nothing))
    own = select(SurveyAnswer.area_id).where(SurveyAnswer.survey_id == one["survey_id"])
    communes = list(made.session.scalars(own.group_by(SurveyAnswer.area_id).order_by(func.min(SurveyAnswer.id))))
    for number in range(rows):
        area = made.chance.choice(communes)
        made.add(SurveyAnswer, one, area_id=area, key=f"bench-{number}", sheet="")


def slugs(session: Session) -> dict[str, str]:
    """The addresses of what is measured: the matter of the models and that of the sightings."""
    programme = select(Consultation.slug).where(
        Consultation.id == select(Practice.consultation_id).limit(1).scalar_subquery()
    )
    sightings = select(Consultation.slug).where(Consultation.kind == Kind.SIGHTINGS)
    return {"programme": session.scalars(programme).one(), "sightings": session.scalars(sightings).one()}
