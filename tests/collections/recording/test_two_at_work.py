"""Two people of one body, or one person in two tabs, at work in the same gathering: nothing is lost, doubled or taken
back unseen."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.collections.inputs import NewOpinion
from consult.collections.models import CollectedOpinion, Gathering
from consult.collections.recording import corrections, service
from consult.errors import Refused
from tests.builders import NOW
from tests.collections.conftest import Site
from tests.collections.recording.test_branch_pages import meeting
from tests.collections.scene import CODES, collecting, key, paper, record
from tests.pages import Browser

ADD, WITHDRAW = "Thêm ý kiến này", "Rút buổi ghi nhận này cùng mọi ý kiến trong đó"


@pytest.fixture
def branch(site: Site) -> Browser:
    return site.branches["Xã A"]


def texts(session: Session) -> list[tuple[str, bool]]:
    session.rollback()
    rows = session.scalars(select(CollectedOpinion).order_by(CollectedOpinion.number))
    return [(one.text, one.withdrawn_at is None) for one in rows]


def begun(session: Session) -> Gathering:
    scene = collecting(session, "Xã A")
    record(session, scene.branches["Xã A"], paper(), "Một")
    return session.scalars(select(Gathering)).one()


def add(session: Session, held: Gathering, *said: str, at: str = "b") -> list[int]:
    opinions = [NewOpinion(one) for one in said]
    return list(service.add_opinions(session, held, opinions, key(at), None, CODES, NOW).numbers)


def test_what_is_sent_twice_is_there_once_also_after_it_was_corrected(session: Session) -> None:
    held = begun(session)
    assert add(session, held, "Hai", "Ba") == add(session, held, "Hai", "Ba") == [2, 3]
    two = session.scalars(select(CollectedOpinion).where(CollectedOpinion.number == 2)).one()
    corrections.correct_opinion(session, two, NewOpinion("Hai, sửa"), "Gõ nhầm", None, NOW)
    corrections.correct_opinion(session, two, NewOpinion("Hai, sửa nữa"), "Gõ nhầm", None, NOW)
    assert add(session, held, "Hai", "Ba") == [2, 3]
    assert [text for text, _stands in texts(session)] == ["Một", "Hai, sửa nữa", "Ba"]


@pytest.mark.parametrize("said", [("Khác",), ("Hai", "Ba"), ("Ba", "Hai")])
def test_back_and_other_words_under_the_same_key_are_refused(session: Session, said: tuple[str, ...]) -> None:
    """They were taken for what had come, and lost."""
    held = begun(session)
    add(session, held, "Hai")
    with pytest.raises(Refused, match="same_key_other_content"):
        add(session, held, *said)
    assert add(session, held, *said, at="c") == list(range(3, 3 + len(said)))


def test_back_on_the_page_keeps_what_is_typed_and_sends_it_anew(
    site: Site, branch: Browser, app_session: Session
) -> None:  # fmt: skip
    form = meeting(site, branch, text="Một")
    form.submit({"text": "Hai"}, button=ADD)
    refused = form.submit({"text": "Ba"}, button=ADD)
    assert refused.status == 409 and "đã được tiếp nhận với nội dung khác" in refused.text
    assert "Đã thêm ý kiến." in refused.submit({}, button=ADD).text
    assert texts(app_session) == [("Một", True), ("Hai", True), ("Ba", True)]


def test_a_gathering_is_not_withdrawn_with_an_opinion_that_nobody_saw(
    site: Site, branch: Browser, app_session: Session
) -> None:  # fmt: skip
    page = meeting(site, branch, text="Một")
    seen = page.click("Sửa hoặc rút")
    page.submit({"text": "Hai"}, button=ADD)
    refused = seen.submit({"why": "Ghi nhầm"}, button=WITHDRAW)
    assert refused.status == 409 and "Ý kiến đang có (số)" in refused.text
    assert texts(app_session) == [("Một", True), ("Hai", True)]
    again = branch.get(page.address).click("Sửa hoặc rút")
    assert "Đã rút" in again.submit({"why": "Ghi nhầm"}, button=WITHDRAW).text
    assert texts(app_session) == [("Một", False), ("Hai", False)]


def test_a_place_is_put_right_while_another_adds(site: Site, branch: Browser, app_session: Session) -> None:
    page = meeting(site, branch, text="Một")
    seen = page.click("Sửa hoặc rút")
    page.submit({"text": "Hai"}, button=ADD)
    assert "Nhà văn hóa Bản Mạ Hai" in seen.submit({"place": "Nhà văn hóa Bản Mạ Hai"}, button="Lưu").text
    assert texts(app_session) == [("Một", True), ("Hai", True)]


def test_what_was_typed_for_a_gathering_that_another_withdrew_is_given_back(
    site: Site, branch: Browser, app_session: Session
) -> None:  # fmt: skip
    page = meeting(site, branch, text="Một")
    page.click("Sửa hoặc rút").submit({"why": "Ghi nhầm"}, button=WITHDRAW)
    refused = page.submit({"text": "Điều đã nghe kể", "proposed": "Thêm thùng"}, button=ADD)
    assert refused.status == 409 and "Chưa được ghi" in refused.text
    assert "Điều đã nghe kể" in refused.text and "Thêm thùng" in refused.text
    assert texts(app_session) == [("Một", False)]
