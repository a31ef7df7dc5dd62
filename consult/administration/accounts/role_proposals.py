"""Roles that wait for a second administrator: confirmed or refused by another one, withdrawn by who proposed them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consult.administration import audit_log
from consult.administration.accounts import roles
from consult.administration.accounts.roles import Granted
from consult.administration.models import RoleProposal, Settlement
from consult.db import Lock, writing
from consult.errors import NotFound, Refused
from consult.policy import Actor

ACTS = {
    Settlement.CONFIRMED: "role_confirmed",
    Settlement.REFUSED: "role_refused",
    Settlement.WITHDRAWN: "role_withdrawn",
}


def waiting(session: Session, user_id: UUID | None = None) -> Sequence[RoleProposal]:
    """The proposals that wait, the oldest first; those of one person when they are named."""
    statement = (
        select(RoleProposal)
        .options(
            joinedload(RoleProposal.user),
            joinedload(RoleProposal.organisation),
            joinedload(RoleProposal.unit),
            joinedload(RoleProposal.proposed_by),
            joinedload(RoleProposal.deputy_for),
        )
        .where(RoleProposal.settled_at.is_(None))
        .order_by(RoleProposal.proposed_at, RoleProposal.id)
    )
    if user_id is not None:
        statement = statement.where(RoleProposal.user_id == user_id)
    return session.scalars(statement).all()


def settle(session: Session, ids: Collection[UUID], how: Settlement, actor: Actor, now: datetime) -> list[RoleProposal]:
    """Confirms, refuses or withdraws proposals, all of them or none.

    Raises Refused: `nothing_chosen`; `proposal_settled` when somebody was quicker; `own_proposal` for who would confirm
    or refuse what they proposed; `not_your_proposal` for who would withdraw another's; `not_to_yourself` for the person
    it is about; `proposal_over` when its time is over; and what `roles.give` raises.
    """
    if not ids:
        raise Refused("nothing_chosen")
    with writing(session, Lock.PEOPLE):
        chosen = [_waiting(session, one) for one in dict.fromkeys(ids)]
        for proposal in chosen:
            _check(proposal, how, actor)
            if how is Settlement.CONFIRMED:
                proposal.membership_id = _confirm(session, proposal, actor, now)
            else:
                told = {"role": proposal.role.value, "organisation": proposal.organisation.name}
                audit_log.note(session, ACTS[how], proposal.user.name, actor, now, proposal_id=str(proposal.id), **told)
            proposal.settled_at, proposal.settled_by_id, proposal.settlement = now, actor.user_id, how
    return chosen


def _waiting(session: Session, proposal_id: UUID) -> RoleProposal:
    proposal = session.get(RoleProposal, proposal_id)
    if proposal is None:
        raise NotFound
    if proposal.settled_at is not None:
        raise Refused("proposal_settled")
    return proposal


def _check(proposal: RoleProposal, how: Settlement, actor: Actor) -> None:
    own = proposal.proposed_by_id == actor.user_id
    if how is Settlement.WITHDRAWN:
        if not own:
            raise Refused("not_your_proposal")
    elif own or actor.user_id is None:
        raise Refused("own_proposal")
    elif proposal.user_id == actor.user_id:
        raise Refused("not_to_yourself")


def _confirm(session: Session, proposal: RoleProposal, actor: Actor, now: datetime) -> UUID:
    if proposal.until is not None and proposal.until <= now:
        raise Refused("proposal_over")
    seat = Granted(
        proposal.user_id,
        proposal.organisation_id,
        proposal.unit_id,
        proposal.role,
        max(proposal.since, now),
        proposal.until,
        proposal.deputy_for_id,
    )
    made = roles.give(session, seat, ACTS[Settlement.CONFIRMED], actor, proposal.proposed_by_id, now)
    session.flush()
    return made.id
