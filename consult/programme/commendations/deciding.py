"""A commendation is decided or refused by one person, made public by another once who is commended agreed."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from consult import clock, size_limits
from consult.consultations.models import Consultation
from consult.db import writing
from consult.errors import Invalid, NotFound, Refused
from consult.ledger import commitment
from consult.ledger import programme_entries as entries
from consult.ledger import service as ledger
from consult.outbox.service import emit
from consult.people.models import Organisation
from consult.policy import Actor
from consult.programme import heads
from consult.programme.commendations import consents
from consult.programme.commendations.models import Commendation
from consult.programme.commendations.proposing import decides, require_open, require_other_eyes
from consult.programme.facts import Told, day
from consult.programme.words import CommendedKind
from consult.text import one_line, stored

FIELD = "commendation"
"""The name of the commitment."""


@dataclass(frozen=True)
class NewDecision:
    """A decision as typed: by which body, its number and local day, and the form of the commendation, one of those
    that the province has."""

    form: str
    number: str
    decided_on: date | None
    deciding_id: UUID | None


def decide(
    session: Session, one: Commendation, new: NewDecision, forms: Collection[str], actor: Actor, now: datetime
) -> None:
    """Records what was decided, by somebody of a party, once it was checked; a wrong record is written anew while it is
    not public. Raises NotFound, Invalid, Refused: `commendation_over`, `commendation_not_checked`,
    `already_public`."""
    with writing(session, one.consultation_id):
        session.refresh(one)
        _require_party(one, actor)
        require_open(one)
        if one.is_public:
            raise Refused("already_public")
        if one.checked_at is None:
            raise Refused("commendation_not_checked")
        _check(session, new, {*forms, one.form}, clock.local_day(now))
        first = one.decided_at is None
        one.form, one.decision_number = new.form, one_line(new.number)
        one.decided_on, one.deciding_id = new.decided_on, new.deciding_id
        one.decided_at, one.decided_by_id = now, heads.person(actor)
        if first:
            _tell(session, one, now)


def refuse(session: Session, one: Commendation, reason: str, actor: Actor, now: datetime) -> None:
    """Refuses it with the reason, which the body that proposed it reads and nobody outside; by a person who signs for a
    party. Raises NotFound, Invalid, Refused: `not_sender`, `commendation_over`, `commendation_decided`."""
    with writing(session, one.consultation_id):
        session.refresh(one)
        _require_signer(one, actor)
        require_open(one)
        if one.decided_at is not None:
            raise Refused("commendation_decided")
        if not 0 < len(stored(reason)) <= size_limits.TEXT:
            raise Invalid({"reason": "too_long" if stored(reason) else "required"})
        one.refusal, one.refused_at, one.refused_by_id = stored(reason), now, heads.person(actor)
        _tell(session, one, now)


def release(session: Session, one: Commendation, actor: Actor, now: datetime) -> None:
    """Makes it public with a commitment in the log, by a person who signs for a party and recorded neither the proposal
    nor the decision, while a consent holds. Raises NotFound, Refused: `commendation_over`, `already_public`,
    `commendation_not_decided`, `no_consent`, `not_sender`, `own_words`."""
    with writing(session, one.consultation_id):
        session.refresh(one)
        party = _require_party(one, actor)
        require_open(one)
        if one.is_public:
            raise Refused("already_public")
        if one.decided_by_id is None:
            raise Refused("commendation_not_decided")
        if one.consent is None:
            raise Refused("no_consent")
        heads.require_other_eyes(actor, one.decided_by_id, party)
        require_other_eyes(one, actor)
        _publish(session, one, actor, now)


def take_out(session: Session, one: Commendation, reason: str, actor: Actor, now: datetime) -> None:
    """Has it public no more for a reason that nobody outside reads (it was wrong), at once and by one person who signs.
    Raises NotFound, Invalid, Refused: `not_sender`, `commendation_not_public`."""
    with writing(session, one.consultation_id):
        session.refresh(one)
        _require_signer(one, actor)
        if not one.is_public:
            raise Refused("commendation_not_public")
        if not 0 < len(stored(reason)) <= size_limits.TEXT:
            raise Invalid({"reason": "too_long" if stored(reason) else "required"})
        one.withdrawal = stored(reason)
        consents.take_out(session, one, actor, now)


def told(one: Commendation) -> Told:
    """What is public of it, as its commitment is over it. Who proposed it is not, nor of a person the model that they
    work in: either may tell what they believe."""
    return {
        "commendation": one.number, "version": one.version, "kind": one.kind.value, "body": str(one.body_id or ""),
        "name": one.name, "area": str(one.area_id or ""), "merits": one.merits,
        "practice": None if one.kind is CommendedKind.PERSON else one.practice_number,
        "form": one.form, "decision_number": one.decision_number, "decided_on": day(one.decided_on),
        "deciding": str(one.deciding_id or ""),
    }  # fmt: skip


def _publish(session: Session, one: Commendation, actor: Actor, now: datetime) -> None:
    one.version, one.salt = one.version + 1, commitment.new_salt(secrets.token_bytes(commitment.SALT_BYTES))
    one.released_at, one.released_by_id = now, heads.person(actor)
    one.withdrawn_at = one.withdrawn_by_id = None
    one.withdrawal = ""
    committed = commitment.commit(FIELD, told(one), one.salt)
    entry = entries.commendation_published(one.number, one.version, committed)
    ledger.append(session, one.consultation_id, [entry], now)
    session.get_one(Consultation, one.consultation_id).touch()


def _tell(session: Session, one: Commendation, now: datetime) -> None:
    """The body that proposed it is told that it was answered; a party tells itself nothing."""
    if one.proposer_id not in one.programme.parties:
        emit(session, "commendation_answered", now, one.consultation_id, commendation=one.number,
             organisation=str(one.proposer_id))  # fmt: skip


def _require_party(one: Commendation, actor: Actor) -> UUID:
    if not decides(one.programme, actor):
        raise NotFound
    body = heads.require_party(one.programme, actor)
    return next((each for each in one.programme.parties if heads.signs(actor, each)), body)


def _require_signer(one: Commendation, actor: Actor) -> None:
    if not heads.signs(actor, _require_party(one, actor)):
        raise Refused("not_sender")


def _check(session: Session, new: NewDecision, forms: Collection[str], today: date) -> None:
    errors = {} if new.form and new.form in forms else {"form": "required"}
    if not 0 < len(one_line(new.number)) <= size_limits.SHORT:
        errors["decision_number"] = "too_long" if one_line(new.number) else "required"
    if new.decided_on is None or new.decided_on > today:
        errors["decided_on"] = "required" if new.decided_on is None else "in_the_future"
    if new.deciding_id is None or session.get(Organisation, new.deciding_id) is None:
        errors["deciding"] = "required"
    if errors:
        raise Invalid(errors)
