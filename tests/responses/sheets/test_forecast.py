"""What publishing will do is what it does."""

import pytest
from sqlalchemy.orm import Session

from consult.consultations.words import Disclosure
from consult.people.words import OrganisationKind
from consult.responses.answers import answer_state
from consult.responses.answers.publication import publish_answers
from consult.responses.sheets.forecast import Forecast, forecast
from consult.submissions.comments import comment_state
from consult.submissions.inputs import Sender
from consult.submissions.words import CommentActKind, ContactKind, SubmissionKind
from tests.builders import make_organisation
from tests.responses.desk_builder import Desk, make_desk
from tests.statements import statements_of


def _public(desk: Desk) -> int:
    found = comment_state.read(desk.session, desk.matter.id, list(range(1, 6)))
    return sum(one.visibility.value == "public" for one in found)


def _approved(session: Session, disclosure: Disclosure) -> Desk:
    """Two comments of one sender with a mail address, one with a telephone, one of a body, one kept back by two."""
    desk = make_desk(session, disclosure=disclosure)
    front = make_organisation(session, OrganisationKind.FRONT_COMMITTEE, name="Ủy ban Mặt trận Tổ quốc tỉnh")
    numbers = desk.receive("Một.", "Hai.", sender=Sender(contact_kind=ContactKind.MAIL, contact="a@example.vn"))
    numbers += desk.receive("Ba.", sender=Sender(contact_kind=ContactKind.TELEPHONE, contact="0912 345 678"))
    numbers += desk.receive("Bốn.", kind=SubmissionKind.FORMAL, sender=Sender(organisation_id=front.id))
    numbers += desk.receive("Năm.")
    desk.by_two(numbers[-1], CommentActKind.WITHHELD, "insult")
    desk.approve(*[desk.draft(number) for number in numbers])
    return desk


@pytest.mark.parametrize(("disclosure", "texts"), [(Disclosure.WITH_ANSWERS, 4), (Disclosure.ON_RELEASE, 0)])
def test_who_is_told_and_what_becomes_public(session: Session, disclosure: Disclosure, texts: int) -> None:
    desk = _approved(session, disclosure)
    found = answer_state.read(session, desk.matter.id)
    assert forecast(session, desk.matter, found) == Forecast(5, 5, mails=1, calls=1, bodies=1, texts=texts)
    before = _public(desk)
    publish_answers(session, desk.matter, [one.response.id for one in found], desk.publisher, desk.now)
    assert _public(desk) - before == texts


def test_it_asks_no_more_of_many(session: Session) -> None:
    desk = make_desk(session)
    asked = []
    for how_many in (2, 60):
        desk.approve(*[desk.draft(number) for number in desk.receive(*(f"Số {n}." for n in range(how_many)))])
        found = answer_state.read(session, desk.matter.id)
        with statements_of(session) as statements:
            forecast(session, desk.matter, found)
        asked.append(len(statements))
    assert asked[0] == asked[1] < 8
