"""A legal profile of the province: a copy of one with another first day and other periods, which one administrator
proposes and another confirms. Matters that are public keep the copy of the rules they were published with."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from consult import clock
from consult.administration import audit_log
from consult.administration.models import ProfileProposal, Settlement
from consult.administration.reference import profile_values
from consult.administration.reference.profile_values import Change
from consult.consultations.models import Consultation, LegalProfile
from consult.db import Lock, new_id, writing
from consult.errors import Invalid, NotFound, Refused
from consult.policy import Actor
from consult.text import one_line

LONGEST = 500
ACTS = {
    Settlement.CONFIRMED: "profile_confirmed",
    Settlement.REFUSED: "profile_refused",
    Settlement.WITHDRAWN: "profile_withdrawn",
}


def waiting(session: Session) -> Sequence[ProfileProposal]:
    """The proposals that wait, the oldest first."""
    return session.scalars(
        select(ProfileProposal)
        .options(joinedload(ProfileProposal.base), joinedload(ProfileProposal.proposed_by))
        .where(ProfileProposal.settled_at.is_(None))
        .order_by(ProfileProposal.proposed_at, ProfileProposal.id)
    ).all()


def proposal(session: Session, proposal_id: UUID) -> ProfileProposal:
    """One proposal. Raises NotFound."""
    found = session.get(ProfileProposal, proposal_id)
    if found is None:
        raise NotFound
    return found


def checked(
    session: Session, base: LegalProfile, name: str, first_day: date | None, basis: str, rules: dict[str, Any],
    now: datetime,
) -> list[Change]:  # fmt: skip
    """What a proposal would change. Raises Invalid by the names of the fields: without a name or a document that
    decided it, for a first day that is past, not after that of the copied profile, after its end, or taken, and where
    nothing is other than it was."""
    errors = {field: "required" for field, text in (("name", name), ("basis", basis)) if not one_line(text)}
    errors |= {field: "too_long" for field, text in (("name", name), ("basis", basis)) if len(text) > LONGEST}
    if code := _wrong_day(session, base, first_day, now):
        errors["valid_from"] = code
    found = profile_values.changes(base.rules, rules)
    if not found and not errors:
        errors["name"] = "nothing_changed"
    if errors:
        raise Invalid(errors)
    return found


def propose(
    session: Session, base: LegalProfile, name: str, first_day: date, basis: str, rules: dict[str, Any], actor: Actor,
    now: datetime,
) -> ProfileProposal:  # fmt: skip
    """Proposes it; nothing applies until somebody else confirms. Raises Invalid as `checked`, Refused("sign_in_needed")
    and Refused("profile_waits") while another copy of this profile from that day waits."""
    if actor.user_id is None:
        raise Refused("sign_in_needed")
    checked(session, base, name, first_day, basis, rules, now)
    with writing(session, Lock.REFERENCE):
        if any(one.base.code == base.code and one.valid_from == first_day for one in waiting(session)):
            raise Refused("profile_waits")
        row = ProfileProposal(
            id=new_id(),
            base_id=base.id,
            name=one_line(name),
            valid_from=first_day,
            basis=one_line(basis),
            rules=rules | {"decided_by": one_line(basis)},
            proposed_at=now,
            proposed_by_id=actor.user_id,
        )
        session.add(row)
        _note(session, "profile_proposed", row, base, actor, now)
    return row


def settle(session: Session, proposal_id: UUID, how: Settlement, actor: Actor, now: datetime) -> ProfileProposal:
    """Confirms, refuses or withdraws a proposal. Confirmed, it is a profile from its first day on, and the one that was
    copied holds until the day before.

    Raises NotFound and Refused: `proposal_settled`; `own_proposal` for who would confirm or refuse what they proposed;
    `not_your_proposal` for who would withdraw another's; `profile_day_over` when its first day is no later than that of
    the copied one, is taken meanwhile, or is past.
    """
    with writing(session, Lock.REFERENCE):
        row = proposal(session, proposal_id)
        _check(row, how, actor)
        if how is Settlement.CONFIRMED:
            row.profile_id = _confirm(session, row, now).id
        row.settled_at, row.settled_by_id, row.settlement = now, actor.user_id, how
        _note(session, ACTS[how], row, row.base, actor, now)
    return row


def in_preparation(session: Session, base: LegalProfile) -> int:
    """How many matters that are not public yet were begun under a profile: those that open later need the new one."""
    wanted = (Consultation.profile_id == base.id, Consultation.published_at.is_(None))
    return session.scalar(select(func.count()).select_from(Consultation).where(*wanted)) or 0


def published_under(session: Session, base: LegalProfile) -> int:
    """How many matters were published under it, which keep it."""
    wanted = (Consultation.profile_id == base.id, Consultation.published_at.is_not(None))
    return session.scalar(select(func.count()).select_from(Consultation).where(*wanted)) or 0


def _wrong_day(session: Session, base: LegalProfile, first_day: date | None, now: datetime) -> str:
    if first_day is None:
        return "required"
    if first_day < clock.local_day(now):
        return "day_in_the_past"
    if first_day <= base.valid_from or (base.valid_to is not None and first_day >= base.valid_to):
        return "not_in_profile"
    same = (LegalProfile.code == base.code, LegalProfile.valid_from == first_day)
    return "profile_day_taken" if session.scalar(select(LegalProfile.id).where(*same)) else ""


def _check(row: ProfileProposal, how: Settlement, actor: Actor) -> None:
    if row.settled_at is not None:
        raise Refused("proposal_settled")
    own = row.proposed_by_id == actor.user_id
    if how is Settlement.WITHDRAWN and not own:
        raise Refused("not_your_proposal")
    if how is not Settlement.WITHDRAWN and (own or actor.user_id is None):
        raise Refused("own_proposal")


def _confirm(session: Session, row: ProfileProposal, now: datetime) -> LegalProfile:
    base = row.base
    if _wrong_day(session, base, row.valid_from, now):
        raise Refused("profile_day_over")
    made = LegalProfile(
        id=new_id(), code=base.code, name=row.name, valid_from=row.valid_from, valid_to=base.valid_to, rules=row.rules
    )
    session.add(made)
    base.valid_to = row.valid_from
    session.flush()
    return made


def _note(
    session: Session, act: str, row: ProfileProposal, base: LegalProfile, actor: Actor, now: datetime
) -> None:  # fmt: skip
    told = [
        f"{one.place[1]} {one.field}: {one.before} → {one.after}"
        for one in profile_values.changes(base.rules, row.rules)
    ]
    facts = {"code": base.code, "valid_from": row.valid_from.isoformat(), "basis": row.basis, "changes": told}
    audit_log.note(session, act, row.name, actor, now, proposal_id=str(row.id), **facts)
