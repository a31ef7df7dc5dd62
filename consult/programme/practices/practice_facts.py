"""The facts of a model: as they are typed, as everybody reads them, and as its log hashes them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.programme.facts import Told, day
from consult.programme.practices.models import Practice
from consult.programme.words import PracticeKind, PracticeSetting
from consult.text import one_line, stored


@dataclass(frozen=True)
class NewPractice:
    """A model as typed; `started_on` is a local day, `parent_id` the public model that it spread from, `reason` why
    what is public is corrected."""

    title: str
    setting: str
    kind: str
    lead_id: UUID | None
    area_id: UUID | None
    started_on: date | None
    summary: str
    village: str = ""
    cost: str = ""
    households: str = ""
    how_started: str = ""
    parent_id: UUID | None = None
    contact: str = ""
    reason: str = ""


def facts_of(one: Practice) -> Told:
    """What is public of the facts of a model, as its log hashes it."""
    return {
        "title": one.title, "setting": one.setting.value, "kind": one.kind.value, "summary": one.summary,
        "lead": str(one.lead_id), "area": str(one.area_id), "village": one.village, "started_on": day(one.started_on),
        "cost": one.cost, "households": one.households, "how_started": one.how_started,
        "parent_matter": str(one.parent_matter_id or ""), "parent": one.parent_number,
    }  # fmt: skip


def told_of(session: Session, new: NewPractice) -> Told:
    """The same of what was typed and is right."""
    parent = by_id(session, new.parent_id)
    return {
        "title": one_line(new.title), "setting": new.setting, "kind": new.kind, "summary": stored(new.summary),
        "lead": str(new.lead_id), "area": str(new.area_id), "village": one_line(new.village),
        "started_on": day(new.started_on), "cost": one_line(new.cost), "households": households_in(new.households),
        "how_started": stored(new.how_started), "parent_matter": str(parent.consultation_id) if parent else "",
        "parent": parent.number if parent else None,
    }  # fmt: skip


def fill(one: Practice, told: Told) -> None:
    """Has a model say these facts."""
    for name in ("title", "summary", "village", "cost", "households", "how_started"):
        setattr(one, name, told[name])
    one.setting, one.kind = PracticeSetting(told["setting"]), PracticeKind(told["kind"])
    one.lead_id, one.area_id = UUID(told["lead"]), UUID(told["area"])
    one.started_on = date.fromisoformat(told["started_on"])
    one.parent_matter_id = UUID(told["parent_matter"]) if told["parent_matter"] else None
    one.parent_number = told["parent"]


def by_id(session: Session, practice_id: UUID | None) -> Practice | None:
    """The model with this id, if any."""
    return None if practice_id is None else session.scalar(select(Practice).where(Practice.id == practice_id))


def households_in(typed: str) -> int | None:
    """The number that was typed; None for what is none."""
    said = one_line(typed).replace(".", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 9 else None
