"""How people reach a body: said by an administrator, held against slips, carried over to who follows it."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from consult import clock
from consult.errors import Invalid
from consult.people import reach, successions
from consult.people.organisations import NewOrganisation
from consult.people.words import Level, OrganisationKind
from tests.builders import make_organisation

SAID = {
    "address": " Số 1  đường Trường Chinh",
    "telephone": "0209 3 870 000 (tiếp dân)",
    "hours": "7 giờ 30 – 17 giờ",
    "mail": "so@example.vn",
    "network_code": "",
}


def test_it_is_kept_tidied_and_goes_over_to_the_heir(session: Session) -> None:
    body = make_organisation(session)
    reach.change(session, body.id, SAID)
    assert reach.of(body) == {**SAID, "address": "Số 1 đường Trường Chinh"}
    new = NewOrganisation("Sở mới", OrganisationKind.DEPARTMENT, Level.PROVINCE)
    heir, _moved = successions.succeed(session, body.id, new, date(2030, 1, 1), "", clock.now())
    assert reach.of(heir) == reach.of(body)


@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [
        ("telephone", "0209", "telephone_too_short"),
        ("telephone", "gọi tổng đài", "no_telephone_in_it"),
        ("mail", "so@", "not_a_mail"),
        ("hours", "x" * 301, "too_long"),
    ],
)
def test_what_is_wrong_is_told_by_its_field(session: Session, field: str, typed: str, code: str) -> None:
    body = make_organisation(session)
    with pytest.raises(Invalid) as wrong:
        reach.change(session, body.id, {**SAID, field: typed})
    assert wrong.value.errors == {field: code} and not body.address
