"""What anybody may read of comments: the list with its filters, one comment with its way, and nothing that is not
public."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.words import Disclosure
from consult.people.words import Level, OrganisationKind
from consult.stages import Stage
from consult.submissions.inputs import AnchorInput, CommentInput, CritiqueInput, Letter, Sender
from consult.submissions.words import CommentActKind, SubmissionKind
from tests.builders import DRAFT, make_organisation
from tests.pages import Browser, Page
from tests.reading.scene import CONTACT, DESK_NOTE, HIDDEN_TEXT, SECRET_NAME, SHOWN_NAME, Scene, every_state
from tests.responses.desk_builder import comment, make_desk


@pytest.fixture
def scene(app_session: Session) -> Scene:
    """An open matter without comments."""
    return Scene(app_session)


def numbers_on(page: Page) -> list[int]:
    """The numbers of the comments of a list, in its order."""
    return [int(words.rsplit(" ", 1)[1]) for words in page.words("//main//article//h2")]


def test_a_list_without_comments_says_so(scene: Scene, browser: Browser) -> None:
    assert "Chưa có ý kiến nào." in browser.get(scene.url + "y-kien/").text


def test_comments_stand_newest_first_in_pages_of_twenty(scene: Scene, browser: Browser) -> None:
    scene.desk.receive(*(comment(f"Ý kiến {number}") for number in range(25)), at=scene.sent_at)
    first = browser.get(scene.url + "y-kien/")
    assert numbers_on(first) == list(range(25, 5, -1))
    second = first.click("Trang sau")
    assert numbers_on(second) == [5, 4, 3, 2, 1]
    assert numbers_on(second.click("← Trang trước")) == numbers_on(first)
    browser.get(scene.url + "y-kien/?trang=3", status=404)
    browser.get(scene.url + "y-kien/?trang=0", status=404)
    browser.get(scene.url + "y-kien/?trang=x", status=404)


def test_every_state_is_told_without_what_is_not_public(app_session: Session, browser: Browser) -> None:
    scene, numbers = every_state(app_session)
    shown = {
        "waiting": ("đã tiếp nhận", "đang được kiểm tra trước khi công khai"),
        "named": ("Nên thêm nhóm thứ tư.", f"{SHOWN_NAME}, xã Phong Quang"),
        "public": ("Ý kiến public", "Công dân", "Chưa có trả lời"),
        "held": ("đang xem xét", "Phòng Môi trường"),
        "answered": ("Tiếp thu", "Sẽ bổ sung khoản 3.", "Thêm khoản 3", "công bố ngày"),
        "withheld": (
            "Nội dung không công khai: có thông tin cá nhân",
            "Giải trình, làm rõ",
            "người góp ý xem bằng mã tra cứu",
            "được trả lời như mọi ý kiến khác",
        ),
        "redacted": ("Phần còn lại.", "đã lược bỏ một phần: có thông tin cá nhân"),
        "invalid": ("không hợp lệ: không liên quan",),
        "split": ("tách thành", "ý kiến số 12", "ý kiến số 13"),
    }
    for word, sentences in shown.items():
        page = browser.get(f"{scene.url}y-kien/{numbers[word]}/")
        for sentence in sentences:
            assert sentence in page.text, f"{word}: {sentence!r} is not in {page.text}"
        assert HIDDEN_TEXT not in page.text
        assert "Chỉ người gửi được đọc." not in page.text


def test_what_gets_no_answer_is_not_promised_one(app_session: Session, browser: Browser) -> None:
    scene, numbers = every_state(app_session)
    promise = "được trả lời như mọi ý kiến khác"
    told = {word: promise in browser.get(f"{scene.url}y-kien/{number}/").text for word, number in numbers.items()}
    assert told["waiting"] and told["withheld"]
    assert not told["invalid"]


def test_quarantine_and_passing_on_look_like_waiting(app_session: Session, browser: Browser) -> None:
    """docs/ledger.md: which of these three it is, the public is not told."""
    scene, numbers = every_state(app_session)

    def without_numbers(word: str) -> str:
        number = numbers[word]
        text = browser.get(f"{scene.url}y-kien/{number}/").text
        return text.replace(f"số {number}", "số #").replace(f"Mục {number} ", "Mục # ")

    assert without_numbers("quarantined") == without_numbers("waiting") == without_numbers("passed_on")
    listed = numbers_on(browser.get(scene.url + "y-kien/?ket-qua=received"))
    assert {numbers["waiting"], numbers["quarantined"], numbers["passed_on"]} <= set(listed)


def test_a_split_part_leads_to_the_whole(app_session: Session, browser: Browser) -> None:
    scene, numbers = every_state(app_session)
    part = browser.get(f"{scene.url}y-kien/{numbers['split']}/").click("ý kiến số 12")
    assert part.click(f"ý kiến số {numbers['split']}").heading == f"Ý kiến số {numbers['split']}"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("ket-qua=accepted", ["answered"]),
        ("ket-qua=clarified", ["withheld"]),
        ("ket-qua=answered", ["answered", "withheld"]),
        ("ket-qua=in_hand", ["held"]),
        ("ket-qua=invalid", ["invalid"]),
        ("ket-qua=split", ["split"]),
        ("ket-qua=withdrawn", []),
        ("tai=d1", ["named"]),
        ("nguon=critique", []),
    ],
)
def test_the_list_is_narrowed(app_session: Session, browser: Browser, query: str, words: list[str]) -> None:
    scene, numbers = every_state(app_session)
    found = numbers_on(browser.get(f"{scene.url}y-kien/?{query}"))
    parts = [12] if query == "tai=d1" else []
    assert sorted(found) == sorted([numbers[word] for word in words] + parts)


def test_a_place_takes_in_what_is_below_it_and_nothing_beside(scene: Scene, browser: Browser) -> None:
    about = {path: scene.send(path=path) for path in ("d2", "d2.k1", "d2.k1.pdd", "d1", "")}
    assert numbers_on(browser.get(scene.url + "y-kien/?tai=d2")) == sorted(
        (about[path] for path in ("d2", "d2.k1", "d2.k1.pdd")), reverse=True
    )
    assert numbers_on(browser.get(scene.url + "y-kien/?tai=du-thao/1/d2.k1.pdd")) == [about["d2.k1.pdd"]]
    assert "khoản 1 Điều 2" in browser.get(scene.url + "y-kien/?tai=d2.k1").text


@pytest.mark.parametrize(
    "query", ["tai=%00", "tai=../..", "ket-qua=quarantined", "ket-qua=passed_on", "nguon=x", "tai=tai-lieu/9/1"]
)
def test_filters_there_are_not_are_not_found(scene: Scene, browser: Browser, query: str) -> None:
    browser.get(f"{scene.url}y-kien/?{query}", status=404)


def test_a_number_nobody_has_is_not_found(scene: Scene, browser: Browser) -> None:
    browser.get(scene.url + "y-kien/1/", status=404)


def test_what_people_type_is_shown_as_typed(scene: Scene, browser: Browser) -> None:
    nasty = "<script>alert(1)</script> {{ 7*7 }} \"'>&amp; <b>đậm</b>"
    typed = CommentInput(nasty, AnchorInput(path="d1"), proposed=nasty, reason=nasty)
    scene.release(*scene.desk.receive(typed, at=scene.sent_at))
    for address in ("y-kien/", "y-kien/1/"):
        page = browser.get(scene.url + address)
        assert nasty in page.text
        assert not page.find("//main//script | //main//b[. = 'đậm']")


def test_nothing_private_is_on_any_public_page(app_session: Session, browser: Browser) -> None:
    scene, numbers = every_state(app_session)
    people = [person.name for person in scene.desk.people.values()]
    private = (SECRET_NAME, CONTACT, HIDDEN_TEXT, DESK_NOTE, *people)
    seen: set[str] = set()
    waiting = ["/", "/lay-y-kien/", scene.url, "/en" + scene.url]
    while waiting:
        address = waiting.pop()
        seen.add(address)
        page = browser.get(address)
        assert [words for words in private if words in page.html] == [], address
        waiting += sorted(set(links_of(page, scene)) - seen - set(waiting))
    assert {f"{scene.url}y-kien/{number}/" for number in numbers.values()} <= seen


def links_of(page: Page, scene: Scene) -> Iterator[str]:
    """The addresses of public pages of the matter that a page leads to."""
    for address in page.find("//a/@href"):
        whole = urljoin(page.address, address).split("#")[0]
        if re.match(rf"(/en)?{scene.url}($|\?|du-thao/|tai-lieu/|y-kien/)", whole):
            yield whole


def test_statements_do_not_grow_with_comments(app: Flask, app_session: Session) -> None:
    """The pages are asked without the cache in front: it would hide them."""
    app.extensions["consult.page_cache"].limit = 0
    scene = Scene(app_session)
    browser = Browser(app)

    def statements(address: str) -> int:
        said: list[str] = []
        engine = app.extensions["consult.database"].engine
        event.listen(engine, "before_cursor_execute", listener := lambda *told: said.append(told[2]))
        browser.get(address)
        event.remove(engine, "before_cursor_execute", listener)
        return len([statement for statement in said if statement != "BEGIN"])

    addresses = [
        scene.url,
        scene.url + "du-thao/1/",
        scene.url + "y-kien/",
        scene.url + "y-kien/1/",
        "/",
        "/lay-y-kien/",
    ]
    scene.desk.receive(*(comment(f"Ý kiến {number}") for number in range(5)), at=scene.sent_at)
    scene.release(1, 2, 3)
    scene.answer(1, 2)
    statements(scene.url + "du-thao/1/")  # The text itself is read once and kept.
    once_for_a_version = scene.url + "y-kien/quan-diem/"
    statements(once_for_a_version)
    few = {address: statements(address) for address in addresses}
    scene.desk.receive(*(comment(f"Ý kiến {number}") for number in range(295)), at=scene.sent_at)
    scene.release(*range(6, 301))
    scene.answer(299, 300)
    statements(once_for_a_version)
    many = {address: statements(address) for address in addresses}
    assert many == few
    assert many[scene.url + "y-kien/"] <= 8


def test_a_critique_shows_what_it_says_beyond_its_comments(scene: Scene, browser: Browser) -> None:
    front = make_organisation(scene.session, OrganisationKind.FRONT_COMMITTEE, Level.PROVINCE, "Ủy ban Mặt trận tỉnh")
    said = CritiqueInput(
        "conference",
        {"necessity": "Rất cần thiết.", "impact": {"society": "Người nghèo chịu thêm phí."}},
        "Cơ bản tán thành.",
    )
    number = scene.send(
        "Cần lộ trình.", "d3", kind=SubmissionKind.CRITIQUE, sender=Sender(organisation_id=front.id), critique=said,
        letter=Letter("12/MTTQ-BTT", clock.local_day(clock.now()), "Lò Văn Ký", "Chủ tịch", "TM."),
    )  # fmt: skip
    address = f"{scene.url}y-kien/{number}/"
    beyond = (
        "Rất cần thiết.",
        "Người nghèo chịu thêm phí.",
        "Cơ bản tán thành.",
        "Ủy ban Mặt trận tỉnh",
        "12/MTTQ-BTT",
    )
    assert not any(words in browser.get(address).text for words in beyond)
    scene.release(number)
    letter = browser.get(address).text
    assert [words in letter for words in beyond] == [False] * 3 + [True] * 2
    parts = [number + place for place in (1, 2, 3)]
    scene.release(*parts)
    page = browser.get(address)
    assert [words for words in beyond if words not in page.text] == []
    assert numbers_on(browser.get(scene.url + "y-kien/?nguon=critique")) == [*parts[::-1], number]
    scene.decide(number, CommentActKind.WITHHELD, "personal_data")
    # Beside what is withheld stands nothing of the letter it came in.
    page = browser.get(address)
    assert [words for words in beyond if words in page.text] == []


TWELVE = DRAFT + "".join(f"\n### Điều {number}. Điều khoản\n\nNội dung.\n" for number in range(4, 13))


def test_article_one_is_not_article_twelve(app_session: Session, browser: Browser) -> None:
    desk = make_desk(app_session, Stage.OPEN, now=clock.now(), text=TWELVE, disclosure=Disclosure.AT_ONCE)
    first, clause, twelfth = desk.receive(comment("Một.", "d1"), comment("Hai.", "d2.k1"), comment("Mười hai.", "d12"))
    url = f"/lay-y-kien/{desk.matter.slug}/y-kien/"
    found = {tai: numbers_on(browser.get(f"{url}?tai={tai}")) for tai in ("d1", "d2", "d12")}
    assert found == {"d1": [first], "d2": [clause], "d12": [twelfth]}


def test_beside_what_was_passed_on_no_name_stands_on_any_page(scene: Scene, browser: Browser) -> None:
    """Another law protects who wrote it; what they sent with it would say who that was."""
    sender = Sender("Nông Văn Mở", True)
    first, second = scene.desk.receive("Nên giữ.", "Tố cáo ông C.", at=scene.sent_at, sender=sender)
    scene.release(first)
    pages = [f"{scene.url}y-kien/", f"{scene.url}y-kien/{first}/"]
    assert all("Nông Văn Mở" in browser.get(address).text for address in pages)
    scene.pass_on(second)
    for address in pages:
        page = browser.get(address)
        assert "Nên giữ." in page.text and "Nông Văn Mở" not in page.text
