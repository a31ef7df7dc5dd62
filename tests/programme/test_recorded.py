"""What is recorded and may be chosen no more stays when something else is put right, and is chosen nowhere anew."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from consult import clock
from consult.errors import Invalid
from consult.people import letter_roles
from consult.people.words import Level, OrganisationKind, Role
from consult.programme import bodies, plans
from consult.programme.campaigns import planning, results
from consult.programme.commendations import deciding
from consult.programme.plans import NewLine
from consult.programme.practices import registry
from tests.builders import NOW, make_actor, make_area, make_organisation, make_user
from tests.programme.campaigns.scene import Cleaning
from tests.programme.commendations.scene import Praise
from tests.programme.practices.scene import Models
from tests.programme.scene import make_parties


def test_what_was_counted_in_a_commune_that_left_the_campaign_is_corrected(session: Session) -> None:
    cleaning = Cleaning(make_parties(session))
    one, other = cleaning.planned(), make_area(session, name="Xã Khác")
    number = cleaning.entered(one)
    planning.correct(session, one, cleaning.new(areas=(other.id,), reason="Sáp nhập"), cleaning.parties.writer, NOW)
    planning.release(session, one, cleaning.parties.signer, NOW)
    session.refresh(one)
    made = results.correct(session, one, number, cleaning.counted("9", reason="Cân lại"), cleaning.of_parish, NOW)
    assert made.area_id == cleaning.area.id
    with pytest.raises(Invalid) as wrong:
        results.enter(session, one, cleaning.counted("9"), cleaning.of_parish, NOW)
    assert wrong.value.errors == {"area": "required"}


def test_a_line_keeps_the_body_that_may_lead_no_more(session: Session) -> None:
    front = make_organisation(session, OrganisationKind.FRONT_COMMITTEE)
    union = make_organisation(session, OrganisationKind.SOCIO_POLITICAL, level=front.level)
    writer, year = make_actor(session, front, Role.DRAFTER), 2027
    new = NewLine("Quy hoạch tỉnh", "conference", "request", union.id, 2)
    line = plans.add(session, front, year, new, writer, NOW)
    union.level = next(one for one in Level if one is not front.level)
    session.commit()
    plans.change(session, front, year, line.id, replace(new, subject="Quy hoạch xã"), writer, NOW)
    assert (line.subject, line.lead_id) == ("Quy hoạch xã", union.id)
    with pytest.raises(Invalid, match="lead"):
        plans.add(session, front, year, new, writer, NOW)


def test_a_decision_keeps_a_form_that_the_province_gives_no_more(session: Session) -> None:
    praise = Praise(make_parties(session))
    one, officer = praise.decided(agreed=False), praise.parties.officer
    deciding.decide(session, one, praise.decision(number="13/QĐ"), ("Biểu dương",), officer, NOW)
    assert (one.form, one.decision_number) == ("Giấy khen", "13/QĐ")
    with pytest.raises(Invalid) as wrong:
        deciding.decide(session, one, praise.decision(form="Bằng khen"), ("Biểu dương",), officer, NOW)
    assert wrong.value.errors == {"form": "required"}
    with pytest.raises(Invalid):
        deciding.decide(session, one, praise.decision(form=""), ("Biểu dương",), officer, NOW)


def test_a_model_keeps_the_one_it_spread_from(session: Session) -> None:
    models = Models(make_parties(session))
    parent = models.made()
    child = models.made(public=False, parent_id=parent.id)
    parent.public_at = None
    session.commit()
    registry.correct(session, child, models.new(parent_id=parent.id, village="Nà Pha"), models.parties.writer, NOW)
    assert (child.village, child.parent_number) == ("Nà Pha", parent.number)
    with pytest.raises(Invalid, match="parent"):
        models.made(public=False, parent_id=parent.id)


def test_who_left_stays_named_and_is_named_nowhere_anew(session: Session) -> None:
    body = make_organisation(session)
    stays, left = (make_user(session, body, [Role.DRAFTER]) for _ in range(2))
    letter_roles.change(session, body.id, left.id, stays.id, NOW)
    left.disabled_at = NOW
    session.commit()
    letter_roles.change(session, body.id, left.id, None, NOW)
    assert (body.reviewer_id, body.signatory_id) == (left.id, None)
    assert letter_roles.recorded(session, body) == [left]
    with pytest.raises(Invalid) as wrong:
        letter_roles.change(session, body.id, left.id, left.id, NOW)
    assert wrong.value.errors == {"signatory": "not_a_choice"}
    letter_roles.change(session, body.id, None, None, NOW)
    with pytest.raises(Invalid):
        letter_roles.change(session, body.id, left.id, None, NOW)


def test_what_is_offered_no_more_is_known_by_name(session: Session) -> None:
    today, merged = clock.local_day(NOW), make_area(session, name="Xã Cũ")
    body, ended = make_organisation(session), make_organisation(session, name="Hội cũ")
    merged.valid_to = ended.valid_to = today
    begun = {"area": str(merged.id), "bodies": [str(body.id), str(ended.id)], "kind": "plastic", "number": 3}
    offered = bodies.of_kinds(session, frozenset(OrganisationKind), today), bodies.communes(session, today)
    assert bodies.recorded(session, begun, *offered) == {str(merged.id): "Xã Cũ", str(ended.id): "Hội cũ"}
    assert (str(merged.id), "Xã Cũ") not in bodies.communes(session, today)
    assert (str(merged.id), "Xã Cũ") in bodies.communes(session, today, merged.id)
    assert bodies.recorded(session, {"area": "", "body": str(body.id)}, *offered) == {}
