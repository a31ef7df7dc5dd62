"""The steps of the spine at the real time of day, each by who takes it, for sites whose clock no test can set."""

from consult import clock
from consult.people.words import OrganisationKind, Role
from consult.stages import Stage
from tests.builders import make_consultation, make_user
from tests.files import made
from tests.page_forms import Value
from tests.pages import Browser
from tests.spine.test_walk import LETTER
from tests.spine.walking import Later, Walk

WORDS = "Đề nghị giữ ba nhóm rác."


class AtThisTime(Walk):
    """A walk whose steps are taken when they are taken, through whatever door its site has."""

    def __post_init__(self) -> None:
        self.later = Later(self.app.wsgi_app)


def published(walk: Walk) -> None:
    """A draft that its body publishes on the site."""
    matter = make_consultation(walk.session, Stage.DRAFTING, now=clock.now(), opened_before=0, slug="phan-loai-rac")
    walk.slug = matter.slug
    walk.people["publishes"] = make_user(walk.session, matter.lead, [Role.PUBLISHER])
    walk.session.commit()
    page = walk.as_one("publishes").get(walk.at("chuan-bi/xem-truoc/"))
    assert page.submit({}, button="Công bố").heading == matter.title


def a_photo_comes_along(walk: Walk) -> bytes:
    """A comment with a photo, found again by its codes and changed: the file of its receipt."""
    browser = Browser(walk.app)
    page = browser.get(f"/lay-y-kien/{walk.slug}/gop-y/")
    typed: dict[str, Value] = {"comments.0.text": WORDS, "file": (made.picture(), "ảnh bãi rác.jpg")}
    receipt = page.walk(typed, "Xem lại trước khi gửi").submit(button="Gửi")
    assert receipt.heading == "Đã tiếp nhận ý kiến" and "ảnh bãi rác.jpg" in receipt.text
    code, secret = receipt.words("//*[contains(@class, 'code')]")
    for _ in range(2):
        own = Browser(walk.app).get(f"/tra-cuu/{code}/").submit({"Mã bí mật": secret}, "Mở")
        assert own.submit(button="Tải về ảnh bãi rác.jpg").body.startswith(b"\xff\xd8\xff")
    walk.texts.append(WORDS)
    return receipt.submit(button="Tải tệp biên nhận").body


def a_letter_comes(walk: Walk) -> None:
    """A body prepares its letter on the site; another of its people sends it."""
    name = "Hội Nông dân tỉnh"
    walk.engage(OrganisationKind.SOCIO_POLITICAL, name)
    walk.session.commit()
    fields = {**LETTER, "letter_on": clock.local_day(walk.now).isoformat(), "scan": (made.pdf(), "quet.pdf")}
    page = walk.opinion(OrganisationKind.SOCIO_POLITICAL, "Soạn văn bản góp ý", fields, [f"{name}: cần có lộ trình."])
    assert page.heading == "Đã tiếp nhận văn bản", page.text[:500]


def answered(walk: Walk) -> None:
    """An officer writes, a leader approves, a publisher publishes."""
    form = walk.as_one("officer").get(walk.at("tra-loi/?comment=1&comment=2"))
    saved = form.submit({"disposition": "accepted", "text": "Tiếp thu, bổ sung lộ trình."}, "Lưu bản trả lời")
    if "Xin xem lại trước khi lưu" in saved.text:
        saved = saved.submit({"Tôi đã xem các lưu ý trên và vẫn lưu như vậy": True}, "Lưu bản trả lời")
    assert "Đã lưu" in saved.text
    sheet = walk.as_one("leader").get(walk.at("phe-duyet/"))
    seen = {"Tôi đã xem các lưu ý ở những câu trả lời được chọn": True}
    assert sheet.submit(seen, "Phê duyệt tất cả 1 câu trả lời").status == 200
    approved = walk.as_one("publisher").get(walk.at("cong-bo/"))
    assert "Đã công bố các trả lời đã chọn" in approved.submit({}, "Công bố các trả lời đã chọn").text


def second_word(walk: Walk) -> None:
    """Written by one of its people, signed by another."""
    own, kind = f"/to-chuc/{walk.slug}/da-gui/2/thoa-dang/", OrganisationKind.SOCIO_POLITICAL.value
    written = walk.as_one(kind).get(own)
    said = {"Trả lời này có thỏa đáng không": "satisfied", "Lý do, nhận xét": "Đồng ý."}
    assert "Chờ ký" in written.submit(said, "Lưu ý kiến").text
    signed = walk.as_one(f"{kind} sends").get(own).submit({}, "Ký và công khai ý kiến")
    assert "Đã ký, đã công khai" in signed.text
