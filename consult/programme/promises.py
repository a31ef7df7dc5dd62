"""What is promised: made, said, moved with a reason, ended. Whatever becomes public, two persons have looked at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, object_session

from consult import clock, size_limits
from consult.consultations.matter.public_numbers import next_number
from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import Invalid, NotFound, Refused
from consult.ledger import programme_entries as entries
from consult.ledger import service as ledger
from consult.ledger.entries import Act
from consult.outbox.service import emit
from consult.policy import Actor
from consult.programme import act_pictures, facts, heads
from consult.programme.act_pictures import Picture
from consult.programme.promise_models import Promise, PromiseAct
from consult.programme.words import Ending, PromiseActKind, PromiseKind
from consult.text import stored

LONGEST_MOVE = 3 * 366
"""Days by which nobody moves a promise at once; a slip of the pen otherwise."""
MOST_ACTS = 200


@dataclass(frozen=True)
class NewPromise:
    """What somebody is to do: who owes it, who follows it, until when (a local day)."""

    kind: PromiseKind
    text: str
    by_id: UUID
    keeper_id: UUID
    due_on: date
    area_id: UUID | None = None


def make(session: Session, consultation_id: UUID, new: NewPromise, actor: Actor, now: datetime) -> Promise:
    """A promise that is not public yet; inside `writing`. Whoever calls has checked it."""
    made = Promise(
        id=new_id(), consultation_id=consultation_id, number=next_number(session, consultation_id, "promise"),
        kind=new.kind, text=stored(new.text), by_id=new.by_id, keeper_id=new.keeper_id, area_id=new.area_id,
        first_due_on=new.due_on, due_on=new.due_on, recorded_at=now, recorded_by_id=heads.person(actor),
    )  # fmt: skip
    session.add(made)
    return made


def publish(promise: Promise, details: dict[str, str], now: datetime) -> Act:
    """Makes it public, its first day being the one it has now; gives the act for the log."""
    promise.public_at, promise.first_due_on = now, promise.due_on
    told = entries.hash_of(facts.of_promise(promise, details))
    return entries.promise_made(promise.number, promise.kind, promise.due_on, told)


def promise_of(session: Session, consultation_id: UUID, number: int) -> Promise:
    """The promise of this number. Raises NotFound."""
    named = (Promise.consultation_id == consultation_id, Promise.number == number)
    found = session.scalar(select(Promise).where(*named))
    if found is None:
        raise NotFound
    return found


def say(
    session: Session, promise: Promise, kind: str, text: str, day: date | None, actor: Actor, now: datetime,
    pictures: Sequence[Picture] = (),
) -> PromiseAct:  # fmt: skip
    """Something about a public promise, which another person then releases: by who owes it (`answer`, `move` to a later
    day, `done` on a day), or by who follows it (`follow`). `pictures` become public with it.

    Raises NotFound for anybody else; Refused("promise_ended" | "promise_waits" (a day or an end that was asked for is
    not decided yet) | "promise_full"); Invalid for what is missing.
    """
    with writing(session, promise.consultation_id):
        session.refresh(promise)
        body = _speaks(promise, kind, actor, now)
        _require_open(promise)
        _check(promise, PromiseActKind(kind), text, day, clock.local_day(now), act_pictures.check(pictures))
        made = PromiseAct(
            id=new_id(), consultation_id=promise.consultation_id, promise_id=promise.id, number=len(promise.acts) + 1,
            kind=PromiseActKind(kind), text=stored(text), day=day, was=None, for_id=body, at=now,
            by_id=heads.person(actor), refused_reason="",
        )  # fmt: skip
        session.add(made)
        session.flush()
        session.add_all(act_pictures.rows(made, pictures))
        have_told(session, promise.consultation_id, "waits", decides(promise, made), [promise.number], now)
    return made


def release(session: Session, promise: Promise, number: int, actor: Actor, now: datetime) -> None:
    """Another person makes public what was said, by which a later day or the end holds. Of an answer a person of the
    body that owes it, of all else one of the body that follows it.

    Raises NotFound, Refused("not_sender" | "own_words" | "already_decided" | "promise_ended").
    """
    with writing(session, promise.consultation_id):
        session.refresh(promise)
        act = waiting_act(promise, number)
        _require_other_eyes(promise, act, actor)
        _require_open(promise, but=act)
        act.released_at, act.released_by_id = now, heads.person(actor)
        ledger.append(session, promise.consultation_id, [_done(promise, act)], now)
        session.get_one(Consultation, promise.consultation_id).touch()


def refuse(session: Session, promise: Promise, number: int, reason: str, actor: Actor, now: datetime) -> None:
    """Sends back what was said, with the reason, which both bodies read. Raises as `release`, Invalid without one."""
    said = stored(reason)
    with writing(session, promise.consultation_id):
        session.refresh(promise)
        act = waiting_act(promise, number)
        _require_other_eyes(promise, act, actor)
        if not said or len(said) > size_limits.TEXT:
            raise Invalid({"reason": "too_long" if said else "required"})
        act.refused_at, act.refused_by_id, act.refused_reason = now, heads.person(actor), said


def _require_other_eyes(promise: Promise, act: PromiseAct, actor: Actor) -> None:
    """As `heads.require_other_eyes`; but that a body is so small that its writer sends holds for its own words alone,
    never for what somebody who works for both bodies asks of the other one."""
    body = decides(promise, act)
    heads.require_other_eyes(actor, act.by_id, body)
    if act.for_id != body and act.by_id == heads.person(actor):
        raise Refused("own_words")


def have_told(
    session: Session, consultation_id: UUID, what: str, body: UUID, numbers: Sequence[int], now: datetime
) -> None:
    """Has a body told of promises: that they were `made` and it owes them, are due `soon` or `late`, or that something
    said of them `waits` for it."""
    emit(
        session, "promises_told", now, consultation_id, what=what, organisation=str(body), promises=list(numbers)
    )  # fmt: skip


def decides(promise: Promise, act: PromiseAct) -> UUID:
    """The body that makes public what was said: an answer its own, a later day and an end the one that follows it."""
    return promise.by_id if act.kind is PromiseActKind.ANSWER else promise.keeper_id


def waiting_act(promise: Promise, number: int) -> PromiseAct:
    """What was said and is neither released nor refused. Raises NotFound, and Refused("already_decided")."""
    found = next((act for act in promise.acts if act.number == number), None)
    if found is None:
        raise NotFound
    if found.released_at is not None or found.refused_at is not None:
        raise Refused("already_decided")
    return found


def reopen(promise: Promise, due_on: date) -> None:
    """What was said to be done is not: it is due again at the end of the day `due_on`. Whoever calls writes the log."""
    promise.ended_on, promise.ending, promise.due_on, promise.reminded_on = None, None, due_on, None


def withdraw(promise: Promise, reason: str, now: datetime) -> Act:
    """Takes a public promise back for a reason that is kept beside it; gives the act for the log. Raises
    Refused("promise_ended")."""
    if promise.ended_on is not None:
        raise Refused("promise_ended")
    promise.ended_on, promise.ending = clock.local_day(now), Ending.WITHDRAWN
    told = entries.hash_of(facts.of_withdrawal(promise, reason))
    return entries.promise_ended(promise.number, promise.ending, promise.ended_on, told)


def _of_end(promise: Promise, day: date, today: date) -> dict[str, str]:
    """An end that was none is not said again: what was opened again ends on a later day than before."""
    ends = (act.day for act in promise.acts if act.kind is PromiseActKind.DONE and act.released_at is not None)
    if day > today:
        return {"day": "in_the_future"}
    return {"day": "not_after_end"} if day <= max((end for end in ends if end), default=date.min) else {}


def _done(promise: Promise, act: PromiseAct) -> Act:
    told, number = entries.hash_of(facts.of_act(promise, act)), promise.number
    if act.kind is PromiseActKind.MOVE and act.day is not None:
        act.was, promise.due_on, promise.reminded_on = promise.due_on, act.day, None
        return entries.promise_moved(number, act.number, act.was, act.day, told)
    if act.kind is PromiseActKind.DONE and act.day is not None:
        promise.ended_on, promise.ending = act.day, Ending.DONE
        return entries.promise_ended(number, promise.ending, act.day, told)
    return entries.promise_said(number, act.number, act.kind, told)


def _speaks(promise: Promise, kind: str, actor: Actor, now: datetime) -> UUID:
    if kind not in set(PromiseActKind):
        raise Invalid({"kind": "not_a_choice" if kind else "required"})
    body = speaker(promise, PromiseActKind(kind), now)
    if promise.public_at is None or body not in heads.bodies_of(actor):
        raise NotFound
    return body


def speaker(promise: Promise, kind: PromiseActKind, now: datetime) -> UUID:
    """The body that says something of this kind: who owes it, or who follows it; that a remedy was carried out or is
    due later says the body that decided on it, and of what a body owes for which nobody works here (an enterprise, one
    that is no more and left no heir) the one that follows it: otherwise nobody could ever end it."""
    if kind is PromiseActKind.FOLLOW or (kind in DECISIVE and promise.kind is PromiseKind.REMEDY):
        return promise.keeper_id
    alone = kind in DECISIVE and not heads.is_worked_for(promise.by_id, object_session(promise), now)
    return promise.keeper_id if alone else promise.by_id


def _require_open(promise: Promise, but: PromiseAct | None = None) -> None:
    if promise.ended_on is not None and (but is None or but.kind in DECISIVE):
        raise Refused("promise_ended")
    if but is None and len(promise.acts) >= MOST_ACTS:
        raise Refused("promise_full")


DECISIVE = frozenset({PromiseActKind.MOVE, PromiseActKind.DONE})
"""What is decided once at a time."""


def _check(
    promise: Promise, kind: PromiseActKind, text: str, day: date | None, today: date, wrong: Mapping[str, str]
) -> None:
    waits = any(act.kind in DECISIVE and act.released_at is None and act.refused_at is None for act in promise.acts)
    if kind in DECISIVE and waits:
        raise Refused("promise_waits")
    errors = dict(wrong) if stored(text) else {**wrong, "text": "required"}
    if len(stored(text)) > size_limits.TEXT:
        errors["text"] = "too_long"
    if kind in DECISIVE and day is None:
        errors["day"] = "required"
    elif kind is PromiseActKind.MOVE and day is not None and not 0 < (day - promise.due_on).days <= LONGEST_MOVE:
        errors["day"] = "not_later"
    elif kind is PromiseActKind.DONE and day is not None:
        errors |= _of_end(promise, day, today)
    if errors:
        raise Invalid(errors)
