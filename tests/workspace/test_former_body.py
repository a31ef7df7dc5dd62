"""A letter that is prepared while its body becomes another one goes out in the name that the body has by then."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.clock import local_day
from consult.consultations.models import Consultation
from consult.errors import Refused
from consult.people.models import Organisation
from consult.people.organisations import NewOrganisation
from consult.people.successions import merge, succeed
from consult.people.words import Role
from consult.policy import Actor, Seat
from consult.submissions.models import Submission
from consult.workspace import drafts, sending
from consult.workspace.cosigning import confirming, cosigners, naming
from consult.workspace.versions import saving
from tests.submissions.rows import MIDWAY, matter
from tests.workspace.test_cosigning import union
from tests.workspace.test_drafts import LETTER, front_of, member, refusal, send, written

LATER = MIDWAY + timedelta(hours=1)


def of_both(actor: Actor, heir: Organisation) -> Actor:
    """The same person, who works for the new body and has taken over the seats of the old one."""
    more = tuple(Seat(heir.id, heir.kind, heir.level, seat.role) for seat in actor.seats)
    return Actor(actor.user_id, actor.name, actor.seats + more)


def renamed(session: Session, front: Organisation, days: int = 0) -> Organisation:
    new = NewOrganisation("Ủy ban MTTQ tỉnh Mới", front.kind, front.level)
    heir, _moved = succeed(session, front.id, new, local_day(MIDWAY) + timedelta(days), "", MIDWAY)
    session.commit()
    return heir


def saved(session: Session, consultation: Consultation, draft: UUID, actor: Actor) -> int:
    row = drafts.find(session, consultation, draft, actor)
    return saving.save(session, consultation, draft, LETTER, row.version, actor, LATER).draft.version


def test_whoever_saves_it_has_it_go_on_in_the_new_name(session: Session) -> None:
    consultation, front = matter(session), front_of(session)
    drafter, sender = member(session, front, Role.DRAFTER), member(session, front, Role.SENDER, name="Chi")
    draft, version = written(session, consultation, front, drafter)
    sending.hand_over(session, consultation, draft, drafter, MIDWAY)
    heir = renamed(session, front)
    assert refusal(session, consultation, (draft, version), of_both(sender, heir)) == "body_became"
    with pytest.raises(Refused, match="body_became"):
        sending.hand_over(session, consultation, draft, of_both(drafter, heir), LATER)
    # Nothing of its words is changed.
    version = saved(session, consultation, draft, of_both(drafter, heir))
    row = drafts.find(session, consultation, draft, of_both(drafter, heir))
    assert (row.organisation_id, row.ready_at) == (heir.id, None)
    receipt = send(session, consultation, (draft, version), of_both(sender, heir), LATER)
    letter = session.scalars(select(Submission).where(Submission.number == receipt.submission_number)).one()
    assert letter.organisation_id == heir.id


def test_who_does_not_work_for_the_new_body_does_not_hand_it_on(session: Session) -> None:
    consultation, front = matter(session), front_of(session)
    drafter = member(session, front, Role.DRAFTER)
    draft, _version = written(session, consultation, front, drafter)
    renamed(session, front)
    saved(session, consultation, draft, drafter)
    assert drafts.find(session, consultation, draft, drafter).organisation_id == front.id


def test_a_change_that_is_still_to_come_changes_nothing(session: Session) -> None:
    consultation, front = matter(session), front_of(session)
    drafter, sender = member(session, front, Role.DRAFTER), member(session, front, Role.SENDER, name="Chi")
    draft, version = written(session, consultation, front, drafter)
    heir = renamed(session, front, days=30)
    assert saved(session, consultation, draft, of_both(drafter, heir)) == version
    send(session, consultation, (draft, version), sender)
    assert session.scalars(select(Submission.organisation_id)).one() == front.id


def test_who_confirmed_signs_beside_the_new_name_only_when_asked_anew(session: Session) -> None:
    """The body that it was merged into, and had been asked to sign beside it, signs no letter beside itself."""
    consultation, front = matter(session), front_of(session)
    drafter = member(session, front, Role.DRAFTER)
    draft, _version = written(session, consultation, front, drafter)
    (women, of_women), (youth, of_youth) = union(session, "Hội Phụ nữ"), union(session, "Đoàn Thanh niên")
    for body, actor in ((women, of_women), (youth, of_youth)):
        asked = naming.name(session, consultation, draft, body.id, drafter, MIDWAY)
        confirming.answer(session, consultation, asked.id, True, "", actor, MIDWAY)
    merge(session, front.id, women.id, local_day(MIDWAY), "", MIDWAY)
    session.commit()
    saved(session, consultation, draft, of_both(drafter, women))
    row = drafts.find(session, consultation, draft, of_women)
    assert row.organisation_id == women.id and cosigners.confirmed(session, row) == ()
    assert [(one.organisation_id, one.agreed) for one in cosigners.named(session, row)] == [(youth.id, None)]
