"""A matter has a short plain name and one question, typed in preparation and shown wherever people choose a matter."""

import pytest
from sqlalchemy.orm import Session

from consult import clock
from consult.reading.service import MatterFilters, listed
from tests.builders import make_consultation
from tests.consultations.conftest import Desk
from tests.consultations.desk.test_edited_by_two import matter
from tests.pages import Browser
from tests.reading.scene import Scene

WORDS = {"short_name": "Phân loại rác tại nhà", "question": "Ba nhóm như thế này có làm được không?"}


def test_a_matter_without_a_short_name_goes_by_its_title(session: Session) -> None:
    made = make_consultation(session, now=clock.now())
    assert (made.short_name, made.full_name, made.question) == (made.title, made.title, "")


def test_both_names_stand_together(session: Session) -> None:
    made = make_consultation(session, now=clock.now())
    made.plain_words = WORDS
    assert made.full_name == f"Phân loại rác tại nhà ({made.title})"


def test_it_is_typed_as_one_line_of_no_great_length(desk: Desk) -> None:
    made = matter(desk)
    address = f"/xu-ly/{made.slug}/chuan-bi/thong-tin/"
    refused = desk.browser.get(address).submit({"short_name": "a" * 121}, button="Lưu")
    assert "Tên gọi ngắn" in refused.text
    desk.browser.get(address).submit({name: f" {said}\n" for name, said in WORDS.items()}, button="Lưu")
    desk.session.rollback()
    desk.session.expire_all()
    assert made.plain_words == WORDS


@pytest.mark.parametrize("address", ["/", "/lay-y-kien/", ""])
def test_it_is_shown_beside_the_official_title(app_session: Session, browser: Browser, address: str) -> None:
    scene = Scene(app_session)
    scene.matter.plain_words = WORDS
    app_session.commit()
    page = browser.get(address or scene.url)
    assert [words for words in (*WORDS.values(), scene.matter.title) if words not in page.text] == []
    assert not address or page.find(f"//a[normalize-space() = '{WORDS['short_name']}']")
    assert address or page.heading == WORDS["short_name"]


def test_a_list_finds_it_by_its_short_name(app_session: Session) -> None:
    scene = Scene(app_session)
    scene.matter.plain_words = {"short_name": "Đường Phủ Thông – Cẩm Giàng"}
    app_session.commit()
    found = listed(app_session, MatterFilters(words="phu thong"), clock.now())
    assert [one.matter.id for one in found] == [scene.matter.id]
