"""Who may do what in the statutory consultation on an ĐTM, written down by hand: the Department posts and judges, the
investor whose project it is answers and learns of nobody who said it."""

from dataclasses import replace
from uuid import UUID

import pytest

from consult.errors import NotFound
from consult.people.words import DESK_ROLES, OrganisationKind, Role
from consult.policy import RULES, Action, Actor, decide, may_hear, posting_body, require_listening
from consult.stages import Stage
from tests.builders import NOW
from tests.policy.test_rules import ANSWERING, FRONT, ISSUING, LEAD, MAY, STAGES, Facts, person

INVESTOR = OrganisationKind.INVESTOR
ROLES = {"officer": Role.OFFICER, "leader": Role.LEADER, "publisher": Role.PUBLISHER}
POSTING = {name: person(LEAD, role) for name, role in ROLES.items()}
INVESTORS = {name: person(ANSWERING, role, kind=INVESTOR) for name, role in ROLES.items()}
APPRAISING = {name: person(ISSUING, role, kind=OrganisationKind.PEOPLES_COMMITTEE) for name, role in ROLES.items()}
MATTERS = [replace(facts, procedure="eia_statutory") for facts in STAGES.values()]

BY_INVESTOR: dict[Action, set[str]] = {
    Action.SEE_COMMENTS: {"officer", "leader", "publisher"},
    Action.ASSIGN: {"officer", "leader"},
    Action.DRAFT_ANSWER: {"officer", "leader"},
    Action.APPROVE_ANSWER: {"leader"},
    Action.ASK_SENDER: {"officer", "leader"},
}
"""All that an investor does with what was said: read it, share it out, answer it."""
NOT_BY_POSTING = {Action.DRAFT_ANSWER, Action.APPROVE_ANSWER}
OF_A_DESK = {action for action, who in MAY.items() if any(name.startswith("lead ") for name in who)} | set(BY_INVESTOR)
ANYBODYS = {Action.SEND_COMMENT, Action.READ_MATTER, Action.SIGN_IN_NEEDED}


def may(people: dict[str, Actor], action: Action, matters: list[Facts]) -> set[str]:
    """Who of these may do it at some time."""
    return {name for name, who in people.items() for one in matters if decide(who, action, one, NOW) is None}


@pytest.mark.parametrize("action", sorted(OF_A_DESK - ANYBODYS))
def test_the_investor_answers_and_does_nothing_else(action: Action) -> None:
    assert may(INVESTORS, action, MATTERS) == BY_INVESTOR.get(action, set())


@pytest.mark.parametrize("action", sorted(OF_A_DESK - ANYBODYS))
def test_who_posts_does_all_the_rest(action: Action) -> None:
    of_posting = {name.removeprefix("lead ") for name in MAY[action] if name.startswith("lead ")}
    expected = {"publisher"} if action is Action.PUBLISH_ANSWERS else of_posting
    assert may(POSTING, action, MATTERS) == (set() if action in NOT_BY_POSTING else expected)


@pytest.mark.parametrize("kind", [INVESTOR, OrganisationKind.DEPARTMENT])
@pytest.mark.parametrize("action", sorted(OF_A_DESK - ANYBODYS))
def test_where_an_investor_was_in_charge_itself_who_appraises_judges(action: Action, kind: OrganisationKind) -> None:
    matters = [replace(one, lead_id=ANSWERING) for one in MATTERS]
    own = {name: person(ANSWERING, role, kind=kind) for name, role in ROLES.items()}
    assert may(own, action, matters) == BY_INVESTOR.get(action, set())
    assert may(APPRAISING, action, matters) == may(POSTING, action, MATTERS)


def test_without_anybody_else_nobody_judges_and_everybody_reads() -> None:
    matters = [replace(one, lead_id=ANSWERING, issuing_id=ANSWERING) for one in MATTERS]
    assert not may(INVESTORS, Action.TRIAGE, matters)
    assert all(decide(Actor(), Action.READ_MATTER, one, NOW) is None for one in matters if one.published_at)
    assert posting_body(matters[0]) == ANSWERING


def test_another_investor_in_charge_judges_no_more_than_who_answers() -> None:
    others = {name: person(LEAD, role, kind=INVESTOR) for name, role in ROLES.items()}
    assert not any(may(others, action, MATTERS) for action in OF_A_DESK - ANYBODYS)


def test_nobody_judges_who_works_for_the_investor_too() -> None:
    both = {"both": Actor(UUID(int=7), "Bình", (*POSTING["officer"].seats, *INVESTORS["officer"].seats))}
    assert not may(both, Action.TRIAGE, MATTERS) and not may(both, Action.SEE_SENDERS, MATTERS)
    assert may(both, Action.DRAFT_ANSWER, MATTERS) == {"both"}


def test_an_investor_does_not_hear_who_speaks_even_when_it_was_asked_to() -> None:
    matter = replace(STAGES[Stage.OPEN], procedure="eia_statutory")
    investor = INVESTORS["officer"]
    assert not may_hear(investor, matter, [ANSWERING]) and may_hear(investor, STAGES[Stage.OPEN], [ANSWERING])
    assert may_hear(person(FRONT, Role.DRAFTER), matter, [FRONT])
    with pytest.raises(NotFound):
        require_listening(investor, Action.TRANSCRIBE, matter, [ANSWERING], NOW)


PROJECT_ACTS = {
    Action.APPRAISE: (set(), set(), set(ROLES)),
    Action.TAKE_PACKAGE: (set(ROLES), set(ROLES), set(ROLES)),
    Action.HAND_TO_APPRAISAL: ({"publisher"}, set(), set()),
}
"""What there is only where an investor answers: who of the posting, the answering and the appraising body may do it."""


@pytest.mark.parametrize("action", PROJECT_ACTS)
def test_the_appraising_body_reads_and_does_nothing(action: Action) -> None:
    assert tuple(may(people, action, MATTERS) for people in (POSTING, INVESTORS, APPRAISING)) == PROJECT_ACTS[action]
    assert not may(APPRAISING, Action.SEE_COMMENTS, MATTERS) and not may(APPRAISING, Action.SEE_SENDERS, MATTERS)
    for people in (POSTING, INVESTORS, APPRAISING):
        assert not may(people, action, list(STAGES.values()))


def test_who_works_for_the_investor_too_does_not_appraise() -> None:
    both = {"both": Actor(UUID(int=7), "Bình", (*APPRAISING["officer"].seats, *INVESTORS["officer"].seats))}
    assert not may(both, Action.APPRAISE, MATTERS)
    own = [replace(one, issuing_id=LEAD) for one in MATTERS]
    assert not may(POSTING, Action.APPRAISE, own) and may(POSTING, Action.HAND_TO_APPRAISAL, own) == {"publisher"}


def test_a_package_is_handed_over_of_what_is_concluded() -> None:
    publisher, action = POSTING["publisher"], Action.HAND_TO_APPRAISAL
    pairs = zip(STAGES, MATTERS, strict=True)
    allowed = {stage for stage, matter in pairs if decide(publisher, action, matter, NOW) is None}
    assert allowed == {Stage.CONCLUDED}


def test_every_action_of_a_desk_is_told_here() -> None:
    """A new one that the investor's desk may do is a decision, not an accident."""
    desk = [person(ANSWERING, role, kind=INVESTOR) for role in DESK_ROLES]
    matter = replace(STAGES[Stage.OPEN], procedure="eia_statutory")
    allowed = {action for action, rule in RULES.items() for who in desk if rule(who, matter) is None}
    assert allowed == set(BY_INVESTOR) | ANYBODYS | {
        Action.USE_DESK,
        Action.USE_PROGRAMME,
        Action.PREPARE_MATTER,
        Action.TAKE_PACKAGE,
    }


def test_an_investor_names_no_other_body_by_itself() -> None:
    """To whom something was passed on is public at once: an investor says in its answer that another body is
    responsible, and where it went says the body that posts."""
    assert may(INVESTORS, Action.PASS_ON, MATTERS) == set()
    assert may(POSTING, Action.PASS_ON, MATTERS) == {"officer", "leader"}
