"""Consolidated opinions: what the level above writes on the strength of opinions it gathered, each with its sources.

Nothing is dropped in silence: an opinion is carried by a consolidated one, or left out with a reason; one of a minority
may be carried as it is (law: respect for differing opinions, Luật Mặt trận Tổ quốc Việt Nam 2015, Điều 32 khoản 3).
"""

from collections.abc import Collection as Several
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.collections.consolidated_models import ConsolidatedOpinion, OpinionSource
from consult.collections.consolidating.in_letters import letters_of
from consult.collections.inputs import NewOpinion
from consult.collections.models import CollectedOpinion, Collection
from consult.collections.recording import checking
from consult.collections.service import find
from consult.db import Lock, new_id, writing
from consult.errors import Invalid, NotFound, Refused
from consult.outbox.service import emit
from consult.policy import Actor
from consult.text import blank, stored


@dataclass(frozen=True)
class NewPoint:
    """A consolidated opinion as typed; `anchor` as `?tai=` writes it, `stance` its code or nothing."""

    text: str = ""
    anchor: str = ""
    stance: str = ""
    proposed: str = ""
    reason: str = ""
    differing: bool = False


def write(
    session: Session, collection: Collection, new: NewPoint, sources: Several[int], actor: Actor, now: datetime
) -> ConsolidatedOpinion:
    """A consolidated opinion that rests on the opinions with these numbers. Raises Invalid: what is wrong with its
    fields, and {"sources": "choose_one"} without any source; NotFound for a number that is none."""
    said, collection_id = _checked(session, collection, new), collection.id
    if not sources:
        raise Invalid({"sources": "choose_one"})
    with writing(session, Lock.COLLECTIONS):
        by_id = _person(session, collection_id, actor)
        opinions = _standing(session, collection_id, sources)
        last = session.scalar(
            select(func.max(ConsolidatedOpinion.number)).where(ConsolidatedOpinion.collection_id == collection_id)
        )
        made = ConsolidatedOpinion(
            id=new_id(),
            collection_id=collection_id,
            number=(last or 0) + 1,
            written_at=now,
            written_by_id=by_id,
            **said,
        )
        session.add(made)
        session.flush()
        _rest_on(session, made, opinions, by_id, now)
    return made


def carry_as_is(
    session: Session, collection: Collection, number: int, actor: Actor, now: datetime
) -> ConsolidatedOpinion:
    """One opinion carried in its own words, as a differing one where it is. Raises NotFound, and Refused when it is
    still to be typed."""
    [one] = _standing(session, collection.id, [number])
    if one.untyped:
        raise Refused("opinion_untyped")
    stance = one.stance.value if one.stance else ""
    words = one.text or one.proposed or stance
    new = NewPoint(
        one.text or ("" if one.proposed else words), one.anchor, stance, one.proposed, one.reason, one.differing
    )
    return write(session, collection, new, [number], actor, now)


def change(
    session: Session, consolidated: ConsolidatedOpinion, new: NewPoint, sources: Several[int], actor: Actor,
    now: datetime,
) -> None:  # fmt: skip
    """Other words or other sources, as long as it was not put into a letter (Refused("already_in_letter")). Raises as
    `write`."""
    collection = session.get_one(Collection, consolidated.collection_id)
    said, consolidated_id = _checked(session, collection, new), consolidated.id
    if not sources:
        raise Invalid({"sources": "choose_one"})
    with writing(session, Lock.COLLECTIONS):
        held = session.get_one(ConsolidatedOpinion, consolidated_id)
        by_id = _person(session, held.collection_id, actor)
        _require_free(session, held)
        opinions = _standing(session, held.collection_id, sources)
        for name, value in said.items():
            setattr(held, name, value)
        held.version += 1
        wanted = {one.id for one in opinions}
        for source in session.scalars(select(OpinionSource).where(OpinionSource.consolidated_id == held.id)):
            if source.opinion_id in wanted:
                wanted.discard(source.opinion_id)
            else:
                session.delete(source)
        _rest_on(session, held, [one for one in opinions if one.id in wanted], by_id, now)


def withdraw(session: Session, consolidated: ConsolidatedOpinion, actor: Actor, now: datetime) -> None:
    """Takes a consolidated opinion back: its sources are carried no more by it. Refused once it is in a letter."""
    consolidated_id = consolidated.id
    with writing(session, Lock.COLLECTIONS):
        held = session.get_one(ConsolidatedOpinion, consolidated_id)
        _person(session, held.collection_id, actor)
        _require_free(session, held)
        held.withdrawn_at = held.withdrawn_at or now


def leave_out(
    session: Session, collection: Collection, numbers: Several[int], why: str, actor: Actor, now: datetime
) -> None:
    """Says why these opinions are not carried; their branches are told it as the answer. Raises
    Invalid({"why": "required"}) and {"sources": "choose_one"}."""
    reason, collection_id = stored(why), collection.id
    errors = {"why": "required"} if blank(reason) else {}
    if errors or not numbers:
        raise Invalid(errors or {"sources": "choose_one"})
    with writing(session, Lock.COLLECTIONS):
        _person(session, collection_id, actor)
        for one in _standing(session, collection_id, numbers):
            one.left_out_at, one.left_out_reason = now, reason
        emit(session, "collected_answered", now, collection=str(collection_id))


def answer(session: Session, consolidated: ConsolidatedOpinion, text: str, actor: Actor, now: datetime) -> None:
    """What came of it, told by the body that collects where no matter answers. Raises Invalid({"answer": …}), and
    Refused("answered_by_matter")."""
    said, consolidated_id = stored(text), consolidated.id
    if blank(said):
        raise Invalid({"answer": "required"})
    with writing(session, Lock.COLLECTIONS):
        held = session.get_one(ConsolidatedOpinion, consolidated_id)
        _person(session, held.collection_id, actor)
        if session.get_one(Collection, held.collection_id).consultation_id is not None:
            raise Refused("answered_by_matter")
        held.answer, held.answered_at = said, now
        emit(session, "collected_answered", now, collection=str(held.collection_id))


def by_number(session: Session, collection: Collection, number: int) -> ConsolidatedOpinion:
    """A consolidated opinion of a collection; raises NotFound."""
    found = session.scalar(
        select(ConsolidatedOpinion).where(
            ConsolidatedOpinion.collection_id == collection.id, ConsolidatedOpinion.number == number
        )
    )
    if found is None:
        raise NotFound
    return found


def _checked(session: Session, collection: Collection, new: NewPoint) -> dict[str, object]:
    given = NewOpinion(new.text, new.anchor, new.stance, new.proposed, new.reason, new.differing)
    try:
        [checked] = checking.opinions(session, collection, [given])
    except Invalid as wrong:
        raise Invalid({name.rpartition(".")[2]: code for name, code in wrong.errors.items()}) from wrong
    names = ("text", "anchor", "proposed", "reason", "differing")
    return {**{name: getattr(checked.said, name) for name in names}, "stance": checked.stance}


def _person(session: Session, collection_id: UUID, actor: Actor) -> UUID:
    find(session, collection_id, actor)
    assert actor.user_id is not None
    return actor.user_id


def _require_free(session: Session, held: ConsolidatedOpinion) -> None:
    if letters_of(session, [held]):
        raise Refused("already_in_letter")


def _standing(session: Session, collection_id: UUID, numbers: Several[int]) -> Sequence[CollectedOpinion]:
    wanted = set(numbers)
    found = session.scalars(
        select(CollectedOpinion)
        .where(
            CollectedOpinion.collection_id == collection_id,
            CollectedOpinion.number.in_(wanted),
            CollectedOpinion.withdrawn_at.is_(None),
        )
        .order_by(CollectedOpinion.number)
    ).all()
    if len(found) != len(wanted):
        raise NotFound
    return found


def _rest_on(
    session: Session, made: ConsolidatedOpinion, opinions: Sequence[CollectedOpinion], by_id: UUID, now: datetime
) -> None:
    for one in opinions:
        session.add(OpinionSource(consolidated_id=made.id, opinion_id=one.id, at=now, by_id=by_id))
        one.left_out_at, one.left_out_reason = None, ""
