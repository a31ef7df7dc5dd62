"""Commendations: proposed by any level, checked by the parties alone, decided or refused, public while who is named
agrees, and erased so that the log can still be verified."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.db import new_id
from consult.errors import Invalid, NotFound, Refused
from consult.files.signed_files import KeptFile
from consult.ledger import commitment
from consult.ledger.closing_list import Closing
from consult.ledger.erasure_list import Erasure
from consult.ledger.models import LedgerEntry
from consult.outbox.models import OutboxMessage
from consult.people.words import OrganisationKind, Role
from consult.policy import Seat
from consult.programme.commendations import checking, consents, deciding, erasing, listing, proposing, withdrawn_again
from consult.programme.commendations.listing import CommendationFilters
from consult.programme.words import CommendationState, CommendedKind
from consult.submissions.closed_again.service import ClosedAgain
from tests.builders import NOW, make_actor, make_organisation
from tests.programme.commendations.scene import FORMS, NAME, Praise
from tests.programme.inspections.scene import recorded
from tests.programme.practices.scene import Models
from tests.programme.scene import TODAY, make_parties


@pytest.fixture
def praise(session: Session) -> Praise:
    """A public programme."""
    return Praise(make_parties(session))


def log(session: Session) -> list[str]:
    """The kinds of the entries about commendations."""
    found = session.scalars(select(LedgerEntry.kind).order_by(LedgerEntry.index))
    return [kind for kind in found if kind.startswith("commendation")]


@pytest.mark.parametrize(
    ("facts", "errors"),
    [
        ({"merits": "", "evidence": " "}, {"merits": "required", "evidence": "required"}),
        ({"kind": "x"}, {"kind": "required"}),
        ({"name": "", "area_id": None}, {"name": "required", "area": "required"}),
        ({"kind": "body"}, {"body": "required"}),
        ({"proposer_id": None, "practice": "9"}, {"proposer": "required", "practice": "no_such_practice"}),
    ],
)
def test_what_a_proposal_needs(praise: Praise, facts: dict[str, Any], errors: dict[str, str]) -> None:
    with pytest.raises(Invalid) as wrong:
        praise.proposed(**facts)
    assert wrong.value.errors == errors


def test_the_proposing_body_and_the_parties_read_it_and_nobody_else(session: Session, praise: Praise) -> None:
    one, parties = praise.proposed(), praise.parties
    for actor in (parties.of_commune, parties.writer, parties.leader):
        assert proposing.commendation_of(session, praise.programme, one.number, actor) is one
    stranger = make_actor(session, make_organisation(session, name="Sở khác"), Role.LEADER)
    with pytest.raises(NotFound):
        proposing.commendation_of(session, praise.programme, one.number, stranger)
    assert proposing.written_by(session, praise.programme, "", stranger, 9) == []
    assert proposing.waiting(session, [praise.programme.consultation_id]) == [one]


def test_a_body_is_held_against_what_it_owes_and_what_was_found(session: Session, praise: Praise) -> None:
    parties = praise.parties
    late = parties.recommended(parties.round(praise.programme), days=5)
    late.due_on = late.first_due_on = parties.today - timedelta(days=1)
    session.commit()
    recorded(parties, praise.programme, inspected_id=parties.commune.id, inspected_name="")
    one = praise.proposed(kind="body", body_id=parties.commune.id)
    praise.proposed(kind="body", body_id=parties.commune.id)
    found = checking.findings(session, one, parties.today).told
    assert found == {"late": 1, "open": 1, "inspections": 1, "others": 1}
    with pytest.raises(Invalid) as wrong:
        checking.check(session, one, "", parties.officer, NOW)
    assert wrong.value.errors == {"note": "required"}
    with pytest.raises(NotFound):
        checking.check(session, one, "Được", parties.of_commune, NOW)
    checking.check(session, one, "Đang khắc phục", parties.officer, NOW)
    assert (one.found["late"], one.state) == (1, CommendationState.CHECKED)


def test_of_a_person_other_proposals_of_the_same_name_are_found_and_no_inspection(
    session: Session, praise: Praise
) -> None:
    parties = praise.parties
    recorded(parties, praise.programme, kind="individual", inspected_name="", area_id=praise.area.id, fine=None)
    one, other = praise.proposed(), praise.proposed(name="BÀ LÝ THỊ TƯ")
    praise.proposed(name="Bà khác")
    found = checking.findings(session, one, parties.today)
    assert ([each.number for each in found.others], found.inspections, found.late) == ([other.number], [], [])


def test_who_wrote_a_proposal_does_not_check_it(session: Session, praise: Praise) -> None:
    parties = praise.parties
    new = praise.new(proposer_id=parties.department.id)
    one = proposing.propose(session, praise.programme, new, parties.officer, NOW)
    with pytest.raises(Refused, match="own_words"):
        checking.check(session, one, "Được", parties.officer, NOW)
    checking.check(session, one, "", parties.writer, NOW)


def test_a_decision_is_of_a_form_that_the_province_has_and_after_the_check(session: Session, praise: Praise) -> None:
    one, parties = praise.proposed(), praise.parties
    with pytest.raises(Refused, match="commendation_not_checked"):
        deciding.decide(session, one, praise.decision(), FORMS, parties.officer, NOW)
    checking.check(session, one, "", parties.officer, NOW)
    wrong_one = praise.decision(form="Huân chương", number="", decided_on=parties.today + timedelta(days=1))
    with pytest.raises(Invalid) as wrong:
        deciding.decide(session, one, replace(wrong_one, deciding_id=None), FORMS, parties.officer, NOW)
    assert wrong.value.errors == {
        "form": "required", "decision_number": "required", "decided_on": "in_the_future", "deciding": "required",
    }  # fmt: skip


def test_what_was_refused_is_closed_and_its_body_is_told(session: Session, praise: Praise) -> None:
    one, parties = praise.proposed(), praise.parties
    with pytest.raises(Refused, match="not_sender"):
        deciding.refuse(session, one, "Chưa đủ", parties.officer, NOW)
    with pytest.raises(Invalid):
        deciding.refuse(session, one, " ", parties.leader, NOW)
    deciding.refuse(session, one, "Chưa đủ một năm", parties.leader, NOW)
    told = session.scalars(select(OutboxMessage).where(OutboxMessage.event == "commendation_answered")).one()
    assert told.payload == {"commendation": one.number, "organisation": str(parties.commune.id)}
    with pytest.raises(Refused, match="commendation_over"):
        checking.check(session, one, "", parties.officer, NOW)
    assert proposing.waiting(session, [praise.programme.consultation_id]) == []


def test_nobody_is_named_without_consent_nor_by_one_person_alone(session: Session, praise: Praise) -> None:
    one, parties = praise.decided(agreed=False), praise.parties
    with pytest.raises(Refused, match="no_consent"):
        deciding.release(session, one, parties.leader, NOW)
    praise.agrees(one)
    with pytest.raises(Refused, match="not_sender"):
        deciding.release(session, one, parties.officer, NOW)
    assert listing.listed(session, CommendationFilters(), TODAY, 9) == []
    deciding.release(session, one, parties.leader, NOW)
    assert listing.listed(session, CommendationFilters(kind=CommendedKind.PERSON), TODAY, 9) == [one]
    assert listing.listed(session, CommendationFilters(kind=CommendedKind.BODY), TODAY, 9) == []
    entry = session.scalars(select(LedgerEntry).order_by(LedgerEntry.index.desc())).first()
    assert entry is not None and one.salt is not None
    assert (NAME in entry.body, commitment.commit(deciding.FIELD, deciding.told(one), one.salt) in entry.body) == (
        False, True,
    )  # fmt: skip


def test_a_consent_that_is_taken_back_ends_what_is_public_and_may_be_given_again(
    session: Session, praise: Praise
) -> None:
    one, parties = praise.public(), praise.parties
    first = one.salt
    consents.take_back(session, one, parties.of_commune, NOW)
    assert (one.state, log(session)) == (
        CommendationState.WITHDRAWN, ["commendation_published", "commendation_withdrawn"],
    )  # fmt: skip
    with pytest.raises(NotFound):
        listing.public_commendation(session, praise.programme, one.number)
    session.flush()
    session.refresh(one)
    with pytest.raises(Refused, match="no_consent"):
        deciding.release(session, one, parties.leader, NOW)
    praise.agrees(one)
    deciding.release(session, one, parties.leader, NOW)
    assert (one.version, one.is_public, one.salt == first) == (2, True, False)


def test_what_was_wrong_is_taken_out_changed_and_decided_anew(session: Session, praise: Praise) -> None:
    one, parties = praise.public(), praise.parties
    with pytest.raises(Refused, match="already_public"):
        proposing.change(session, one, praise.new(), parties.of_commune, NOW)
    deciding.take_out(session, one, "Sai họ", parties.leader, NOW)
    proposing.change(session, one, praise.new(name="Bà Lý Thị Tứ"), parties.of_commune, NOW)
    assert (one.checked_at, one.decided_at, one.name) == (None, None, "Bà Lý Thị Tứ")
    with pytest.raises(Refused, match="commendation_not_decided"):
        deciding.release(session, one, parties.leader, NOW)


def test_beside_a_person_neither_who_proposed_nor_a_model_is_told(session: Session, praise: Praise) -> None:
    parties = praise.parties
    parties.commune.kind = OrganisationKind.RELIGIOUS
    model = Models(parties, praise.programme).made(setting="parish")
    person = praise.public(practice=str(model.number))
    body = praise.public(kind="body", body_id=parties.department.id, practice=str(model.number))
    assert listing.practice_beside(session, person) is None
    assert listing.practice_beside(session, body) == model
    told = deciding.told(person)
    assert (told["practice"], str(parties.commune.id) in told.values()) == (None, False)


def test_an_erasure_takes_two_and_leaves_no_word_that_names(session: Session, praise: Praise) -> None:
    file = KeptFile("a" * 64, f"{NAME}.pdf", "application/pdf", 5)
    one, parties = praise.public(file=file), praise.parties
    erasing.ask(session, one, parties.of_commune, NOW)
    session.flush()
    assert (one.is_public, log(session)[-1]) == (False, "commendation_withdrawn")
    with pytest.raises(NotFound):
        erasing.erase(session, one, parties.of_commune, NOW)
    with pytest.raises(Refused, match="not_sender"):
        erasing.erase(session, one, parties.officer, NOW)
    said = erasing.erase(session, one, parties.leader, NOW)
    session.flush()
    session.refresh(one)
    assert (NAME in said, one.state, one.salt) == (True, CommendationState.ERASED, None)
    kept = [getattr(one, column.key) for column in one.__table__.columns]
    kept += [consent.how for consent in one.consents]
    assert not any(isinstance(value, str) and ("Tư" in value or "thôn" in value or "Ký" in value) for value in kept)
    told = session.scalars(select(OutboxMessage).where(OutboxMessage.event == "commendation_erased")).one()
    noted = {"kind": erasing.KIND, "id": str(one.id), "scope": [], "by": []}
    assert told.payload == {"files": ["a" * 64], "erased": noted}
    with pytest.raises(Refused, match="commendation_over"):
        consents.give(session, one, parties.today, "Lại", parties.of_commune, NOW)


def test_an_earlier_backup_brings_no_name_back(session: Session, praise: Praise) -> None:
    """What is there in a database that was set back, and stands in the list outside it, goes and is shown to nobody."""
    one = praise.proposed(file=KeptFile("a" * 64, "a.pdf", "application/pdf", 5))
    listed = Erasure(erasing.KIND, one.consultation_id, one.id, (), NOW.isoformat())
    assert erasing.erase_again(session, listed, NOW) == [one.number]
    session.refresh(one)
    assert (one.name, one.merits, one.file_hash, one.salt) == ("", "", "", None) and one.erased_at == NOW
    assert one.state is CommendationState.ERASED and not one.is_public
    assert erasing.erase_again(session, listed, NOW) == []


def test_an_earlier_backup_makes_nothing_public_again(session: Session, praise: Praise) -> None:
    """A consent that was taken back after it is taken back in it, once: what is public again later stays so."""
    one = praise.public()
    line = Closing(withdrawn_again.WITHDRAWN, one.consultation_id, one.id, new_id(), NOW.isoformat())
    stranger = replace(line, id=new_id())
    assert withdrawn_again.withdraw_again(session, [stranger, line], NOW) == ClosedAgain(closed=1)
    session.refresh(one)
    assert (one.is_public, one.consent, log(session)[-1]) == (False, None, "commendation_withdrawn")
    noted = session.scalars(select(OutboxMessage).where(OutboxMessage.event == "commendation_taken_out")).one()
    session.rollback()
    one.withdrawn_at = None
    session.commit()
    assert withdrawn_again.withdraw_again(session, [line, replace(line, act=noted.id)], NOW) == ClosedAgain()


def test_a_name_that_was_erased_is_found_by_no_other_proposal(session: Session, praise: Praise) -> None:
    one, other, parties = praise.proposed(), praise.proposed(), praise.parties
    for each in (one, other):
        erasing.ask(session, each, parties.writer, NOW)
        erasing.erase(session, each, parties.leader, NOW)
    session.flush()
    assert checking.findings(session, one, parties.today).others == []


@pytest.mark.parametrize("facts", [{"name": "Bà Hoàng Thị Năm"}, {"kind": "group"}, {"kind": "body", "name": ""}])
def test_a_consent_is_of_who_gave_it_alone(session: Session, praise: Praise, facts: dict[str, Any]) -> None:
    one, parties = praise.decided(), praise.parties
    new = praise.new(**{"body_id": parties.department.id, **facts})
    proposing.change(session, one, new, parties.of_commune, NOW)
    session.flush()
    session.refresh(one)
    assert (one.consent, [bool(each.withdrawn_at) for each in one.consents]) == (None, [True])


def test_a_consent_holds_when_the_words_of_a_proposal_change(session: Session, praise: Praise) -> None:
    one, parties = praise.decided(), praise.parties
    proposing.change(session, one, praise.new(evidence="Biên bản khác"), parties.of_commune, NOW)
    session.refresh(one)
    assert one.consent is not None


def test_a_file_that_another_one_replaces_is_let_go(session: Session, praise: Praise) -> None:
    first, second = (KeptFile(letter * 64, "a.pdf", "application/pdf", 5) for letter in "ab")
    one, parties = praise.proposed(file=first), praise.parties
    for file in (None, second, second):
        proposing.change(session, one, praise.new(file=file), parties.of_commune, NOW)
    told = session.scalars(select(OutboxMessage).where(OutboxMessage.event == "commendation_erased")).one()
    assert (told.payload, one.file_hash) == ({"files": ["a" * 64]}, "b" * 64)


def test_that_a_small_body_sends_its_own_words_holds_for_no_other_body(session: Session, praise: Praise) -> None:
    parties = praise.parties
    front = Seat(parties.front.id, parties.front.kind, parties.front.level, Role.SENDER, writer_sends=True)
    both = replace(parties.of_commune, seats=(*parties.of_commune.seats, front))
    one = proposing.propose(session, praise.programme, praise.new(), both, NOW)
    with pytest.raises(Refused, match="own_words"):
        checking.check(session, one, "", both, NOW)
    checking.check(session, one, "", parties.officer, NOW)
    deciding.decide(session, one, praise.decision(), FORMS, parties.officer, NOW)
    praise.agrees(one)
    with pytest.raises(Refused, match="own_words"):
        deciding.release(session, one, both, NOW)


def test_what_was_public_and_is_taken_up_anew_waits_again(session: Session, praise: Praise) -> None:
    one, parties, programme = praise.public(), praise.parties, praise.programme
    later = NOW + timedelta(hours=1)

    def waiting() -> list[int]:
        session.flush()
        session.refresh(one)
        return [each.number for each in proposing.waiting(session, [programme.consultation_id])]

    deciding.take_out(session, one, "Sai họ", parties.leader, NOW)
    assert (waiting(), one.state) == ([], CommendationState.WITHDRAWN)
    proposing.change(session, one, praise.new(merits="Đúng hơn"), parties.of_commune, later)
    assert (waiting(), one.state) == ([1], CommendationState.PROPOSED)
    checking.check(session, one, "", parties.officer, later)
    assert (waiting(), one.state) == ([1], CommendationState.CHECKED)
    deciding.decide(session, one, praise.decision(), FORMS, parties.officer, later)
    assert (waiting(), one.state) == ([1], CommendationState.DECIDED)
    deciding.release(session, one, parties.leader, later)
    assert (waiting(), one.state) == ([], CommendationState.PUBLIC)


def test_a_consent_that_is_given_again_waits_to_be_made_public(session: Session, praise: Praise) -> None:
    one, parties = praise.public(), praise.parties
    consents.take_back(session, one, parties.of_commune, NOW)
    assert proposing.waiting(session, [praise.programme.consultation_id]) == []
    later = NOW + timedelta(days=1)
    consents.give(session, one, parties.today, "Ký lại", parties.of_commune, later)
    assert proposing.waiting(session, [praise.programme.consultation_id]) == [one]
