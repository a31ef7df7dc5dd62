"""Who may do what, when: pure decisions that give their reason. One answer serves the view and the template."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from consult.errors import NotFound, Refused
from consult.people.words import DESK_ROLES, Level, OrganisationKind
from consult.policy.actions import ALLOWS, STAGE_REASONS, STAGED, Action
from consult.policy.actors import (
    ANYBODY,
    INVESTOR,
    Actor,
    Matter,
    Seat,
    appraises,
    investor_answers,
    posting_body,
    writer_sends,
)
from consult.policy.rules import RULES
from consult.stages import Stage, stage_of

__all__ = [
    "ALLOWS", "ANYBODY", "RULES", "Action", "Actor", "Matter", "Seat", "appraises", "decide", "investor_answers",
    "may_hear", "may_lead_critique", "posting_body", "require", "require_listening",
    "writer_sends",
]  # fmt: skip


def decide(actor: Actor, action: Action, matter: Matter | None, now: datetime) -> str | None:
    """None when `actor` may do `action` (on `matter`, at the instant `now`), otherwise the code of the reason why not.

    Who may never see a matter is told `not_found`, so that a draft being prepared does not show itself.
    """
    if matter is None:
        return RULES[action](actor, None)
    stage = _stage(matter, now)
    if stage is Stage.DRAFTING and not _prepares(actor, matter):
        return "not_found"
    reason = RULES[action](actor, matter)
    if reason is None and action in STAGED and action not in ALLOWS[stage]:
        return STAGE_REASONS[stage]
    return reason


def require(actor: Actor, action: Action, matter: Matter | None, now: datetime) -> None:
    """Raises Refused with the reason why `actor` may not do `action` on `matter` at the instant `now`, and NotFound
    when that reason would tell of a matter that is not for them."""
    reason = decide(actor, action, matter, now)
    if reason in {"not_found", "not_your_body"}:
        raise NotFound
    if reason is not None:
        raise Refused(reason)


def require_listening(actor: Actor, action: Action, matter: Matter, asked: Collection[UUID], now: datetime) -> None:
    """As `require` for writing down a voice: whoever works for a body that was `asked` to listen may do it as well."""
    if not may_hear(actor, matter, asked):
        require(actor, action, matter, now)
    elif action not in ALLOWS[stage := _stage(matter, now)]:
        raise Refused(STAGE_REASONS[stage])


def may_hear(actor: Actor, matter: Matter, asked: Collection[UUID]) -> bool:
    """Whether somebody works for a body that was `asked` to listen; an investor is asked in vain where investors
    answer: a voice tells who speaks."""
    own = [seat for seat in actor.seats if seat.organisation_id in asked]
    return any(not investor_answers(matter) or seat.organisation_kind is not INVESTOR for seat in own)


def _stage(matter: Matter, now: datetime) -> Stage:
    """The stage by what may be done: a period that is sealed is over, whatever a clock that was set back says."""
    stage = stage_of(matter, now)
    return Stage.RESPONDING if stage is Stage.OPEN and matter.sealed_at is not None else stage


def _prepares(actor: Actor, matter: Matter) -> bool:
    return actor.posts(matter, *DESK_ROLES)


def may_lead_critique(kind: OrganisationKind, level: Level, lead_level: Level, has_agreement: bool) -> str | None:
    """None when an organisation may lead a phản biện xã hội, otherwise the reason.

    Luật Mặt trận Tổ quốc Việt Nam 2015, Điều 33 khoản 1 and 3: the Front committee of the level of the body whose
    draft it is; a socio-political organisation after agreement with the Front (its number and day); others take part.
    """
    if kind is OrganisationKind.FRONT_COMMITTEE:
        return None if level is lead_level else "critique_other_level"
    if kind is OrganisationKind.SOCIO_POLITICAL:
        return None if has_agreement else "critique_needs_agreement"
    return "critique_not_yours"
