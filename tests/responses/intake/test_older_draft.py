"""A letter that came before the next draft is about the draft that its writers had, whenever it is entered."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.clock import local_day, now
from consult.consultations.document_models import Revision
from consult.stages import Stage
from consult.submissions.models import Comment
from tests.collections.test_older_draft import ONE_MORE
from tests.consultations.revised import revise
from tests.pages import Page
from tests.responses.conftest import Enter
from tests.responses.desk_builder import Desk, make_desk

RECORD = "Tiếp nhận và in phiếu"
CAME = 10
"""So many days ago the letter came."""


@pytest.fixture
def desk(app_session: Session) -> Desk:
    """An open matter, whose first draft has been out for weeks."""
    made = make_desk(app_session, Stage.OPEN, now=now(), opened_before=20)
    first = app_session.scalars(select(Revision)).one()
    first.published_at = now() - timedelta(days=20)
    app_session.commit()
    return made


def second_draft(desk: Desk, days_ago: int) -> None:
    made = revise(desk.session, desk.matter, desk.publisher, ONE_MORE, now())
    made.published_at = now() - timedelta(days=days_ago)
    desk.session.commit()


def form(desk: Desk, enter: Enter) -> Page:
    return enter("officer").get(f"/xu-ly/{desk.matter.slug}/tiep-nhan/")


def letter(**given: str) -> dict[str, str]:
    day = local_day(now()) - timedelta(days=CAME)
    told = {"received_on": day.isoformat(), "received_reason": "Theo dấu bưu điện.", "channel": "post"}
    return {**told, "comments.0.place": "Điều 3", "comments.0.text": "Xin lùi.", **given}


def about(desk: Desk) -> list[tuple[int, str]]:
    desk.session.rollback()
    rows = desk.session.execute(
        select(Revision.number, Comment.path)
        .join(Revision, (Revision.consultation_id == Comment.consultation_id) & (Revision.id == Comment.revision_id))
        .order_by(Comment.number)
    )
    return [(number, path) for number, path in rows]


@pytest.mark.parametrize(("days", "draft"), [(CAME - 1, 1), (CAME, 1), (CAME + 1, 2)])
def test_by_the_day_on_which_it_came(desk: Desk, enter: Enter, days: int, draft: int) -> None:
    second_draft(desk, days)
    form(desk, enter).submit(letter(), RECORD)
    assert about(desk) == [(draft, "d3")]


def test_an_officer_may_say_otherwise(desk: Desk, enter: Enter) -> None:
    second_draft(desk, CAME - 1)
    lines = "Điều 3: Ghi rõ mức chi.\nĐiều 3 (bản dự thảo lần 1): Xin lùi."
    page = form(desk, enter).submit({"pasted": lines, "draft": "2"}, "Tách thành từng ý kiến")
    assert page.words("//select[@name='draft']/option[@selected]") == ["bản dự thảo lần 2"]
    given = {name: said for name, said in letter().items() if not name.startswith("comments.")}
    page.submit(given, RECORD)
    assert about(desk) == [(2, "d3"), (1, "d3")]


def test_of_one_draft_nothing_is_asked(desk: Desk, enter: Enter) -> None:
    page = form(desk, enter)
    assert not page.find("//select[@name='draft']")
    page.submit(letter(), RECORD)
    assert about(desk) == [(1, "d3")]
