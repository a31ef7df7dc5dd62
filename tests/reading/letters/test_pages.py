"""The letters of bodies as anybody reads them: nothing of what is not public, not even whose it is."""

import csv
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.invitations.service import NewInvitation, invite
from consult.exports.plain import critique_csv
from consult.people.models import Organisation
from consult.people.words import Level, OrganisationKind
from consult.submissions.inputs import Cosigned, CritiqueInput, Letter, Sender
from consult.submissions.words import CommentActKind, Stance, SubmissionKind
from tests.builders import make_organisation
from tests.pages import Browser
from tests.reading.scene import DESK_NOTE, Scene
from tests.responses.desk_builder import comment

NAME = "Ủy ban Mặt trận tỉnh"
SAID = CritiqueInput(
    "dialogue",
    {
        "necessity": "Rất cần thiết.",
        "impact": {"society": "Người nghèo chịu thêm phí."},
        "differing": "- Một đại biểu đề nghị chưa ban hành.",
    },
    "Tán thành.",
)


@pytest.fixture
def scene(app_session: Session, app: Flask) -> Scene:
    return Scene(app_session)


@pytest.fixture
def front(scene: Scene) -> Organisation:
    return make_organisation(scene.session, OrganisationKind.FRONT_COMMITTEE, Level.PROVINCE, NAME)


def send(scene: Scene, body: Organisation, *said: Any, **given: Any) -> list[int]:
    """A letter of a body, with these comments."""
    day = clock.local_day(clock.now())
    letter = Letter("12/MTTQ-BTT", day, "Lò Văn Ký", "Chủ tịch", "TM.")
    kind = given.pop("kind", SubmissionKind.FORMAL)
    sender = Sender(organisation_id=body.id)
    return list(scene.desk.receive(*said, at=scene.sent_at, kind=kind, sender=sender, letter=letter, **given))


def test_a_critique_has_a_page_with_everything_that_is_public(
    scene: Scene, front: Organisation, browser: Browser
) -> None:
    point = comment(
        "Cần lộ trình.", "d2.k1", stance=Stance.OPPOSE, proposed="1. Ba nhóm, hai năm.", reason="Dân chưa quen."
    )
    numbers = send(scene, front, point, kind=SubmissionKind.CRITIQUE, critique=SAID)
    address = scene.url + "phan-bien/1/"
    assert NAME not in browser.get(address).text
    scene.release(*numbers)
    scene.answer(numbers[0], text="Đã ghi lộ trình hai năm.")
    page = browser.get(address)
    wanted = (
        NAME, "12/MTTQ-BTT", "Chủ tịch Lò Văn Ký", "Đối thoại trực tiếp", "Rất cần thiết.",
        "Người nghèo chịu thêm phí.", "Ý kiến khác với kết luận", "chưa ban hành", "Cần lộ trình.",
        "Không thống nhất", "Dân chưa quen.", "Đã ghi lộ trình hai năm.",
    )  # fmt: skip
    assert [words for words in wanted if words not in page.text] == []
    assert "chưa công khai hoặc không công khai" not in page.text
    assert f"{scene.url}phan-bien/1/" in browser.get(scene.url).html
    assert f"{scene.url}phan-bien/1/" in browser.get(f"{scene.url}y-kien/{numbers[0]}/").html
    assert f"{scene.url}phan-bien/1/" in browser.get(scene.url + "van-ban/").html


def test_what_is_not_public_stands_on_no_letter_not_even_its_number(
    scene: Scene, front: Organisation, browser: Browser
) -> None:
    said = [comment(text, "d1") for text in ("Được đọc.", "Bị giữ lại.", "Để riêng.", "Đang kiểm tra.")]
    shown, withheld, apart, waiting = send(scene, front, *said)
    scene.release(shown)
    scene.decide(withheld, CommentActKind.WITHHELD, "insult")
    scene.quarantine(apart)
    page = browser.get(scene.url + "van-ban/1/")
    assert "Được đọc." in page.text
    hidden = ("Bị giữ lại.", "Để riêng.", "Đang kiểm tra.", DESK_NOTE)
    assert [words for words in hidden if words in page.text] == []
    assert [number for number in (withheld, apart, waiting) if f"y-kien/{number}/" in page.html] == []
    assert "còn 3 nội dung chưa công khai hoặc không công khai" in page.text


def test_a_letter_with_something_passed_on_never_says_whose_it_is(
    scene: Scene, front: Organisation, browser: Browser
) -> None:
    invite(scene.session, scene.matter, NewInvitation(front.id), scene.desk.officer, clock.now())
    first, second = send(scene, front, comment("Nên giữ.", "d1"), comment("Tố cáo ông C.", "d2"))
    in_check = [browser.get(scene.url + place).text for place in ("van-ban/1/", "van-ban/")]
    scene.release(first)
    assert NAME in browser.get(scene.url + "van-ban/1/").text
    scene.pass_on(second)
    assert [browser.get(scene.url + place).text for place in ("van-ban/1/", "van-ban/")] == in_check


def test_who_was_asked_and_who_replied_when(scene: Scene, front: Organisation, browser: Browser) -> None:
    today = clock.local_day(clock.now())
    silent = make_organisation(scene.session, OrganisationKind.AGENCY, Level.PROVINCE, "Sở Tài chính")
    asked = {front: today - timedelta(days=2), silent: today - timedelta(days=3)}
    for body, due in asked.items():
        letter = NewInvitation(body.id, "5/SNN", today - timedelta(days=9), due)
        invite(scene.session, scene.matter, letter, scene.desk.officer, clock.now())
    address = scene.url + "van-ban/"
    page = browser.get(address)
    assert "đã qua ngày đề nghị 2 ngày" in page.text
    scene.release(*send(scene, front, comment("Nhất trí.", "d1")))
    page = browser.get(address)
    assert f"{scene.url}van-ban/1/" in page.html
    assert "sau ngày đề nghị 2 ngày" in page.text
    assert "đã qua ngày đề nghị 3 ngày" in page.text
    assert "đã qua ngày đề nghị 2 ngày" not in page.text


def test_who_signed_a_letter_too_has_replied_with_it(scene: Scene, front: Organisation, browser: Browser) -> None:
    today = clock.local_day(clock.now())
    other = make_organisation(scene.session, OrganisationKind.SOCIO_POLITICAL, Level.PROVINCE, "Hội Nông dân")
    letter = NewInvitation(other.id, "5/SNN", today - timedelta(days=9), today - timedelta(days=2))
    invite(scene.session, scene.matter, letter, scene.desk.officer, clock.now())
    signed = (Cosigned(other.id, other.name, today),)
    scene.release(*send(scene, front, comment("Nhất trí.", "d1"), cosigned=signed))
    page = browser.get(scene.url + "van-ban/")
    assert f"cùng ký với {front.name}" in page.text and "sau ngày đề nghị 2 ngày" in page.text
    assert "đã qua ngày đề nghị" not in page.text


def test_a_letter_that_there_is_not_is_not_found(scene: Scene, front: Organisation, browser: Browser) -> None:
    send(scene, front, comment("Nhất trí.", "d1"))
    for place, status in (("van-ban/1/", 200), ("van-ban/2/", 404), ("van-ban/0/", 404), ("phan-bien/1/", 404)):
        browser.get(scene.url + place, status=status)


def test_the_law_says_beside_a_clause_who_is_against_it(scene: Scene, front: Organisation, browser: Browser) -> None:
    people = [scene.send("Không nên.", "d2.k1", stance=Stance.OPPOSE) for _ in range(5)]
    few = [scene.send("Không nên.", "d1", stance=Stance.OPPOSE) for _ in range(4)]
    body = send(scene, front, comment("Đề nghị bỏ.", "d2.k1", stance=Stance.OPPOSE))
    scene.release(*people, *few, *body)
    text = browser.get(scene.url + "du-thao/1/").text
    assert "Người dân: 5 không đồng ý." in text
    assert "Cơ quan, tổ chức: 1 không đồng ý." in text
    assert "4 không đồng ý" not in text
    assert "Ý kiến về chỗ này" in browser.get(scene.url + "du-thao/1/dieu-khoan/d2.k1/").text
    page = browser.get(scene.url + "y-kien/quan-diem/")
    assert "d2.k1" in page.html
    assert "tai=du-thao/1/d1" not in page.html


def test_what_was_asked_and_explained_is_read_once_all_of_the_letter_is(
    scene: Scene, front: Organisation, browser: Browser
) -> None:
    told = {"held_at": "Hội trường <b>A</b>", "questions": "=Ai trả tiền?", "chaired_by": "Bà Lò Thị Mai"}
    told |= {"invited": "Hội Nông dân xã", "explanations": "Ngân sách chi."}
    said = replace(SAID, proceedings=told, participants="Ba mươi đại biểu", held_on=date(2027, 3, 1))
    numbers = send(scene, front, "Nên sửa.", kind=SubmissionKind.CRITIQUE, critique=said)
    scene.release(*numbers[1:])
    part = browser.get(f"{scene.url}phan-bien/1/").text
    assert told["held_at"] in part
    assert told["questions"] not in part
    [critique] = programs_get(scene, browser)
    assert critique["proceedings"] == dict.fromkeys(critique["proceedings"]) | {"held_at": told["held_at"]}
    assert (critique["hidden"], critique["points"]) == (1, [])
    assert not [one for one in filed(scene, browser)["questions"] if one]
    scene.release(numbers[0])
    whole = browser.get(f"{scene.url}phan-bien/1/").text
    assert told["questions"] in whole
    assert told["chaired_by"] not in whole
    [critique] = programs_get(scene, browser)
    public = {name: words for name, words in told.items() if name != "chaired_by"}
    assert critique["proceedings"] == public | {"present": "Ba mươi đại biểu", "authority_view": None}
    assert (critique["form"], critique["held_on"], critique["points"]) == ("dialogue", "2027-03-01", [numbers[0]])
    assert [(one["part"], one["text"]) for one in critique["contents"]] == [
        ("necessity", "Rất cần thiết."), ("society", "Người nghèo chịu thêm phí."), ("conclusion", "Tán thành."),
        ("differing", "- Một đại biểu đề nghị chưa ban hành."),
    ]  # fmt: skip
    columns = filed(scene, browser)
    assert columns["questions"] == ["'=Ai trả tiền?"] and columns["impact"] == ["xã hội: Người nghèo chịu thêm phí."]
    assert columns["participants"] == ["Ba mươi đại biểu"] and columns["form"] == ["Đối thoại trực tiếp"]
    assert told["chaired_by"] not in str(critique) + str(columns)


def test_a_critique_of_which_nothing_is_public_is_told_to_no_program(
    scene: Scene, front: Organisation, browser: Browser
) -> None:
    send(scene, front, "Nên sửa.", kind=SubmissionKind.CRITIQUE, critique=SAID)
    assert programs_get(scene, browser) == [] and set(map(tuple, filed(scene, browser).values())) == {()}


def programs_get(scene: Scene, browser: Browser) -> list[dict[str, Any]]:
    """The critiques as the API gives them, all on one page."""
    page = browser.client.get(f"/api/v1/consultations/{scene.matter.slug}/critiques").get_json()
    assert page["next"] is None
    found: list[dict[str, Any]] = page["critiques"]
    return found


def filed(scene: Scene, browser: Browser) -> dict[str, list[str]]:
    """The columns of the file of critiques."""
    head, *lines = csv.reader(browser.client.get(f"{scene.url}phan-bien.csv").data.decode("utf-8-sig").splitlines())
    assert "Thành phần tham gia" in head
    return {name: [line[place] for line in lines] for place, name in enumerate(critique_csv.COLUMNS)}
