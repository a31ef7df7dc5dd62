"""Whether who is commended agrees to be named: taken down by a person, taken back at any time."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from consult import clock, size_limits
from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import Invalid, Refused
from consult.ledger import programme_entries as entries
from consult.ledger import service as ledger
from consult.outbox.service import emit
from consult.policy import Actor
from consult.programme import heads
from consult.programme.commendations.models import Commendation, CommendationConsent
from consult.programme.commendations.proposing import require_open, require_reader
from consult.text import one_line

MOST = 50


def give(
    session: Session, one: Commendation, given_on: date | None, how: str, actor: Actor, now: datetime
) -> CommendationConsent:
    """Takes down that they agreed, on which local day and how; by somebody of a party or of the body that proposed it.
    Raises NotFound, Invalid, Refused: `commendation_over`, `consent_there`, `commendation_full`."""
    with writing(session, one.consultation_id):
        session.refresh(one)
        require_reader(one, actor)
        require_open(one)
        if one.consent is not None:
            raise Refused("consent_there")
        if len(one.consents) >= MOST:
            raise Refused("commendation_full")
        _check(given_on, how, clock.local_day(now))
        assert given_on is not None
        made = CommendationConsent(
            id=new_id(), consultation_id=one.consultation_id, commendation_id=one.id, number=len(one.consents) + 1,
            given_on=given_on, how=one_line(how), taken_at=now, taken_by_id=heads.person(actor),
        )  # fmt: skip
        session.add(made)
    return made


def take_back(session: Session, one: Commendation, actor: Actor, now: datetime) -> None:
    """They do not agree any more: what is public is so no longer, from this moment. Raises NotFound,
    Refused("no_consent")."""
    with writing(session, one.consultation_id):
        session.refresh(one)
        require_reader(one, actor)
        consent = one.consent
        if consent is None:
            raise Refused("no_consent")
        end(session, one, consent, actor, now)


def end(session: Session, one: Commendation, consent: CommendationConsent, actor: Actor, now: datetime) -> None:
    """Inside a transaction: a consent holds no more, and nothing that rests on it is public."""
    consent.withdrawn_at, consent.withdrawn_by_id = now, heads.person(actor)
    take_out(session, one, actor, now)


def take_out(session: Session, one: Commendation, actor: Actor, now: datetime) -> None:
    """Inside a transaction: what is public is so no longer; the log says that, and not why. Otherwise nothing."""
    if one.is_public:
        _take_out(session, one, heads.person(actor), now)


def take_out_again(session: Session, one: Commendation, now: datetime) -> None:
    """Inside a transaction: a consent that was taken back before the database was set back holds no more, and what
    rests on it is not public. Raises NotSigning."""
    if one.consent is not None:
        one.consent.withdrawn_at = now
    _take_out(session, one, None, now)


def _take_out(session: Session, one: Commendation, by_id: UUID | None, now: datetime) -> None:
    one.withdrawn_at, one.withdrawn_by_id = now, by_id
    ledger.append(session, one.consultation_id, [entries.commendation_withdrawn(one.number, one.version)], now)
    emit(session, "commendation_taken_out", now, one.consultation_id, commendation=str(one.id))
    session.get_one(Consultation, one.consultation_id).touch()


def _check(given_on: date | None, how: str, today: date) -> None:
    errors = {}
    if given_on is None or given_on > today:
        errors["given_on"] = "required" if given_on is None else "in_the_future"
    if not 0 < len(one_line(how)) <= size_limits.SHORT:
        errors["how"] = "too_long" if one_line(how) else "required"
    if errors:
        raise Invalid(errors)
