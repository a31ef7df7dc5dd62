"""Who may do what, whatever the stage: by role, and for which body of the matter."""

from collections.abc import Callable
from typing import TypeAlias

from consult.people.words import DESK_ROLES, ORGANISATION_ROLES, Role
from consult.policy.actions import Action
from consult.policy.actors import Actor, Matter

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


def _or_administrator(rule: Rule) -> Rule:
    administers = _role(Role.ADMINISTRATOR)
    return lambda actor, matter: administers(actor, matter) and rule(actor, matter)


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
    Action.PREVIEW_MATTER: _of_body("lead_id", Role.OFFICER, Role.PUBLISHER),
    Action.REVISE_MATTER: _of_body("lead_id", Role.OFFICER, Role.PUBLISHER),
    Action.PUBLISH_MATTER: _of_body("lead_id", Role.PUBLISHER),
    Action.EXTEND_MATTER: _of_body("lead_id", Role.PUBLISHER),
    Action.WITHDRAW_MATTER: _of_body("lead_id", Role.PUBLISHER),
    Action.INVITE_BODIES: _of_body("lead_id", Role.OFFICER, Role.PUBLISHER),
    Action.SUMMARISE_MATTER: _of_body("lead_id", Role.OFFICER, Role.PUBLISHER),
    Action.SUBMIT_MATTER: _of_body("lead_id", Role.PUBLISHER),
    Action.SEE_COMMENTS: _of_either(*DESK_ROLES),
    Action.TAKE_NAMES: _of_body("lead_id", *DESK_ROLES),
    Action.TRIAGE: _of_either(Role.OFFICER, Role.LEADER),
    Action.CONFIRM_ACT: _of_either(Role.OFFICER, Role.LEADER),
    Action.TRANSCRIBE: _of_either(Role.OFFICER, Role.LEADER),
    Action.CHECK_TRANSCRIPT: _of_either(Role.OFFICER, Role.LEADER),
    Action.RECORD_PAPER: _of_either(Role.OFFICER),
    Action.BRING_BACK: _or_administrator(_of_either(Role.OFFICER)),
    Action.DRAFT_ANSWER: _of_body("answering_id", Role.OFFICER, Role.LEADER),
    Action.APPROVE_ANSWER: _of_body("answering_id", Role.LEADER),
    Action.PUBLISH_ANSWERS: _of_body("answering_id", Role.PUBLISHER),
    Action.CONCLUDE: _of_either(Role.PUBLISHER),
    Action.SEE_MAILS: _of_either(Role.OFFICER, Role.LEADER),
    Action.ADMINISTER: _role(Role.ADMINISTRATOR),
}
