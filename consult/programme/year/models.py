"""The yearly plan of a programme: its tasks, and what stood in one before it was adjusted."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consult.db import Base, Numbered, key_of_consultation, key_to
from consult.programme.head_models import AgreedByAll
from consult.programme.promise_models import Promise
from consult.relationships import belongs_to


class YearPlan(AgreedByAll, Numbered, Base):
    """What both parties mean to do in one year (the programme, IV.1b, IV.3)."""

    __tablename__ = "year_plan"
    __table_args__ = (key_of_consultation(), UniqueConstraint("consultation_id", "year"))

    year: Mapped[int]


class Task(Numbered, Base):
    """A task of a plan: with whom, with what money from where, what comes out of it, by which sentence of the
    programme. Who does what until when, and how it ended, is the promise of the same id."""

    __tablename__ = "task"
    __table_args__ = (
        key_of_consultation(),
        key_to("year_plan", "plan_id"),
        key_to("promise", "id"),
        Index(None, "consultation_id", "plan_id"),
    )

    plan_id: Mapped[UUID]
    others: Mapped[str]
    money: Mapped[str]
    source: Mapped[str]
    output: Mapped[str]
    sentence: Mapped[str]

    plan: Mapped[YearPlan] = belongs_to("Task.plan_id", "YearPlan")
    promise: Mapped[Promise] = belongs_to("Task.id", "Promise")


class TaskChange(Numbered, Base):
    """One adjustment of a task after its plan was public: why, and what stood there `before`; nothing of one that was
    added."""

    __tablename__ = "task_change"
    __table_args__ = (key_of_consultation(), key_to("task", "task_id"), Index(None, "consultation_id", "task_id"))

    task_id: Mapped[UUID]
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    reason: Mapped[str]
    before: Mapped[dict[str, Any]]

    task: Mapped[Task] = belongs_to("TaskChange.task_id", "Task")


class TakenOver(Numbered, Base):
    """The task of this id goes on with what the promise `from_number` of an earlier programme left open."""

    __tablename__ = "taken_over"
    __table_args__ = (
        key_of_consultation(),
        key_to("task", "id"),
        UniqueConstraint("from_id", "from_number"),
        Index(None, "consultation_id", "from_id"),
    )

    from_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id"))
    from_number: Mapped[int]

    task: Mapped[Task] = belongs_to("TakenOver.id", "Task")
