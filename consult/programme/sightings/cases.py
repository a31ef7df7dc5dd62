"""Cases: opened with the sightings that are one, joined by more, made public by another person."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, object_session

from consult import clock
from consult.consultations.models import Consultation
from consult.consultations.words import Kind
from consult.db import writing
from consult.errors import NotFound, Refused, listed
from consult.ledger import programme_entries as entries
from consult.ledger import service as ledger
from consult.policy import Action, Actor, require
from consult.programme import heads, promises
from consult.programme.promise_models import Promise
from consult.programme.promises import NewPromise
from consult.programme.sightings import standing
from consult.programme.sightings.models import CaseSighting, SightingCase
from consult.programme.sightings.new_case import NewCase, check
from consult.programme.words import PromiseKind
from consult.submissions.comments import comment_state, visible
from consult.submissions.comments.comment_state import CommentState
from consult.submissions.comments.outcome import Outcome
from consult.submissions.models import Comment
from consult.submissions.words import SightingKind
from consult.text import one_line

MOST_SIGHTINGS = 500


def open_case(
    session: Session, matter: Consultation, new: NewCase, numbers: Collection[int], actor: Actor, now: datetime
) -> SightingCase:
    """A case with these sightings (numbers of comments), which nobody outside sees before another person releases it.

    Raises NotFound for a number that is none and a matter of no sightings; Invalid; Refused: the policy's reason,
    `no_sightings`, and with the numbers `in_a_case`, `not_a_sighting`, `case_full`.
    """
    _require_sightings(matter)
    with writing(session, matter.id):
        require(actor, Action.TRIAGE, matter, now)
        check(session, new, clock.local_day(now))
        if not numbers:
            raise Refused("no_sightings")
        states = _free(session, matter, numbers)
        assert new.by_id is not None and new.due_on is not None and new.seen_on is not None
        owed = NewPromise(PromiseKind.CASE, new.text, new.by_id, matter.answering_id, new.due_on, new.area_id)
        promise = promises.make(session, matter.id, owed, actor, now)
        made = SightingCase(
            id=promise.id, consultation_id=matter.id, kind=SightingKind(new.kind), place=one_line(new.place),
            seen_on=new.seen_on, latitude=new.point[0] if new.point else None,
            longitude=new.point[1] if new.point else None,
        )  # fmt: skip
        session.add_all([made, *_joined(made, states, actor, now)])
    return made


def join(session: Session, case: SightingCase, numbers: Collection[int], actor: Actor, now: datetime) -> None:
    """More sightings belong to it; of a public case the log tells which ones by now. Raises as `open_case`, and
    Refused("promise_ended") for a case that ended."""
    with writing(session, case.consultation_id):
        matter = _worked_on(session, case, actor, now)
        if case.promise.ended_on is not None:
            raise Refused("promise_ended")
        if not numbers:
            raise Refused("no_sightings")
        states = _free(session, matter, numbers)
        if len(case.sightings) + len(states) > MOST_SIGHTINGS:
            raise Refused("case_full")
        session.add_all(_joined(case, states, actor, now))
        session.flush()
        session.expire(case)
        standing.settle(session, case, now)
        _tell_joined(session, matter, case, now)


def part(session: Session, case: SightingCase, number: int, actor: Actor, now: datetime) -> None:
    """A sighting belongs to it no more: it was joined by mistake. Raises NotFound, Refused: the policy's reason,
    `last_sighting`."""
    with writing(session, case.consultation_id):
        matter = _worked_on(session, case, actor, now)
        found = next((one for one in case.sightings if one.comment.number == number), None)
        if found is None:
            raise NotFound
        if len(case.sightings) == 1:
            raise Refused("last_sighting")
        session.delete(found)
        session.flush()
        session.expire(case)
        standing.settle(session, case, now)
        _tell_joined(session, matter, case, now)


def release(session: Session, case: SightingCase, actor: Actor, now: datetime) -> None:
    """Makes a case public, by a person who signs for the body that follows it and did not open it; who has to deal with
    it is told. Raises Refused: `not_sender`, `own_words`, `already_public`, `case_unreported` (it was public),
    `set_apart_since` (with numbers: no case tells of what goes another lawful way), `no_report_stands`."""
    with writing(session, case.consultation_id):
        session.refresh(case)
        promise = case.promise
        session.refresh(promise)
        _require_hidden(case)
        heads.require_other_eyes(actor, promise.recorded_by_id, promise.keeper_id)
        if apart := set(numbers_of(case)) - set(told_numbers(case)):
            raise Refused("set_apart_since", numbers=listed(apart))
        if not standing.is_reported(session, case):
            raise Refused("no_report_stands")
        matter = session.get_one(Consultation, case.consultation_id)
        acts = [promises.publish(promise, details(case), now), entries.case_joined(promise.number, numbers_of(case))]
        ledger.append(session, matter.id, acts, now)
        promises.have_told(session, matter.id, "made", promise.by_id, [promise.number], now)
        matter.touch()


def discard(session: Session, case: SightingCase, actor: Actor, now: datetime) -> None:
    """Takes out a case that is not public: it was wrong; its sightings are free again. Raises Refused: the policy's
    reason, `already_public`, `case_unreported` (the log tells of it)."""
    with writing(session, case.consultation_id):
        _worked_on(session, case, actor, now)
        promise = case.promise
        _require_hidden(case)
        for one in case.sightings:
            session.delete(one)
        session.flush()
        session.delete(case)
        session.flush()
        session.delete(promise)


def case_of(session: Session, matter: Consultation, number: int) -> SightingCase:
    """The case of this number. Raises NotFound."""
    named = (Promise.consultation_id == matter.id, Promise.number == number)
    found = session.scalar(select(SightingCase).join(SightingCase.promise).where(*named))
    if found is None:
        raise NotFound
    return found


def public_case(session: Session, matter: Consultation, number: int) -> SightingCase:
    """The same where it is public, and a report of it stands at this moment. Raises NotFound."""
    found = case_of(session, matter, number)
    if found.promise.public_at is None or not standing.is_reported(session, found):
        raise NotFound
    return found


def details(case: SightingCase) -> dict[str, str]:
    """What is public of a case beside its promise, as the log hashes it."""
    point = [f"{degrees:.5f}" for degrees in case.point] if case.point else ["", ""]
    return {
        "case_kind": case.kind.value, "place": case.place, "seen_on": case.seen_on.isoformat(), "latitude": point[0],
        "longitude": point[1],
    }  # fmt: skip


def numbers_of(case: SightingCase) -> list[int]:
    """The numbers of its sightings, the first first."""
    return _numbers(case)


def told_numbers(case: SightingCase) -> list[int]:
    """The same as pages tell them: of what was set apart since they do not say with what it has to do."""
    return _numbers(case, ~visible.set_apart_expression())


def _numbers(case: SightingCase, *which: ColumnElement[bool]) -> list[int]:
    session = object_session(case)
    assert session is not None
    own = (CaseSighting.consultation_id == case.consultation_id, CaseSighting.case_id == case.id)
    wanted = select(Comment.number).select_from(CaseSighting).join(CaseSighting.comment).where(*own, *which)
    # Put in order here: by an index of numbers a database would look at every comment of the matter.
    return sorted(session.scalars(wanted))


def _require_hidden(case: SightingCase) -> None:
    if case.promise.public_at is not None or case.unreported_since is not None:
        raise Refused("case_unreported" if case.unreported_since is not None else "already_public")


def _require_sightings(matter: Consultation) -> None:
    if matter.kind is not Kind.SIGHTINGS:
        raise NotFound


def _worked_on(session: Session, case: SightingCase, actor: Actor, now: datetime) -> Consultation:
    matter = session.get_one(Consultation, case.consultation_id)
    require(actor, Action.TRIAGE, matter, now)
    session.refresh(case)
    return matter


def _free(session: Session, matter: Consultation, numbers: Collection[int]) -> Sequence[CommentState]:
    """Sightings that may be joined: received, in no case, not set apart, not taken back and not dealt with elsewhere: a
    denunciation goes its own way. Raises NotFound, Refused with the numbers that may not."""
    if len(set(numbers)) > MOST_SIGHTINGS:
        raise Refused("case_full")
    states = comment_state.read(session, matter.id, numbers)
    apart = [visible.is_set_apart(one.outcome, one.visibility) for one in states]
    goes_on = [
        one.outcome in (Outcome.AWAITING, Outcome.ANSWERED) and not set_apart
        for one, set_apart in zip(states, apart, strict=True)
    ]
    comment_state.refuse_unless(goes_on, list(states), "not_a_sighting")
    ids = [one.comment.id for one in states]
    own = (CaseSighting.consultation_id == matter.id, CaseSighting.comment_id.in_(ids))
    taken = set(session.scalars(select(CaseSighting.comment_id).where(*own)))
    comment_state.refuse_unless([one.comment.id not in taken for one in states], list(states), "in_a_case")
    return states


def _joined(case: SightingCase, states: Sequence[CommentState], actor: Actor, now: datetime) -> list[CaseSighting]:
    by_id = heads.person(actor)
    return [
        CaseSighting(
            consultation_id=case.consultation_id, comment_id=one.comment.id, case_id=case.id, joined_at=now,
            joined_by_id=by_id,
        )
        for one in states
    ]  # fmt: skip


def _tell_joined(session: Session, matter: Consultation, case: SightingCase, now: datetime) -> None:
    if case.promise.public_at is None and case.unreported_since is None:
        return
    ledger.append(session, matter.id, [entries.case_joined(case.promise.number, numbers_of(case))], now)
    matter.touch()
