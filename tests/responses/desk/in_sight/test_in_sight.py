"""What stands beside an answer while it is written, for whom, and on how wide a screen."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult.responses.desk.in_sight.gathered import MOST, InSight, in_sight
from consult.responses.desk.listing.list_rows import lines
from consult.submissions.inputs import AttachmentInput
from tests.application import sign_in
from tests.arriving import asked
from tests.builders import TODAY
from tests.live import Visitor
from tests.pages import Browser
from tests.responses.conftest import Enter
from tests.responses.desk_builder import Desk, comment, make_desk
from tests.statements import statements_of

PAPER = AttachmentInput("0" * 64, "so-do.pdf", "application/pdf", 9)


def _beside(desk: Desk, *numbers: int, senders: bool = True) -> dict[int, InSight]:
    shown = lines(desk.session, desk.matter, numbers, None, TODAY, senders=senders)
    return in_sight(desk.session, desk.matter, shown, TODAY, senders)


def test_the_clause_the_redline_the_files_and_the_other_points(session: Session) -> None:
    desk = make_desk(session)
    clause = _beside(desk, *desk.receive("Một."))[1].clause
    assert clause
    proposed = clause.replace(clause.split()[-1], "khác hẳn.")
    first, second, third = desk.receive(comment("Hai.", proposed=proposed), "Ba.", "Bốn.", attachments=(PAPER,))
    found = _beside(desk, first)[first]
    assert [piece.op for piece in found.redline if piece.op != "same"] == ["removed", "added"]
    assert [file.file_name for file in found.files] == ["so-do.pdf"]
    assert [line.number for line in found.others] == [second, third]


def test_who_may_not_know_the_sender_gets_no_files(session: Session) -> None:
    desk = make_desk(session)
    (number,) = desk.receive("Một.", attachments=(PAPER,))
    assert _beside(desk, number, senders=False)[number].files == []


def test_of_many_the_first_have_everything_in_a_bounded_number_of_statements(session: Session) -> None:
    desk = make_desk(session)
    few = desk.receive(*(f"Ý kiến {number}." for number in range(3)))
    many = desk.receive(*(f"Khác {number}." for number in range(MOST + 20)))
    with statements_of(session) as for_few:
        _beside(desk, *few)
    with statements_of(session) as for_many:
        found = _beside(desk, *many)
    assert len(for_many) == len(for_few)
    assert sorted(found) == many[:MOST]
    assert found[many[0]].more == MOST + 20 - 1 - len(found[many[0]].others)


def test_the_page_where_an_answer_is_written(desk: Desk, enter: Enter) -> None:
    first, second = desk.receive("Nên thu gom hằng ngày.", "Xe rác đến muộn.", attachments=(PAPER,))
    page = enter("officer").get(f"/xu-ly/{desk.matter.slug}/tra-loi/?comment={first}")
    assert "so-do.pdf" in page.text and "Xe rác đến muộn." in page.text
    assert page.find("//blockquote") and f"Ý kiến số {second}" in page.text


@pytest.mark.browser
def test_two_panes_from_a_thousand_pixels(app: Flask, desk: Desk, visitor: Callable[..., Visitor]) -> None:
    (number,) = desk.receive("Nên thu gom hằng ngày.")
    person = visitor()
    browser = Browser(app)
    sign_in(browser, desk.people["officer"])
    cookie = browser.client.get_cookie("consult")
    assert cookie
    person.context.add_cookies([{"name": "consult", "value": cookie.value, "url": person.address}])
    person.open(f"/xu-ly/{desk.matter.slug}/tra-loi/?comment={number}")
    for width, two in ((1280, True), (1000, True), (999, False), (360, False)):
        person.page.set_viewport_size({"width": width, "height": 800})
        read, write = (person.page.locator(f".panes > :nth-child({place})").bounding_box() for place in (1, 2))
        assert read and write
        assert (write["x"] >= read["x"] + read["width"]) is two
        assert asked(person.page, "document.documentElement.scrollWidth <= window.innerWidth")
