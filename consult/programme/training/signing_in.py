"""Who signs in at a sitting by its code: types the name they were signed up with, and is told no other; who is not
found waits for the secretary. The sheet that is signed says in the end who was there (`attendance.record`)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consult import size_limits
from consult.db import new_id, writing
from consult.errors import Invalid, NotFound, Refused
from consult.policy import Actor
from consult.programme import heads
from consult.programme.training import attendance, courses, sittings
from consult.programme.training.models import Course, Participant, SignedIn, Sitting
from consult.text import folded, one_line

MOST_WAITING = 300
"""Names of one sitting that wait for the secretary: more is no list of latecomers."""
MOST_SHOWN = 20
"""Names that a page asks about at once, each of which offers everybody on the list."""


def sign_in(session: Session, sitting: Sitting, typed: str, number: str, now: datetime) -> bool:
    """Notes that somebody is there; whether the name was found on the list. A number alone names nobody: it only tells
    apart who bears the same name. The same again changes nothing. Raises Invalid({"name": code}), Refused:
    `sitting_closed`, `sitting_full`."""
    name = one_line(typed)
    if not name or len(name) > size_limits.SHORT:
        raise Invalid({"name": "too_long" if name else "required"})
    with writing(session, sitting.consultation_id):
        session.refresh(sitting)
        over = sitting.key_ended_at is not None or sitting.course.results_at is not None
        if over or not sittings.is_open(sitting, now):
            raise Refused("sitting_closed")
        found = _meant(sitting.course, name, one_line(number))
        if not _is_there(session, sitting, found, name):
            session.add(_row(sitting, found.id if found else None, "" if found else name, now))
    return found is not None


def waiting(session: Session, one: Course) -> Sequence[SignedIn]:
    """The names that wait for the secretary, the first first: so many as a page asks about, and one more where there
    are more."""
    own = (SignedIn.consultation_id == one.consultation_id, Sitting.course_id == one.id)
    wanted = select(SignedIn).join(SignedIn.sitting).where(*own, SignedIn.participant_id.is_(None))
    ordered = wanted.options(joinedload(SignedIn.sitting)).order_by(SignedIn.id)
    return session.scalars(ordered.limit(MOST_SHOWN + 1)).all()


def there(session: Session, one: Course) -> dict[UUID, list[int]]:
    """By participant at which sittings they signed in, by their numbers."""
    own = (SignedIn.consultation_id == one.consultation_id, Sitting.course_id == one.id)
    wanted = select(SignedIn.participant_id, Sitting.number).join(SignedIn.sitting)
    rows = session.execute(
        wanted.where(*own, SignedIn.participant_id.is_not(None)).order_by(Sitting.number)
    ).all()  # fmt: skip
    found: dict[UUID, list[int]] = {}
    for participant_id, number in rows:
        if participant_id is not None:
            found.setdefault(participant_id, []).append(number)
    return found


def confirm(
    session: Session, one: Course, signed_id: UUID, person: int | None, body_id: UUID | None, actor: Actor,
    now: datetime,
) -> None:  # fmt: skip
    """Says who a name is that waits: a participant by their number, or a new one whom a body sends. The typed name is
    gone from there. Raises NotFound, Invalid({"person" or "body": code}), Refused: `already_public`, `course_full`."""
    with writing(session, one.consultation_id):
        signed = _waiting(session, one, signed_id, actor)
        if person is not None:
            participant = next((each for each in one.participants if each.number == person), None)
            if participant is None:
                raise Invalid({"person": "not_a_choice"})
        else:
            participant = _new(one, signed.name, body_id, heads.person(actor), now)
            session.add(participant)
        if _is_there(session, signed.sitting, participant, ""):
            session.delete(signed)
        else:
            signed.participant_id, signed.name = participant.id, ""
    session.expire(one, ["participants"])


def dismiss(session: Session, one: Course, signed_id: UUID, actor: Actor) -> None:
    """Takes a name out that waits. Raises NotFound, Refused("already_public")."""
    with writing(session, one.consultation_id):
        session.delete(_waiting(session, one, signed_id, actor))


def _meant(one: Course, name: str, number: str) -> Participant | None:
    """Whose name it is, as it is written or without accents; None for nobody, and for one of several."""
    for same in (str.casefold, folded):
        found = [each for each in one.participants if same(each.name) == same(name)]
        if len(found) > 1:
            found = [each for each in found if str(each.number) == number.lstrip("0")]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _is_there(session: Session, sitting: Sitting, found: Participant | None, name: str) -> bool:
    own = (SignedIn.consultation_id == sitting.consultation_id, SignedIn.sitting_id == sitting.id)
    if found is not None:
        row = select(SignedIn.id).where(*own, SignedIn.participant_id == found.id)
        return session.scalar(row) is not None
    names = session.scalars(select(SignedIn.name).where(*own, SignedIn.participant_id.is_(None))).all()
    if folded(name) in map(folded, names):
        return True
    if len(names) >= MOST_WAITING:
        raise Refused("sitting_full")
    return False


def _waiting(session: Session, one: Course, signed_id: UUID, actor: Actor) -> SignedIn:
    session.refresh(one)
    heads.require_party(one.programme, actor)
    if one.results_at is not None:
        raise Refused("already_public")
    found = session.get(SignedIn, (one.consultation_id, signed_id))
    if found is None or found.participant_id is not None or found.sitting.course_id != one.id:
        raise NotFound
    return found


def _new(one: Course, name: str, body_id: UUID | None, by_id: UUID, now: datetime) -> Participant:
    if body_id is None or body_id not in courses.sending_ids(one):
        raise Invalid({"body": "required" if body_id is None else "not_a_choice"})
    if len(one.participants) >= courses.MOST_SEATS:
        raise Refused("course_full")
    number = max((each.number for each in one.participants), default=0) + 1
    return attendance.participant(one, body_id, name, number, by_id, now)


def _row(sitting: Sitting, participant_id: UUID | None, name: str, now: datetime) -> SignedIn:
    return SignedIn(
        id=new_id(), consultation_id=sitting.consultation_id, sitting_id=sitting.id, participant_id=participant_id,
        name=name, at=now,
    )  # fmt: skip
