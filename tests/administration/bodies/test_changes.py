"""A body is merged, divided and followed, with its people, and taken back while nothing stands on it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.administration.bodies import changes, newer
from consult.administration.models import AdministrativeAct, BodyChange
from consult.consultations.invitation_models import Invitation
from consult.db import Base, new_id
from consult.errors import Invalid, Refused
from consult.people.models import Membership, Organisation, OrganisationSuccession, Unit
from consult.people.organisations import NewOrganisation
from consult.people.words import Level, OrganisationKind, Role, Standing
from consult.policy import Actor
from consult.sign_in.actors import actor_of
from tests.administration.bodies.documents import DECISION
from tests.builders import NOW, TODAY, make_consultation, make_organisation, make_unit, make_user

LATER = NOW + timedelta(hours=3)

WHAT_STANDS = {
    "consultation.lead_id": "the matter stays its, and the people of the heir go on with it",
    "consultation.answering_id": "the same",
    "consultation.issuing_id": "the same",
    "invitation.organisation_id": "it stays asked under its name; a letter of an heir is its reply",
    "listening_request.organisation_id": "the people of the heir hear and write down",
    "submission.organisation_id": "its name stays on the letter, and its heirs see what it was answered",
    "organisation_draft.organisation_id": "the people of the heir go on with it and send it under its name",
    "organisation_draft_cosigner.organisation_id": "the people of the heir confirm under its name, and read what came",
    "collection.organisation_id": "the collection stays its, and the people of the heir read and go on with it",
    "collection_branch.organisation_id": "the branch stays its, under its name, with the link that it has",
    "critique_plan.organisation_id": "the plan stays as it was made, and the heir makes its own",
    "planned_critique.lead_id": "the plan stays as it was made",
    "planned_critique.drafting_body_id": "the same",
    "programme.first_party_id": "what was signed stays under its name, and the people of the heir act for it",
    "programme.second_party_id": "the same",
    "further_party.body_id": "the same",
    "agreement.body_id": "who agreed to what stays",
    "indicator_value.body_id": "it was entered under its name, and the people of the heir correct it",
    "promise.by_id": "it is owed under its name, and the people of the heir answer, move and end it",
    "promise.keeper_id": "the people of the heir follow it",
    "promise_act.for_id": "it was said under its name",
    "supervision_round.lead_id": "the people of the heir go on with it",
    "supervision_round.supervised_id": "the people of the heir bring its report",
    "inspection.body_id": "the result stays its, and the people of the heir correct it and follow the remedy",
    "inspection_version.inspected_id": "who was inspected keeps its name; its heirs owe the remedy",
    "survey.body_id": "the report stays in its name, and the people of the parties go on with the survey",
    "practice.lead_id": "it is led under its name, and the people of the heir write about it",
    "practice_request.body_id": "it was asked under its name, and the people of the heir read the contact",
    "material_order.body_id": "it stays ordered under its name, and the people of the heir see how it stands",
    "participant.body_id": "who was sent under its name stays named so, and the people of the heir read it",
    "campaign_body.body_id": "it takes part under its name, and the people of the heir enter what was counted",
    "campaign_result.body_id": "what was counted under its name stays so, and the people of the heir correct it",
    "commendation.body_id": "it was commended under its name",
    "commendation.proposer_id": "it was proposed under its name, and the people of the heir follow it",
    "commendation.deciding_id": "it was decided under its name",
    "unit.organisation_id": "a unit stays its; one of the same name is made at the heir for who sits there",
    "membership.organisation_id": "the seat ends, and the same one begins at the heir",
    "role_proposal.organisation_id": "what waits is refused when it is confirmed: `organisation_ended`",
    "coordination_request.organisation_id": "it stays asked, and the people of the heir reply",
    "passage.organisation_id": "they are offered in the matters of the body as before; the heir begins its own",
    "referral.organisation_id": "it went there under that name, and what comes back is written down whoever answers",
    "body_change.organisation_id": "it is the record of the change",
    "organisation_succession.predecessor_id": "it is the step itself",
    "organisation_succession.successor_id": "the same",
}  # fmt: skip
"""By table and column, what becomes of a row that names a body which another one takes over from."""


@pytest.fixture
def women(session: Session) -> Organisation:
    """A union that will be merged."""
    return make_organisation(session, OrganisationKind.SOCIO_POLITICAL, Level.COMMUNE, name="Hội Phụ nữ xã Chợ Đồn")


@pytest.fixture
def front(session: Session) -> Organisation:
    """The body that takes over."""
    return make_organisation(session, OrganisationKind.FRONT_COMMITTEE, Level.COMMUNE, name="Ủy ban MTTQ xã Chợ Đồn")


def seats(session: Session, body: Organisation) -> list[tuple[str, Role]]:
    """Who holds which role there from now on."""
    session.expire_all()
    held = session.scalars(select(Membership).where(Membership.organisation_id == body.id))
    return sorted((one.user.name, one.role) for one in held if one.in_force(LATER))


def recorded(session: Session, body: Organisation) -> BodyChange:
    """What became of it last."""
    return changes.of_body(session, body.id)[-1]


def test_every_table_that_names_a_body_says_what_becomes_of_it() -> None:
    named = {f"{table.name}.{column.name}" for table, column in newer.naming()}
    assert named == set(WHAT_STANDS), "WHAT_STANDS above says what a merger means for it"
    ordered = {table.name for table, _column in newer.naming() if table.name not in newer.OWN and "id" not in table.c}
    assert not ordered, "rows are known to be newer by an id of `db.new_id`"


def test_people_sit_where_the_body_went_and_act_for_what_it_was(
    session: Session, women: Organisation, front: Organisation, one: Actor
) -> None:
    unit = make_unit(session, women, name="Ban Thường vụ")
    user = make_user(session, women, [Role.SENDER], unit=unit, name="Ma Thị Hoa")
    changes.merge(session, women.id, front.id, TODAY, DECISION, one, NOW)
    assert seats(session, women) == [] and seats(session, front) == [("Ma Thị Hoa", Role.SENDER)]
    actor = actor_of(session, user, LATER)
    assert {seat.organisation_id for seat in actor.seats} == {women.id, front.id}
    units = {seat.organisation_id: seat.unit_id for seat in actor.seats}
    assert units[women.id] == unit.id, "what was given to the old unit is in the same hands"
    assert session.get_one(Unit, units[front.id]).name == "Ban Thường vụ"
    assert session.get_one(Organisation, women.id).name == "Hội Phụ nữ xã Chợ Đồn"


def test_who_holds_the_role_there_already_holds_it_once(
    session: Session, women: Organisation, front: Organisation, one: Actor
) -> None:
    user = make_user(session, women, [Role.SENDER], name="Ma Thị Hoa")
    session.add(Membership(id=new_id(), user_id=user.id, organisation_id=front.id, role=Role.SENDER, since=NOW))
    session.commit()
    changes.merge(session, women.id, front.id, TODAY, DECISION, one, NOW)
    assert seats(session, front) == [("Ma Thị Hoa", Role.SENDER)]


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"number": " "}, {"document_number": "required"}),
        ({"issuer": "", "on": None}, {"document_issuer": "required", "document_on": "required"}),
        ({"on": TODAY + timedelta(days=1)}, {"document_on": "in_the_future"}),
        ({"number": "x" * 301}, {"document_number": "too_long"}),
    ],
)
def test_nothing_becomes_of_a_body_without_the_document_that_decided_it(
    session: Session, women: Organisation, front: Organisation, one: Actor, said: dict[str, Any], wrong: dict[str, str]
) -> None:
    document = replace(DECISION, **said)
    new = [NewOrganisation(name, women.kind, women.level) for name in ("Hội một", "Hội hai")]
    acts = [
        lambda: changes.merge(session, women.id, front.id, TODAY, document, one, NOW),
        lambda: changes.split(session, women.id, new, {}, TODAY, document, one, NOW),
        lambda: changes.succeed(session, women.id, new[0], TODAY, document, one, NOW),
        lambda: changes.end(session, women.id, TODAY, document, one, NOW),
    ]
    for act in acts:
        with pytest.raises(Invalid) as invalid:
            act()
        assert invalid.value.errors == wrong
        session.rollback()
    assert women.valid_to is None and not changes.of_body(session, women.id)


def test_the_document_stands_in_the_record_and_the_log(
    session: Session, women: Organisation, front: Organisation, one: Actor
) -> None:
    changes.merge(session, women.id, front.id, TODAY, DECISION, one, NOW)
    kept = recorded(session, women)
    assert (kept.document_number, kept.document_on) == (DECISION.number, DECISION.on)
    assert (kept.document_issuer, kept.source, kept.file_hash) == (DECISION.issuer, "", "")
    words = f"{DECISION.number}, 1/7/2025, {DECISION.issuer}"
    assert session.scalars(select(OrganisationSuccession.source)).one() == words
    assert (
        session.scalars(select(AdministrativeAct).order_by(AdministrativeAct.id)).all()[-1].details["document"] == words
    )


@pytest.mark.parametrize("into", ["itself", "ended", "judge"])
def test_what_cannot_take_over_is_refused_and_nothing_is_written(
    session: Session, women: Organisation, front: Organisation, one: Actor, into: str
) -> None:
    old, heir = women, front
    if into == "itself":
        heir = women
    elif into == "ended":
        front.valid_to = TODAY
    else:
        old = make_organisation(session, OrganisationKind.INVESTOR)
    session.commit()
    with pytest.raises(Invalid):
        changes.merge(session, old.id, heir.id, TODAY, DECISION, one, NOW)
    session.rollback()
    assert old.valid_to is None and not session.scalars(select(BodyChange)).all()


def test_a_body_is_divided_and_each_person_goes_where_it_was_said(
    session: Session, women: Organisation, one: Actor
) -> None:
    first = make_user(session, women, [Role.SENDER], name="An")
    make_user(session, women, [Role.DRAFTER], name="Bình")
    seat = session.scalars(select(Membership).where(Membership.user_id == first.id)).one()
    new = [NewOrganisation(name, women.kind, women.level) for name in ("Hội Phụ nữ xã A", "Hội Phụ nữ xã B")]
    made = changes.split(session, women.id, new, {seat.id: 1}, TODAY, DECISION, one, NOW)
    assert [seats(session, body) for body in (women, *made)] == [[], [], [("An", Role.SENDER)]]
    with pytest.raises(Invalid) as raised:
        changes.split(session, made[0].id, new[:1], {}, TODAY, DECISION, one, NOW)
    assert raised.value.errors == {"heirs": "two_or_more"}
    with pytest.raises(Invalid) as raised:
        same = [NewOrganisation("Hội khác", women.kind, women.level), new[1]]
        changes.split(session, made[0].id, same, {}, TODAY + timedelta(days=1), DECISION, one, NOW)
    assert raised.value.errors == {"name-1": "name_in_use"}


@pytest.mark.parametrize("how", ["merge", "split", "succeed", "end"])
def test_every_change_is_taken_back_whole(
    session: Session, women: Organisation, front: Organisation, one: Actor, two: Actor, how: str
) -> None:
    user = make_user(session, women, [Role.SENDER], unit=make_unit(session, women, name="Ban"), name="An")
    seat = session.scalars(select(Membership).where(Membership.user_id == user.id)).one()
    tables = (Organisation, OrganisationSuccession, Membership, Unit)
    before = [len(session.scalars(select(table)).all()) for table in tables]
    new = [NewOrganisation(name, women.kind, women.level) for name in ("Hội A", "Hội B")]
    if how == "merge":
        changes.merge(session, women.id, front.id, TODAY, DECISION, one, NOW)
    elif how == "split":
        changes.split(session, women.id, new, {seat.id: 0}, TODAY, DECISION, one, NOW)
    elif how == "succeed":
        changes.succeed(session, women.id, new[0], TODAY, DECISION, one, NOW)
    else:
        changes.end(session, women.id, TODAY, DECISION, one, NOW)
    undone = changes.undo(session, recorded(session, women).id, two, LATER)
    session.expire_all()
    assert [len(session.scalars(select(table)).all()) for table in tables] == before
    assert women.valid_to is None and seats(session, women) == [("An", Role.SENDER)]
    assert undone.undone_at == LATER and undone.undone_by_id == two.user_id
    acts = session.scalars(select(AdministrativeAct).order_by(AdministrativeAct.id)).all()
    assert acts[-1].act == "body_change_undone"
    with pytest.raises(Refused) as refused:
        changes.undo(session, undone.id, one, LATER)
    assert refused.value.reason == "undone_already"


def test_what_something_stands_on_is_not_taken_back_nor_what_is_a_day_old(
    session: Session, women: Organisation, front: Organisation, one: Actor
) -> None:
    matter = make_consultation(session)
    changes.merge(session, women.id, front.id, TODAY, DECISION, one, NOW)
    with pytest.raises(Refused) as refused:
        changes.undo(session, recorded(session, women).id, one, NOW + timedelta(days=1, seconds=1))
    assert refused.value.reason == "too_late_to_undo"
    assert one.user_id is not None
    asked: dict[str, UUID] = {"consultation_id": matter.id, "organisation_id": women.id, "recorded_by_id": one.user_id}
    session.add(Invitation(id=new_id(), recorded_at=LATER, **asked))
    session.commit()
    with pytest.raises(Refused) as refused:
        changes.undo(session, recorded(session, women).id, one, LATER)
    assert refused.value.reason == "stands_on_it" and refused.value.details["tables"] == ["invitation"]


def test_a_seat_that_was_ended_since_and_a_further_change_stand_on_it(
    session: Session, women: Organisation, front: Organisation, one: Actor
) -> None:
    make_user(session, women, [Role.SENDER], name="An")
    heir = changes.merge(session, women.id, front.id, TODAY, DECISION, one, NOW)
    given = session.scalars(select(Membership).where(Membership.organisation_id == heir.id)).one()
    given.until = LATER
    session.commit()
    changes.end(session, heir.id, TODAY + timedelta(days=1), DECISION, one, NOW)
    with pytest.raises(Refused) as refused:
        changes.undo(session, recorded(session, women).id, one, LATER)
    assert refused.value.details["tables"] == ["body_change", "membership"]


def test_a_religious_body_says_its_standing_and_its_heir_keeps_it(session: Session, one: Actor) -> None:
    parish = make_organisation(session, OrganisationKind.RELIGIOUS, Level.COMMUNE, name="Giáo xứ A")
    parish.standing = Standing.AFFILIATED
    session.commit()
    new = NewOrganisation("Giáo xứ B", OrganisationKind.RELIGIOUS, Level.COMMUNE)
    assert changes.succeed(session, parish.id, new, TODAY, DECISION, one, NOW).standing is Standing.AFFILIATED


def test_no_column_of_a_person_can_hold_a_religion() -> None:
    people = ("app_user", "membership", "submission", "joiner", "follower", "role_proposal")
    said = {f"{name}.{column.name}" for name in people if name in Base.metadata.tables
            for column in Base.metadata.tables[name].columns}  # fmt: skip
    assert not [name for name in said if any(word in name for word in ("religio", "faith", "ethnic", "standing"))]
    standings = [table.name for table in Base.metadata.sorted_tables if "standing" in table.c]
    assert standings == ["organisation"]
