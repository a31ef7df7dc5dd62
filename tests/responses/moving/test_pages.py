"""An officer moves what was attached to a wrong place; everybody reads where it came from, wherever it is told."""

import csv
import io

from flask import Flask
from sqlalchemy import select

from consult.submissions.models import Comment
from consult.submissions.place_models import CommentPlace
from tests.pages import Browser, Page
from tests.responses.conftest import Enter
from tests.responses.desk_builder import Desk, comment

WHY = "Ý kiến nói về nội dung của Điều 3."
SAVE = "Xếp vào nơi này"


def at(desk: Desk, rest: str = "") -> str:
    return f"/xu-ly/{desk.matter.slug}/{rest}"


def public(desk: Desk, rest: str) -> str:
    return f"/lay-y-kien/{desk.matter.slug}/{rest}"


def moved(desk: Desk, enter: Enter, *numbers: int, place: str = "Điều 3", who: str = "officer", **more: str) -> Page:
    query = "&".join(f"comment={number}" for number in numbers)
    form = enter(who).get(at(desk, f"chuyen-noi-gop-y/?{query}"))
    return form.submit({"place": place, "reason": WHY, **more}, SAVE)


def test_from_the_comment_to_its_right_place(desk: Desk, enter: Enter) -> None:
    (number,) = desk.receive(comment("Một.", ""))
    page = enter("officer").get(at(desk, f"y-kien/{number}/")).click("Xếp lại nơi góp ý")
    done = page.submit({"document": "1", "place": "điều 3", "reason": WHY}, SAVE)
    assert done.address.endswith(f"/y-kien/{number}/") and "Đã xếp lại nơi góp ý." in done.text
    for said in ("Điều 3", "Người gửi chọn: toàn bộ dự thảo, vấn đề chung.", WHY):
        assert said in done.text


def test_everybody_reads_where_it_came_from(app: Flask, desk: Desk, enter: Enter) -> None:
    (number,) = desk.receive("Một.")
    desk.release(number)
    anybody = Browser(app)
    before = anybody.get(public(desk, f"y-kien/{number}/"))
    assert "Người gửi chọn" not in before.text
    moved(desk, enter, number)
    page = anybody.get(public(desk, f"y-kien/{number}/"))
    for said in ("Góp ý về: Điều 3", "Người gửi chọn: khoản 1 Điều 2.", WHY):
        assert said in page.text
    english = anybody.get(f"/en{public(desk, f'y-kien/{number}/')}")
    assert "The sender chose: clause 1, Article 2." in english.text and WHY in english.text


def test_the_pages_of_both_places_follow(app: Flask, desk: Desk, enter: Enter) -> None:
    (number,) = desk.receive("Một.")
    desk.release(number)
    anybody, link = Browser(app), f"y-kien/{number}/"
    old, new = (public(desk, f"y-kien/?tai=du-thao/1/{path}") for path in ("d2.k1", "d3"))
    assert link in anybody.get(old).html and link not in anybody.get(new).html
    moved(desk, enter, number)
    assert link not in anybody.get(old).html and link in anybody.get(new).html


def test_what_nobody_may_read_is_moved_without_telling_why(app: Flask, desk: Desk, enter: Enter) -> None:
    (number,) = desk.receive("Một lời kín.")
    moved(desk, enter, number)
    page = Browser(app).get(public(desk, f"y-kien/{number}/"))
    assert "cơ quan xử lý xếp vào: Điều 3." in page.text and WHY not in page.text and "lời kín" not in page.text


def test_many_are_ticked_and_the_rest_is_named(desk: Desk, enter: Enter) -> None:
    first, second, third = desk.receive("Một.", "Hai.", comment("Ba.", "d3"))
    page = (
        enter("officer").get(at(desk)).submit({"comment": [str(first), str(second), str(third)]}, "Xếp lại nơi góp ý")
    )
    done = page.submit({"place": "Điều 3", "reason": WHY}, SAVE)
    assert f"Ý kiến số {third} đang ở đúng nơi này." in done.text
    desk.session.rollback()
    rows = desk.session.execute(select(Comment.number, Comment.path).order_by(Comment.number)).all()
    assert [tuple(row) for row in rows] == [(first, "d3"), (second, "d3"), (third, "d3")]


def test_the_way_back_leads_to_the_same_list(desk: Desk, enter: Enter) -> None:
    first, second = desk.receive("Một.", "Hai.")
    listed = enter("officer").get(at(desk, "?kind=comment"))
    page = listed.submit({"comment": [str(first), str(second)]}, "Xếp lại nơi góp ý")
    done = page.submit({"place": "Điều 3", "reason": WHY}, SAVE)
    assert "kind=comment" in done.address


def test_what_is_wrong_stays_typed(desk: Desk, enter: Enter) -> None:
    (number,) = desk.receive("Một.")
    for typed, error in (
        ({"place": "Điều 99"}, "Điều, khoản, điểm: Không tìm thấy nội dung được góp ý trong dự thảo"),
        ({"reason": ""}, "Lý do xếp lại: Xin nhập nội dung này"),
        ({"document": "0"}, "Điều, khoản, điểm: Đã chọn cả đợt lấy ý kiến: xin để trống ô này, hoặc chọn văn bản"),
        ({"place": "du-thao/2/d1"}, "Điều, khoản, điểm: Nơi này thuộc bản dự thảo khác."
         " Ý kiến chỉ được xếp vào bản dự thảo mà ý kiến góp cho"),
    ):  # fmt: skip
        page = moved(desk, enter, number, **{"place": "Điều 3", "reason": WHY, **typed})
        assert page.status == 422 and page.errors() == [error]
        assert page.form(SAVE).values()["place"] == typed.get("place", "Điều 3")
    assert not desk.session.scalars(select(CommentPlace)).all()


def test_two_officers_at_once_see_both_sides(desk: Desk, enter: Enter) -> None:
    (number,) = desk.receive("Một.")
    address = at(desk, f"chuyen-noi-gop-y/?comment={number}")
    one, other = enter("officer").get(address), enter("second_officer").get(address)
    other.submit({"place": "Điều 1", "reason": WHY}, SAVE)
    page = one.submit({"place": "Điều 3", "reason": WHY}, SAVE)
    assert page.status == 409
    desk.session.rollback()
    assert desk.session.scalars(select(Comment.path).where(Comment.number == number)).one() == "d1"


def test_who_may_not_is_told_nothing(desk: Desk, enter: Enter) -> None:
    (number,) = desk.receive("Một.")
    assert "Xếp lại nơi góp ý" not in enter("publisher").get(at(desk, f"y-kien/{number}/")).text
    enter("publisher").get(at(desk, f"chuyen-noi-gop-y/?comment={number}"), status=404)


def test_what_is_answered_is_not_moved(desk: Desk, enter: Enter) -> None:
    (number,) = desk.receive("Một.")
    desk.answer(number)
    officer = enter("officer")
    assert "Xếp lại nơi góp ý" not in officer.get(at(desk, f"y-kien/{number}/")).text
    assert "đã có trả lời công bố" in officer.get(at(desk, f"chuyen-noi-gop-y/?comment={number}"), status=409).text


def test_files_and_programs_tell_it(app: Flask, desk: Desk, enter: Enter) -> None:
    (number,) = desk.receive("Một.")
    desk.release(number)
    moved(desk, enter, number)
    anybody = Browser(app)
    shown = anybody.client.get(f"/api/v1/consultations/{desk.matter.slug}/comments").json["comments"][0]
    assert shown["anchor"]["path"] == "d2.k1" and shown["label"] == "khoản 1 Điều 2"
    [move] = shown["moves"]
    assert (move["place"], move["anchor"]["path"], move["label"], move["reason"]) == (2, "d3", "Điều 3", WHY)
    table = anybody.client.get(public(desk, "tong-hop.csv")).data.decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(table))
    assert (row["path"], row["sent_place"], row["moved_why"]) == ("d3", "khoản 1 Điều 2", WHY)
    [line] = anybody.client.get(public(desk, "tong-hop.json")).json["comments"]
    assert line["moved"] == {"sent_place": "khoản 1 Điều 2", "moved_on": row["moved_on"], "reason": WHY}
    assert "Nơi ghi khi tiếp nhận: khoản 1 Điều 2" in anybody.get(public(desk, "tong-hop/")).text
