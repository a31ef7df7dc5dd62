"""Who may do what, written down by hand from the promises in docs/ and the law: nothing here asks the rules
themselves."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from consult.errors import NotFound, Refused
from consult.people.words import Level, OrganisationKind, Role
from consult.policy import ANYBODY, Action, Actor, Seat, decide, may_lead_critique, require, require_listening
from consult.stages import Stage
from tests.builders import NOW

LEAD, ANSWERING, OTHER, FRONT, ISSUING = (UUID(int=number) for number in range(1, 6))
DAY = timedelta(days=1)


@dataclass
class Facts:
    """A matter that opened ten days ago and closes in ten: what the policy needs to know of it. One Department leads,
    another answers."""

    id: UUID = UUID(int=9)
    lead_id: UUID = LEAD
    answering_id: UUID = ANSWERING
    issuing_id: UUID = ISSUING
    procedure: str = "comment"
    published_at: datetime | None = NOW - 10 * DAY
    opens_at: datetime | None = NOW - 10 * DAY
    closes_at: datetime | None = NOW + 10 * DAY
    sealed_at: datetime | None = None
    concluded_at: datetime | None = None
    withdrawn_at: datetime | None = None


STAGES = {
    Stage.DRAFTING: Facts(published_at=None),
    Stage.ANNOUNCED: Facts(opens_at=NOW + DAY),
    Stage.OPEN: Facts(),
    Stage.RESPONDING: Facts(closes_at=NOW - DAY),
    Stage.CONCLUDED: Facts(closes_at=NOW - 2 * DAY, concluded_at=NOW - DAY),
    Stage.WITHDRAWN: Facts(withdrawn_at=NOW - DAY),
}


def person(body: UUID, *roles: Role, kind: OrganisationKind = OrganisationKind.DEPARTMENT) -> Actor:
    return Actor(UUID(int=77), "Bình", tuple(Seat(body, kind, Level.PROVINCE, role) for role in roles))


PEOPLE = {
    "anybody": ANYBODY,
    "signed in": Actor(UUID(int=77), "Bình"),
    "administrator": person(LEAD, Role.ADMINISTRATOR),
    "front drafter": person(FRONT, Role.DRAFTER, kind=OrganisationKind.FRONT_COMMITTEE),
    "front sender": person(FRONT, Role.SENDER, kind=OrganisationKind.FRONT_COMMITTEE),
    **{
        f"{name} {role}": person(body, role)
        for name, body in (("lead", LEAD), ("answering", ANSWERING), ("other", OTHER))
        for role in (Role.OFFICER, Role.LEADER, Role.PUBLISHER)
    },
}  # fmt: skip
DESKS = ("lead", "answering")

MAY: dict[Action, set[str]] = {
    Action.SEND_COMMENT: set(PEOPLE),
    Action.READ_MATTER: set(PEOPLE),
    Action.SIGN_IN_NEEDED: set(PEOPLE) - {"anybody"},
    # Who drafts a letter of a body does not send it: that takes who may sign.
    Action.PREPARE_OPINION: {"front drafter", "front sender"},
    Action.SEND_OPINION: {"front sender"},
    Action.PREPARE_CRITIQUE: {"front drafter", "front sender"},
    Action.SEND_CRITIQUE: {"front sender"},
    # The matter is its lead's.
    Action.EDIT_MATTER: {"lead officer", "lead publisher"},
    Action.PREVIEW_MATTER: {"lead officer", "lead publisher"},
    Action.REVISE_MATTER: {"lead officer", "lead publisher"},
    Action.PUBLISH_REVISION: {"lead publisher"},
    Action.SUMMARISE_MATTER: {"lead officer", "lead publisher"},
    Action.INVITE_BODIES: {"lead officer", "lead publisher"},
    Action.PUBLISH_MATTER: {"lead publisher"},
    Action.EXTEND_MATTER: {"lead publisher"},
    Action.WITHDRAW_MATTER: {"lead publisher"},
    Action.SUBMIT_MATTER: {"lead publisher"},
    # Names never leave the house that leads: it promised their senders.
    Action.TAKE_NAMES: {"lead officer", "lead leader", "lead publisher"},
    # Comments are dealt with at either desk.
    Action.SEE_COMMENTS: {f"{body} {role}" for body in DESKS for role in ("officer", "leader", "publisher")},
    Action.SEE_SENDERS: {f"{body} {role}" for body in DESKS for role in ("officer", "leader", "publisher")},
    Action.CARE_FOR_DATA: {f"{body} {role}" for body in DESKS for role in ("officer", "leader")},
    Action.TRIAGE: {f"{body} {role}" for body in DESKS for role in ("officer", "leader")},
    Action.ASK_SENDER: {f"{body} {role}" for body in DESKS for role in ("officer", "leader")},
    Action.ASSIGN: {f"{body} {role}" for body in DESKS for role in ("officer", "leader")},
    Action.CONFIRM_ACT: {f"{body} {role}" for body in DESKS for role in ("officer", "leader")},
    Action.TRANSCRIBE: {f"{body} {role}" for body in DESKS for role in ("officer", "leader")},
    Action.CHECK_TRANSCRIPT: {f"{body} {role}" for body in DESKS for role in ("officer", "leader")},
    Action.RECORD_PAPER: {f"{body} officer" for body in DESKS},
    Action.BRING_BACK: {*(f"{body} officer" for body in DESKS), "administrator"},
    Action.CONCLUDE: {f"{body} publisher" for body in DESKS},
    Action.KEEP_SIGNED: {f"{body} publisher" for body in DESKS},
    Action.SEE_MAILS: {f"{body} {role}" for body in DESKS for role in ("officer", "leader")},
    # Answers are given, approved and published by the body that owes them, and by nobody in its place.
    Action.DRAFT_ANSWER: {"answering officer", "answering leader"},
    Action.PASS_ON: {"answering officer", "answering leader"},
    Action.APPROVE_ANSWER: {"answering leader"},
    Action.PUBLISH_ANSWERS: {"answering publisher"},
    # Nobody gives more time for answers but who owes them.
    Action.EXTEND_ANSWERS: {"answering publisher"},
    Action.HOLD_DIALOGUE: {f"{body} {role}" for body in DESKS for role in ("officer", "leader")},
    Action.CHOOSE_PAIRS: {f"{body} {role}" for body in DESKS for role in ("officer", "publisher")},
    Action.ISSUE_TEXT: {"lead publisher"},
    # Nothing is appraised but the report of an investor who answers (test_investor.py).
    Action.APPRAISE: set(),
    Action.TAKE_PACKAGE: set(),
    Action.HAND_TO_APPRAISAL: set(),
}
ANYWHERE: dict[Action, set[str]] = {
    Action.USE_WORKSPACE: {"front drafter", "front sender"},
    Action.USE_DESK: {f"{body} {role}" for body in (*DESKS, "other") for role in ("officer", "leader", "publisher")},
    Action.USE_PROGRAMME: {"front drafter", "front sender"}
    | {f"{body} {role}" for body in (*DESKS, "other") for role in ("officer", "leader", "publisher")},
    Action.PREPARE_MATTER: {f"{body} {role}" for body in (*DESKS, "other") for role in ("officer", "publisher")},
    Action.ADMINISTER: {"administrator"},
}
"""What is asked of no matter."""

WHEN: dict[Action, set[Stage]] = {
    Action.SEND_COMMENT: {Stage.OPEN},
    Action.CONCLUDE: {Stage.RESPONDING},
    Action.EDIT_MATTER: {Stage.DRAFTING},
    Action.PUBLISH_MATTER: {Stage.DRAFTING},
    Action.EXTEND_MATTER: {Stage.ANNOUNCED, Stage.OPEN, Stage.RESPONDING},
    Action.WITHDRAW_MATTER: {Stage.ANNOUNCED, Stage.OPEN, Stage.RESPONDING},
    Action.SUBMIT_MATTER: {Stage.RESPONDING, Stage.CONCLUDED},
    Action.CARE_FOR_DATA: {Stage.OPEN, Stage.RESPONDING, Stage.CONCLUDED, Stage.WITHDRAWN},
    Action.TRIAGE: {Stage.OPEN, Stage.RESPONDING, Stage.CONCLUDED},
    Action.TAKE_NAMES: {Stage.OPEN, Stage.RESPONDING, Stage.CONCLUDED},
    Action.PUBLISH_ANSWERS: {Stage.OPEN, Stage.RESPONDING, Stage.CONCLUDED},
    Action.EXTEND_ANSWERS: {Stage.OPEN, Stage.RESPONDING},
    Action.HOLD_DIALOGUE: {Stage.OPEN, Stage.RESPONDING, Stage.CONCLUDED},
    Action.CHOOSE_PAIRS: {Stage.CONCLUDED},
    Action.KEEP_SIGNED: {Stage.CONCLUDED},
    Action.ISSUE_TEXT: {Stage.CONCLUDED},
    Action.SEE_COMMENTS: set(STAGES) - {Stage.DRAFTING},
    Action.READ_MATTER: set(STAGES) - {Stage.DRAFTING},
}
"""Of the acts that somebody would be harmed by at another time: when they may be done."""


@pytest.mark.parametrize("action", [one for one in Action if one not in ANYWHERE])
def test_who_may_at_a_time_when_it_may_be_done(action: Action) -> None:
    times = [facts for stage, facts in STAGES.items() if stage in WHEN.get(action, set(STAGES))]
    allowed = {name for name, who in PEOPLE.items() for facts in times if decide(who, action, facts, NOW) is None}
    assert allowed == MAY[action]


@pytest.mark.parametrize("action", ANYWHERE)
def test_who_may_whatever_the_matter(action: Action) -> None:
    assert {name for name, who in PEOPLE.items() if decide(who, action, None, NOW) is None} == ANYWHERE[action]


@pytest.mark.parametrize("action", WHEN)
def test_when_it_may_be_done(action: Action) -> None:
    everything = person(LEAD, *Role)
    one = Actor(everything.user_id, "Bình", (*everything.seats, *person(ANSWERING, *Role).seats))
    assert {stage for stage, facts in STAGES.items() if decide(one, action, facts, NOW) is None} == WHEN[action]


def test_a_draft_shows_itself_to_its_own_house_alone() -> None:
    drafting = STAGES[Stage.DRAFTING]
    for name, who in PEOPLE.items():
        told = decide(who, Action.READ_MATTER, drafting, NOW)
        assert told == ("not_published_yet" if name.startswith("lead ") else "not_found"), name


def test_what_is_sealed_is_over_whatever_the_clock_says() -> None:
    sealed = Facts(sealed_at=NOW - DAY)
    assert decide(ANYBODY, Action.SEND_COMMENT, sealed, NOW) == "too_late"
    assert decide(PEOPLE["lead publisher"], Action.CONCLUDE, sealed, NOW) is None


def test_of_another_house_a_matter_is_not_told() -> None:
    with pytest.raises(NotFound):
        require(PEOPLE["other officer"], Action.TRIAGE, Facts(), NOW)
    with pytest.raises(NotFound):
        require(ANYBODY, Action.READ_MATTER, STAGES[Stage.DRAFTING], NOW)
    with pytest.raises(Refused, match="sign_in_needed"):
        require(ANYBODY, Action.TRIAGE, Facts(), NOW)


def test_a_body_that_is_asked_listens_while_the_desk_works_and_no_other_body_does() -> None:
    asked = [FRONT]
    listener = PEOPLE["front drafter"]
    for facts in (STAGES[Stage.OPEN], STAGES[Stage.RESPONDING], STAGES[Stage.CONCLUDED]):
        require_listening(listener, Action.TRANSCRIBE, facts, asked, NOW)
    with pytest.raises(Refused, match="withdrawn"):
        require_listening(listener, Action.TRANSCRIBE, STAGES[Stage.WITHDRAWN], asked, NOW)
    with pytest.raises(NotFound):
        require_listening(PEOPLE["other officer"], Action.TRANSCRIBE, Facts(), asked, NOW)
    require_listening(PEOPLE["answering officer"], Action.TRANSCRIBE, Facts(), asked, NOW)


@pytest.mark.parametrize(
    ("kind", "level", "agreed", "told"),
    [
        # Luật Mặt trận Tổ quốc Việt Nam 2015, Điều 33: the Front of the same level; others by agreement with it.
        (OrganisationKind.FRONT_COMMITTEE, Level.PROVINCE, False, None),
        (OrganisationKind.FRONT_COMMITTEE, Level.COMMUNE, True, "critique_other_level"),
        (OrganisationKind.SOCIO_POLITICAL, Level.PROVINCE, True, None),
        (OrganisationKind.SOCIO_POLITICAL, Level.PROVINCE, False, "critique_needs_agreement"),
        (OrganisationKind.RELIGIOUS, Level.PROVINCE, True, "critique_not_yours"),
        (OrganisationKind.DEPARTMENT, Level.PROVINCE, True, "critique_not_yours"),
    ],
)
def test_who_leads_a_critique(kind: OrganisationKind, level: Level, agreed: bool, told: str | None) -> None:
    assert may_lead_critique(kind, level, Level.PROVINCE, agreed) == told
