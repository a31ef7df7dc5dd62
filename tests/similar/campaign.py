"""A campaign as the desk gets it: the same words many times, and what differs from them."""

from sqlalchemy import select

from consult.similar.arriving.following import follow
from consult.similar.models import SimilarGroup, SimilarMember
from consult.similar.words import Likeness
from consult.submissions.models import Comment
from tests.responses.desk_builder import Desk

SAMPLE = (
    "Tôi đồng ý với quy định phân loại rác tại nguồn. Đề nghị Ủy ban nhân dân xã hỗ trợ thùng đựng rác cho các hộ "
    "nghèo theo khoản 3 Điều 12 và không thu tiền của người già."
)
SIGNED = f"Kính gửi Sở Nông nghiệp và Môi trường!\n{SAMPLE.upper()}\nXin trân trọng cảm ơn.\nLò Văn Páo"
NEAR = SAMPLE.replace("nguồn", "nhà")
ADDED = f"{SAMPLE} Nhà tôi ở cuối thôn, xe rác chưa bao giờ vào tới nơi."
OTHER_PLACE = SAMPLE.replace("Điều 12", "Điều 12a")
REFUSED = SAMPLE.replace("Tôi đồng ý", "Tôi không đồng ý")
ALONE = "Mong tỉnh mở thêm chuyến xe buýt từ chợ phiên xuống bệnh viện để người già đi khám bệnh thuận tiện."

Places = dict[int, tuple[int, str]]


def followed(desk: Desk, *numbers: int) -> None:
    """The worker comes to these comments, or to all."""
    wanted = numbers or tuple(desk.session.scalars(select(Comment.number)))
    follow(desk.session, desk.matter.id, sorted(wanted))
    desk.session.expire_all()


def places(desk: Desk) -> Places:
    """Number of the group, and likeness, of every comment that is in one."""
    rows = desk.session.execute(
        select(Comment.number, SimilarGroup.number.label("group"), SimilarMember.likeness)
        .select_from(SimilarMember)
        .join(SimilarMember.comment)
        .join(SimilarMember.group)
        .where(SimilarMember.consultation_id == desk.matter.id)
    )
    return {number: (group, Likeness(likeness).value) for number, group, likeness in rows}


def together(desk: Desk) -> list[list[int]]:
    """The numbers of the comments of each group."""
    found: dict[int, list[int]] = {}
    for number, (group, _likeness) in sorted(places(desk).items()):
        found.setdefault(group, []).append(number)
    return sorted(found.values())
