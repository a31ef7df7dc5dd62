"""The province's own rules: a copy with a first day and a document, confirmed by a second administrator."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.administration.models import AdministrativeAct, ProfileProposal, Settlement
from consult.administration.reference import profile_proposals, profile_values, release
from consult.consultations.matter import profiles
from consult.consultations.models import Consultation, LegalProfile
from consult.consultations.reference import seeding
from consult.data.reference_rows import Change
from consult.errors import Invalid, Refused
from consult.people.words import Role
from consult.policy import Actor
from consult.stages import Stage
from tests.application import sign_in
from tests.builders import NOW, make_actor, make_consultation, make_organisation, make_user
from tests.pages import Browser

TODAY = clock.local_day(NOW)
FIRST = TODAY + timedelta(days=40)
BASIS = "Quyết định thử của tỉnh"
DAYS = profile_values.key_of(("rules", "answer_days"), "days")


def base_of(session: Session, matter: Consultation | None = None) -> LegalProfile:
    """The rules of a matter."""
    return (matter or make_consultation(session, Stage.OPEN)).profile


def administrator(session: Session) -> Actor:
    """Another one each time."""
    return make_actor(session, make_organisation(session), Role.ADMINISTRATOR)


def typed(base: LegalProfile, **changed: str) -> dict[str, Any]:
    """The rules with another number of days for answers, or what is given."""
    return profile_values.with_typed(base.rules, {DAYS: "10"} | changed)


def proposed(session: Session, base: LegalProfile, actor: Actor, first: date = FIRST) -> ProfileProposal:
    """A proposal with ten days for answers."""
    return profile_proposals.propose(session, base, "Quy định của tỉnh", first, BASIS, typed(base), actor, NOW)


def test_what_is_proposed_applies_to_nobody(session: Session) -> None:
    base = base_of(session)
    proposed(session, base, administrator(session))
    assert base.valid_to is None and len(session.scalars(select(LegalProfile).filter_by(code=base.code)).all()) == len(
        {one.valid_from for one in session.scalars(select(LegalProfile).filter_by(code=base.code))}
    )
    assert not session.scalars(select(LegalProfile).filter_by(name="Quy định của tỉnh")).all()


def test_confirmed_it_holds_from_its_first_day_and_the_old_one_until_the_day_before(session: Session) -> None:
    matter = make_consultation(session, Stage.OPEN)
    base, kept = base_of(session, matter), dict(matter.profile_rules or {})
    row = proposed(session, base, administrator(session))
    profile_proposals.settle(session, row.id, Settlement.CONFIRMED, administrator(session), NOW)
    made = session.get_one(LegalProfile, row.profile_id)
    assert (made.code, made.valid_from, made.valid_to, base.valid_to) == (base.code, FIRST, None, FIRST)
    assert made.rules["rules"]["answer_days"]["days"] == 10 and made.rules["decided_by"] == BASIS
    assert profiles.in_force(base, FIRST - timedelta(days=1)) and not profiles.in_force(made, FIRST - timedelta(days=1))
    assert profiles.in_force(made, FIRST) and not profiles.in_force(base, FIRST)
    session.refresh(matter)
    assert matter.profile_rules == kept


def test_nobody_confirms_what_they_proposed(session: Session) -> None:
    base, actor = base_of(session), administrator(session)
    row = proposed(session, base, actor)
    for how, reason in ((Settlement.CONFIRMED, "own_proposal"), (Settlement.REFUSED, "own_proposal")):
        with pytest.raises(Refused, match=reason):
            profile_proposals.settle(session, row.id, how, actor, NOW)
    with pytest.raises(Refused, match="not_your_proposal"):
        profile_proposals.settle(session, row.id, Settlement.WITHDRAWN, administrator(session), NOW)
    profile_proposals.settle(session, row.id, Settlement.WITHDRAWN, actor, NOW)
    with pytest.raises(Refused, match="proposal_settled"):
        profile_proposals.settle(session, row.id, Settlement.CONFIRMED, administrator(session), NOW)
    assert row.profile_id is None and base.valid_to is None


def test_a_first_day_that_passed_meanwhile_is_not_confirmed(session: Session) -> None:
    base = base_of(session)
    row = proposed(session, base, administrator(session))
    with pytest.raises(Refused, match="profile_day_over"):
        profile_proposals.settle(
            session, row.id, Settlement.CONFIRMED, administrator(session), NOW + timedelta(days=41)
        )
    assert base.valid_to is None and row.settled_at is None


@pytest.mark.parametrize(
    ("name", "first", "basis", "wrong"),
    [
        ("", FIRST, BASIS, {"name": "required"}),
        ("Tên", FIRST, " ", {"basis": "required"}),
        ("Tên", None, BASIS, {"valid_from": "required"}),
        ("Tên", TODAY - timedelta(days=1), BASIS, {"valid_from": "day_in_the_past"}),
    ],
)
def test_a_copy_has_a_name_a_document_and_a_day_to_come(
    session: Session, name: str, first: date | None, basis: str, wrong: dict[str, str]
) -> None:
    base = base_of(session)
    with pytest.raises(Invalid) as refused:
        profile_proposals.checked(session, base, name, first, basis, typed(base), NOW)
    assert refused.value.errors == wrong


def test_a_copy_changes_something_and_two_do_not_wait_for_one_day(session: Session) -> None:
    base, actor = base_of(session), administrator(session)
    with pytest.raises(Invalid) as refused:
        profile_proposals.checked(session, base, "Tên", FIRST, BASIS, dict(base.rules), NOW)
    assert refused.value.errors == {"name": "nothing_changed"}
    proposed(session, base, actor)
    with pytest.raises(Refused, match="profile_waits"):
        proposed(session, base, actor)


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"days": "14"}, {"days": "other_law_needed"}),
        ({"unit": "working_day"}, {"days": "other_law_needed"}),
        ({"kind": "internal"}, {"kind": "other_law_needed"}),
        ({"citation": ""}, {"citation": "citation_needed"}),
        ({"days": "0"}, {"days": "not_a_count"}),
        ({"days": "mười"}, {"days": "not_a_count"}),
        ({"days": "401"}, {"days": "not_a_count"}),
        ({"kind": "khác"}, {"kind": "not_a_choice"}),
        ({"days": "16"}, {}),
        ({"days": "14", "citation": "Luật khác, Điều 2"}, {}),
    ],
)
def test_a_term_of_law_is_made_no_shorter_by_the_same_law(changed: dict[str, str], wrong: dict[str, str]) -> None:
    rule = {"days": 15, "unit": "day", "roll": "none", "basis": "law", "citation": "Luật, Điều 1", "label": "theo luật"}
    rules = {"periods": [], "rules": {"front_lead_days": rule}}
    form = {profile_values.key_of(("rules", "front_lead_days"), name): value for name, value in changed.items()}
    if not wrong:
        made = profile_values.with_typed(rules, form)
        assert made["rules"]["front_lead_days"]["days"] == int(changed["days"])
        return
    with pytest.raises(Invalid) as refused:
        profile_values.with_typed(rules, form)
    place = profile_values.key_of(("rules", "front_lead_days"), "")
    assert {name.removeprefix(place): code for name, code in refused.value.errors.items()} == wrong


def test_a_period_may_be_cut_short_only_with_the_law_that_says_so(session: Session) -> None:
    base, key = base_of(session), profile_values.key_of(("periods", "public"), "shorter_days")
    with pytest.raises(Invalid) as refused:
        typed(base, **{key: "10"})
    assert list(refused.value.errors.values()) == ["citation_needed"]
    citation = profile_values.key_of(("periods", "public"), "shorter_citation")
    made = typed(base, **{key: "10", citation: "Luật thử"})
    assert made["periods"][0]["shorter"] == {"days": 10, "citation": "Luật thử"}
    assert "shorter" not in base.rules["periods"][0]


def test_what_is_not_typed_stays_as_it_is(session: Session) -> None:
    base = base_of(session)
    assert profile_values.with_typed(base.rules, profile_values.typed_of(base.rules)) == base.rules
    (change,) = profile_values.changes(base.rules, typed(base))
    assert (change.place, change.field, change.before, change.after) == (("rules", "answer_days"), "days", "15", "10")


def test_a_later_release_leaves_the_rules_of_the_province_alone(session: Session) -> None:
    seeding.seed_rules(session)
    base = session.scalars(select(LegalProfile).filter_by(code="plan_local")).one()
    row = proposed(session, base, administrator(session))
    profile_proposals.settle(session, row.id, Settlement.CONFIRMED, administrator(session), NOW)
    found = [one for one in release.take(session, NOW) if one.table == "legal_profile"]
    assert {one.change for one in found} == {Change.KEPT} and base.valid_to == FIRST


def test_every_step_is_noted_with_what_changes(session: Session) -> None:
    base = base_of(session)
    row = proposed(session, base, administrator(session))
    profile_proposals.settle(session, row.id, Settlement.REFUSED, administrator(session), NOW)
    acts = session.scalars(select(AdministrativeAct).order_by(AdministrativeAct.id)).all()
    assert [one.act for one in acts] == ["profile_proposed", "profile_refused"]
    assert acts[0].details["changes"] == ["answer_days days: 15 → 10"] and acts[0].details["basis"] == BASIS


def test_from_a_copy_to_rules_in_force(app: Flask, app_session: Session) -> None:
    matter = make_consultation(app_session, Stage.OPEN, now=clock.now())
    people = [make_user(app_session, make_organisation(app_session), [Role.ADMINISTRATOR]) for _ in range(2)]
    one, two = Browser(app), Browser(app)
    for browser, user in zip((one, two), people, strict=True):
        sign_in(browser, user)
    page = one.get(f"/quan-tri/quy-dinh/{matter.profile_id}/").click("Lập bản của tỉnh từ một ngày mới")
    wrong = page.submit({"name": "Quy định 2027", "basis": "", DAYS: "10"}, form="basis")
    assert "Cần nhập" in wrong.text or "bắt buộc" in wrong.text or wrong.find("//*[@class = 'error']")
    first = clock.local_day(clock.now()) + timedelta(days=30)
    asked = wrong.submit({"basis": BASIS, "valid_from": first.isoformat(), DAYS: "10"}, form="basis")
    assert "từ “15” thành “10”" in asked.text and "giữ nguyên: 1" in asked.text
    listed = asked.submit(button="Đề nghị, chờ người thứ hai xác nhận")
    assert "Đã đề nghị" in listed.text
    own = listed.click("Quy định 2027")
    assert "người đề nghị không tự xác nhận" in own.text and "Rút lại đề nghị của tôi" in own.text
    assert "Quy định chờ người quản trị thứ hai xác nhận: 1" in two.get("/quan-tri/").text
    done = two.get("/quan-tri/quy-dinh/").click("Quy định 2027").submit(button="Xác nhận")
    assert "Đã xác nhận quy định của tỉnh." in done.text
    app_session.rollback()
    made = app_session.scalars(select(LegalProfile).filter_by(name="Quy định 2027")).one()
    shown = two.get(f"/quan-tri/quy-dinh/{made.id}/")
    assert BASIS in shown.text and "10 ngày làm việc" in shown.text
