"""What the site knows of who is proposed: read by the parties alone, held against the proposal by one person.

Of a person hardly anything is known here, on purpose: no inspection names a person, and no report of what somebody saw
says whom it was about. The page says so, and the check is of people who know the place.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from consult import clock, size_limits
from consult.db import writing
from consult.errors import Invalid, NotFound, Refused
from consult.people.heirs import with_predecessors
from consult.policy import Actor
from consult.programme import heads
from consult.programme.commendations.models import Commendation
from consult.programme.commendations.proposing import decides, require_open, require_other_eyes
from consult.programme.facts import Told
from consult.programme.inspections.models import Inspection, InspectionVersion
from consult.programme.promise_models import Promise
from consult.programme.words import CommendedKind
from consult.text import stored

MOST = 50


@dataclass(frozen=True)
class Findings:
    """What is public or known to the parties of the same body or name: promises that are late on a day, those that are
    open (cases of what people saw among them), inspections that found a breach, other commendations."""

    late: Sequence[Promise]
    open: Sequence[Promise]
    inspections: Sequence[InspectionVersion]
    others: Sequence[Commendation]

    @property
    def told(self) -> Told:
        """How many of each: what is kept of the check."""
        return {
            "late": len(self.late), "open": len(self.open), "inspections": len(self.inspections),
            "others": len(self.others),
        }  # fmt: skip


def findings(session: Session, one: Commendation, today: date) -> Findings:
    """What is found of who is proposed, as of a local day; at most fifty of each. Statements that do not grow."""
    if one.body_id is None:
        return Findings([], [], _inspections(session, _of_name(one)), _others(session, one, _same_name(one)))
    bodies = with_predecessors(session, one.body_id, today)
    owed = _promises(session, Promise.by_id.in_(bodies))
    found = _inspections(session, InspectionVersion.inspected_id.in_(bodies))
    return Findings(
        [each for each in owed if each.due_on < today], [each for each in owed if each.due_on >= today], found,
        _others(session, one, Commendation.body_id.in_(bodies)),
    )  # fmt: skip


def check(session: Session, one: Commendation, note: str, actor: Actor, now: datetime) -> None:
    """Somebody of a party who did not write the proposal looked at what is found, and says what they make of it where
    anything is. Raises NotFound, Invalid, Refused: `own_words`, `commendation_over`, `commendation_decided`."""
    with writing(session, one.consultation_id):
        session.refresh(one)
        if not decides(one.programme, actor):
            raise NotFound
        require_open(one)
        if one.decided_at is not None:
            raise Refused("commendation_decided")
        require_other_eyes(one, actor)
        found = findings(session, one, clock.local_day(now)).told
        if len(stored(note)) > size_limits.TEXT or (any(found.values()) and not stored(note)):
            raise Invalid({"note": "too_long" if stored(note) else "required"})
        one.found, one.check_note = found, stored(note)
        one.checked_at, one.checked_by_id = now, heads.person(actor)


def _promises(session: Session, only: ColumnElement[bool]) -> Sequence[Promise]:
    own = select(Promise).where(only, Promise.public_at.is_not(None), Promise.ended_on.is_(None))
    return session.scalars(
        own.options(joinedload(Promise.matter)).order_by(Promise.due_on, Promise.id).limit(MOST)
    ).all()


def _inspections(session: Session, only: ColumnElement[bool] | None) -> Sequence[InspectionVersion]:
    """The newest public version of each in which a breach stands."""
    if only is None:
        return []
    own = select(InspectionVersion).join(InspectionVersion.inspection).join(Inspection.programme)
    newest = InspectionVersion.number == Inspection.public_version
    breach = func.json_array_length(InspectionVersion.breaches) > 0
    whole = contains_eager(InspectionVersion.inspection).contains_eager(Inspection.programme)
    wanted = (
        own.where(only, newest, breach)
        .options(whole)
        .order_by(InspectionVersion.decision_on.desc(), InspectionVersion.id.desc())
    )
    return session.scalars(wanted.limit(MOST)).all()


def _of_name(one: Commendation) -> ColumnElement[bool] | None:
    """A group may be an enterprise or a household that was named as it was inspected; a person never was."""
    named = one.kind is CommendedKind.GROUP and one.name
    return InspectionVersion.inspected_name == one.name if named else None


def _same_name(one: Commendation) -> ColumnElement[bool]:
    return (Commendation.folded_name == one.folded_name) & (Commendation.folded_name != "")


def _others(session: Session, one: Commendation, only: ColumnElement[bool]) -> Sequence[Commendation]:
    """Of the same programme: those of another one are read by its parties."""
    own = Commendation.consultation_id == one.consultation_id, Commendation.id != one.id
    wanted = select(Commendation).where(only, *own).options(joinedload(Commendation.body))
    return session.scalars(wanted.order_by(Commendation.number.desc()).limit(MOST)).all()
