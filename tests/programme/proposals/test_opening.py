"""A year of proposals: opened for a body, public until the end of the year, each proposal with a day of its own."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from consult import clock
from consult.consultations.matter import queries
from consult.consultations.matter.answer_terms import term_of
from consult.consultations.preparation import documents, publication, readiness
from consult.consultations.revisions import next_revision
from consult.consultations.words import DocumentRole, Kind, Procedure
from consult.errors import Invalid, Refused
from consult.people.models import OrganisationSuccession
from consult.people.words import OrganisationKind, Role
from consult.programme.proposals import opening
from consult.programme.proposals.opening import Opened
from consult.submissions import anchors
from consult.submissions.form import quotes
from tests.builders import NOW, TODAY, make_actor, make_organisation, make_rules, read_text


@pytest.fixture
def body(session):
    make_rules(session)
    return make_organisation(session, name="Sở Nông nghiệp và Môi trường")


@pytest.fixture
def publisher(session, body):
    return make_actor(session, body, Role.OFFICER, Role.PUBLISHER)


def test_it_is_ready_to_be_published_without_a_draft(session, body, publisher):
    made = opening.open_year(session, Opened(body.id, 2026), publisher, NOW)
    assert made.kind is Kind.PROPOSALS and made.title == "Kiến nghị, đề xuất gửi Sở Nông nghiệp và Môi trường năm 2026"
    assert not readiness.problems(session, made, NOW)
    publication.publish(session, made, publisher, NOW)
    assert clock.local_day(made.closes_at - timedelta(seconds=1)) == date(2026, 12, 31)


def test_that_of_the_front_goes_by_its_own_procedure(session):
    make_rules(session)
    front = make_organisation(session, OrganisationKind.FRONT_COMMITTEE)
    made = opening.open_year(session, Opened(front.id, 2026), make_actor(session, front, Role.OFFICER), NOW)
    assert made.procedure is Procedure.FRONT_OPINION


def test_a_body_takes_proposals_of_a_year_once(session, body, publisher):
    opening.open_year(session, Opened(body.id, 2026), publisher, NOW)
    with pytest.raises(Refused, match="year_is_open"):
        opening.open_year(session, Opened(body.id, 2026, "Khác"), publisher, NOW)


@pytest.mark.parametrize("year", [2025, 2028])
def test_only_this_year_and_the_next_are_opened(session, body, publisher, year):
    with pytest.raises(Invalid) as wrong:
        opening.open_year(session, Opened(body.id, year), publisher, NOW)
    assert wrong.value.errors == {"year": "not_this_or_next_year"}


def test_the_next_year_begins_with_it_and_the_old_one_stays(session, body, publisher):
    made = opening.open_year(session, Opened(body.id, 2026, summary="Về môi trường."), publisher, NOW)
    publication.publish(session, made, publisher, NOW)
    after = opening.open_next(session, made, publisher, NOW)
    assert after.slug != made.slug and after.summary == "Về môi trường." and after.title.endswith("năm 2027")
    assert clock.local_day(after.opens_at) == date(2027, 1, 1)


def test_the_next_year_is_of_the_body_that_took_over_and_none_of_one_that_is_no_more(session, body, publisher):
    made = opening.open_year(session, Opened(body.id, 2026, summary="Về môi trường."), publisher, NOW)
    heir = make_organisation(session, name="Sở Môi trường và Đất đai")
    session.add(OrganisationSuccession(predecessor_id=body.id, successor_id=heir.id, on=TODAY))
    body.valid_to = TODAY
    session.commit()
    both = replace(publisher, seats=publisher.seats + make_actor(session, heir, Role.OFFICER, Role.PUBLISHER).seats)
    with pytest.raises(Refused, match="organisation_ended"):
        opening.open_year(session, Opened(body.id, 2027), both, NOW)
    after = opening.open_next(session, made, both, NOW)
    assert (after.lead_id, after.answering_id) == (heir.id, heir.id)
    assert after.title == "Kiến nghị, đề xuất gửi Sở Môi trường và Đất đai năm 2027"


def test_each_proposal_is_due_so_many_working_days_after_its_receipt(session, body, publisher):
    made = opening.open_year(session, Opened(body.id, 2026), publisher, NOW)
    publication.publish(session, made, publisher, NOW)
    term = term_of(session, made)
    assert term.due("comment", NOW) == date(2026, 12, 15)
    assert term.due("comment", NOW + timedelta(days=7)) == date(2026, 12, 21)
    assert term.public_day is None and term.due("formal", NOW) > TODAY


def test_no_main_draft_goes_into_it(session, body, publisher):
    made = opening.open_year(session, Opened(body.id, 2026), publisher, NOW)
    with pytest.raises(Invalid) as wrong:
        documents.add_document(session, made, "Dự thảo", DocumentRole.MAIN, read_text(), publisher, NOW)
    assert wrong.value.errors == {"role": "nothing_drafted"}


def test_a_law_in_force_is_chosen_by_its_clauses_and_has_no_next_draft(session, body, publisher):
    made = opening.open_year(session, Opened(body.id, 2026), publisher, NOW)
    documents.add_document(session, made, "Quyết định A", DocumentRole.IN_FORCE, read_text(), publisher, NOW)
    publication.publish(session, made, publisher, NOW)
    offered = dict(quotes.choices(session, made, lambda code, **_values: code))
    assert offered["tai-lieu/2/1"] == "Quyết định A" and "tai-lieu/2/1/d2.k1" in offered
    place = anchors.parse("tai-lieu/2/1/d2.k1")
    assert "ba nhóm" in quotes.quoted(session, made, place).text
    document = queries.document_of(session, made.id, 2)
    with pytest.raises(Refused, match="text_in_force"):
        next_revision.add_revision(session, made, document, read_text(), publisher, NOW)
