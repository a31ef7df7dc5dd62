"""Consolidated opinions: what a level writes on the strength of opinions that were gathered below it, each with its
sources. The level is the body that collects, through its people, or a branch in the middle, by its link.

Nothing is dropped in silence: an opinion is carried by a consolidated one, or left out with a reason; one of a minority
may be carried as it is (law: respect for differing opinions, Luật Mặt trận Tổ quốc Việt Nam 2015, Điều 32 khoản 3).
"""

from collections.abc import Collection as Several
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.collections.consolidated_models import ConsolidatedOpinion
from consult.collections.consolidating import resting, sources
from consult.collections.consolidating.in_letters import letters_of
from consult.collections.consolidating.sources import Who
from consult.collections.inputs import NewOpinion
from consult.collections.models import CollectedOpinion, Collection
from consult.collections.recording import checking
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
    session: Session, collection: Collection, new: NewPoint, opinions: Several[int], who: Who, now: datetime,
    points: Several[int] = (),
) -> ConsolidatedOpinion:  # fmt: skip
    """A consolidated opinion that rests on the opinions with these numbers, and on these consolidated ones of branches
    below. Raises Invalid: what is wrong with its fields, and {"sources": "choose_one"} without any source; NotFound for
    a number that is none below who writes."""
    said, collection_id = _checked(session, collection, new), collection.id
    if not opinions and not points:
        raise Invalid({"sources": "choose_one"})
    with writing(session, Lock.COLLECTIONS):
        by = sources.require(session, collection_id, who)
        chosen = sources.chosen(session, by, opinions, points)
        last = session.scalar(
            select(func.max(ConsolidatedOpinion.number)).where(ConsolidatedOpinion.collection_id == collection_id)
        )
        made = ConsolidatedOpinion(
            id=new_id(),
            collection_id=collection_id,
            branch_id=by.branch_id,
            number=(last or 0) + 1,
            written_at=now,
            written_by_id=by.user_id,
            **said,
        )
        session.add(made)
        session.flush()
        sources.rest_on(session, made, chosen, by, now)
    return made


def carry_as_is(
    session: Session, collection: Collection, opinions: Several[int], who: Who, now: datetime, points: Several[int] = ()
) -> list[ConsolidatedOpinion]:
    """Each of these opinions, and of these consolidated ones of branches below, carried in its own words, as a
    differing one where it is: all or none. Raises NotFound, Invalid({"opinion": "choose_one"}), and
    Refused("opinion_untyped") when one is still to be typed."""
    if not opinions and not points:
        raise Invalid({"opinion": "choose_one"})
    with writing(session, Lock.COLLECTIONS):
        these = sources.chosen(session, sources.require(session, collection.id, who), opinions, points)
        if any(one.untyped for one in these.opinions):
            raise Refused("opinion_untyped")
        made = [write(session, collection, _as_it_is(one), [one.number], who, now) for one in these.opinions]
        return made + [write(session, collection, _as_it_is(one), (), who, now, [one.number]) for one in these.points]


def _as_it_is(one: CollectedOpinion | ConsolidatedOpinion) -> NewPoint:
    stance = one.stance.value if one.stance else ""
    text = one.text or ("" if one.proposed else stance)
    return NewPoint(text, one.anchor, stance, one.proposed, one.reason, one.differing)


def change(
    session: Session, consolidated: ConsolidatedOpinion, new: NewPoint, opinions: Several[int], who: Who,
    now: datetime, points: Several[int] = (),
) -> None:  # fmt: skip
    """Other words or other sources, as long as it was not put into a letter (Refused("already_in_letter")) and no level
    above rests on it (Refused("carried_above")). Raises as `write`."""
    collection = session.get_one(Collection, consolidated.collection_id)
    said, consolidated_id = _checked(session, collection, new), consolidated.id
    if not opinions and not points:
        raise Invalid({"sources": "choose_one"})
    with writing(session, Lock.COLLECTIONS):
        held = session.get_one(ConsolidatedOpinion, consolidated_id)
        by = sources.require(session, held.collection_id, who)
        _require_own_and_free(session, held, by)
        chosen = sources.chosen(session, by, opinions, points)
        for name, value in said.items():
            setattr(held, name, value)
        held.version += 1
        sources.rest_on(session, held, chosen, by, now)


def withdraw(session: Session, consolidated: ConsolidatedOpinion, who: Who, now: datetime) -> None:
    """Takes a consolidated opinion back: its sources are carried no more by it. Refused as `change`."""
    consolidated_id = consolidated.id
    with writing(session, Lock.COLLECTIONS):
        held = session.get_one(ConsolidatedOpinion, consolidated_id)
        _require_own_and_free(session, held, sources.require(session, held.collection_id, who))
        held.withdrawn_at = held.withdrawn_at or now


def leave_out(
    session: Session, collection: Collection, opinions: Several[int], why: str, who: Who, now: datetime,
    points: Several[int] = (),
) -> None:  # fmt: skip
    """Says why these opinions, and those that consolidated ones below rest on, are not carried by this level; their
    branches are told it as the answer. A branch changes nothing of what a level above it left out. Raises
    Invalid({"why": "required"}) and {"sources": "choose_one"}."""
    reason, collection_id = stored(why), collection.id
    errors = {"why": "required"} if blank(reason) else {}
    if errors or not (opinions or points):
        raise Invalid(errors or {"sources": "choose_one"})
    with writing(session, Lock.COLLECTIONS):
        by = sources.require(session, collection_id, who)
        for one in sources.all_below(session, by, sources.chosen(session, by, opinions, points)):
            if sources.may_decide(by, one):
                one.left_out_at, one.left_out_reason, one.left_out_branch_id = now, reason, by.branch_id
        emit(session, "collected_answered", now, collection=str(collection_id))


def answer(session: Session, consolidated: ConsolidatedOpinion, text: str, actor: Actor, now: datetime) -> None:
    """What came of it, told by the body that collects where no matter answers. Raises Invalid({"answer": …}), and
    Refused("answered_by_matter")."""
    said, consolidated_id = stored(text), consolidated.id
    if blank(said):
        raise Invalid({"answer": "required"})
    with writing(session, Lock.COLLECTIONS):
        held = session.get_one(ConsolidatedOpinion, consolidated_id)
        by = sources.require(session, held.collection_id, actor)
        if held.branch_id != by.branch_id:
            raise NotFound
        if session.get_one(Collection, held.collection_id).consultation_id is not None:
            raise Refused("answered_by_matter")
        held.answer, held.answered_at = said, now
        emit(session, "collected_answered", now, collection=str(held.collection_id))


def by_number(
    session: Session, collection: Collection, number: int, branch_id: UUID | None = None
) -> ConsolidatedOpinion:
    """A consolidated opinion of the body that collects, or of a branch in the middle; raises NotFound for one of
    another level."""
    found = session.scalar(
        select(ConsolidatedOpinion).where(
            ConsolidatedOpinion.collection_id == collection.id,
            ConsolidatedOpinion.number == number,
            ConsolidatedOpinion.branch_id == branch_id,
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


def _require_own_and_free(session: Session, held: ConsolidatedOpinion, by: sources.By) -> None:
    if held.branch_id != by.branch_id:
        raise NotFound
    if letters_of(session, [held]):
        raise Refused("already_in_letter")
    if resting.read(session, session.get_one(Collection, held.collection_id)).above(held.id):
        raise Refused("carried_above")
