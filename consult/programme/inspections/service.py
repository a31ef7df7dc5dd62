"""Results of inspections: recorded by one person, published by another, corrected with both versions to be read."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from consult import clock
from consult.consultations.matter.public_numbers import next_number
from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import Invalid, NotFound, Refused
from consult.ledger import programme_entries as entries
from consult.ledger import service as ledger
from consult.policy import Actor
from consult.programme import heads
from consult.programme.head_models import Programme
from consult.programme.inspections import checks, remedies
from consult.programme.inspections.facts import told_version
from consult.programme.inspections.models import Inspection, InspectionVersion
from consult.programme.inspections.typed import NewInspection
from consult.programme.words import InspectedKind
from consult.text import one_line, stored

MOST_VERSIONS = 50
_WHOLE = (
    joinedload(Inspection.body),
    joinedload(Inspection.promise),
    selectinload(Inspection.versions).options(
        joinedload(InspectionVersion.inspected), joinedload(InspectionVersion.area)
    ),
)


def begin(
    session: Session, programme: Programme, new: NewInspection, names_households: bool, actor: Actor, now: datetime
) -> Inspection:
    """A result that nobody outside sees yet, by somebody of a party that is of the state. Raises NotFound, Invalid,
    Refused("programme_not_public")."""
    with writing(session, programme.consultation_id):
        session.refresh(programme)
        body = inspecting(programme, actor)
        if programme.public_at is None:
            raise Refused("programme_not_public")
        _check(session, new, names_households, now)
        number = next_number(session, programme.consultation_id, "inspection")
        made = Inspection(id=new_id(), consultation_id=programme.consultation_id, number=number, body_id=body)
        session.add(made)
        session.flush()
        session.add(_version(made, 1, new, heads.person(actor), now))
    return made


def record(
    session: Session, one: Inspection, new: NewInspection, names_households: bool, actor: Actor, now: datetime
) -> InspectionVersion:
    """Changes what waits to be published; of what is public, a version that corrects it, for a reason. The last day of
    a remedy that is owed is moved at its promise, never here. Raises NotFound, Invalid, Refused("inspection_full")."""
    with writing(session, one.consultation_id):
        session.refresh(one)
        _require_own(one, actor)
        waits, last = waiting(one), public(one)
        new = remedies.with_its_day(one, new, last)
        _check(session, new, names_households, now, last, remedies.error_of(one, new))
        if waits is not None:
            session.delete(waits)
            session.flush()
        elif len(one.versions) >= MOST_VERSIONS:
            raise Refused("inspection_full")
        number = last.number + 1 if last else 1
        made = _version(one, number, new, heads.person(actor), now, waits or last)
        if made.hides_earlier and new.file is None and last is not None and made.file_hash == last.file_hash:
            # The signed paper may name whom the words named; who knows better attaches it again.
            made.file_hash = made.file_name = made.media_type = ""
        session.add(made)
    return made


def discard(session: Session, one: Inspection, actor: Actor) -> None:
    """Takes out what waits to be published; all of it where nothing was public yet. Raises NotFound,
    Refused("nothing_waits")."""
    with writing(session, one.consultation_id):
        session.refresh(one)
        _require_own(one, actor)
        session.delete(_waiting(one))
        session.flush()
        if public(one) is None:
            session.delete(one)


def release(session: Session, one: Inspection, actor: Actor, now: datetime) -> None:
    """Publishes what waits, by a person who signs for the body and did not write it; the remedy it asks for is owed
    from then on. Raises NotFound, Refused: `nothing_waits`, `not_sender`, `own_words`."""
    with writing(session, one.consultation_id):
        session.refresh(one)
        _require_own(one, actor)
        version = _waiting(one)
        heads.require_other_eyes(actor, version.recorded_by_id, one.body_id)
        version.released_at, version.released_by_id = now, heads.person(actor)
        one.public_version = version.number
        hashed = entries.hash_of(told_version(one, version))
        told = entries.inspection_published(one.number, version.number, version.decision_on, hashed, version.reason)
        ledger.append(session, one.consultation_id, [told, *remedies.publish(session, one, version, actor, now)], now)
        session.get_one(Consultation, one.consultation_id).touch()


def inspection_of(session: Session, programme: Programme, number: int) -> Inspection:
    """The inspection of this number with all its versions. Raises NotFound."""
    named = (Inspection.consultation_id == programme.consultation_id, Inspection.number == number)
    found = session.scalar(select(Inspection).where(*named).options(*_WHOLE))
    if found is None:
        raise NotFound
    return found


def own_inspection(session: Session, programme: Programme, number: int, actor: Actor) -> Inspection:
    """The same for who works for the body that inspects. Raises NotFound."""
    found = inspection_of(session, programme, number)
    _require_own(found, actor)
    return found


def public_inspection(session: Session, programme: Programme, number: int) -> Inspection:
    """The same where it is public. Raises NotFound."""
    found = inspection_of(session, programme, number)
    if found.public_version is None:
        raise NotFound
    return found


def inspecting(programme: Programme, actor: Actor) -> UUID:
    """The party that inspects, for which somebody works: one of the state. Raises NotFound for anybody else."""
    return heads.state_party(programme, actor)


def public(one: Inspection) -> InspectionVersion | None:
    """The newest version that is public."""
    return next((each for each in reversed(one.versions) if each.released_at is not None), None)


def is_read_no_more(one: Inspection, version: InspectionVersion) -> bool:
    """Whether a later public version hides what this one said, since it named a person."""
    return any(
        each.hides_earlier for each in one.versions if each.number > version.number and each.released_at is not None
    )


def waiting(one: Inspection) -> InspectionVersion | None:
    """The version that waits to be published."""
    return next((each for each in one.versions if each.released_at is None), None)


def _waiting(one: Inspection) -> InspectionVersion:
    found = waiting(one)
    if found is None:
        raise Refused("nothing_waits")
    return found


def _require_own(one: Inspection, actor: Actor) -> None:
    if one.body_id not in heads.bodies_of(actor):
        raise NotFound


def _check(
    session: Session, new: NewInspection, names_households: bool, now: datetime,
    corrects: InspectionVersion | None = None, of_remedy: dict[str, str] | None = None,
) -> None:  # fmt: skip
    errors = checks.errors_of(session, new, names_households, clock.local_day(now)) | (of_remedy or {})
    if corrects is not None and not stored(new.reason):
        errors["reason"] = "required"
    if errors:
        raise Invalid(errors)


def _version(
    one: Inspection,
    number: int,
    new: NewInspection,
    by_id: UUID,
    now: datetime,
    before: InspectionVersion | None = None,
) -> InspectionVersion:
    assert new.inspected_on is not None and new.decision_on is not None
    kind, (file_hash, file_name, media_type) = InspectedKind(new.kind), _file(new, before)
    return InspectionVersion(
        id=new_id(), consultation_id=one.consultation_id, inspection_id=one.id, number=number,
        subject=one_line(new.subject), inspected_kind=kind, inspected_id=new.inspected_id,
        inspected_name=one_line(new.inspected_name), area_id=new.area_id, inspected_on=new.inspected_on,
        decision_number=one_line(new.decision_number), decision_on=new.decision_on, file_hash=file_hash,
        file_name=file_name, media_type=media_type, breaches=new.breach_lines, fine=new.fine,
        remedy=stored(new.remedy), due_on=new.due_on, reason=stored(new.reason),
        hides_earlier=new.hides_earlier and number > 1, recorded_at=now, recorded_by_id=by_id,
    )  # fmt: skip


def _file(new: NewInspection, before: InspectionVersion | None) -> tuple[str, str, str]:
    """The signed paper: a new one, or that of the version before; none of who is not named."""
    if new.file is not None:
        return new.file.hash, new.file.name, new.file.media_type
    named = new.inspected_id is not None or bool(one_line(new.inspected_name))
    return (before.file_hash, before.file_name, before.media_type) if before and named else ("", "", "")
