"""Minutes of a village and letters of a parish have no number; where a body is small, who wrote may send."""

import pytest
from sqlalchemy.orm import Session

from consult.errors import Invalid
from consult.exports.cell_texts import letter
from consult.exports.lines import TableLine
from consult.people.organisations import numbers_letters
from consult.people.words import Level, OrganisationKind, Role
from consult.policy import writer_sends
from consult.sign_in.actors import actor_of
from consult.submissions.words import SubmissionKind
from consult.workspace import submission_input
from consult.workspace.content import DraftContent
from consult.workspace.points import Point
from tests.builders import NOW, make_organisation, make_user

MINUTES = DraftContent(
    letter_on="2026-11-20", signatory_name="Ông Bảy", comments=(Point(text="Đề nghị giữ giếng làng."),)
)


def _sent(session: Session, numbered: bool) -> object:
    body = make_organisation(session, OrganisationKind.RELIGIOUS, Level.COMMUNE)
    return submission_input.submission(MINUTES, SubmissionKind.FORMAL, body.id, (), NOW, "k" * 32, numbered)


def test_a_letter_without_a_number_is_known_by_its_place_and_day(session: Session) -> None:
    assert _sent(session, False)
    with pytest.raises(Invalid) as refused:
        _sent(session, True)
    assert refused.value.errors["letter_number"] == "required"
    line = TableLine(1, "", letter_on=NOW.date(), letter_place="Thôn Nà Lò")
    [[said]] = letter(line, lambda code, **values: f"{code} {values['place']}")
    assert said.text == "exports.letter_place_day Thôn Nà Lò"


@pytest.mark.parametrize(
    ("kind", "level", "numbered"),
    [("religious", "commune", False), ("community", "commune", False), ("front_committee", "community", False),
     ("front_committee", "commune", True), ("department", "province", True)],
)  # fmt: skip
def test_which_bodies_number_their_letters(kind: str, level: str, numbered: bool) -> None:
    assert numbers_letters(OrganisationKind(kind), Level(level)) is numbered


@pytest.mark.parametrize("level", list(Level))
@pytest.mark.parametrize("kind", list(OrganisationKind))
@pytest.mark.parametrize("setting", [None, True, False])
def test_who_wrote_may_send(session: Session, kind: OrganisationKind, level: Level, setting: bool | None) -> None:
    """Every kind and level with every setting, worked out by hand."""
    small = kind is OrganisationKind.COMMUNITY or level not in {Level.CENTRAL, Level.PROVINCE}
    assert writer_sends(kind, level, setting) is (small if setting is None else setting)


@pytest.mark.parametrize("setting", [None, True, False])
def test_the_setting_of_a_body_reaches_its_people(session: Session, setting: bool | None) -> None:
    body = make_organisation(session, OrganisationKind.FRONT_COMMITTEE, Level.PROVINCE)
    body.writer_sends = setting
    user = make_user(session, body, [Role.DRAFTER, Role.SENDER], "Bà Sáu")
    assert actor_of(session, user, NOW).sends_own(body.id) is bool(setting)
