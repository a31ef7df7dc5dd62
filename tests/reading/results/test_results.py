"""What came of a matter: numbers that lead to what they count, chosen pairs, pictures of what is public alone."""

import io
import re

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.matter import queries
from consult.consultations.revisions import successors
from consult.errors import Invalid
from consult.responses.changes import pairs
from consult.responses.changes.followed import followed
from consult.submissions.words import CommentActKind
from tests.application import sign_in
from tests.consultations.revised import revise
from tests.pages import Browser
from tests.responses.desk_builder import Desk, comment, make_desk

PNG = b"\x89PNG"


@pytest.fixture
def desk(app_session: Session) -> Desk:
    """A concluded matter: what people asked for, with a second draft that says "bốn nhóm" instead of "ba nhóm"."""
    desk = make_desk(app_session, now=clock.now(), opened_before=70)
    asked = desk.receive(comment("Đề nghị chia bốn nhóm."), comment("Chia bốn nhóm cho dễ."), comment("Bốn nhóm."))
    refused, hidden = desk.receive(comment("Bỏ hẳn quy định này.", path="d1"), comment("Điều kín đáo."))
    desk.release(*asked, refused)
    desk.answer(*asked, text="Tiếp thu, sửa thành bốn nhóm.")
    desk.answer(refused, disposition="not_accepted", text="Vì luật đã quy định.")
    desk.by_two(hidden, CommentActKind.WITHHELD, "personal_data")
    desk.answer(hidden, text="Tiếp thu.")
    revise(app_session, desk.matter, desk.publisher, now=clock.now())
    desk.matter.concluded_at = clock.now()
    desk.matter.touch()
    app_session.commit()
    return desk


def _at(desk: Desk, rest: str = "") -> str:
    return f"/lay-y-kien/{desk.matter.slug}/{rest}"


def test_each_number_leads_to_exactly_what_it_counts(desk: Desk, browser: Browser) -> None:
    page = browser.get(_at(desk))
    assert page.words("//section[@id or @class = 'results']//h2")[0] == "Kết quả góp ý"
    links = {link.text: link.get("href") for link in page.find("//section[@class = 'results']/ul//a")}
    assert len(links) == 4
    for words, address in links.items():
        number = int(re.search(r"\d+", words)[0])  # type: ignore[index]
        told = browser.get(address)
        if "so-voi" in address:
            assert f"{number} chỗ thay đổi" in told.text
        else:
            assert f"{number} ý kiến" in told.text, words
    assert "5 ý kiến đã nhận" in links and "Tiếp thu: 4 ý kiến" in links


def test_an_officer_chooses_three_and_the_page_shows_the_very_words(app: Flask, desk: Desk, browser: Browser) -> None:
    assert "Bà con nói gì" not in browser.get(_at(desk)).text
    staff = Browser(app)
    sign_in(staff, desk.people["officer"])
    page = staff.get(f"/xu-ly/{desk.matter.slug}/noi-gi-sua-gi/")
    assert "Điều kín đáo." not in page.text
    few = page.submit({"number": ["1", "2"]}, "Lưu lựa chọn")
    assert few.status == 422
    done = few.submit({"number": ["1", "2", "3"]}, "Lưu lựa chọn")
    assert "Đã lưu lựa chọn." in done.text
    shown = browser.get(_at(desk))
    assert len(shown.find("//ol[@class = 'pairs']/li")) == 3
    assert "Đề nghị chia bốn nhóm." in shown.text
    assert shown.words("//ol[@class = 'pairs']/li[1]//ins") == ["(thêm) bốn"]
    assert shown.words("//ol[@class = 'pairs']/li[1]//del") == ["(bỏ) ba"]


def test_a_pair_goes_with_its_comment(desk: Desk, browser: Browser) -> None:
    pairs.choose(desk.session, desk.matter, [1, 2, 3], desk.officer, clock.now())
    assert "Chia bốn nhóm cho dễ." in browser.get(_at(desk)).text
    desk.by_two(2, CommentActKind.WITHHELD, "insult")
    desk.session.commit()
    page = browser.get(_at(desk))
    assert "Chia bốn nhóm cho dễ." not in page.text
    assert len(page.find("//ol[@class = 'pairs']/li")) == 2


def test_only_what_is_public_and_changed_is_chosen(desk: Desk) -> None:
    for numbers, code in (([1, 2, 5], "not_a_choice"), ([1, 2, 4], "not_a_choice"), ([1], "not_so_many")):
        with pytest.raises(Invalid) as wrong:
            pairs.choose(desk.session, desk.matter, numbers, desk.officer, clock.now())
        assert wrong.value.errors == {"number": code}
    pairs.choose(desk.session, desk.matter, [3, 1, 2], desk.officer, clock.now())
    assert pairs.chosen_numbers(desk.session, desk.matter) == [3, 1, 2]
    pairs.choose(desk.session, desk.matter, [], desk.officer, clock.now())
    assert pairs.chosen(desk.session, desk.matter) == []


def test_an_accepted_point_is_followed_word_by_word(desk: Desk) -> None:
    line = successors.line_to(desk.session, queries.current_revision(desk.session, desk.matter.id))
    points = {one.number: one for one in followed(desk.session, desk.matter, line)}
    assert sorted(points) == [1, 2, 3, 5]
    assert points[1].changed and not points[1].gone
    assert "ba nhóm" in points[1].before and "bốn nhóm" in points[1].after


def test_pictures_of_the_matter_and_of_a_comment(app: Flask, desk: Desk) -> None:
    client = app.test_client()
    for address in (_at(desk, "hinh.png"), _at(desk, "y-kien/1/hinh.png"), "/en" + _at(desk, "hinh.png")):
        answer = client.get(address)
        assert (answer.status_code, answer.mimetype) == (200, "image/png")
        assert Image.open(io.BytesIO(answer.data)).size == (1200, 630)


def test_no_picture_of_what_is_not_public(app: Flask, desk: Desk) -> None:
    client = app.test_client()
    assert client.get(_at(desk, "y-kien/5/hinh.png")).status_code == 404
    assert client.get(_at(desk, "y-kien/99/hinh.png")).status_code == 404
    assert client.get(_at(desk, "y-kien/2/hinh.png")).data.startswith(PNG)
    desk.by_two(2, CommentActKind.WITHHELD, "insult")
    desk.session.commit()
    # Not from the cache either.
    assert client.get(_at(desk, "y-kien/2/hinh.png")).status_code == 404


def test_words_in_a_picture_mean_nothing_else(app: Flask, app_session: Session) -> None:
    """Whatever a comment says is drawn as it stands."""
    desk = make_desk(app_session, now=clock.now())
    numbers = desk.receive(
        *(comment(text) for text in ('#panic("x") ]', '"); #read("/etc/passwd")', "\\ $ * _ ` <a> 😀"))
    )
    desk.release(*numbers)
    app_session.commit()
    for number in numbers:
        answer = app.test_client().get(_at(desk, f"y-kien/{number}/hinh.png"))
        assert answer.status_code == 200 and answer.data.startswith(PNG)
