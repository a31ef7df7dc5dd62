"""Who comes: named by bodies, ticked on the sheet, with points by group alone; and certificates that can be checked."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from consult import clock, size_limits
from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import Invalid, NotFound, Refused
from consult.ledger import programme_entries as entries
from consult.ledger import service as ledger
from consult.policy import Actor
from consult.programme import heads
from consult.programme.facts import Told
from consult.programme.training import courses
from consult.programme.training.models import Course, Participant, SignedIn, Sitting
from consult.text import one_line, stored

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 16
"""80 bits: nobody finds a certificate by trying."""
FEWEST = 5
"""Groups under so many are not told (the province's rule, as for breakdowns of people)."""


@dataclass(frozen=True)
class GroupResult:
    """A test of a group: how many took it, and the mean of their points."""

    count: int
    mean: float


def sign_up(session: Session, one: Course, body_id: UUID | None, typed: str, actor: Actor, now: datetime) -> None:
    """Whom a body sends, one name a line, in place of whom it named before; until the last day before the course.
    Raises NotFound, Invalid, Refused: `course_began`, `course_full`."""
    names = [one_line(line) for line in stored(typed).splitlines() if one_line(line)]
    with writing(session, one.consultation_id):
        session.refresh(one)
        if one.released_at is None or body_id is None or body_id not in heads.bodies_of(actor):
            raise NotFound
        if clock.local_day(now) >= one.starts_on:
            raise Refused("course_began")
        if any(len(name) > size_limits.SHORT for name in names):
            raise Invalid({"names": "too_long"})
        others = [each for each in one.participants if each.body_id != body_id]
        if len(others) + len(names) > one.seats:
            raise Refused("course_full")
        number = max((each.number for each in one.participants), default=0)
        for each in one.participants:
            if each.body_id == body_id:
                session.delete(each)
        session.flush()
        person = heads.person(actor)
        session.add_all([participant(one, body_id, name, place, person, now)
                         for place, name in enumerate(names, number + 1)])  # fmt: skip


def record(
    session: Session, one: Course, present: Collection[int], public: Collection[int], before: str, after: str,
    actor: Actor, now: datetime,
) -> None:  # fmt: skip
    """What the sheet of the course says: the numbers of who was there and of who agreed that the page of their
    certificate names them, and the points of both tests, without names, as they come. Another person makes the results
    public. Raises NotFound, Invalid, Refused: `course_not_yet`, `already_public`."""
    with writing(session, one.consultation_id):
        session.refresh(one)
        heads.require_party(one.programme, actor)
        if one.released_at is None or clock.local_day(now) < one.starts_on:
            raise Refused("course_not_yet")
        if one.results_at is not None:
            raise Refused("already_public")
        points = {name: _points(one, typed) for name, typed in (("before", before), ("after", after))}
        if errors := {name: "not_points" for name, found in points.items() if found is None}:
            raise Invalid(errors)
        one.points_before, one.points_after = points["before"] or [], points["after"] or []
        for each in one.participants:
            there = each.number in present
            each.code = (each.code or new_code()) if there else None
            each.names_public = there and each.number in public
        one.held_at, one.held_by_id = now, heads.person(actor)


def publish(session: Session, one: Course, actor: Actor, now: datetime) -> None:
    """Makes the results public: how many came from how many bodies, and the tests by group. Names that were typed at
    the wall and nobody recognised are gone. Raises NotFound, Refused: `course_not_yet`, `already_public`, `not_sender`,
    `own_words`."""
    with writing(session, one.consultation_id):
        session.refresh(one)
        party = courses.signing_party(one, actor)
        if one.held_at is None or one.held_by_id is None or one.results_at is not None:
            raise Refused("already_public" if one.results_at else "course_not_yet")
        heads.require_other_eyes(actor, one.held_by_id, party)
        one.results_at, one.results_by_id = now, heads.person(actor)
        _forget_names(session, one)
        entry = entries.course_step(one.number, "results", entries.hash_of(told_results(one)))
        ledger.append(session, one.consultation_id, [entry], now)
        session.get_one(Consultation, one.consultation_id).touch()


def group_result(points: Sequence[int]) -> GroupResult | None:
    """The result of a group; None for one that is too small to be told."""
    return GroupResult(len(points), round(sum(points) / len(points), 1)) if len(points) >= FEWEST else None


def told_results(one: Course) -> Told:
    """What is public of the results, as the log hashes it: counts, and means in tenths of groups that are not too
    small."""
    came = [each for each in one.participants if each.code is not None]
    tests = {"before": group_result(one.points_before), "after": group_result(one.points_after)}
    means = {name: [found.count, round(found.mean * 10)] if found else [] for name, found in tests.items()}
    return {"course": one.number, "attended": len(came), "bodies": len({each.body_id for each in came}), **means}


def participants_for(one: Course, actor: Actor) -> Sequence[Participant]:
    """Whom somebody may read of: all for the organisers, of other bodies their own."""
    own = heads.bodies_of(actor)
    if courses.organises(one.programme, actor):
        return one.participants
    return [each for each in one.participants if each.body_id in own]


def participant_of(one: Course, number: int, actor: Actor) -> Participant:
    """Somebody with a certificate whom the actor may read of. Raises NotFound."""
    found = next((each for each in participants_for(one, actor) if each.number == number), None)
    if found is None or found.code is None:
        raise NotFound
    return found


def certificate(session: Session, code: str) -> Participant | None:
    """Whose certificate has this code, as typed with or without dashes; None where it is not genuine."""
    plain = one_line(code).upper().replace("-", "").replace(" ", "")
    if len(plain) != CODE_LENGTH or set(plain) - set(ALPHABET):
        return None
    whole = joinedload(Participant.course).joinedload(Course.programme)
    return session.scalar(select(Participant).where(Participant.code == plain).options(whole))


def new_code() -> str:
    """A new code of a certificate."""
    return "".join(secrets.choice(ALPHABET) for _sign in range(CODE_LENGTH))


def written(code: str) -> str:
    """A code as it is printed: in fours."""
    return "-".join(code[begin : begin + 4] for begin in range(0, len(code), 4))


def participant(one: Course, body_id: UUID, name: str, number: int, by_id: UUID, now: datetime) -> Participant:
    """Somebody whom a body sends."""
    return Participant(
        id=new_id(), consultation_id=one.consultation_id, course_id=one.id, number=number, body_id=body_id, name=name,
        names_public=False, code=None, at=now, by_id=by_id,
    )  # fmt: skip


def _forget_names(session: Session, one: Course) -> None:
    own = select(Sitting.id).where(Sitting.consultation_id == one.consultation_id, Sitting.course_id == one.id)
    waiting = (SignedIn.consultation_id == one.consultation_id, SignedIn.participant_id.is_(None))
    session.execute(delete(SignedIn).where(*waiting, SignedIn.sitting_id.in_(own)))


def _points(one: Course, typed: str) -> list[int] | None:
    """The points of a group in the order of their size; None for what are no points of this test."""
    parts = stored(typed).replace(",", " ").replace(";", " ").split()
    if len(parts) > courses.MOST_SEATS or any(
        not (part.isascii() and part.isdigit() and len(part) < 5) for part in parts
    ):
        return None
    points = sorted(int(part) for part in parts)
    return None if points and points[-1] > one.most_points else points
