"""How each place collects, on the pages that its people have: forty opinions, each in its own way."""

import io
import json
from urllib.parse import urlsplit

from openpyxl import load_workbook

from consult.clock import local_day, now
from consult.collections.spreadsheet.columns import KEYS
from tests.collections.openrosa.collect import Collect, filled
from tests.collections.story_people import Story
from tests.files import made
from tests.live import served
from tests.pages import Page
from tests.responses.intake.test_keyboard import scan
from tests.responses.paper import filled as sheets
from tests.tagged_pdfs import text_of

IN_MINUTES = """Điều 1: Chưa nói đến chợ. Đề nghị thêm chợ.
khoản 1 Điều 2: Ba nhóm là vừa.
khoản 1 Điều 2: Bốn nhóm thì khó nhớ.
khoản 2 Điều 2: Xe không vào được ngõ.
khoản 2 Điều 2: Xin thu buổi chiều.
Điều 3: Xin lùi sang năm.
Điều 3: Chưa có thùng thì chưa làm được."""


def today() -> str:
    """The day on which it happens, as forms take it."""
    return local_day(now()).isoformat()


def by_minutes(story: Story, village: str) -> None:
    """1 to 8: a meeting of sixty with its signed minutes photographed, of which seven lines are copied."""
    form = story.browsers[village].get(story.homes[village]).click("Ghi một cuộc họp")
    given = {"place": "Nhà văn hóa thôn", "held_on": today(), "people": "60", "files": (scan(), "bien-ban.png"),
             "minutes_signed": True, "anchor": "du-thao/1/d1", "text": "Nên gồm cả cơ quan, trường học.",
             "person_name": "Ông Lường", "contact": "ong-luong@example.invalid"}  # fmt: skip
    page = form.submit(given, button="Ghi nhận").click("Chép nhiều ý kiến một lần")
    page = page.submit({"text": IN_MINUTES}, button="Ghi nhận từng dòng")
    assert page.status == 200 and "Chưa có thùng thì chưa làm được." in page.text


def by_paper(story: Story, branch: str) -> str:
    """9 to 16: four sheets with a tick and words on each, handed in upside down and with a strange page between; two
    people left a telephone number. Gives what is printed on the sheets."""
    browser, home = story.browsers[branch], story.homes[branch]
    page = browser.get(home).click("In phiếu giấy").submit({"sheets": "4"}, button="Tạo phiếu để in")
    pdf = browser.get(page.find("//a[contains(@href, '.pdf')]/@href")[0]).body
    printed = sheets.pages(pdf)
    first = [printed[place * len(printed) // 4] for place in range(4)]
    ticked = [sheets.ticked(one, ["0.oppose"], 3) for one in first]
    pile = sheets.file_of(ticked[2], sheets.strange(), ticked[0].rotate(180), ticked[3], ticked[1])
    page = browser.get(f"{home}phieu/").submit({"scans": (pile, "phieu.tif")}, button="Nhận tập phiếu")
    sheets.work(story.app)
    sheet = browser.get(page.address).click("Phiếu số 1")
    for number in range(1, 5):
        assert sheet.heading == f"Phiếu số {number}", "each confirmed sheet leads to the next"
        typed = {"text": f"Phiếu {number}: xin hướng dẫn bằng tiếng Tày."}
        if number <= 2:
            typed |= {"name": f"Bà {number}", "contact": f"091234567{number}"}
        sheet = sheet.submit(typed, button="Xác nhận và ghi nhận")
    assert "đã ghi nhận" in sheet.text
    return text_of(pdf)


def by_spreadsheet(story: Story, branch: str) -> Page:
    """17 to 26: ten good rows of twelve, of which two people left an address; the two bad ones are named. Gives the
    page after it."""
    browser = story.browsers[branch]
    page = browser.get(story.homes[branch]).click("Ghi ý kiến bằng bảng tính")
    blank = browser.get(page.link("Tải bảng tính để điền"))
    about = ["Điều 1"] * 2 + ["khoản 2 Điều 2"] * 3 + ["Điều 2"] * 4 + ["Điều 3"]
    rows = [{"anchor": words, "text": f"Dòng {place}"} for place, words in enumerate(about, start=1)]
    rows[0] |= {"how": "Phiếu giấy", "people": "12", "contact": "nguoi1@example.invalid"}
    rows[9] |= {"contact": "0987654321", "person_name": "Chị Mười"}
    rows += [{"text": "Sai điều", "anchor": "Điều 99"}, {"text": "Sai số", "sharing": "nhiều"}]
    seen = page.submit({"file": (_typed_into(blank.body, rows), "y-kien.xlsx")}, "Xem trước")
    assert "A12" in seen.text and "Điều 99" in seen.text
    return seen.submit(button="Ghi nhận các dòng đúng")


def _typed_into(blank: bytes, rows: list[dict[str, str]]) -> bytes:
    book = load_workbook(io.BytesIO(blank))
    for number, row in enumerate(rows, start=2):
        for key, words in row.items():
            book.worksheets[0].cell(number, KEYS.index(key) + 1).value = words
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def by_program(story: Story, branch: str) -> None:
    """27 to 32: ODK Collect on a telephone of the parish: thirty people, signed minutes on two pictures."""
    page = story.browsers[branch].get(story.homes[branch]).click("Ghi ý kiến bằng ODK Collect")
    username, password = (page.words(f"//dt[contains(., '({said})')]/following-sibling::dd[1]")[0]
                          for said in ("username", "password"))  # fmt: skip
    assert username.isdecimal()
    said = [{"anchor": "du-thao/1/d2.k1", "stance": "support", "text": f"Giáo dân đồng tình {number}"}
            for number in (1, 2)]  # fmt: skip
    said += [{"anchor": "general", "text": f"Nên giao giáo xứ vận động {number}"} for number in (1, 2, 3, 4)]
    with served(story.app) as site:
        collect = Collect(site, 1, password)
        assert "<downloadUrl>" in collect.ask("GET", "formList").text
        form = collect.ask("GET", "forms/thu-thap-1.xml").text
        xml = filled(form, said, ["1.jpg", "2.jpg"], signed="yes", place="Nhà xứ", held_on=today(), people="30")
        pictures = {"1.jpg": made.picture(), "2.jpg": made.picture(size=(50, 30))}
        for _time in range(2):
            assert "ghi nhận" in collect.send(xml, pictures)[-1].text


def without_a_line(story: Story, village: str) -> None:
    """33 to 40: what the page that a device keeps sends when the line is back, twice: 45 people, minutes not signed."""
    browser = story.browsers[village]
    page = browser.get(story.homes[village]).click("Ghi ý kiến khi không có mạng")
    about = [("d2.k1", "support"), ("d2.k1", "support"), ("d3", "oppose"), ("d3", "oppose"), ("d2", ""), ("d2", "")]
    said = [{"anchor": f"du-thao/1/{path}", "stance": stance, "text": f"Nói lúc mất mạng {place}"}
            for place, (path, stance) in enumerate(about, start=1)]  # fmt: skip
    said += [{"anchor": "du-thao/1/d3", "text": "Một nhà xin làm ngay.", "differing": "1"}, {"text": "Xin làm đường."}]
    draft = {"v": 1, "id": "b" * 32, "how": "meeting", "place": "Nhà ông trưởng thôn", "held_on": today(),
             "people": "45", "opinions": said}  # fmt: skip
    for _time in range(2):
        assert browser.post(page.address, {"draft": json.dumps(draft)}, status=201).json is not None


def below(story: Story, branch: str, lines: str) -> None:
    """A branch adds the villages below it, and each comes in by the link that stands there."""
    page = story.browsers[branch].get(story.homes[branch]).click("Thêm thôn, tổ, chi hội")
    page = page.submit({"lines": lines}, button="Thêm")
    for line in lines.splitlines():
        name = line.partition(";")[0]
        story.comes_in(name, urlsplit(page.link(f"Đường dẫn riêng: {name}")).path)
