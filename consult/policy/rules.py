"""Who may do what, whatever the stage: by role, and for which body of the matter."""

from collections.abc import Callable
from typing import TypeAlias

from consult.people.words import DESK_ROLES, ORGANISATION_ROLES, Role
from consult.policy.actions import Action
from consult.policy.actors import Actor, Matter, appraises, investor_answers

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


def _of_body(holds: Callable[[Actor, Matter], bool]) -> Rule:
    def rule(actor: Actor, matter: Matter | None) -> str | None:
        if actor.user_id is None:
            return "sign_in_needed"
        return None if matter is not None and holds(actor, matter) else "not_your_body"

    return rule


def _posting(*roles: Role) -> Rule:
    """For the body that posts the matter."""
    return _of_body(lambda actor, matter: actor.posts(matter, *roles))


def _answering(*roles: Role) -> Rule:
    """For the body that owes the answers."""
    return _of_body(lambda actor, matter: actor.holds(*roles, organisation=matter.answering_id))


def _either(*roles: Role) -> Rule:
    """For the body that posts the matter and the one that answers."""
    posting, answering = _posting(*roles), _answering(*roles)
    return lambda actor, matter: posting(actor, matter) and answering(actor, matter)


def _unless_investor(otherwise: Rule, *roles: Role) -> Rule:
    """As `otherwise`, but for the body that posts the matter alone where an investor answers."""
    posting = _posting(*roles)

    def rule(actor: Actor, matter: Matter | None) -> str | None:
        asked = posting if matter is not None and investor_answers(matter) else otherwise
        return asked(actor, matter)

    return rule


def _judging(*roles: Role) -> Rule:
    """For who judges what was said and learns who said it: either body; never an investor who answers, nor anybody who
    works for it as well."""
    return _impartial(_unless_investor(_either(*roles), *roles))


def _impartial(may: Rule) -> Rule:
    """As `may`, but for nobody who works for an investor who answers."""

    def rule(actor: Actor, matter: Matter | None) -> str | None:
        of_both = matter is not None and investor_answers(matter) and actor.works_for(matter.answering_id)
        return "not_your_body" if of_both else may(actor, matter)

    return rule


def _appraising(*roles: Role) -> Rule:
    """For the body that appraises the report of an investor who answers, where somebody else posts it; for nobody who
    works for the investor as well."""
    return _impartial(_of_body(lambda actor, matter: appraises(actor, matter, *roles)))


def _of_project(*rules: Rule) -> Rule:
    """For whom one of `rules` allows it, where an investor answers for a project of its own; for nobody elsewhere."""

    def rule(actor: Actor, matter: Matter | None) -> str | None:
        if matter is not None and not investor_answers(matter):
            return "sign_in_needed" if actor.user_id is None else "not_your_body"
        reasons = [may(actor, matter) for may in rules]
        return None if None in reasons else reasons[0]

    return rule


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
    Action.USE_PROGRAMME: _role(*ORGANISATION_ROLES, *DESK_ROLES),
    Action.PREPARE_MATTER: _role(Role.OFFICER, Role.PUBLISHER),
    Action.EDIT_MATTER: _posting(Role.OFFICER, Role.PUBLISHER),
    Action.PREVIEW_MATTER: _posting(Role.OFFICER, Role.PUBLISHER),
    Action.REVISE_MATTER: _posting(Role.OFFICER, Role.PUBLISHER),
    Action.PUBLISH_REVISION: _posting(Role.PUBLISHER),
    Action.PUBLISH_MATTER: _posting(Role.PUBLISHER),
    Action.EXTEND_MATTER: _posting(Role.PUBLISHER),
    Action.WITHDRAW_MATTER: _posting(Role.PUBLISHER),
    Action.INVITE_BODIES: _posting(Role.OFFICER, Role.PUBLISHER),
    Action.SUMMARISE_MATTER: _posting(Role.OFFICER, Role.PUBLISHER),
    Action.SUBMIT_MATTER: _posting(Role.PUBLISHER),
    Action.ISSUE_TEXT: _posting(Role.PUBLISHER),
    Action.SEE_COMMENTS: _either(*DESK_ROLES),
    Action.SEE_SENDERS: _judging(*DESK_ROLES),
    Action.ASK_SENDER: _either(Role.OFFICER, Role.LEADER),
    Action.TRIAGE: _judging(Role.OFFICER, Role.LEADER),
    Action.CARE_FOR_DATA: _judging(Role.OFFICER, Role.LEADER),
    Action.ASSIGN: _either(Role.OFFICER, Role.LEADER),
    Action.CONFIRM_ACT: _judging(Role.OFFICER, Role.LEADER),
    Action.TRANSCRIBE: _judging(Role.OFFICER, Role.LEADER),
    Action.CHECK_TRANSCRIPT: _judging(Role.OFFICER, Role.LEADER),
    Action.RECORD_PAPER: _judging(Role.OFFICER),
    Action.DRAFT_ANSWER: _answering(Role.OFFICER, Role.LEADER),
    # What it says of another body is public at once: an investor writes its answer, and the body that posts says where
    # it went.
    Action.PASS_ON: _impartial(_unless_investor(_answering(Role.OFFICER, Role.LEADER), Role.OFFICER, Role.LEADER)),
    Action.APPROVE_ANSWER: _answering(Role.LEADER),
    Action.PUBLISH_ANSWERS: _unless_investor(_answering(Role.PUBLISHER), Role.PUBLISHER),
    Action.EXTEND_ANSWERS: _unless_investor(_answering(Role.PUBLISHER), Role.PUBLISHER),
    Action.HOLD_DIALOGUE: _judging(Role.OFFICER, Role.LEADER),
    Action.CHOOSE_PAIRS: _judging(Role.OFFICER, Role.PUBLISHER),
    Action.CONCLUDE: _judging(Role.PUBLISHER),
    Action.KEEP_SIGNED: _judging(Role.PUBLISHER),
    Action.APPRAISE: _appraising(*DESK_ROLES),
    Action.TAKE_PACKAGE: _of_project(_either(*DESK_ROLES), _appraising(*DESK_ROLES)),
    Action.HAND_TO_APPRAISAL: _of_project(_impartial(_posting(Role.PUBLISHER))),
    Action.SEE_MAILS: _judging(Role.OFFICER, Role.LEADER),
    Action.BRING_BACK: _or_administrator(_judging(Role.OFFICER)),
    Action.TAKE_NAMES: _impartial(_posting(*DESK_ROLES)),
    Action.ADMINISTER: _role(Role.ADMINISTRATOR),
}
