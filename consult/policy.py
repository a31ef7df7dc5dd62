"""Who may do what, when: pure decisions that give their reason. One answer serves the view and the template."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeAlias
from uuid import UUID

from consult.errors import NotFound, Refused
from consult.people.words import DESK_ROLES, ORGANISATION_ROLES, Level, OrganisationKind, Role
from consult.stages import Stage, StageFacts, stage_of


class Action(StrEnum):
    """Everything that is asked of the policy."""

    READ_MATTER = "read_matter"
    SEND_COMMENT = "send_comment"
    SIGN_IN_NEEDED = "sign_in_needed"
    USE_WORKSPACE = "use_workspace"
    PREPARE_OPINION = "prepare_opinion"
    SEND_OPINION = "send_opinion"
    PREPARE_CRITIQUE = "prepare_critique"
    SEND_CRITIQUE = "send_critique"
    USE_DESK = "use_desk"
    PREPARE_MATTER = "prepare_matter"
    EDIT_MATTER = "edit_matter"
    REVISE_MATTER = "revise_matter"
    PUBLISH_MATTER = "publish_matter"
    EXTEND_MATTER = "extend_matter"
    WITHDRAW_MATTER = "withdraw_matter"
    INVITE_BODIES = "invite_bodies"
    SUMMARISE_MATTER = "summarise_matter"
    SUBMIT_MATTER = "submit_matter"
    SEE_COMMENTS = "see_comments"
    TRIAGE = "triage"
    CONFIRM_ACT = "confirm_act"
    TRANSCRIBE = "transcribe"
    CHECK_TRANSCRIPT = "check_transcript"
    RECORD_PAPER = "record_paper"
    DRAFT_ANSWER = "draft_answer"
    APPROVE_ANSWER = "approve_answer"
    PUBLISH_ANSWERS = "publish_answers"
    CONCLUDE = "conclude"
    ADMINISTER = "administer"


@dataclass(frozen=True)
class Seat:
    """One role that a person holds for an organisation."""

    organisation_id: UUID
    organisation_kind: OrganisationKind
    level: Level
    role: Role
    unit_id: UUID | None = None


@dataclass(frozen=True)
class Actor:
    """Who acts: a signed-in person with their seats, or anybody (no `user_id`)."""

    user_id: UUID | None = None
    name: str = ""
    seats: tuple[Seat, ...] = field(default=())

    def holds(self, *roles: Role, organisation: UUID | None = None) -> bool:
        """Whether the person holds one of `roles`, for `organisation` when one is named."""
        return any(
            seat.role in roles and (organisation is None or seat.organisation_id == organisation) for seat in self.seats
        )


ANYBODY = Actor()


class Matter(StageFacts, Protocol):
    """What the policy needs to know of a consultation."""

    id: UUID
    lead_id: UUID
    answering_id: UUID


_WORK = frozenset({
    Action.SEE_COMMENTS, Action.TRIAGE, Action.CONFIRM_ACT, Action.TRANSCRIBE, Action.CHECK_TRANSCRIPT,
    Action.RECORD_PAPER, Action.DRAFT_ANSWER, Action.APPROVE_ANSWER, Action.PUBLISH_ANSWERS,
})  # fmt: skip
_CRITIQUE = frozenset({Action.PREPARE_CRITIQUE, Action.SEND_CRITIQUE})
_OPINION = frozenset({Action.PREPARE_OPINION, Action.SEND_OPINION})
_CHANGE = frozenset({
    Action.REVISE_MATTER, Action.EXTEND_MATTER, Action.WITHDRAW_MATTER, Action.INVITE_BODIES, Action.SUMMARISE_MATTER,
    Action.READ_MATTER,
})  # fmt: skip

ALLOWS: dict[Stage, frozenset[Action]] = {
    Stage.DRAFTING: frozenset(
        {Action.EDIT_MATTER, Action.SUMMARISE_MATTER, Action.PUBLISH_MATTER, Action.INVITE_BODIES}
    ),
    Stage.ANNOUNCED: _CHANGE | {Action.PREPARE_OPINION, Action.PREPARE_CRITIQUE, Action.SEE_COMMENTS},
    Stage.OPEN: _CHANGE | _WORK | _OPINION | _CRITIQUE | {Action.SEND_COMMENT},
    Stage.RESPONDING: _CHANGE | _WORK | _OPINION | _CRITIQUE | {Action.CONCLUDE, Action.SUBMIT_MATTER},
    Stage.CONCLUDED: _WORK | _CRITIQUE | {Action.READ_MATTER, Action.SUBMIT_MATTER, Action.SUMMARISE_MATTER},
    Stage.WITHDRAWN: frozenset({Action.READ_MATTER, Action.SEE_COMMENTS}),
}
"""What each stage allows. A late opinion of a body asked is taken while its own period lasts: its service asks that
period; a critique is taken until the matter goes to the issuing authority, for which the law sets no day."""

_STAGE_REASONS = {
    Stage.DRAFTING: "not_published_yet",
    Stage.ANNOUNCED: "not_open_yet",
    Stage.OPEN: "still_open",
    Stage.RESPONDING: "too_late",
    Stage.CONCLUDED: "concluded",
    Stage.WITHDRAWN: "withdrawn",
}

Rule: TypeAlias = Callable[[Actor, "Matter | None"], str | None]


def _anybody(actor: Actor, matter: Matter | None) -> str | None:
    return None


def _signed_in(actor: Actor, matter: Matter | None) -> str | None:
    return None if actor.user_id else "sign_in_needed"


def _role(*roles: Role) -> Rule:
    def rule(actor: Actor, matter: Matter | None) -> str | None:
        if actor.user_id is None:
            return "sign_in_needed"
        return None if actor.holds(*roles) else "not_your_role"

    return rule


def _of_body(attribute: str, *roles: Role) -> Rule:
    def rule(actor: Actor, matter: Matter | None) -> str | None:
        if actor.user_id is None:
            return "sign_in_needed"
        body = getattr(matter, attribute) if matter is not None else None
        return None if actor.holds(*roles, organisation=body) else "not_your_body"

    return rule


def _of_either(*roles: Role) -> Rule:
    lead, answering = _of_body("lead_id", *roles), _of_body("answering_id", *roles)
    return lambda actor, matter: lead(actor, matter) and answering(actor, matter)


RULES: dict[Action, Rule] = {
    Action.READ_MATTER: _anybody,
    Action.SEND_COMMENT: _anybody,
    Action.SIGN_IN_NEEDED: _signed_in,
    Action.USE_WORKSPACE: _role(*ORGANISATION_ROLES),
    Action.PREPARE_OPINION: _role(*ORGANISATION_ROLES),
    Action.SEND_OPINION: _role(Role.SENDER),
    Action.PREPARE_CRITIQUE: _role(*ORGANISATION_ROLES),
    Action.SEND_CRITIQUE: _role(Role.SENDER),
    Action.USE_DESK: _role(*DESK_ROLES),
    Action.PREPARE_MATTER: _role(Role.OFFICER, Role.PUBLISHER),
    Action.EDIT_MATTER: _of_body("lead_id", Role.OFFICER, Role.PUBLISHER),
    Action.REVISE_MATTER: _of_body("lead_id", Role.OFFICER, Role.PUBLISHER),
    Action.PUBLISH_MATTER: _of_body("lead_id", Role.PUBLISHER),
    Action.EXTEND_MATTER: _of_body("lead_id", Role.PUBLISHER),
    Action.WITHDRAW_MATTER: _of_body("lead_id", Role.PUBLISHER),
    Action.INVITE_BODIES: _of_body("lead_id", Role.OFFICER, Role.PUBLISHER),
    Action.SUMMARISE_MATTER: _of_body("lead_id", Role.OFFICER, Role.PUBLISHER),
    Action.SUBMIT_MATTER: _of_body("lead_id", Role.PUBLISHER),
    Action.SEE_COMMENTS: _of_either(*DESK_ROLES),
    Action.TRIAGE: _of_either(Role.OFFICER, Role.LEADER),
    Action.CONFIRM_ACT: _of_either(Role.OFFICER, Role.LEADER),
    Action.TRANSCRIBE: _of_either(Role.OFFICER, Role.LEADER),
    Action.CHECK_TRANSCRIPT: _of_either(Role.OFFICER, Role.LEADER),
    Action.RECORD_PAPER: _of_either(Role.OFFICER),
    Action.DRAFT_ANSWER: _of_body("answering_id", Role.OFFICER, Role.LEADER),
    Action.APPROVE_ANSWER: _of_body("answering_id", Role.LEADER),
    Action.PUBLISH_ANSWERS: _of_body("answering_id", Role.PUBLISHER),
    Action.CONCLUDE: _of_either(Role.PUBLISHER),
    Action.ADMINISTER: _role(Role.ADMINISTRATOR),
}


def decide(actor: Actor, action: Action, matter: Matter | None, now: datetime) -> str | None:
    """None when `actor` may do `action` (on `matter`, at the instant `now`), otherwise the code of the reason why not.

    Who may never see a matter is told `not_found`, so that a draft being prepared does not show itself.
    """
    if matter is None:
        return RULES[action](actor, None)
    stage = stage_of(matter, now)
    if stage is Stage.DRAFTING and not _prepares(actor, matter):
        return "not_found"
    reason = RULES[action](actor, matter)
    if reason is None and action in _STAGED and action not in ALLOWS[stage]:
        return _STAGE_REASONS[stage]
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
    if not any(seat.organisation_id in asked for seat in actor.seats):
        require(actor, action, matter, now)
    elif action not in ALLOWS[stage := stage_of(matter, now)]:
        raise Refused(_STAGE_REASONS[stage])


_STAGED = frozenset().union(*ALLOWS.values())


def _prepares(actor: Actor, matter: Matter) -> bool:
    return actor.holds(*DESK_ROLES, organisation=matter.lead_id)


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
