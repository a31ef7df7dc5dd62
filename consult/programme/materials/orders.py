"""The order desk: a body asks for copies or a specialist, who keeps the library confirms or declines and records what
was delivered; each time the other side is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from consult import clock, size_limits
from consult.consultations.matter.public_numbers import next_number
from consult.db import new_id, writing
from consult.errors import Invalid, NotFound, Refused
from consult.outbox.service import emit
from consult.policy import Actor
from consult.programme import heads
from consult.programme.head_models import Programme
from consult.programme.materials.models import Material, MaterialOrder
from consult.text import one_line, stored

MOST_COPIES = 100_000
PAGE_SIZE = 50
_WHOLE = (joinedload(MaterialOrder.body), joinedload(MaterialOrder.material), joinedload(MaterialOrder.programme))


@dataclass(frozen=True)
class NewOrder:
    """An order as typed: copies of a publication, or a specialist, or both, by a local day."""

    body_id: UUID | None
    material_id: UUID | None
    copies: str
    specialist: bool
    needed_on: date | None
    place: str = ""
    text: str = ""


def order(session: Session, programme: Programme, new: NewOrder, actor: Actor, now: datetime) -> MaterialOrder:
    """A body orders; who keeps the library is told. Raises NotFound for who does not work for the body, Invalid,
    Refused("programme_not_public")."""
    with writing(session, programme.consultation_id):
        session.refresh(programme)
        if programme.public_at is None:
            raise Refused("programme_not_public")
        if new.body_id not in heads.bodies_of(actor):
            raise NotFound
        _check(session, programme, new, clock.local_day(now))
        assert new.body_id is not None and new.needed_on is not None
        made = MaterialOrder(
            id=new_id(), consultation_id=programme.consultation_id, body_id=new.body_id, material_id=new.material_id,
            number=next_number(session, programme.consultation_id, "material_order"), copies=_copies(new.copies),
            specialist=new.specialist, needed_on=new.needed_on, place=one_line(new.place), text=stored(new.text),
            at=now, by_id=heads.person(actor), answer="", delivered="",
        )  # fmt: skip
        session.add(made)
        _have_told(session, made, "made", programme.second_party_id, now)
    return made


def answer(session: Session, one: MaterialOrder, confirms: bool, text: str, actor: Actor, now: datetime) -> None:
    """Confirms or declines, with words; to decline they are needed. Raises NotFound, Invalid,
    Refused("order_answered")."""
    with writing(session, one.consultation_id):
        session.refresh(one)
        require_keeper(one.programme, actor)
        if one.answered_at is not None:
            raise Refused("order_answered")
        said = stored(text)
        if len(said) > size_limits.TEXT or not (said or confirms):
            raise Invalid({"answer": "too_long" if said else "required"})
        one.confirmed, one.answer, one.answered_at = confirms, said, now
        one.answered_by_id = heads.person(actor)
        _have_told(session, one, "confirmed" if confirms else "declined", one.body_id, now)


def deliver(
    session: Session, one: MaterialOrder, day: date | None, copies: str, text: str, actor: Actor, now: datetime
) -> None:
    """Records once what was delivered of a confirmed order, on which local day. Raises NotFound, Invalid, Refused:
    `order_not_confirmed`, `order_delivered`."""
    with writing(session, one.consultation_id):
        session.refresh(one)
        require_keeper(one.programme, actor)
        if not one.confirmed or one.delivered_on is not None:
            raise Refused("order_delivered" if one.confirmed else "order_not_confirmed")
        _check_delivery(one, day, copies, text, clock.local_day(now))
        one.delivered_on, one.delivered_copies, one.delivered = day, _copies(copies), stored(text)
        one.delivered_by_id = heads.person(actor)
        _have_told(session, one, "delivered", one.body_id, now)


def order_of(session: Session, programme: Programme, number: int, actor: Actor) -> MaterialOrder:
    """The order of this number, for who works for the body that ordered or keeps the library. Raises NotFound."""
    own = (MaterialOrder.consultation_id == programme.consultation_id, MaterialOrder.number == number)
    found = session.scalar(select(MaterialOrder).where(*own).options(*_WHOLE))
    if found is None or not heads.bodies_of(actor) & {found.body_id, programme.second_party_id}:
        raise NotFound
    return found


def listed(
    session: Session, programme: Programme, actor: Actor, limit: int, offset: int = 0
) -> Sequence[MaterialOrder]:
    """The orders that somebody may read, those that nobody answered first, then the newest."""
    own = select(MaterialOrder).where(MaterialOrder.consultation_id == programme.consultation_id)
    if programme.second_party_id not in heads.bodies_of(actor):
        own = own.where(MaterialOrder.body_id.in_(heads.bodies_of(actor)))
    ordered = own.options(*_WHOLE).order_by(MaterialOrder.answered_at.is_not(None), MaterialOrder.number.desc())
    return session.scalars(ordered.limit(limit).offset(offset)).all()


def delivered_copies(session: Session, one: Material) -> int:
    """How many copies of a publication were delivered, all orders together."""
    own = (MaterialOrder.consultation_id == one.consultation_id, MaterialOrder.material_id == one.id)
    return session.scalar(select(func.coalesce(func.sum(MaterialOrder.delivered_copies), 0)).where(*own)) or 0


def keeps(programme: Programme, actor: Actor) -> bool:
    """Whether somebody works for the party that keeps the library: the body of the state."""
    return programme.second_party_id in heads.bodies_of(actor)


def require_keeper(programme: Programme, actor: Actor) -> None:
    """Raises NotFound for who does not."""
    if not keeps(programme, actor):
        raise NotFound


def _have_told(session: Session, one: MaterialOrder, what: str, body: UUID, now: datetime) -> None:
    emit(
        session, "order_told", now, one.consultation_id, what=what, organisation=str(body), order=one.number,
    )  # fmt: skip


def _copies(typed: str) -> int | None:
    said = one_line(typed).replace(".", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 9 and int(said) else None


def _check(session: Session, programme: Programme, new: NewOrder, today: date) -> None:
    errors = {} if new.needed_on is not None else {"needed_on": "required"}
    if new.needed_on is not None and not 0 <= (new.needed_on - today).days <= 366:
        errors["needed_on"] = "not_later" if new.needed_on < today else "too_long_a_time"
    material = session.get(Material, (programme.consultation_id, new.material_id)) if new.material_id else None
    if new.material_id is not None and (material is None or material.public_at is None):
        errors["material"] = "not_a_choice"
    if new.material_id is None and not new.specialist:
        errors["material"] = "order_is_empty"
    if new.material_id is not None and not 0 < (_copies(new.copies) or 0) <= MOST_COPIES:
        errors["copies"] = "not_a_number" if one_line(new.copies) else "required"
    if len(one_line(new.place)) > size_limits.SHORT:
        errors["place"] = "too_long"
    if len(stored(new.text)) > size_limits.TEXT:
        errors["text"] = "too_long"
    if errors:
        raise Invalid(errors)


def _check_delivery(one: MaterialOrder, day: date | None, copies: str, text: str, today: date) -> None:
    errors = {} if day is not None else {"delivered_on": "required"}
    if day is not None and not clock.local_day(one.at) <= day <= today:
        errors["delivered_on"] = "in_the_future" if day > today else "before_it_began"
    if one.material_id is not None and not 0 < (_copies(copies) or 0) <= MOST_COPIES:
        errors["delivered_copies"] = "not_a_number" if one_line(copies) else "required"
    if len(stored(text)) > size_limits.TEXT:
        errors["delivered"] = "too_long"
    if errors:
        raise Invalid(errors)
