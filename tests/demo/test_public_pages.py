"""Every kind of public page of the demonstration, looked at in both themes on a narrow and a wide screen."""

import re
from collections import Counter, deque
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, ViewportSize
from sqlalchemy import select

from consult.collections.branches import keys
from consult.collections.models import Branch
from consult.submissions.views_frame import site_codes
from tests.live import Visitor, served

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NARROW: ViewportSize = {"width": 320, "height": 700}
WIDE: ViewportSize = {"width": 1280, "height": 900}
RUBBISH = "/lay-y-kien/phan-loai-rac/"
ROAD = "/lay-y-kien/duong-tinh-eia/"
WATER = "/lay-y-kien/nuoc-thai-lang-nghe/"
# One comment of each kind: waiting, spoken, withheld, redacted, withdrawn, invalid, joined, a critique; one answered.
COMMENTS = [f"{RUBBISH}y-kien/{number}/" for number in (1, 114, 120, 46, 17, 26, 11, 94)]
PAGES = (
    "/",
    "/en/",
    "/lay-y-kien/",
    "/lay-y-kien/?giai-doan=concluded",
    RUBBISH,
    f"/en{RUBBISH}",
    ROAD,
    "/lay-y-kien/duong-tinh-mat-tran/",
    "/lay-y-kien/ke-hoach-5-nam/",
    "/lay-y-kien/nuoc-sach-nong-thon/",
    WATER,
    f"{RUBBISH}du-thao/1/",
    f"{RUBBISH}du-thao/1/dieu-khoan/b2.d1.k1/",
    f"{ROAD}tai-lieu/2/1/",
    f"{ROAD}tai-lieu/2/1/trang/1/",
    f"{WATER}du-thao/2/so-voi/1/",
    f"{WATER}du-thao/2/chua-thay-sua/",
    f"{RUBBISH}y-kien/thong-ke/",
    f"{RUBBISH}tom-tat/en/",
    f"{RUBBISH}y-kien/",
    *COMMENTS,
    f"{WATER}y-kien/1/",
    f"{RUBBISH}gop-y/",
    f"{ROAD}gop-y/?tai=c1.n1_1",
    "/tra-cuu/",
    "/tim-kiem/",
    "/tim-kiem/?q=r%C3%A1c",
    "/tim-kiem/?q=khongcogica",
    "/nhat-ky/",
    "/nhat-ky/phan-loai-rac/",
    "/nhat-ky/phan-loai-rac/1/",
    f"{RUBBISH}niem-yet/",
    f"{RUBBISH}tong-hop/",
    f"{WATER}tong-hop/",
    f"{RUBBISH}luu-tru/",
    "/nhat-ky/kiem-tra-goi/",
    "/nhat-ky/toan-trang/",
    "/tiep-can/",
    "/to-cao-khieu-nai/",
    "/dang-nhap/",
    "/khong-co-trang-nay/",
    f"{WATER}gop-y/",
    "/ket-qua/",
    "/tra-loi-dung-han/",
    f"{RUBBISH}han-tra-loi/",
    f"{WATER}y-kien/1/han-tra-loi/",
    f"{WATER}ban-hanh/",
    f"/en{WATER}",
    f"{RUBBISH}y-kien/quan-diem/",
    f"{RUBBISH}van-ban/",
    f"{RUBBISH}van-ban/1/",
    f"{RUBBISH}phan-bien/1/",
    f"{RUBBISH}so-lieu/",
    "/dia-ban/",
    "/dia-ban/01969/2025-07-01/",
    "/du-an/du-an-cai-tao-nang-cap-tuyen-duong-phu-thong-cam-giang/",
    "/theo-doi/",
    "/theo-doi/dot/phan-loai-rac/",
    "/theo-doi/da-gui/",
    "/theo-doi/da-thoi/",
    "/nhat-ky/kiem-tra-bien-nhan/",
    "/nhat-ky/so-sanh/",
    "/nhat-ky/nhan-chung/",
    "/en/nhat-ky/nhan-chung/",
    "/du-lieu/",
    "/en/du-lieu/",
    "/du-lieu/theo-quy/",
    "/gioi-thieu/",
    "/cach-gop-y/",
    "/cau-hoi/",
    "/du-lieu-ca-nhan/",
    "/lien-he/",
    "/ke-hoach-phan-bien/",
    "/cam-ket/",
    "/kien-nghi/",
    "/thanh-tra/",
    "/en/thanh-tra/",
    "/chuong-trinh/chuong-trinh-phoi-hop-thuc-hien-nhiem-vu-bao-ve-tai-nguyen/thanh-tra/3/",
    "/phan-anh/",
    "/en/phan-anh/?tinh-trang=all",
    "/en/cam-ket/",
    "/chuong-trinh/",
    "/chuong-trinh/chuong-trinh-phoi-hop-thuc-hien-nhiem-vu-bao-ve-tai-nguyen/",
    "/chuong-trinh/chuong-trinh-phoi-hop-thuc-hien-nhiem-vu-bao-ve-tai-nguyen/giam-sat/1/",
    "/chuong-trinh/chuong-trinh-phoi-hop-thuc-hien-nhiem-vu-bao-ve-tai-nguyen/cam-ket/4/",
    "/chuong-trinh/chuong-trinh-phoi-hop-thuc-hien-nhiem-vu-bao-ve-tai-nguyen/trao-doi/1/",
    "/chuong-trinh/chuong-trinh-phoi-hop-thuc-hien-nhiem-vu-bao-ve-tai-nguyen/bao-cao/1/",
    "/chuong-trinh/chuong-trinh-phoi-hop-thuc-hien-nhiem-vu-bao-ve-tai-nguyen/bao-cao/1/so-lieu/tasks_planned/",
    "/chuong-trinh/chuong-trinh-phoi-hop-thuc-hien-nhiem-vu-bao-ve-tai-nguyen/mo-hinh/1/",
    "/chuong-trinh/chuong-trinh-phoi-hop-thuc-hien-nhiem-vu-bao-ve-tai-nguyen/thu-vien/1/",
    "/thu-vien/",
    "/tap-huan/",
    "/chung-nhan/",
    "/chuong-trinh/chuong-trinh-phoi-hop-thuc-hien-nhiem-vu-bao-ve-tai-nguyen/tap-huan/1/",
    "/chien-dich/",
    "/en/chien-dich/",
    "/chuong-trinh/chuong-trinh-phoi-hop-thuc-hien-nhiem-vu-bao-ve-tai-nguyen/chien-dich/1/",
    "/chuong-trinh/chuong-trinh-phoi-hop-thuc-hien-nhiem-vu-bao-ve-tai-nguyen/chien-dich/1/ket-qua/3/",
    "/guong-tot/",
    "/chuong-trinh/chuong-trinh-phoi-hop-thuc-hien-nhiem-vu-bao-ve-tai-nguyen/guong-tot/1/",
    "/mo-hinh/",
    "/mo-hinh/nhan-rong/",
    "/chuong-trinh/chuong-trinh-phoi-hop-thuc-hien-nhiem-vu-bao-ve-tai-nguyen/nhat-ky/",
    "/chuong-trinh/chuong-trinh-phoi-hop-thuc-hien-nhiem-vu-bao-ve-tai-nguyen/nhat-ky/0/",
    "/khao-sat/",
    "/chuong-trinh/chuong-trinh-phoi-hop-thuc-hien-nhiem-vu-bao-ve-tai-nguyen/khao-sat/1/",
    "/en/chuong-trinh/chuong-trinh-phoi-hop-thuc-hien-nhiem-vu-bao-ve-tai-nguyen/khao-sat/1/",
    "/chuong-trinh/chuong-trinh-phoi-hop-thuc-hien-nhiem-vu-bao-ve-tai-nguyen/khao-sat/2/tra-loi/",
    "/chuong-trinh/chuong-trinh-phoi-hop-thuc-hien-nhiem-vu-bao-ve-tai-nguyen/ket-qua-bao-ve/",
    "/chuong-trinh/chuong-trinh-phoi-hop-thuc-hien-nhiem-vu-bao-ve-tai-nguyen/ket-qua-bao-ve/rac-thu-gom/",
    "/chuong-trinh/chuong-trinh-phoi-hop-phat-huy-vai-tro-cac-ton-giao-tham-gia/",
)
ELSEWHERE = {
    "joining.ask", "status.show", "status.own", "status.receipt",  # on the way of `sending` and `joining`
    "following.show", "following.leaving", "status.from_mail", "status.rating", "invitation.show",  # by a code
    "following.works", "solved_words.ask", "submissions.voice",  # by a mail, by a ticket
    # Where the site is connected with a provider.
    "provider_sign_in.go", "provider_sign_in.back", "provider_sign_in.leave", "provider_sign_in.signed_out",
    "public_plans.plan", "branch_entry.enter",  # on the way of `planning`, and of a branch
    "public_programmes.plan", "public_programmes.file",  # of the year of today; a file
    "public_rounds.file", "public_rounds.picture", "public_inspections.file",  # files
    "public_materials.file",  # a file
    "public_practices.file", "public_practices.picture", "public_campaigns.picture",  # files
    "promise_board.picture", "public_sightings.picture", "tiles.proof", "witnesses.request",  # files
    "tiles.programme_proof", "site_log.proof", "witnesses.programme_request", "witnesses.site_request",  # files
    "witnesses.policy", "witnesses.programme_policy", "witnesses.site_policy",  # files
    "public_practices.areas",  # of the year of today
    "village.enter", "village.home", "village.offline.show", "signing_in.ask",  # by a link, by a code on the wall
    "public_surveys.received",  # on the way of who answers
    "public_sightings.show",  # of the year of today
    "status.scan", "status.own_collected", "status.collected_scan",  # by a code
    "status.by_mail", "status.scan_by_mail",  # by the link of a mail
    "joining.count", "reading.download", "reading.provision_beside", "notices.index", "notices.mail",
    "results_package.signed", "exports.quarter",  # a file; any quarter as the one that lasts
}  # fmt: skip
"""Public pages that the list does not name: those of one person, pieces of others, what only a demonstration has."""


@pytest.fixture
def visitor(own_site: Flask, chromium_program: Browser) -> Iterator[Visitor]:
    """Somebody who looks at the demonstration, and sends something."""
    with served(own_site) as address:
        person = Visitor(chromium_program, address, True, WIDE)
        yield person
        person.leave()


def look(person: Visitor, found: list[str]) -> None:
    """What is wrong with this page, in both themes and at both widths, comes to `found`. Colours do not hang on the
    width, and nothing but colours hangs on the theme: each is looked at once."""
    for theme, screen in (("dark", WIDE), ("light", NARROW)):
        person.page.emulate_media(color_scheme=theme)
        person.page.set_viewport_size(screen)
        try:
            person.check(contrast_by_axe=theme == "light")
        except AssertionError as problem:
            found.append(f"{theme} {screen['width']}: {problem}")
            person.troubles.clear()


def test_every_public_page_is_looked_at(own_site: Flask) -> None:
    addresses = own_site.url_map.bind("localhost")
    paths = {urlsplit(one).path.removeprefix("/en") for one in PAGES} - {"/khong-co-trang-nay/"}
    looked_at = {addresses.match(path)[0] for path in paths}
    pages = {
        rule.endpoint
        for rule in own_site.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.rule.endswith("/") and _is_public(own_site, rule.endpoint)
    }
    pages -= {one for one in pages if one.startswith("branch.")}
    assert pages - looked_at == ELSEWHERE


def _is_public(site: Flask, endpoint: str) -> bool:
    return getattr(site.view_functions[endpoint], "access", ("",))[0] == "public"


def test_no_page_is_hard_to_use_and_each_has_a_title_of_its_own(visitor: Visitor) -> None:
    found: list[str] = []
    titles: list[str] = []
    page = visitor.page

    def seen() -> None:
        titles.append(page.title())
        look(visitor, found)

    for address in PAGES:
        visitor.open(address)
        seen()
    for steps in (sending, joining, planning):
        steps(visitor, seen)
    twice = [title for title, times in Counter(titles).items() if times > 1]
    assert not found, "\n\n".join(found)
    assert not twice


def sending(person: Visitor, seen: Callable[[], None]) -> None:
    """A comment: refused while empty, checked, sent, looked up, and read as it was sent."""
    page = person.open(f"{RUBBISH}gop-y/?tai=d3")

    def press(name: str) -> None:
        # The script of the form sends by itself, and leads on when it is answered.
        with page.expect_navigation():
            page.get_by_role("button", name=name).last.click()
        seen()

    press("Tiếp tục")
    page.get_by_label("Nội dung ý kiến").fill("Đề nghị ghi rõ ai thu gom vào ngày lễ.")
    press("Tiếp tục")
    press("Bỏ qua, không nêu tên")
    press("Gửi")
    page.locator("main a[href*='/tra-cuu/']").first.click()
    seen()


def planning(person: Visitor, seen: Callable[[], None]) -> None:
    """A plan of critiques that was made public."""
    page = person.open("/ke-hoach-phan-bien/")
    page.locator("main a[href*='/ke-hoach-phan-bien/']").first.click()
    seen()


def test_no_page_of_a_branch_is_hard_to_use(own_site: Flask, visitor: Visitor) -> None:
    """Whoever has the link of a branch: two of each kind of page that links lead to."""
    with own_site.app_context(), own_site.extensions["consult.database"].session() as session:
        branch = session.scalars(select(Branch).order_by(Branch.number)).first()
        assert branch is not None
        key = keys.of_branch(branch, site_codes())
    found: list[str] = []
    routes = own_site.url_map.bind("localhost")
    waiting, seen, looked_at = deque([f"/thu-thap/vao/{key}/"]), set[str](), Counter[str]()
    while waiting:
        address = waiting.popleft()
        kind = routes.match(urlsplit(address).path)[0]
        if looked_at[kind] == 2:
            continue
        looked_at[kind] += 1
        page = visitor.open(address)
        look(visitor, found)
        links = page.eval_on_selector_all("main a[href]", "all => all.map(one => one.pathname)")
        new = [
            one for one in links if re.fullmatch(r"/thu-thap/\d+/.*/", one) and "/tep/" not in one and one not in seen
        ]
        seen.update(new)
        waiting.extend(dict.fromkeys(new))
    assert not found, "\n\n".join(found)
    assert len(looked_at) >= 8, looked_at


def joining(person: Visitor, seen: Callable[[], None]) -> None:
    """Being of one opinion with a comment, and what one receives for it."""
    person.open(f"{RUBBISH}y-kien/11/cung-y-kien/")
    seen()
    person.page.get_by_role("button", name="Tôi cùng ý kiến").click()
    seen()
