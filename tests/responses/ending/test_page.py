"""The page on which a matter is concluded: each number leads to its list, and what concluding will do is told first."""

from flask import Flask

from consult.submissions.acts import service as acts
from consult.submissions.inputs import Sender
from consult.submissions.words import CommentActKind, ContactKind
from tests.pages import Page
from tests.responses.conftest import Enter
from tests.responses.desk_builder import Desk
from tests.statements import statements_of


def everything(desk: Desk) -> None:
    """A comment under every term of both sums."""
    first, second, third, fourth, fifth, sixth, seventh, _last = (
        desk.receive(f"Ý kiến {number}.")[0] for number in range(8)
    )
    desk.answer(first)
    desk.release(first)
    desk.by_two(second, CommentActKind.INVALID, "off_topic")
    desk.by_two(third, CommentActKind.WITHHELD, "personal_data")
    desk.by_two(fourth, CommentActKind.REDACTED, "personal_data", text="[…]")
    desk.draft(fifth)
    desk.approve(desk.draft(sixth))
    acts.pass_on(desk.session, desk.matter, [seventh], "Tố cáo.", desk.officer, desk.now)
    desk.session.commit()


def how_many(page: Page) -> int:
    """How many comments the list says that there are."""
    [heading] = [words for words in page.words("//main//h2") if "ý kiến" in words]
    return int(heading.split()[0])


def test_every_number_of_the_sums_leads_to_its_list(desk: Desk, enter: Enter) -> None:
    everything(desk)
    publisher = enter("publisher")
    page = publisher.get(f"/xu-ly/{desk.matter.slug}/ket-thuc/")
    terms = page.find("//main//figure//tbody/tr")
    assert len(terms) == 9
    for row in terms:
        [address] = row.xpath(".//a/@href")
        assert how_many(publisher.get(str(address))) == int(row.xpath("string(td)")), address


def test_what_waits_is_told_by_how_far_it_has_come(desk: Desk, enter: Enter) -> None:
    everything(desk)
    publisher = enter("publisher")
    page = publisher.get(f"/xu-ly/{desk.matter.slug}/ket-thuc/")
    for words in ("Chưa soạn trả lời: ", "Trả lời chờ phê duyệt: 1", "Trả lời đã phê duyệt, chờ công bố: 1"):
        [link] = [one for one in page.words("//main//li/a") if one.startswith(words)]
        assert how_many(page.click(words)) == int(link.rpartition(": ")[2])
    assert "Nhìn lại lần nữa" not in page.text


def test_a_second_look_says_what_concluding_will_do(desk: Desk, enter: Enter) -> None:
    numbers = desk.receive("Một.", sender=Sender(contact_kind=ContactKind.MAIL, contact="a@b.vn"))
    numbers += desk.receive("Hai.", sender=Sender(contact_kind=ContactKind.TELEPHONE, contact="0912345678"))
    desk.answer(*numbers)
    desk.release(*numbers)
    page = enter("publisher").get(f"/xu-ly/{desk.matter.slug}/ket-thuc/")
    assert "Nhìn lại lần nữa: kết thúc sẽ làm gì" in page.text
    assert "Thư báo kết quả gửi đến 1 người" in page.text and "1 người để lại số điện thoại" in page.text
    assert "tính trên 2 ý kiến" in page.text


def test_its_statements_do_not_grow_with_comments(app: Flask, desk: Desk, enter: Enter) -> None:
    publisher, address = enter("publisher"), f"/xu-ly/{desk.matter.slug}/ket-thuc/"

    def count() -> int:
        with app.extensions["consult.database"].session() as session, statements_of(session) as said:
            publisher.get(address)
        return len(said)

    desk.receive("Một.")
    count()
    few = count()
    for number in range(12):
        desk.receive(f"Thêm {number}.")
    assert 0 < count() <= few
