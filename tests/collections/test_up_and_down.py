"""One story over pages, from the letter of the Front to the sheet that is read out in a village: what its people see is
said here in numbers, worked out by hand."""

import re

from flask import Flask
from sqlalchemy.orm import Session

from tests.collections import story_ways
from tests.collections.story_people import PARISH, Story, begun, link_in
from tests.html_rules import words_of
from tests.pages import Page
from tests.tagged_pdfs import text_of

GROUPS = {
    "Phạm vi nên gồm cơ quan, trường học và chợ": ("du-thao/1/d1", [1, 2, 17, 18]),
    "Ba nhóm là vừa sức": ("du-thao/1/d2.k1", [3, 4, 27, 28, 33, 34]),
    "Thu gom buổi chiều, có xe nhỏ vào ngõ": ("du-thao/1/d2.k2", [5, 6, 19, 20, 21]),
    "Lùi ngày thi hành một năm": ("du-thao/1/d3", [7, 8, 35, 36]),
    "Không đồng ý với phạm vi": ("du-thao/1/d1", [9, 11, 13, 15]),
    "Hướng dẫn bằng tiếng dân tộc": ("", [10, 12, 14, 16]),
    "Nêu rõ việc của hộ gia đình": ("du-thao/1/d2", [22, 23, 24, 25]),
    "Giao giáo xứ, thôn vận động": ("", [29, 30, 31, 32, 37, 38]),
}
"""What the Front writes, about which clause, from which opinions; 39 goes up as it is, 26 and 40 do not."""
LETTER = {"letter_number": "12/MTTQ-BTT", "signatory_office": "Chủ tịch",
          "form": "conference", "participants": "Hội đồng tư vấn",
          "criteria.necessity": "Cần thiết ban hành."}  # fmt: skip
THEIRS = {"criteria.conformity": "Không có ý kiến.", "criteria.soundness": "Không có ý kiến.",
          "impact.society": "Không có ý kiến.", "criteria.balance": "Không có ý kiến.",
          "conclusion": "Thống nhất về chủ trương."}  # fmt: skip


def letter() -> dict[str, str]:
    """What the first of the two authors types beside the points."""
    return {**LETTER, "letter_on": story_ways.today(), "held_on": story_ways.today()}


def test_from_the_villages_up_and_down_again(app: Flask, app_session: Session) -> None:
    story = begun(app, app_session)
    forty_are_invited_in_one_act(story)
    printed = everybody_collects(story)
    the_sums_agree(story)
    forty_become_nine(story)
    two_write_at_once(story)
    it_is_reviewed_signed_and_sent(story)
    the_department_answers(story)
    each_of_the_forty_gets_its_answer(story, printed)
    what_was_told_is_done(story)


def forty_are_invited_in_one_act(story: Story) -> None:
    page = story.browsers["mai"].get("/to-chuc/").click("Thu thập ý kiến từ chi nhánh")
    given = {"title": "Bà con nói gì về phân loại rác", "matter": story.desk.matter.slug, "asked": "Xin hỏi bà con."}
    page = page.submit(given, button="Mở đợt thu thập")
    page = page.submit({"body": [str(one.id) for one in story.bodies]}, button="Thêm tổ chức đã chọn")
    assert page.status == 200 and len(page.find("//table//a[contains(@href, '/dau-moi/')]")) == 40
    assert "Đang gửi thư" in page.submit({}, button="Gửi thư cho mọi đầu mối").text
    asked = [(to, words) for to, words in story.mails() if "/thu-thap/vao/" in words]
    assert len({to for to, _words in asked}) == len(asked) == 40
    for place, name in enumerate(("Phong Quang", "Ba Bể", "Chợ Mới", PARISH)):
        [words] = [words for to, words in asked if f"to-chuc{place}@" in to]
        assert "Xin hỏi bà con." in story.comes_in(name, link_in(words)).text


def everybody_collects(story: Story) -> str:
    """Gives what is printed on the sheets of paper."""
    story_ways.below(story, "Phong Quang", "Thôn Nà Lẹng; xã Đồng Tâm\nThôn Bản Mạ; xã Yên Lãng")
    story_ways.by_minutes(story, "Thôn Nà Lẹng")
    printed = story_ways.by_paper(story, "Ba Bể")
    done = story_ways.by_spreadsheet(story, "Chợ Mới")
    assert "Đã ghi nhận 10 ý kiến" in done.text and "Còn 2 dòng chưa ghi nhận" in done.text
    story_ways.by_program(story, PARISH)
    story_ways.without_a_line(story, "Thôn Bản Mạ")
    return printed


def the_sums_agree(story: Story) -> None:
    page = story.opened("mai", "")
    total = ("40 ý kiến (8 chưa tính vào tổng số); 8 buổi ghi nhận; cuộc họp: 135 lượt người; "
             "phiếu giấy: 16 lượt người")  # fmt: skip
    assert total in page.text
    rows = {name: cells for name, *cells, _last in _rows(page)}
    assert rows["Mặt trận Xã Phong Quang"] == ["0", "16 (tính 8)"]
    assert (rows["– Thôn Nà Lẹng"], rows["– Thôn Bản Mạ"]) == (["8", "8"], ["8", "8 (tính 0)"])
    assert (rows["Mặt trận Xã Ba Bể"], rows["Mặt trận Xã Chợ Mới"]) == (["8", "8"], ["10", "10"])
    assert rows[PARISH] == ["6", "6"] and len(_silent(page)) == 36
    own = story.browsers["Phong Quang"].get(story.homes["Phong Quang"])
    assert "Cả các đầu mối bên dưới: 16 ý kiến (8 chưa tính vào tổng số); 2 buổi ghi nhận; cuộc họp: 105" in own.text
    new = story.opened("mai", "dia-ban/")
    old = new.click("Xem theo xã, phường trước khi sắp xếp")
    assert total in new.text and total in old.text
    unmerged = {"Xã Ba Bể": ["8", "8"], "Xã Chợ Mới": ["10", "10"], "Chưa rõ địa bàn": ["6", "6"]}
    assert _by_area(new) == {"Xã Phong Quang": ["16", "8"], **unmerged}
    assert _by_area(old) == {"Xã Đồng Tâm": ["8", "8"], "Xã Yên Lãng": ["8", "0"], **unmerged}


def forty_become_nine(story: Story) -> None:
    for text, (anchor, sources) in GROUPS.items():
        form = story.opened("mai", "y-kien/").submit(
            {"opinion": [str(one) for one in sources]}, button="Viết ý kiến tổng hợp từ các ý kiến đã chọn"
        )
        listed = form.submit({"text": text, "anchor": anchor}, button="Lưu")
        assert listed.status == 200 and f"{len(sources)} ý kiến: {', '.join(map(str, sources))}" in listed.text
    page = story.opened("mai", "y-kien/").submit({"opinion": ["39"]}, button="Chuyển nguyên văn từng ý kiến")
    page = page.submit({"opinion": ["26", "40"], "why": "Đã có ở dự án khác"}, button="Không chuyển các ý kiến đã chọn")
    assert "38 đã chuyển lên" in page.text and "0 chưa quyết định" in page.text, page.text[:900]
    points = story.opened("mai", "tong-hop/")
    assert "9 ý kiến tổng hợp" in points.text
    assert "Một nhà xin làm ngay. (ý kiến thiểu số)" in points.text and "dựa trên 1 ý kiến: 39" in points.text
    draft = points.submit({"draft": "critique"}, button="Đưa các ý kiến đã chọn vào bản soạn")
    assert draft.heading == "Văn bản phản biện xã hội"
    story.homes["draft"] = draft.address.partition("?")[0]


def two_write_at_once(story: Story) -> None:
    mine, theirs = (story.browsers[who].get(story.homes["draft"]) for who in ("mai", "binh"))
    assert mine.submit(letter(), "Lưu").status == 200
    saved = theirs.submit(THEIRS, "Lưu")
    assert saved.status == 200 and "cũng đang mở bản soạn này" in saved.text
    mine, theirs = (story.browsers[who].get(story.homes["draft"]) for who in ("mai", "binh"))
    mine.submit({"conclusion": "Thống nhất, đề nghị lùi một năm."}, "Lưu")
    asked = theirs.submit({"conclusion": "Chưa thống nhất.", "chaired_by": "Bà Én"}, "Lưu")
    assert asked.heading == "Hai người cùng sửa một ô" and asked.words("//section/h2") == ["Kết luận chung"]
    assert asked.submit({"pick.0": "theirs"}, "Ghép vào bản soạn").status == 200
    kept = story.browsers["mai"].get(story.homes["draft"]).form("conclusion").values()
    wanted = {**letter(), **THEIRS, "conclusion": "Thống nhất, đề nghị lùi một năm.", "chaired_by": "Bà Én"}
    assert {name: kept[name].strip() for name in wanted} == wanted
    assert kept["comments.8.text"].strip() == "Một nhà xin làm ngay." and "comments.9.text" not in kept
    versions = story.browsers["mai"].get(story.homes["draft"]).click("Các bản đã lưu").text
    assert "Chưa thống nhất." in versions, "what was not chosen is kept"


def it_is_reviewed_signed_and_sent(story: Story) -> None:
    page = story.browsers["mai"].get(story.homes["draft"])
    waiting = page.submit({}, "Trình để gửi")
    assert waiting.status == 409 and "Lan" in waiting.text
    page.submit({}, "Xin ý kiến người duyệt")
    reviewer = story.browsers["lan"].get("/to-chuc/").click("Văn bản phản biện xã hội: ")
    assert "Đã đồng ý" in reviewer.submit({}, "Đồng ý với bản này").text
    handed = story.browsers["mai"].get(story.homes["draft"]).submit({}, "Trình để gửi")
    assert "Đã trình" in handed.text and "Gửi" not in handed.words("//main//button")
    signed = story.browsers["en"].get("/to-chuc/").click("Văn bản phản biện xã hội: ")
    receipt = signed.submit(button="Gửi")
    assert receipt.heading == "Đã tiếp nhận văn bản"
    assert "các ý kiến số 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11" in receipt.text
    assert "Bà 1" not in receipt.html and "0912345671" not in signed.html, "no person goes along"
    assert story.opened("mai", "tong-hop/").text.count("đã gửi") >= 9


def the_department_answers(story: Story) -> None:
    officer, leader, publisher = (story.browsers[who] for who in ("officer", "leader", "publisher"))
    numbers = [str(one) for one in range(1, 12)]
    officer.get(story.at_desk()).submit({"comment": numbers}, "Cho công khai")
    for number in range(1, 10):
        form = officer.get(story.at_desk(f"tra-loi/?comment={number}"))
        given = {"disposition": "accepted", "text": f"Trả lời điểm {number} của Mặt trận.", "change_path": "d2.k1"}
        assert "Đã lưu" in form.submit(given, "Lưu bản trả lời").text
    rest = officer.get(story.at_desk()).submit({"comment": ["10", "11"]}, "Soạn một câu trả lời")
    rest.submit({"disposition": "noted", "text": "Xin ghi nhận."}, "Lưu bản trả lời")
    sheet = leader.get(story.at_desk("phe-duyet/"))
    ticks = {f"Chọn trả lời số {number}": True for number in range(1, 11)}
    assert "Không có câu trả lời nào chờ phê duyệt." in sheet.submit(ticks, "Phê duyệt các trả lời đã chọn").text
    waiting = {row[0]: row[1] for row in _rows(story.opened("mai", "chuyen-xuong/"))}
    assert waiting["Mặt trận Xã Chợ Mới"] == "1 trong 10", "what is approved is not told before it is published"
    done = publisher.get(story.at_desk("cong-bo/")).submit({}, "Công bố các trả lời đã chọn")
    assert "Không có câu trả lời nào đã phê duyệt mà chưa công bố." in done.text


def each_of_the_forty_gets_its_answer(story: Story, printed: str) -> None:
    said = {number: f"Trả lời điểm {place} của Mặt trận." for place, (_anchor, sources) in
            enumerate(GROUPS.values(), start=1) for number in sources}  # fmt: skip
    said |= {39: "Trả lời điểm 9 của Mặt trận.", 26: "Đã có ở dự án khác", 40: "Đã có ở dự án khác"}
    own = {"Thôn Nà Lẹng": range(1, 9), "Ba Bể": range(9, 17), "Chợ Mới": range(17, 27), PARISH: range(27, 33),
           "Thôn Bản Mạ": range(33, 41)}  # fmt: skip
    for name, numbers in own.items():
        page = story.browsers[name].get(story.homes[name] + "tra-loi/")
        told = {int(one.get("value")): words_of(one) for one in page.find("//main//ol/li[@value]")}
        assert sorted(told) == list(numbers) and all(said[number] in told[number] for number in numbers)
        sheet = " ".join(text_of(page.browser.get(page.link("Tờ trả lời để đọc")).body).split())
        assert all(said[number] in sheet for number in numbers), name
    mailed = {to.rpartition("<")[2].strip(">"): words for to, words in story.mails() if "Trả lời điểm" in words}
    assert set(mailed) == {"ong-luong@example.invalid", "nguoi1@example.invalid"}
    assert all(said[1] in words for words in mailed.values())
    for sheet_number, (first, second) in enumerate(((9, 10), (11, 12), (13, 14), (15, 16)), start=1):
        code = re.findall(r"Mã tra cứu: ([0-9-]+)", printed)[sheet_number - 1]
        looked = story.browsers["leader"].get(f"/tra-cuu/{code}/")
        assert said[first] in looked.text and said[second] in looked.text


def what_was_told_is_done(story: Story) -> None:
    rows = {name: cells for name, *cells in _rows(story.opened("mai", "chuyen-xuong/"))}
    assert {name: (cells[0], cells[2]) for name, cells in rows.items()} == {
        "Mặt trận Xã Ba Bể": ("8 trong 8", "Gọi thay: 2 người, Mặt trận Xã Ba Bể"),
        "Mặt trận Xã Chợ Mới": ("10 trong 10", "Gọi thay: 1 người, Mặt trận Xã Chợ Mới"),
        PARISH: ("6 trong 6", "không"), "Thôn Nà Lẹng": ("8 trong 8", "không"),
        "Thôn Bản Mạ": ("8 trong 8", "không"),
    }  # fmt: skip
    page = story.browsers["Ba Bể"].get(story.homes["Ba Bể"] + "tra-loi/")
    called = page.find("//input[@name='opinion']/@value")
    page = page.submit({"opinion": called}, button="Đã gọi báo")
    assert len(called) == 2 and "0912345671" not in page.text
    for name in ("Thôn Nà Lẹng", "Ba Bể", "Chợ Mới", PARISH, "Thôn Bản Mạ"):
        own = story.browsers[name].get(story.homes[name] + "tra-loi/")
        assert "Đã đọc tại cuộc họp" in own.submit({}, button="Đã đọc tờ trả lời tại cuộc họp").text
    down = story.opened("mai", "chuyen-xuong/")
    assert "Cần chuyển xuống" not in down.text and down.text.count("Gọi thay") == 1


def _rows(page: Page) -> list[list[str]]:
    """The words of the cells of the only table."""
    return [page.words(f"(//main//tbody/tr)[{place}]/*") for place in range(1, len(page.find("//main//tbody/tr")) + 1)]


def _silent(page: Page) -> list[str]:
    return page.words("//h3[contains(., 'Gọi điện nhắc')]/following-sibling::ul[1]/li")


def _by_area(page: Page) -> dict[str, list[str]]:
    return {name: [opinions, counting] for name, opinions, counting, *_rest in _rows(page)}
