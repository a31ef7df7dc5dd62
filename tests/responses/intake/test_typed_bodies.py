"""A letter of a body that nobody knew is received under the name on it; the body waits for an administrator."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.administration.bodies import changes, service
from consult.administration.bodies.deciding import DecidingDocument
from consult.errors import Invalid, Refused
from consult.people.models import Organisation
from consult.people.words import Level, OrganisationKind, Role
from consult.responses.intake.service import record
from consult.responses.intake.typed_bodies import TypedBody
from consult.stages import Stage
from consult.submissions.inputs import Letter, Sender
from consult.submissions.models import Submission
from consult.submissions.words import SubmissionKind
from tests.builders import NOW, TODAY, make_actor, make_organisation
from tests.pages import Page
from tests.responses.conftest import Enter
from tests.responses.desk_builder import CODES, SIGNER, Desk, make_desk
from tests.responses.intake.test_again import RECORD, _letter
from tests.responses.intake.test_service import _paper

GROUP = TypedBody("Điểm nhóm Tin lành thôn Nà Hái", OrganisationKind.RELIGIOUS, Level.COMMUNITY)


def letter(desk: Desk, key: str = "a", typed: TypedBody = GROUP) -> None:
    """A letter of it, entered by an officer."""
    said = {"kind": SubmissionKind.FORMAL, "sender": Sender(), "letter": Letter(on=TODAY, place="Nà Hái")}
    paper = _paper(**said, typed_body=typed, idempotency_key=key * 32)
    record(desk.session, desk.matter, paper, desk.officer, desk.now, SIGNER, CODES)


def typed_in(session: Session) -> list[Organisation]:
    """The bodies that were typed in."""
    return list(session.scalars(select(Organisation).where(Organisation.typed_at.is_not(None))))


def test_letter_and_body_are_there_together_and_a_second_letter_makes_no_second_body(session: Session) -> None:
    desk = make_desk(session, Stage.OPEN)
    letter(desk)
    letter(desk)
    letter(desk, "b", TypedBody("ĐIỂM NHÓM Tin lành thôn Nà Hái", OrganisationKind.MEMBER, Level.COMMUNE))
    (body,) = typed_in(session)
    assert body.unconfirmed and body.standing is None and body.typed_by_id == desk.officer.user_id
    sent = session.scalars(select(Submission)).all()
    assert [one.organisation_id for one in sent] == [body.id, body.id]
    assert service.typed_in(session) == [body]


def test_what_is_refused_leaves_neither(session: Session) -> None:
    desk = make_desk(session, Stage.OPEN)
    desk.matter.withdrawn_at = NOW
    session.commit()
    with pytest.raises((Refused, Invalid)):
        letter(desk)
    session.rollback()
    assert typed_in(session) == [] and not session.scalars(select(Submission)).all()


def test_an_administrator_confirms_it_once_or_merges_it_and_the_letter_keeps_its_name(session: Session) -> None:
    desk = make_desk(session, Stage.OPEN)
    letter(desk)
    letter(desk, "b", TypedBody("Hội Làm vườn", OrganisationKind.MEMBER, Level.COMMUNE))
    group, garden = service.typed_in(session)
    administrator = make_actor(session, make_organisation(session), Role.ADMINISTRATOR)
    service.confirm_typed(session, group.id, administrator, NOW)
    assert not group.unconfirmed
    with pytest.raises(Refused) as refused:
        service.confirm_typed(session, group.id, administrator, NOW)
    assert refused.value.reason == "confirmed_already"
    meant = make_organisation(session, OrganisationKind.MEMBER, name="Hội Làm vườn tỉnh")
    changes.merge(session, garden.id, meant.id, TODAY, DecidingDocument(), administrator, NOW)
    assert service.typed_in(session) == [] and garden.name == "Hội Làm vườn"
    assert session.scalars(select(Submission.organisation_id).where(Submission.number == 2)).one() == garden.id


def page_of(desk: Desk, enter: Enter, **given: str) -> Page:
    """The form, filled and sent."""
    form = enter("officer").get(f"/xu-ly/{desk.matter.slug}/tiep-nhan/")
    typed = {"kind": "formal", "comments.0.text": "Đề nghị giữ giếng làng.", "new_body": GROUP.name}
    return form.submit({**_letter(desk), **typed, "letter_place": "Nà Hái", "letter_on": "1/10/2026", **given}, RECORD)


def test_the_form_takes_it_marks_it_and_says_what_is_wrong(desk: Desk, enter: Enter) -> None:
    wrong = page_of(desk, enter)
    assert wrong.status == 422 and "Loại tổ chức" in wrong.text
    slip = page_of(desk, enter, new_body_kind="religious", new_body_level="community")
    assert slip.status == 200
    listed = enter("officer").get(f"/xu-ly/{desk.matter.slug}/")
    assert f"{GROUP.name} (tên chưa xác nhận)" in listed.text
    forged = page_of(desk, enter, new_body="Mặt trận giả", new_body_kind="member", new_body_level="commune",
                     organisation=str(desk.matter.lead_id))  # fmt: skip
    assert forged.status == 422 and "xin bỏ một trong hai" in forged.text
