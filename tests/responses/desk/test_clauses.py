"""The desk finds a clause through all drafts, and says of which draft every comment is."""

import pytest
from sqlalchemy.orm import Session

from consult.responses.desk.listing.case_filters import CaseFilters, Handler
from consult.responses.desk.listing.filters import matching
from consult.responses.desk.typing import typed_places
from consult.submissions.inputs import AnchorInput
from tests.builders import TODAY
from tests.consultations.articles import FIRST, INSERTED, REMOVED, next_draft, on, text_of
from tests.pages import Browser
from tests.responses.conftest import Enter
from tests.responses.desk_builder import Desk, make_desk


@pytest.fixture
def three(session: Session) -> Desk:
    """Điều 5 of the first draft is Điều 6 of the second and Điều 5 of the third."""
    desk = make_desk(session, text=text_of(*FIRST))
    desk.receive(on("d5", 1), on("d6", 1))
    next_draft(desk, *INSERTED)
    desk.receive(on("d5", 2), on("d6", 2))
    next_draft(desk, *REMOVED)
    desk.receive(on("d5", 3))
    return desk


def numbers(desk: Desk, revision: int, path: str) -> list[int]:
    """The comments that the list leaves at a place."""
    filters = CaseFilters(place=AnchorInput(revision=revision, path=path))
    return sorted(desk.session.scalars(matching(desk.matter, filters, Handler(None), None, TODAY)))


def test_a_filter_finds_the_clause_in_every_draft(three: Desk) -> None:
    assert numbers(three, 3, "d5") == numbers(three, 1, "d5") == numbers(three, 2, "d6") == [1, 4, 5]
    assert numbers(three, 2, "d5") == numbers(three, 3, "d4") == [3]
    assert numbers(three, 3, "d9") == []


def test_words_without_a_draft_mean_the_newest(three: Desk) -> None:
    known = typed_places.places(three.session, three.matter, lambda code, **values: f"{code} {values}")
    assert known.meant == 3
    by_words = {words: anchor for words, anchor in known.by_words.items() if anchor.path == "d5"}
    assert {anchor.revision for anchor in by_words.values()} == {1, 2, 3} and len(by_words) == 4


def test_the_list_and_the_comment_name_the_draft(desk: Desk, enter: Enter) -> None:
    desk.receive("Một.")
    address = f"/xu-ly/{desk.matter.slug}/"
    officer: Browser = enter("officer")
    assert "bản dự thảo lần" not in officer.get(address).text
    next_draft(desk, *FIRST, now=desk.now)
    desk.session.commit()
    assert "khoản 1 Điều 2 (bản dự thảo lần 1)" in officer.get(address).text
    assert "khoản 1 Điều 2 (bản dự thảo lần 1)" in officer.get(f"{address}y-kien/1/").text
    assert "Đang xem: Điều 3 (bản dự thảo lần 2)" in officer.get(f"{address}?path=d3").text
