"""Finding exchanges, and what of them is public."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from consult.errors import NotFound
from consult.programme.exchanges.models import Decision, Exchange
from consult.programme.facts import Told, day
from consult.programme.head_models import Programme
from consult.programme.promise_models import Promise

MOST = 40
_WHOLE = (
    selectinload(Exchange.items),
    selectinload(Exchange.decisions).joinedload(Decision.promise).options(joinedload(Promise.by)),
)


def exchange_of(session: Session, programme: Programme, number: int) -> Exchange:
    """The exchange of this number with its agenda and decisions, in statements that do not grow with them. Raises
    NotFound."""
    named = (Exchange.consultation_id == programme.consultation_id, Exchange.number == number)
    found = session.scalar(select(Exchange).where(*named).options(*_WHOLE))
    if found is None:
        raise NotFound
    return found


def public_exchange(session: Session, programme: Programme, number: int) -> Exchange:
    """The same where all parties agreed on its minutes. Raises NotFound."""
    found = exchange_of(session, programme, number)
    if found.public_at is None:
        raise NotFound
    return found


def exchanges_of(session: Session, programme: Programme, public: bool = True) -> Sequence[Exchange]:
    """The exchanges of a programme, the newest quarter first; only those that are `public`, or all."""
    own = select(Exchange).where(Exchange.consultation_id == programme.consultation_id)
    if public:
        own = own.where(Exchange.public_at.is_not(None))
    return session.scalars(own.order_by(Exchange.year.desc(), Exchange.quarter.desc()).limit(MOST)).all()


def waiting(session: Session, programmes: Sequence[UUID]) -> Sequence[Exchange]:
    """The exchanges of these programmes that are not public yet, the oldest quarter first."""
    own = select(Exchange).where(Exchange.consultation_id.in_(programmes), Exchange.public_at.is_(None))
    whole = own.options(joinedload(Exchange.programme), selectinload(Exchange.agreements)).order_by(
        Exchange.year, Exchange.quarter, Exchange.id
    )
    return session.scalars(whole.limit(MOST)).all()


def told(one: Exchange) -> Told:
    """What is public of it, as the log hashes it: when the parties met, who led and was there, what was noted at each
    item, and what the minutes say."""
    items = [[item.kind.value, item.text, item.count, item.note] for item in one.items]
    return {
        **({"further_leaders": one.further_leaders} if one.further_leaders else {}),
        "exchange": one.number, "day": day(one.held_on), "place": one.place, "first_leader": one.first_leader,
        "second_leader": one.second_leader, "attendants": one.attendants, "items": items, "minutes": one.minutes,
    }  # fmt: skip


def details(one: Exchange) -> dict[str, str]:
    """What is said of each decision beside its promise."""
    return {"exchange": str(one.number)}
