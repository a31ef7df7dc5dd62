"""Giving comments to a unit, and perhaps a person of the bodies in charge; the latest word counts."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import Invalid, Taken
from consult.people.models import Membership, Unit, User
from consult.people.words import DESK_ROLES
from consult.policy import Action, Actor, investor_answers, require
from consult.relationships import along
from consult.responses.desk.listing.joins import latest_assignment
from consult.responses.models import Assignment
from consult.submissions.comments import act_rules, comment_state
from consult.submissions.comments.outcome import Outcome
from consult.submissions.comments.standing import outcome_is
from consult.submissions.models import Comment


def assign(
    session: Session,
    consultation: Consultation,
    numbers: Iterable[int],
    unit_id: UUID | None,
    user_id: UUID | None,
    actor: Actor,
    now: datetime,
) -> Taken:
    """Gives these comments to a unit, a person, or both, all that are to be answered; to neither takes them back,
    whatever became of them.

    Raises NotFound; Invalid({"unit" | "user": "not_a_choice"}) for who is not of the lead or answering body's desk;
    Refused with the policy's reason; NoneTaken: `nobody_answers`.
    """
    with giving(session, consultation, numbers, unit_id, user_id, actor, now) as taken:
        return taken


@contextmanager
def giving(
    session: Session, consultation: Consultation, numbers: Iterable[int], unit_id: UUID | None, user_id: UUID | None,
    actor: Actor, now: datetime, reason: str = "",
) -> Iterator[Taken]:  # fmt: skip
    """The transaction in which comments are given to somebody, for whoever does more in it; what was taken. Raises as
    `assign`, and for those who have it already where there is a `reason`: NoneTaken, `in_their_hands`."""
    wanted = list(numbers)
    with writing(session, consultation.id):
        require(actor, Action.ASSIGN, consultation, now)
        _check(session, consultation, unit_id, user_id, now)
        rules = list(act_rules.ASSIGNED) if unit_id or user_id else []
        found = comment_state.read(session, consultation.id, wanted)
        if reason:
            theirs = _in_hands(session, consultation, [one.comment.id for one in found], unit_id, user_id)
            rules.append(("in_their_hands", lambda one, _matter: one.comment.id not in theirs))
        found, left = act_rules.sorted_by(rules, found, consultation)
        moment = max(now, _last(session, consultation, [one.comment.id for one in found], now))
        session.add_all(
            Assignment(
                consultation_id=consultation.id,
                id=new_id(),
                comment_id=one.comment.id,
                unit_id=unit_id,
                user_id=user_id,
                at=moment,
                by_id=actor.user_id,
                reason=reason,
            )
            for one in found
        )
        # The unit that has a comment in hand is told on its public page.
        consultation.touch()
        session.flush()
        yield Taken([one.comment.number for one in found], left)


def _in_hands(
    session: Session, consultation: Consultation, comment_ids: list[UUID], unit_id: UUID | None, user_id: UUID | None
) -> set[UUID]:
    """Which of these comments are in exactly these hands."""
    there = (Assignment.unit_id == unit_id, Assignment.user_id == user_id)
    return set(
        session.scalars(
            select(Assignment.comment_id)
            .join(Assignment.comment)
            .where(Comment.consultation_id == consultation.id, Comment.id.in_(comment_ids))
            .where(latest_assignment(), *there)
        )
    )


def hand_over(
    session: Session, consultation: Consultation, giver: UUID, taker: UUID, actor: Actor, now: datetime
) -> list[int]:
    """Gives everything that waits for an answer and was last given to one person to another, who keeps its unit; the
    numbers of what was given.

    Raises NotFound; Invalid({"user": "not_a_choice"}) for who is not of the desk; Refused with the policy's reason.
    """
    with writing(session, consultation.id):
        require(actor, Action.ASSIGN, consultation, now)
        rows = session.execute(_held_by(consultation, giver)).all()
        if not rows:
            return []
        _check(session, consultation, None, taker, now)
        moment = max(now, _last(session, consultation, [row.id for row in rows], now))
        session.add_all(
            Assignment(
                consultation_id=consultation.id, id=new_id(), comment_id=row.id, unit_id=row.unit_id, user_id=taker,
                at=moment, by_id=actor.user_id,
            )
            for row in rows
        )  # fmt: skip
        consultation.touch()
        session.flush()
    return [row.number for row in rows]


def _held_by(consultation: Consultation, user_id: UUID) -> Any:
    return (
        select(Comment.id, Comment.number, Assignment.unit_id)
        .join(Assignment, along(Assignment.comment))
        .where(
            Comment.consultation_id == consultation.id,
            Assignment.user_id == user_id,
            latest_assignment(),
            outcome_is(Outcome.AWAITING),
        )
        .order_by(Comment.number)
    )


def units_of(session: Session, consultation: Consultation) -> list[Unit]:
    """The units (phòng, ban) of the lead and the answering body, by name."""
    wanted = Unit.organisation_id.in_(_bodies(consultation))
    return list(session.scalars(select(Unit).where(wanted).order_by(Unit.name, Unit.id)))


def people_of(session: Session, consultation: Consultation, now: datetime) -> list[User]:
    """Who works at the desk of the lead or the answering body at `now`, by name."""
    return list(
        session.scalars(
            select(User)
            .where(User.id.in_(_working(consultation, now)), User.disabled_at.is_(None))
            .order_by(User.name, User.id)
        )
    )


def _working(consultation: Consultation, now: datetime) -> Select[Any]:
    return select(Membership.user_id).where(
        Membership.organisation_id.in_(_bodies(consultation)),
        Membership.role.in_(DESK_ROLES),
        Membership.since <= now,
        or_(Membership.until.is_(None), Membership.until > now),
    )


def _bodies(consultation: Consultation) -> list[UUID]:
    """Where an investor answers, what is given to somebody is to be answered by the investor's own people."""
    if investor_answers(consultation):
        return [consultation.answering_id]
    return sorted({consultation.lead_id, consultation.answering_id})


def _check(
    session: Session, consultation: Consultation, unit_id: UUID | None, user_id: UUID | None, now: datetime
) -> None:
    if errors := wrong_hands(session, consultation, unit_id, user_id, now):
        raise Invalid(errors)


def wrong_hands(
    session: Session, consultation: Consultation, unit_id: UUID | None, user_id: UUID | None, now: datetime
) -> dict[str, str]:
    """Why nothing can be given to this unit or person: "not_a_choice" for who is not of the desk at `now`."""
    errors = {}
    if unit_id is not None:
        unit = session.get(Unit, unit_id)
        if unit is None or unit.organisation_id not in _bodies(consultation):
            errors["unit"] = "not_a_choice"
    if user_id is not None and user_id not in {person.id for person in people_of(session, consultation, now)}:
        errors["user"] = "not_a_choice"
    return errors


def _last(session: Session, consultation: Consultation, comment_ids: list[UUID], now: datetime) -> datetime:
    """The first instant after what was said before: on any clock the later word stays the later one."""
    last = session.scalar(
        select(func.max(Assignment.at)).where(
            Assignment.consultation_id == consultation.id, Assignment.comment_id.in_(comment_ids)
        )
    )
    return last + timedelta(microseconds=1) if last is not None else now
