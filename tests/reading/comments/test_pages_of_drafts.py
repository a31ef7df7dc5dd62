"""A page of one draft is no page of another: wherever it is named, linked, counted or looked for."""

import csv
from collections.abc import Sequence
from io import StringIO

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.document_models import Document
from consult.consultations.revisions import next_revision
from consult.consultations.words import Disclosure
from consult.exports.service import Format
from consult.people.words import Role
from consult.stages import Stage
from consult.submissions.inputs import AnchorInput, CommentInput
from tests.builders import make_actor, paged
from tests.exports.test_table import file_of
from tests.pages import Browser
from tests.responses.desk_builder import Desk, make_desk


@pytest.fixture
def desk(app_session: Session) -> Desk:
    """A draft in pages with a comment on page 2, and then another draft with as many pages."""
    given = {"upload": paged(("Trang một", "Trang hai")), "disclosure": Disclosure.AT_ONCE, "now": clock.now()}
    desk = make_desk(app_session, Stage.OPEN, **given)
    desk.receive(CommentInput("Trang này thiếu bản đồ.", AnchorInput(1, 1, page=2)))
    return desk


def next_pages(desk: Desk, *pages: str) -> None:
    """A further draft in pages is public."""
    actor = make_actor(desk.session, desk.body, Role.PUBLISHER)
    filed = desk.session.scalars(
        select(Document).where(Document.consultation_id == desk.matter.id, Document.number == 1)
    ).one()
    second = next_revision.add_revision(desk.session, desk.matter, filed, paged(pages), actor, clock.now())
    next_revision.publish_revision(desk.session, desk.matter, second, actor, clock.now())
    desk.session.commit()


def test_a_comment_on_a_page_says_whose_page_it_is(desk: Desk, browser: Browser) -> None:
    next_pages(desk, "Trang khác một", "Trang khác hai")
    here = f"/lay-y-kien/{desk.matter.slug}/"
    told = browser.get(f"{here}y-kien/1/")
    assert "trang 2 (bản dự thảo lần 1)" in told.text
    assert "Bản lần 2 chia trang khác" in told.text and f"{here}tai-lieu/1/1/trang/2/" in told.html
    listed: Sequence[str] = [browser.get(f"{here}y-kien/?tai=tai-lieu/1/{number}/trang/2").text for number in (1, 2)]
    assert ["Trang này thiếu bản đồ." in text for text in listed] == [True, False]
    pages = [browser.get(f"{here}tai-lieu/1/{number}/trang/2/") for number in (1, 2)]
    assert ["Trang này thiếu bản đồ." in page.text for page in pages] == [True, False]
    assert ["(bản lần 1)" in pages[0].text, "(bản lần 2)" in pages[1].text] == [True, True]
    counted = [browser.get(f"{here}tai-lieu/1/{number}/").text for number in (1, 2)]
    assert ["1 ý kiến" in text for text in counted] == [True, False]
    (row,) = csv.DictReader(StringIO(file_of(desk, Format.CSV).decode("utf-8-sig")))
    assert (row["page"], row["revision"], row["place"]) == ("2", "1", "trang 2 (bản dự thảo lần 1)")
