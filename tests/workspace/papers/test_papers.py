"""The papers of a draft: what they say and in which order, that the number is blank, and that nothing is invented."""

import io

import pytest
from docx import Document
from docx.text.paragraph import Paragraph
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.clock import now
from consult.official_papers.layout.word_styles import W
from consult.people.words import Role
from consult.policy import Actor, Seat
from consult.workspace.cosigning import confirming, naming
from consult.workspace.models import OrganisationDraft
from tests.workspace.test_cosigning import union
from tests.workspace.test_pages import CRITIQUE, LETTER, House, begun, house

__all__ = ["house"]

HOSTILE = 'Hội trường <b>A</b> & "B" {{ 7 * 7 }} #panic()'
PAPERS = {
    "conference": ("phan-bien", "giay-moi", "bien-ban"),
    "dialogue": ("phan-bien", "giay-moi", "bien-ban"),
    "written": ("phan-bien", "lay-y-kien"),
}


def lines_of(data: bytes) -> list[str]:
    """The paragraphs of a Word file in their order, those of tables among them."""
    document = Document(io.BytesIO(data))
    every = (Paragraph(one, document) for one in document.element.body.iter(f"{W}p"))
    return [text for one in every if (text := one.text.strip())]


def kept(house: House, **more: str) -> str:
    """The address of a critique that says something, without what its form shows after saving."""
    page = begun(house.drafter, "critique")
    return page.submit({**CRITIQUE, **more}, button="Lưu").address.split("#")[0].split("?")[0]


def test_a_critique_is_told_in_its_order(house: House) -> None:
    address = kept(house, held_at=HOSTILE, **{"comments.0.text": "Một & hai\nba", "criteria.differing": "- Hộ nghèo"})
    said = lines_of(house.drafter.get(f"{address}van-ban/phan-bien.docx").body)
    wanted = [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "BÁO CÁO", "I. NHẬN XÉT CHUNG",
        "1. Về sự cần thiết", "Cần thiết ban hành.",
        "5. Về việc bảo đảm hài hòa lợi ích của Nhà nước, Nhân dân, tổ chức",
        "II. Ý KIẾN CỤ THỂ", "Một & hai", "ba", "III. KIẾN NGHỊ", "Thống nhất về chủ trương, đề nghị chỉnh sửa.",
        "Ý kiến khác với kết luận chung", "- Hộ nghèo", "Nơi nhận:", "- Lưu: VT.", "PHỤ LỤC. DANH MỤC Ý KIẾN",
    ]  # fmt: skip
    assert [line for line in said if line in wanted][: len(wanted)] == wanted
    assert any(HOSTILE in line for line in said)
    grounds = [line for line in said if line.startswith("Căn cứ")]
    assert all(line.endswith(";") for line in grounds[:-1])
    assert grounds[-1].endswith(".")


def test_the_bodies_that_confirmed_are_listed_and_nobody_who_was_only_asked(house: House, app_session: Session) -> None:
    address = kept(house)
    draft = app_session.scalars(select(OrganisationDraft)).one()
    actor = Actor(house.drafter_user.id, "", (Seat(house.front.id, house.front.kind, house.front.level, Role.DRAFTER),))
    for name in ("Hội Phụ nữ", "Đoàn Thanh niên"):
        body, signing = union(app_session, name)
        app_session.commit()
        asked = naming.name(app_session, house.consultation, draft.id, body.id, actor, now())
        if name == "Hội Phụ nữ":
            confirming.answer(app_session, house.consultation, asked.id, True, "", signing, now())
    said = "\n".join(lines_of(house.drafter.get(f"{address}van-ban/phan-bien.docx").body))
    assert "Cơ quan, tổ chức cùng ký: Hội Phụ nữ (xác nhận ngày" in said and "Đoàn Thanh niên" not in said


def test_number_and_day_are_blank_until_they_are_typed(house: House) -> None:
    address = kept(house)
    said = lines_of(house.drafter.get(f"{address}van-ban/phan-bien.docx").body)
    assert [line for line in said if line.startswith("Số:")] == ["Số:\xa0\xa0\xa0\xa0\xa0\xa0\xa0\xa0/BC-.........."]
    assert not any(letter.isdigit() for line in said if ", ngày" in line and "tại" not in line for letter in line)
    house.drafter.get(address).submit(LETTER, button="Lưu")
    said = lines_of(house.drafter.get(f"{address}van-ban/phan-bien.docx").body)
    assert "Số: 12/MTTQ-BTT" in said
    assert any(line.endswith("ngày 20 tháng 11 năm 2026") for line in said)
    place = said.index("TM. BAN THƯỜNG TRỰC")
    assert said[place : place + 4] == ["TM. BAN THƯỜNG TRỰC", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Hoàng Văn Én"]


def test_the_page_is_laid_out_as_the_decree_has_it(house: House) -> None:
    made = house.drafter.get(f"{kept(house)}van-ban/phan-bien.docx").body
    section = Document(io.BytesIO(made)).sections[0]
    page = (section.page_width, section.page_height)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(one.mm) for one in (*page, *margins) if one] == [210, 297, 20, 20, 30, 20]
    assert section.different_first_page_header_footer


@pytest.mark.parametrize("form", PAPERS)
def test_each_form_has_its_papers_and_no_others(house: House, form: str) -> None:
    address = kept(house, form=form)
    every = {name for names in PAPERS.values() for name in names} | {"gop-y"}
    answers = {name: house.drafter.get(f"{address}van-ban/{name}.pdf", status=None).status for name in every}
    assert {name for name, status in answers.items() if status == 200} == set(PAPERS[form])


def test_very_long_words_are_taken_whole(house: House) -> None:
    long = "dài " * 4_000 + "x" * 900
    address = kept(house, conclusion=long, invited="\n".join(f"Hội {number}" for number in range(300)))
    said = lines_of(house.drafter.get(f"{address}van-ban/giay-moi.docx").body)
    assert [line for line in said if line.startswith("- Hội ")] == [f"- Hội {number}" for number in range(300)]
    assert long.strip() in lines_of(house.drafter.get(f"{address}van-ban/phan-bien.docx").body)
    assert house.drafter.get(f"{address}van-ban/phan-bien.pdf").body.startswith(b"%PDF")


def test_a_critique_that_was_sent_is_amended_with_how_it_came_about(house: House) -> None:
    page = begun(house.drafter, "critique")
    handed = page.submit({**LETTER, **CRITIQUE, "held_at": "Hội trường A"}, button="Trình để gửi")
    house.sender.get(handed.address).submit(button="Gửi")
    sent = house.sender.get(f"/to-chuc/{house.consultation.slug}/da-gui/1/")
    assert "Hội trường A" in sent.text
    form = house.sender.get(f"{sent.address}sua/")
    assert "Hội trường B" in form.submit({"held_at": "Hội trường B"}, button="Gửi bản sửa").text
    more = house.sender.get(form.address).submit({"impact.defence": "Ảnh hưởng khu quân sự."}, button="Gửi bản sửa")
    assert more.status == 200 and "Gửi thêm khi sửa văn bản" in more.text
    fewer = house.sender.get(form.address).submit({"impact.defence": ""}, button="Gửi bản sửa")
    assert fewer.status == 409 and "không còn nội dung của ý kiến số" in fewer.text
    number = fewer.find("//input[@name='out']/@value")[0]
    gone = fewer.submit({"out": number}, button="Gửi bản sửa")
    assert gone.status == 200 and "người gửi đã rút" in gone.text
