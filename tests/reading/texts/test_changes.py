"""The public pages of what changed: redlines with what led to them, the two lists, and what they cost."""

import gzip

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.document_models import Revision
from consult.consultations.matter import queries
from consult.consultations.revisions import change_sources, match_corrections, matching, next_revision
from consult.consultations.revisions.match_corrections import Side
from consult.consultations.words import ChangeOrigin
from consult.submissions.inputs import AnchorInput, CommentInput
from tests.builders import DRAFT, make_consultation, make_publisher, paged
from tests.consultations.revised import SECOND, add, revise
from tests.pages import Browser, Page
from tests.reading.scene import HIDDEN_TEXT, Scene
from tests.statements import statements_of

HOSTILE = "<script>alert(1)</script> & “ngoặc” </del><img src=x>"


@pytest.fixture
def scene(app_session: Session) -> Scene:
    """An open matter."""
    return Scene(app_session)


def publish(scene: Scene, text: str = SECOND) -> Revision:
    """The next revision, public now."""
    return revise(scene.session, scene.matter, scene.desk.publisher, text, clock.now())


def section(page: Page, key: str) -> str:
    """The words of one change."""
    return page.words(f"//section[@id = '{key}']")[0]


def test_each_change_with_what_led_to_it(scene: Scene, browser: Browser) -> None:
    asked = scene.send("Đề nghị bốn nhóm.", "d2.k1")
    hidden = scene.send(HIDDEN_TEXT, "d2")
    scene.release(asked)
    scene.answer(asked, text="Tiếp thu, sửa thành bốn nhóm.")
    elsewhere = scene.send("Nên có điều về trách nhiệm.", "d1")
    scene.release(elsewhere)
    publish(scene)
    scene.answer(elsewhere, text="Đã thêm Điều 4.", change="Thêm Điều 4", change_path="d4")
    page = browser.get(f"{scene.url}du-thao/2/so-voi/1/")
    assert page.heading == "Dự thảo lần 2 so với lần 1"
    assert "3 chỗ thay đổi: sửa lời văn 1, thêm mới 1, bỏ 1." in page.text
    changed = section(page, "d2.k1")
    assert f"Ý kiến số {asked}" in changed and "bốn nhóm" in changed and "Tiếp thu, sửa thành bốn nhóm." in changed
    assert f"Ý kiến số {hidden} về Điều 2" in changed and HIDDEN_TEXT not in page.text
    assert page.words("//section[@id = 'd2.k1']//div[@class = 'is']//ins") == ["(thêm) bốn"]
    assert page.words("//section[@id = 'd2.k1']//div[@class = 'is']//del") == ["(bỏ) ba"]
    assert f"Ý kiến số {elsewhere}" in section(page, "d4") and "Đã thêm Điều 4." in section(page, "d4")
    assert f"Ý kiến số {hidden}" in section(page, "cu-d2.k2")
    assert page.click("Ý kiến số").heading.startswith("Ý kiến số")


def test_filters_and_places(scene: Scene, browser: Browser) -> None:
    publish(scene)
    address = f"{scene.url}du-thao/2/so-voi/1/"
    removed = browser.get(f"{address}?loai=removed")
    assert [link.get("id") for link in removed.find("//section[@class = 'change']")] == ["cu-d2.k2"]
    assert "Không có thay đổi nào thuộc loại này." in browser.get(f"{address}?loai=moved").text
    assert len(browser.get(f"{address}?tai=d4").find("//section[@class = 'change']")) == 3
    for wrong in ("?loai=nothing", "?trang=2", "?trang=0", "?trang=x"):
        browser.get(address + wrong, 404)
    for wrong in ("du-thao/2/so-voi/2/", "du-thao/3/so-voi/1/", "du-thao/2/so-voi/0/"):
        browser.get(scene.url + wrong, 404)
    assert browser.get(f"{scene.url}du-thao/1/so-voi/2/").address == address
    assert browser.get(f"/en{address}").heading == "Revision 2 compared with revision 1"


def test_changes_that_nobody_asked_for_name_their_source(scene: Scene, browser: Browser) -> None:
    scene.send("Bỏ khoản này.", "d2.k2")
    second = publish(scene)
    address = f"{scene.url}du-thao/2/so-voi/1/?loai=khong-tu-gop-y"
    page = browser.get(address)
    keys = [link.get("id") for link in page.find("//section[@class = 'change']")]
    assert keys == ["d2.k1", "d4"] and page.text.count("chưa nêu nguồn") == 2
    ids = {one.path: one.id for one in queries.provisions_of(scene.session, second)}
    give(scene, second, [ids["d4"]], ChangeOrigin.APPRAISAL, HOSTILE)
    page = browser.get(address)
    assert f"thẩm định: {HOSTILE}" in section(page, "d4") and "chưa nêu nguồn" in section(page, "d2.k1")


def give(scene: Scene, second: Revision, ids: list[object], source: ChangeOrigin, note: str) -> None:
    """An officer gives sources."""
    change_sources.give_sources(
        scene.session, scene.matter, second, ids, source, note, scene.desk.publisher, clock.now()  # type: ignore[arg-type]
    )  # fmt: skip


def test_accepted_and_not_yet_seen(scene: Scene, browser: Browser) -> None:
    kept = scene.send("Sửa Điều 1.", "d1")
    done = scene.send("Bốn nhóm.", "d2.k1")
    above = scene.send("Sửa cả Điều 2.", "d2")
    refused = scene.send("Bỏ Điều 3.", "d3")
    named = scene.send("Sửa đâu đó.", "d3")
    scene.release(kept, done, above, refused, named)
    for number in (kept, done, above):
        scene.answer(number, text=f"Tiếp thu ý kiến {number}.")
    scene.answer(refused, disposition="not_accepted", text="Giữ nguyên.")
    publish(scene)
    scene.answer(named, text="Đã sửa tại khoản 1.", change_path="d2.k1")
    page = browser.get(f"{scene.url}du-thao/2/so-voi/1/").click("Ý kiến được tiếp thu nhưng chưa thấy sửa")
    assert page.words("//main//li/a[1]") == [f"Ý kiến số {kept}"]
    assert "Điều 1, dự thảo lần 2" in page.text
    assert "Không có ý kiến nào như vậy." in browser.get(f"{scene.url}du-thao/1/chua-thay-sua/").text
    browser.get(f"{scene.url}du-thao/2/chua-thay-sua/?trang=2", 404)
    scene.session.rollback()
    publish(scene, SECOND.replace("Quyết định này quy định", "Quy định này quy định"))
    assert "Không có ý kiến nào như vậy." in browser.get(f"{scene.url}du-thao/3/chua-thay-sua/").text


def test_hostile_words_stay_words(app_session: Session, browser: Browser) -> None:
    made = make_consultation(app_session, now=clock.now(), text=DRAFT.replace("Chất thải khác", f"Khác {HOSTILE}"))
    actor = make_publisher(app_session)
    revise(app_session, made, actor, DRAFT.replace("Chất thải thực phẩm", f"Thức ăn {HOSTILE}"), clock.now())
    page = browser.get(f"/lay-y-kien/{made.slug}/du-thao/2/so-voi/1/")
    assert "<script>alert" not in page.html and not page.find("//main//img")
    assert page.text.count("<script>alert(1)</script>") >= 2


def test_further_apart_through_the_chain(app_session: Session, browser: Browser) -> None:
    made, actor, now = make_consultation(app_session, now=clock.now()), make_publisher(app_session), clock.now()
    second = add(app_session, made, actor, SECOND, now)
    matching.match_revision(app_session, made, second, actor, now)
    match_corrections.pair(app_session, made, second, Side.OLD, "d2.k2", ["d4"], actor, now)
    next_revision.publish_revision(app_session, made, second, actor, now)
    revise(app_session, made, actor, SECOND.replace("Chánh Văn phòng.", "Chánh Văn phòng và Giám đốc."), now)
    page = browser.get(f"/lay-y-kien/{made.slug}/du-thao/3/so-voi/1/")
    assert "lần 1: khoản 2 Điều 2 → lần 3: Điều 4" in section(page, "d4")
    assert page.click("so với lần 2").heading == "Dự thảo lần 3 so với lần 2"


def test_a_pdf_is_not_compared(app_session: Session, browser: Browser) -> None:
    made, actor = make_consultation(app_session, now=clock.now(), upload=paged()), make_publisher(app_session)
    document = queries.document_of(app_session, made.id, 1)
    second = next_revision.add_revision(app_session, made, document, paged(("Trang khác",)), actor, clock.now())
    next_revision.publish_revision(app_session, made, second, actor, clock.now())
    page = browser.get(f"/lay-y-kien/{made.slug}/du-thao/2/so-voi/1/")
    assert "chưa so sánh được theo điều, khoản" in page.text


def test_long_comparisons_are_cut_into_sheets(app_session: Session, app: Flask) -> None:
    def law(word: str) -> str:
        articles = (f"### Điều {number}. Tên\n\n{word} {number} " + "chữ nghĩa ở đây " * 40 for number in range(1, 60))
        return "# Luật\n\n" + "\n\n".join(articles)

    made = make_consultation(app_session, now=clock.now(), text=law("Lời cũ"))
    actor = make_publisher(app_session)
    new = (
        law("Lời mới hẳn")
        + "\n\n### Điều 60. Dài\n\n"
        + "\n\n".join(f"{number}. " + f"khoản thêm vào số {number} " * 90 for number in range(1, 60))
    )
    revise(app_session, made, actor, new, clock.now())
    browser, address, seen = Browser(app), f"/lay-y-kien/{made.slug}/du-thao/2/so-voi/1/", 0
    page = browser.get(address)
    while True:
        assert len(gzip.compress(page.body, 6)) <= 30_000
        seen += len(page.find("//section[@class = 'change']"))
        if not page.find("//a[@rel = 'next']"):
            break
        page = browser.get(page.find("//a[@rel = 'next']/@href")[0])
    assert seen >= 60 and page.address.endswith("?trang=" + page.title.split("/")[0].split("(")[1])


def test_statements_do_not_grow_with_comments(scene: Scene, browser: Browser) -> None:
    publish(scene)
    said = []
    for _ in ("few", "many"):
        anchors = [AnchorInput(1, 1, path) for path in ("d1", "d2.k1", "d2.k2")]
        numbers = scene.desk.receive(*(CommentInput("Ý kiến.", anchor) for anchor in anchors), at=scene.sent_at)
        scene.release(*numbers)
        scene.answer(*numbers)
        with statements_of(scene.session) as asked:
            page = browser.get(f"{scene.url}du-thao/2/so-voi/1/")
        assert f"Ý kiến số {numbers[1]}" in page.text
        said.append(len(asked))
    assert said[0] == said[1] > 0


def test_comments_stay_where_they_were_made_and_are_found_at_the_heir(scene: Scene, browser: Browser) -> None:
    number, gone = scene.send("Về khoản 1.", "d2.k1"), scene.send("Về khoản 2.", "d2.k2")
    scene.release(number, gone)
    publish(scene)
    text = browser.get(f"{scene.url}du-thao/2/")
    assert "1 ý kiến" in text.text and "1 góp ý cho dự thảo lần 1" in text.text
    listed = browser.get(text.find("//a[@class = 'tally']/@href")[0])
    assert [words.split()[3] for words in listed.words("//article//h2")] == [str(number)]
    assert "góp ý cho dự thảo" not in browser.get(f"{scene.url}du-thao/1/").text
    one = browser.get(f"{scene.url}y-kien/{number}/")
    assert "ba nhóm" in one.text and "Trong dự thảo lần 2: khoản 1 Điều 2." in one.text
    assert one.click("Xem chỗ này đã thay đổi thế nào").find("//section[@id = 'd2.k1']//ins")
    removed = browser.get(f"{scene.url}y-kien/{gone}/")
    assert "Trong dự thảo lần 2, nội dung này không còn." in removed.text
    assert removed.click("Xem chỗ này đã thay đổi thế nào").find("//section[@id = 'cu-d2.k2']")
    assert text.click("Xem những gì đã thay đổi so với lần 1").address == f"{scene.url}du-thao/2/so-voi/1/"
    assert browser.get(scene.url).click("Xem những gì đã thay đổi so với lần 1").status == 200


def test_kept_and_renewed_with_every_public_act(scene: Scene, app: Flask) -> None:
    second = publish(scene)
    client, address = app.test_client(), f"{scene.url}du-thao/2/so-voi/1/"
    tag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    ids = {one.path: one.id for one in queries.provisions_of(scene.session, second)}
    give(scene, second, [ids["d4"]], ChangeOrigin.TECHNICAL_ERROR, "")
    renewed = client.get(address, headers={"If-None-Match": tag})
    assert renewed.status_code == 200 and renewed.headers["ETag"] != tag
    tag = renewed.headers["ETag"]
    match_corrections.pair(
        scene.session, scene.matter, second, Side.NEW, "d4", ["d2.k2"], scene.desk.publisher, clock.now()
    )
    assert client.get(address, headers={"If-None-Match": tag}).headers["ETag"] != tag


def test_a_change_named_in_an_answer_is_led_to_where_it_stands_now(scene: Scene, browser: Browser) -> None:
    numbers = [scene.send("Sửa.", path) for path in ("d1", "d2.k1", "d3")]
    scene.release(*numbers)
    for number, path in zip(numbers, ("d2.k2", "d2.k1", "d99"), strict=True):
        scene.answer(number, text="Tiếp thu.", change=f"Sửa chỗ {number}", change_path=path)
    second = add(scene.session, scene.matter, scene.desk.publisher, now=clock.now())
    matching.match_revision(scene.session, scene.matter, second, scene.desk.publisher, clock.now())
    match_corrections.pair(
        scene.session, scene.matter, second, Side.OLD, "d2.k2", ["d4"], scene.desk.publisher, clock.now()
    )
    next_revision.publish_revision(scene.session, scene.matter, second, scene.desk.publisher, clock.now())
    moved, stayed, unknown = (browser.get(f"{scene.url}y-kien/{number}/") for number in numbers)
    assert moved.click("Sửa chỗ").address == f"{scene.url}du-thao/2/?tai=d4#d4"
    assert stayed.click("Sửa chỗ").address == f"{scene.url}du-thao/2/?tai=d2.k1#d2.k1"
    assert not unknown.find("//a[starts-with(., 'Sửa chỗ')]") and "Sửa chỗ" in unknown.text
