"""Drafts of a few articles that come, go and change places, for tests of what is one clause across them."""

from datetime import datetime

from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.document_models import Revision
from consult.stages import Stage
from consult.submissions.inputs import AnchorInput, CommentInput
from tests.builders import NOW
from tests.consultations.revised import revise
from tests.responses.desk_builder import Desk, make_desk

WORDS = {
    "Phạm vi điều chỉnh": "Quyết định này quy định việc thu gom rác thải tại các xã, phường của tỉnh.",
    "Đối tượng áp dụng": "Cơ quan, tổ chức, hộ gia đình sinh sống trên địa bàn đều phải thực hiện.",
    "Giá dịch vụ": "Mức giá do Hội đồng nhân dân quyết định hằng năm theo khối lượng cân được.",
    "Thời gian thu gom": "Xe đi mỗi tuần hai lần vào sáng thứ ba và chiều thứ sáu, trừ ngày lễ lớn.",
    "Xử lý vi phạm": "Người đổ trộm bị nhắc nhở lần đầu, lần sau bị phạt tiền theo nghị định hiện hành.",
    "Điểm tập kết": "Ủy ban nhân dân xã chọn khu đất cách nhà ở ít nhất năm mươi mét, có mái che mưa.",
    "Hiệu lực thi hành": "Văn bản có hiệu lực từ ngày một tháng bảy, thay thế quyết định ban hành trước đây.",
}
FIRST = (
    "Phạm vi điều chỉnh", "Đối tượng áp dụng", "Giá dịch vụ", "Thời gian thu gom", "Xử lý vi phạm", "Hiệu lực thi hành",
)  # fmt: skip
INSERTED = (
    "Phạm vi điều chỉnh", "Đối tượng áp dụng", "Giá dịch vụ", "Thời gian thu gom", "Điểm tập kết", "Xử lý vi phạm",
    "Hiệu lực thi hành",
)  # fmt: skip
"""FIRST with one article more: what was Điều 5 is Điều 6, and Điều 5 is another."""
REMOVED = tuple(title for title in INSERTED if title != "Thời gian thu gom")
"""INSERTED without what was Điều 4: what is Điều 5 in it, was in FIRST as well."""
SWAPPED = (*FIRST[:2], FIRST[3], FIRST[2], *FIRST[4:])
"""FIRST with Điều 3 and Điều 4 in each other's place."""


def text_of(*titles: str) -> str:
    """A draft of these articles, numbered in this order."""
    return "# Quyết định về rác thải\n\n" + "".join(
        f"### Điều {number}. {title}\n\n{WORDS[title]}\n\n" for number, title in enumerate(titles, start=1)
    )


def on(path: str, revision: int, text: str = "Ý kiến.") -> CommentInput:
    """A comment on a provision of one draft."""
    return CommentInput(text, AnchorInput(revision=revision, path=path))


def open_matter(session: Session, *titles: str, **given: object) -> Desk:
    """A matter that is open now, with a first draft of these articles (FIRST when none are given)."""
    return make_desk(session, Stage.OPEN, now=clock.now(), text=text_of(*(titles or FIRST)), **given)


def next_draft(desk: Desk, *titles: str, now: datetime | None = None) -> Revision:
    """The next draft of the matter, of these articles, published."""
    moment = now or (clock.now() if desk.matter.opens_at and desk.matter.opens_at > NOW else NOW)
    return revise(desk.session, desk.matter, desk.publisher, text_of(*titles), moment)
