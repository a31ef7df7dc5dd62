"""Rounds of supervision: planned, recorded by one person and released by another, late steps named, and what they
recommend public with the report."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.errors import Invalid, NotFound, Refused
from consult.ledger.models import LedgerEntry
from consult.outbox.models import OutboxMessage
from consult.people.words import Role
from consult.programme.promise_models import Promise
from consult.programme.rounds import planning, recommendations, steps, terms
from consult.programme.rounds.models import Round, RoundStep
from consult.programme.rounds.steps import NewStep
from consult.programme.rounds.terms import RoundTerms
from consult.programme.words import StepKind
from tests.builders import NOW, make_actor
from tests.programme.scene import TODAY, Parties, make_parties


@pytest.fixture
def parties(session: Session) -> Parties:
    """Both parties and a commune."""
    return make_parties(session)


@pytest.mark.parametrize(
    ("facts", "errors"),
    [
        ({"subject": ""}, {"subject": "required"}),
        ({"starts_on": None}, {"starts_on": "required"}),
        ({"ends_on": TODAY - timedelta(days=40)}, {"ends_on": "before_it_began"}),
        ({"ends_on": TODAY + timedelta(days=400)}, {"ends_on": "too_long_a_time"}),
        ({"supervised_id": None}, {"supervised": "required"}),
        ({"lead_id": None}, {"lead": "required"}),
    ],
)
def test_what_a_round_needs(session: Session, parties: Parties, facts: dict, errors: dict) -> None:
    one = parties.programme()
    with pytest.raises(Invalid) as wrong:
        planning.begin(session, one, parties.new_round(**facts), RoundTerms(), parties.writer, NOW)
    assert wrong.value.errors == errors
    assert session.scalar(select(func.count()).select_from(Round)) == 0


def test_nobody_supervises_themselves_and_only_the_front_leads(session: Session, parties: Parties) -> None:
    one = parties.programme()
    for facts, wrong in (
        ({"supervised_id": parties.front.id}, {"supervised": "not_a_choice"}),
        ({"lead_id": parties.department.id}, {"lead": "not_a_choice"}),
    ):
        with pytest.raises(Invalid) as found:
            planning.begin(session, one, parties.new_round(**facts), RoundTerms(), parties.writer, NOW)
        assert found.value.errors == wrong


def test_it_is_planned_under_a_public_programme_by_who_leads(session: Session, parties: Parties) -> None:
    hidden = parties.programme(public=False)
    with pytest.raises(Refused, match="programme_not_public"):
        parties.round(hidden)
    one = parties.programme(title="Chương trình khác")
    with pytest.raises(NotFound):
        planning.begin(session, one, parties.new_round(), RoundTerms(), parties.officer, NOW)


def test_a_step_is_public_once_another_person_released_it(session: Session, parties: Parties) -> None:
    programme = parties.programme()
    one = parties.round(programme)
    number = parties.step(one, StepKind.PLAN, released=False)
    with pytest.raises(NotFound):
        planning.public_round(session, programme, one.number)
    with pytest.raises(Refused, match="not_sender"):
        steps.release(session, one, number, parties.writer, NOW)
    steps.release(session, one, number, parties.signer, NOW)
    assert planning.public_round(session, programme, one.number) is one
    assert session.scalars(select(LedgerEntry.kind).order_by(LedgerEntry.index)).all()[-1] == "round_step"
    with pytest.raises(Refused, match="already_public"):
        steps.discard(session, one, number, parties.writer, NOW)
    with pytest.raises(Refused, match="round_public"):
        planning.change(session, one, parties.new_round(), parties.writer, NOW)


def test_the_supervised_body_brings_its_own_report_alone(session: Session, parties: Parties) -> None:
    one = parties.round(parties.programme())
    told = NewStep(StepKind.OWN_REPORT, TODAY, "Xã có 21 thôn.")
    made = steps.record(session, one, told, parties.of_commune, NOW)
    with pytest.raises(NotFound):
        steps.record(session, one, replace(told, kind=StepKind.REPORT), parties.of_commune, NOW)
    with pytest.raises(NotFound):
        steps.release(session, one, made.number, parties.head_of_commune, NOW)
    steps.discard(session, one, made.number, parties.of_commune, NOW)
    assert session.scalar(select(func.count()).select_from(RoundStep)) == 0


@pytest.mark.parametrize(
    ("facts", "errors"),
    [
        ({"kind": ""}, {"kind": "required"}),
        ({"kind": "party"}, {"kind": "not_a_choice"}),
        ({"day": None}, {"day": "required"}),
        ({"day": TODAY + timedelta(days=1)}, {"day": "in_the_future"}),
        ({"text": ""}, {"text": "text_or_file"}),
        ({"kind": "visit", "text": ""}, {"text": "required"}),
        ({"kind": "visit", "day": TODAY}, {"day": "outside_the_round"}),
    ],
)
def test_what_a_step_needs(session: Session, parties: Parties, facts: dict, errors: dict) -> None:
    one = parties.round(parties.programme())
    whole = {"kind": "plan", "day": TODAY - timedelta(days=5), "text": "Nội dung", **facts}
    with pytest.raises(Invalid) as wrong:
        steps.record(session, one, NewStep(**whole), parties.writer, NOW)
    assert wrong.value.errors == errors


def test_late_steps_are_named_by_the_terms_of_the_round(session: Session, parties: Parties) -> None:
    """It began ten days ago and ended yesterday: plan 15 days before, own report 7, the report within 15 days."""
    one = parties.round(parties.programme())
    parties.step(one, StepKind.PLAN, day=TODAY - timedelta(days=20))
    found = {term.kind: (term.until, term.done_on, term.late) for term in terms.terms_of(one, TODAY)}
    assert found == {
        StepKind.PLAN: (TODAY - timedelta(days=25), TODAY - timedelta(days=20), 5),
        StepKind.OWN_REPORT: (TODAY - timedelta(days=17), None, 17),
        StepKind.REPORT: (TODAY + timedelta(days=14), None, 0),
    }


def test_what_is_recommended_is_public_with_the_report_and_the_body_is_told(session: Session, parties: Parties) -> None:
    one = parties.round(parties.programme())
    promise = parties.recommended(one, public=False)
    assert promise.public_at is None
    parties.step(one, StepKind.REPORT, day=TODAY)
    assert promise.public_at == NOW
    told = session.scalars(select(OutboxMessage).where(OutboxMessage.event == "promises_told")).all()
    assert [(each.payload["what"], each.payload["organisation"], each.payload["promises"]) for each in told] == [
        ("made", str(parties.commune.id), [promise.number])
    ]
    with pytest.raises(Refused, match="round_reported"):
        parties.recommended(one, public=False)
    with pytest.raises(Refused, match="round_reported"):
        recommendations.take_back(session, one, promise.number, parties.writer, NOW)


def test_who_wrote_a_recommendation_does_not_make_it_public_with_the_report(session: Session, parties: Parties) -> None:
    one = parties.round(parties.programme())
    parties.step(one, StepKind.PLAN)
    due = TODAY + timedelta(days=30)
    recommendations.recommend(session, one, "Dời bãi rác", parties.commune.id, due, None, parties.signer, NOW)
    with pytest.raises(Refused, match="own_words"):
        parties.step(one, StepKind.REPORT, day=TODAY)
    another = make_actor(session, parties.front, Role.SENDER)
    steps.release(session, one, 2, another, NOW)
    assert planning.reported(one)


def test_who_changed_a_round_does_not_make_it_public(session: Session, parties: Parties) -> None:
    one = parties.round(parties.programme())
    number = parties.step(one, StepKind.PLAN, released=False)
    planning.change(session, one, parties.new_round(members="Lê Văn C"), parties.signer, NOW)
    with pytest.raises(Refused, match="own_words"):
        steps.release(session, one, number, parties.signer, NOW)
    assert not planning.is_public(one)


def test_a_recommendation_is_taken_out_before_the_report(session: Session, parties: Parties) -> None:
    one = parties.round(parties.programme())
    promise = parties.recommended(one, public=False)
    recommendations.take_back(session, one, promise.number, parties.writer, NOW)
    assert session.scalar(select(func.count()).select_from(Promise)) == 0


@pytest.mark.parametrize(
    ("text", "to", "days", "errors"),
    [
        ("", "commune", 5, {"recommended": "required"}),
        ("x", "front", 5, {"addressee": "not_a_choice"}),
        ("x", "", 5, {"addressee": "required"}),
        ("x", "commune", -1, {"due_on": "not_later"}),
        ("x", "commune", None, {"due_on": "required"}),
    ],
)
def test_what_a_recommendation_needs(
    session: Session, parties: Parties, text: str, to: str, days: int | None, errors: dict
) -> None:
    one = parties.round(parties.programme())
    body = getattr(parties, to).id if to else None
    due = TODAY + timedelta(days=days) if days is not None else None
    with pytest.raises(Invalid) as wrong:
        recommendations.recommend(session, one, text, body, due, None, parties.writer, NOW)
    assert wrong.value.errors == errors
