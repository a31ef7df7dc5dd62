"""What each stage of a matter allows, written down once more by hand: nobody may do a thing at another time."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy.orm import Session

from consult.people.words import OrganisationKind, Role
from consult.policy import ANYBODY, Action, decide
from consult.stages import Stage, stage_of
from tests.builders import NOW, make_actor, make_consultation, make_organisation

AT = {
    Stage.ANNOUNCED: {"not_open_yet"},
    Stage.OPEN: {"still_open"},
    Stage.RESPONDING: {"too_late"},
    Stage.CONCLUDED: {"too_late", "concluded"},
    Stage.WITHDRAWN: {"withdrawn"},
}
"""What somebody is told of a stage that does not allow it."""
BY_ROLE = {
    Role.OFFICER: {
        Action.TRIAGE: {Stage.OPEN, Stage.RESPONDING, Stage.CONCLUDED},
        Action.SEE_COMMENTS: set(AT),
    },
    Role.PUBLISHER: {Action.PUBLISH_MATTER: set(), Action.SUBMIT_MATTER: {Stage.RESPONDING, Stage.CONCLUDED}},
}


@pytest.mark.parametrize("stage", AT)
def test_comments_are_taken_while_it_is_open(session: Session, stage: Stage) -> None:
    matter = make_consultation(session, stage)
    reason = decide(ANYBODY, Action.SEND_COMMENT, matter, NOW)
    assert reason is None if stage is Stage.OPEN else reason in AT[stage]


@pytest.mark.parametrize("stage", AT)
def test_the_desk_works_in_its_time(session: Session, stage: Stage) -> None:
    body = make_organisation(session, OrganisationKind.DEPARTMENT)
    matter = make_consultation(session, stage, lead=body)
    for role, allowed in BY_ROLE.items():
        actor = make_actor(session, body, role)
        for action, stages in allowed.items():
            reason = decide(actor, action, matter, NOW)
            assert (reason is None) is (stage in stages), (action, reason)
            assert reason is None or reason in AT[stage], (action, reason)


def test_the_last_instant_is_outside(session: Session) -> None:
    matter = make_consultation(session, Stage.OPEN)
    end = matter.closes_at
    assert end is not None
    assert decide(ANYBODY, Action.SEND_COMMENT, matter, end - timedelta(microseconds=1)) is None
    assert decide(ANYBODY, Action.SEND_COMMENT, matter, end) == "too_late"
    assert decide(ANYBODY, Action.SEND_COMMENT, matter, datetime(2000, 1, 1, tzinfo=UTC)) is not None


def test_each_moment_belongs_to_one_stage() -> None:
    """Opening is inclusive, closing is 24:00 of the last day and no longer part of it (Bộ luật Dân sự 2015, Điều 148);
    an act counts from its own instant on."""
    before, tick = NOW - timedelta(days=9), timedelta(microseconds=1)
    facts = SimpleNamespace(
        published_at=before, opens_at=NOW, closes_at=NOW + timedelta(days=20), concluded_at=None, withdrawn_at=None
    )
    assert [stage_of(facts, NOW + step) for step in (-tick, timedelta())] == [Stage.ANNOUNCED, Stage.OPEN]
    assert stage_of(facts, facts.closes_at - tick) is Stage.OPEN
    assert stage_of(facts, facts.closes_at) is Stage.RESPONDING
    facts.concluded_at = facts.closes_at + timedelta(days=5)
    assert stage_of(facts, facts.concluded_at - tick) is Stage.RESPONDING
    assert stage_of(facts, facts.concluded_at) is Stage.CONCLUDED
    facts.withdrawn_at = NOW + timedelta(days=1)
    assert [stage_of(facts, facts.withdrawn_at + step) for step in (-tick, timedelta())] == [
        Stage.OPEN,
        Stage.WITHDRAWN,
    ]
    assert (
        stage_of(SimpleNamespace(**{**vars(facts), "published_at": None, "withdrawn_at": None}), NOW) is Stage.DRAFTING
    )
