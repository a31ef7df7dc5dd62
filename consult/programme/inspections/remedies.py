"""The remedy that a decision asks for is a promise: owed by who was inspected where that is a body of the site,
otherwise by the body that inspects, which has to see it done; and followed by the body that inspects, which alone says
that it was carried out or is due later."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from consult.catalogues import translations
from consult.ledger import programme_entries as entries
from consult.ledger.entries import Act
from consult.policy import Actor
from consult.programme import facts, promises
from consult.programme.inspections.models import Inspection, InspectionVersion
from consult.programme.inspections.naming import names_nobody, told_name
from consult.programme.inspections.typed import NewInspection
from consult.programme.promise_models import Promise
from consult.programme.promises import NewPromise
from consult.programme.words import Ending, PromiseKind
from consult.text import stored


def details(one: Inspection) -> dict[str, str]:
    """What is said of a remedy beside its promise."""
    return {"inspection": str(one.number)}


def with_its_day(one: Inspection, new: NewInspection, last: InspectionVersion | None) -> NewInspection:
    """A correction leaves the last day of a remedy that is owed as it was told first."""
    owed = one.promise is not None and last is not None and last.due_on is not None
    if not owed or not stored(new.remedy):
        return new if stored(new.remedy) or not owed else replace(new, due_on=None)
    assert last is not None
    return replace(new, due_on=last.due_on)


def error_of(one: Inspection, new: NewInspection) -> dict[str, str]:
    """What was taken back is not asked for again under the same decision."""
    gone = one.promise is not None and one.promise.ending is Ending.WITHDRAWN
    return {"remedy": "remedy_taken_back"} if gone and stored(new.remedy) else {}


def publish(session: Session, one: Inspection, version: InspectionVersion, actor: Actor, now: datetime) -> list[Act]:
    """What the log is told of the remedy of a version that becomes public: it is owed from now on, says something else,
    or is asked for no more. Inside `writing`."""
    promise = one.promise
    if promise is None:
        return [_made(session, one, version, actor, now)] if version.remedy else []
    if promise.ended_on is not None:
        return _renamed(one, promise, version)
    if not version.remedy:
        return [*_renamed(one, promise, version), promises.withdraw(promise, version.reason, now)]
    promise.text, promise.area_id = words(version), version.area_id
    _owed_by(session, one, promise, version, now)
    return [_changed(one, promise, version)]


def withdrawn_for(one: Inspection) -> str:
    """Why the remedy was taken back: the reason of the version that asked for it no more; "" where none did."""
    released = [each for each in one.versions if each.released_at is not None]
    after = (each for before, each in zip(released, released[1:], strict=False) if before.remedy and not each.remedy)
    return next((each.reason for each in after), "")


def words(version: InspectionVersion, remedy: str = "") -> str:
    """What is promised (`remedy`, or that of the version), which names who has to do it where that is no body of the
    site."""
    said = remedy or version.remedy
    return said if version.inspected_id else f"{told_name(version)}: {said}"


def _owed_by(session: Session, one: Inspection, promise: Promise, version: InspectionVersion, now: datetime) -> None:
    """Whom a correction names instead owes it from then on."""
    by_id: UUID = version.inspected_id or one.body_id
    if by_id == promise.by_id:
        return
    promise.by_id = by_id
    session.flush()
    if by_id != one.body_id:
        promises.have_told(session, one.consultation_id, "made", by_id, [promise.number], now)


def _renamed(one: Inspection, promise: Promise, version: InspectionVersion) -> list[Act]:
    """What is owed no more is still told on the board: it too stops naming whom a correction no longer names."""
    if not (names_nobody(version) or version.hides_earlier):
        return []
    text = words(version, _last_said(one, version))
    if text == promise.text:
        return []
    promise.text, promise.area_id = text, version.area_id
    return [_changed(one, promise, version)]


def _last_said(one: Inspection, version: InspectionVersion) -> str:
    """The last public words of the remedy; none of what a version hides, which says it anew or not at all."""
    if version.hides_earlier:
        return version.remedy or translations("vi").gettext("inspection.remedy_hidden")
    return next(each.remedy for each in reversed(one.versions) if each.released_at is not None and each.remedy)


def _changed(one: Inspection, promise: Promise, version: InspectionVersion) -> Act:
    hashed = entries.hash_of(facts.of_promise(promise, details(one)))
    return entries.promise_changed(promise.number, hashed, version.reason)


def _made(session: Session, one: Inspection, version: InspectionVersion, actor: Actor, now: datetime) -> Act:
    assert version.due_on is not None
    by_id: UUID = version.inspected_id or one.body_id
    new = NewPromise(PromiseKind.REMEDY, words(version), by_id, one.body_id, version.due_on, version.area_id)
    made: Promise = promises.make(session, one.consultation_id, new, actor, now)
    made.recorded_by_id = version.recorded_by_id
    session.flush()
    one.promise_id = made.id
    if by_id != one.body_id:
        promises.have_told(session, one.consultation_id, "made", by_id, [made.number], now)
    return promises.publish(made, details(one), now)
